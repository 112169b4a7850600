"""One line of the report: a row that was repaired, skipped or refused, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.places.roster.sentences import SENTENCES


class Action(StrEnum):
    """REPAIR: the row is taken as `reads_as`. SKIP: no unit, left out. REFUSE: not taken until somebody corrects it."""

    REPAIR = "repair"
    SKIP = "skip"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Finding:
    """`row` counts from 1 as a spreadsheet program shows it (0: the whole sheet); `column` is the printed heading.

    `kind` names the defect (area_missing, building_hash, …); `also` names repairs within a row that was not taken.
    `confirm` asks for a person's eye. `place` is the unit in words, `key` its identity where it could be read."""

    sheet: str
    row: int
    action: Action
    kind: str
    column: str | None = None
    field: str | None = None
    cell: str | None = None
    raw: str | int | float | None = None
    reads_as: str | None = None
    confirm: bool = False
    place: str = ""
    key: tuple[str, ...] | None = None
    same_unit_as_row: int | None = None
    same_unit_as_sheet: str | None = None
    also: tuple[str, ...] = ()
    detail: str = ""

    @property
    def template(self) -> str:
        """The message id of the sentence, with named places for `values`."""
        return SENTENCES[self.kind]

    @property
    def values(self) -> Mapping[str, object]:
        """What fills the places of `template`."""
        return {
            "row": self.row,
            "place": self.place,
            "column": self.column or "",
            "detail": self.detail,
            "sheet": self.sheet,
            "raw": "" if self.raw is None else " ".join(str(self.raw).split())[:60],
            "reads_as": self.reads_as or "",
            "other": self.same_unit_as_row or "",
            "other_sheet": self.same_unit_as_sheet or self.sheet,
        }

    @property
    def text(self) -> str:
        """The sentence in Chinese."""
        return self.template % self.values
