"""What staff put into the box for an owner: he reads who did it and how, once it waits for him, and who counts sees how
much each of them put in."""

from dataclasses import replace

import pytest

from portal.assembly.actions.casting import cast_ballot, see_given
from portal.assembly.box import AtVoter
from portal.assembly.desk import conspicuous
from portal.assembly.models.rolls import Voter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.queries.results import result_page
from portal.assembly.words import Channel, VoteState
from portal.core.actor import Actor
from portal.core.db import db
from portal.core.waiting import waiting_for
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.papers import put_in
from tests.conftest import Client
from tests.world import World


def waits(actor: Actor) -> bool:
    return any(w.kind == "given_at_desk" for w in waiting_for(actor))


def at_counter(world: World, vote: OwnersVote) -> None:
    acting = replace(world.owner, entered_by=world.ids["worker"], grants=frozenset())
    cast_ballot(acting, AtVoter(voter_of(vote, "101").id), choices=["for", "for"], once="counter")


def test_he_is_told_what_the_counter_entered_and_replaces_it(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    at_counter(world, vote)
    assert [waits(a) for a in (world.owner, world.co_owner, world.worker)] == [True, False, False]
    client.sign_in("owner")
    assert "工作人员代录了您的票" in client.get("/").text
    shown = client.get(f"/owners-votes/{vote.id}").text
    assert "由沈佳慧代录" in shown
    assert "您自己在这里投一次" in shown
    voter = voter_of(vote, "101").id
    client.submit(f"/voters/{voter}/seen", {})
    assert not waits(world.owner)
    assert "由沈佳慧代录" in client.get(f"/owners-votes/{vote.id}").text
    cast_ballot(world.owner, AtVoter(voter), choices=["against", "for"], once="own", seen=0)
    assert "由沈佳慧代录" not in client.get(f"/owners-votes/{vote.id}").text


def test_he_is_told_of_a_paper_that_staff_read_in(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    put_in(vote, "201", "for,for", by=world.ids["worker"])
    assert waits(world.chair)
    shown = client.sign_in("chair").get(f"/owners-votes/{vote.id}").text
    assert "您交的纸质票" in shown
    assert "最先收到的有效票" in shown
    assert f"/voters/{voter_of(vote, '201').id}/challenge" in shown
    see_given(world.chair, db.session.get_one(Voter, voter_of(vote, "201").id))
    assert not waits(world.chair)


def test_an_agents_paper_is_none_of_it(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    put_in(vote, "201", "for,for", channel=Channel.PROXY, by=world.ids["worker"])
    assert not waits(world.chair)


@pytest.mark.parametrize(
    ("entered", "ballots", "many"),
    [(9, 20, False), (10, 99, True), (10, 100, False), (60, 500, True), (0, 0, False)],
)
def test_one_person_who_entered_many_alone(entered: int, ballots: int, many: bool) -> None:
    assert conspicuous(entered, ballots) is many


def test_who_counts_sees_how_many_each_of_staff_entered(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(VoteState.CLOSED)
    put_in(vote, "101", "for,for", channel=Channel.DESK, by=world.ids["worker"])
    put_in(vote, "201", "against,for", by=world.ids["worker"])
    put_in(vote, "202", "for,for", channel=Channel.ONLINE)
    page = result_page(world.secretary, vote.id)
    assert page
    assert [(line.name, line.alone, line.papers, many) for line, many in page.at_desk] == [
        ("沈佳慧", 1, 1, False)
    ]
    assert "谁代录了几张" in client.sign_in("secretary").get(f"/owners-votes/{vote.id}/count").text
    assert "谁代录了几张" not in client.sign_in("owner").get(f"/owners-votes/{vote.id}/count").text
