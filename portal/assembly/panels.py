"""What owners' votes add to other pages: of a topic, a place, a unit; and to their own the convener's steps."""

from typing import Any

from ..core import access, panels
from ..core.actor import Actor
from ..core.nested import unpack
from ..core.panels import Panel
from ..councils.words import TopicState
from .policy import Can
from .queries.nearby import VoteLine, votes_at, votes_of_topic, votes_of_unit
from .stages import PREPARED
from .words import VoteState

READY = (TopicState.DELIBERATING, TopicState.VOTING)
"""Stops of a topic at which its owners may be called together."""


def _seen(actor: Actor, rows: Any) -> list[VoteLine]:
    return [v for v in unpack(VoteLine, rows or []) if access.may(actor, Can.SEE, v)]


def _shown(actor: Actor, rows: Any) -> list[VoteLine]:
    return [v for v in _seen(actor, rows) if v.state not in PREPARED]


def _of_topic(actor: Actor, topic: Any) -> dict[str, Any] | None:
    votes = _shown(actor, topic.panel_owners_votes)
    return {"votes": votes} if votes else None


def _buttons(actor: Actor, topic: Any) -> dict[str, Any] | None:
    """To the paper while it is voted, to the draft that is being prepared, or to a new one."""
    votes = _seen(actor, topic.panel_owners_votes)
    running = [v for v in votes if v.state == VoteState.OPEN and actor.now < v.closes_at]
    drafts = [v for v in votes if v.state == VoteState.DRAFT]
    calls = topic.state in READY and not drafts and bool(access.may(actor, Can.DRAFT, topic))
    return {"running": running, "drafts": drafts, "calls": calls} if running or drafts or calls else None


def _at_place(actor: Actor, place: Any) -> dict[str, Any] | None:
    votes = votes_at(actor, place.place_path)
    return {"votes": votes} if votes else None


def _of_unit(actor: Actor, unit: Any) -> dict[str, Any] | None:
    votes = _shown(actor, unit.panel_owners_votes_of_unit)
    return {"votes": votes} if votes else None


def _convener(actor: Actor, vote: Any) -> dict[str, Any] | None:
    return {"vote": vote} if access.may(actor, Can.ORGANISE, vote) else None


panels.add(Panel("owners_votes", "topic", "main", "assembly/panels/topic.html", _of_topic, votes_of_topic))
panels.add(Panel("owners_vote_buttons", "topic", "next", "assembly/panels/buttons.html", _buttons))
panels.add(Panel("owners_votes_here", "place", "aside", "assembly/panels/place.html", _at_place))
panels.add(
    Panel("owners_votes_of_unit", "unit", "aside", "assembly/panels/unit.html", _of_unit, votes_of_unit)
)
panels.add(Panel("owners_vote_steps", "owners_vote", "next", "assembly/panels/convener.html", _convener))
