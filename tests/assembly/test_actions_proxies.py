"""Who votes for whom: co-owners, guardians, agents with a letter."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.assembly.actions.authorising import review_proxy
from portal.assembly.actions.casting import cast_ballot, vote_by_proxy
from portal.assembly.actions.drafting import drop_matter
from portal.assembly.actions.revoking import revoke_proxy
from portal.assembly.actions.rolls import amend_roll
from portal.assembly.actions.speaking import (
    designate_speaker,
    name_speaker,
    review_designation,
    review_speaker,
)
from portal.assembly.box import AtVoter
from portal.assembly.electorate import ballots_of, roll_of
from portal.assembly.models.box import OwnerBallot, Turnout
from portal.assembly.models.rolls import Speaker
from portal.assembly.models.votes import Matter, OwnersVote
from portal.assembly.tally import tallied
from portal.assembly.words import Capacity, Channel, ProxyState, VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.waiting import waiting_for
from portal.places.models import Owner, OwnerSet
from tests.assembly.conftest import AFTER, MakeVote, speaker_of, voter_of
from tests.assembly.convening import posted
from tests.assembly.letters import accepted, kept, letter, phone_of
from tests.world import World


def test_an_agent_votes_with_a_letter_that_was_checked(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    proxy = letter(world, vote, "chair", "201")
    with pytest.raises(NotAllowed):
        vote_by_proxy(world.tenant, proxy, choices=["for", "for"], once="a")
    review_proxy(world.secretary, proxy, accepted=True)
    code = vote_by_proxy(world.tenant, proxy, choices=["for", "for"], once="a")
    assert vote_by_proxy(world.tenant, proxy, choices=["for", "for"], once="a") == code
    ballot = db.session.scalars(sa.select(OwnerBallot)).one()
    assert (ballot.channel, ballot.proxy_id, ballot.speaker_id) == (Channel.PROXY, proxy.id, 0)
    assert vote_by_proxy(world.tenant, proxy, choices=["for", "against"], once="b", seen=0) == code


def test_two_agents_of_one_owner_each_vote_on_their_matter(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    one = accepted(world, vote, "chair", "201", "tenant", matters=(0,))
    other = accepted(world, vote, "chair", "201", "merchant", matters=(1,))
    code = vote_by_proxy(world.tenant, one, choices=["for", ""], once="a")
    ours = vote_by_proxy(world.merchant, other, choices=["", "against"], once="b")
    assert ours != code
    assert vote_by_proxy(world.merchant, other, choices=["", "for"], once="c", seen=0) == ours
    given = {
        b.proxy_id: (b.choices, b.receipt, b.changes) for b in db.session.scalars(sa.select(OwnerBallot))
    }
    assert given == {one.id: ("for,", code, 0), other.id: (",for", ours, 1)}
    assert db.session.scalar(sa.select(sa.func.sum(Turnout.heads))) == 1
    with clock.frozen(AFTER):
        assert [result["choices"]["for"][1] for _matter, result in tallied(vote)] == [1, 1]


def test_a_new_agent_votes_after_the_first_letter_was_taken_back(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    first = accepted(world, vote, "chair", "201", "tenant")
    vote_by_proxy(world.tenant, first, choices=["against", "against"], once="a")
    revoke_proxy(world.chair, first)
    second = accepted(world, vote, "chair", "201", "merchant")
    vote_by_proxy(world.merchant, second, choices=["for", "for"], once="b")
    with clock.frozen(AFTER):
        assert [result["choices"]["for"][1] for _matter, result in tallied(vote)] == [1, 1]


@pytest.mark.parametrize("name", ["chair", "secretary", "owner"])
def test_nobody_else_votes_with_it(world: World, make_vote: MakeVote, name: str) -> None:
    proxy = accepted(world, make_vote(), "chair", "201")
    with pytest.raises((NotAllowed, NotVisible)):
        vote_by_proxy(world.actor(name), proxy, choices=["for", "for"], once="a")


def test_a_letter_speaks_on_its_matters_only(world: World, make_vote: MakeVote) -> None:
    proxy = accepted(world, make_vote(), "chair", "201", matters=(1,))
    with pytest.raises(Invalid):
        vote_by_proxy(world.tenant, proxy, choices=["for", "for"], once="a")
    vote_by_proxy(world.tenant, proxy, choices=["", "for"], once="a")


def test_what_is_no_letter(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    wrongs: dict[str, dict[str, Any]] = {
        "letter": {"letter": ()},
        "matters": {"matters": ()},
        "agent_name": {"agent_name": ""},
        "phone": {"phone": "123"},
        "declared": {"declared": False},
    }
    for field, wrong in wrongs.items():
        with pytest.raises(Invalid) as refused:
            letter(world, vote, "chair", "201", **wrong)
        assert refused.value.field == field


def test_the_property_company_is_no_agent(world: World, make_vote: MakeVote) -> None:
    with pytest.raises(Invalid) as refused:
        letter(world, make_vote(), "chair", "201", "manager")
    assert refused.value.field == "phone"


def test_nor_is_who_has_the_name_of_one_unless_a_phone_tells_them_apart(
    world: World, make_vote: MakeVote
) -> None:
    vote = make_vote()
    with pytest.raises(Invalid) as refused:
        letter(world, vote, "chair", "201", agent_name="陈 立军", phone="")
    assert refused.value.field == "agent_name"
    namesake = letter(world, vote, "chair", "201", agent_name="陈立军", phone="19900009999")
    assert (namesake.agent_id, namesake.agent_phone, namesake.declared) == (None, "19900009999", True)


def test_one_agent_is_one_by_account_by_phone_and_by_name(world: World, make_vote: MakeVote) -> None:
    for same in ({}, {"agent_name": "赵小强"}, {"phone": ""}, {"agent_name": "赵　强", "phone": ""}):
        vote = make_vote(proxy_cap=1)
        accepted(world, vote, "chair", "201", once=f"first-{vote.id}")
        second = letter(world, vote, "owner", "101", once=f"second-{vote.id}", **same)
        with pytest.raises(Invalid, match="满了"):
            review_proxy(world.secretary, second, accepted=True)
    vote = make_vote(proxy_cap=1)
    accepted(world, vote, "chair", "201", once="first")
    namesake = letter(world, vote, "owner", "101", phone="19900009999", once="namesake")
    review_proxy(world.secretary, namesake, accepted=True)


def test_who_speaks_himself_needs_no_letter(world: World, make_vote: MakeVote) -> None:
    with pytest.raises(Invalid):
        letter(world, make_vote(), "owner", "101", "co_owner")


def test_a_matter_is_given_to_one_agent(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    first = letter(world, vote, "chair", "201", matters=(0,))
    letter(world, vote, "chair", "201", "merchant", matters=(1,))
    with pytest.raises(Conflict):
        letter(world, vote, "chair", "201", "owner", matters=(0, 1))
    revoke_proxy(world.chair, first)
    letter(world, vote, "chair", "201", "owner", matters=(0,))


def test_an_agent_acts_for_as_many_as_the_rules_allow(world: World, make_vote: MakeVote) -> None:
    vote = make_vote(proxy_cap=1)
    accepted(world, vote, "chair", "201")
    second = letter(world, vote, "owner", "101")
    with pytest.raises(Invalid):
        review_proxy(world.secretary, second, accepted=True)
    review_proxy(world.secretary, second, accepted=False, reason="代理人已经满了。")
    assert second.state is ProxyState.REFUSED


def test_a_refusal_says_why(world: World, make_vote: MakeVote) -> None:
    proxy = letter(world, make_vote(), "chair", "201")
    with pytest.raises(Invalid):
        review_proxy(world.secretary, proxy, accepted=False)
    with pytest.raises(NotAllowed):
        review_proxy(world.tenant, proxy, accepted=True)


def test_whose_letter_it_is_does_not_check_it(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    own = letter(world, vote, "chair", "201")
    agents = letter(world, vote, "owner", "101", "chair")
    for proxy in (own, agents):
        with pytest.raises(NotAllowed, match="另一位召集人"):
            review_proxy(world.chair, proxy, accepted=True)
    assert "review_proxy" not in {w.kind for w in waiting_for(world.chair)}
    review_proxy(world.secretary, own, accepted=True)
    review_proxy(world.secretary, agents, accepted=True)


def test_a_letter_entered_at_the_desk_is_checked_by_another_and_not_by_its_owner(
    world: World, make_vote: MakeVote
) -> None:
    proxy = letter(world, make_vote(), "secretary", "201")
    for name in ("secretary", "chair"):
        with pytest.raises(NotAllowed, match="另一位召集人"):
            review_proxy(world.actor(name), proxy, accepted=True)
    review_proxy(world.worker, proxy, accepted=True)


@pytest.mark.parametrize("state", [VoteState.ROLL_POSTED, VoteState.FROZEN])
def test_letters_are_taken_when_the_matters_stand_still(
    world: World, make_vote: MakeVote, state: VoteState
) -> None:
    """Until the notice a matter can be dropped and the others move up: a letter would name another one."""
    with pytest.raises(NotAllowed, match="公告以后"):
        letter(world, make_vote(state=state), "chair", "201", matters=(1,))
    vote = make_vote(state=VoteState.NOTICE)
    letter(world, vote, "chair", "201", matters=(1,))
    first = db.session.scalars(sa.select(Matter).where(Matter.vote_id == vote.id, Matter.position == 0)).one()
    with pytest.raises(NotAllowed):
        drop_matter(world.chair, vote, matter_id=first.id)


def test_after_the_close_letters_stand(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    proxy = accepted(world, vote, "chair", "201")
    with clock.frozen(AFTER), pytest.raises(NotAllowed):
        revoke_proxy(world.chair, proxy)
    with pytest.raises(NotAllowed):
        letter(world, make_vote(state=VoteState.COUNTING), "chair", "201", once="later")


def test_the_same_form_twice_is_one_letter(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    assert letter(world, vote, "chair", "201").id == letter(world, vote, "chair", "201").id


def test_a_co_owner_leaves_the_vote_to_the_other(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    voter = voter_of(vote, "101")
    own, other = (speaker_of(world, vote, n).id for n in ("owner", "co_owner"))
    with pytest.raises(NotAllowed):
        designate_speaker(world.owner, voter, speaker_id=own)
    with pytest.raises(NotAllowed):
        designate_speaker(world.owner, voter, speaker_id=None)
    designate_speaker(world.owner, voter, speaker_id=other)
    with pytest.raises(NotAllowed):
        cast_ballot(world.owner, AtVoter(voter.id), choices=["for", "for"], once="a")
    cast_ballot(world.co_owner, AtVoter(voter.id), choices=["for", "for"], once="b")
    designate_speaker(world.worker, voter, speaker_id=None, agreement=(kept(),))
    with pytest.raises(NotAllowed):
        cast_ballot(world.owner, AtVoter(voter.id), choices=["for", "for"], once="c")
    review_designation(world.secretary, speaker_of(world, vote, "co_owner"), accepted=True)
    cast_ballot(world.owner, AtVoter(voter.id), choices=["for", "for"], once="c")


def test_a_speaker_of_another_voter_is_not_found(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    with pytest.raises(NotVisible):
        designate_speaker(world.worker, voter_of(vote, "101"), speaker_id=speaker_of(world, vote, "chair").id)


def test_whom_a_company_sends_votes_for_it(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    shop = voter_of(vote, "shop")
    named = name_speaker(
        world.worker,
        vote,
        voter_id=shop.id,
        name="孙朝晖",
        capacity=Capacity.REPRESENTATIVE,
        phone=phone_of("merchant"),
        letter=(kept(),),
    )
    assert db.session.get_one(Speaker, named.id).place_path == shop.place_path
    with pytest.raises((NotAllowed, NotVisible)):
        cast_ballot(world.merchant, AtVoter(shop.id), choices=["for", "for"], once="a")
    review_speaker(world.secretary, named, accepted=True)
    cast_ballot(world.merchant, AtVoter(shop.id), choices=["for", "for"], once="a")
    with pytest.raises(Invalid):
        name_speaker(
            world.worker,
            vote,
            voter_id=shop.id,
            name="孙朝晖",
            capacity=Capacity.GUARDIAN,
            phone=phone_of("merchant"),
            letter=(kept(),),
        )


def settle(world: World, vote: OwnersVote, speaker_id: int) -> None:
    """The co-owners of 101 signed that he speaks for all, and two people looked at it."""
    designate_speaker(world.worker, voter_of(vote, "101"), speaker_id=speaker_id, agreement=(kept(),))
    review_designation(world.secretary, db.session.get_one(Speaker, speaker_id), accepted=True)


def guardian(world: World, vote: OwnersVote, **given: Any) -> Speaker:
    """The tenant, entered as guardian of the second co-owner of 101."""
    words: dict[str, Any] = {
        "voter_id": voter_of(vote, "101").id,
        "name": "赵强",
        "capacity": Capacity.GUARDIAN,
        "phone": phone_of("tenant"),
        "for_owner": speaker_of(world, vote, "co_owner").owner_id,
        "letter": (kept(),),
    }
    named = name_speaker(world.worker, vote, **(words | given))
    review_speaker(world.secretary, named, accepted=True)
    return named


@pytest.mark.parametrize("whose", [None, 0, "of 201"])
def test_a_guardian_speaks_for_one_co_owner_who_is_named(
    world: World, make_vote: MakeVote, whose: int | str | None
) -> None:
    vote = make_vote()
    with pytest.raises(Invalid) as refused:
        guardian(
            world, vote, for_owner=speaker_of(world, vote, "chair").owner_id if whose == "of 201" else whose
        )
    assert refused.value.field == "for_owner"


def test_a_guardian_of_an_owner_alone_is_his(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    one = guardian(world, vote, voter_id=voter_of(vote, "201").id, for_owner=None)
    assert one.for_owner_id == speaker_of(world, vote, "chair").owner_id


def test_a_guardian_is_heard_as_one_co_owner_and_not_as_all(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    guardian(world, vote)
    shared = AtVoter(voter_of(vote, "101").id)
    cast_ballot(world.tenant, shared, choices=["for", "for"], once="a")
    roll = roll_of(vote)
    ballot = ballots_of(vote, roll)[0].on(0)
    assert ballot["member"] == f"p{speaker_of(world, vote, 'co_owner').owner_id}"
    settle(world, vote, speaker_of(world, vote, "owner").id)
    cast_ballot(world.owner, shared, choices=["against", "against"], once="b")
    with clock.frozen(AFTER):
        counted = tallied(vote)[0][1]
    assert [line["reason"] for line in counted["uncounted"]] == ["NOT_DESIGNATED"]
    assert counted["choices"]["against"] == ["89.32", 1]


def test_a_guardian_may_be_the_one_they_settle_on(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    named = guardian(world, vote)
    settle(world, vote, named.id)
    shared = AtVoter(voter_of(vote, "101").id)
    with pytest.raises(NotAllowed):
        cast_ballot(world.owner, shared, choices=["against", "against"], once="b")
    cast_ballot(world.tenant, shared, choices=["for", "for"], once="a")
    assert tallied(vote)[0][1]["choices"]["for"] == ["89.32", 1]


def test_a_guardian_goes_with_the_owner_he_speaks_for(world: World) -> None:
    vote = posted(world)
    leaving = guardian(world, vote)
    owner, place, shared = leaving.for_owner_id, world.paths["estate"], leaving.voter_id
    with transaction():
        other = OwnerSet(place_path=place, key="divorced", developer=False)
        db.session.add(other)
        db.session.flush()
        db.session.execute(sa.update(Owner).where(Owner.id == owner).values(owner_set_id=other.id))
    amend_roll(world.chair, vote, reason="101室少了一位共有人", where="东门公告栏")
    left = sa.select(Speaker.name).where(Speaker.voter_id == shared)
    assert list(db.session.scalars(left)) == ["王秀兰"]


def test_only_staff_name_speakers(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    with pytest.raises(NotAllowed):
        name_speaker(
            world.owner,
            vote,
            voter_id=voter_of(vote, "101").id,
            name="王芳",
            capacity=Capacity.GUARDIAN,
        )
