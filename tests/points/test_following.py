"""Points follow the book of hours: down only as far as they are there, up within the limits, once a correction."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock, eventlog
from portal.core.db import db
from portal.points.actions.answering import join_board
from portal.points.actions.ruling import Row, set_rule
from portal.points.models import Entry
from portal.points.queries import books as read_books
from portal.points.queries import table
from portal.points.words import Approver, Deed, Evidence, Kind, Per
from portal.volunteering.actions.confirming import confirm, correct_hours
from portal.volunteering.models.book import HoursEntry
from portal.volunteering.models.shifts import Shift
from tests.points.conftest import Books, assert_right, open_books
from tests.volunteering.conftest import ELEVEN, opened, registered
from tests.volunteering.test_actions import served
from tests.world import World


@pytest.fixture
def ground(world: World) -> tuple[Books, Shift]:
    """Five points an hour without a limit, so that a part can be taken back."""
    books = open_books(world)
    row = Row(
        deed=Deed.HOUR, points=5, per=Per.HOUR, approver=Approver.PORTAL, evidence=Evidence.EVENT,
        pool_id=books.pool.id, starts=books.day,
    )  # fmt: skip
    set_rule(world.secretary, books.programme, row=row)
    for name in ("owner", "tenant", "chair"):
        registered(world, name)
    return books.later(4), opened(world)


def confirmed(world: World, shift: Shift) -> HoursEntry:
    mine = served(world, shift, "tenant")
    with clock.frozen(ELEVEN):
        return confirm(world.owner, mine)


def corrected(world: World, entry: HoursEntry, *minutes: int) -> None:
    with clock.frozen(ELEVEN + timedelta(hours=1)):
        for wanted in minutes:
            correct_hours(world.worker, entry, minutes=wanted, because="算错了")


def said() -> list[str]:
    wanted = sa.select(eventlog.Entry.name).where(eventlog.Entry.name.startswith("points."))
    return list(db.session.scalars(wanted.order_by(eventlog.Entry.id)))


def test_fewer_hours_take_back_what_they_had_brought(world: World, ground: tuple[Books, Shift]) -> None:
    books, shift = ground
    entry = confirmed(world, shift)
    assert books.usable("tenant") == 10
    corrected(world, entry, 90)
    assert books.usable("tenant") == 5
    less = db.session.scalars(sa.select(Entry).where(Entry.kind == Kind.REDUCE)).one()
    first = db.session.scalars(sa.select(Entry).where(Entry.kind == Kind.EARN)).one()
    assert (less.amount, less.mends_id, less.closes_id) == (5, first.id, None)
    assert table.earned(books.programme.place_path, world.ids["tenant"], Deed.HOUR, books.day).day == 5
    corrected(world, entry, 0)
    assert books.usable("tenant") == 0
    assert_right()


def test_minutes_that_are_no_hour_change_nothing(world: World, ground: tuple[Books, Shift]) -> None:
    books, shift = ground
    entry = confirmed(world, shift)
    corrected(world, entry, 119, 120)
    assert books.usable("tenant") == 10
    corrected(world, entry, 100, 61, 110)
    assert books.usable("tenant") == 5


def test_more_hours_bring_the_difference_by_the_same_row(world: World, ground: tuple[Books, Shift]) -> None:
    books, shift = ground
    entry = confirmed(world, shift)
    row = table.rule_for(books.programme, Deed.HOUR, books.day)
    assert row
    later = Row(
        deed=Deed.HOUR, points=50, per=Per.HOUR, approver=Approver.PORTAL, evidence=Evidence.EVENT,
        pool_id=books.pool.id, starts=books.day,
    )  # fmt: skip
    with clock.frozen(ELEVEN):
        set_rule(world.secretary, books.programme, row=later)
    corrected(world, entry, 60, 120, 60)
    assert books.usable("tenant") == 5
    assert_right()


def test_what_is_spent_stays_spent_and_nobody_owes(world: World, ground: tuple[Books, Shift]) -> None:
    books, shift = ground
    entry = confirmed(world, shift)
    books.earn("tenant", 20, "other", lasts=False)
    books.redeem("tenant", 8, "spent")
    corrected(world, entry, 0)
    assert books.usable("tenant") == 20, "two of the ten were left; other thanks are not touched"
    assert said()[-2:] == ["points.taken_back", "points.left_with"]
    assert_right()


def test_who_was_never_thanked_for_it_loses_nothing(world: World, ground: tuple[Books, Shift]) -> None:
    books, shift = ground
    books.earn("tenant", 200, "at the limit of the month")
    entry = confirmed(world, shift)
    corrected(world, entry, 30)
    assert books.usable("tenant") == 200


def test_what_staff_had_put_right_is_not_taken_twice(world: World, ground: tuple[Books, Shift]) -> None:
    books, shift = ground
    entry = confirmed(world, shift)
    books.reverse(db.session.scalars(sa.select(Entry).where(Entry.kind == Kind.EARN)).one())
    corrected(world, entry, 30)
    assert books.usable("tenant") == 0
    assert_right()


def test_where_no_points_are_given_hours_are_corrected_alike(world: World) -> None:
    for name in ("owner", "tenant", "chair"):
        registered(world, name)
    entry = confirmed(world, opened(world))
    corrected(world, entry, 30)
    assert db.session.query(Entry).count() == 0


def test_the_board_counts_what_was_kept(world: World, ground: tuple[Books, Shift]) -> None:
    books, shift = ground
    entry = confirmed(world, shift)
    join_board(world.tenant, books.programme, nickname="小赵")
    corrected(world, entry, 60)
    first = books.day.replace(day=1)
    rows = read_books.board(books.programme, first, first + timedelta(days=31))
    assert [(row.nickname, row.points) for row in rows] == [("小赵", 5)]
