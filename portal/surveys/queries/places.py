"""The places a questionnaire can be about, as choices of a form."""

import sqlalchemy as sa

from ...core.access import under
from ...core.db import db
from ...places.models import Place, PlaceKind

KINDS = (PlaceKind.COMMUNITY, PlaceKind.ESTATE, PlaceKind.BUILDING)


def places_under(path: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """Community, estates and buildings at or under a place, grouped by estate; one query."""
    rows = db.session.execute(
        sa.select(Place.id, Place.parent_id, Place.kind, Place.name)
        .where(under(Place.place_path, path), Place.kind.in_(KINDS))
        .order_by(sa.func.length(Place.sort_key), Place.sort_key, Place.id)
    ).all()
    estates = {r.id: r.name for r in rows if r.kind is PlaceKind.ESTATE}
    groups = [("", [(r.id, r.name) for r in rows if r.kind is PlaceKind.COMMUNITY])]
    for estate, name in estates.items():
        inside = [(r.id, f"{name} {r.name}") for r in rows if r.parent_id == estate]
        groups.append((name, [(estate, name), *inside]))
    return [(name, choices) for name, choices in groups if choices]
