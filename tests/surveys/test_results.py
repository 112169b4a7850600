"""Counts and cross tables, and that nobody is recognised in them."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.hiding import hidden
from portal.surveys import results, rules
from portal.surveys.results import FEWEST, OTHERS, coarsened
from portal.surveys.rules import Asked, Sheet
from portal.surveys.words import Kind

ONE = Asked(Kind.ONE, "要不要", False, ("要", "不要", "都行"))
SEVERAL = Asked(Kind.SEVERAL, "哪些", False, ("甲", "乙"))
SCALE = Asked(Kind.SCALE, "满意吗")
NUMBER = Asked(Kind.NUMBER, "几个")
TEXT = Asked(Kind.TEXT, "说说")


def chose(*counts: int, building: int = 1, relation: str = "owner") -> list[Sheet]:
    """Sheets of which so many chose each option of the first question."""
    return [Sheet({0: n}, building, relation) for n, many in enumerate(counts) for _ in range(many)]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((5, 4, 3), (5, 4, 3)),
        ((5, 4, 0), (5, 4, 0)),
        ((9, 4, 2), (9, None, None)),  # 2 alone would follow from the sum
        ((9, 2, 2), (9, None, None)),
        ((9, 1, 1), (None, None, None)),  # 1 and 1 alone would be told by their sum
        ((9, 1, 0), (None, None, 0)),
        ((2, 0, 0), (None, None, None)),  # too few altogether
        ((3, 0, 0), (3, 0, 0)),
    ],
)
def test_few_are_not_told_nor_what_tells_them(counts: tuple[int, ...], told: tuple[int | None, ...]) -> None:
    assert results.tally(ONE, 0, chose(*counts)).counts == told


def test_of_several_the_others_tell_nothing() -> None:
    sheets = [Sheet({0: [0]}) for _ in range(6)] + [Sheet({0: [0, 1]})] * 2
    found = results.tally(SEVERAL, 0, sheets)
    assert (found.answered, found.counts) == (8, (8, None))


def test_of_several_one_alone_is_a_row_that_adds() -> None:
    one_of_them = Asked(Kind.SEVERAL, "哪些", False, ("甲", "乙", "丙"), 1)
    sheets = [Sheet({0: [n]}, 1) for n, many in enumerate((9, 4, 2)) for _ in range(many)]
    assert results.tally(one_of_them, 0, sheets).counts == (9, None, None)
    sheets += [Sheet({0: [n]}, 2) for n, many in enumerate((9, 4, 7)) for _ in range(many)]
    for group in results.cross(one_of_them, 0, sheets, results.by_building(sheets)):
        assert group.counts.count(None) != 1


def test_a_mean_would_tell_what_is_left_out() -> None:
    all_told = [Sheet({0: n}) for n in (1, 1, 1, 5, 5, 5)]
    assert results.tally(SCALE, 0, all_told).mean == 3
    assert results.tally(SCALE, 0, [*all_told, Sheet({0: 2})]).mean is None


def test_numbers_have_a_mean_and_a_middle() -> None:
    sheets = [Sheet({0: n}) for n in (0, 1, 1, 4)]
    found = results.tally(NUMBER, 0, sheets)
    assert found == results.Tally(4, (), Fraction(3, 2), Fraction(1))
    assert results.tally(NUMBER, 0, sheets[:2]) == results.Tally(2)


def test_the_denominator_is_who_answered_the_question() -> None:
    sheets = [*chose(4, 3), Sheet({1: "别的"}), Sheet({1: "话"})]
    assert results.tally(ONE, 0, sheets).answered == 7
    assert results.tally(TEXT, 1, sheets).answered == 2


def test_small_groups_are_put_together() -> None:
    assert results.put_together({"a": 9, "b": 4, "c": 3}) == {"a": ["a"], "b": ["b"], "c": ["c"]}
    assert results.put_together({"a": 9, "b": 2, "c": 1}) == {"a": ["a"], OTHERS: ["b", "c"]}
    assert results.put_together({"a": 9, "b": 5, "c": 2}) == {"a": ["a"], OTHERS: ["c", "b"]}
    assert results.put_together({"a": 9, "b": 1, "c": 1}) == {OTHERS: ["b", "c", "a"]}
    assert results.put_together({"a": 9, "b": 5, "c": 4}, {"b"}) == {"a": ["a"], OTHERS: ["b", "c"]}


def test_a_cross_table_by_building() -> None:
    sheets = [*chose(6, 4, 0, building=1), *chose(3, 5, 0, building=2), *chose(1, 0, 0, building=3)]
    groups = results.cross(ONE, 0, sheets, results.by_building(sheets))
    assert [(g.key, g.answered) for g in groups] == [(1, 10), (OTHERS, 9)]
    assert [g.counts for g in groups] == [(6, 4, 0), (4, 5, 0)]


def test_one_group_is_no_table() -> None:
    sheets = chose(6, 4)
    assert results.cross(ONE, 0, sheets, results.by_building(sheets)) == []


def test_by_another_question_who_did_not_answer_it_is_a_group() -> None:
    sheets = [Sheet({0: n % 2, 1: n % 2}) for n in range(12)] + [Sheet({0: 0})] * 4
    groups = results.cross(ONE, 0, sheets, results.by_answer(sheets, 1))
    assert {g.key: g.counts for g in groups} == {0: (6, 0, 0), 1: (0, 6, 0), "": (4, 0, 0)}


TABLE = st.integers(2, 5).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 8), min_size=wide, max_size=wide), min_size=2, max_size=6)
)


@given(TABLE, st.booleans())
def test_in_every_line_with_a_known_sum_too_much_is_left_out_to_be_computed(
    matrix: list[list[int]], rows_add: bool
) -> None:
    hide = results.hidden(matrix, rows_add)
    cells = [[(n, gone) for n, gone in zip(*line, strict=True)] for line in zip(matrix, hide, strict=True)]
    for line in cells:
        assert all(gone for n, gone in line if 0 < n < FEWEST)
    for line in [list(column) for column in zip(*cells, strict=True)] + (cells if rows_add else []):
        gone = [n for n, left_out in line if left_out]
        assert not gone or len(gone) == len(line) or (len(gone) > 1 and sum(gone) >= FEWEST)


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 4), st.sampled_from(["owner", "tenant"])), max_size=40
    )
)
def test_what_a_question_does_not_tell_no_cross_table_tells(answers: list[tuple[int, int, str]]) -> None:
    sheets = [Sheet({0: chosen}, building, relation) for chosen, building, relation in answers]
    whole = results.tally(ONE, 0, sheets).counts
    for groups in (results.by_building(sheets), results.by_relation(sheets)):
        for group in results.cross(ONE, 0, sheets, groups):
            assert group.answered >= FEWEST
            assert all(n is None for n, of_all in zip(group.counts, whole, strict=True) if of_all is None)
            assert not any(n is not None and 0 < n < FEWEST for n in group.counts)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("打 19900001234 找我", "打 *** 找我"),
        ("座机 0411-8765 4321，身份证 21020219800101123X", "座机 ***，身份证 ***"),
        ("我家12号楼2单元601室漏水", "我家12号楼*单元***室漏水"),
        ("601室的灯", "***室的灯"),
        ("2026 年有 3 次", "2026 年有 3 次"),
    ],
)
def test_numbers_that_lead_to_somebody_are_masked(text: str, shown: str) -> None:
    assert hidden(text, (), anonymous=True) == shown


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("", ""),
        (" /topics/12 ", "/topics/12"),
        ("https://portal.example/decisions/3#h", "/decisions/3"),
        ("https://portal.example/topics/7?page=2", "/topics/7"),
        ("https://elsewhere.example/", None),
        ("https://elsewhere.example/topics/7", None),
        ("//elsewhere.example/topics/7", None),
        ("https://portal.example/topics/7x", None),
        ("https://portal.example/topics/7/files", None),
        ("https://portal.example@elsewhere.example/topics/7", None),
        ("https://[portal.example/topics/7", None),
        ("/topics/7x", None),
        ("/x/topics/7", None),
        ("/topics/7\n", "/topics/7"),
        ("topics/7", None),
        ("/topics/0", None),
        ("javascript:alert(1)", None),
    ],
)
def test_an_outcome_leads_to_a_topic_or_a_decision(typed: str, page: str | None) -> None:
    assert rules.page_of(typed, {"portal.example"}) == page


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["owner", "tenant", ""])), max_size=30))
def test_what_is_kept_of_a_sheet_leads_to_nobody(cells: list[tuple[int, str]]) -> None:
    sheets = [Sheet({0: n}, building, relation) for n, (building, relation) in enumerate(cells)]
    kept = coarsened(sheets)
    assert sorted(sheet.answers[0] for sheet in kept) == list(range(len(cells)))
    alike = Counter((sheet.building, sheet.relation) for sheet in kept)
    assert all(n >= min(FEWEST, len(cells)) for n in alike.values())


def test_groups_that_are_large_enough_keep_what_they_are() -> None:
    sheets = [Sheet({0: 1}, building, "owner") for building in (1, 1, 1, 2, 2, 2)]
    assert Counter((s.building, s.relation) for s in coarsened(sheets)) == {(1, "owner"): 3, (2, "owner"): 3}
