"""Papers that one person read in and nobody else finds in the box: two others say so, and it is no ballot."""

import pytest

from portal.assembly.actions.batching import check_slip, enter_slip, hand_over_batch, remove_slip
from portal.assembly.actions.sealing import read_after
from portal.assembly.actions.settling import report_missing
from portal.assembly.models.papers import Batch
from portal.assembly.models.votes import OwnersVote
from portal.assembly.queries.batches import batch_page
from portal.assembly.queries.results import result_page
from portal.assembly.words import BatchState, VoteState
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.test_actions_batches import FOR, filled, heads, in_box
from tests.assembly.test_sealed_box import batch_of, sealed
from tests.conftest import Client
from tests.world import World


def missing(vote: OwnersVote, key: str) -> dict[str, int]:
    return {"voter_id": voter_of(vote, key).id}


def test_two_others_find_no_such_paper(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = filled(world, vote, "2", "4")
    with pytest.raises(NotAllowed):
        report_missing(world.worker, batch, **missing(vote, "202"))
    with pytest.raises(NotAllowed):
        remove_slip(world.worker, batch, **missing(vote, "202"))
    report_missing(world.secretary, batch, **missing(vote, "202"))
    check_slip(world.secretary, batch, ticket="2", choices=FOR)
    assert (batch.state, in_box(vote)) == (BatchState.THIRD, [])
    with pytest.raises(Invalid, match="前两遍一样"):
        report_missing(world.chair, batch, **missing(vote, "102"))
    report_missing(world.chair, batch, **missing(vote, "202"))
    assert (batch.state, [b.voter_id for b in in_box(vote)], heads(vote)) == (
        BatchState.AGREED,
        [voter_of(vote, "102").id],
        1,
    )
    page = batch_page(world.worker, batch.id)
    assert page
    assert [s.gone for s in page.slips] == [False, True]
    assert page.papers == 1


def test_one_person_alone_makes_no_paper_disappear(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = filled(world, vote, "4")
    report_missing(world.secretary, batch, **missing(vote, "202"))
    check_slip(world.chair, batch, ticket="4", choices=FOR)
    assert [b.choices for b in in_box(vote)] == ["for,for"]


def test_who_finds_it_after_all_reads_it(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = filled(world, vote, "2", "4")
    report_missing(world.secretary, batch, **missing(vote, "202"))
    check_slip(world.secretary, batch, ticket="4", choices=FOR)
    check_slip(world.secretary, batch, ticket="2", choices=FOR)
    assert (batch.state, len(in_box(vote))) == (BatchState.AGREED, 2)


def test_a_paper_that_is_not_in_the_batch(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    with pytest.raises(NotVisible):
        report_missing(world.secretary, filled(world, vote, "4"), **missing(vote, "102"))


def ghost(world: World, vote: OwnersVote) -> Batch:
    """Two papers were read in after the close; one of them nobody else finds."""
    batch = batch_of(world, vote)
    for ticket in ("2", "4"):
        enter_slip(world.worker, batch, ticket=ticket, choices=FOR, once=ticket)
    hand_over_batch(world.worker, batch)
    check_slip(world.secretary, batch, ticket="2", choices=FOR)
    report_missing(world.secretary, batch, **missing(vote, "202"))
    report_missing(world.chair, batch, **missing(vote, "202"))
    return batch


def test_its_place_in_the_box_is_still_to_be_read_in(world: World, make_vote: MakeVote) -> None:
    vote = make_vote(VoteState.CLOSED)
    sealed(world, vote, 2)
    ghost(world, vote)
    assert read_after(vote) == 1
    page = result_page(world.secretary, vote.id)
    assert page
    assert (page.read_after, page.unread, page.missing) == (1, 1, 1)
    again = batch_of(world, vote, "again")
    enter_slip(world.worker, again, ticket="4", choices=FOR, once="again")
    with pytest.raises(Conflict, match="多出来的"):
        enter_slip(world.worker, again, ticket="5", choices=FOR, once="more")


def test_the_pages_of_it(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    batch = filled(world, vote, "4")
    address = f"/batches/{batch.id}"
    sent = {"voter": missing(vote, "202")["voter_id"], "nth": 0}
    assert "没有这张票" in client.sign_in("secretary").get(address).text
    client.submit(f"{address}/missing", sent)
    shown = client.sign_in("chair").get(address).text
    assert "箱里没有这张票" in shown
    client.submit(f"{address}/missing", sent)
    assert "箱里没有，已经删掉" in client.get(address).text
