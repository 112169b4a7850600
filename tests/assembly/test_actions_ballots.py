"""Ballots into the box, by the owner's own hand and by an agent's."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.assembly.actions.casting import cast_ballot
from portal.assembly.box import AtVoter
from portal.assembly.models.box import OwnerBallot, Turnout
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import Channel, VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from tests.assembly.conftest import AFTER, CLOSES, MakeVote, speaker_of, voter_of
from tests.conftest import Statements
from tests.world import World

BOTH = ["for", "against"]


def ballots(vote: OwnersVote) -> list[OwnerBallot]:
    return list(db.session.scalars(sa.select(OwnerBallot).where(OwnerBallot.vote_id == vote.id)))


def turnout(vote: OwnersVote) -> list[tuple[str, int, int]]:
    rows = sa.select(Turnout.channel, Turnout.heads, Turnout.area).where(Turnout.vote_id == vote.id)
    return [(str(channel), heads, area) for channel, heads, area in db.session.execute(rows)]


def cast(world: World, vote: OwnersVote, name: str, key: str, once: str = "form", **given: object) -> str:
    said = {"choices": BOTH, **given}
    return cast_ballot(world.actor(name), AtVoter(voter_of(vote, key).id), once=once, **said)  # type: ignore[arg-type]


def test_an_owner_votes_and_gets_a_receipt(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    code = cast(world, vote, "chair", "201")
    (ballot,) = ballots(vote)
    assert (ballot.choices, ballot.channel, ballot.receipt) == ("for,against", Channel.ONLINE, code)
    assert ballot.speaker_id == speaker_of(world, vote, "chair").id
    assert turnout(vote) == [("online", 1, 12050)]


def test_the_same_form_twice_is_one_ballot_with_one_receipt(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    assert cast(world, vote, "chair", "201") == cast(world, vote, "chair", "201")
    assert len(ballots(vote)) == 1
    assert turnout(vote) == [("online", 1, 12050)]


def test_a_reply_lost_on_its_way_is_given_again_after_the_hour(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    code = cast(world, vote, "chair", "201")
    with clock.frozen(AFTER):
        assert cast(world, vote, "chair", "201") == code


def test_a_second_ballot_is_refused_with_the_way_to_change_it(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    cast(world, vote, "chair", "201")
    with pytest.raises(Conflict) as refused:
        cast(world, vote, "chair", "201", once="other")
    assert refused.value.unmet[0].cure == f"/voters/{voter_of(vote, '201').id}/change"


def test_a_ballot_is_changed_and_keeps_its_receipt(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    code = cast(world, vote, "chair", "201")
    changed = cast(world, vote, "chair", "201", once="b", seen=0, choices=["against", "abstain"])
    assert changed == code
    (ballot,) = ballots(vote)
    assert (ballot.choices, ballot.changes) == ("against,abstain", 1)
    with pytest.raises(Conflict):
        cast(world, vote, "chair", "201", once="c", seen=0)
    assert turnout(vote) == [("online", 1, 12050)]


def test_co_owners_are_one_head(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    cast(world, vote, "owner", "101")
    cast(world, vote, "co_owner", "101", choices=["against", "against"])
    assert len(ballots(vote)) == 2
    assert turnout(vote) == [("online", 1, 8932)]


@pytest.mark.parametrize("name", ["tenant", "owner", "secretary"])
def test_who_does_not_speak_for_a_voter_gives_no_ballot(world: World, make_vote: MakeVote, name: str) -> None:
    with pytest.raises(NotAllowed):
        cast(world, make_vote(), name, "201")


@pytest.mark.parametrize("name", ["neighbour", "other_secretary"])
def test_strangers_find_no_voter(world: World, make_vote: MakeVote, name: str) -> None:
    with pytest.raises(NotVisible):
        cast(world, make_vote(), name, "201")


def test_no_ballot_at_the_hour_or_after(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    with clock.frozen(CLOSES), pytest.raises(NotAllowed):
        cast(world, vote, "chair", "201")
    with clock.frozen(CLOSES - timedelta(microseconds=1)):
        cast(world, vote, "chair", "201")


@pytest.mark.parametrize("state", [s for s in VoteState if s is not VoteState.OPEN])
def test_no_ballot_in_any_other_state(world: World, make_vote: MakeVote, state: VoteState) -> None:
    vote = make_vote(state=state)
    with pytest.raises(NotAllowed):
        cast(world, vote, "chair", "201")


def test_where_the_authority_has_its_own_system_no_ballot_is_taken(world: World, make_vote: MakeVote) -> None:
    with pytest.raises(NotAllowed):
        cast(world, make_vote(official_evote=True), "chair", "201")


def test_a_designated_co_owner_speaks_alone(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    with transaction():
        speaker_of(world, vote, "owner").designated = True
    with pytest.raises(NotAllowed):
        cast(world, vote, "co_owner", "101")
    cast(world, vote, "owner", "101")


def test_a_matter_without_answer_is_given_back(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    with pytest.raises(Invalid):
        cast(world, vote, "chair", "201", choices=["for", ""])
    assert ballots(vote) == []


def test_staff_who_act_for_an_owner_are_named(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    acting = replace(world.chair, entered_by=world.ids["worker"])
    cast_ballot(acting, AtVoter(voter_of(vote, "201").id), choices=BOTH, once="desk")
    (ballot,) = ballots(vote)
    assert (ballot.channel, ballot.entered_by_id) == (Channel.DESK, world.ids["worker"])


def test_nobody_enters_at_the_desk_for_a_head_that_is_his_too(world: World, make_vote: MakeVote) -> None:
    """One co-owner who works for the community would otherwise settle alone what they all decide."""
    vote = make_vote()
    acting = replace(world.owner, entered_by=world.ids["co_owner"])
    with pytest.raises(NotAllowed, match="自己也有份"):
        cast_ballot(acting, AtVoter(voter_of(vote, "101").id), choices=BOTH, once="desk")
    assert ballots(vote) == []


def test_staff_change_what_staff_entered_and_nothing_that_the_voter_gave(
    world: World, make_vote: MakeVote
) -> None:
    vote = make_vote()
    voter = AtVoter(voter_of(vote, "101").id)
    acting = replace(world.owner, entered_by=world.ids["worker"])
    cast_ballot(acting, voter, choices=BOTH, once="desk")
    cast_ballot(acting, voter, choices=("for", "for"), once="again", seen=0)
    cast_ballot(world.owner, voter, choices=("against", "against"), once="phone", seen=1)
    with pytest.raises(NotAllowed):
        cast_ballot(acting, voter, choices=("for", "for"), once="behind", seen=2)
    assert db.session.scalars(sa.select(OwnerBallot.choices)).all() == ["against,against"]


def test_no_event_carries_a_choice(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    cast(world, vote, "chair", "201")
    cast(world, vote, "chair", "201", once="b", seen=0)
    told = db.session.scalars(sa.select(Entry).where(Entry.name.like("owner_ballot.%"))).all()
    assert [e.payload for e in told] == [{"voter_id": voter_of(vote, "201").id}] * 2


def test_a_ballot_takes_few_statements(world: World, make_vote: MakeVote, statements: Statements) -> None:
    """The voter, the vote, the ballot, the event, the turnout."""
    vote = make_vote()
    voter = AtVoter(voter_of(vote, "201").id)
    del statements[:]
    cast_ballot(world.chair, voter, choices=BOTH, once="form")
    own = [s for s in statements if "FROM user" not in s and '"user"' not in s]
    assert len(own) == 5, own
