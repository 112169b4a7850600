"""Short lists inside a row, the same on both databases."""

from datetime import UTC, date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db, transaction
from portal.core.nested import nested, unpack
from tests.core.conftest import Make
from tests.core.things import Part, Thing
from tests.world import NOW

PARTS = (
    sa.select(Part.id, Part.name, Part.weight, Part.at)
    .where(Part.thing_id == Thing.id)
    .order_by(Part.weight.desc())
)
ROWS = sa.select(Thing.id, nested(PARTS, of=Thing).label("parts")).order_by(Thing.id)


def test_children_come_in_their_order_with_their_row(make: Make) -> None:
    one, none, two = make(), make(), make()
    with transaction():
        for thing, name, weight in ((one, "甲", 1), (one, '乙"\\', 10**15), (two, "丙", 2)):
            db.session.add(Part(thing_id=thing.id, name=name, weight=weight, at=None))
    found = {row.id: [part[1:] for part in row.parts] for row in db.session.execute(ROWS)}
    assert found == {
        one.id: [['乙"\\', 10**15, None], ["甲", 1, None]],
        none.id: [],
        two.id: [["丙", 2, None]],
    }


def test_instants_arrive_as_text_that_the_clock_reads(make: Make) -> None:
    thing = make()
    moments = [NOW, datetime(2026, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)]
    with transaction():
        for n, at in enumerate(moments):
            db.session.add(Part(thing_id=thing.id, name="", weight=-n, at=at))
    (row,) = db.session.execute(ROWS)
    assert [clock.parse(part[3]) for part in row.parts] == moments


def test_the_statement_is_one(make: Make, statements: list[str]) -> None:
    for _ in range(3):
        make()
    del statements[:]
    db.session.execute(ROWS).all()
    assert len(statements) == 1


def test_a_limited_list_keeps_its_limit(make: Make) -> None:
    thing = make()
    with transaction():
        for n in range(5):
            db.session.add(Part(thing_id=thing.id, name=str(n), weight=n, at=None))
    row = db.session.execute(sa.select(nested(PARTS.limit(2), of=Thing))).scalar_one()
    assert [part[1] for part in row] == ["4", "3"]


class _Due(NamedTuple):
    id: int
    on: date
    at: datetime | None


def test_days_and_instants_are_unpacked_as_such(make: Make) -> None:
    thing = make()
    with transaction():
        db.session.add(Part(thing_id=thing.id, name="", weight=1, at=NOW))
    day = sa.literal(date(2026, 2, 28), sa.Date)
    found = sa.select(Part.id, day, Part.at).where(Part.thing_id == Thing.id)
    (due,) = unpack(_Due, db.session.execute(sa.select(nested(found, of=Thing))).scalar_one())
    assert (due.on, due.at) == (date(2026, 2, 28), NOW)
