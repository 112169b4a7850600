"""The ballot: each category is put to a poll of voting, and what it counted becomes the ranking."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from ...core import clock
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Unmet
from ...core.eventlog import record
from ...core.text import _
from ...councils.models import Council
from ...voting.actions.lots import read_seed
from ...voting.actions.opening import draft_poll_for, open_poll
from ...voting.models import Poll
from ...voting.occasions import Occasion
from ...voting.terms import Line, Terms
from ...voting.tie_models import TieBreak
from ...voting.words import Method, Outcome
from .. import rules
from ..events import AwardCounted, AwardPutToVote, AwardVotedAgain
from ..lifecycle import AWARD
from ..models import Award, AwardCategory, Nominee
from ..policy import Can
from ..words import NomineeState, Ties

EVENING = 20


@action(Can.OPEN_VOTE)
def open_vote(actor: Actor, award: Award, *, seed: str) -> None:
    """Put every category to a poll, its names in the order of the public number that was announced.

    Raises Invalid without the number, Conflict while somebody is not reviewed or there is nothing to choose.
    """
    award.order_seed = read_seed(seed)
    standing = {category.id: _admitted(category) for category in _held(award)}
    AWARD.move(actor, award, AwardPutToVote(award.id, sum(map(len, standing.values()))))
    for category in _held(award):
        _put(actor, award, category, standing[category.id], 1)


@action(Can.VOTE_AGAIN)
def vote_again(actor: Actor, award: Award, *, category_id: int) -> None:
    """Put a category to the vote once more, whose poll was declared void or not taken. Raises Conflict otherwise."""
    category = db.session.get(AwardCategory, category_id)
    if category is None or category.award_id != award.id or category.poll_id or category.dropped_because:
        raise Conflict(Unmet(_("这个奖项不用重新投票。"), f"/awards/{award.id}"))
    held = sa.select(sa.func.count()).where(Poll.occasion == award.story)
    _put(actor, award, category, _admitted(category), 1 + (db.session.scalar(held) or 0))
    record(actor, award, AwardVotedAgain(category.id))


@action(Can.COUNT)
def count_category(actor: Actor, award: Award, poll: Poll, *, outcome: Outcome) -> None:
    """The poll of a category was certified: its count becomes the ranking, or it is to be voted on again."""
    category = db.session.scalar(sa.select(AwardCategory).where(AwardCategory.poll_id == poll.id))
    if category is None:
        return
    if outcome is Outcome.RETURNED:
        category.poll_id = None
        return
    lot = db.session.scalar(sa.select(TieBreak.chosen).where(TieBreak.poll_id == poll.id)) or []
    placed = {p.title: p for p in rules.ranking(poll.tally or {}, lot, award.ties)}
    for nominee in _admitted(category):
        place = placed[nominee.title]
        nominee.votes, nominee.rank, nominee.honoured = place.votes, place.rank, place.honoured
    category.counted_at = actor.now
    db.session.flush()
    count_if_done(actor, award)


@action(Can.COUNT)
def release_category(actor: Actor, award: Award, poll: Poll) -> None:
    """The poll of a category was declared void: it may be put to the vote again or left out."""
    category = db.session.scalar(sa.select(AwardCategory).where(AwardCategory.poll_id == poll.id))
    if category is not None:
        category.poll_id = None


def count_if_done(actor: Actor, award: Award) -> None:
    """When no category is left to be counted, the award moves on."""
    held = _held(award)
    if held and all(category.counted_at for category in held):
        AWARD.move(actor, award, AwardCounted(award.id))


def _held(award: Award) -> Sequence[AwardCategory]:
    found = sa.select(AwardCategory).where(
        AwardCategory.award_id == award.id, AwardCategory.dropped_because == ""
    )
    return db.session.scalars(found.order_by(AwardCategory.position)).all()


def _admitted(category: AwardCategory) -> Sequence[Nominee]:
    found = sa.select(Nominee).where(
        Nominee.category_id == category.id, Nominee.state == NomineeState.ADMITTED
    )
    return db.session.scalars(found.order_by(Nominee.id)).all()


def _put(actor: Actor, award: Award, category: AwardCategory, nominees: Sequence[Nominee], time: int) -> None:
    on_paper = rules.titles([(n.name, n.where) for n in nominees])
    if rules.alike(on_paper):
        raise Conflict(
            Unmet(
                _("“%(name)s”里有两个候选的名字和住处写得一样，请先合在一起或者写清楚。", name=category.name),
                f"/awards/{award.id}/nominees?state=admitted",
            )
        )
    ordered = rules.order(award.order_seed, on_paper)
    for position, n in enumerate(ordered):
        nominees[n].position, nominees[n].title = position, on_paper[n]
    poll = draft_poll_for(
        actor,
        db.session.get_one(Council, award.council_id),
        occasion=Occasion(award.story, award.title, award.place_path),
        question=_("%(award)s：%(category)s", award=award.title, category=category.name),
        options=[Line(on_paper[n], None, nominees[n].about, nominees[n].user_id) for n in ordered],
        closes_at=clock.at(actor.today + timedelta(days=award.vote_days), EVENING),
        once=f"award-{award.id}-{category.position}-{time}",
        method=Method.APPROVAL,
        terms=Terms(seats=category.places, min_choices=1, max_choices=category.places),
        secrecy=award.secrecy,
        roll_kind=award.roll_kind,
        ties_stand=award.ties is Ties.ALL,
    )
    open_poll(actor, poll)
    category.poll_id = poll.id
