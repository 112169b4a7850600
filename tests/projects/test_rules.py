"""Sums, progress, lateness and averages."""

from datetime import date

import pytest

from portal.core import clock
from portal.projects import rules
from portal.projects.rules import Step

D = date


@pytest.mark.parametrize(
    ("budget", "funding", "same"),
    [([], [], True), ([1], [], False), ([100, 1], [101], True), ([10**14, 1], [10**14], False)],
)
def test_every_fen_has_a_source(budget: list[int], funding: list[int], same: bool) -> None:
    assert rules.balanced(budget, funding) is same


@pytest.mark.parametrize(
    ("budget", "spent", "amount", "over"), [(100, 60, 40, 0), (100, 60, 41, 1), (0, 0, 1, 1)]
)
def test_what_goes_past_the_budget(budget: int, spent: int, amount: int, over: int) -> None:
    assert rules.over(budget, spent, amount) == over


@pytest.mark.parametrize(
    ("due", "today", "done", "late"),
    [
        (D(2026, 6, 20), D(2026, 6, 20), None, 0),
        (D(2026, 6, 20), D(2026, 6, 21), None, 1),
        (D(2026, 2, 28), D(2026, 3, 1), None, 1),
        (D(2026, 6, 20), D(2026, 9, 1), D(2026, 6, 18), 0),
        (D(2026, 6, 20), D(2026, 9, 1), D(2026, 6, 22), 2),
    ],
)
def test_days_late(due: date, today: date, done: date | None, late: int) -> None:
    assert rules.days_late(due, today, done) == late


def test_progress_is_by_weight_and_never_rounded_up() -> None:
    steps = [Step(1, D(2026, 1, 1), D(2026, 1, 1)), Step(2, D(2026, 1, 1), None)]
    assert rules.progress(steps) == (1, 3)
    assert rules.percent(1, 3) == 33
    assert rules.percent(998, 999) == 99
    assert rules.percent(0, 0) == 0


def test_the_next_day_is_the_nearest_open_one_or_the_mending() -> None:
    steps = [
        Step(1, D(2026, 1, 5), D(2026, 1, 1)),
        Step(1, D(2026, 1, 9), None),
        Step(1, D(2026, 1, 7), None),
    ]
    assert rules.next_due(steps, None) == clock.at(D(2026, 1, 7), 23, 59)
    assert rules.next_due(steps, D(2026, 1, 6)) == clock.at(D(2026, 1, 6), 23, 59)
    assert rules.next_due(steps[:1], None) is None


@pytest.mark.parametrize(
    ("stars", "count", "mean"),
    [(0, 0, ""), (130, 28, "4.6"), (9, 2, "4.5"), (13, 3, "4.3"), (5, 1, "5.0"), (89, 20, "4.5")],
)  # fmt: skip
def test_average(stars: int, count: int, mean: str) -> None:
    assert rules.average(stars, count) == mean
