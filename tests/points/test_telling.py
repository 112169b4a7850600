"""What people are told: points that lapse soon, by when an appeal is answered, what a team earned, a month of pools."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock, eventlog, ticks
from portal.core.db import db
from portal.points.actions.answering import appeal
from portal.points.actions.granting import ask_grant
from portal.points.models import Entry
from portal.points.panels import _earned
from portal.points.queries import books as read_books
from portal.points.queries import hints
from portal.points.words import Deed, Kind
from portal.volunteering.actions.confirming import confirm, correct_hours
from portal.volunteering.models.people import Team
from tests.points.conftest import Books
from tests.volunteering.conftest import ELEVEN, opened, registered
from tests.volunteering.test_actions import served
from tests.world import World


def told() -> list[dict[str, object]]:
    wanted = sa.select(eventlog.Entry.payload).where(eventlog.Entry.name == "points.lapse_soon")
    return list(db.session.scalars(wanted.order_by(eventlog.Entry.id)))


def test_a_month_before_they_lapse_he_is_told_once(books: Books) -> None:
    day = books.day + timedelta(90)
    books.earn("owner", 7, "seven", lasts=day)
    books.earn("owner", 3, "three", lasts=day)
    books.earn("owner", 5, "five", lasts=day + timedelta(1))
    books.earn("owner", 9, "for ever", lasts=False)
    warn = ticks.JOBS["points_warn"]
    assert warn(books.later(59).clock()) == 0
    assert warn(books.later(60).clock()) == 1
    assert [(line["amount"], line["on"]) for line in told()] == [(10, day.isoformat())]
    assert warn(books.later(60).clock()) == 0
    assert warn(books.later(61).clock()) == 1
    assert [line["amount"] for line in told()] == [10, 5]


def test_what_was_used_before_is_no_warning(books: Books) -> None:
    books.earn("owner", 7, "seven", lasts=books.day + timedelta(20))
    books.redeem("owner", 7, "spent")
    assert ticks.JOBS["points_warn"](books.later(1).clock()) == 0


def test_an_appeal_is_answered_within_ten_working_days(world: World, books: Books) -> None:
    said = appeal(world.owner, books.earn("owner", 7, "seven"), text="应该是八分")
    assert said.answer_by == clock.at(date(2026, 7, 1), 17), (
        "a Friday of the Dragon Boat Festival is no working day"
    )


@pytest.fixture
def served_by_two(world: World, books: Books) -> Team:
    for name in ("owner", "tenant", "co_owner", "chair"):
        registered(world, name)
    shift = opened(world)
    both = [served(world, shift, name) for name in ("tenant", "co_owner")]
    with clock.frozen(ELEVEN):
        entries = [confirm(world.owner, one) for one in both]
        correct_hours(world.worker, entries[1], minutes=60, because="算错了")
    return db.session.query(Team).one()


def test_a_team_shows_what_its_members_earned_with_it(
    world: World, books: Books, served_by_two: Team
) -> None:
    assert _earned(world.owner, served_by_two) == {"points": 3}
    first = db.session.scalars(sa.select(Entry).where(Entry.user_id == world.ids["tenant"])).first()
    assert first
    assert (first.note, first.team) == ("清理北侧绿化带", f"volunteer_team:{served_by_two.id}")
    books.reverse(first)
    assert _earned(world.owner, served_by_two) == {"points": 1}


def test_a_team_holds_nothing_that_could_be_used_or_passed_on(books: Books, served_by_two: Team) -> None:
    keys = set(db.session.scalars(sa.text("SELECT key FROM points_account")))
    assert not [key for key in keys if "team" in key]


def test_a_month_of_the_pools(world: World, books: Books) -> None:
    books.earn("owner", 7, "seven")
    july = books.later(30)
    july.reverse(july.earn("owner", 20, "twenty"))
    july.earn("owner", 2, "two")
    june, first = books.day.replace(day=1), date(2026, 7, 1)
    assert read_books.pools_of_month(books.programme, june, first) == [
        ("社区积分池", 100_000, 7, 100_000 - 7)
    ]
    assert read_books.pools_of_month(books.programme, first, date(2026, 8, 1)) == [
        ("社区积分池", 0, 2, 100_000 - 9)
    ]
    assert read_books.pools_of_month(books.programme, date(2026, 5, 1), june) == [("社区积分池", 0, 0, 0)]


def test_a_defect_that_was_told_twice_is_shown(world: World, books: Books) -> None:
    for number, (name, words) in enumerate(
        (
            ("owner", "3号楼东侧路灯不亮"),
            ("tenant", "报来 3 号楼东侧的路灯不亮了，已核实。"),
            ("owner", "7号楼北侧井盖松动"),
        )
    ):
        ask_grant(
            world.worker, books.programme, deed=Deed.REPORT, shares={world.ids[name]: 5}, reason=words,
            once=f"g{number}",
        )  # fmt: skip
    assert [(line.reason, line.grants) for line in hints.same_words(books.programme)] == [
        ("3号楼东侧路灯不亮", 2)
    ]


def test_an_account_that_is_new_and_earns_fast_is_shown(world: World, books: Books) -> None:
    books.earn("owner", 21, "much")
    books.earn("tenant", 20, "some")
    now = books.clock().now
    shown = {line.id: line.points for line in hints.new_accounts(books.programme, now)}
    assert shown == {world.ids["owner"]: 21}
    assert hints.new_accounts(books.programme, now + timedelta(days=30)) == []
    assert db.session.query(Entry).filter_by(kind=Kind.EARN).count() == 2
