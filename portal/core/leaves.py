"""Leaves of a page: small pure functions of short values, used in templates as filters.

A filter is called directly by Jinja and, on a constant, folded into the compiled template, where a macro
costs 7 to 10 µs a call; so icon, badge, clock and figures live here and only what has structure is a macro.
Every leaf escapes what it is given: `Markup(...) % (...)`, never an f-string inside `Markup`.

There is one Jinja environment a language; `environment.filters.update(leaves(lang, translate))` binds it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from portal.core.assets import asset
from portal.core.leaves_figures import figures
from portal.core.leaves_marks import SPRITE, marks
from portal.core.leaves_text import excerpt, headed, masked, masked_phone, prose
from portal.core.leaves_time import TimeWords
from portal.core.sound import spoken
from portal.core.text import words

Filter = Callable[..., Any]


def locale_of(lang: str) -> str:
    """The CLDR name of a language: zh, zh-CN and zh_Hans_CN are all Chinese as written in China."""
    return "zh_Hans_CN" if lang.startswith("zh") else lang.replace("-", "_")


@cache
def time_words(lang: str) -> TimeWords:
    """The words of a language for moments, for sentences that are made outside a template."""
    return TimeWords(words(lang).gettext, locale_of(lang))


def leaves(lang: str, translate: Callable[[str], str], sprite: str = SPRITE) -> dict[str, Filter]:
    """All filters of the look in one language. `sprite` is the address of the icon file.

    Raises babel.UnknownLocaleError on first use of a date if `lang` is no language.
    """
    locale = locale_of(lang)
    return {
        **marks(translate, sprite),
        **TimeWords(translate, locale, sprite).filters(),
        **figures(translate, chinese=locale.startswith("zh")),
        "asset": asset,
        "prose": prose,
        "excerpt": excerpt,
        "headed": headed,
        "spoken": spoken,
        "masked": masked,
        "masked_phone": masked_phone,
    }
