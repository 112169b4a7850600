"""Units in lists and one by one. Owners' names are read only here, and phones only for those who may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ...core import access, panels
from ...core.access import under
from ...core.actor import Actor
from ...core.amounts import plain
from ...core.db import db
from ...core.directory import directory
from ...core.eventlog import Entry
from ...core.listing import Column, Filter, Listing, Sort
from ...core.nested import nested
from ...core.text import N_, _
from ..models import Delivery, Grid, Owner, OwnerSet, Place, PlaceKind, TitleChange, Unit, Use
from ..naming import building_name, entrance_name
from ..roster.housenumber import read_house

Estate = aliased(Place, name="estate")

MISSING = {
    "area": (N_("缺面积"), Unit.exclusive_area.is_(None)),
    "owner": (N_("缺业主"), Unit.owner_set_id.is_(None)),
    "grid": (N_("没归网格"), Unit.grid_id.is_(None)),
    "gone": (N_("已注销"), Unit.gone_on.is_not(None)),
}
OWNERS = nested(
    sa.select(Owner.name, Owner.phone).where(Owner.owner_set_id == Unit.owner_set_id).order_by(Owner.id),
    of=Unit,
)
_ROWS = (
    sa.select(
        Unit.id,
        Unit.place_path,
        Place.label,
        Place.sort_key,
        Estate.name.label("estate"),
        Unit.use,
        Unit.floor,
        Unit.exclusive_area,
        Unit.area_source,
        Unit.delivery,
        Unit.note,
        Unit.gone_on,
        Grid.name.label("grid"),
        sa.func.coalesce(OwnerSet.phones, "").label("phones"),
        OWNERS.label("owners"),
    )
    .join(Place, Place.id == Unit.id)
    .join(Estate, Estate.id == Unit.estate_id)
    .outerjoin(OwnerSet, OwnerSet.id == Unit.owner_set_id)
    .outerjoin(Grid, Grid.id == Unit.grid_id)
)
COLUMNS = (
    Column(N_("小区"), lambda u: u.estate),
    Column(N_("房屋"), lambda u: u.label),
    Column(N_("用途"), lambda u: _(u.use.printed)),
    Column(N_("楼层"), lambda u: u.floor),
    Column(N_("专有面积(㎡)"), lambda u: None if u.exclusive_area is None else plain(u.exclusive_area)),
    Column(N_("面积来源"), lambda u: _(u.area_source)),
    Column(N_("交付"), lambda u: _(u.delivery.printed)),
    Column(N_("业主"), lambda u: "、".join(name for name, _phone in u.owners)),
    Column(N_("网格"), lambda u: u.grid),
    Column(N_("备注"), lambda u: u.note),
)
PHONES = Column(N_("业主电话"), lambda u: u.phones or "、".join(phone for _name, phone in u.owners if phone))


@dataclass(frozen=True)
class Choices:
    """What the filters of a place's list offer: (value, words)."""

    places: list[tuple[str, str]]
    grids: list[tuple[str, str]]


def choices(actor: Actor, place: Place) -> Choices:
    """Estates and buildings under a place, and the community's grids; two queries."""
    kinds = (PlaceKind.ESTATE, PlaceKind.BUILDING)
    rows = db.session.execute(
        sa.select(Place.id, Place.kind, Place.name, Place.place_path, Place.sort_key)
        .where(under(Place.place_path, place.place_path), Place.kind.in_(kinds), Place.id != place.id)
        .order_by(Place.sort_key, Place.id)
    ).all()
    several = sum(row.kind is PlaceKind.ESTATE for row in rows) > 1
    names = {row.place_path: row.name for row in rows if row.kind is PlaceKind.ESTATE}
    order = {path: n for n, path in enumerate(names)}
    told = []
    for row in rows:
        estate = "/" + "/".join(row.place_path.strip("/").split("/")[:2]) + "/"
        words = (
            row.name if row.kind is PlaceKind.ESTATE or not several else f"{names.get(estate, '')} {row.name}"
        )
        told.append(((order.get(estate, 0), row.kind is PlaceKind.BUILDING), (row.place_path, words)))
    told.sort(key=lambda pair: pair[0])
    grids = db.session.execute(
        sa.select(Grid.id, Grid.name).where(access.rows(actor, Grid)).order_by(Grid.name).limit(500)
    )
    return Choices([choice for _order, choice in told], [(str(id_), name) for id_, name in grids])


def register_of(
    actor: Actor, place: Place, asked: Mapping[str, str], offered: Choices, phones: bool
) -> Listing:
    """The list of a place's units. Retired ones are left out unless asked for; `phones` only for the file."""
    select = _ROWS.where(under(Unit.place_path, place.place_path), *_matching(asked.get("q", "")))
    if asked.get("missing") != "gone":
        select = select.where(Unit.gone_on.is_(None))
    return Listing(
        model=Unit,
        select=select,
        sorts=(Sort("place", N_("按门牌"), Place.sort_key, descending=False),),
        columns=(*COLUMNS, PHONES) if phones else COLUMNS,
        filters=(
            Filter(
                "place", N_("小区和楼栋"), lambda _actor: offered.places, lambda v: under(Unit.place_path, v)
            ),
            Filter(
                "use",
                N_("用途"),
                lambda _actor: [(u.value, _(u.printed)) for u in Use],
                lambda v: Unit.use == Use(v),
            ),
            Filter(
                "delivery",
                N_("交付"),
                lambda _actor: [(d.value, _(d.printed)) for d in Delivery],
                lambda v: Unit.delivery == Delivery(v),
            ),
            Filter("grid", N_("网格"), lambda _actor: offered.grids, lambda v: Unit.grid_id == int(v)),
            Filter(
                "missing",
                N_("要补的"),
                lambda _actor: [(key, _(words)) for key, (words, _where) in MISSING.items()],
                lambda v: MISSING[v][1],
            ),
        ),
        size=50,
    )


def _matching(text: str) -> list[sa.ColumnElement[bool]]:
    """A house number in any of its spellings (3-2-501, 3栋2单元501), or words of the door plate or the estate."""
    text = text[:60].replace("\0", "").strip()
    house = read_house(text) if text else None
    if house and house.building and house.room:
        start = building_name(house.building) + (entrance_name(house.entrance) if house.entrance else "")
        return [
            Place.label.startswith(start, autoescape=True),
            Place.name.icontains(house.room, autoescape=True),
        ]
    found = []
    for word in text.split()[:5]:
        found.append(
            sa.or_(Place.label.icontains(word, autoescape=True), Estate.name.icontains(word, autoescape=True))
        )
    return found


_ONE = _ROWS.add_columns(
    Unit.revision,
    Unit.estate_id,
    Unit.grid_id,
    Unit.owner_set_id,
    sa.func.coalesce(OwnerSet.developer, sa.false()).label("developer"),
)


def unit_row(unit_id: int) -> Any:
    """All the register says of a unit whose visibility was checked, and what its panels want; one query."""
    same = aliased(Unit)
    others = (
        sa.select(sa.func.count())
        .select_from(same)
        .where(same.owner_set_id == Unit.owner_set_id, same.id != Unit.id, same.gone_on.is_(None))
        .correlate(Unit)
        .scalar_subquery()
    )
    chosen = _ONE.add_columns(others.label("others"), *panels.columns(Unit))
    return db.session.execute(chosen.where(Unit.id == unit_id)).one()


def title_history(unit_id: int) -> list[Any]:
    """Changes of owners, newest first, with names before and after; one query."""
    names = [
        nested(
            sa.select(Owner.name).where(Owner.owner_set_id == column).order_by(Owner.id), of=TitleChange
        ).label(label)
        for column, label in ((TitleChange.before_id, "before"), (TitleChange.after_id, "after"))
    ]
    people = directory.people
    chosen = sa.select(TitleChange.changed_at, TitleChange.reason, people.name.label("by"), *names)
    chosen = chosen.outerjoin(people, people.id == TitleChange.changed_by_id).where(
        TitleChange.unit_id == unit_id
    )
    return list(db.session.execute(chosen.order_by(TitleChange.id.desc()).limit(50)))


def events_of(subject: str, most: int = 30) -> list[Any]:
    """What the log says of a subject (`unit:12`), newest first, as `core.timeline.line` wants it; one query."""
    people = directory.people
    chosen = sa.select(
        Entry.at, Entry.name, Entry.party, Entry.payload, people.name.label("person"), people.nickname
    ).outerjoin(people, people.id == Entry.actor_id)
    return list(
        db.session.execute(chosen.where(Entry.subject == subject).order_by(Entry.id.desc()).limit(most))
    )
