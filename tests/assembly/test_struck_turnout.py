"""A ballot that was struck out says no longer that its owner has voted: not in the progress, not to who goes round."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.assembly.actions.casting import cast_ballot
from portal.assembly.actions.challenging import answer_challenge, challenge_ballot, confirm_strike
from portal.assembly.actions.reaching import assign_visit
from portal.assembly.box import AtVoter
from portal.assembly.challenges import Claim, Fate
from portal.assembly.models.box import OwnerBallot, Turnout
from portal.assembly.models.challenges import BallotChallenge
from portal.assembly.models.rolls import Voter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.queries.reaching import voters_of
from portal.core.db import db
from portal.core.waiting import waiting_for
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.papers import put_in
from tests.world import World


@pytest.fixture
def vote(make_vote: MakeVote) -> OwnersVote:
    return make_vote()


def at_desk(world: World, vote: OwnersVote) -> str:
    """The worker enters a ballot for the owner of 101."""
    acting = replace(world.owner, entered_by=world.ids["worker"])
    return cast_ballot(acting, AtVoter(voter_of(vote, "101").id), choices=["for", "for"], once="desk")


def struck_out(world: World, vote: OwnersVote, code: str) -> BallotChallenge:
    voter = db.session.get_one(Voter, voter_of(vote, "101").id)
    one = challenge_ballot(world.owner, voter, receipt=code, claim=Claim.NOT_MINE, once=code)
    answer_challenge(world.secretary, one, strike=True, reason="签名不是他的")
    confirm_strike(world.chair, one, accepted=True)
    assert one.fate is Fate.STRUCK
    return one


def turnout(vote: OwnersVote) -> tuple[int, int]:
    db.session.expire_all()
    found = sa.select(sa.func.sum(Turnout.heads), sa.func.sum(Turnout.area)).where(Turnout.vote_id == vote.id)
    heads, area = db.session.execute(found).one()
    return heads or 0, area or 0


def silent(world: World, vote: OwnersVote) -> bool:
    """The list of those who have not voted names 101."""
    page = voters_of(vote.id, world.ids["secretary"]).read(world.secretary, {"voted": "no"})
    return voter_of(vote, "101").id in {row.id for row in page.rows}


def test_it_leaves_the_progress_and_the_list_at_once(world: World, vote: OwnersVote) -> None:
    code = at_desk(world, vote)
    area = voter_of(vote, "101").area
    assert turnout(vote) == (1, area)
    assert not silent(world, vote)
    struck_out(world, vote, code)
    assert turnout(vote) == (0, 0)
    assert silent(world, vote)
    assert "owners_vote" in {w.kind for w in waiting_for(world.owner)}


def test_whoever_votes_anew_is_there_once(world: World, vote: OwnersVote) -> None:
    code = at_desk(world, vote)
    struck_out(world, vote, code)
    at = AtVoter(voter_of(vote, "101").id)
    cast_ballot(world.owner, at, choices=["against", "for"], once="own", seen=0)
    assert turnout(vote) == (1, voter_of(vote, "101").area)
    cast_ballot(world.owner, at, choices=["for", "for"], once="own2", seen=1)
    assert turnout(vote) == (1, voter_of(vote, "101").area)


def test_with_another_ballot_in_the_box_the_head_stays(world: World, vote: OwnersVote) -> None:
    code = at_desk(world, vote)
    put_in(vote, "101", "for,for", by=world.ids["secretary"])
    struck_out(world, vote, code)
    assert turnout(vote)[0] == 1
    assert not silent(world, vote)


def test_one_that_was_given_anew_meanwhile_is_another(world: World, vote: OwnersVote) -> None:
    code = at_desk(world, vote)
    voter = db.session.get_one(Voter, voter_of(vote, "101").id)
    one = challenge_ballot(world.owner, voter, receipt=code, claim=Claim.NOT_MINE, once="c")
    answer_challenge(world.secretary, one, strike=True, reason="签名不是他的")
    cast_ballot(world.owner, AtVoter(voter.id), choices=["against", "for"], once="own", seen=0)
    confirm_strike(world.chair, one, accepted=True)
    assert turnout(vote)[0] == 1
    assert db.session.scalars(sa.select(OwnerBallot.changes)).one() == 1


def test_who_goes_round_is_asked_again(world: World, vote: OwnersVote) -> None:
    code, building = at_desk(world, vote), voter_of(vote, "101").building
    assign_visit(world.secretary, vote, building=building, visitor_id=world.ids["worker"])
    for key in ("102", "201", "202"):
        put_in(vote, key, "for,for", by=world.ids["secretary"])
    struck_out(world, vote, code)
    assert "door_visit" in {w.kind for w in waiting_for(world.worker)}
