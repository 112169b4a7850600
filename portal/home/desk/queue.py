"""The queue itself: a page of rows by key, and how many there are of each kind in each bucket."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core import waiting
from ...core.actor import Actor
from ...core.columns import Instant, PathType, Rows
from ...core.db import db
from ...core.prepared import prepared
from ...core.waiting import KINDS, Wait
from ...places.models import Place, PlaceKind
from .asked import Asked, Bucket, Key, Order

SIZE = 50
MOST = 10_000
"""Rows of a file."""
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands for no hour, so that such rows come last."""
DAY = timedelta(hours=24)
MOST_PLACES = 1000


class Spot(NamedTuple):
    """An estate or building to narrow the queue by."""

    id: int
    path: str
    name: str


@dataclass(frozen=True)
class Queue:
    """One page of the queue. `counts`: (kind, bucket) → rows, under all filters but these two."""

    asked: Asked
    rows: list[Wait]
    more: bool
    counts: Counter[tuple[str, Bucket]]
    spots: list[Spot]

    @property
    def after(self) -> str:
        """The query of the next page, empty on the last."""
        return self.asked.query(after=str(key_of(self.rows[-1], self.asked.order))) if self.more else ""

    @property
    def total(self) -> int:
        """Rows in the chosen bucket and kind."""
        return self.count(self.asked.bucket, self.asked.kind)

    def count(self, bucket: Bucket | None, kind: str = "") -> int:
        """How many rows lie in a bucket (None: any) and are of a kind ("": any)."""
        chosen = ((k, b, n) for (k, b), n in self.counts.items())
        return sum(n for k, b, n in chosen if bucket in (None, b) and kind in ("", k))

    @property
    def kinds(self) -> list[str]:
        """The kinds there are, in the order in which they are known."""
        present = {kind for kind, _bucket in self.counts}
        return [kind for kind in KINDS if kind in present]

    def where(self, path: str) -> str:
        """The name of the nearest known place that contains a path, "" for the community itself."""
        near = [spot for spot in self.spots if path.startswith(spot.path)]
        return max(near, key=lambda spot: len(spot.path)).name if near else ""


def read(actor: Actor, place: Place, asked: Asked, most: int = SIZE) -> Queue:
    """One page of what waits for the actor, as on the first page; three queries, whatever the amount of data."""
    spots = _spots(place)
    table = waiting.union(actor)
    if table is None:
        return Queue(asked, [], False, Counter(), spots)
    given = _given(actor, asked, spots)
    rows = _rows(table, asked, given, most + 1)
    counted = db.session.execute(_counts(table, _shape(asked)), given)
    counts = Counter({(row.kind, Bucket(row.bucket)): row.n for row in counted})
    return Queue(asked, rows[:most], len(rows) > most, counts, spots)


def following(actor: Actor, place: Place, asked: Asked, at: Key | None) -> Wait | None:
    """The row after `at` in the queue, from the top if there is none; None if nothing waits."""
    table = waiting.union(actor)
    if table is None:
        return None
    spots = _spots(place) if asked.place else []
    for start in (at, None):
        here = replace(asked, after=start)
        rows = _rows(table, here, _given(actor, here, spots), 1)
        if rows:
            return rows[0]
    return None


def key_of(row: Wait, order: Order) -> Key:
    """Where a row stands in an order."""
    return Key((row.due or NEVER) if order is Order.URGENT else row.since, row.kind, row.subject_id)


class Shape(NamedTuple):
    """Which conditions a statement of the queue has; their values are bound when it is run."""

    party: bool
    place: bool
    words: tuple[str, ...]


def _shape(asked: Asked) -> Shape:
    return Shape(bool(asked.party), bool(asked.place), tuple(asked.words.split()[:5]))


def _given(actor: Actor, asked: Asked, spots: list[Spot]) -> dict[str, Any]:
    """The values of one request. A place that nobody knows is one under which nothing lies."""
    path = next((spot.path for spot in spots if spot.id == asked.place), "")
    at = asked.after or Key(NEVER, "", 0)
    return {
        **waiting.given(actor),
        "now": actor.now,
        "soon": actor.now + DAY,
        "party": asked.party,
        "low": path,
        "high": path[:-1] + "0" if path else "",
        "kind": asked.kind,
        "bucket": asked.bucket.value if asked.bucket else "",
        "moment": at.moment,
        "at_kind": at.kind,
        "at_id": at.subject_id,
    }


def _rows(table: Any, asked: Asked, given: dict[str, Any], most: int) -> list[Wait]:
    parts = bool(asked.bucket), bool(asked.kind), asked.after is not None
    found = _page(table, _shape(asked), asked.order, *parts, most)
    return [Wait(*row) for row in db.session.execute(found, given)]


@lru_cache(waiting.KEPT)
def _page(
    table: Any, shape: Shape, order: Order, in_bucket: bool, of_kind: bool, from_key: bool, most: int
) -> Rows:
    keys = (_moment(table, order), table.c.kind, table.c.subject_id)
    down = order is Order.NEW
    columns = [sa.type_coerce(c, Instant()) if c.name in ("since", "due") else c for c in table.c]
    found = sa.select(*columns).where(*_narrowed(table, shape))
    if in_bucket:
        found = found.where(_bucket(table) == sa.bindparam("bucket", type_=sa.String))
    if of_kind:
        found = found.where(table.c.kind == sa.bindparam("kind", type_=sa.String))
    if from_key:
        here, there = sa.tuple_(*keys), sa.tuple_(_moment_at, _kind_at, _id_at)
        found = found.where(here < there if down else here > there)
    return found.order_by(*(k.desc() if down else k.asc() for k in keys)).limit(most)


_moment_at = sa.bindparam("moment", type_=Instant())
_kind_at = sa.bindparam("at_kind", type_=sa.String)
_id_at = sa.bindparam("at_id", type_=sa.Integer)


@lru_cache(waiting.KEPT)
def _counts(table: Any, shape: Shape) -> Rows:
    inner = sa.select(table.c.kind, _bucket(table).label("bucket")).where(*_narrowed(table, shape)).subquery()
    count = sa.func.count().label("n")
    return sa.select(inner.c.kind, inner.c.bucket, count).group_by(inner.c.kind, inner.c.bucket)


def _moment(table: Any, order: Order) -> Any:
    """The column an order goes by."""
    if order is not Order.URGENT:
        return sa.type_coerce(table.c.since, Instant())
    return sa.func.coalesce(sa.type_coerce(table.c.due, Instant()), sa.literal(NEVER, Instant()))


def _bucket(table: Any) -> Any:
    """The bucket of a row, as its word."""
    due = sa.type_coerce(table.c.due, Instant())
    now, soon = (sa.bindparam(name, type_=Instant()) for name in ("now", "soon"))
    return sa.case((due < now, Bucket.OVER.value), (due <= soon, Bucket.SOON.value), else_=Bucket.LATER.value)


def _narrowed(table: Any, shape: Shape) -> list[Any]:
    """The conditions of all filters but bucket and kind."""
    conditions: list[Any] = []
    if shape.party:
        conditions.append(table.c.party == sa.bindparam("party", type_=sa.String))
    if shape.place:
        low, high = (sa.bindparam(name, type_=PathType) for name in ("low", "high"))
        conditions.append(sa.and_(table.c.place_path >= low, table.c.place_path < high))
    conditions += [table.c.title.icontains(word, autoescape=True) for word in shape.words]
    return conditions


def _spots(place: Place) -> list[Spot]:
    """Estates and buildings of the desk's place, buildings after their estate."""
    rows = db.session.execute(_all_spots(), {"low": place.place_path, "high": place.place_path[:-1] + "0"})
    return [
        Spot(r.id, r.place_path, r.name if r.kind is PlaceKind.ESTATE else f"{r.estate} {r.name}")
        for r in rows
    ]


@prepared
def _all_spots() -> Rows:
    low, high = (sa.bindparam(name, type_=PathType) for name in ("low", "high"))
    parent = sa.orm.aliased(Place)
    found = (
        sa.select(Place.id, Place.place_path, Place.name, Place.kind, parent.name.label("estate"))
        .outerjoin(parent, parent.id == Place.parent_id)
        .where(
            Place.place_path >= low,
            Place.place_path < high,
            Place.kind.in_((PlaceKind.ESTATE, PlaceKind.BUILDING)),
        )
        .order_by(sa.case((Place.kind == PlaceKind.ESTATE, Place.name), else_=parent.name), Place.kind.desc())
        .order_by(sa.func.length(Place.sort_key), Place.sort_key, Place.id)
    )
    return found.limit(MOST_PLACES)
