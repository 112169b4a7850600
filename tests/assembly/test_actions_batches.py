"""Papers: two people read, a third decides, late ones are kept."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.assembly import tickets
from portal.assembly.actions.batching import (
    check_slip,
    enter_slip,
    hand_over_batch,
    remove_slip,
    start_batch,
    take_over_batch,
)
from portal.assembly.actions.casting import cast_ballot
from portal.assembly.actions.revoking import revoke_proxy
from portal.assembly.actions.scanning import keep_scans
from portal.assembly.actions.sealing import AtSeal, confirm_seal, seal_box
from portal.assembly.box import AtVoter
from portal.assembly.count_guards import papers_all_entered
from portal.assembly.models.box import OwnerBallot, Turnout
from portal.assembly.models.papers import Batch, Slip
from portal.assembly.models.votes import OwnersVote
from portal.assembly.queries.voters import paper_page
from portal.assembly.tally import tallied
from portal.assembly.words import BatchState, Channel, VoteState
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.core.waiting import waiting_for
from tests.assembly.conftest import AFTER, CLOSES, OPENS, MakeVote, speaker_of, voter_of
from tests.assembly.letters import accepted, kept
from tests.assembly.test_actions_pictures import in_state
from tests.world import NOW, World

FOR = ["for", "for"]


def started(world: World, vote: OwnersVote, once: str = "batch", **given: object) -> Batch:
    return start_batch(world.worker, vote, once=once, **{"received_at": NOW, **given})  # type: ignore[arg-type]


def filled(world: World, vote: OwnersVote, *tickets_: str, once: str = "batch", **given: object) -> Batch:
    batch = started(world, vote, once, **given)
    for ticket in tickets_:
        enter_slip(world.worker, batch, ticket=ticket, choices=FOR, once=ticket)
    hand_over_batch(world.worker, batch)
    return batch


def in_box(vote: OwnersVote) -> list[OwnerBallot]:
    found = sa.select(OwnerBallot).where(OwnerBallot.vote_id == vote.id).order_by(OwnerBallot.voter_id)
    return list(db.session.scalars(found))


def heads(vote: OwnersVote) -> int:
    return db.session.scalar(sa.select(sa.func.sum(Turnout.heads)).where(Turnout.vote_id == vote.id)) or 0


def test_two_equal_readings_go_into_the_box(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = filled(world, vote, "2", tickets.code_of(vote.id, 4))
    check_slip(world.secretary, batch, ticket="4", choices=FOR)
    assert in_box(vote) == []
    check_slip(world.secretary, batch, ticket="2", choices=FOR)
    assert batch.state is BatchState.AGREED
    assert [b.choices for b in in_box(vote)] == ["for,for"] * 2
    first = in_box(vote)[0]
    assert (first.channel, first.speaker_id, first.at) == (Channel.PAPER, 0, NOW)
    assert first.receipt == tickets.paper_receipt(vote.id, first.voter_id)
    assert heads(vote) == 2


def test_where_readings_differ_a_third_person_decides(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = filled(world, vote, "2", "4")
    check_slip(world.secretary, batch, ticket="2", choices=["for", "against"])
    check_slip(world.secretary, batch, ticket="4", choices=FOR)
    assert batch.state is BatchState.THIRD
    assert in_box(vote) == []
    for name in ("worker", "secretary"):
        with pytest.raises(NotAllowed):
            check_slip(world.actor(name), batch, ticket="2", choices=FOR)
    with pytest.raises(Invalid):
        check_slip(world.chair, batch, ticket="4", choices=FOR)
    check_slip(world.chair, batch, ticket="2", choices=["for", "invalid"])
    assert [b.choices for b in in_box(vote)] == ["for,invalid", "for,for"]


def test_the_first_reader_does_not_read_again(world: World, make_vote: MakeVote) -> None:
    batch = filled(world, make_vote(), "2")
    with pytest.raises(NotAllowed):
        check_slip(world.worker, batch, ticket="2", choices=FOR)


def test_one_person_reads_a_round(world: World, make_vote: MakeVote) -> None:
    batch = filled(world, make_vote(), "2", "4")
    check_slip(world.secretary, batch, ticket="2", choices=FOR)
    with pytest.raises(NotAllowed):
        check_slip(world.chair, batch, ticket="4", choices=FOR)
    take_over_batch(world.chair, batch)
    check_slip(world.chair, batch, ticket="4", choices=FOR)
    assert in_box(batch_vote := db.session.get_one(OwnersVote, batch.vote_id)) == []
    check_slip(world.chair, batch, ticket="2", choices=FOR)
    assert len(in_box(batch_vote)) == 2
    assert batch.second_by_id == world.ids["chair"]


@pytest.mark.parametrize("ticket", ["99", "", "2-**", "https://other/9-0002-AA"])
def test_a_ticket_nobody_has(world: World, make_vote: MakeVote, ticket: str) -> None:
    batch = started(world, make_vote())
    with pytest.raises(Invalid) as refused:
        enter_slip(world.worker, batch, ticket=ticket, choices=FOR, once=ticket)
    assert refused.value.field == "ticket"


def test_a_paper_is_read_in_once(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = filled(world, vote, "2")
    other = started(world, vote, "other")
    with pytest.raises(Invalid):
        enter_slip(world.worker, other, ticket="2", choices=FOR, once="2")
    again = enter_slip(world.worker, other, ticket="4", choices=FOR, once="4")
    assert enter_slip(world.worker, other, ticket="4", choices=FOR, once="4") is again
    with pytest.raises(Invalid) as refused:
        enter_slip(world.worker, other, ticket="4", choices=FOR, once="other")
    assert refused.value.field == "further"
    remove_slip(world.worker, other, voter_id=again.voter_id)
    enter_slip(world.worker, other, ticket="4", choices=["against", "for"], once="4")
    assert (batch.number, other.number) == (1, 2)


def test_nothing_is_changed_after_the_hand_over(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = filled(world, vote, "2")
    with pytest.raises(NotAllowed):
        remove_slip(world.worker, batch, voter_id=voter_of(vote, "102").id)
    with pytest.raises(NotAllowed):
        enter_slip(world.worker, batch, ticket="4", choices=FOR, once="4")


def test_an_empty_batch_holds_up_nobody(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = started(world, vote)
    with pytest.raises(Conflict, match="一张票也没有录"):
        hand_over_batch(world.secretary, batch)
    assert batch.state is BatchState.FIRST
    assert list(papers_all_entered(vote, world.secretary)) == []
    enter_slip(world.worker, batch, ticket="2", choices=FOR)
    assert len(list(papers_all_entered(vote, world.secretary))) == 1


def test_the_second_reading_is_due_at_the_close(world: World, make_vote: MakeVote) -> None:
    filled(world, make_vote(), "2")
    (due,) = (w.due for w in waiting_for(world.secretary) if w.kind == "check_batch")
    assert due == CLOSES


def test_late_papers_are_kept_and_no_turnout(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    in_state(vote, VoteState.CLOSED)
    with clock.frozen(AFTER):
        late = filled(world, vote, "2", received_at=CLOSES)
        seal = seal_box(world.secretary, vote, papers=1, where="东门")
        confirm_seal(world.worker, AtSeal(seal.id), papers=1)
        in_time = filled(world, vote, "4", once="b", received_at=CLOSES - timedelta(seconds=1))
        for batch, ticket in ((late, "2"), (in_time, "4")):
            check_slip(world.secretary, batch, ticket=ticket, choices=FOR)
    assert [b.at >= vote.closes_at for b in in_box(vote)] == [True, False]
    assert heads(vote) == 1


@pytest.mark.parametrize("minutes", [1, -60 * 24 * 30])
def test_papers_come_between_the_opening_and_now(world: World, make_vote: MakeVote, minutes: int) -> None:
    with pytest.raises(Invalid):
        started(world, make_vote(), received_at=NOW + timedelta(minutes=minutes))


def test_who_voted_on_the_screen_too_is_one_head(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    cast_ballot(world.chair, AtVoter(voter_of(vote, "201").id), choices=FOR, once="a")
    batch = started(world, vote)
    enter_slip(world.worker, batch, ticket="3", choices=FOR)
    keep_scans(world.worker, batch, scans=(kept(),), voter_id=voter_of(vote, "201").id)
    hand_over_batch(world.worker, batch)
    check_slip(world.secretary, batch, ticket="3", choices=FOR)
    assert len(in_box(vote)) == 2
    assert heads(vote) == 1


def test_an_agents_paper_names_his_letter(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    batch = started(world, vote)
    with pytest.raises(Invalid):
        enter_slip(world.worker, batch, ticket="3", choices=FOR, by_proxy=True, once="3")
    proxy = accepted(world, vote, "chair", "201", phone="", agent="tenant")
    enter_slip(world.worker, batch, ticket="3", choices=FOR, by_proxy=True, once="3")
    hand_over_batch(world.worker, batch)
    check_slip(world.secretary, batch, ticket="3", choices=FOR, by_proxy=True)
    (ballot,) = in_box(vote)
    assert (ballot.channel, ballot.proxy_id) == (Channel.PROXY, proxy.id)


def test_papers_of_two_agents_of_one_owner_each_name_their_letter(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    one = accepted(world, vote, "chair", "201", "tenant", matters=(0,))
    other = accepted(world, vote, "chair", "201", "merchant", matters=(1,))
    batch = started(world, vote)
    with pytest.raises(Invalid, match="哪一份委托书") as refused:
        enter_slip(world.worker, batch, ticket="3", choices=["for", ""], by_proxy=True)
    assert refused.value.field == "letter"
    enter_slip(world.worker, batch, ticket="3", choices=["for", ""], by_proxy=True, letter=str(one.id))
    enter_slip(world.worker, batch, ticket="3", choices=["", "for"], by_proxy=True, letter=other.agent_name)
    with pytest.raises(Invalid, match="录过了"):
        enter_slip(world.worker, batch, ticket="3", choices=["for", "for"], by_proxy=True, letter=str(one.id))
    hand_over_batch(world.worker, batch)
    check_slip(world.secretary, batch, ticket="3", choices=["", "for"], by_proxy=True, letter=str(other.id))
    check_slip(world.secretary, batch, ticket="3", choices=["for", ""], by_proxy=True, letter=one.agent_name)
    assert batch.state is BatchState.AGREED
    ballots = in_box(vote)
    assert {b.proxy_id: b.choices for b in ballots} == {one.id: "for,", other.id: ",for"}
    assert len({b.receipt for b in ballots}) == 2
    assert heads(vote) == 1
    with clock.frozen(AFTER):
        assert [result["choices"]["for"][1] for _matter, result in tallied(vote)] == [1, 1]


def test_one_person_alone_does_not_say_that_an_agent_gave_it(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    proxy = accepted(world, vote, "chair", "201", phone="", agent="tenant")
    batch = started(world, vote)
    enter_slip(world.worker, batch, ticket="3", choices=FOR, by_proxy=True)
    hand_over_batch(world.worker, batch)
    revoke_proxy(world.chair, proxy)
    check_slip(world.secretary, batch, ticket="3", choices=FOR)
    assert batch.state is BatchState.THIRD
    check_slip(world.chair, batch, ticket="3", choices=FOR, by_proxy=True)
    (ballot,) = in_box(vote)
    assert (ballot.channel, ballot.proxy_id) == (Channel.PROXY, proxy.id)


@pytest.mark.parametrize("state", [VoteState.NOTICE, VoteState.COUNTING, VoteState.FINAL])
def test_papers_are_read_in_while_voting_and_just_after(
    world: World, make_vote: MakeVote, state: VoteState
) -> None:
    with pytest.raises(NotAllowed):
        started(world, make_vote(state=state))


@pytest.mark.parametrize("name", ["owner", "tenant", "manager"])
def test_only_staff_read_papers_in(world: World, make_vote: MakeVote, name: str) -> None:
    with pytest.raises(NotAllowed):
        start_batch(world.actor(name), make_vote(), received_at=NOW, once="a")


def test_a_line_that_was_left_empty_is_read_as_empty(world: World, make_vote: MakeVote) -> None:
    batch = started(world, make_vote())
    enter_slip(world.worker, batch, ticket="2", choices=["", "invalid"], once="2")
    assert db.session.scalar(sa.select(Slip.first)) == ",invalid"


@pytest.mark.parametrize("state", [VoteState.VOID, VoteState.COUNTING, VoteState.ARCHIVED])
def test_papers_of_a_vote_that_is_over_stay_sealed(
    world: World, make_vote: MakeVote, state: VoteState
) -> None:
    vote = make_vote()
    first = start_batch(world.worker, vote, received_at=OPENS, once="first")
    enter_slip(world.worker, first, ticket="1", choices=["for", "for"], signer=0)
    second = start_batch(world.worker, vote, received_at=OPENS, once="second")
    enter_slip(world.worker, second, ticket="2", choices=["for", "for"])
    hand_over_batch(world.worker, second)
    in_state(vote, state)
    for refused in (
        lambda: enter_slip(world.worker, first, ticket="3", choices=["for", "for"]),
        lambda: remove_slip(world.worker, first, voter_id=1),
        lambda: hand_over_batch(world.worker, first),
        lambda: check_slip(world.secretary, second, ticket="2", choices=["for", "for"]),
        lambda: take_over_batch(world.secretary, second),
        lambda: keep_scans(world.worker, first, scans=(kept(),)),
    ):
        with pytest.raises(NotAllowed, match="不再录"):
            refused()
    assert not any(w.kind == "check_batch" for w in waiting_for(world.secretary))


class TestWhoSigned:
    """101 is of two people, number 1."""

    def test_of_co_owners_the_entry_says_so(self, world: World, make_vote: MakeVote) -> None:
        batch = started(world, make_vote())
        for signer in (None, 999_999):
            with pytest.raises(Invalid) as refused:
                enter_slip(world.worker, batch, ticket="1", choices=FOR, signer=signer)
            assert refused.value.field == "signed"
        assert enter_slip(world.worker, batch, ticket="1", choices=FOR, signer=0).signer == 0
        assert enter_slip(world.worker, batch, ticket="3", choices=FOR, signer=7).signer is None

    def test_a_single_ones_paper_counts_for_him_alone(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        he = speaker_of(world, vote, "owner").id
        cast_ballot(world.co_owner, AtVoter(voter_of(vote, "101").id), choices=["against", "for"], once="c")
        batch = started(world, vote)
        enter_slip(world.worker, batch, ticket="1", choices=FOR, signer=he)
        hand_over_batch(world.worker, batch)
        check_slip(world.secretary, batch, ticket="1", choices=FOR, signer=he)
        assert {b.speaker_id for b in in_box(vote)} == {he, speaker_of(world, vote, "co_owner").id}
        assert heads(vote) == 1
        (_first, one), (_second, two) = tallied(vote)
        assert (one["conflicts"] != [], two["conflicts"]) == (True, [])
        for name in ("owner", "co_owner"):
            paper = paper_page(world.actor(name), voter_of(vote, "101").id)
            assert paper is not None
            assert paper.conflict == (0,)

    def test_what_all_signed_stands_above_what_they_gave_before(
        self, world: World, make_vote: MakeVote
    ) -> None:
        vote = make_vote()
        for by, said in ((world.owner, "for"), (world.co_owner, "against")):
            cast_ballot(by, AtVoter(voter_of(vote, "101").id), choices=[said, said], once=f"c-{by.id}")
        with clock.frozen(NOW + timedelta(hours=2)):
            batch = started(world, vote, received_at=NOW + timedelta(hours=1))
            enter_slip(world.worker, batch, ticket="1", choices=FOR, signer=0)
            keep_scans(world.worker, batch, scans=(kept(),), voter_id=voter_of(vote, "101").id)
            hand_over_batch(world.worker, batch)
            check_slip(world.secretary, batch, ticket="1", choices=FOR, signer=0)
        (_first, one), (_second, _two) = tallied(vote)
        assert (one["agree"], one["conflicts"]) == (["89.32", 1], [])
        paper = paper_page(world.owner, voter_of(vote, "101").id)
        assert paper is not None
        assert paper.conflict == ()

    def test_where_two_read_other_signatures_a_third_looks(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        he = speaker_of(world, vote, "owner").id
        batch = started(world, vote)
        enter_slip(world.worker, batch, ticket="1", choices=FOR, signer=0)
        hand_over_batch(world.worker, batch)
        check_slip(world.secretary, batch, ticket="1", choices=FOR, signer=he)
        assert batch.state is BatchState.THIRD
        check_slip(world.chair, batch, ticket="1", choices=FOR, signer=he)
        assert [b.speaker_id for b in in_box(vote)] == [he]

    def test_each_of_two_papers_has_a_receipt(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        batch = started(world, vote)
        signers = [speaker_of(world, vote, name).id for name in ("owner", "co_owner")]
        for signer in signers:
            enter_slip(world.worker, batch, ticket="1", choices=FOR, signer=signer)
        hand_over_batch(world.worker, batch)
        for signer in signers:
            check_slip(world.secretary, batch, ticket="1", choices=FOR, signer=signer)
        assert len({b.receipt for b in in_box(vote)}) == 2
