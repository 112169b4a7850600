"""Lists: one description gives the page, its filters, sorts and paging, and the same rows as CSV and XLSX.

Paging is by key, not by number: page 5,000 costs what page 1 costs. Rows always start from what the actor
may see.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from . import access, clock
from .access import Condition
from .actor import Actor
from .columns import LARGEST_ID, Rows
from .db import db, read
from .prepared import prepared
from .text import N_, _, choices

_CURSOR = ("cursor_value", "cursor_id")
COUNTED = 1000
"""Totals are counted up to here; above it the pager says "over 1,000"."""


@dataclass(frozen=True)
class Filter:
    """A choice above the list. `choices(actor)` → (value, word); `where(value)` → condition."""

    key: str
    label: str
    choices: Callable[[Actor], list[tuple[str, str]]]
    where: Callable[[str], Any]


def by_word(key: str, label: str, column: Any, said: Mapping[Any, str]) -> Filter:
    """A filter by a column of fixed words; `said`: the words, with what people read for each."""
    known = {str(word): word for word in said}
    return Filter(key, label, lambda _actor: choices(said), lambda value: column == known[value])


def answered(at: Any) -> Filter:
    """A filter by whether something has its answer; `at` says when it came."""
    return Filter(
        "answered",
        N_("答复"),
        lambda _actor: [("waiting", _("等答复")), ("answered", _("已答复"))],
        lambda value: at.is_(None) if value == "waiting" else at.is_not(None),
    )


@dataclass(frozen=True)
class Sort:
    """An order by one column that is never NULL, then by id, so that the order is total."""

    key: str
    label: str
    column: Any
    descending: bool = True


@dataclass(frozen=True)
class Column:
    """A column of the exported file: heading and the plain value of a row."""

    label: str
    value: Callable[[Any], object]


@dataclass(frozen=True)
class Listing:
    """`select` must give the sort columns and `id`. `search` are the texts a search word may occur in."""

    model: Any
    select: Rows
    sorts: tuple[Sort, ...]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[Any, ...] = ()
    size: int = 20
    permission: str | None = None
    """Rows the actor may do this to, not only see."""
    within: Callable[[Actor], Condition] | None = None
    """Narrows the list by an equality that an index serves together with the order; made by a `prepared`."""

    def chosen(self, actor: Actor, asked: Mapping[str, str]) -> Rows:
        """The statement of all rows that match, unordered."""
        visible = access.rows(actor, self.model, self.permission)
        found = _seen(self.select, visible, self.within(actor) if self.within else None)
        for part in self.filters:
            value = asked.get(part.key)
            if value and value in {v for v, _ in part.choices(actor)}:
                found = found.where(part.where(value))
        for word in _words(asked) if self.search else ():
            found = found.where(sa.or_(*(c.icontains(word, autoescape=True) for c in self.search)))
        return found

    def sort(self, asked: Mapping[str, str]) -> Sort:
        return next((s for s in self.sorts if s.key == asked.get("sort")), self.sorts[0])

    def read(self, actor: Actor, asked: Mapping[str, str]) -> "Page":
        """One page of rows: one query, whatever the amount of data."""
        return Page(self, actor, dict(asked.items()))


@dataclass
class Page:
    """A page of a listing, read when first looked at: a fragment that does not show it does not pay."""

    listing: Listing
    actor: Actor
    asked: dict[str, str]
    _rows: list[Any] | None = field(default=None, repr=False)
    _more: bool = False

    @cached_property
    def _from(self) -> tuple[str, tuple[Any, int]] | None:
        """Where the page begins: direction and key; none on the first page, also for a cursor nobody can read."""
        for direction in ("after", "before"):
            key = _key(self.asked.get(direction), self.sort.column)
            if key:
                return direction, key
        return None

    @property
    def backward(self) -> bool:
        return self._from is not None and self._from[0] == "before"

    @property
    def rows(self) -> list[Any]:
        if self._rows is None:
            self._read()
        return self._rows or []

    @property
    def next(self) -> str:
        """The query of the next page, empty on the last."""
        shown = bool(self.rows) and (self._more or self.backward)
        return self._turn("after", self.rows[-1]) if shown else ""

    @property
    def previous(self) -> str:
        """The query of the page before, empty on the first; from a page that has become empty, the first."""
        if self._from is None or (self.backward and self.rows and not self._more):
            return ""
        return self._turn("before", self.rows[0]) if self.rows else self.query()

    @property
    def total(self) -> int:
        """How many rows match, counted up to one above `COUNTED`; a query of its own."""
        limited = self.listing.chosen(self.actor, self.asked).order_by(None).limit(COUNTED + 1)
        ids = limited.with_only_columns(self.listing.model.id)
        return db.session.scalar(sa.select(sa.func.count()).select_from(ids.subquery())) or 0

    @property
    def filtered(self) -> bool:
        return bool(self.asked.get("q") or any(self.asked.get(f.key) for f in self.listing.filters))

    @property
    def sort(self) -> Sort:
        return self.listing.sort(self.asked)

    @property
    def sort_choices(self) -> list[tuple[str, str]]:
        return [(s.key, _(s.label)) for s in self.listing.sorts]

    def choices(self, part: Filter) -> list[tuple[str, str]]:
        return part.choices(self.actor)

    def query(self, **changed: str) -> str:
        """The query string of the same list with something changed; paging starts over."""
        kept = {k: v for k, v in self.asked.items() if k not in ("after", "before", "format") and v}
        kept |= changed
        return "?" + urlencode({k: v for k, v in kept.items() if v})

    def all_rows(self, limit: int = 100_000) -> list[Any]:
        """All matching rows in order, for a file."""
        found = self.listing.chosen(self.actor, self.asked)
        return list(read(turned(found, self.sort, self.listing.model.id, limit)))

    def _read(self) -> None:
        backward, size = self.backward, self.listing.size
        found = self.listing.chosen(self.actor, self.asked)
        cursor = dict(zip(_CURSOR, self._from[1], strict=True)) if self._from else {}
        found = turned(found, self.sort, self.listing.model.id, size + 1, backward, bool(cursor))
        rows = list(read(found, cursor))
        self._more = len(rows) > size
        rows = rows[:size]
        self._rows = rows[::-1] if backward else rows

    def _turn(self, direction: str, row: Any) -> str:
        value = row._mapping[self.sort.column.key]
        text = value.isoformat() if isinstance(value, datetime) else str(value)
        return self.query(**{direction: f"{row.id}~{text}"})


@prepared
def _seen(select: Rows, visible: Condition, within: Condition | None) -> Rows:
    return select.where(visible) if within is None else select.where(within, visible)


@prepared
def turned(
    found: Rows, sort: Sort, id: Any, most: int, backward: bool = False, from_cursor: bool = False
) -> Rows:
    """The first rows of a list in an order, or those after a cursor: a row value, which an index serves."""
    down = sort.descending != backward
    key = (sort.column, id)
    if from_cursor:
        here = sa.tuple_(*key)
        there = sa.tuple_(*(sa.bindparam(name, type_=c.type) for name, c in zip(_CURSOR, key, strict=True)))
        found = found.where(here < there if down else here > there)
    return found.order_by(*(c.desc() if down else c.asc() for c in key)).limit(most)


def _words(asked: Mapping[str, str]) -> list[str]:
    """The words of a search, a few short ones."""
    return asked.get("q", "")[:60].replace("\0", "").split()[:5]


def _key(text: str | None, column: Any) -> tuple[Any, int] | None:
    """The key of a cursor that came back in an address; anything unreadable starts from the first page."""
    if not text or "\0" in text:
        return None
    id_text, _, value = text.partition("~")
    try:
        row_id, sorted_by = int(id_text), _READ.get(column.type.python_type, column.type.python_type)(value)
    except (ValueError, OverflowError):
        return None
    numbers = (row_id, sorted_by if isinstance(sorted_by, int) else 0)
    return (sorted_by, row_id) if all(abs(n) <= LARGEST_ID for n in numbers) else None


_READ: dict[type, Callable[[str], Any]] = {datetime: clock.parse, date: date.fromisoformat}
