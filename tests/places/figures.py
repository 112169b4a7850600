"""Figures of the register by estate, units, areas and heads: tests hold what was taken over against what is printed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce

import sqlalchemy as sa

from portal.core.access import under
from portal.core.db import db
from portal.places.models import Delivery, OwnerSet, Place, PlaceKind, Unit, Use
from portal.places.queries.figures import COUNTED


@dataclass(frozen=True)
class Figures:
    """One estate, or several together. Areas in 0.01 m²; heads after SPC 2020 art. 9, with and without parking.

    Heads of several estates are the sum of each: an owner in two estates has a head in both.
    """

    id: int = 0
    name: str = ""
    units: dict[Use, int] = field(default_factory=dict)
    area: dict[Use, int] = field(default_factory=dict)
    delivery: dict[Delivery, int] = field(default_factory=dict)
    heads: int = 0
    """Parking not counted."""
    heads_with_parking: int = 0
    without_area: int = 0
    without_owner: int = 0

    @property
    def total(self) -> int:
        return sum(self.units.values())

    @property
    def total_area(self) -> int:
        return sum(self.area.values())

    @property
    def homes(self) -> int:
        return self.units.get(Use.HOME, 0)

    @property
    def shops(self) -> int:
        return self.units.get(Use.SHOP, 0)

    @property
    def parking(self) -> int:
        return self.units.get(Use.PARKING, 0)


@dataclass(frozen=True)
class Headline:
    """The community in figures: all of it, and each estate."""

    whole: Figures
    estates: tuple[Figures, ...]


HEAD = sa.case(
    (sa.or_(Unit.delivery != Delivery.DELIVERED, OwnerSet.developer.is_(True)), sa.literal(0)),
    (Unit.owner_set_id.is_not(None), Unit.owner_set_id),
    else_=-Unit.id,
)
"""What units of an estate that give one head share: 0 is the developer's; a unit without owner stands alone."""


def headline(path: str) -> Headline:
    """Units by use of a community and its estates; one query, answered from an index. Public: counts name nobody."""
    estates = sa.select(Place.id).where(Place.kind == PlaceKind.ESTATE, under(Place.place_path, path))
    sums = (
        sa.select(
            Unit.estate_id,
            Unit.use,
            sa.func.count().label("units"),
            sa.func.sum(Unit.exclusive_area).label("area"),
        )
        .where(COUNTED, Unit.estate_id.in_(estates))
        .group_by(Unit.estate_id, Unit.use)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(Place.id, Place.name, sums.c.use, sums.c.units, sums.c.area)
        .outerjoin(sums, sums.c.estate_id == Place.id)
        .where(Place.id.in_(estates))
        .order_by(Place.sort_key, Place.id)
    )
    found: dict[int, Figures] = {}
    for id_, name, use, count, area in rows:
        estate = found.setdefault(id_, Figures(id_, name))
        if use is not None:
            estate.units[use], estate.area[use] = count, int(area or 0)
    return Headline(together(found.values()), tuple(found.values()))


def estates_in_full(path: str) -> tuple[Figures, ...]:
    """All figures of the estates at or under a place, heads both ways; three queries."""
    found = {estate.id: estate for estate in headline(path).estates}
    for id_, delivery, count in db.session.execute(
        sa.select(Unit.estate_id, Unit.delivery, sa.func.count())
        .where(under(Unit.place_path, path), COUNTED)
        .group_by(Unit.estate_id, Unit.delivery)
    ):
        if id_ in found:
            found[id_].delivery[delivery] = count
    figures = []
    heads = {row[0]: tuple(row[1:]) for row in db.session.execute(_HEADS.where(under(Unit.place_path, path)))}
    for id_, estate in found.items():
        some, every, areas, owners = heads.get(id_, (0, 0, 0, 0))
        figures.append(
            Figures(
                id_,
                estate.name,
                estate.units,
                estate.area,
                estate.delivery,
                some,
                every,
                areas or 0,
                owners or 0,
            )
        )
    return tuple(figures)


_HEADS = (
    sa.select(
        Unit.estate_id,
        sa.func.count(sa.distinct(sa.case((Unit.use != Use.PARKING, HEAD)))),
        sa.func.count(sa.distinct(HEAD)),
        sa.func.sum(sa.case((Unit.exclusive_area.is_(None), 1), else_=0)),
        sa.func.sum(sa.case((Unit.owner_set_id.is_(None), 1), else_=0)),
    )
    .outerjoin(OwnerSet, OwnerSet.id == Unit.owner_set_id)
    .where(COUNTED)
    .group_by(Unit.estate_id)
)


def together(estates: Iterable[Figures]) -> Figures:
    """The sum of estates."""
    return reduce(_plus, estates, Figures())


def _plus(one: Figures, other: Figures) -> Figures:
    return Figures(
        units={use: one.units.get(use, 0) + other.units.get(use, 0) for use in {**one.units, **other.units}},
        area={use: one.area.get(use, 0) + other.area.get(use, 0) for use in {**one.area, **other.area}},
        delivery={
            d: one.delivery.get(d, 0) + other.delivery.get(d, 0) for d in {**one.delivery, **other.delivery}
        },
        heads=one.heads + other.heads,
        heads_with_parking=one.heads_with_parking + other.heads_with_parking,
        without_area=one.without_area + other.without_area,
        without_owner=one.without_owner + other.without_owner,
    )
