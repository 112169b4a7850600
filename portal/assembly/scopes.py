"""Whose vote it is: one place, or the several buildings and entrances whose maintenance fund is spent (列支范围)."""

import re
from collections.abc import Iterable, Sequence
from posixpath import commonpath
from typing import Any

import sqlalchemy as sa

from ..core.access import under
from ..core.db import db
from ..core.errors import Invalid
from ..core.text import _
from ..places.models import Place, PlaceKind
from ..places.naming import building_name
from .words import Scope

SCOPE: dict[PlaceKind, Scope] = {
    PlaceKind.ESTATE: Scope.ESTATE,
    PlaceKind.BUILDING: Scope.BUILDING,
    PlaceKind.ENTRANCE: Scope.ENTRANCE,
}
MOST = 60
"""Parts of one fund scope."""
LABEL = 120
NAMED = 12
"""Buildings that are told to somebody who named none of them."""


def paths_of(vote: Any) -> list[str]:
    """The paths in which the owners of a vote have their units; `vote` may be a row of its page."""
    return [path for path, _label in vote.parts] or [vote.place_path]


def inside(vote: Any, column: Any) -> sa.ColumnElement[bool]:
    """Whether a path lies in the scope of a vote."""
    return sa.or_(*(under(column, path) for path in paths_of(vote)))


def typed(parts: Sequence[Sequence[str]]) -> str:
    """The parts of a fund scope as a convener types them."""
    return "\n".join(label for _path, label in parts)


def named(place: Place, text: str) -> list[Place]:
    """The buildings and entrances of a place that a convener has named, in the order of house numbers; none for "".

    Raises Invalid with the field for one that the register does not have there.
    """
    words = [word for word in re.split(r"[\s,，、;；]+", text) if word]
    if not words:
        return []
    found = sa.select(Place).where(
        under(Place.place_path, place.place_path), Place.kind.in_((PlaceKind.BUILDING, PlaceKind.ENTRANCE))
    )
    at: dict[str, Place] = {}
    for part in db.session.scalars(found.order_by(Place.place_path)):
        at.setdefault(part.label, part)
        at.setdefault(part.name, part)
    chosen = [at.get(word) or at.get(building_name(word)) for word in words]
    for word, found_part in zip(words, chosen, strict=True):
        if found_part is None:
            raise Invalid(
                _(
                    "登记簿里没有“%(word)s”。请照门牌写。这里登记的有：%(there)s。",
                    word=word[:40],
                    there=_there(at.values()),
                ),
                "named_parts",
            )
    return _whole([part for part in chosen if part is not None])


def _there(parts: Iterable[Place]) -> str:
    """What can be named, the buildings alone, in a line."""
    found = sorted({p.id: p for p in parts if p.kind is PlaceKind.BUILDING}.values(), key=_order)
    names = [part.label for part in found]
    if not names:
        return _("还没有登记楼栋")
    few = "、".join(names[:NAMED])
    return few if len(names) <= NAMED else _("%(few)s等 %(n)d 处", few=few, n=len(names))


def columns(place: Place, parts: Sequence[Place] = ()) -> dict[str, object]:
    """What a vote keeps of its scope. One part alone is an ordinary building or entrance. Raises Invalid."""
    if len(parts) > MOST:
        raise Invalid(_("列支范围最多写 %(most)d 处。", most=MOST), "named_parts")
    if len(parts) == 1:
        place, parts = parts[0], ()
    estate = estate_of(place)
    words = "、".join(part.label for part in parts) or ("" if place.id == estate.id else place.label)
    label = f"{estate.name} {words}".strip()
    if len(label) > LABEL:
        label = _("%(estate)s %(first)s等 %(n)d 处", estate=estate.name, first=parts[0].label, n=len(parts))
    return {
        "place_path": _around(parts) if parts else place.place_path,
        "estate_id": estate.id,
        "scope": Scope.FUND if parts else SCOPE[place.kind],
        "scope_label": label[:LABEL],
        "parts": [[part.place_path, part.label] for part in parts],
    }


def estate_of(place: Place) -> Place:
    """The estate that a place is in. Raises Invalid for a place whose owners do not vote together."""
    if place.kind not in SCOPE:
        raise Invalid(_("请选一个小区、一栋楼或者一个单元。"), "place")
    path = "/" + "/".join(place.place_path.strip("/").split("/")[:2]) + "/"
    return db.session.scalars(sa.select(Place).where(Place.place_path == path)).one()


def check_signed(estate: Place, name: str) -> None:
    """Raises Invalid for a convener who is signed with the name of a neighbouring estate and not with the own one."""
    around = sa.select(Place.name, Place.kind).where(
        sa.or_(Place.id == estate.parent_id, Place.parent_id == estate.parent_id)
    )
    rows = db.session.execute(around).all()
    own = {estate.name} | {row.name for row in rows if row.kind is PlaceKind.COMMUNITY}
    found = _names_in(name, own | {row.name for row in rows if row.kind is PlaceKind.ESTATE})
    if found and own.isdisjoint(found):
        raise Invalid(
            _(
                "这里写的是“%(other)s”，这次由“%(own)s”的业主来定。请核对署名；没有写错，就把“%(own)s”也写上。",
                other=found[0],
                own=estate.name,
            ),
            "convener_name",
        )


def _names_in(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names that stand in a text, the longest first: 宝枫新城二期 is not 宝枫新城."""
    found = []
    for name in sorted(filter(None, names), key=lambda one: (-len(one), one)):
        if name in text:
            found.append(name)
            text = text.replace(name, "\n")
    return found


def _whole(parts: Sequence[Place]) -> list[Place]:
    """Each part once, an entrance not beside its own building, in the order of house numbers."""
    paths = {part.place_path: part for part in parts}
    kept = [
        part
        for path, part in paths.items()
        if not any(path != other and path.startswith(other) for other in paths)
    ]
    return sorted(kept, key=_order)


def _order(part: Place) -> tuple[tuple[int, str], ...]:
    """As people count: 2号楼 before 10号楼, 4号楼1单元 before 4号楼2单元."""
    return tuple(
        (int(digits), "") if digits else (10**9, words)
        for digits, words in re.findall(r"(\d{1,9})|(\D+)", part.label)
    )


def _around(parts: Sequence[Place]) -> str:
    """The smallest place that holds all of them."""
    return commonpath([part.place_path for part in parts]) + "/"
