"""The verbs: who, when, how often, and what is left in the tables."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import access, clock
from portal.core.actor import Actor, system
from portal.core.db import db, transaction
from portal.core.digests import digest
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.councils.actions.line import return_to_table
from portal.councils.models import Seat, Topic
from portal.councils.words import TopicState
from portal.voting import box, countfile, roll
from portal.voting.actions.casting import cast_ballot, change_ballot
from portal.voting.actions.closing import annul_poll, certify_poll, close_due_polls, close_poll
from portal.voting.actions.opening import amend_poll, open_poll
from portal.voting.counting import recount
from portal.voting.models import (
    Ballot,
    Certification,
    Participation,
    Poll,
    PollVoter,
    SecretBallot,
    SecretReceipt,
    Turnout,
)
from portal.voting.policy import Can
from portal.voting.queries.counted import counted_receipt
from portal.voting.terms import Terms
from portal.voting.words import Channel, Method, Outcome, PollState, RollKind, Secrecy
from tests.voting.conftest import AFTER, CLOSES, VOTERS, Draft, marks_of, vote
from tests.world import NOW, World


def rows(model: Any) -> list[Any]:
    return list(db.session.scalars(sa.select(model)))


def close(world: World, poll: Poll) -> None:
    with clock.frozen(AFTER):
        assert close_due_polls(system()) == 1


def on_roll(world: World, poll: Poll) -> set[str]:
    users = db.session.scalars(sa.select(PollVoter.user_id).where(PollVoter.poll_id == poll.id)).all()
    return {name for name, number in world.ids.items() if name in PEOPLE and number in users}


PEOPLE = {"secretary", "worker", "manager", "chair", "owner", "co_owner", "tenant", "merchant", "neighbour"}


class TestPreparing:
    def test_a_draft_is_for_those_who_conduct_polls(self, world: World, drafted: Draft) -> None:
        poll = drafted()
        assert poll.state is PollState.DRAFT
        assert poll.number == f"D-{poll.id}"
        assert access.may(world.secretary, Can.SEE, poll)
        assert access.may(world.chair, Can.SEE, poll)
        assert not access.may(world.owner, Can.SEE, poll)
        assert not access.may(world.other_secretary, Can.SEE, poll)

    def test_the_same_form_twice_is_one_poll(self, drafted: Draft) -> None:
        assert drafted(once="same").id == drafted(once="same").id

    def test_what_came_to_nothing_was_never_shown_and_uses_no_number_up(
        self, world: World, topic: Topic, drafted: Draft
    ) -> None:
        gone, kept = drafted(), drafted()
        annul_poll(world.secretary, gone, reason="写错了。")
        open_poll(world.secretary, kept)
        assert kept.number == "2026-001"
        assert gone.state is PollState.PUT_AWAY
        assert not access.may(world.owner, Can.SEE, gone)

    @pytest.mark.parametrize("name", ["owner", "worker", "manager", "auditor", "visitor"])
    def test_others_cannot_put_a_question(self, drafted: Draft, name: str) -> None:
        with pytest.raises(NotAllowed):
            drafted(by=name)

    def test_another_communitys_secretary_sees_no_topic(self, drafted: Draft) -> None:
        with pytest.raises(NotVisible):
            drafted(by="other_secretary")

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"question": "  "}, "question"),
            ({"options": ["只有一个"]}, "options"),
            ({"options": [str(n) for n in range(9)]}, "options"),
            ({"options": ["一样", "一样"]}, "options"),
            ({"options": ["有", ""]}, "options"),
            ({"options": ["同意", "弃权"]}, "options"),
            ({"closes_at": NOW}, "closes_at"),
            ({"closes_at": NOW + timedelta(days=91)}, "closes_at"),
            ({"method": Method.APPROVAL, "terms": Terms(max_choices=4)}, "max_choices"),
            ({"method": Method.APPROVAL, "terms": Terms(max_choices=-1)}, "max_choices"),
        ],
    )
    def test_what_will_not_do_names_its_field(
        self, drafted: Draft, given: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Invalid) as refused:
            drafted(**given)
        assert refused.value.field == field
        assert rows(Poll) == []

    def test_amending_prints_the_options_anew(self, world: World, drafted: Draft) -> None:
        poll = drafted()
        amend_poll(
            world.secretary,
            poll,
            question="修不修？",
            options=["修", "不修"],
            closes_at=CLOSES,
            method=Method.PLURALITY,
            secrecy=Secrecy.SECRET,
            roll_kind=RollKind.SEATS,
        )
        assert box.titles(poll.id) == ["修", "不修"]
        assert poll.options_count == 2

    def test_an_open_poll_is_not_amended(self, world: World, poll: Poll) -> None:
        with pytest.raises(NotAllowed):
            amend_poll(
                world.secretary,
                poll,
                question="换个问法？",
                options=["修", "不修"],
                closes_at=CLOSES,
                method=Method.PLURALITY,
                secrecy=Secrecy.SECRET,
                roll_kind=RollKind.SEATS,
            )


class TestOpening:
    def test_the_roll_is_everybody_of_the_place_once(self, world: World, poll: Poll) -> None:
        assert on_roll(world, poll) == set(VOTERS)
        assert poll.voters == 4
        assert poll.state is PollState.OPEN
        assert db.session.get_one(Topic, poll.topic_id).state is TopicState.VOTING

    def test_the_roll_of_seats(self, world: World, seated: Poll) -> None:
        assert on_roll(world, seated) == {"chair", "manager", "owner"}

    def test_the_hash_is_that_of_the_roll_file(self, poll: Poll) -> None:
        text = roll.text(poll.id, roll.lines(poll.id))
        assert digest(text) == poll.roll_hash
        assert "王" not in text

    def test_a_changed_roll_no_longer_fits_its_hash(self, poll: Poll) -> None:
        lines = roll.lines(poll.id)[1:]
        assert digest(roll.text(poll.id, lines)) != poll.roll_hash

    def test_who_moves_in_later_is_not_on_it(self, world: World, poll: Poll) -> None:
        assert not access.may(world.merchant, Can.CAST, poll)

    def test_an_hour_that_has_passed_is_not_opened(self, world: World, drafted: Draft) -> None:
        poll = drafted()
        with clock.frozen(CLOSES), pytest.raises(Conflict) as refused:
            open_poll(world.actor("secretary"), poll)
        assert refused.value.unmet[0].cure.endswith("/edit")
        assert rows(PollVoter) == []
        assert poll.state is PollState.DRAFT

    def test_an_empty_roll_is_not_opened(self, world: World, drafted: Draft) -> None:
        poll = drafted(roll_kind=RollKind.SEATS)
        with transaction():
            db.session.execute(sa.delete(Seat))
        with pytest.raises(Conflict):
            open_poll(world.secretary, poll)

    def test_two_polls_are_not_open_on_one_topic(self, world: World, drafted: Draft) -> None:
        first, second = drafted(), drafted()
        open_poll(world.secretary, first)
        with pytest.raises(Conflict):
            open_poll(world.secretary, second)
        assert second.state is PollState.DRAFT


class TestCasting:
    def test_one_ballot_is_counted(self, world: World, poll: Poll) -> None:
        code = vote(world, poll, "owner", 1)
        (ballot,) = rows(Ballot)
        assert (ballot.user_id, ballot.marks, ballot.receipt) == (world.ids["owner"], "1", code)
        assert ballot.channel is Channel.ONLINE
        assert db.session.get_one(Turnout, poll.id, populate_existing=True).cast == 1
        assert box.agrees(poll)

    def test_the_same_form_again_gives_the_same_receipt(self, world: World, poll: Poll) -> None:
        first = vote(world, poll, "owner", 1, once="form")
        assert vote(world, poll, "owner", 2, once="form") == first
        assert [b.marks for b in rows(Ballot)] == ["1"]
        assert db.session.get_one(Turnout, poll.id, populate_existing=True).cast == 1

    def test_a_second_ballot_is_refused_with_the_way_to_change(self, world: World, poll: Poll) -> None:
        vote(world, poll, "owner", 1, once="first")
        with pytest.raises(Conflict) as refused:
            vote(world, poll, "owner", 2, once="second")
        assert refused.value.unmet[0].cure == f"/polls/{poll.id}/change"
        assert [b.marks for b in rows(Ballot)] == ["1"]

    def test_blank_is_a_ballot(self, world: World, poll: Poll) -> None:
        vote(world, poll, "owner")
        assert [b.marks for b in rows(Ballot)] == [""]

    @pytest.mark.parametrize("choices", [(3,), (-1,), (0, 1)])
    def test_marks_that_the_paper_does_not_allow(
        self, world: World, poll: Poll, choices: tuple[int, ...]
    ) -> None:
        with pytest.raises(Invalid):
            vote(world, poll, "owner", *choices)
        assert rows(Participation) == []
        assert rows(Ballot) == []

    def test_several_marks_within_the_limit(self, world: World, approval: Poll) -> None:
        vote(world, approval, "owner", 2, 0)
        assert [b.marks for b in rows(Ballot)] == ["0,2"]
        for wrong in ((0, 1, 2), (1, 1)):
            with pytest.raises(Invalid):
                vote(world, approval, "tenant", *wrong)

    @pytest.mark.parametrize("name", ["secretary", "merchant", "visitor", "auditor"])
    def test_who_is_not_on_the_roll(self, world: World, poll: Poll, name: str) -> None:
        with pytest.raises(NotAllowed):
            vote(world, poll, name, 0)
        assert rows(Participation) == []

    def test_another_community_does_not_even_see_it(self, world: World, poll: Poll) -> None:
        with pytest.raises(NotVisible):
            vote(world, poll, "neighbour", 0)

    def test_the_database_itself_refuses_who_is_not_on_the_roll(self, world: World, poll: Poll) -> None:
        row = {"poll_id": poll.id, "user_id": world.ids["merchant"]}
        with pytest.raises(sa.exc.IntegrityError), transaction():
            db.session.execute(sa.insert(Participation).values(**row))

    @pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(days=30)])
    def test_the_hour_itself_is_too_late(self, world: World, poll: Poll, late: timedelta) -> None:
        with clock.frozen(CLOSES + late), pytest.raises(NotAllowed):
            vote(world, poll, "owner", 0)
        assert poll.state is PollState.OPEN
        assert rows(Ballot) == []

    def test_a_request_that_began_in_time_is_late_all_the_same(self, world: World, poll: Poll) -> None:
        early = replace(world.owner, now=CLOSES - timedelta(seconds=2))
        with clock.frozen(CLOSES), pytest.raises(NotAllowed):
            cast_ballot(early, poll, choices=(0,), once="late")
        assert rows(Ballot) == []

    def test_the_last_second_counts(self, world: World, poll: Poll) -> None:
        with clock.frozen(CLOSES - timedelta(seconds=1)):
            assert vote(world, poll, "owner", 0)

    def test_a_draft_takes_no_ballot(self, world: World, drafted: Draft) -> None:
        with pytest.raises((NotAllowed, NotVisible)):
            vote(world, drafted(), "owner", 0)


class TestChanging:
    def test_the_last_one_holds_under_the_same_receipt(self, world: World, poll: Poll) -> None:
        code = vote(world, poll, "owner", 1)
        assert change_ballot(world.owner, poll, choices=(2,), once="change", seen=0) == code
        (ballot,) = rows(Ballot)
        db.session.refresh(ballot)
        assert (ballot.marks, ballot.changes) == ("2", 1)
        assert db.session.get_one(Turnout, poll.id, populate_existing=True).cast == 1

    def test_a_page_left_open_does_not_undo_a_later_change(self, world: World, poll: Poll) -> None:
        vote(world, poll, "owner", 1)
        change_ballot(world.owner, poll, choices=(2,), once="newer", seen=0)
        with pytest.raises(Conflict):
            change_ballot(world.owner, poll, choices=(0,), once="older", seen=0)
        assert db.session.scalar(sa.select(Ballot.marks)) == "2"

    def test_the_same_change_sent_twice(self, world: World, poll: Poll) -> None:
        code = vote(world, poll, "owner", 1)
        for _again in range(2):
            assert change_ballot(world.owner, poll, choices=(2,), once="change", seen=0) == code
        assert db.session.scalar(sa.select(Ballot.changes)) == 1

    def test_nothing_to_change(self, world: World, poll: Poll) -> None:
        with pytest.raises(Conflict):
            change_ballot(world.owner, poll, choices=(2,), once="change")

    def test_not_after_the_hour(self, world: World, poll: Poll) -> None:
        vote(world, poll, "owner", 1)
        with clock.frozen(CLOSES), pytest.raises(NotAllowed):
            change_ballot(world.actor("owner"), poll, choices=(2,), once="change")


class TestOnBehalf:
    def staff(self, world: World) -> Actor:
        return replace(world.owner, entered_by=world.ids["worker"], entered_by_name="沈佳慧")

    def test_a_named_ballot_may_be_entered_and_says_so(self, world: World, poll: Poll) -> None:
        cast_ballot(self.staff(world), poll, choices=(0,), once="paper")
        (ballot,) = rows(Ballot)
        assert (ballot.channel, ballot.entered_by_id) == (Channel.STAFF, world.ids["worker"])
        entry = db.session.scalars(sa.select(Entry).where(Entry.name == "ballot.cast")).one()
        assert (entry.actor_id, entry.entered_by_id) == (world.ids["owner"], world.ids["worker"])

    def test_what_the_voter_cast_himself_only_he_changes(self, world: World, poll: Poll) -> None:
        vote(world, poll, "owner", 1)
        with pytest.raises(NotAllowed):
            change_ballot(self.staff(world), poll, choices=(0,), once="counter")
        assert [b.marks for b in rows(Ballot)] == ["1"]

    def test_what_staff_entered_is_changed_at_the_counter_and_by_himself(
        self, world: World, poll: Poll
    ) -> None:
        cast_ballot(self.staff(world), poll, choices=(0,), once="paper")
        change_ballot(self.staff(world), poll, choices=(1,), once="counter")
        change_ballot(world.owner, poll, choices=(2,), once="phone", seen=1)
        with pytest.raises(NotAllowed):
            change_ballot(self.staff(world), poll, choices=(0,), once="again", seen=2)
        assert [b.marks for b in rows(Ballot)] == ["2"]

    def test_a_secret_ballot_may_not_and_the_reason_is_said(self, world: World, secret: Poll) -> None:
        with pytest.raises(NotAllowed) as refused:
            cast_ballot(self.staff(world), secret, choices=(0,), once="paper")
        assert "只能本人投" in str(refused.value)
        assert rows(Participation) == []


class TestClosing:
    def test_not_before_the_hour_by_anybody(self, world: World, poll: Poll) -> None:
        with pytest.raises(NotAllowed, match="提前截止"):
            close_poll(world.secretary, poll)
        assert poll.state is PollState.OPEN

    def test_the_clock_closes_what_is_due(self, world: World, poll: Poll) -> None:
        vote(world, poll, "owner", 1)
        vote(world, poll, "tenant", 1)
        vote(world, poll, "chair", 0)
        close(world, poll)
        assert poll.state is PollState.CLOSED
        assert poll.closed_at == CLOSES
        assert poll.tally == {
            "winners": ["加固基座"],
            "tied": [],
            "tally": {"换木板": 1, "加固基座": 2, "拆掉改草地": 0},
            "valid": 3,
            "blank": 0,
            "invalid": 0,
        }

    def test_a_tick_before_the_hour_closes_nothing(self, world: World, poll: Poll) -> None:
        assert close_due_polls(world.secretary) == 0

    def test_an_owner_cannot_close(self, world: World, poll: Poll) -> None:
        with clock.frozen(AFTER), pytest.raises(NotAllowed):
            close_poll(world.actor("owner"), poll)

    def test_nothing_is_taken_after_the_close(self, world: World, poll: Poll) -> None:
        close(world, poll)
        with pytest.raises(NotAllowed):
            vote(world, poll, "owner", 0)

    def test_no_result_before_the_close(self, world: World, poll: Poll) -> None:
        vote(world, poll, "owner", 1)
        assert poll.tally is None
        assert not access.may(world.secretary, Can.SEE_RESULT, poll)


class TestCertifying:
    def decided(self, world: World, poll: Poll) -> None:
        vote(world, poll, "owner", 1)
        close(world, poll)

    def test_the_result_settles_the_topic(self, world: World, poll: Poll) -> None:
        self.decided(world, poll)
        certify_poll(world.secretary, poll, outcome=Outcome.SETTLED)
        (stated,) = rows(Certification)
        assert stated.tally == poll.tally
        assert poll.state is PollState.CERTIFIED
        assert db.session.get_one(Topic, poll.topic_id).state is TopicState.DECIDED

    def test_the_count_file_counts_to_the_same(self, world: World, poll: Poll) -> None:
        self.decided(world, poll)
        certify_poll(world.secretary, poll, outcome=Outcome.SETTLED)
        case = box.case(poll)
        assert recount(case) == poll.tally
        text = countfile.text(case, poll.tally)
        assert digest(text) == rows(Certification)[0].count_hash

    def test_a_tie_needs_a_reason(self, world: World, poll: Poll) -> None:
        vote(world, poll, "owner", 0)
        vote(world, poll, "tenant", 1)
        close(world, poll)
        assert poll.tally
        assert poll.tally["tied"] == ["换木板", "加固基座"]
        with pytest.raises(Invalid) as refused:
            certify_poll(world.secretary, poll, outcome=Outcome.RETURNED)
        assert refused.value.field == "reason"
        certify_poll(world.secretary, poll, outcome=Outcome.RETURNED, reason="两个办法票数一样，再商量。")
        assert db.session.get_one(Topic, poll.topic_id).state is TopicState.DELIBERATING

    def test_without_a_valid_ballot_nothing_is_settled(self, world: World, poll: Poll) -> None:
        vote(world, poll, "owner")
        close(world, poll)
        with pytest.raises(Invalid) as refused:
            certify_poll(world.secretary, poll, outcome=Outcome.SETTLED, reason="就这样")
        assert refused.value.field == "outcome"

    def test_going_back_in_spite_of_a_result_needs_a_reason(self, world: World, poll: Poll) -> None:
        self.decided(world, poll)
        with pytest.raises(Invalid):
            certify_poll(world.secretary, poll, outcome=Outcome.RETURNED)

    def test_only_the_secretary_and_only_once(self, world: World, poll: Poll) -> None:
        self.decided(world, poll)
        with pytest.raises(NotAllowed):
            certify_poll(world.chair, poll, outcome=Outcome.SETTLED)
        certify_poll(world.secretary, poll, outcome=Outcome.SETTLED)
        with pytest.raises(NotAllowed):
            certify_poll(world.secretary, poll, outcome=Outcome.SETTLED)

    @pytest.mark.parametrize("tampering", ["paper", "removed", "counter"])
    def test_a_count_that_came_out_otherwise_is_not_certified(
        self, world: World, poll: Poll, tampering: str
    ) -> None:
        self.decided(world, poll)
        with transaction():
            if tampering == "paper":
                db.session.execute(sa.update(Ballot).values(marks="2"))
            elif tampering == "removed":
                db.session.execute(sa.delete(Participation))
            else:
                db.session.execute(sa.update(Turnout).values(cast=2))
        with pytest.raises(Conflict):
            certify_poll(world.secretary, poll, outcome=Outcome.SETTLED)

    def test_a_topic_moved_on_by_hand_stays_where_it_is(self, world: World, poll: Poll) -> None:
        self.decided(world, poll)
        topic = db.session.get_one(Topic, poll.topic_id)
        return_to_table(world.secretary, topic)
        certify_poll(world.secretary, poll, outcome=Outcome.SETTLED)
        assert topic.state is TopicState.DELIBERATING
        assert poll.state is PollState.CERTIFIED


class TestAnnulling:
    def test_an_open_poll_goes_back_to_the_table(self, world: World, secret: Poll) -> None:
        vote(world, secret, "owner", 1)
        with pytest.raises(Invalid):
            annul_poll(world.secretary, secret, reason="")
        annul_poll(world.secretary, secret, reason="选项写错了，重新来。")
        assert secret.state is PollState.ANNULLED
        assert db.session.get_one(Topic, secret.topic_id).state is TopicState.DELIBERATING
        assert not access.may(world.secretary, Can.SEE_RESULT, secret)
        assert [b.digest for b in rows(SecretBallot)] == [None]

    def test_a_draft_leaves_the_topic_alone(self, world: World, drafted: Draft) -> None:
        poll = drafted()
        annul_poll(world.secretary, poll, reason="先不表态了。")
        assert db.session.get_one(Topic, poll.topic_id).state is TopicState.DELIBERATING

    def test_a_certified_result_stands(self, world: World, poll: Poll) -> None:
        vote(world, poll, "owner", 1)
        close(world, poll)
        certify_poll(world.secretary, poll, outcome=Outcome.SETTLED)
        with pytest.raises(NotAllowed):
            annul_poll(world.secretary, poll, reason="不喜欢")


class TestSecrecy:
    """What the tables hold of a secret poll, looked at by somebody who has the whole database."""

    def test_the_receipt_is_the_only_way_to_change(self, world: World, secret: Poll) -> None:
        code = vote(world, secret, "owner", 1)
        typed = code.lower().replace("-", " ")
        assert change_ballot(world.owner, secret, choices=(2,), once="c", receipt=typed) == code
        assert marks_of(secret) == ["2"]
        for wrong in ("", "ZZZZ-ZZZZ", "abc"):
            with pytest.raises(Invalid) as refused:
                change_ballot(world.owner, secret, choices=(0,), once="d", receipt=wrong)
            assert refused.value.field == "receipt"

    def test_who_has_not_voted_cannot_change_with_a_found_receipt(self, world: World, secret: Poll) -> None:
        code = vote(world, secret, "owner", 1)
        with pytest.raises(Conflict):
            change_ballot(world.tenant, secret, choices=(2,), once="c", receipt=code)

    def test_the_same_form_again_gives_the_same_receipt(self, world: World, secret: Poll) -> None:
        code = vote(world, secret, "owner", 1, once="form")
        assert vote(world, secret, "owner", 1, once="form") == code
        assert len(rows(SecretBallot)) == 1
        with pytest.raises(Conflict):
            vote(world, secret, "owner", 2, once="another form")

    def test_somebody_elses_form_finds_nothing(self, world: World, secret: Poll) -> None:
        code = vote(world, secret, "owner", 1, once="form")
        assert vote(world, secret, "tenant", 2, once="form") != code
        assert counted_receipt(secret, world.actor("chair"), "form") is None
        assert len(rows(SecretBallot)) == len(rows(Participation)) == 2

    def test_no_column_is_shared_between_voters_and_papers(self, world: World, secret: Poll) -> None:
        for name in VOTERS:
            vote(world, secret, name, 1)
        voters = {p.user_id for p in rows(Participation)}
        log = db.session.scalars(sa.select(Entry).where(Entry.name == "ballot.cast")).all()
        known = {str(v) for v in voters} | {str(e.id) for e in log} | {e.at.isoformat() for e in log}
        known |= {e.request_id for e in log if e.request_id}
        for paper in rows(SecretBallot):
            assert not known & {paper.id, paper.digest}
        columns = {c.name for c in sa.inspect(SecretBallot).local_table.columns}
        assert columns == {"id", "poll_id", "marks", "digest"}
        assert all(e.payload == {} and e.subject == f"poll:{secret.id}" for e in log)

    def test_rows_have_no_number_that_tells_which_came_first(self, world: World, secret: Poll) -> None:
        vote(world, secret, "owner", 1)
        if db.engine.dialect.name == "sqlite":
            for table in ("participation", "secret_ballot", "secret_receipt"):
                with pytest.raises(sa.exc.OperationalError), db.session.begin_nested():
                    db.session.execute(sa.text(f"select rowid from {table}"))

    def test_a_paper_does_not_show_that_it_was_changed(self, world: World, secret: Poll) -> None:
        code = vote(world, secret, "owner", 1)
        before = db.session.execute(sa.select(SecretBallot.id, SecretBallot.digest)).one()
        change_ballot(world.owner, secret, choices=(2,), once="c", receipt=code)
        assert db.session.execute(sa.select(SecretBallot.id, SecretBallot.digest)).one() == before

    def test_the_database_alone_does_not_lead_from_code_to_paper(self, world: World, secret: Poll) -> None:
        code = vote(world, secret, "owner", 1)
        digest = db.session.scalar(sa.select(SecretBallot.digest))
        for guess in (code, f"{secret.id}{code}", f"{secret.id}:{code}", f"paper:{secret.id}:{code}"):
            assert hashlib.sha256(guess.encode()).hexdigest() != digest

    def test_the_link_dies_at_the_close(self, world: World, secret: Poll) -> None:
        codes = {vote(world, secret, name, n % 3) for n, name in enumerate(VOTERS)}
        keys = {b.id for b in rows(SecretBallot)}
        close(world, secret)
        db.session.expire_all()
        after = rows(SecretBallot)
        assert {b.digest for b in after} == {None}
        assert not keys & {b.id for b in after}
        assert {r.code for r in rows(SecretReceipt)} == codes
        assert secret.tally
        assert secret.tally["tally"] == {"换木板": 2, "加固基座": 1, "拆掉改草地": 1}
        assert box.agrees(secret)

    def test_the_count_file_carries_no_receipt(self, world: World, secret: Poll) -> None:
        code = vote(world, secret, "owner", 1)
        close(world, secret)
        assert code not in countfile.text(box.case(secret), secret.tally)
