"""The opening hour passes while something stands in the way: the vote begins later, with the reason in public."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.assembly.actions.objecting import answer_objection, object_to_candidate
from portal.assembly.actions.opening import open_due_votes, open_vote, postpone_opening
from portal.assembly.models.elections import Candidate
from portal.assembly.models.votes import OwnersVote, Posting
from portal.assembly.terms import check_postponed
from portal.assembly.words import PostingKind, VoteState
from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.core.waiting import waiting_for
from tests.assembly.conftest import MakeVote
from tests.assembly.convening import CLOSES, OPENS, WALLS, announced
from tests.assembly.electing import SEATS, five_stand
from tests.world import NOW, World

DAY = timedelta(days=1)


def postponed(world: World, vote: OwnersVote, by: str = "secretary", **given: Any) -> None:
    hours = {"opens_at": OPENS + 5 * DAY, "closes_at": CLOSES + 5 * DAY}
    words = {"reason": "对候选人的异议还在查。", "where": WALLS}
    postpone_opening(world.actor(by), vote, **{**hours, **words, **given})


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "field"),
    [
        (OPENS, CLOSES, "opens_at"),
        (OPENS - DAY, CLOSES, "opens_at"),
        (OPENS + DAY, CLOSES, "closes_at"),
        (OPENS + DAY, CLOSES + 80 * DAY, "closes_at"),
    ],
)
def test_only_later_and_no_shorter(opens_at: datetime, closes_at: datetime, field: str) -> None:
    vote = OwnersVote(jurisdiction="national", opens_at=OPENS, closes_at=CLOSES)
    with pytest.raises(Invalid) as refusal:
        check_postponed(vote, opens_at, closes_at, NOW)
    assert refusal.value.field == field
    with pytest.raises(Invalid):
        check_postponed(vote, OPENS + DAY, CLOSES + DAY, OPENS + 2 * DAY)
    check_postponed(vote, OPENS + DAY, CLOSES + DAY, NOW)


def test_an_announced_vote_begins_later(world: World) -> None:
    vote = announced(world)
    with clock.frozen(OPENS - DAY):
        with pytest.raises(Invalid):
            postponed(world, vote, reason=" ")
        postponed(world, vote)
    assert (vote.opens_at, vote.closes_at) == (OPENS + 5 * DAY, CLOSES + 5 * DAY)
    kinds = db.session.scalars(sa.select(Posting.kind).where(Posting.vote_id == vote.id).order_by(Posting.id))
    assert list(kinds)[-1] is PostingKind.POSTPONED
    with clock.frozen(OPENS):
        assert open_due_votes(system()) == 0
    with clock.frozen(OPENS + 5 * DAY):
        assert open_due_votes(system()) == 1


@pytest.mark.parametrize("state", [s for s in VoteState if s is not VoteState.NOTICE])
def test_at_no_other_time_and_not_by_others(world: World, make_vote: MakeVote, state: VoteState) -> None:
    with pytest.raises(NotAllowed):
        postponed(world, make_vote(state))
    with pytest.raises(NotAllowed):
        postponed(world, make_vote(VoteState.NOTICE), by="worker")


def test_an_objection_that_outlasts_the_hour_does_not_end_the_vote(world: World, make_vote: MakeVote) -> None:
    opens, closes = NOW + 20 * DAY, NOW + 27 * DAY
    vote = make_vote(VoteState.NOTICE, matters=SEATS)
    five_stand(world, vote)
    first = db.session.scalars(sa.select(Candidate).where(Candidate.vote_id == vote.id)).first()
    assert first is not None
    said = object_to_candidate(world.tenant, vote, candidate_id=first.id, text="欠物业费", once="o")
    assert not any(w.kind == "owners_vote_not_opened" for w in waiting_for(world.secretary))
    with clock.frozen(closes + DAY):
        assert any(w.kind == "owners_vote_not_opened" for w in waiting_for(world.secretary))
        answer_objection(world.secretary, said, answer="查过，没有欠。", upheld=False)
        with pytest.raises(Conflict, match="改期"):
            open_vote(world.secretary, vote)
        postponed(world, vote, opens_at=closes + 3 * DAY, closes_at=closes + 12 * DAY)
    with clock.frozen(closes + 3 * DAY):
        open_vote(world.secretary, vote)
    assert (vote.state, vote.opens_at > opens) == (VoteState.OPEN, True)


def test_a_vote_that_opens_late_is_not_shorter_than_the_place_allows(
    world: World, make_vote: MakeVote
) -> None:
    vote = make_vote(VoteState.NOTICE, jurisdiction="hangzhou", closes_at=NOW + 25 * DAY)
    with clock.frozen(NOW + 22 * DAY), pytest.raises(Conflict, match="5 天"):
        open_vote(world.secretary, vote)
    with clock.frozen(NOW + 20 * DAY + timedelta(minutes=9)):
        open_vote(world.secretary, vote)
