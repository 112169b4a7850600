"""Amounts as people type them are exact integers or a sentence."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.amounts import LARGEST, hundredths, plain
from portal.core.errors import Invalid


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("1", 100), ("1,234.5", 123450), ("１２", 1200), ("12，000元", 1200000), ("89.32㎡", 8932),
        (" 7 ", 700), (".5", 50), ("5.", 500), ("1.10", 110), ("1.100", 110),
    ],
)  # fmt: skip
def test_what_people_type(text: str, value: int) -> None:
    assert hundredths(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "元",
        "abc",
        "1.234",
        "-1",
        "1e5",
        "1e999999999",
        "NaN",
        "sNaN",
        "inf",
        "1_000",
        "1 000",
        "9" * 30,
        "--1",
        ".",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        hundredths(text, "cost")
    assert refusal.value.field == "cost"
    assert str(refusal.value)


@given(st.integers(min_value=0, max_value=LARGEST - 1))
def test_written_and_read_again(value: int) -> None:
    assert hundredths(plain(value)) == value


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_a_sentence(text: str) -> None:
    with suppress(Invalid):
        assert 0 <= hundredths(text) < LARGEST


def test_negative_balances_are_written() -> None:
    assert plain(-5) == "-0.05"
