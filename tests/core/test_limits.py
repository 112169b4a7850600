"""How often something may be asked, counted over all processes."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import TooMany
from portal.core.limits import Attempts, limit
from tests.world import NOW, World


def test_so_many_and_no_more(world: World) -> None:
    for _ in range(3):
        limit("sign-in", "owner", 3, 600)
    with pytest.raises(TooMany) as refusal:
        limit("sign-in", "owner", 3, 600)
    assert 0 < refusal.value.retry_after <= 600
    assert str(-(-refusal.value.retry_after // 60)) in str(refusal.value)


def test_what_and_who_are_counted_apart(world: World) -> None:
    limit("sign-in", "owner", 1, 600)
    limit("sign-in", "chair", 1, 600)
    limit("code", "owner", 1, 600)
    limit("sign-i", "nowner", 1, 600)


def test_a_refusal_is_counted_and_kept(world: World) -> None:
    for _ in range(2):
        with pytest.raises(TooMany):
            limit("sign-in", "owner", 0, 600)
    db.session.rollback()
    assert db.session.scalar(sa.select(Attempts.count)) == 2


def test_the_next_window_starts_anew(world: World) -> None:
    limit("sign-in", "owner", 1, 600)
    with clock.frozen(NOW + timedelta(seconds=600)):
        limit("sign-in", "owner", 1, 600)


def test_fractions_of_a_second_are_one_window(world: World) -> None:
    """Windows are whole seconds: floats would put some instants into a window of their own."""
    for microsecond in (0, 1, 333_333, 999_999):
        with clock.frozen(NOW.replace(microsecond=microsecond)):
            limit("sign-in", "owner", 4, 7)
    assert list(db.session.scalars(sa.select(Attempts.count))) == [4]


def test_old_counts_are_swept_and_young_ones_stay(world: World) -> None:
    limit("sign-in", "owner", 1, 600)
    with clock.frozen(NOW + timedelta(days=2)):
        limit("sign-in", "chair", 1, 600)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Attempts)) == 1


def test_keys_hold_no_personal_data(world: World) -> None:
    limit("sign-in", "19900000001", 1, 600)
    (key,) = db.session.scalars(sa.select(Attempts.key))
    assert "1990" not in key


def test_not_inside_an_action_whose_refusal_would_take_the_count_back(world: World) -> None:
    with pytest.raises(AssertionError, match="before an action"), transaction():
        limit("sign-in", "owner", 1, 600)


def test_a_window_is_a_day_at_most(world: World) -> None:
    with pytest.raises(AssertionError, match="a day"):
        limit("sign-in", "owner", 1, 2 * 24 * 3600)
