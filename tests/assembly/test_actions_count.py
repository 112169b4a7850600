"""From the hour to the archive: closing, counting in public, signing, posting, objections, certificate."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.assembly.actions.announcing import archive_vote, certify_vote, post_again, post_preliminary
from portal.assembly.actions.closing import close_due_votes, close_vote
from portal.assembly.actions.counting import (
    AtScrutineer,
    begin_count,
    count_again,
    drop_scrutineer,
    name_scrutineer,
    sign_count,
)
from portal.assembly.actions.objecting import answer_objection, object_to_result, object_to_roll
from portal.assembly.countfile import count_text, matters_of
from portal.assembly.events import PreliminaryPosted, ResultCertified
from portal.assembly.models.counts import Certificate, Scrutineer
from portal.assembly.models.papers import Batch
from portal.assembly.models.rolls import RollUnit, Voter
from portal.assembly.models.votes import OwnersVote, Posting, VoteObjection
from portal.assembly.words import BatchState, Channel, Counter, ObjectionKind, PostingKind, VoteState
from portal.core import clock
from portal.core.actor import Actor, system
from portal.core.db import db, transaction
from portal.core.digests import digest
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.core.waiting import waiting_for
from tests.assembly.conftest import AFTER, CLOSES, MakeVote, speaker_of, voter_of
from tests.assembly.papers import put_in
from tests.assembly.signing import on_paper
from tests.world import NOW, World

TABLE = ((Counter.TELLER, "计票员甲"), (Counter.SCRUTINEER, "监票员乙"), (Counter.SCRUTINEER, "监票员丙"))
WALL = "东门公告栏、各单元门厅"


def events(vote: OwnersVote) -> list[str]:
    found = sa.select(Entry.name).where(Entry.subject == f"owners_vote:{vote.id}").order_by(Entry.id)
    return list(db.session.scalars(found))


def seat(world: World, vote: OwnersVote) -> list[Scrutineer]:
    return [name_scrutineer(world.secretary, vote, role=role, name=name) for role, name in TABLE]


def signs(actor: Actor, person: Scrutineer) -> None:
    sign_count(actor, AtScrutineer(person.id))


def all_agree(vote: OwnersVote) -> None:
    """Four of five heads with 36,464 of 46,464 hundredths take part and agree to both matters."""
    for key in ("101", "102", "201", "shop"):
        put_in(vote, key, "for,for")


def counted(world: World, make_vote: MakeVote, **given: Any) -> OwnersVote:
    vote = make_vote(state=VoteState.CLOSED, **given)
    all_agree(vote)
    seat(world, vote)
    begin_count(world.secretary, vote)
    return vote


def signed(world: World, make_vote: MakeVote, **given: Any) -> OwnersVote:
    vote = counted(world, make_vote, **given)
    on_paper(world.secretary, vote)
    return vote


def posted(world: World, make_vote: MakeVote, **given: Any) -> OwnersVote:
    vote = signed(world, make_vote, **given)
    post_preliminary(world.secretary, vote, where=WALL)
    return vote


def days(n: int) -> Any:
    return clock.frozen(NOW + timedelta(days=n))


class TestClosing:
    def test_nobody_closes_before_the_hour(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        with clock.frozen(CLOSES - timedelta(microseconds=1)), pytest.raises(Conflict, match="截止时间"):
            close_vote(world.secretary, vote)
        assert vote.state is VoteState.OPEN

    def test_the_clock_closes_at_the_hour_itself(self, make_vote: MakeVote) -> None:
        due, later = make_vote(), make_vote(closes_at=CLOSES + timedelta(seconds=1))
        with clock.frozen(CLOSES):
            assert close_due_votes(system()) == 1
        assert (due.state, later.state) == (VoteState.CLOSED, VoteState.OPEN)
        assert due.closed_at == CLOSES

    def test_heads_with_a_ballot_from_before_the_hour_are_stated(
        self, world: World, make_vote: MakeVote
    ) -> None:
        vote = make_vote()
        for name in ("owner", "co_owner"):
            put_in(
                vote,
                "101",
                "for,for",
                speaker_id=speaker_of(world, vote, name).id,
                channel=Channel.ONLINE,
            )
        put_in(vote, "201", "for,for")
        put_in(vote, "202", "for,for", at=CLOSES)
        with clock.frozen(AFTER):
            close_vote(world.chair, vote)
        entry = db.session.scalars(
            sa.select(Entry).where(Entry.subject == f"owners_vote:{vote.id}").order_by(Entry.id.desc())
        ).first()
        assert entry is not None
        assert entry.payload == {"vote_id": vote.id, "heads": 2}

    @pytest.mark.parametrize("who", ["worker", "manager", "owner", "tenant"])
    def test_who_may_not_close(self, world: World, make_vote: MakeVote, who: str) -> None:
        vote = make_vote()
        with clock.frozen(AFTER), pytest.raises(NotAllowed):
            close_vote(world.actor(who), vote)


class TestCounting:
    def test_papers_and_people_must_be_there(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        with transaction():
            db.session.add(
                Batch(
                    vote_id=vote.id,
                    place_path=vote.place_path,
                    number=1,
                    state=BatchState.SECOND,
                    received_at=NOW,
                    first_by_id=world.ids["worker"],
                    moved_at=NOW,
                    once="batch",
                )
            )
        with pytest.raises(Conflict) as refused:
            begin_count(world.secretary, vote)
        assert len(refused.value.reasons) == 2
        assert vote.state is VoteState.CLOSED

    def test_two_who_watch_and_one_who_counts(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        for role, name in TABLE[:2]:
            name_scrutineer(world.secretary, vote, role=role, name=name)
        with pytest.raises(Conflict, match="监票人"):
            begin_count(world.secretary, vote)
        name_scrutineer(world.secretary, vote, role=Counter.SCRUTINEER, name="监票员丙")
        begin_count(world.secretary, vote)
        assert vote.state is VoteState.COUNTING

    def test_every_matter_is_counted_by_itself(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        for key, choices in (
            ("101", "for,for"),
            ("102", "for,against"),
            ("201", "for,"),
            ("shop", "for,for"),
        ):
            put_in(vote, key, choices)
        seat(world, vote)
        begin_count(world.secretary, vote)
        first, second = (m.result or {} for m in matters_of(vote))
        assert first["verdict"] == "passed"
        assert (second["verdict"], second["part"]) == ("no_quorum", ["223.64", 3])
        assert first["channels"] == {"paper": ["344.14", 4]}

    def test_one_person_is_named_once(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        name_scrutineer(world.secretary, vote, role=Counter.TELLER, name="顾建平", phone="19900000003")
        with pytest.raises(Invalid):
            name_scrutineer(world.secretary, vote, role=Counter.SCRUTINEER, name="顾建平")
        with pytest.raises(Invalid):
            name_scrutineer(world.secretary, vote, role=Counter.SCRUTINEER, name="老顾", phone="19900000003")

    @pytest.mark.parametrize("phone", ["19900009999", "19900000010"])
    def test_an_account_must_be_of_this_community(
        self, world: World, make_vote: MakeVote, phone: str
    ) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        with pytest.raises(Invalid):
            name_scrutineer(world.secretary, vote, role=Counter.TELLER, name="某人", phone=phone)

    def test_taking_somebody_off_the_list(self, world: World, make_vote: MakeVote) -> None:
        vote, other = make_vote(state=VoteState.CLOSED), make_vote(state=VoteState.CLOSED)
        table, elsewhere = seat(world, vote), seat(world, other)
        drop_scrutineer(world.secretary, vote, scrutineer_id=table[0].id)
        drop_scrutineer(world.secretary, vote, scrutineer_id=elsewhere[0].id)
        left = sa.select(Scrutineer.id).order_by(Scrutineer.id)
        assert list(db.session.scalars(left)) == [s.id for s in (*table[1:], *elsewhere)]
        assert events(vote).count("owners_vote.scrutineer_dropped") == 1


class TestSigning:
    def test_a_person_with_an_account_signs_himself(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        seat(world, vote)
        own = name_scrutineer(
            world.secretary, vote, role=Counter.SCRUTINEER, name="王秀兰", phone="19900000004"
        )
        begin_count(world.secretary, vote)
        for sign in (signs, lambda actor, s: on_paper(actor, vote, s)):
            for actor in (world.secretary, world.tenant):
                with pytest.raises(NotAllowed):
                    sign(actor, own)
        sign_count(world.owner, AtScrutineer(own.id))
        assert own.signed_at == NOW

    def test_only_while_counting(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        table = seat(world, vote)
        with pytest.raises(NotAllowed):
            on_paper(world.secretary, vote, table[0])

    def test_twice_is_once(self, world: World, make_vote: MakeVote) -> None:
        vote = counted(world, make_vote)
        one = db.session.scalars(sa.select(Scrutineer).where(Scrutineer.vote_id == vote.id)).first()
        assert one is not None
        sheets = [on_paper(world.secretary, vote, one) for _ in range(2)]
        assert sheets[1] is None
        assert events(vote).count("owners_vote.signed_on_paper") == 1

    def test_the_list_is_fixed_once_somebody_has_signed(self, world: World, make_vote: MakeVote) -> None:
        vote = counted(world, make_vote)
        table = db.session.scalars(sa.select(Scrutineer).where(Scrutineer.vote_id == vote.id)).all()
        on_paper(world.secretary, vote, table[0])
        with pytest.raises(NotAllowed):
            drop_scrutineer(world.secretary, vote, scrutineer_id=table[1].id)
        with pytest.raises(NotAllowed):
            name_scrutineer(world.secretary, vote, role=Counter.TELLER, name="丁")

    def test_counting_again_wants_new_signatures(self, world: World, make_vote: MakeVote) -> None:
        vote = signed(world, make_vote)
        count_again(world.secretary, vote)
        with pytest.raises(Conflict, match="没有签字"):
            post_preliminary(world.secretary, vote, where=WALL)


class TestPosting:
    def test_it_hangs_for_full_days(self, world: World, make_vote: MakeVote) -> None:
        vote = posted(world, make_vote, objection_days=7)
        assert vote.state is VoteState.PRELIMINARY
        assert vote.objections_until is not None
        assert f"{clock.local(vote.objections_until):%m-%d %H:%M}" == "06-24 00:00"
        hung = db.session.scalars(sa.select(Posting).where(Posting.vote_id == vote.id)).one()
        assert (hung.kind, hung.where, hung.until) == (PostingKind.PRELIMINARY, WALL, vote.objections_until)

    def test_a_count_that_changed_is_not_posted(self, world: World, make_vote: MakeVote) -> None:
        vote = signed(world, make_vote)
        put_in(vote, "202", "against,against")
        with pytest.raises(Conflict, match="对不上"):
            post_preliminary(world.secretary, vote, where=WALL)
        assert vote.state is VoteState.COUNTING

    def test_posting_again_after_an_objection(self, world: World, make_vote: MakeVote) -> None:
        vote = posted(world, make_vote)
        shared = voter_of(vote, "101")
        with transaction():
            db.session.execute(sa.update(RollUnit).where(RollUnit.voter_id == shared.id).values(area=9932))
        with days(2):
            post_again(world.secretary, vote, where=WALL, reason="101室的面积录错，已更正")
        assert vote.objections_until == clock.at(clock.local(NOW).date() + timedelta(days=10))
        assert (matters_of(vote)[0].result or {})["total"] == ["474.64", 5]
        assert events(vote)[-2:] == [PreliminaryPosted.name] * 2

    def test_certificate_of_what_was_counted(self, world: World, make_vote: MakeVote) -> None:
        vote = posted(world, make_vote)
        with days(6), pytest.raises(Conflict, match="公示到"):
            certify_vote(world.secretary, vote, where=WALL)
        with days(8):
            certify_vote(world.chair, vote, where=WALL)
        paper = db.session.get_one(Certificate, vote.id)
        assert paper.count_hash == digest(count_text(vote))
        assert (paper.roll_hash, paper.ballots) == (vote.roll_hash, 4)
        assert events(vote)[-1] == ResultCertified.name
        last = db.session.scalars(
            sa.select(Entry).where(Entry.name == ResultCertified.name).order_by(Entry.id)
        ).one()
        assert last.payload == {"vote_id": vote.id, "passed": [True, True]}
        with days(9):
            archive_vote(world.secretary, vote)
        assert vote.state.value == "archived"

    def test_nothing_is_certified_over_an_open_objection(self, world: World, make_vote: MakeVote) -> None:
        vote = posted(world, make_vote)
        objection = object_to_result(world.tenant, vote, text="我家的票没有算进去", once="o")
        with days(8), pytest.raises(Conflict, match="没有答复"):
            certify_vote(world.secretary, vote, where=WALL)
        answer_objection(world.worker, objection, answer="租户没有表决权。", upheld=False)
        with days(8):
            certify_vote(world.secretary, vote, where=WALL)
        assert vote.state is VoteState.FINAL

    def test_nothing_is_certified_that_counts_differently(self, world: World, make_vote: MakeVote) -> None:
        vote = posted(world, make_vote)
        put_in(vote, "202", "against,against")
        with days(8), pytest.raises(Conflict, match="对不上"):
            certify_vote(world.secretary, vote, where=WALL)
        assert db.session.get(Certificate, vote.id) is None

    @pytest.mark.parametrize("who", ["worker", "manager", "owner"])
    def test_who_may_not_certify(self, world: World, make_vote: MakeVote, who: str) -> None:
        vote = posted(world, make_vote)
        with days(8), pytest.raises(NotAllowed):
            certify_vote(world.actor(who), vote, where=WALL)


class TestObjections:
    def test_to_the_roll_while_it_hangs(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.ROLL_POSTED)
        objection = object_to_roll(world.owner, vote, text="面积写错了", once="o")
        assert objection.kind is ObjectionKind.ROLL
        with days(15), pytest.raises(NotAllowed, match="公示期"):
            object_to_roll(world.chair, vote, text="也错了", once="p")
        with pytest.raises(NotAllowed):
            object_to_result(world.owner, vote, text="结果不对", once="q")

    def test_one_at_a_time_and_no_double(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.PRELIMINARY)
        first = object_to_result(world.owner, vote, text="少算一票", once="o")
        assert object_to_result(world.owner, vote, text="少算一票", once="o").id == first.id
        with pytest.raises(Conflict, match="等答复"):
            object_to_result(world.owner, vote, text="又想起一条", once="p")
        answer_objection(world.secretary, first, answer="查到了，补上。", upheld=True)
        assert object_to_result(world.owner, vote, text="又想起一条", once="p").id != first.id
        count = sa.select(sa.func.count()).select_from(VoteObjection)
        assert db.session.scalar(count) == 2

    def test_answered_once(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.PRELIMINARY)
        objection = object_to_result(world.owner, vote, text="少算一票", once="o")
        answer_objection(world.secretary, objection, answer="没有少。", upheld=False)
        with pytest.raises(NotAllowed):
            answer_objection(world.worker, objection, answer="少了。", upheld=True)
        assert objection.answer == "没有少。"

    @pytest.mark.parametrize("who", ["owner", "tenant", "manager"])
    def test_who_may_not_answer(self, world: World, make_vote: MakeVote, who: str) -> None:
        vote = make_vote(state=VoteState.PRELIMINARY)
        objection = object_to_result(world.tenant, vote, text="少算一票", once="o")
        with pytest.raises(NotAllowed):
            answer_objection(world.actor(who), objection, answer="没有。", upheld=False)

    def test_another_community_finds_nothing(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.PRELIMINARY)
        with pytest.raises(NotVisible):
            object_to_result(world.neighbour, vote, text="少算一票", once="o")


def waits(actor: Actor) -> set[str]:
    kinds = ("close_owners_vote", "count_owners_vote", "sign_owners_count", "post_owners_result")
    more = ("certify_owners_vote", "answer_vote_objection")
    return {w.kind for w in waiting_for(actor)} & {*kinds, *more}


class TestWaiting:
    def test_each_step_waits_for_who_takes_it(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote()
        assert waits(world.secretary) == set()
        with clock.frozen(AFTER):
            assert waits(world.secretary) == {"close_owners_vote"}
            close_vote(world.secretary, vote)
            assert waits(world.chair) == {"count_owners_vote"}
            assert waits(world.worker) == waits(world.owner) == set()
            seat(world, vote)
            own = name_scrutineer(
                world.secretary, vote, role=Counter.SCRUTINEER, name="王秀兰", phone="19900000004"
            )
            begin_count(world.secretary, vote)
            assert waits(world.owner) == {"sign_owners_count"}
            assert waits(world.secretary) == set()
            sign_count(world.owner, AtScrutineer(own.id))
            on_paper(world.secretary, vote)
            assert (waits(world.owner), waits(world.secretary)) == (set(), {"post_owners_result"})
            post_preliminary(world.secretary, vote, where=WALL)
            assert waits(world.secretary) == set()
            objection = object_to_result(world.tenant, vote, text="少算一票", once="o")
            assert waits(world.worker) == {"answer_vote_objection"}
        with clock.frozen(CLOSES + timedelta(days=9)):
            assert waits(world.secretary) == {"answer_vote_objection"}
            answer_objection(world.secretary, objection, answer="没有少。", upheld=False)
            assert waits(world.secretary) == {"certify_owners_vote"}


def test_the_voters_of_the_tests_are_five(make_vote: MakeVote) -> None:
    vote = make_vote()
    assert db.session.scalar(sa.select(sa.func.count()).where(Voter.vote_id == vote.id)) == 5
