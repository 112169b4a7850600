"""A community in one row: its name, its topics by stop, its figures of the year, and what panels add."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from ...core import panels
from ...core.actor import Actor
from ...core.columns import Rows
from ...core.db import db, read
from ...core.nested import nested
from ...core.prepared import prepared
from ...councils.models import StopCount
from ...councils.words import Stop
from ...places.models import Place, PlaceKind
from ..models import Figure, What

SUBJECT = "home"
"""Panels of this subject stand on the first page."""
MOST_COMMUNITIES = 200


def _inside(column: Any) -> sa.ColumnElement[bool]:
    """At or below the community of the row; a range, as in `core.access.under`, whose upper end is computed."""
    path = Place.place_path
    above = sa.func.substr(path, 1, sa.func.length(path) - 1).op("||")("0")
    return sa.and_(column >= path, column < above)


@prepared
def _statement(chosen: bool) -> Rows:
    """The community `path`, or with none chosen the first two of the portal."""
    stops = sa.select(StopCount.stop, sa.func.sum(StopCount.topics)).where(_inside(StopCount.place_path))
    figures = sa.select(Figure.what, sa.func.sum(Figure.count)).where(
        Figure.place_path == Place.place_path,
        Figure.month >= sa.bindparam("year", type_=sa.Date),
    )
    added = [p.column(Place).label(f"panel_{p.name}") for p in panels.PANELS.get(SUBJECT, []) if p.column]
    found = sa.select(
        Place.id,
        Place.name,
        Place.place_path,
        nested(stops.group_by(StopCount.stop), of=Place).label("stops"),
        nested(figures.group_by(Figure.what), of=Place).label("figures"),
        *added,
    ).where(Place.kind == PlaceKind.COMMUNITY)
    return (found.where(Place.place_path == sa.bindparam("path")) if chosen else found).limit(2)


def overview(actor: Actor) -> SimpleNamespace | None:
    """The actor's community; for a visitor who chose none the portal's only one. None if it has several, or none."""
    asked = {"year": date(actor.today.year, 1, 1), "path": actor.community, "reader": actor.id}
    rows = read(_statement(actor.community != "/"), asked)
    if len(rows) != 1:
        return None
    shown = SimpleNamespace(**rows[0]._mapping)
    stops, figures = dict(shown.stops), dict(shown.figures)
    shown.stops = {stop: int(stops.get(stop.value, 0)) for stop in Stop}
    shown.figures = {what: int(figures.get(what.value, 0)) for what in What}
    return shown


def communities() -> list[Any]:
    """All communities of the portal, by name."""
    found = sa.select(Place.id, Place.name, Place.place_path).where(Place.kind == PlaceKind.COMMUNITY)
    return list(db.session.execute(found.order_by(Place.name, Place.id).limit(MOST_COMMUNITIES)))


def community(place_id: int) -> Any:
    """The community with this id, or None."""
    found = sa.select(Place.name, Place.place_path).where(
        Place.id == place_id, Place.kind == PlaceKind.COMMUNITY
    )
    return db.session.execute(found).first()
