"""The rules of the room: codes at the door, one tally of hands, the time of an item."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import door
from portal.core.errors import Invalid
from portal.meetings import tally
from portal.meetings.hands import Hands
from portal.meetings.tally import Choice, Voters

SECRET = "secret"
AT = datetime(2026, 6, 25, 11, 0, 10, tzinfo=UTC)
CHOICES = st.sampled_from(list(Choice))


def test_the_code_on_the_wall_changes_every_thirty_seconds() -> None:
    first = door.code(SECRET, "meeting:8", AT)
    assert len(first) == 6
    assert first.isdigit()
    assert door.code(SECRET, "meeting:8", AT + timedelta(seconds=19)) == first
    assert door.code(SECRET, "meeting:8", AT + timedelta(seconds=20)) != first
    assert door.left(AT) == 20


@pytest.mark.parametrize(("later", "good"), [(0, True), (20, True), (109, True), (110, False), (600, False)])
def test_it_is_good_for_two_minutes(later: int, good: bool) -> None:
    shown = door.code(SECRET, "meeting:8", AT)
    assert door.fits(f" {shown[:3]} {shown[3:]} ", SECRET, "meeting:8", AT + timedelta(seconds=later)) is good


def test_a_code_is_of_one_meeting_and_not_of_tomorrow() -> None:
    assert not door.fits(door.code(SECRET, "meeting:9", AT), SECRET, "meeting:8", AT)
    assert not door.fits(door.code(SECRET, "meeting:8", AT + timedelta(seconds=60)), SECRET, "meeting:8", AT)
    assert not door.fits("", SECRET, "meeting:8", AT)
    assert not door.fits("１２３４５６", SECRET, "meeting:8", AT)


def test_a_card_is_of_one_person_until_he_signs_out_everywhere() -> None:
    mine = door.card(SECRET, 42, "stamp")
    number, _digits = mine.split("-")
    assert (number, door.number_on(mine)) == ("42", 42)
    assert door.is_card(mine.replace("-", " － "), SECRET, 42, "stamp")
    scanned = f"https://portal.example/meetings/3/door?card={mine}"
    assert door.number_on(scanned) == 42
    assert door.is_card(scanned, SECRET, 42, "stamp")
    assert not door.is_card(mine, SECRET, 42, "another")
    assert not door.is_card(mine, SECRET, 43, "stamp")


@pytest.mark.parametrize("typed", ["", "-", "x-1", "²-3", "99999999999-1", "王秀兰"])
def test_what_is_no_card(typed: str) -> None:
    assert door.number_on(typed) == 0


@given(
    st.frozensets(st.integers(1, 30)),
    st.dictionaries(st.integers(1, 30), CHOICES),
    st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)),
)
def test_nobody_counts_twice(
    present: frozenset[int], shown: dict[int, Choice], room: tuple[int, int, int]
) -> None:
    """Whatever was shown and counted, there are never more hands than people who may show one."""
    voters = Voters(40, present)
    by_name = tally.named(shown, voters)
    hands = Hands(*room)
    if sum(room) > len(present - set(shown)):
        with pytest.raises(Invalid, match="数了"):
            tally.counted(hands, shown, voters)
    else:
        together = tally.together(by_name, tally.counted(hands, shown, voters))
        assert sum(together) <= len(present)


def test_a_hand_of_somebody_who_left_or_has_a_stake_is_none() -> None:
    voters = Voters(5, frozenset({1, 2}))
    assert tally.named({1: Choice.FOR, 3: Choice.AGAINST}, voters) == Hands(1, 0, 0)
    assert tally.unknown({1: Choice.FOR, 3: Choice.AGAINST}, voters) == 1
    with pytest.raises(Invalid, match="负"):
        tally.counted(Hands(-1, 0, 0), {}, voters)


@pytest.mark.parametrize(("gone", "left"), [(0, 30), (1, 30), (60, 29), (1799, 1), (1800, 0), (1861, -1)])
def test_the_time_an_item_has_left(gone: int, left: int) -> None:
    assert tally.minutes_left(AT, 30, AT + timedelta(seconds=gone)) == left
