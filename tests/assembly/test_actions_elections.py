"""An election step by step: nominated, agreed, checked, posted, objected to, and voted on."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.assembly import tickets
from portal.assembly.actions.batching import (
    check_slip,
    enter_slip,
    hand_over_batch,
    start_batch,
    take_over_batch,
)
from portal.assembly.actions.casting import cast_ballot, vote_by_proxy
from portal.assembly.actions.counting import name_scrutineer
from portal.assembly.actions.drafting import Question, amend_matter, drop_matter
from portal.assembly.actions.nominating import agree_to_stand, nominate, qualify, refuse, stand, withdraw
from portal.assembly.actions.objecting import answer_objection, object_to_candidate
from portal.assembly.actions.opening import announce, open_due_votes, open_vote
from portal.assembly.actions.rolls import freeze_roll
from portal.assembly.box import AtVoter
from portal.assembly.election_words import CandidateState, Declared, Nominator
from portal.assembly.models.box import OwnerBallot
from portal.assembly.models.elections import Candidate
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import Channel, Counter, ObjectionKind, VoteState
from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.convening import FROZEN, OPENS, WALLS
from tests.assembly.electing import (
    SEATS,
    announced,
    candidate,
    drafted,
    election_of,
    five_stand,
    opened,
    owner_id,
    posted,
    stands,
)
from tests.assembly.letters import accepted, phone_of
from tests.world import NOW, World

S = CandidateState


def put_forward(world: World, vote: OwnersVote, who: str = "chair", **given: Any) -> Candidate:
    words: dict[str, Any] = {
        "plate": "12-1-101",
        "name": "王秀兰",
        "by": Nominator.OWNER,
        "once": "put-forward",
    }
    return nominate(world.actor(who), vote, matter_id=election_of(vote).id, **(words | given))


class TestStanding:
    def test_an_owner_puts_himself_forward_and_has_agreed_with_it(self, world: World) -> None:
        vote = posted(world)
        one = stands(world, vote, "owner", "101", declared=(Declared.ARREARS,))
        assert (one.state, one.name, one.label) == (S.NOMINATED, "王秀兰", "12号楼1单元101室")
        assert (one.consented_at, one.declared, one.nominated_by) == (NOW, "arrears", Nominator.SELF)

    def test_twice_is_once_and_a_second_time_is_refused(self, world: World) -> None:
        vote = posted(world)
        one = stands(world, vote, "owner", "101")
        assert stands(world, vote, "owner", "101") is one
        with pytest.raises(Conflict, match="已经被提名"):
            stands(world, vote, "owner", "101", once="again")

    def test_who_left_may_come_back(self, world: World) -> None:
        vote = posted(world)
        withdraw(world.owner, stands(world, vote, "owner", "101"))
        assert stands(world, vote, "owner", "101", once="again").state is S.NOMINATED

    def test_nobody_stands_as_somebody_else(self, world: World) -> None:
        vote = posted(world)
        with pytest.raises(Invalid, match="本人"):
            stands(world, vote, "owner", "201")

    @pytest.mark.parametrize("who", ["tenant", "merchant", "auditor", "visitor"])
    def test_who_is_not_on_the_roll_nominates_nobody(self, world: World, who: str) -> None:
        vote = posted(world)
        with pytest.raises(NotAllowed):
            put_forward(world, vote, who)

    def test_from_another_community_there_is_nothing(self, world: World) -> None:
        vote = posted(world)
        with pytest.raises(NotVisible):
            put_forward(world, vote, "neighbour")

    @pytest.mark.parametrize(
        "state", [s for s in VoteState if s not in (VoteState.ROLL_POSTED, VoteState.FROZEN)]
    )
    def test_only_while_the_roll_hangs_or_is_settled(
        self, world: World, make_vote: MakeVote, state: VoteState
    ) -> None:
        vote = make_vote(state=state, matters=SEATS)
        with pytest.raises(NotAllowed):
            put_forward(world, vote)

    def test_a_question_has_no_candidates(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(state=VoteState.FROZEN)
        matter = db.session.scalar(sa.text("select id from vote_matter"))
        with pytest.raises(NotVisible):
            nominate(
                world.chair,
                vote,
                matter_id=matter,
                plate="12-1-101",
                name="王秀兰",
                by=Nominator.OWNER,
                once="a",
            )


class TestNominating:
    def test_a_neighbour_is_put_forward_and_asked(self, world: World) -> None:
        vote = posted(world)
        one = put_forward(world, vote)
        assert (one.user_id, one.consented_at) == (world.ids["owner"], None)
        with pytest.raises(Conflict, match="同意参选"):
            qualify(world.secretary, one)
        agree_to_stand(world.owner, one, statement="管好账。", declared=())
        qualify(world.secretary, one)
        assert (one.state, one.statement, one.consent_by_id) == (S.QUALIFIED, "管好账。", world.ids["owner"])

    @pytest.mark.parametrize(
        ("plate", "name"), [("12-1-101", "王小兰"), ("12-1-102", "王秀兰"), ("", "王秀兰")]
    )
    def test_door_and_name_must_both_be_right(self, world: World, plate: str, name: str) -> None:
        with pytest.raises(Invalid) as refused:
            put_forward(world, posted(world), plate=plate, name=name)
        assert refused.value.field == "name"

    def test_nominations_on_paper_are_entered_by_staff(self, world: World) -> None:
        vote = posted(world)
        with pytest.raises(Invalid, match="工作人员登记"):
            put_forward(world, vote, "co_owner", by=Nominator.OWNERS)
        one = put_forward(world, vote, "worker", by=Nominator.OWNERS)
        assert (one.nominated_by, one.nominated_by_id) == (Nominator.OWNERS, world.ids["worker"])

    def test_a_signed_paper_is_noted_by_staff_and_attributed(self, world: World) -> None:
        one = put_forward(world, posted(world))
        with pytest.raises(NotVisible):
            agree_to_stand(world.tenant, one, statement="", declared=())
        agree_to_stand(world.worker, one, statement="", declared=())
        assert one.consent_by_id == world.ids["worker"]


class TestChecking:
    def test_the_refused_reads_why(self, world: World) -> None:
        one = stands(world, posted(world), "owner", "101")
        with pytest.raises(Invalid):
            refuse(world.secretary, one, reason="")
        refuse(world.secretary, one, reason="产权还没有登记在您名下。")
        assert (one.state, one.reason) == (S.REFUSED, "产权还没有登记在您名下。")
        assert (one.reviewed_by_id, one.reviewed_at) == (world.ids["secretary"], NOW)

    def test_nobody_checks_himself(self, world: World) -> None:
        one = stands(world, posted(world), "chair", "201")
        with pytest.raises(NotAllowed, match="请别人来审查"):
            qualify(world.chair, one)

    def test_who_checks(self, world: World) -> None:
        one = stands(world, posted(world), "co_owner", "101", 1)
        with pytest.raises(NotAllowed):
            qualify(world.co_owner, one)
        with pytest.raises(NotVisible):
            qualify(world.owner, one)
        qualify(world.worker, one)
        assert one.state is S.QUALIFIED

    def test_checked_once(self, world: World) -> None:
        one = stands(world, posted(world), "owner", "101")
        qualify(world.secretary, one)
        with pytest.raises(NotAllowed, match="办完了"):
            refuse(world.secretary, one, reason="看错了")

    def test_what_a_place_forbids_keeps_him_off(self, world: World) -> None:
        vote = posted(world, jurisdiction="shanghai")
        one = stands(world, vote, "owner", "101", declared=(Declared.ARREARS,))
        with pytest.raises(Conflict, match="当地规定不能当"):
            qualify(world.secretary, one)

    def test_what_the_log_keeps_is_no_name(self, world: World) -> None:
        stands(world, posted(world), "owner", "101")
        entry = db.session.scalars(sa.select(Entry).where(Entry.name == "candidate.nominated")).one()
        assert list(entry.payload) == ["candidate_id"]


class TestPosting:
    def test_the_list_is_settled_before_the_notice(self, world: World) -> None:
        vote = posted(world)
        with clock.frozen(FROZEN):
            freeze_roll(world.secretary, vote)
            with pytest.raises(Conflict, match="还没有候选人"):
                announce(world.secretary, vote, where=WALLS)
            stands(world, vote, "owner", "101")
            with pytest.raises(Conflict, match="还有 1 位被提名的人没有审查"):
                announce(world.secretary, vote, where=WALLS)

    def test_numbers_follow_the_house_numbers(self, world: World) -> None:
        vote = announced(world)
        listed = db.session.scalars(sa.select(Candidate).order_by(Candidate.number)).all()
        assert [(c.number, c.name, c.posted) for c in listed] == [(1, "王秀兰", True), (2, "顾建平", True)]
        assert vote.state is VoteState.NOTICE

    def test_a_place_may_want_more_seats(self, world: World) -> None:
        vote = posted(world, jurisdiction="beijing", official_evote=True)
        qualify(world.secretary, stands(world, vote, "owner", "101"))
        with clock.frozen(FROZEN):
            freeze_roll(world.secretary, vote)
            announce(world.secretary, vote, where=WALLS)
        assert vote.units < 100

    def test_what_people_stand_for_stays_on_the_paper(self, world: World) -> None:
        vote = posted(world)
        stands(world, vote, "owner", "101")
        matter = election_of(vote)
        with pytest.raises(Conflict, match="已经有人被提名"):
            drop_matter(world.chair, vote, matter_id=matter.id)
        other = Question("换物业", "change_manager", 4, "属于第四项。", "")
        with pytest.raises(Conflict, match="已经有人被提名"):
            amend_matter(world.chair, vote, matter_id=matter.id, asked=other)

    def test_nobody_counts_the_votes_he_is_elected_with(self, world: World) -> None:
        vote = announced(world)
        for given in ({"name": "王秀兰"}, {"name": "小王", "phone": phone_of("owner")}):
            with pytest.raises(Invalid, match="候选人"):
                name_scrutineer(world.secretary, vote, role=Counter.SCRUTINEER, **given)

    def test_nobody_reads_in_the_papers_that_elect_him(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(matters=SEATS)
        candidate(world, vote, "101", "沈佳慧", 1, user_id=world.ids["worker"])
        with pytest.raises(NotAllowed, match="候选人"):
            start_batch(world.worker, vote, received_at=NOW, once="a")
        batch = start_batch(world.secretary, vote, received_at=NOW, once="b")
        ticket = tickets.code_of(vote.id, voter_of(vote, "201").number)
        enter_slip(world.secretary, batch, ticket=ticket, choices=["c1"], once="1")
        hand_over_batch(world.secretary, batch)
        for again in (
            lambda: check_slip(world.worker, batch, ticket=ticket, choices=["c1"]),
            lambda: take_over_batch(world.worker, batch),
        ):
            with pytest.raises(NotAllowed, match="候选人"):
                again()

    def test_nor_does_a_candidate_enter_ballots_at_the_desk(self, world: World) -> None:
        vote = opened(world)
        acting = replace(world.chair, entered_by=world.ids["owner"])
        with clock.frozen(OPENS + timedelta(hours=1)), pytest.raises(NotAllowed, match="候选人"):
            cast_ballot(acting, AtVoter(voter_of(vote, "201").id), choices=["c1"], once="a")

    def test_later_the_list_only_gets_shorter(self, world: World) -> None:
        vote = announced(world)
        one = db.session.scalars(sa.select(Candidate).where(Candidate.number == 1)).one()
        with pytest.raises(NotAllowed):
            stands(world, vote, "co_owner", "101", 1)
        withdraw(world.owner, one)
        assert (one.state, one.number) == (S.WITHDRAWN, 1)


class TestObjecting:
    def test_an_objection_that_is_right_strikes_him(self, world: World) -> None:
        vote = announced(world)
        one = db.session.scalars(sa.select(Candidate).where(Candidate.number == 1)).one()
        said = object_to_candidate(world.tenant, vote, candidate_id=one.id, text="他欠物业费", once="o")
        assert (said.kind, said.candidate_id) == (ObjectionKind.CANDIDATE, one.id)
        with clock.frozen(OPENS):
            with pytest.raises(Conflict, match="1 条异议没有答复"):
                open_vote(world.secretary, vote)
            assert open_due_votes(system()) == 0
            answer_objection(world.secretary, said, answer="欠费属实，除名。", upheld=True)
            assert (one.state, one.reason) == (S.STRUCK, "欠费属实，除名。")
            assert open_due_votes(system()) == 1

    def test_one_that_is_wrong_leaves_him_on(self, world: World) -> None:
        vote = announced(world)
        one = db.session.scalars(sa.select(Candidate).where(Candidate.number == 1)).one()
        said = object_to_candidate(world.tenant, vote, candidate_id=one.id, text="他欠物业费", once="o")
        answer_objection(world.secretary, said, answer="查过，没有欠费。", upheld=False)
        assert one.state is S.QUALIFIED

    def test_one_waits_for_each_candidate(self, world: World) -> None:
        vote = announced(world)
        first, second = db.session.scalars(sa.select(Candidate).order_by(Candidate.number)).all()
        object_to_candidate(world.tenant, vote, candidate_id=first.id, text="欠费", once="1")
        object_to_candidate(world.tenant, vote, candidate_id=second.id, text="欠费", once="2")
        with pytest.raises(Conflict, match="还在等答复"):
            object_to_candidate(world.tenant, vote, candidate_id=second.id, text="欠费", once="3")

    def test_before_the_voting_and_only_on_the_list(self, world: World) -> None:
        vote = announced(world)
        one = db.session.scalars(sa.select(Candidate).where(Candidate.number == 1)).one()
        withdraw(world.owner, one)
        with pytest.raises(NotVisible):
            object_to_candidate(world.tenant, vote, candidate_id=one.id, text="欠费", once="1")
        with clock.frozen(vote.opens_at), pytest.raises(NotAllowed):
            object_to_candidate(world.tenant, vote, candidate_id=one.id + 1, text="欠费", once="2")

    def test_with_nobody_left_there_is_no_election(self, world: World) -> None:
        vote = announced(world)
        for one in db.session.scalars(sa.select(Candidate)).all():
            withdraw(world.secretary, one)
        with clock.frozen(OPENS), pytest.raises(Conflict, match="没有人可选"):
            open_vote(world.secretary, vote)


class TestVoting:
    def test_a_ballot_marks_candidates_and_is_changed(self, world: World) -> None:
        vote = opened(world)
        voter = voter_of(vote, "201").id
        with clock.frozen(OPENS + timedelta(hours=1)):
            code = cast_ballot(world.chair, AtVoter(voter), choices=["c2+c1"], once="a")
            assert db.session.scalar(sa.select(OwnerBallot.choices)) == "c1+c2"
            again = cast_ballot(world.chair, AtVoter(voter), choices=["abstain"], once="b", seen=0)
        assert (db.session.scalar(sa.select(OwnerBallot.choices)), again) == ("abstain", code)

    @pytest.mark.parametrize("said", ["c1+c2+c3+c4", "c9", "", "for", "c1+abstain"])
    def test_too_many_and_unknown_ones_are_refused(
        self, world: World, make_vote: MakeVote, said: str
    ) -> None:
        vote = make_vote(matters=SEATS)
        five_stand(world, vote)
        with pytest.raises(Invalid) as refused:
            cast_ballot(world.chair, AtVoter(voter_of(vote, "201").id), choices=[said], once="a")
        assert refused.value.field == "choice-0"
        assert db.session.scalar(sa.select(OwnerBallot.choices)) is None

    def test_an_agent_marks_candidates_for_who_sent_him(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(matters=SEATS)
        five_stand(world, vote)
        proxy = accepted(world, vote, "chair", "201", matters=(0,))
        code = vote_by_proxy(world.tenant, proxy, choices=["c3+c1"], once="a")
        ballot = db.session.scalars(sa.select(OwnerBallot)).one()
        assert (ballot.choices, ballot.channel, ballot.receipt) == ("c1+c3", Channel.PROXY, code)
        with pytest.raises(Invalid):
            vote_by_proxy(world.tenant, proxy, choices=["c1+c2+c3+c4"], once="b", seen=0)

    def test_who_was_struck_is_not_on_the_paper(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(matters=SEATS)
        candidate(world, vote, "101", "王秀兰", 1)
        candidate(world, vote, "201", "顾建平", 2, state=S.STRUCK)
        with pytest.raises(Invalid, match="名单有变化"):
            cast_ballot(world.chair, AtVoter(voter_of(vote, "201").id), choices=["c1+c2"], once="a")

    def test_nobody_leaves_once_papers_are_marked(self, world: World) -> None:
        vote = opened(world)
        one = db.session.scalars(sa.select(Candidate).where(Candidate.vote_id == vote.id)).first()
        assert one is not None
        with pytest.raises(NotAllowed, match="已经开始投票"):
            withdraw(world.secretary, one)


class TestDrafting:
    def test_a_committee_of_four_is_not_drafted(self, world: World) -> None:
        with pytest.raises(Invalid) as refused:
            drafted(world, seats=4)
        assert refused.value.field == "seats"

    def test_standing_needs_the_roll(self, world: World) -> None:
        vote = drafted(world)
        with pytest.raises(NotAllowed):
            stand(
                world.chair,
                vote,
                matter_id=election_of(vote).id,
                owner_id=owner_id(world, "201"),
                statement="",
                declared=(),
                once="a",
            )
