"""The queue itself: a page of rows by key, and how many there are of each kind in each bucket."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core import waiting
from ...core.access import under
from ...core.actor import Actor
from ...core.columns import Instant
from ...core.db import db
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
    """One page of what waits for the actor's posts; three queries, whatever the amount of data."""
    spots = _spots(place)
    table = waiting.union(actor)
    if table is None:
        return Queue(asked, [], False, Counter(), spots)
    wanted = _narrowed(table, actor, asked, spots)
    rows = _page(table, wanted, actor, asked, most + 1)
    counts = Counter({(row.kind, Bucket(row.bucket)): row.n for row in _counted(table, wanted, actor)})
    return Queue(asked, rows[:most], len(rows) > most, counts, spots)


def following(actor: Actor, place: Place, asked: Asked, at: Key | None) -> Wait | None:
    """The row after `at` in the queue, from the top if there is none; None if nothing waits."""
    table = waiting.union(actor)
    if table is None:
        return None
    wanted = _narrowed(table, actor, asked, _spots(place) if asked.place else [])
    for start in (at, None):
        rows = _page(table, wanted, actor, Asked(asked.bucket, asked.kind, order=asked.order, after=start), 1)
        if rows:
            return rows[0]
    return None


def key_of(row: Wait, order: Order) -> Key:
    """Where a row stands in an order."""
    return Key((row.due or NEVER) if order is Order.URGENT else row.since, row.kind, row.subject_id)


def _moment(table: Any, order: Order) -> Any:
    """The column an order goes by."""
    if order is not Order.URGENT:
        return sa.type_coerce(table.c.since, Instant())
    return sa.func.coalesce(sa.type_coerce(table.c.due, Instant()), sa.literal(NEVER, Instant()))


def _bucket(table: Any, actor: Actor) -> Any:
    """The bucket of a row, as its word."""
    due = sa.type_coerce(table.c.due, Instant())
    return sa.case(
        (due < actor.now, Bucket.OVER.value),
        (due <= actor.now + DAY, Bucket.SOON.value),
        else_=Bucket.LATER.value,
    )


def _narrowed(table: Any, actor: Actor, asked: Asked, spots: list[Spot]) -> list[Any]:
    """The conditions of all filters but bucket and kind. Personal things are on the first page, not here."""
    conditions = [table.c.kind.in_([name for name, kind in KINDS.items() if not kind.personal])]
    if asked.party:
        conditions.append(table.c.party == asked.party)
    if asked.place:
        paths = [spot.path for spot in spots if spot.id == asked.place]
        conditions.append(under(table.c.place_path, paths[0]) if paths else sa.false())
    conditions += [table.c.title.icontains(word, autoescape=True) for word in asked.words.split()[:5]]
    return conditions


def _page(table: Any, wanted: list[Any], actor: Actor, asked: Asked, most: int) -> list[Wait]:
    moment = _moment(table, asked.order)
    keys = (moment, table.c.kind, table.c.subject_id)
    down = asked.order is Order.NEW
    columns = [sa.type_coerce(c, Instant()) if c.name in ("since", "due") else c for c in table.c]
    found = sa.select(*columns).where(*wanted)
    if asked.bucket:
        found = found.where(_bucket(table, actor) == asked.bucket.value)
    if asked.kind:
        found = found.where(table.c.kind == asked.kind)
    if asked.after:
        here, there = sa.tuple_(*keys), sa.tuple_(*_literals(asked.after))
        found = found.where(here < there if down else here > there)
    found = found.order_by(*(k.desc() if down else k.asc() for k in keys)).limit(most)
    return [Wait(*row) for row in db.session.execute(found)]


def _literals(at: Key) -> tuple[Any, ...]:
    return sa.literal(at.moment, Instant()), sa.literal(at.kind), sa.literal(at.subject_id)


def _counted(table: Any, wanted: list[Any], actor: Actor) -> Any:
    inner = sa.select(table.c.kind, _bucket(table, actor).label("bucket")).where(*wanted).subquery()
    count = sa.func.count().label("n")
    return db.session.execute(
        sa.select(inner.c.kind, inner.c.bucket, count).group_by(inner.c.kind, inner.c.bucket)
    )


def _spots(place: Place) -> list[Spot]:
    """Estates and buildings of the desk's place, buildings after their estate."""
    parent = sa.orm.aliased(Place)
    found = (
        sa.select(Place.id, Place.place_path, Place.name, Place.kind, parent.name.label("estate"))
        .outerjoin(parent, parent.id == Place.parent_id)
        .where(
            under(Place.place_path, place.place_path), Place.kind.in_((PlaceKind.ESTATE, PlaceKind.BUILDING))
        )
        .order_by(sa.case((Place.kind == PlaceKind.ESTATE, Place.name), else_=parent.name), Place.kind.desc())
        .order_by(sa.func.length(Place.sort_key), Place.sort_key, Place.id)
    )
    rows = db.session.execute(found.limit(MOST_PLACES))
    return [
        Spot(r.id, r.place_path, r.name if r.kind is PlaceKind.ESTATE else f"{r.estate} {r.name}")
        for r in rows
    ]
