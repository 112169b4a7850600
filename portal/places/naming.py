"""Names, door plates and order of places, made from the bare words of a roster (building 19, entrance 1, room 101)."""

import re
from typing import NamedTuple

from .roster.units import Use

BARE = re.compile(r"[0-9]+[A-Za-z]?|[A-Za-z][0-9]*")
SIDE = re.compile(r"[甲乙丙丁东西南北]")
HOUSE = re.compile(r"[0-9]+[A-Za-z]?")
DIGITS = re.compile(r"[0-9]+")
WORD = {Use.SHOP: "商铺", Use.OFFICE: "办公", Use.PARKING: "车位", Use.STORAGE: "储藏室", Use.OTHER: "其他"}
SAYS = {
    Use.SHOP: re.compile("商|铺|店|门面|门市"),
    Use.OFFICE: re.compile("办公|写字"),
    Use.PARKING: re.compile("车位|车库"),
    Use.STORAGE: re.compile("储|杂物|地下室"),
    Use.OTHER: re.compile("其他"),
}


class UnitName(NamedTuple):
    """Where a unit lies, in the words of the tree; "" where a level is left out."""

    estate: str
    building: str
    entrance: str
    unit: str


def building_name(bare: str) -> str:
    """19 → 19号楼; 东 → 东楼; 地下车库 stays."""
    if SIDE.fullmatch(bare):
        return f"{bare}楼"
    return (f"{bare}号楼" if BARE.fullmatch(bare) else bare)[:60]


def entrance_name(bare: str) -> str:
    """1 → 1单元."""
    return (f"{bare}单元" if BARE.fullmatch(bare) or SIDE.fullmatch(bare) else bare)[:60]


def unit_name(room: str, use: Use) -> str:
    """A home by its number alone; anything else says what it is, since a shop 101 may lie beside a home 101."""
    if use is Use.HOME:
        return (f"{room}（住宅）" if any(p.search(room) for p in SAYS.values()) else room)[:60]
    if SAYS[use].search(room):
        return room[:60]
    return f"{room[:50]}号{WORD[use]}"


def name_of(estate: str, building: str, entrance: str, room: str, use: Use) -> UnitName:
    """The names of a unit's place and of those above it."""
    return UnitName(estate[:60], building_name(building), entrance_name(entrance), unit_name(room, use))


def plate(name: UnitName) -> str:
    """The door plate within the estate: 19号楼1单元101室, 2号楼商01, 地下车库A-001号车位."""
    tail = "室" if HOUSE.fullmatch(name.unit) else ""
    return (name.building + name.entrance + name.unit + tail)[:120]


def ordinal(text: str, width: int = 14) -> str:
    """Sorts as people count: numbers by size, before words."""
    if not text:
        return ""
    padded = DIGITS.sub(lambda n: n.group().zfill(5), text.upper())
    return (padded if padded[0].isdigit() else "~" + padded)[:width]


def unit_order(estate: str, name: UnitName) -> str:
    """The order of all units of a community: by estate (its own order), building, entrance, room. Parking and
    cellars follow the houses."""
    return "/".join((estate[:6], ordinal(name.building), ordinal(name.entrance), ordinal(name.unit, 20)))
