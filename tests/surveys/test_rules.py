"""What may be asked and answered, as pure functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.surveys import rules
from portal.surveys.rules import Asked, Door, Faulty, Sheet
from portal.surveys.words import Flaw, Kind

ONE = Asked(Kind.ONE, "要不要", False, ("要", "不要", "都行"))
SEVERAL = Asked(Kind.SEVERAL, "哪些", False, ("甲", "乙", "丙"), 2)
SCALE = Asked(Kind.SCALE, "满意吗")
NUMBER = Asked(Kind.NUMBER, "几个")
TEXT = Asked(Kind.TEXT, "说说")


@pytest.mark.parametrize(
    ("asked", "marked", "said"),
    [
        (ONE, ["1"], 1),
        (ONE, [], None),
        (ONE, ["", " "], None),
        (SEVERAL, ["2", "0"], [0, 2]),
        (SEVERAL, ["1", "1"], [1]),
        (SCALE, ["5"], 5),
        (NUMBER, ["0"], 0),
        (NUMBER, ["1000000"], 1_000_000),
        (TEXT, [" 晚一点关门 \0"], "晚一点关门"),
        (TEXT, ["多" * 300], "多" * 300),
    ],
)
def test_answers_that_are_taken(asked: Asked, marked: list[str], said: object) -> None:
    assert rules.answer(asked, marked) == said


@pytest.mark.parametrize(
    ("asked", "marked", "flaw"),
    [
        (ONE, ["0", "1"], Flaw.TOO_MANY),
        (ONE, ["3"], Flaw.UNKNOWN),
        (ONE, ["-1"], Flaw.UNKNOWN),
        (ONE, ["要"], Flaw.UNKNOWN),
        (ONE, ["9" * 30], Flaw.UNKNOWN),
        (SEVERAL, ["0", "1", "2"], Flaw.TOO_MANY),
        (SEVERAL, ["0", "7"], Flaw.UNKNOWN),
        (SCALE, ["0"], Flaw.UNKNOWN),
        (SCALE, ["6"], Flaw.UNKNOWN),
        (SCALE, ["4", "5"], Flaw.TOO_MANY),
        (NUMBER, ["两个"], Flaw.NO_NUMBER),
        (NUMBER, ["-2"], Flaw.NO_NUMBER),
        (NUMBER, ["1.5"], Flaw.NO_NUMBER),
        (NUMBER, ["1000001"], Flaw.TOO_LARGE),
        (NUMBER, ["9" * 40], Flaw.TOO_LARGE),
        (TEXT, ["多" * 301], Flaw.TOO_LONG),
        (TEXT, ["一", "二"], Flaw.TOO_MANY),
        (Asked(Kind.ONE, "要不要", True, ("要", "不要")), [], Flaw.EMPTY),
        (Asked(Kind.TEXT, "说说", True), ["  "], Flaw.EMPTY),
    ],
)
def test_answers_that_are_not(asked: Asked, marked: list[str], flaw: Flaw) -> None:
    with pytest.raises(Faulty) as refused:
        rules.answer(asked, marked)
    assert refused.value.flaw is flaw


def test_a_sheet_says_all_its_flaws_at_once_and_keeps_the_rest() -> None:
    answers, flaws = rules.sheet([ONE, SCALE, NUMBER], {0: ["1"], 1: ["9"], 2: ["x"], 7: ["0"]})
    assert answers == {0: 1}
    assert flaws == {1: Flaw.UNKNOWN, 2: Flaw.NO_NUMBER}


@given(
    st.integers(0, 2),
    st.lists(st.integers(0, 2), min_size=1, max_size=2, unique=True),
    st.text(max_size=300),
    st.integers(0, 1_000_000),
)
def test_a_sheet_is_read_as_it_was_written_and_fits(
    one: int, some: list[int], text: str, number: int
) -> None:
    questions = [ONE, SEVERAL, TEXT, NUMBER]
    kept = Sheet({0: one, 1: sorted(some), 2: text, 3: number}, 2_147_483_647, "worker")
    assert rules.read(rules.written(kept)) == kept
    if text.isprintable():
        assert len(rules.written(kept).encode()) <= rules.widest(questions)


def test_the_longest_sheet_fits() -> None:
    full = Asked(Kind.SEVERAL, "哪些", False, tuple(str(n) for n in range(12)))
    questions = [full] * 6 + [TEXT] * 6
    answers: rules.Answers = {n: (list(range(12)) if n < 6 else "\x01" * 150 + "😀" * 150) for n in range(12)}
    kept = Sheet(answers, 2_147_483_647, "family")
    assert len(rules.written(kept).encode()) <= rules.widest(questions)


@pytest.mark.parametrize(
    ("questions", "why"),
    [
        ([], "none"),
        ([ONE] * 13, "too_many"),
        ([Asked(Kind.TEXT, "")], "no_text"),
        ([Asked(Kind.ONE, "要不要", False, ("要",))], "options"),
        ([Asked(Kind.ONE, "要不要", False, tuple(str(n) for n in range(13)))], "options"),
        ([Asked(Kind.ONE, "要不要", False, ("要", "要"))], "alike"),
        ([Asked(Kind.SEVERAL, "哪些", False, ("甲", "乙"), 3)], "most"),
        ([Asked(Kind.SEVERAL, "哪些", False, ("甲", "乙"), 0)], "most"),
        ([Asked(Kind.SCALE, "满意吗", False, ("不满意",))], "ends"),
        ([ONE, SEVERAL, SCALE, NUMBER, TEXT], ""),
    ],
)
def test_what_may_be_asked(questions: list[Asked], why: str) -> None:
    assert rules.unaskable(questions) == why


def test_the_next_door_is_the_first_where_nobody_was_missed_most() -> None:
    doors = [Door(1, answered=True), Door(2, refused=True), Door(3, missed=1), Door(4), Door(5)]
    assert rules.next_door(doors) == 4
    assert rules.next_door(doors[:3]) == 3
    assert rules.next_door(doors[:2]) is None
    assert rules.next_door([]) is None


@pytest.mark.parametrize(
    ("quota", "households", "answered", "short"),
    [(20, 60, 12, 8), (20, 60, 25, 0), (20, 11, 4, 7), (None, 60, 0, 0), (20, 0, 0, 0)],
)
def test_a_small_building_cannot_owe_more_than_it_has(
    quota: int | None, households: int, answered: int, short: int
) -> None:
    assert rules.short_of(quota, households, answered) == short
