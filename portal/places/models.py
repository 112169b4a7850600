"""Places, units and the owners' register. Knows no user."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import Area, Id, PathType, PlacePath, word
from ..core.db import Model
from .roster.units import AreaSource as AreaSource
from .roster.units import Delivery as Delivery
from .roster.units import OwnerKind as OwnerKind
from .roster.units import Use as Use

SortKey = sa.String(60).with_variant(postgresql.VARCHAR(60, collation="C"), "postgresql")
"""Compared character by character, like paths, so that both databases page in one order."""


class PlaceKind(StrEnum):
    COMMUNITY = "community"
    ESTATE = "estate"
    BUILDING = "building"
    ENTRANCE = "entrance"
    UNIT = "unit"


class Place(Model):
    """A node of the tree community → estate → building → entrance → unit. Its path is `/1/7/42/`, own id last."""

    __tablename__ = "place"

    id: Mapped[Id]
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("place.id"), index=True)
    kind: Mapped[PlaceKind] = mapped_column(word(PlaceKind))
    place_path: Mapped[str] = mapped_column(PathType, unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    """As people say it: 东府嘉和, 19号楼, 1单元, 501."""
    label: Mapped[str] = mapped_column(sa.String(120))
    """Within its estate, as on a door plate: 19号楼1单元501室."""
    sort_key: Mapped[str] = mapped_column(SortKey)
    """Orders places as people count, 2号楼 before 10号楼: siblings, and the units of a whole estate."""

    __table_args__ = (sa.UniqueConstraint("parent_id", "kind", "name"),)


class Unit(Model):
    """What is said of a place of kind unit: a separately owned part (专有部分)."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(sa.ForeignKey("place.id"), primary_key=True)
    place_path: Mapped[PlacePath] = mapped_column(unique=True)
    estate_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id"))
    use: Mapped[Use] = mapped_column(word(Use))
    floor: Mapped[str] = mapped_column(sa.String(16))
    exclusive_area: Mapped[Area | None]
    """0.01 m²; none: not known, which blocks a roll."""
    area_source: Mapped[str] = mapped_column(sa.String(20))
    """Where the area comes from, as printed: 产权证, 测绘, 合同, 未注明 (`AreaSource.printed`; SPC 2020 art. 8)."""
    delivery: Mapped[Delivery] = mapped_column(word(Delivery))
    owner_set_id: Mapped[int | None] = mapped_column(sa.ForeignKey("owner_set.id"), index=True)
    grid_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    note: Mapped[str] = mapped_column(sa.String(200))
    gone_on: Mapped[date | None]
    """The day somebody said it is no separate part any more (torn down, merged). Then it counts nowhere."""
    revision: Mapped[int] = mapped_column(default=0)
    """Grows with every correction, so that two people cannot overwrite each other."""

    # The units an estate has today, as its roll is drawn from them.
    __table_args__ = (sa.Index("ix_unit_figures", "estate_id", "gone_on", "use", "exclusive_area"),)


class OwnerSet(Model):
    """Owners who stand together on a title: one head in an owners' vote, however many units (SPC 2020 art. 9).
    The same person alone and with another is two sets."""

    __tablename__ = "owner_set"

    id: Mapped[Id]
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    """Of the estate."""
    key: Mapped[str] = mapped_column(sa.String(64))
    """Digest of who they are (names and phone, or the organisation's name), for re-import."""
    developer: Mapped[bool]
    """The developer's: with all unsold and undelivered parts it is one head (SPC 2020 art. 9)."""
    phones: Mapped[str] = mapped_column(sa.String(80), default="")
    """Numbers printed beside the names where the row does not tell whose they are, separated by 、."""

    __table_args__ = (sa.UniqueConstraint("place_path", "key"),)


class Owner(Model):
    """One owner on a title."""

    __tablename__ = "owner"

    id: Mapped[Id]
    owner_set_id: Mapped[int] = mapped_column(sa.ForeignKey("owner_set.id"), index=True)
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    kind: Mapped[OwnerKind] = mapped_column(word(OwnerKind))
    name: Mapped[str] = mapped_column(sa.String(80))
    phone: Mapped[str] = mapped_column(sa.String(20))


class TitleChange(Model):
    """Other owners on a title, and why: the ownership history of a unit."""

    __tablename__ = "title_change"

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    """Of the unit."""
    before_id: Mapped[int | None] = mapped_column(sa.ForeignKey("owner_set.id"))
    after_id: Mapped[int | None] = mapped_column(sa.ForeignKey("owner_set.id"))
    reason: Mapped[str] = mapped_column(sa.String(200))
    """As the keeper of the register wrote it; "" when a roster said so."""
    roster_import_id: Mapped[int | None] = mapped_column(sa.ForeignKey("roster_import.id"))
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None]


class Grid(Model):
    """A service cell, nestable; it crosses the tree of places, so units point to it."""

    __tablename__ = "grid"

    id: Mapped[Id]
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    """Of the community."""
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grid.id"))
    name: Mapped[str] = mapped_column(sa.String(60))

    __table_args__ = (sa.UniqueConstraint("place_path", "name"),)


class RosterImport(Model):
    """One roster file that was read, previewed, and perhaps taken over: what it said and what became of it."""

    __tablename__ = "roster_import"

    id: Mapped[Id]
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    file_name: Mapped[str] = mapped_column(sa.String(120))
    digest: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the file, which is kept under the instance folder by that name."""
    estate: Mapped[str] = mapped_column(sa.String(60))
    """The estate of sheets that do not name one, as the uploader said; "" if he did not."""
    read_at: Mapped[datetime]
    read_by_id: Mapped[int | None]
    base: Mapped[int]
    """How far the community's register was when the preview was made (`register.version`)."""
    taken_at: Mapped[datetime | None]
    taken_by_id: Mapped[int | None]
    summary: Mapped[dict[str, int]] = mapped_column(sa.JSON)
    """Counts for the history: units, repair, skip, refuse, added, changed, missing."""
    report: Mapped[dict[str, object]] = mapped_column(sa.JSON)
    """The preview as shown: counts, findings, differences."""
