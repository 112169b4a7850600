"""Deliveries and door visits."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.assembly.actions.reaching import acknowledge, assign_visit, record_delivery
from portal.assembly.models.reaching import Delivery, DoorVisit
from portal.assembly.words import DeliveryWay, VoteState
from portal.core.db import db
from portal.core.errors import Invalid, NotAllowed, NotVisible
from tests.assembly.conftest import MakeVote, voter_of
from tests.world import World


def deliveries() -> list[Delivery]:
    return list(db.session.scalars(sa.select(Delivery).order_by(Delivery.voter_id)))


def test_many_voters_at_once(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    wanted = [voter_of(vote, key).id for key in ("102", "202", "202")]
    for _ in range(2):
        record_delivery(world.worker, vote, voter_ids=wanted, way=DeliveryWay.HANDED, warned=True, once="a")
    assert [d.voter_id for d in deliveries()] == sorted(set(wanted))
    assert deliveries()[0].place_path == voter_of(vote, "102").place_path


@pytest.mark.parametrize("witnesses", [("", ""), ("张三", ""), ("张三", "张三")])
def test_a_refusal_has_two_witnesses(world: World, make_vote: MakeVote, witnesses: tuple[str, str]) -> None:
    vote = make_vote()
    given = {"voter_ids": [voter_of(vote, "102").id], "way": DeliveryWay.REFUSED, "warned": True}
    with pytest.raises(Invalid):
        record_delivery(world.worker, vote, **given, witnesses=witnesses, once="a")  # type: ignore[arg-type]
    record_delivery(world.worker, vote, **given, witnesses=("张三", "李四"), once="a")  # type: ignore[arg-type]


def test_nobody_or_somebody_elses_voter(world: World, make_vote: MakeVote) -> None:
    vote, other = make_vote(), make_vote()
    with pytest.raises(Invalid):
        record_delivery(world.worker, vote, voter_ids=[], way=DeliveryWay.MAIL, warned=True, once="a")
    with pytest.raises(NotVisible):
        record_delivery(
            world.worker,
            vote,
            voter_ids=[voter_of(other, "102").id],
            way=DeliveryWay.MAIL,
            warned=True,
            once="a",
        )
    assert deliveries() == []


def test_an_owner_says_that_he_has_read_it(world: World, make_vote: MakeVote) -> None:
    vote = make_vote(state=VoteState.NOTICE)
    voter = voter_of(vote, "201")
    acknowledge(world.chair, voter)
    acknowledge(world.chair, voter)
    (delivery,) = deliveries()
    assert (delivery.way, delivery.warned) == (DeliveryWay.PORTAL, True)
    with pytest.raises(Invalid):
        record_delivery(
            world.worker, vote, voter_ids=[voter.id], way=DeliveryWay.PORTAL, warned=True, once="a"
        )
    with pytest.raises(NotAllowed):
        acknowledge(world.chair, voter_of(make_vote(state=VoteState.FROZEN), "201"))


def test_nobody_says_it_for_him(world: World, make_vote: MakeVote) -> None:
    """What is entered in his name proves nothing, and a silence rule would take it for proof."""
    voter = voter_of(make_vote(), "201")
    acting = replace(world.chair, entered_by=world.ids["worker"], entered_by_name="沈佳慧")
    with pytest.raises(NotAllowed):
        acknowledge(acting, voter)
    assert deliveries() == []


@pytest.mark.parametrize("name", ["owner", "tenant", "manager"])
def test_only_staff_deliver(world: World, make_vote: MakeVote, name: str) -> None:
    vote = make_vote()
    with pytest.raises(NotAllowed):
        record_delivery(
            world.actor(name),
            vote,
            voter_ids=[voter_of(vote, "102").id],
            way=DeliveryWay.MAIL,
            warned=True,
            once="a",
        )


def test_somebody_goes_round_a_building(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    for name in ("worker", "chair"):
        assign_visit(world.secretary, vote, building="12号楼", visitor_id=world.ids[name])
    assert db.session.get_one(DoorVisit, (vote.id, "12号楼")).visitor_id == world.ids["chair"]
    for wrong in ({"building": "99号楼"}, {"visitor_id": world.ids["owner"]}):
        given = {"building": "12号楼", "visitor_id": world.ids["worker"], **wrong}
        with pytest.raises(Invalid):
            assign_visit(world.secretary, vote, **given)  # type: ignore[arg-type]
    assign_visit(world.secretary, vote, building="12号楼", visitor_id=None)
    assert db.session.get(DoorVisit, (vote.id, "12号楼")) is None
