"""Points for the tests of the house: a programme with its table, wallets, and entries of every kind."""

from typing import Any

from portal.core.db import db
from portal.points.models import Rule
from tests.points.conftest import Books, open_books


def of_points(rows: Any) -> None:
    books = open_books(rows.world)
    rows.add(books.programme, "programme")
    rows.add(books.pool, "pool")
    for line in db.session.query(Rule).filter_by(programme_id=books.programme.id).order_by(Rule.id):
        rows.add(line)
    entries(rows, books)
    for name in ("owner", "tenant"):
        rows.add(books.wallet(name), f"wallet_{name}")


def entries(rows: Any, books: Books) -> None:
    """Of two people: earned, held, given back, redeemed, put right, lapsed."""
    for name in ("owner", "tenant"):
        rows.add(books.earn(name, 20, f"house {name}", note="清理楼道"), f"earned_{name}")
        books.reverse(books.earn(name, 2, f"house odd {name}"))
        books.earn(name, 3, f"house old {name}", lasts=books.day)
        books.lapse(name)
        rows.add(books.hold(name, 4, f"house held {name}", note="在早餐店换豆浆"), f"held_{name}")
        books.release(books.hold(name, 4, f"house back {name}"))
        rows.add(books.redeem(name, 6, f"house spent {name}"), f"spent_{name}")
