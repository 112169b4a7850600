"""What an explanation is made of. Texts are in the language of the request; whole figures stay figures."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from ...core.text import N_, _


class Question(NamedTuple):
    """What was asked and what the count says. `tally`: as `counting.recount` gave it; `params`: of the count file."""

    method: str
    options: list[str]
    params: Mapping[str, Any]
    tally: Mapping[str, Any]

    @property
    def seats(self) -> int:
        """How many are to be chosen."""
        return int(self.params.get("seats") or 1)

    @property
    def winners(self) -> list[str]:
        return list(self.tally["winners"])

    @property
    def tied(self) -> list[str]:
        return list(self.tally["tied"])

    def fate(self, option: str) -> "Fate":
        """What became of an option when all was counted."""
        if option in self.tally["winners"]:
            return Fate.IN
        return Fate.TIED if option in self.tally["tied"] else Fate.STAYS


class Fate(StrEnum):
    """How an option stands: chosen, left, level with others about a place, or none of it (yet)."""

    IN = "in"
    OUT = "out"
    TIED = "tied"
    STAYS = "stays"


FATE_WORD: dict[Fate, str] = {
    Fate.IN: N_("选上"),
    Fate.OUT: N_("退出"),
    Fate.TIED: N_("并列"),
}


class Verdict(NamedTuple):
    """The result in a word, in a sentence, and its tone."""

    mark: str
    tone: str
    text: str


class Bar(NamedTuple):
    """One option: `part` of `whole` is how long its bar is; `figure` says it, with what became of it (`said`)."""

    label: str
    figure: str
    part: int
    whole: int
    fate: Fate = Fate.STAYS
    plain: bool = False

    @property
    def said(self) -> str:
        """What became of it, in a word; the figure of a duel says it already."""
        return "" if self.plain or self.fate is Fate.STAYS else _(FATE_WORD[self.fate])


class Line(NamedTuple):
    """A mark across all bars at `part` of `whole`: the quota, or half."""

    label: str
    part: int
    whole: int


class Step(NamedTuple):
    """One round of the count: its name, what happened, and how everybody stood before it happened."""

    title: str
    text: str
    bars: tuple[Bar, ...] = ()
    line: Line | None = None


Cell = str | int


class Table(NamedTuple):
    """`columns`: (label, whether figures). The first cell of a row names it; "" is an empty cell."""

    caption: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]
    matrix: bool = False
    """Many columns of short figures: on a phone it is pushed sideways; else its rows become cards."""


class Explanation(NamedTuple):
    """`how`: the method in two sentences. `table`: the result, an option a row, also what is exported; `more`: tables
    that prove it; `notes`: what must be known besides."""

    verdict: Verdict
    how: str
    steps: tuple[Step, ...]
    table: Table
    more: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
