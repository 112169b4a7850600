"""Marks: icon, party badge, avatar, door plate and tag as pure, cached filters.

A mark always carries a word: colour alone says nothing to many readers.
"""

import enum
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from markupsafe import Markup

SPRITE = "/static/icons.svg"

PARTY_ICONS = {
    "resident": "house",
    "committee": "scale",
    "property": "wrench",
    "community": "landmark",
    "merchant": "store",
    "other": "hard-hat",
}
"""The six parties of a community and the icon of each; an unknown party is drawn as `other`."""

_ICON = Markup('<svg class="icon%s" aria-hidden="true" focusable="false"><use href="%s#i-%s"></use></svg>')
_PARTY = Markup('<span class="party" data-party="%s">%s<span>%s</span></span>')
_AVATAR = Markup('<span class="avatar%s" data-party="%s" aria-hidden="true">%s%s</span>')
_PLATE = Markup('<span class="plate">%s</span>')
_TAG = Markup('<span class="tag" data-tone="%s">%s%s</span>')


def _party_key(party: object) -> str:
    key = str(party.value) if isinstance(party, enum.Enum) else str(party)
    return key if key in PARTY_ICONS else "other"


def _more(cls: str) -> str:
    return " " + cls if cls else ""


def party_names(_: Callable[[str], str]) -> dict[str, str]:
    """The short names of the parties in the language of `_`."""
    return {
        "resident": _("居民"),
        "committee": _("业委会"),
        "property": _("物业"),
        "community": _("社区"),
        "merchant": _("商户"),
        "other": _("施工方"),
    }


def marks(_: Callable[[str], str], sprite: str = SPRITE) -> dict[str, Callable[..., Any]]:
    """The filters icon, party, party_name, avatar, plate and tag, bound to one language."""
    names = party_names(_)

    @lru_cache(1024)
    def icon(name: str, cls: str = "") -> Markup:
        """`'bell'|icon` — one shape of the sprite, hidden from screen readers."""
        return _ICON % (_more(cls), sprite, name)

    @lru_cache(1024)
    def party(key: object, label: str = "") -> Markup:
        """`'property'|party` — who: colour, icon and word; `label` replaces the word (项目经理)."""
        known = _party_key(key)
        return _PARTY % (known, icon(PARTY_ICONS[known]), label or names[known])

    def party_name(key: object) -> str:
        """`'property'|party_name` — the word alone, for sentences."""
        return names[_party_key(key)]

    @lru_cache(4096)
    def avatar(name: str, key: object = "resident", cls: str = "") -> Markup:
        """`name|avatar(party, 'avatar--sm')` — the first character of a name in the party's colour."""
        known = _party_key(key)
        return _AVATAR % (_more(cls), known, name.strip()[:1] or "？", icon(PARTY_ICONS[known]))

    def plate(address: str) -> Markup:
        """`'12栋2单元601室'|plate` — a door plate, for addresses only; nothing for an empty address."""
        return _PLATE % address if address else Markup("")

    @lru_cache(1024)
    def tag(text: str, tone: str = "neutral", shape: str = "circle") -> Markup:
        """`text|tag('ok', 'circle-check')` — the state of a thing."""
        return _TAG % (tone, icon(shape), text)

    who: dict[str, Callable[..., Any]] = {"party": party, "party_name": party_name, "avatar": avatar}
    return {"icon": icon, "plate": plate, "tag": tag, **who}
