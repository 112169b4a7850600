"""How a reader stands to an owners' vote right now: whether there is a paper for him, and if not, why."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

from ..core import clock
from ..core.actor import Actor
from .policy import BEFORE_NOTICE
from .words import VoteState


class Standing(StrEnum):
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


OVER = (VoteState.PRELIMINARY, VoteState.FINAL, VoteState.ARCHIVED)


def standing(actor: Actor, vote: Any, paper: Any, now: datetime) -> Standing:
    """`paper`: what `paper_page` found for the reader's one voter, or for the voter whose page it is; None without."""
    if vote.state is VoteState.VOID:
        return Standing.VOID
    if vote.state in BEFORE_NOTICE:
        return Standing.PREPARING
    if vote.state is VoteState.NOTICE:
        return Standing.NOTICE
    if vote.state is not VoteState.OPEN or now >= vote.closes_at:
        return Standing.COUNTING
    return _while_open(actor, vote, paper)


def _while_open(actor: Actor, vote: Any, paper: Any) -> Standing:
    if actor.id is None:
        return Standing.VISITOR
    if paper is None or not paper.speaks:
        return Standing.SEVERAL if vote.mine or vote.charges else Standing.NOT_ON_ROLL
    if paper.own is not None or paper.his_own:
        return Standing.GIVEN
    if vote.official_evote:
        return Standing.OFFICIAL
    return Standing.SPOKEN_FOR if paper.spoken_for else Standing.PAPER
