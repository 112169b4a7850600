"""Words: Chinese message ids, one catalogue a language read from its .po file, a plain dict a lookup.

`N_` marks a sentence for translation where it is defined; `_` translates where it is shown, into the language
of the request. Templates have both bound to their language once (`core.pages`).
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.pofile import read_po

FOLDER = Path(__file__).parents[1] / "translations"
LANGUAGES = {"zh": "中文", "en": "English"}
"""Language → its own name for itself. Chinese is the source; others have a folder in `translations`."""
LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
"""Language → its CLDR name."""

speaking: ContextVar[str] = ContextVar("language", default="zh")


class Words(NamedTuple):
    """The two functions of a language."""

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


def N_(sentence: str) -> str:
    """Marks a sentence for the catalogue; it is translated later, where it is shown."""
    return sentence


def _(sentence: str, **values: object) -> str:
    """The sentence in the language of the request, with its %(values)s filled in."""
    text = words(speaking.get()).gettext(sentence)
    return text % values if values else text


def choices(said: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Words of a fixed list as the choices of a field or a filter: (word, what people read)."""
    return [(str(word), _(text)) for word, text in said.items()]


@cache
def words(lang: str) -> Words:
    """The functions of a language; a sentence the catalogue lacks stays Chinese."""
    single, plural = _catalogue(lang)

    def ngettext(one: str, many: str, n: int) -> str:
        forms = plural.get(one)
        return (forms[0 if n == 1 else -1] if forms else (one if n == 1 else many)) % {"num": n}

    return Words(lambda sentence: single.get(sentence, sentence), ngettext)


def _catalogue(lang: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    single: dict[str, str] = {}
    plural: dict[str, tuple[str, ...]] = {}
    path = FOLDER / lang / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return single, plural
    with path.open("rb") as source:
        for message in read_po(source, locale=lang):
            if not message.id or not message.string or message.fuzzy:
                continue
            if isinstance(message.id, (list, tuple)):
                plural[message.id[0]] = tuple(message.string)
            else:
                single[message.id] = str(message.string)
    return single, plural
