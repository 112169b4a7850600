"""Cases are read in pieces and equal ballots become one; nothing of it can be seen in a result."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.voting.counting import Unreadable, json_stream, recount
from portal.voting.counting.json_stream import JsonStream
from portal.voting.counting.reading import cases

CASE: dict[str, Any] = {"method": "plurality", "options": ["甲", "乙"], "ballots": []}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=15,
)  # fmt: skip


class Drops(io.RawIOBase):
    """A file that comes in drops, as a slow pipe does."""

    def __init__(self, raw: bytes, drop: int) -> None:
        self.raw, self.drop = io.BytesIO(raw), drop

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self.raw.read(min(size, self.drop) if size > 0 else self.drop)


def read(text: str, encoding: str = "utf-8") -> list[Any]:
    return list(cases(io.BytesIO(text.encode(encoding))))


def read_one(**parts: Any) -> Any:
    return read(json.dumps({**CASE, **parts}))[0]


@settings(max_examples=150, deadline=None)
@given(json_values, st.integers(1, 9), st.sampled_from([None, 1]))
def test_any_json_comes_as_json_gives_it(value: Any, drop: int, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    stream = JsonStream(Drops(b"\xef\xbb\xbf" * (drop % 2) + text.encode(), drop))  # type: ignore[arg-type]
    got = stream.value()
    stream.end()
    assert got == value


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.dictionaries(st.text('a},]{[ "\\', max_size=4), json_values, max_size=3), max_size=8),
    st.integers(1, 40),
)
def test_an_array_in_pieces(values: list[Any], drop: int) -> None:
    """However the pieces fall: ends of objects inside texts and inside objects are no ends of elements."""
    for indent in (None, 2):
        stream = JsonStream(Drops(json.dumps(values, indent=indent).encode(), drop))  # type: ignore[arg-type]
        assert list(stream.elements()) == values
        stream.end()


def test_equal_ballots_are_one_whatever_their_receipts() -> None:
    ballots = [
        {"choice": "甲", "receipt": "a"},
        {"choice": "乙"},
        {"receipt": "b", "choice": "甲", "count": 3},
    ]
    assert read_one(ballots=ballots)["ballots"] == [
        {"choice": "甲", "count": 4},
        {"choice": "乙", "count": 1},
    ]


def test_true_is_not_one() -> None:
    assert len(read_one(ballots=[{"choice": True}, {"choice": 1}, {"choice": 1.0}])["ballots"]) == 3


def test_ballots_of_owners_keep_their_order() -> None:
    papers = [{"owner": "王", "choice": c, "receipt": c} for c in ("for", "against", "for")]
    kept = read_one(method="dual_majority", ballots=papers)["ballots"]
    assert [paper["choice"] for paper in kept] == ["for", "against", "for"]


def test_the_order_of_keys_says_nothing() -> None:
    text = '{"ballots": [{"choice": "甲"}], "options": ["甲"], "method": "plurality"}'
    assert recount(read(text)[0])["winners"] == ["甲"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_with_a_byte_order_mark_and_without(encoding: str) -> None:
    assert read(json.dumps(CASE, ensure_ascii=False), encoding) == [CASE]


def test_many_cases_in_a_list() -> None:
    assert read(json.dumps([CASE, {**CASE, "id": "two"}])) == [CASE, {**CASE, "id": "two"}]
    assert read("[]") == []


def test_the_first_case_is_there_before_the_last_is_read() -> None:
    found = cases(io.BytesIO(json.dumps([CASE]).encode()[:-1] + b", {"))
    assert next(found) == CASE
    with pytest.raises(Unreadable):
        next(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the JSON text ends too early"),
        ('{"a": 1', "the JSON text ends too early"),
        ('{"a": 1} x', "something follows"),
        ('{"a": 1, "a": 2}', "a: is there twice"),
        ("{1: 2}", "a key must be a text"),
        ('{"a" 2}', "':' expected"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": -Infinity}', "-Infinity is no number"),
        ('{"a": 1e999}', "a number is too large"),
        ('{"a": ' + "1" * 19 + "}", "more than 18 digits"),
        ('{"ballots": [{}, 7]}', "ballot 2: an object is needed"),
        ('{"ballots": [{}, {"count": -1}]}', "ballot 2: count is no whole number"),
        ('{"ballots": [{"count": true}]}', "ballot 1: count is no whole number"),
        ('{"ballots": [{}, {}, {"ranking": "AB"}]}', "ballot 3: ranking is no list"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert said in str(refused.value)


def test_where_it_is_wrong_is_said() -> None:
    with pytest.raises(Unreadable) as refused:
        read('{"ballots": [{"choice": "甲"}, {"choice": ?}]}')
    assert "character 42" in str(refused.value)


def test_no_utf_8() -> None:
    with pytest.raises(Unreadable) as refused:
        list(cases(io.BytesIO('{"a": "甲"}'.encode("gb18030"))))
    assert str(refused.value) == "no UTF-8 text"


def test_a_ballot_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A torn quotation mark must not pull the rest of a long file into memory."""
    monkeypatch.setattr(json_stream, "PIECE", 1000)
    endless = io.BytesIO(b'{"ballots": [{"choice": "' + b"x" * (json_stream.LONGEST_ELEMENT * 8))
    with pytest.raises(Unreadable):
        list(cases(endless))
    assert endless.tell() < json_stream.LONGEST_ELEMENT * 4


def test_memory_grows_with_the_distinct_ballots_only() -> None:
    class Long(io.RawIOBase):
        """300,000 ballots that nobody ever wrote down."""

        def __init__(self) -> None:
            self.parts = self.text()

        def text(self) -> Iterator[bytes]:
            yield b'{"method": "plurality", "options": ["A", "B"], "ballots": [{"choice": "A"}'
            for part in range(300):
                yield b"".join(b', {"choice": "B", "receipt": "%d-%d"}' % (part, n) for n in range(1000))
            yield b"]}"

        def read(self, size: int = -1) -> bytes:
            return next(self.parts, b"")

    tracemalloc.start()
    result = recount(next(cases(Long())))  # type: ignore[arg-type]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert result["tally"] == {"A": 1, "B": 300_000}
    assert most < 4_000_000
