"""Pure rules: spans, hindrances, the digits in what a scanner typed."""

from dataclasses import replace
from datetime import date

import pytest

from portal.partners import rules
from portal.partners.rules import Stand, code_in, hindrances
from portal.partners.words import Every, Why

TUESDAY = date(2026, 6, 16)
FINE = Stand(True, True, TUESDAY, None, None, None, 0, None, 0)


@pytest.mark.parametrize(
    ("every", "start"),
    [
        (Every.DAY, TUESDAY),
        (Every.WEEK, date(2026, 6, 15)),
        (Every.MONTH, date(2026, 6, 1)),
        (Every.EVER, None),
    ],
)
def test_spans(every: Every, start: date | None) -> None:
    assert rules.span_start(every, TUESDAY) == start


def test_a_month_ends_with_the_year() -> None:
    assert rules.next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert rules.market_day(date(2026, 12, 20)) == date(2027, 1, 19)
    assert rules.market_day(date(2026, 12, 19)) == date(2026, 12, 19)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"running": False}, Why.NOT_RUNNING),
        ({"open": False}, Why.PAUSED),
        ({"starts": date(2026, 6, 17)}, Why.NOT_YET),
        ({"ends": TUESDAY}, Why.OVER),
        ({"own": True}, Why.OWN_SHOP),
        ({"left": 0}, Why.SOLD_OUT),
        ({"per_span": 3, "taken": 3}, Why.SOLD_OUT_NOW),
        ({"each": 1, "had": 1}, Why.HAD_ENOUGH),
        ({"waiting": 3}, Why.MANY_CODES),
        ({"back": 3}, Why.GAVE_BACK),
    ],
)
def test_what_keeps_somebody_from_an_offer(change: dict[str, object], why: Why) -> None:
    assert list(hindrances(FINE, TUESDAY)) == []
    assert list(hindrances(replace(FINE, **change), TUESDAY)) == [why]  # type: ignore[arg-type]


def test_what_is_left_now() -> None:
    assert rules.remaining(None, None, 0) is None
    assert rules.remaining(5, 12, 10) == 2
    assert rules.remaining(1, 12, 0) == 1
    assert rules.remaining(None, 3, 7) == 0


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("482913", "482913"),
        (" 482 913 ", "482913"),
        ("482-913", "482913"),
        ("４８２９１３", "482913"),
        ("http://localhost/partners/3/desk?code=048291", "048291"),
        ("4829134", ""),
        ("48291", ""),
        ("", ""),
        ("https://elsewhere.example/?x=482913", ""),
    ],
)
def test_digits_in_what_was_typed(typed: str, code: str) -> None:
    assert code_in(typed) == code


def test_pins_that_are_guessed_at_once() -> None:
    bad = ("111111", "123456", "987654", "12345", "abcdef", "１２３４５７", "")
    assert [pin for pin in bad if not rules.pin_fault(pin)] == []
    assert not rules.pin_fault("480217")
