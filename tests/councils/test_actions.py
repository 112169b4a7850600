"""What the verbs of a council do, and what they refuse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.councils import queries
from portal.councils.actions import line
from portal.councils.actions.raising import amend_topic, raise_topic, withdraw_topic
from portal.councils.actions.responding import ask_response, give_response, rate_response
from portal.councils.actions.screening import (
    accept_topic,
    decline_topic,
    merge_topic,
    refer_topic,
    reopen_topic,
    take_up,
)
from portal.councils.actions.support import endorse, lean, withdraw_endorsement
from portal.councils.actions.table import end_seat, found_council, give_seat
from portal.councils.models import Council, Endorsement, Response, Screening, Topic, TopicOption
from portal.councils.words import Category, Party, Stop, TopicState
from portal.places.models import Place
from tests.councils.conftest import TOMORROW, asked
from tests.world import NOW, World

Raise = Callable[..., Topic]


def events(subject: str) -> list[str]:
    return list(db.session.scalars(sa.select(Entry.name).where(Entry.subject == subject).order_by(Entry.id)))


def at_stop(world: World, stop: Stop) -> int:
    return queries.stop_counts(world.secretary)[stop]


class TestTable:
    def test_a_place_has_one_council(self, world: World, council: Council) -> None:
        with pytest.raises(Conflict):
            found_council(world.administrator, world.get(Place, "community"), name="又一个")

    def test_a_resident_founds_none(self, world: World, council: Council) -> None:
        with pytest.raises(NotAllowed):
            found_council(world.owner, world.get(Place, "estate"), name="私设")

    def test_a_seat_is_given_once_and_ended(self, world: World, council: Council) -> None:
        seat = give_seat(world.secretary, council, user_id=world.ids["manager"], party=Party.PROPERTY)
        with pytest.raises(Conflict):
            give_seat(world.secretary, council, user_id=world.ids["manager"], party=Party.PROPERTY)
        assert [s.party for s in queries.seats(council)] == [Party.PROPERTY]
        end_seat(world.secretary, seat)
        assert queries.seats(council) == []


class TestRaising:
    def test_numbers_follow_each_other_and_the_proposer_is_the_first_household(
        self, world: World, raised: Raise
    ) -> None:
        first, second = raised("owner"), raised("tenant")
        assert (first.number, second.number) == ("2026-001", "2026-002")
        assert first.households == 1
        assert first.state is TopicState.GATHERING
        assert at_stop(world, Stop.GATHER) == 2
        assert events(f"topic:{first.id}") == ["topic.raised"]

    def test_the_same_form_twice_makes_one_topic(self, raised: Raise) -> None:
        assert raised("owner", once="k").id == raised("owner", once="k").id

    def test_somebody_elses_key_does_not_show_his_topic(self, raised: Raise) -> None:
        assert raised("owner", once="k").id != raised("tenant", once="k").id

    def test_a_neighbour_of_another_community_sees_no_council(self, world: World, raised: Raise) -> None:
        with pytest.raises(NotVisible):
            raised("neighbour")

    def test_a_visitor_is_told_to_sign_in(self, raised: Raise) -> None:
        with pytest.raises(NotAllowed, match="登录"):
            raised("visitor")

    def test_a_place_outside_the_council_is_refused(self, world: World, raised: Raise) -> None:
        with pytest.raises(Invalid) as refused:
            raised("owner", place=world.get(Place, "other_estate"))
        assert refused.value.field == "place_id"
        assert db.session.scalar(sa.select(sa.func.count(Topic.id))) == 0

    def test_the_author_changes_the_words_until_screening(self, world: World, topic: Topic) -> None:
        words = {"title": "新标题", "body": "新内容", "spot": "西门", "category": Category.SAFETY}
        amend_topic(world.owner, topic, **words)  # type: ignore[arg-type]
        assert (topic.title, topic.category) == ("新标题", Category.SAFETY)
        with pytest.raises(NotAllowed):
            amend_topic(world.tenant, topic, **words)  # type: ignore[arg-type]
        take_up(world.secretary, topic)
        with pytest.raises(NotAllowed, match="不能再改"):
            amend_topic(world.owner, topic, **words)  # type: ignore[arg-type]

    def test_withdrawing_takes_it_off_the_line(self, world: World, topic: Topic) -> None:
        withdraw_topic(world.owner, topic)
        assert topic.state is TopicState.WITHDRAWN
        assert at_stop(world, Stop.GATHER) == 0


class TestEndorsing:
    def test_one_household_counts_once(self, world: World, topic: Topic) -> None:
        endorse(world.co_owner, topic)
        assert topic.households == 1
        endorse(world.tenant, topic)
        endorse(world.tenant, topic)
        assert topic.households == 2

    def test_enough_households_send_it_to_screening_with_a_deadline(self, world: World, topic: Topic) -> None:
        """Three working days after Tuesday 16 June 2026, over the Dragon Boat holiday of Friday."""
        endorse(world.tenant, topic)
        endorse(world.chair, topic)
        assert topic.state is TopicState.SCREENING
        assert topic.held_by is Party.COMMUNITY
        assert topic.due_at == clock.at(clock.local(NOW).date().replace(day=22), 17)
        assert events(f"topic:{topic.id}")[-1] == "topic.qualified"
        assert (at_stop(world, Stop.GATHER), at_stop(world, Stop.SCREEN)) == (0, 1)

    def test_taking_it_back_keeps_the_household_while_another_member_endorses(
        self, world: World, raised: Raise
    ) -> None:
        topic = raised("tenant")
        endorse(world.owner, topic)
        endorse(world.co_owner, topic)
        withdraw_endorsement(world.owner, topic)
        assert topic.households == 2
        withdraw_endorsement(world.co_owner, topic)
        assert topic.households == 1

    def test_the_proposer_does_not_endorse_himself(self, world: World, topic: Topic) -> None:
        with pytest.raises(NotAllowed, match="提出人"):
            endorse(world.owner, topic)

    def test_not_after_screening(self, world: World, deliberating: Topic) -> None:
        with pytest.raises(NotAllowed, match="联署已经结束"):
            endorse(world.tenant, deliberating)

    def test_what_staff_enter_is_attributed(self, world: World, topic: Topic) -> None:
        entered = replace(world.tenant, entered_by=world.ids["worker"])
        endorse(entered, topic)
        entry = db.session.scalar(sa.select(Entry).where(Entry.name == "topic.endorsed"))
        assert entry is not None
        assert (entry.actor_id, entry.entered_by_id) == (world.ids["tenant"], world.ids["worker"])


class TestLeaning:
    def options(self, topic: Topic) -> list[TopicOption]:
        found = sa.select(TopicOption).where(TopicOption.topic_id == topic.id)
        return list(db.session.scalars(found.order_by(TopicOption.position)))

    def test_changes_move_the_count_and_the_same_again_takes_it_back(
        self, world: World, deliberating: Topic
    ) -> None:
        first, second = self.options(deliberating)
        for choice, counts in ((first, [1, 0]), (second, [0, 1]), (second, [0, 0])):
            lean(world.tenant, deliberating, option_id=choice.id)
            db.session.expire_all()
            assert [o.leanings for o in self.options(deliberating)] == counts

    def test_an_option_of_another_topic_is_refused(self, world: World, deliberating: Topic) -> None:
        with pytest.raises(Invalid):
            lean(world.tenant, deliberating, option_id=10**6)


class TestScreening:
    def test_acceptance_tells_why_and_opens_deliberation(self, world: World, deliberating: Topic) -> None:
        assert deliberating.state is TopicState.DELIBERATING
        screening = db.session.scalar(sa.select(Screening))
        assert screening is not None
        assert screening.reason == "多户反映，列入协商。"

    def test_a_reason_is_needed(self, world: World, topic: Topic) -> None:
        take_up(world.secretary, topic)
        with pytest.raises(Invalid) as refused:
            decline_topic(world.secretary, topic, reason="")
        assert refused.value.field == "reason"
        assert topic.state is TopicState.SCREENING

    def test_only_the_secretary_screens(self, world: World, topic: Topic) -> None:
        take_up(world.secretary, topic)
        for name in ("worker", "manager", "chair", "owner"):
            with pytest.raises(NotAllowed):
                accept_topic(world.actor(name), topic, reason="我来")

    def test_nobody_screens_what_he_raised(self, world: World, raised: Raise) -> None:
        topic = raised("secretary")
        take_up(world.secretary, topic)
        with pytest.raises(NotAllowed, match="另一位"):
            accept_topic(world.secretary, topic, reason="自己批自己")

    def test_declined_once_and_asked_again(self, world: World, topic: Topic) -> None:
        take_up(world.secretary, topic)
        decline_topic(world.secretary, topic, reason="去年刚做过。")
        assert at_stop(world, Stop.SCREEN) == 0
        reopen_topic(world.owner, topic, reason="又坏了两处。")
        assert topic.state is TopicState.SCREENING
        assert "又坏了两处。" in topic.body

    def test_a_referral_names_the_body(self, world: World, topic: Topic) -> None:
        take_up(world.secretary, topic)
        with pytest.raises(Invalid):
            refer_topic(world.secretary, topic, reason="不归我们管", referred_to="")
        refer_topic(world.secretary, topic, reason="河道归水务局管。", referred_to="区水务局")
        assert topic.state is TopicState.REFERRED

    def test_merging_carries_endorsements_over_and_counts_households_once(
        self, world: World, raised: Raise
    ) -> None:
        into, topic = raised("owner"), raised("tenant")
        endorse(world.co_owner, topic)
        endorse(world.chair, topic)
        merge_topic(world.secretary, topic, into=into, reason="同一件事。")
        assert topic.state is TopicState.MERGED
        assert into.households == 3
        assert db.session.scalar(sa.select(sa.func.count()).where(Endorsement.topic_id == into.id)) == 4
        assert events(f"topic:{into.id}")[-1] == "topic.absorbed"

    def test_merging_into_itself_or_into_an_ended_topic_is_refused(self, world: World, raised: Raise) -> None:
        ended, topic = raised("owner"), raised("tenant")
        withdraw_topic(world.owner, ended)
        take_up(world.secretary, topic)
        for into in (topic, ended, None):
            with pytest.raises(Invalid) as refused:
                merge_topic(world.secretary, topic, into=into, reason="同一件事。")
            assert refused.value.field == "into_id"
        assert topic.state is TopicState.SCREENING


class TestResponses:
    def test_the_party_asked_holds_the_topic_until_it_answers(self, world: World, response: Response) -> None:
        topic = db.session.get_one(Topic, response.topic_id)
        assert (topic.held_by, topic.due_at) == (Party.PROPERTY, TOMORROW)
        give_response(world.manager, response, body="18 天修好。", cost=18640000, days=18)
        assert (topic.held_by, topic.due_at) == (Party.COMMUNITY, None)

    def test_the_earliest_answer_due_is_shown(self, world: World, response: Response) -> None:
        topic = db.session.get_one(Topic, response.topic_id)
        asked(world, topic, TOMORROW - timedelta(hours=2), Party.COMMITTEE)
        assert topic.held_by is Party.COMMITTEE

    def test_a_late_answer_is_taken_and_marked(self, world: World, response: Response) -> None:
        with clock.frozen(TOMORROW + timedelta(days=3)):
            give_response(world.manager, response, body="晚了，对不起，下周修。")
        entry = db.session.scalar(sa.select(Entry).where(Entry.name == "response.given"))
        assert entry is not None
        assert entry.payload["late"] is True

    @pytest.mark.parametrize("name", ["chair", "merchant", "owner", "worker"])
    def test_only_the_party_asked_answers(self, world: World, response: Response, name: str) -> None:
        with pytest.raises(NotAllowed):
            give_response(world.actor(name), response, body="我替他答。")

    def test_an_answer_is_given_once(self, world: World, response: Response) -> None:
        give_response(world.manager, response, body="修。")
        with pytest.raises(Conflict):
            give_response(world.manager, response, body="不修。")
        assert response.body == "修。"

    def test_asking_residents_or_for_yesterday_is_refused(self, world: World, deliberating: Topic) -> None:
        for party, due, field in ((Party.RESIDENT, TOMORROW, "party"), (Party.PROPERTY, NOW, "due_at")):
            with pytest.raises(Invalid) as refused:
                ask_response(world.secretary, deliberating, party=party, question="？", due_at=due)
            assert refused.value.field == field

    def test_a_rating_changes_and_one_does_not_rate_ones_own(self, world: World, response: Response) -> None:
        with pytest.raises(NotAllowed):
            rate_response(world.owner, response, solved=True)
        give_response(world.manager, response, body="修。")
        for solved, counts in ((True, (1, 0)), (True, (1, 0)), (False, (0, 1))):
            rate_response(world.owner, response, solved=solved)
            assert (response.solved, response.unsolved) == counts
        with pytest.raises(Conflict):
            rate_response(world.manager, response, solved=True)


class TestLine:
    def test_all_seven_stops(self, world: World, deliberating: Topic) -> None:
        boss, topic = world.secretary, deliberating
        line.put_to_vote(boss, topic, closes_at=TOMORROW)
        assert (topic.held_by, topic.due_at) == (Party.RESIDENT, TOMORROW)
        line.settle(boss, topic)
        line.post(boss, topic, until=TOMORROW)
        line.start_work(boss, topic, in_charge=Party.PROPERTY, due_at=None)
        line.deliver(boss, topic, rate_until=None)
        assert at_stop(world, Stop.RATE) == 1
        line.close_topic(boss, topic)
        assert topic.state is TopicState.CLOSED
        assert sum(queries.stop_counts(boss).values()) == 0

    def test_a_stop_is_not_skipped(self, world: World, deliberating: Topic) -> None:
        with pytest.raises(Conflict):
            line.deliver(world.secretary, deliberating, rate_until=None)

    def test_a_resident_moves_nothing(self, world: World, deliberating: Topic) -> None:
        with pytest.raises(NotAllowed):
            line.put_to_vote(world.owner, deliberating, closes_at=TOMORROW)


def test_raise_topic_says_who_may(world: World, council: Council) -> None:
    assert raise_topic.may == "topic:raise"  # type: ignore[attr-defined]
