"""The worked cases of the field, played through the portal's own actions: the answer to every operation, the balances
and the totals are as written, and the books are right after each."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.points.models import Account, Entry
from portal.points.refusals import Refused
from portal.points.words import Kind
from tests.points.conftest import Books, assert_right

CASES = json.loads((Path(__file__).parents[1] / "data" / "points_ledger.json").read_text("utf-8"))
START = date(2026, 1, 1)
WHO = "owner"


class Play:
    """Operations of a case as actions; `t` is a day."""

    def __init__(self, books: Books) -> None:
        self.books, self.seen = books, dict[str, Entry]()

    def run(self, operation: dict[str, Any]) -> tuple[str, str | None]:
        self.books.day = START + timedelta(operation["t"])
        verb = getattr(self, operation["type"], None)
        if verb is None:
            return "refused", "unknown_type"
        try:
            refusal = verb(operation["op"], operation)
        except Refused as refused:
            refusal = refused.why.value
        return ("refused", refusal) if refusal else ("accepted", None)

    def open(self, _key: str, _operation: dict[str, Any]) -> None:
        self.books.wallet(WHO)

    def earn(self, key: str, operation: dict[str, Any]) -> None:
        until = operation["expires"]
        lasts = False if until is None else START + timedelta(until)
        self.seen[key] = self.books.earn(WHO, operation["amount"], key, lasts=lasts)

    def redeem(self, key: str, operation: dict[str, Any]) -> None:
        self.seen[key] = self.books.redeem(WHO, operation["amount"], key)

    def reverse(self, key: str, operation: dict[str, Any]) -> str | None:
        if operation["ref"] not in self.seen:
            return "unknown_ref"
        self.books.reverse(self.seen[operation["ref"]], key)
        return None

    def expire(self, _key: str, _operation: dict[str, Any]) -> None:
        self.books.lapse(WHO)


def total(wallet: Account, kind: Kind) -> int:
    """Of what was not reversed."""
    undone = sa.orm.aliased(Entry)
    wanted = sa.select(sa.func.coalesce(sa.func.sum(Entry.amount), 0)).where(
        Entry.user_id == wallet.user_id, Entry.kind == kind
    )
    reversed_ = sa.exists().where(undone.closes_id == Entry.id, undone.kind == Kind.REVERSE)
    return db.session.scalar(wanted.where(~reversed_)) or 0


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_a_written_case(books: Books, case: dict[str, Any]) -> None:
    play, expected = Play(books), case["expected"]
    for operation, answer in zip(case["params"]["operations"], expected["results"], strict=True):
        assert play.run(operation) == (answer["status"], answer.get("reason")), operation["op"]
        assert_right()
    if "as_of" in case["params"]:
        books.day = START + timedelta(case["params"]["as_of"])
    wallet = books.wallet(WHO)
    assert books.usable(WHO) == expected["balances"]["a"]
    books.lapse(WHO)
    assert books.balance(WHO) == expected["balances"]["a"]
    assert_right()
    assert {
        "earned": total(wallet, Kind.EARN),
        "redeemed": total(wallet, Kind.CONFIRM),
        "expired": total(wallet, Kind.EXPIRE),
        "available": books.usable(WHO),
    } == expected["totals"]["a"]


def test_p01_the_oldest_go_first_and_the_rest_lapses_after_two_years(books: Books) -> None:
    for day, amount in (("2025-01-10", 30), ("2025-06-10", 20)):
        books.day = date.fromisoformat(day)
        books.earn(WHO, amount, day)
    books.day = date(2025, 7, 1)
    books.redeem(WHO, 35, "spend")
    for day, left in (("2025-07-01", 15), ("2027-01-11", 15), ("2027-06-10", 15), ("2027-06-11", 0)):
        books.day = date.fromisoformat(day)
        assert books.usable(WHO) == left
        books.lapse(WHO)
        assert books.balance(WHO) == left
    assert_right()
