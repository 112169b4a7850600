"""The short way gives what the long way gives: values, rows, errors."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError, StatementError

from portal.core import driver
from portal.core.columns import Instant, word
from portal.core.db import Model, db, dialect, read, transaction, write
from portal.core.nested import nested
from tests.conftest import Statements
from tests.core.things import OwnBase, Part, State, Thing
from tests.world import NOW

PIECE = sa.Table(
    "piece",
    OwnBase.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("state", word(State)),
    sa.Column("area", sa.BigInteger),
    sa.Column("day", sa.Date),
    sa.Column("known", sa.Boolean),
    sa.Column("told", sa.JSON(none_as_null=True)),
    sa.Column("at", Instant()),
    sa.Column("text", sa.String(40), default="made up", unique=True),
)
ROW = {
    "id": 1, "state": State.DRAFT, "area": 8932, "day": date(2026, 6, 16), "known": True,
    "told": {"百": [1, None]}, "at": NOW, "text": "100% 'sure' :x %(y)s",
}  # fmt: skip
EMPTY: dict[str, Any] = dict.fromkeys(ROW) | {"id": 2, "state": State.OPEN, "text": ""}
INSERT = sa.insert(PIECE)
ID: sa.BindParameter[int] = sa.bindparam("id")
SELECTS: dict[str, Any] = {
    "all columns": sa.select(PIECE).where(PIECE.c.id == ID),
    "mapped columns": sa.select(Thing.title, Thing.state, Thing.at).where(Thing.id == ID),
    "names twice": sa.select(PIECE.c.id, PIECE.c.id.label("other"), sa.func.max(PIECE.c.id), sa.func.max(PIECE.c.area))
    .where(PIECE.c.id == ID)
    .group_by(PIECE.c.id),
    "no values": sa.select(PIECE.c.text).order_by(PIECE.c.id),
    "values of its own": sa.select(PIECE.c.id, sa.literal("50%").label("x"), sa.exists().where(PIECE.c.known))
    .where(PIECE.c.state == State.DRAFT, PIECE.c.at < NOW + timedelta(days=1), PIECE.c.id == ID),
    "a value twice": sa.select(PIECE.c.id).where(sa.or_(PIECE.c.id == ID, PIECE.c.area == ID)),
    "nested": sa.select(nested(sa.select(Part.name).where(Part.thing_id == Thing.id), of=Thing).label("parts")),
    "under a lock": sa.select(PIECE.c.id).where(PIECE.c.id == ID).with_for_update(),
    "of two": sa.union_all(sa.select(PIECE.c.id, PIECE.c.at), sa.select(PIECE.c.area, PIECE.c.at)),
    "a list": sa.select(PIECE.c.id).where(PIECE.c.id.in_([1, 2, 3])).order_by(PIECE.c.id),
    "words": sa.text("SELECT count(*) FROM piece WHERE id = :id"),
}  # fmt: skip
LONG = {"a list", "words"}
"""These go the long way every time."""


@pytest.fixture(autouse=True)
def filled(tables: None) -> None:
    with transaction():
        write(INSERT, ROW, EMPTY)


def line() -> sa.Connection:
    return db.session().line()  # type: ignore[no-any-return, attr-defined]


def ready(statement: Any, *keys: str) -> driver.Ready | None:
    return driver._made_ready(line().dialect, statement, dict.fromkeys(keys))


@pytest.mark.parametrize("name", SELECTS)
def test_rows_are_those_of_the_long_way(name: str) -> None:
    statement = SELECTS[name]
    values = {"id": 1} if "id" in str(statement.compile(db.engine).params) else None
    long = line().execute(statement, values)
    names, rows = list(long.keys()), long.all()
    for _ in range(3):
        found = read(statement, values)
        assert found == rows
        assert [list(row._mapping) for row in found] == [names] * len(rows)
        assert [[type(v) for v in row] for row in found] == [[type(v) for v in row] for row in rows]
    assert (ready(statement) is None) is (name in LONG)


def test_a_row_is_read_as_it_was_written() -> None:
    for _ in range(3):
        assert [dict(row._mapping) for row in read(sa.select(PIECE).order_by(PIECE.c.id))] == [ROW, EMPTY]


def test_rows_written_either_way_are_the_same() -> None:
    with transaction():
        for number in (3, 4, 5):
            write(INSERT, {**ROW, "id": number, "text": str(number)})
    assert ready(INSERT, *ROW)
    found = read(sa.select(PIECE).where(PIECE.c.id > 2).order_by(PIECE.c.id))
    assert [dict(r._mapping) for r in found] == [{**ROW, "id": n, "text": str(n)} for n in (3, 4, 5)]


def test_a_default_made_in_python_is_made() -> None:
    for number in (3, 4, 5):
        with transaction():
            write(INSERT, {"id": number})
            write(sa.update(PIECE).where(PIECE.c.id == number).values(text=str(number)))
    assert ready(INSERT, "id") is None


def test_the_same_statement_with_other_columns() -> None:
    for number in (3, 4, 5):
        with transaction():
            write(INSERT, {"id": number, "text": str(number)})
            write(INSERT, {"id": number + 10, "text": str(number + 10), "area": number})
    found = read(sa.select(PIECE.c.id, PIECE.c.area).where(PIECE.c.id > 2).order_by(PIECE.c.id))
    assert found == [(3, None), (4, None), (5, None), (13, 3), (14, 4), (15, 5)]


def test_how_many_rows_were_touched_and_what_came_back() -> None:
    change = (
        sa.update(PIECE)
        .where(PIECE.c.id == sa.bindparam("piece"))
        .values(area=sa.bindparam("new", type_=sa.BigInteger))
    )
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect()]
    once = insert(PIECE).on_conflict_do_nothing().returning(PIECE.c.id, PIECE.c.at)
    for number in (3, 4, 5):
        with transaction():
            assert [write(change, {"piece": n, "new": number}).rowcount for n in (1, 99)] == [1, 0]
            new = {"id": number, "at": NOW, "text": str(number)}
            assert [write(once, new).rows for _ in range(2)] == [[(number, NOW)], []]


@pytest.mark.parametrize("times", [1, 3])
def test_errors_are_those_of_the_long_way(times: int) -> None:
    with transaction():
        for number in range(times):
            write(INSERT, {**ROW, "id": 10 + number, "text": str(number)})
    with pytest.raises(IntegrityError), transaction():
        write(INSERT, ROW)
    with pytest.raises(StatementError, match="naive"), transaction():
        write(INSERT, {**ROW, "at": NOW.replace(tzinfo=None)})
    with pytest.raises(StatementError), transaction():
        write(INSERT, {**ROW, "state": "nonsense"})
    assert len(read(sa.select(PIECE.c.id))) == 2 + times


def test_a_value_that_is_missing_is_named() -> None:
    for _ in range(3):
        with pytest.raises(StatementError, match="'id'"):
            read(SELECTS["a value twice"], {"another": 1})


def test_a_table_that_is_missing_is_an_error_of_sqlalchemy() -> None:
    gone = sa.select(sa.table("nowhere", sa.column("id")).c.id)
    for _ in range(3):
        with pytest.raises((OperationalError, ProgrammingError)):
            read(gone)
        db.session.rollback()


def test_a_statement_of_one_request_is_not_kept() -> None:
    before = len(driver._ready)
    for number in range(20):
        read(sa.select(PIECE.c.id).where(PIECE.c.id == number))
    assert len(driver._ready) <= before + 1


def test_who_listens_hears_every_statement(statements: Statements) -> None:
    for _ in range(3):
        read(SELECTS["all columns"], {"id": 1})
    assert len([s for s in statements if "piece" in s]) == 3


def test_the_portals_own_statements_go_the_short_way() -> None:
    """Those of every request and of every ballot."""
    from portal.accounts.identity import _ONE_OR_TWO
    from portal.assembly import box
    from portal.core.eventlog import _ENTER
    from portal.voting.actions import casting

    columns = {t.name: [c.name for c in t.c if c.name != "id"] for t in Model.metadata.sorted_tables}
    asked = {
        _ONE_OR_TWO: ["one", "two", "day"],
        _ENTER: columns["event_log"],
        casting._VOTED[dialect()]: columns["participation"],
        casting._NAMED: columns["ballot"],
        casting._COUNT: ["poll"],
        box._HOLD: ["voter", "me"],
        box._SHARE: ["vote", "voter", "speaker", "on"],
        box._PUT: columns["owner_ballot"],
        box._COUNT[dialect()]: columns["owners_turnout"],
    }
    for statement, keys in asked.items():
        ready(statement, *keys)
        assert ready(statement, *keys), statement
