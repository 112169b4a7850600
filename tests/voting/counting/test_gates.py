"""The two gates of art. 278: exact at their edges, and true about what is missing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting.gates import Verdict, gates
from portal.voting.counting.share import MAJORITY, THREE_QUARTERS, TWO_THIRDS, WHOLE, Share
from portal.voting.counting.weight import Weight, exact, plain

COMMON = range(1, 10)
wholes = st.integers(0, 10**12)


def reached(share: Share, part: int, whole: int) -> bool:
    """Straight from the words of the law, in fractions; of nothing no share can be had."""
    wanted = Fraction(share.num, share.den)
    if part == 0 or whole == 0:
        return False
    return Fraction(part, whole) >= wanted if share.inclusive else Fraction(part, whole) > wanted


@pytest.mark.parametrize("share", [TWO_THIRDS, MAJORITY, THREE_QUARTERS, WHOLE])
@given(whole=wholes, part=wholes)
def test_the_least_is_where_the_law_begins(share: Share, whole: int, part: int) -> None:
    part = min(part, whole)
    assert (part >= share.least(whole)) == reached(share, part, whole)


@pytest.mark.parametrize(
    ("share", "whole", "least"),
    [
        (TWO_THIRDS, 900000, 600000),
        (TWO_THIRDS, 20000, 13334),  # 133.33 of 200.00 is a third of a hundredth short
        (TWO_THIRDS, 1, 1),
        (MAJORITY, 600000, 300001),
        (MAJORITY, 7, 4),
        (THREE_QUARTERS, 800000, 600000),
        (THREE_QUARTERS, 7, 6),
        (TWO_THIRDS, 0, 1),
        (MAJORITY, 0, 1),
        (THREE_QUARTERS, 0, 1),
    ],
)
def test_the_least_by_hand(share: Share, whole: int, least: int) -> None:
    assert share.least(whole) == least


@given(third=st.integers(1, 10**9), step=st.integers(-1, 1))
def test_two_thirds_of_the_area_to_the_hundredth(third: int, step: int) -> None:
    part = Weight(2 * third + step, 66)
    counted = gates(5, Weight(3 * third, 99), part, part)
    assert counted.participation.heads_met
    assert counted.verdict is (Verdict.NO_QUORUM if step < 0 else Verdict.PASSED)
    assert counted.participation.short == Weight(1 if step < 0 else 0, 0)


@pytest.mark.parametrize("item", COMMON)
@given(half=st.integers(1, 10**9), step=st.integers(-1, 1))
def test_the_majority_of_every_item_to_the_hundredth(item: int, half: int, step: int) -> None:
    """Items 6-8: at 3/4. The others: above 1/2."""
    special = item in (6, 7, 8)
    part = Weight(4 * half, 4)
    agree = Weight((3 if special else 2) * half + step, 3)
    counted = gates(item, part, part, agree)
    passed = step >= 0 if special else step > 0
    assert counted.verdict is (Verdict.PASSED if passed else Verdict.REJECTED)
    assert (counted.kind == "special") == special


@given(area=wholes, heads=st.integers(0, 10**6), item=st.sampled_from(COMMON), data=st.data())
def test_what_is_short_is_exactly_what_would_do(
    area: int, heads: int, item: int, data: st.DataObject
) -> None:
    part = Weight(data.draw(st.integers(0, area)), data.draw(st.integers(0, heads)))
    agree = Weight(data.draw(st.integers(0, part.area)), data.draw(st.integers(0, part.heads)))
    counted = gates(item, Weight(area, heads), part, agree)
    for gate in (counted.participation, counted.agreement):
        mended = gate._replace(there=gate.there.plus(gate.short))
        assert mended.met
        for less in (Weight(1, 0), Weight(0, 1)):
            if (less.area and gate.short.area) or (less.heads and gate.short.heads):
                almost = Weight(mended.there.area - less.area, mended.there.heads - less.heads)
                assert not gate._replace(there=almost).met


@given(
    item=st.sampled_from(COMMON),
    weights=st.lists(
        st.tuples(st.integers(0, 10**6), st.sampled_from(["agree", "oppose", "silent"])), max_size=9
    ),
    more=st.integers(0, 10**6),
)
def test_one_more_who_agrees_never_undoes_a_pass(
    item: int, weights: list[tuple[int, str]], more: int
) -> None:
    total = part = agree = Weight()
    for area, said in weights:
        one = Weight(area, 1)
        total = total.plus(one)
        part = part.plus(one) if said != "silent" else part
        agree = agree.plus(one) if said == "agree" else agree
    before = gates(item, total, part, agree)
    one = Weight(more, 1)
    after = gates(item, total.plus(one), part.plus(one), agree.plus(one))
    assert after.verdict is Verdict.PASSED or before.verdict is not Verdict.PASSED


def test_both_gates_need_both_measures() -> None:
    all_area, all_heads = Weight(100, 1), Weight(1, 100)
    whole = Weight(100, 100)
    assert gates(1, whole, all_area, all_area).verdict is Verdict.NO_QUORUM
    assert gates(1, whole, all_heads, all_heads).verdict is Verdict.NO_QUORUM
    assert gates(1, whole, whole, all_area).verdict is Verdict.REJECTED
    assert gates(1, whole, whole, all_heads).verdict is Verdict.REJECTED
    assert gates(1, whole, whole, whole).verdict is Verdict.PASSED


def test_areas_are_written_in_two_ways() -> None:
    assert (plain(8850), exact(8850)) == ("88.50", "177/2")
    assert (plain(5), exact(90000)) == ("0.05", "900")
