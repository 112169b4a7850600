"""The last line of defence: what the database refuses by itself, whatever program writes to it."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade
from sqlalchemy.exc import IntegrityError

from portal import create_app
from portal.core.db import db, transaction
from portal.points.models import Account, Entry, Line, Lot, LotMove
from tests.conftest import SETTINGS
from tests.points.conftest import Books


@pytest.fixture
def entry(books: Books) -> Entry:
    books.earn("owner", 10, "ten")
    return books.hold("owner", 4, "hold")


def refused(statement: Any, says: str | None = None) -> None:
    with pytest.raises(IntegrityError, match=says), transaction():
        db.session.execute(statement)


@pytest.mark.parametrize("model", [Entry, Line, LotMove], ids=lambda m: m.__tablename__)
def test_what_has_been_entered_is_never_changed(entry: Entry, model: Any) -> None:
    refused(sa.update(model).values(amount=model.amount + 1), "is never changed")
    refused(sa.delete(model), "is never changed")


def line(of: Account, entry: Entry, **more: int) -> Any:
    last = db.session.query(Line).filter_by(account_id=of.id).order_by(Line.seq.desc()).first()
    seq, before = (last.seq, last.balance) if last else (0, 0)
    amount = -entry.amount
    given = {
        "account_id": of.id, "entry_id": entry.id, "seq": seq + 1, "amount": amount, "balance": before + amount
    }  # fmt: skip
    return sa.insert(Line).values({**given, **more})


def bare_entry(books: Books, amount: int) -> Entry:
    """An entry without lines, as a program with a fault would leave it."""
    with transaction():
        fields = {
            "place_path": books.programme.place_path, "kind": "confirm", "key": "odd", "at": books.clock().now,
            "day": books.day, "amount": amount, "giver_id": books.wallet("owner").id,
            "taker_id": books.shop().id, "user_id": None, "source": "", "note": "",
        }  # fmt: skip
        number = db.session.execute(sa.insert(Entry).values(fields).returning(Entry.id)).scalar_one()
    return db.session.get_one(Entry, number)


def test_a_line_follows_from_its_entry_and_from_the_line_before(books: Books, entry: Entry) -> None:
    odd, wallet = bare_entry(books, 2), books.wallet("owner")
    for wrong in ({"amount": 2, "balance": 8}, {"balance": 5}, {"seq": 9}, {"entry_id": entry.id}):
        refused(line(wallet, odd, **wrong))
    refused(line(books.wallet("tenant"), odd))
    with transaction():
        db.session.execute(line(wallet, odd))
    refused(line(wallet, odd))


def test_nobody_is_ever_below_nothing(books: Books, entry: Entry) -> None:
    refused(line(books.wallet("owner"), bare_entry(books, 7)), "does not follow")
    refused(sa.update(Lot).values(left=-1))
    refused(sa.update(Lot).values(left=Lot.amount + 1))


@pytest.mark.parametrize("amount", [0, -5, 1_000_001])
def test_no_entry_moves_nothing_less_or_more_than_can_be_meant(books: Books, amount: int) -> None:
    books.wallet("owner")
    with pytest.raises(IntegrityError):
        bare_entry(books, amount)


def test_a_hold_is_closed_once(books: Books, entry: Entry) -> None:
    closed = books.confirm(entry)
    fields = {c.key: getattr(closed, c.key) for c in sa.inspect(Entry).mapper.column_attrs}
    refused(sa.insert(Entry).values({**fields, "id": None, "key": "again"} | {"id": closed.id + 1}))


def test_the_migration_makes_the_same_triggers_as_the_models(tmp_path: Path) -> None:
    kept = []
    for name, make in (("models", lambda: db.create_all()), ("migration", lambda: upgrade())):
        folder = tmp_path / name
        folder.mkdir()
        app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(folder)})
        with app.app_context():
            make()
            kept.append(triggers())
            db.session.remove()
            db.engine.dispose()
    assert kept[0] == kept[1]
    assert len(kept[0]) == 9


def triggers() -> list[tuple[str, str]]:
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    with db.engine.connect() as connection:
        return [(name, sql) for name, sql in connection.exec_driver_sql(asked)]
