"""What earns points by itself: by the row that holds that day, once, up to its limits; and never for a vote."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from portal.core import eventlog
from portal.core.db import db, transaction
from portal.core.errors import Invalid, NotAllowed
from portal.core.eventlog import EVENTS, record
from portal.councils.actions.raising import raise_topic
from portal.councils.actions.table import found_council
from portal.councils.events import TopicDecided
from portal.councils.words import Category
from portal.meetings.events import Attended
from portal.places.models import Place
from portal.points.actions.ruling import Row, set_rule
from portal.points.caps import Cap, Earned, crossed, worth
from portal.points.models import Entry, Programme, Rule
from portal.points.queries import table
from portal.points.words import Approver, Deed, Evidence, Kind, Per
from portal.surveys.events import QuestionnaireAnswered
from portal.volunteering.events import HoursCorrected, ShiftConfirmed, TrainingConfirmed
from tests.points.conftest import Books, assert_right
from tests.world import World


@dataclass
class Thing:
    """Something an event is about."""

    place_path: str
    id: int = 1
    title: str = "清理楼道"
    __tablename__ = "thing"


def happens(world: World, event: eventlog.Event, by: str = "worker", number: int = 1) -> None:
    with transaction():
        record(world.actor(by), Thing(world.paths["estate"], number), event)


def shift(world: World, name: str, minutes: int) -> ShiftConfirmed:
    return ShiftConfirmed(1, world.ids[name], minutes, 1, 1, 1, date(2026, 6, 16))


def came(world: World, name: str) -> Attended:
    return Attended((world.ids[name],))


def earned(world: World, name: str) -> int:
    wanted = sa.select(sa.func.coalesce(sa.func.sum(Entry.amount), 0))
    return db.session.scalar(wanted.where(Entry.user_id == world.ids[name], Entry.kind == Kind.EARN)) or 0


class TestEvents:
    @pytest.mark.parametrize(("minutes", "points"), [(0, 0), (59, 0), (60, 1), (119, 1), (120, 2), (300, 2)])
    def test_a_confirmed_shift_by_whole_hours_up_to_two(
        self, world: World, books: Books, minutes: int, points: int
    ) -> None:
        happens(world, shift(world, "owner", minutes))
        assert earned(world, "owner") == points

    def test_the_same_thing_once(self, world: World, books: Books) -> None:
        for _again in range(3):
            happens(world, came(world, "owner"))
        assert earned(world, "owner") == 2

    def test_a_training_by_the_portal_itself(self, world: World, books: Books) -> None:
        happens(world, TrainingConfirmed(world.ids["owner"], 29, 1, 1, 1), number=9)
        assert earned(world, "owner") == 0, "who looked in was not trained"
        trained = TrainingConfirmed(world.ids["owner"], 90, 1, 1, 1)
        for number in (1, 1, 2, 3):
            happens(world, trained, number=number)
        assert earned(world, "owner") == 4, "two each, four a day"

    def test_up_to_the_limit_of_a_day_and_nobody_is_kept_from_coming(
        self, world: World, books: Books
    ) -> None:
        for number in range(4):
            happens(world, came(world, "owner"), number=number)
        assert earned(world, "owner") == 4
        said = list(db.session.scalars(sa.select(eventlog.Entry.name).order_by(eventlog.Entry.id)))
        assert said.count("points.not_given") == 2
        assert_right()

    def test_up_to_the_limit_of_the_month(self, world: World, books: Books) -> None:
        books.earn("owner", 199, "much")
        happens(world, came(world, "owner"))
        assert earned(world, "owner") == 199

    def test_whose_work_it_is_gets_none(self, world: World, books: Books) -> None:
        happens(world, came(world, "worker"))
        happens(world, came(world, "manager"))
        happens(world, Attended((world.ids["auditor"],)))
        assert earned(world, "worker") == earned(world, "manager") == 0

    def test_a_topic_that_led_to_a_decision(self, world: World, books: Books) -> None:
        topic = raise_topic(
            world.owner,
            found_council(world.secretary, world.get(Place, "community"), name="议事会"),
            place=world.get(Place, "estate"), title="木栈道松动", body="松了三处。", category=Category.REPAIR,
            once="t",
        )  # fmt: skip
        with transaction():
            record(world.secretary, topic, TopicDecided())
        assert earned(world, "owner") == 20

    def test_a_questionnaire_only_where_staff_switched_it_on(self, world: World, books: Books) -> None:
        happens(world, QuestionnaireAnswered(), by="owner")
        assert earned(world, "owner") == 0
        survey = table.rule_for(books.programme, Deed.SURVEY, books.day)
        assert survey is None
        set_rule(world.secretary, books.programme, row=row(books, Deed.SURVEY, 1, Approver.PORTAL))
        happens(world, QuestionnaireAnswered(), by="owner")
        assert earned(world, "owner") == 1

    def test_without_a_programme_or_a_budget_nothing(self, world: World) -> None:
        happens(world, came(world, "owner"))
        assert earned(world, "owner") == 0

    def test_without_a_budget_the_log_says_so(self, world: World, books: Books) -> None:
        books.earn("tenant", 100_000, "all")
        happens(world, came(world, "owner"))
        assert earned(world, "owner") == 0

    def test_a_reversed_thank_you_makes_room_again(self, world: World, books: Books) -> None:
        for number in (1, 2):
            happens(world, came(world, "owner"), number=number)
        for entry in list(db.session.scalars(sa.select(Entry).where(Entry.kind == Kind.EARN))):
            books.reverse(entry)
        happens(world, came(world, "owner"), number=3)
        assert earned(world, "owner") == 6


NEVER = (
    "ballot",
    "poll",
    "owners",
    "vote",
    "rated",
    "leaned",
    "hand",
    "proxy",
    "paper",
    "opinion",
    "endorse",
)


def test_no_points_for_a_vote_a_rating_or_anything_of_the_owners_assembly() -> None:
    """All that points hear of is these six; none is about how, or whether, somebody voted or rated."""
    heard = {
        kind for kind, reactions in eventlog._reactions.items()
        if any(reaction.__module__.startswith("portal.points") for reaction in reactions)
    }  # fmt: skip
    assert heard == {
        ShiftConfirmed,
        TrainingConfirmed,
        HoursCorrected,
        Attended,
        TopicDecided,
        QuestionnaireAnswered,
    }
    assert not [k.name for k in heard if any(word in k.name for word in NEVER)]
    assert not [
        k for k in heard if k.__module__.split(".")[1] in ("voting", "assembly", "decisions", "projects")
    ]
    assert [n for n in EVENTS if "rated" in n]
    assert {d.value for d in Deed} == {
        "hour", "meeting", "adopted", "training", "survey", "skill", "report", "hazard", "other"
    }  # fmt: skip


def row(books: Books, deed: Deed, points: int, approver: Approver = Approver.TWO, **more: object) -> Row:
    given = {
        "per": Per.TIME,
        "evidence": Evidence.TEXT,
        "pool_id": books.pool.id,
        "starts": books.day,
        **more,
    }
    return Row(deed=deed, points=points, approver=approver, **given)  # type: ignore[arg-type]


class TestTable:
    def test_a_new_version_holds_from_its_day_and_what_was_earned_stays(
        self, world: World, books: Books
    ) -> None:
        later = books.day + timedelta(7)
        set_rule(world.secretary, books.programme, row=row(books, Deed.SKILL, 9, starts=later))
        assert [r.points for r in table.in_force(books.programme, books.day) if r.deed is Deed.SKILL] == [5]
        assert [r.points for r in table.in_force(books.programme, later) if r.deed is Deed.SKILL] == [9]
        assert [r.points for r in table.coming(books.programme, books.day)] == [9]

    @pytest.mark.parametrize(
        ("field", "change"),
        [
            ("points", {"points": 0}),
            ("points", {"points": -5}),
            ("points", {"points": 1001}),
            ("starts", {"starts": date(2026, 6, 15)}),
            ("approver", {"approver": Approver.PORTAL}),
            ("evidence", {"evidence": Evidence.EVENT}),
            ("day_cap", {"day_cap": 0}),
            ("pool_id", {"pool_id": 10**6}),
        ],
    )
    def test_what_cannot_be_meant(
        self, world: World, books: Books, field: str, change: dict[str, object]
    ) -> None:
        given = {"deed": Deed.SKILL, "points": 5, **change}
        with pytest.raises(Invalid) as refused:
            set_rule(world.secretary, books.programme, row=row(books, **given))  # type: ignore[arg-type]
        assert refused.value.field == field

    def test_the_table_is_the_secretarys(self, world: World, books: Books) -> None:
        with pytest.raises(NotAllowed):
            set_rule(world.worker, books.programme, row=row(books, Deed.SKILL, 9))

    def test_nothing_is_told_of_a_community_without_a_programme(self, world: World) -> None:
        assert db.session.query(Programme).count() == db.session.query(Rule).count() == 0


@dataclass
class Limited:
    points: int = 1
    per: Per = Per.HOUR
    once_cap: int | None = None
    day_cap: int | None = None
    month_cap: int | None = None
    year_cap: int | None = None


class TestCaps:
    def test_the_first_limit_that_is_crossed_is_said(self) -> None:
        limits = Limited(day_cap=5, month_cap=10, year_cap=20)
        assert crossed(limits, Earned(day=4, month=4, year=4, total=4), 200, 1) is None
        assert crossed(limits, Earned(day=5, month=5, year=5, total=5), 200, 1) is Cap.DAY
        assert crossed(limits, Earned(day=0, month=10, year=10, total=10), 200, 1) is Cap.MONTH
        assert crossed(limits, Earned(day=0, month=0, year=20, total=0), 200, 1) is Cap.YEAR
        assert crossed(limits, Earned(day=0, month=0, year=0, total=200), 200, 1) is Cap.TOTAL

    @given(st.integers(0, 10_000), st.integers(1, 20), st.none() | st.integers(1, 30))
    def test_an_hour_not_begun_is_none(self, minutes: int, points: int, cap: int | None) -> None:
        got = worth(Limited(points=points, once_cap=cap), minutes)
        assert got <= points * minutes / 60
        assert cap is None or got <= cap
