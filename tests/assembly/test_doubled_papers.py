"""Several papers of one voter: all are kept, one counts by the rule of the vote, and all who read them see it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.assembly.actions.batching import check_slip, enter_slip, hand_over_batch, remove_slip, start_batch
from portal.assembly.actions.casting import cast_ballot
from portal.assembly.actions.scanning import keep_scans
from portal.assembly.box import AtVoter
from portal.assembly.countfile import cases, counted, matters_of
from portal.assembly.models.box import OwnerBallot, Turnout
from portal.assembly.models.papers import Batch, Slip
from portal.assembly.models.votes import OwnersVote
from portal.assembly.queries.batches import batch_page, batches_of
from portal.assembly.queries.entries import own_entries
from portal.assembly.tickets import paper_receipt
from portal.assembly.words import BatchState, Medium, VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Invalid
from portal.voting.counting.papers import Reason
from tests.assembly.conftest import CLOSES, MakeVote, voter_of
from tests.assembly.letters import kept
from tests.assembly.test_actions_pictures import in_state
from tests.assembly.test_pages_evidence import fetch, table
from tests.conftest import Client
from tests.world import NOW, World

YES, NO, MIXED = ["for", "for"], ["against", "against"], ["for", "against"]
RULES = [(False, "for"), (True, "against")]


def ticket_of(vote: OwnersVote, key: str = "101") -> str:
    return str(voter_of(vote, key).number)


def begun(world: World, vote: OwnersVote, once: str = "batch") -> Batch:
    return start_batch(world.worker, vote, received_at=clock.now(), once=once)


def read_in(
    world: World, vote: OwnersVote, *papers: list[str], once: str = "batch", key: str = "101"
) -> Batch:
    """A batch of papers of one voter, read by two people."""
    batch, ticket = begun(world, vote, once), ticket_of(vote, key)
    for n, choices in enumerate(papers):
        enter_slip(
            world.worker, batch, ticket=ticket, choices=choices, signer=0, once=f"{once}-{n}", further=True
        )
        keep_scans(world.worker, batch, scans=(kept(),), voter_id=voter_of(vote, key).id, nth=n)
    hand_over_batch(world.worker, batch)
    for choices in papers:
        check_slip(world.secretary, batch, ticket=ticket, choices=choices, signer=0)
    return batch


def state_of(batch: Batch) -> BatchState:
    return batch.state


def ruled(vote: OwnersVote, last: bool) -> OwnersVote:
    with transaction():
        db.session.execute(sa.update(OwnersVote).where(OwnersVote.id == vote.id).values(last_counts=last))
    return db.session.get_one(OwnersVote, vote.id, populate_existing=True)


def said(vote: OwnersVote) -> tuple[str, list[Reason]]:
    """What the first matter counts, and what it leaves out."""
    result = counted(cases(vote, matters_of(vote)))[0]
    choices = [word for word, (_area, heads) in result["choices"].items() if heads]
    return ",".join(choices), [Reason(line["reason"]) for line in result["uncounted"]]


@pytest.mark.parametrize(("last", "counts"), RULES)
def test_of_two_papers_in_one_batch_the_rule_takes_one(
    last: bool, counts: str, world: World, make_vote: MakeVote
) -> None:
    vote = ruled(make_vote(), last)
    batch = read_in(world, vote, YES, NO)
    assert batch.state is BatchState.AGREED
    assert said(vote) == (counts, [Reason.DUPLICATE])
    assert db.session.scalars(sa.select(Turnout.heads)).all() == [1]


@pytest.mark.parametrize(("last", "counts"), RULES)
def test_of_two_papers_in_two_batches_the_rule_takes_one(
    last: bool, counts: str, world: World, make_vote: MakeVote
) -> None:
    """By when they were received, whichever batch came into the box before."""
    vote = ruled(make_vote(), last)
    with clock.frozen(NOW + timedelta(hours=1)):
        read_in(world, vote, NO, once="later")
    read_in(world, vote, YES, once="earlier")
    assert said(vote) == (counts, [Reason.DUPLICATE])


@pytest.mark.parametrize(("last", "counts"), RULES)
def test_a_paper_beside_a_ballot_on_the_screen_follows_the_rule(
    last: bool, counts: str, world: World, make_vote: MakeVote
) -> None:
    vote = ruled(make_vote(), last)
    cast_ballot(world.chair, AtVoter(voter_of(vote, "201").id), choices=YES, once="screen")
    with clock.frozen(NOW + timedelta(hours=1)):
        batch = read_in(world, vote, NO, key="201")
    assert said(vote) == (counts, [Reason.DUPLICATE])
    shown = batch_page(world.worker, batch.id)
    assert shown is not None
    (paper,) = shown.slips
    assert (paper.online, paper.together, paper.doubled) == (True, 1, True)


def test_one_received_after_the_close_does_not_take_the_place_of_one_before(
    world: World, make_vote: MakeVote
) -> None:
    vote = ruled(make_vote(), last=True)
    read_in(world, vote, YES)
    with clock.frozen(CLOSES + timedelta(hours=1)):
        read_in(world, vote, NO, once="late")
    assert said(vote) == ("for", [Reason.LATE])


def test_each_keeps_a_receipt_of_its_own(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    read_in(world, vote, YES, NO, YES)
    voter = voter_of(vote, "101").id
    found = sa.select(OwnerBallot.nth, OwnerBallot.receipt, OwnerBallot.choices).order_by(OwnerBallot.nth)
    assert [tuple(row) for row in db.session.execute(found)] == [
        (n, paper_receipt(vote.id, voter, n), choices)
        for n, choices in enumerate(("for,for", "against,against", "for,for"))
    ]
    assert paper_receipt(vote.id, voter) == paper_receipt(vote.id, voter, 0)


def test_it_is_taken_only_where_the_reader_says_so(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch, ticket = begun(world, vote), ticket_of(vote)
    enter_slip(world.worker, batch, ticket=ticket, choices=YES, signer=0, once="1")
    with pytest.raises(Invalid, match="第 1 批录过了") as refused:
        enter_slip(world.worker, batch, ticket=ticket, choices=YES, signer=0, once="2")
    assert refused.value.field == "further"
    second = enter_slip(world.worker, batch, ticket=ticket, choices=YES, signer=0, once="2", further=True)
    assert (
        enter_slip(world.worker, batch, ticket=ticket, choices=NO, signer=0, once="2", further=True) is second
    )
    remove_slip(world.worker, batch, voter_id=second.voter_id, nth=0)
    enter_slip(world.worker, batch, ticket=ticket, choices=NO, signer=0, once="3", further=True)
    kept = sa.select(Slip.nth, Slip.first).order_by(Slip.nth)
    assert [tuple(row) for row in db.session.execute(kept)] == [(1, "for,for"), (2, "against,against")]


class TestSecondReading:
    def handed_over(self, world: World, vote: OwnersVote, *papers: list[str]) -> Batch:
        batch = begun(world, vote)
        for n, choices in enumerate(papers):
            enter_slip(
                world.worker,
                batch,
                ticket=ticket_of(vote),
                choices=choices,
                signer=0,
                once=f"{n}",
                further=True,
            )
        hand_over_batch(world.worker, batch)
        return batch

    def test_the_order_of_the_pile_does_not_matter(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        batch = self.handed_over(world, vote, YES, NO)
        for choices in (NO, YES):
            check_slip(world.secretary, batch, ticket=ticket_of(vote), choices=choices, signer=0)
        assert batch.state is BatchState.AGREED

    def test_both_have_to_be_read(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        batch = self.handed_over(world, vote, YES, YES)
        check_slip(world.secretary, batch, ticket=ticket_of(vote), choices=YES, signer=0)
        assert state_of(batch) is BatchState.SECOND
        check_slip(world.secretary, batch, ticket=ticket_of(vote), choices=YES, signer=0)
        assert state_of(batch) is BatchState.AGREED

    def test_one_that_differs_goes_to_the_third(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        batch = self.handed_over(world, vote, YES, NO)
        for choices in (MIXED, NO):
            check_slip(world.secretary, batch, ticket=ticket_of(vote), choices=choices, signer=0)
        assert state_of(batch) is BatchState.THIRD
        check_slip(world.chair, batch, ticket=ticket_of(vote), choices=MIXED, signer=0)
        assert state_of(batch) is BatchState.AGREED
        found = sa.select(OwnerBallot.choices).order_by(OwnerBallot.nth)
        assert db.session.scalars(found).all() == ["for,against", "against,against"]


class TestSeen:
    def test_in_the_batch_and_in_the_list(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = make_vote()
        batch = read_in(world, vote, YES, NO)
        third = read_in(world, vote, YES, once="third")
        assert {b.number: b.further for b in batches_of(world.worker, vote.id)} == {1: 1, 2: 1}
        text = client.sign_in("worker").get(f"/batches/{batch.id}").text
        assert "还有第二张" in text
        assert "重复，第 2 张" in text
        assert "算最先收到的有效票" in text
        assert "重复，第 3 张" in client.get(f"/batches/{third.id}").text
        assert "1 张重复" in client.get(f"/owners-votes/{vote.id}/batches").text

    def test_by_the_voter_and_in_the_pack(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = make_vote()
        read_in(world, vote, YES, NO)
        matters = matters_of(vote)
        results = counted(cases(vote, matters))
        with transaction():
            for matter, result in zip(matters, results, strict=True):
                db.session.get_one(type(matter), matter.id).result = result
        in_state(vote, VoteState.PRELIMINARY)
        (own,) = own_entries(world.owner, vote, matters_of(vote))
        assert [(e.choices, e.left_out) for e in own.entries] == [
            ("for,for", {}),
            ("against,against", {0: Reason.DUPLICATE, 1: Reason.DUPLICATE}),
        ]
        assert (
            "同一位业主投了几次，只算一次"
            in client.sign_in("owner").get(f"/owners-votes/{vote.id}/result").text
        )
        pack = fetch(client, vote)
        assert [line["这一户的第几张"] for line in table(pack, "06-batches/slips.csv")] == ["1", "2"]
        fates = [line["是否计入"] for line in table(pack, "04-ballots/ballots.csv")]
        assert fates == ["计入", "没有计入：同一位业主投了几次，只算一次"]

    def test_the_form_asks_and_keeps_what_was_typed(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = make_vote()
        batch = begun(world, vote)
        ticket = ticket_of(vote)
        enter_slip(world.worker, batch, ticket=ticket, choices=YES, signer=0, once="1")
        sent = {
            "ticket": ticket,
            "matters": "2",
            "choice-0": "against",
            "choice-1": "for",
            "once": "2",
            "signed": "0",
        }
        client.sign_in("worker")
        refused = client.submit(f"/batches/{batch.id}/slips", sent)
        assert refused.status_code == 422
        assert "同一户的又一张票" in refused.text
        assert client.submit(f"/batches/{batch.id}/slips", sent | {"further": "y"}).status_code == 303
        gone = {"voter": str(voter_of(vote, "101").id), "nth": "1"}
        client.submit(f"/batches/{batch.id}/removals", gone)
        assert db.session.scalars(sa.select(Slip.first)).all() == ["for,for"]


def test_a_ballot_of_the_screen_is_not_shown_as_another_paper(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    cast_ballot(world.owner, AtVoter(voter_of(vote, "101").id), choices=YES, once="screen")
    read_in(world, vote, NO, key="102")
    mediums = sa.select(OwnerBallot.medium, OwnerBallot.nth).order_by(OwnerBallot.medium)
    assert [tuple(row) for row in db.session.execute(mediums)] == [(Medium.ONLINE, 0), (Medium.PAPER, 0)]
