"""Small pieces of the pages of points, as filters."""

from types import SimpleNamespace
from typing import Any

from ..core.text import N_, _
from .words import APPROVERS, DEEDS, EVIDENCE, KINDS, PERS, Kind


def movement(row: Any) -> str:
    """A movement in plain words: what it was, and for what."""
    said = _held(row) if row.kind == Kind.HOLD else _kind(row)
    return _("%(what)s：%(note)s", what=said, note=row.note) if row.note else said


def entry_said(entry: Any, closed_by: Any) -> str:
    """The same of an entry on its own page."""
    return movement(SimpleNamespace(kind=entry.kind, deed=entry.deed, note=entry.note, closed_by=closed_by))


def _kind(row: Any) -> str:
    return _(DEEDS[row.deed]) if row.kind == Kind.EARN else _(KINDS[row.kind])


def _held(row: Any) -> str:
    if row.closed_by == Kind.CONFIRM:
        return _("兑换")
    return _("扣下过，没有兑换") if row.closed_by == Kind.RELEASE else _("兑换中，先扣下")


def limits(rule: Any) -> str:
    """The caps of a row in one line: 一次最多 2 分，每天 4 分."""
    said = (
        (_("一次最多 %(n)d 分"), rule.once_cap),
        (_("每天最多 %(n)d 分"), rule.day_cap),
        (_("每月最多 %(n)d 分"), rule.month_cap),
        (_("每年最多 %(n)d 分"), rule.year_cap),
    )
    return _("，").join(words % {"n": most} for words, most in said if most is not None)


def groups(shown: Any) -> list[tuple[str, str, None, bool]]:
    """The kinds of movements as tabs of their list."""
    kinds = shown.listing.filters[0]
    now = shown.asked.get(kinds.key, "")
    return [(words, f"/points?{kinds.key}={key}", None, key == now) for key, words in shown.choices(kinds)]


_SOURCES = {
    "topic": (N_("看议题"), "/topics/"),
    "meeting": (N_("看会议"), "/meetings/"),
    "sign_up": (N_("看志愿服务"), "/sign-ups/"),
    "offer": (N_("看换的是什么"), "/mall/offers/"),
    "points_grant": (N_("看申请"), "/points/grants/"),
}


def came_from(entry: Any, reader_id: int | None) -> tuple[str, str] | None:
    """Words and address of what an entry comes from; None where there is no page that the reader may see: a request
    with its evidence is for staff."""
    kind, _colon, number = entry.source.partition(":")
    if kind not in _SOURCES or (kind == "points_grant" and entry.user_id == reader_id):
        return None
    words, address = _SOURCES[kind]
    return _(words), address + number


FILTERS = {
    "came_from": came_from,
    "groups": groups,
    "movement": movement,
    "limits": limits,
    "entry_said": entry_said,
    "kind_name": lambda kind: _(KINDS[kind]),
    "deed_name": lambda deed: _(DEEDS[deed]),
    "per_name": lambda per: _(PERS[per]),
    "approver_name": lambda who: _(APPROVERS[who]),
    "evidence_name": lambda what: _(EVIDENCE[what]),
}
