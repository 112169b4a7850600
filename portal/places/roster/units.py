"""What a roster holds once it is read: units with owners, and where in the file the tables were."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.places.roster.findings import Finding
from portal.places.roster.sentences import N_


class Use(StrEnum):
    """What a unit is for. `printed` is the Chinese word of rosters and reports (a message id)."""

    HOME = "home"
    SHOP = "shop"
    OFFICE = "office"
    PARKING = "parking"
    STORAGE = "storage"
    OTHER = "other"

    @property
    def printed(self) -> str:
        return PRINTED_USE[self]


class Delivery(StrEnum):
    """Whether a unit was sold and handed over; what is not stands with the developer when heads are counted."""

    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    UNSOLD = "unsold"

    @property
    def printed(self) -> str:
        return PRINTED_DELIVERY[self]


class AreaSource(StrEnum):
    """Where an area comes from, in the order of SPC 2020 art. 8."""

    REGISTER = "register"
    SURVEY = "survey"
    CONTRACT = "contract"
    UNSTATED = "unstated"

    @property
    def printed(self) -> str:
        return PRINTED_SOURCE[self]


class OwnerKind(StrEnum):
    """People are told apart by name and phone, organisations by name."""

    PERSON = "person"
    ORGANISATION = "organisation"


PRINTED_USE: Mapping[Use, str] = {
    Use.HOME: N_("住宅"),
    Use.SHOP: N_("商铺"),
    Use.OFFICE: N_("办公"),
    Use.PARKING: N_("车位"),
    Use.STORAGE: N_("储藏室"),
    Use.OTHER: N_("其他"),
}
PRINTED_DELIVERY: Mapping[Delivery, str] = {
    Delivery.DELIVERED: N_("已交付"),
    Delivery.UNDELIVERED: N_("未交付"),
    Delivery.UNSOLD: N_("未售"),
}
PRINTED_SOURCE: Mapping[AreaSource, str] = {
    AreaSource.REGISTER: N_("产权证"),
    AreaSource.SURVEY: N_("测绘"),
    AreaSource.CONTRACT: N_("合同"),
    AreaSource.UNSTATED: N_("未注明"),
}


@dataclass(frozen=True, slots=True)
class Owner:
    """One name on the title. `phone` is set where the row tells whose number it is."""

    name: str
    kind: OwnerKind
    phone: str | None = None


# estate, building, entrance, room, use: what makes two rows the same unit
UnitKey = tuple[str, str, str, str, Use]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One exclusive part as one row tells it. `area` in 0.01 m²; `phones` are the row's usable numbers."""

    estate: str
    building: str
    entrance: str
    floor: int | None
    room: str
    use: Use
    area: int
    area_source: AreaSource
    delivery: Delivery
    owners: tuple[Owner, ...]
    phones: tuple[str, ...]
    grid: str
    note: str
    sheet: str
    row: int

    @property
    def key(self) -> UnitKey:
        return (self.estate, self.building, self.entrance, self.room, self.use)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its letter, its heading as printed, and the field it is read as (None: not read)."""

    letter: str
    header: str
    field: str | None


@dataclass(frozen=True, slots=True)
class SheetReading:
    """Where the table of a sheet lies. Rows count from 1, as a spreadsheet program shows them."""

    name: str
    header_row: int
    first_row: int
    last_row: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """A file read to its end. `encoding` is None for workbooks."""

    filename: str
    source: str
    encoding: str | None
    sheets: tuple[SheetReading, ...]
    units: tuple[UnitRow, ...]
    findings: tuple[Finding, ...] = field(repr=False)

    @property
    def estates(self) -> tuple[str, ...]:
        """Names of the estates, in the order they first appear."""
        return tuple(dict.fromkeys(unit.estate for unit in self.units))
