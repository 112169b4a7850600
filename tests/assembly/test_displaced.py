"""Papers that count in the place of what an owner gave on the screen: shown to the scrutineers, and never without a
picture of the paper."""

import io
from datetime import timedelta

import pytest

from portal.assembly.actions.batching import check_slip, enter_slip, hand_over_batch, start_batch
from portal.assembly.actions.casting import cast_ballot
from portal.assembly.actions.scanning import keep_scans
from portal.assembly.box import AtVoter
from portal.assembly.models.papers import Batch, Slip
from portal.assembly.models.votes import OwnersVote
from portal.assembly.queries.batches import batch_page
from portal.assembly.tally import tallied
from portal.assembly.words import BatchState, VoteState
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, NotVisible
from tests.assembly.conftest import AFTER, MakeVote, speaker_of, voter_of
from tests.assembly.letters import kept, photo
from tests.assembly.test_actions_pictures import in_state
from tests.conftest import Client
from tests.world import NOW, World

AGAINST = ["against", "against"]


def voted(world: World, vote: OwnersVote, name: str, key: str, hours: int = 0) -> None:
    with clock.frozen(NOW + timedelta(hours=hours)):
        actor = world.actor(name)
        cast_ballot(actor, AtVoter(voter_of(vote, key).id), choices=["for", "for"], once=f"{name}-{hours}")


def paper(world: World, vote: OwnersVote, ticket: str, received: int, signer: int | None = None) -> Batch:
    """Entered two hours from now, said to be received so many hours from now."""
    with clock.frozen(NOW + timedelta(hours=2)):
        at = NOW + timedelta(hours=received)
        batch = start_batch(world.worker, vote, received_at=at, once=f"b{ticket}{received}")
        enter_slip(world.worker, batch, ticket=ticket, choices=AGAINST, once="s", signer=signer)
    return batch


def displaces(world: World, batch: Batch) -> bool:
    page = batch_page(world.worker, batch.id)
    assert page
    return [s.displaced_at is not None for s in page.slips] == [True]


@pytest.mark.parametrize(
    ("last", "received", "takes_its_place"),
    [(False, -1, True), (False, 1, False), (True, -1, False), (True, 1, True)],
)
def test_the_rule_of_the_vote_says_which_counts(
    world: World, make_vote: MakeVote, last: bool, received: int, takes_its_place: bool
) -> None:
    vote = make_vote(last_counts=last)
    voted(world, vote, "chair", "201")
    batch = paper(world, vote, "3", received)
    assert displaces(world, batch) is takes_its_place
    if takes_its_place:
        with pytest.raises(Conflict, match="3 号票"):
            hand_over_batch(world.worker, batch)
        keep_scans(world.worker, batch, scans=(kept(),))
        with pytest.raises(Conflict, match="照片"):
            hand_over_batch(world.worker, batch)
        keep_scans(world.worker, batch, scans=(kept(),), voter_id=voter_of(vote, "201").id)
    hand_over_batch(world.worker, batch)
    check_slip(world.secretary, batch, ticket="3", choices=AGAINST)
    assert batch.state is BatchState.AGREED
    with clock.frozen(AFTER):
        counted = [result["choices"]["against"][1] for _matter, result in tallied(vote)]
    assert counted == [int(takes_its_place)] * 2


def test_a_picture_is_of_a_paper_in_the_batch(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = paper(world, vote, "3", 0)
    with pytest.raises(NotVisible):
        keep_scans(world.worker, batch, scans=(kept(),), voter_id=voter_of(vote, "101").id)


def test_another_co_owners_paper_takes_nobodys_place(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    voted(world, vote, "owner", "101")
    other = paper(world, vote, "1", -1, speaker_of(world, vote, "co_owner").id)
    assert not displaces(world, other)


def test_what_all_signed_later_takes_the_place_of_what_one_gave(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    voted(world, vote, "owner", "101")
    assert displaces(world, paper(world, vote, "1", 1, 0))


def test_who_was_named_otherwise_by_the_third_person_needs_the_picture_too(
    world: World, make_vote: MakeVote
) -> None:
    vote = make_vote()
    voted(world, vote, "owner", "101")
    batch = paper(world, vote, "1", -1, speaker_of(world, vote, "co_owner").id)
    hand_over_batch(world.worker, batch)
    his = speaker_of(world, vote, "owner").id
    check_slip(world.secretary, batch, ticket="1", choices=AGAINST, signer=his)
    with pytest.raises(Conflict, match="照片"):
        check_slip(world.chair, batch, ticket="1", choices=AGAINST, signer=his)
    db.session.rollback()
    keep_scans(world.chair, batch, scans=(kept(),), voter_id=voter_of(vote, "101").id)
    check_slip(world.chair, batch, ticket="1", choices=AGAINST, signer=his)
    assert batch.state is BatchState.AGREED


def test_the_pages_show_it(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    voted(world, vote, "chair", "201")
    batch = paper(world, vote, "3", -1)
    client.sign_in("worker")
    shown = client.get(f"/batches/{batch.id}").text
    assert "还缺照片" in shown
    assert "顶替本人的手机票" in shown
    voter = voter_of(vote, "201").id
    sent = {"voter": voter, "nth": 0, "scans": (io.BytesIO(photo()), "3.jpg")}
    client.submit(f"/batches/{batch.id}/scans", sent, content_type="multipart/form-data")
    assert "有照片" in client.get(f"/batches/{batch.id}").text
    assert db.session.get_one(Slip, (batch.id, voter, 0), populate_existing=True).scan


def test_who_watches_the_count_reads_it(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    voted(world, vote, "chair", "201")
    batch = paper(world, vote, "3", -1)
    keep_scans(world.worker, batch, scans=(kept(),), voter_id=voter_of(vote, "201").id)
    in_state(vote, VoteState.COUNTING)
    counting = client.sign_in("secretary").get(f"/owners-votes/{vote.id}/count").text
    assert "1 张纸质票顶替了本人的手机票" in counting
    assert "看原票的照片" in counting
    assert "顶替了本人" not in client.sign_in("owner").get(f"/owners-votes/{vote.id}/count").text
