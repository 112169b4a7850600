"""What a poll is held for, if it is no topic: an occasion of a feature above, which voting knows by its story alone."""

from typing import Any, NamedTuple

from ..core.text import _
from ..councils.rules import is_draft


class Occasion(NamedTuple):
    """`story`: of the thing, `award:7`; its page is /awards/7."""

    story: str
    title: str
    place_path: str


def address_of(story: str) -> str:
    table, _colon, number = story.partition(":")
    return f"/{table}s/{number}"


def about(poll: Any) -> tuple[str, str]:
    """(title, address) of what the poll is about: its topic, or the occasion."""
    if poll.occasion:
        return poll.occasion_title, address_of(poll.occasion)
    return poll.topic_title, f"/topics/{poll.topic_id}"


def poll_kind(poll: Any) -> str:
    """What kind of vote this is, with its number."""
    if is_draft(poll.number):
        return _("评选投票 · 草稿") if poll.occasion else _("议事会表态 · 草稿")
    said = _("评选投票 · 第 %(number)s 号") if poll.occasion else _("议事会表态 · 第 %(number)s 号")
    return said % {"number": poll.number}
