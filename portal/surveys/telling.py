"""A result in words: its tables with labels, one question after the other, and as the rows of a file."""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from ..accounts.words import RELATIONS
from ..core.leaves_figures import share
from ..core.text import N_, _
from . import results
from .leaves import option_items
from .results import OTHERS, Count, Tally
from .rules import Asked, Sheet
from .words import Kind

BUILDING, RELATION = "building", "relation"
WAYS = {BUILDING: N_("按楼栋"), RELATION: N_("按身份")}


class Line(NamedTuple):
    """An option with its count (None: not told) and how many answered."""

    words: str
    told: Count
    of: int

    @property
    def share(self) -> str:
        return share(self.told, self.of) if self.told is not None else ""


class Crossed(NamedTuple):
    """One line of a cross table."""

    words: str
    answered: int
    counts: tuple[Count, ...]


class Told(NamedTuple):
    """A question with what came out."""

    position: int
    asked: Asked
    tally: Tally
    lines: list[Line]
    crossed: list[Crossed]

    @property
    def figures(self) -> str:
        """Mean and median, where they are told."""
        said = []
        if self.tally.mean is not None:
            said.append(_("平均 %(n)s", n=_tenths(self.tally.mean)))
        if self.tally.median is not None:
            said.append(_("一半的人不超过 %(n)s", n=_tenths(self.tally.median)))
        return _("，").join(said)

    @property
    def some_hidden(self) -> bool:
        return any(line.told is None for line in self.lines) or any(None in c.counts for c in self.crossed)


def ways(questions: Sequence[Asked]) -> list[tuple[str, str]]:
    """What results can be told apart by: building, what somebody is there, a question with one answer that others
    follow."""
    by_question = [
        (f"q{n}", _("按第 %(n)d 题", n=n + 1))
        for n, asked in enumerate(questions)
        if asked.kind is Kind.ONE and any(later.kind in results.CROSSED for later in questions[n + 1 :])
    ]
    return [*((key, _(words)) for key, words in WAYS.items()), *by_question]


def told(
    questions: Sequence[Asked], sheets: Sequence[Sheet], by: str, buildings: Mapping[int, str]
) -> list[Told]:
    """Every question with its counts, told apart `by` one of `ways`, or by nothing.

    Two questions are told apart in one direction, the later by the earlier: what is left out of the one table could be
    read off the other.
    """
    shared_out, words, untold = _groups(questions, sheets, by, buildings)
    groups = {key: shared_out[key] for key in (*words, *shared_out) if key in shared_out}
    found = []
    for position, asked in enumerate(questions):
        tally = results.tally(asked, position, sheets)
        lines = [
            Line(said, count, tally.answered)
            for (_value, said), count in zip(option_items(asked), tally.counts, strict=False)
        ]
        crossed = []
        if groups and asked.kind in results.CROSSED and _after(position, by):
            for group in results.cross(asked, position, sheets, groups, untold):
                crossed.append(Crossed(words.get(group.key, ""), group.answered, group.counts))
        found.append(Told(position, asked, tally, lines, crossed))
    return found


def _after(position: int, by: str) -> bool:
    return not by.startswith("q") or position > int(by[1:])


def _groups(
    questions: Sequence[Asked], sheets: Sequence[Sheet], by: str, buildings: Mapping[int, str]
) -> tuple[dict[Hashable, list[Sheet]], dict[Hashable, str], set[Hashable]]:
    """The groups, their words, and which of them are not told by themselves."""
    words: dict[Hashable, str] = {OTHERS: _("其余（人少的合在一起）")}
    if by == BUILDING:
        words |= {id_: name or _("不在楼栋里") for id_, name in buildings.items()}
        words.setdefault(0, _("不在楼栋里"))
        return results.by_building(sheets), words, {results.ELSEWHERE}
    if by == RELATION:
        words |= {str(relation): _(said) for relation, said in RELATIONS.items()}
        return results.by_relation(sheets), words, {""}
    position = next((n for n, q in enumerate(questions) if by == f"q{n}" and q.kind is Kind.ONE), None)
    if position is None:
        return {}, words, set()
    asked = questions[position]
    words |= dict(enumerate(asked.options))
    words[""] = _("没有答这一题")
    counts = results.tally(asked, position, sheets).counts
    untold: set[Hashable] = {n for n, count in enumerate(counts) if count is None}
    return results.by_answer(sheets, position), words, untold


def texts(questions: Sequence[Asked], sheets: Sequence[Sheet]) -> list[tuple[int, str]]:
    """(position of the question, text) of all that was written, in the order of the sheets, which is of chance."""
    return [
        (position, str(sheet.answers[position]))
        for position, asked in enumerate(questions)
        if asked.kind is Kind.TEXT
        for sheet in sheets
        if position in sheet.answers
    ]


def rows(found: Sequence[Told]) -> list[dict[str, Any]]:
    """The result as the rows of a file: a line an option, and under it a line a group."""
    listed = []
    for one in found:
        whole = [(_("全部"), one.tally.answered, [line.told for line in one.lines])]
        for words, answered, counts in [*whole, *one.crossed]:
            for line, count in zip(one.lines, counts, strict=True):
                listed.append(_row(one, words, line.words, count, answered))
        if not one.lines:
            listed.append(_row(one, whole[0][0], one.figures, one.tally.answered, one.tally.answered))
    return listed


def _row(one: Told, group: str, option: str, count: Count, answered: int) -> dict[str, Any]:
    hidden = count is None
    return {
        "n": one.position + 1,
        "question": one.asked.text,
        "group": group,
        "option": option,
        "count": _("不公布") if hidden else count,
        "answered": answered,
        "share": "" if count is None else share(count, answered),
    }


def _tenths(value: Fraction) -> str:
    tenths = (value * 20 + 1) // 2
    return f"{int(tenths) // 10}.{int(tenths) % 10}"
