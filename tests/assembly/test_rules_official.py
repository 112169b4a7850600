"""Which rows of an official result count: pure, row by row."""

import io
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from portal.assembly.marks import QUESTION
from portal.assembly.official import reading
from portal.assembly.official.checking import Ground, Why, check, moment
from portal.assembly.official.reading import Row
from portal.assembly.words import Medium
from portal.core import clock
from portal.core.errors import Invalid
from tests.world import NOW

OPENS, CLOSES = NOW - timedelta(days=3), NOW + timedelta(days=3)
GROUND = Ground(
    versions={"1", "v1", "ab" * 32},
    matters=(QUESTION, QUESTION),
    opens_at=OPENS,
    closes_at=CLOSES,
    units={"7": 70, "u7": 70, "8": 80, "u8": 80, "9": 90, "10": 90},
    answered={80},
)


def row(line: int = 2, **given: Any) -> Row:
    plain = {
        "roll_version": "1",
        "unit_id": "7",
        "item_no": "1",
        "choice": "同意",
        "channel": "online",
        "cast_at": "2026-06-16 09:20",
        "source_ref": f"S{given.get('unit_id', '7')}",
        "sha256": "0" * 64,
    }
    return Row(line, **(plain | given))


def test_rows_of_one_voter_are_one_ballot() -> None:
    checked = check(
        [row(2), row(3, item_no="2", choice="against", cast_at="2026-06-16T10:00:30+08:00")], GROUND
    )
    (ballot,) = checked.ballots
    assert ballot.choices == "for,against"
    assert ballot.at == NOW + timedelta(minutes=40, seconds=30)
    assert ballot.medium is Medium.ONLINE
    assert (checked.rows, checked.refused) == (2, [])


WRONG = [
    ({"roll_version": "2"}, Why.ROLL_VERSION),
    ({"roll_version": ""}, Why.ROLL_VERSION),
    ({"unit_id": "77"}, Why.UNIT),
    ({"unit_id": ""}, Why.UNIT),
    ({"item_no": "0"}, Why.ITEM),
    ({"item_no": "3"}, Why.ITEM),
    ({"item_no": "一"}, Why.ITEM),
    ({"item_no": "²"}, Why.ITEM),
    ({"choice": "也许"}, Why.CHOICE),
    ({"choice": ""}, Why.CHOICE),
    ({"channel": ""}, Why.CHANNEL),
    ({"cast_at": "昨天"}, Why.TIME),
    ({"cast_at": "2026-06-16"}, Why.TIME),
    ({"cast_at": "2026-06-13 09:19:59"}, Why.EARLY),
    ({"cast_at": "2026-06-19 09:20:00"}, Why.LATE),
    ({"source_ref": ""}, Why.SOURCE),
    ({"sha256": "0" * 63}, Why.DIGEST),
    ({"sha256": "g" * 64}, Why.DIGEST),
    ({"unit_id": "8"}, Why.ALREADY),
]


@pytest.mark.parametrize(("given_", "why"), WRONG, ids=[f"{why}-{n}" for n, (_, why) in enumerate(WRONG)])
def test_a_row_is_refused_with_its_reason(given_: dict[str, str], why: Why) -> None:
    checked = check([row(5, **given_), row(6, unit_id="9")], GROUND)
    assert checked.refused == [(5, why)]
    assert [b.voter_id for b in checked.ballots] == [90]


@pytest.mark.parametrize(
    "at", ["2026-06-13 09:20", "2026-06-19 09:19:59", "2026/06/16 9:20".replace(" 9", " 09")]
)
def test_the_hours_are_from_the_opening_up_to_the_close(at: str) -> None:
    assert check([row(cast_at=at)], GROUND).refused == []


def test_the_roll_may_be_named_by_its_digest() -> None:
    assert check([row(roll_version="AB" * 32)], GROUND).refused == []


def test_a_home_twice_on_a_matter_counts_not_at_all() -> None:
    checked = check([row(2), row(3), row(4, item_no="2")], GROUND)
    assert checked.refused == [(2, Why.REPEATED), (3, Why.REPEATED)]
    assert [b.choices for b in checked.ballots] == [",for"]


def test_homes_of_one_owner_must_say_the_same() -> None:
    same = check([row(2, unit_id="9"), row(3, unit_id="10", source_ref="S9")], GROUND)
    assert [(b.voter_id, b.lines) for b in same.ballots] == [(90, 2)]
    other = check([row(2, unit_id="9"), row(3, unit_id="10", choice="反对")], GROUND)
    assert other.ballots == []
    assert {why for _line, why in other.refused} == {Why.DIFFERING}


def test_one_record_of_the_other_system_is_one_voters() -> None:
    checked = check([row(2, source_ref="A"), row(3, unit_id="9", source_ref="A")], GROUND)
    assert checked.refused == [(2, Why.SOURCE), (3, Why.SOURCE)]


def test_paper_rows_are_paper() -> None:
    assert check([row(channel="纸质")], GROUND).ballots[0].medium is Medium.PAPER


@given(st.lists(st.builds(row, line=st.just(0), unit_id=st.sampled_from(["7", "8", "9", "10", "x"]),
                          item_no=st.sampled_from(["1", "2", "3"]),
                          choice=st.sampled_from(["for", "against", "abstain", "?"])), max_size=12))  # fmt: skip
def test_every_row_is_taken_or_refused_and_order_does_not_matter(rows: list[Row]) -> None:
    numbered = [r._replace(line=n) for n, r in enumerate(rows)]
    one, other = check(numbered, GROUND), check(list(reversed(numbered)), GROUND)
    assert one.rows + len(one.refused) == len(rows)
    assert one.refused == other.refused
    assert sorted(b[:2] for b in one.ballots) == sorted(b[:2] for b in other.ballots)


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    at = moment(text)
    assert at is None or at.tzinfo is not None


HEAD = ",".join(reading.COLUMNS)
LINE = f"1,7,1,同意,online,2026-06-16 09:20,S7,{'0' * 64}"


def test_a_csv_is_read_in_either_encoding() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        (found,) = reading.read(f"{HEAD}\n{LINE}\n".encode(encoding))
        assert found == Row(2, "1", "7", "1", "同意", "online", "2026-06-16 09:20", "S7", "0" * 64)


def test_a_workbook_is_read_with_a_title_over_the_heading_numbers_and_dates() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某市业主决策系统"])
    sheet.append(
        ["名册版本", "房屋编号", "事项序号", "表决意见", "投票渠道", "投票时间", "来源编号", "校验码", "备注"]
    )
    sheet.append([1, 7, 1, "同意", "online", clock.local(NOW).replace(tzinfo=None), "S7", "0" * 64, "x"])
    out = io.BytesIO()
    book.save(out)
    (found,) = reading.read(out.getvalue())
    assert (found.line, found.roll_version, found.unit_id, found.item_no) == (3, "1", "7", "1")
    assert moment(found.cast_at) == NOW


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"a,b\n1,2\n", "没有找到表头"),
        (HEAD.replace(",sha256", "").encode() + b"\n1,2\n", "sha256"),
        (b"%PDF-1.4", "PDF"),
        (b"PK\x03\x04nothing", "损坏"),
        (b"\x89PNG....", "图片"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        reading.read(data)
    assert words in str(refusal.value)
    assert refusal.value.field == "file"
