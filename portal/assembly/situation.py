"""How a reader stands to an owners' vote right now: whether there is a paper for him, and if not, why."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

from ..core import clock
from ..core.actor import Actor
from .stages import BEFORE_NOTICE
from .words import VoteState


class Situation(StrEnum):
    """One of these decides what the page shows first."""

    VOID = "void"
    PREPARING = "preparing"
    NOTICE = "notice"
    PAPER = "paper"
    GIVEN = "given"
    SPOKEN_FOR = "spoken_for"
    SEVERAL = "several"
    OFFICIAL = "official"
    COUNTING = "counting"
    VISITOR = "visitor"
    NOT_ON_ROLL = "not_on_roll"


def within(vote: Any, states: Collection[VoteState]) -> bool:
    """The vote is in one of these states of the time before its close, and its hour has not passed."""
    return vote.state in states and clock.now() < vote.closes_at


def situation(actor: Actor, vote: Any, paper: Any, now: datetime) -> Situation:
    """`paper`: what `paper_page` found for the reader's one voter, or for the voter whose page it is; None without."""
    if vote.state in (VoteState.VOID, VoteState.PUT_AWAY):
        return Situation.VOID
    if vote.state in BEFORE_NOTICE:
        return Situation.PREPARING
    if vote.state is VoteState.NOTICE:
        return Situation.NOTICE
    if vote.state is not VoteState.OPEN or now >= vote.closes_at:
        return Situation.COUNTING
    return _while_open(actor, vote, paper)


def _while_open(actor: Actor, vote: Any, paper: Any) -> Situation:
    if actor.id is None:
        return Situation.VISITOR
    if paper is None or not paper.speaks:
        return Situation.SEVERAL if vote.mine or vote.charges else Situation.NOT_ON_ROLL
    if paper.spoken_for:
        return Situation.SPOKEN_FOR
    if paper.own is not None or paper.his_own:
        return Situation.GIVEN
    return Situation.OFFICIAL if vote.official_evote else Situation.PAPER
