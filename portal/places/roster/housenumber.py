"""House numbers: building, entrance, floor and room, in four columns or in one.

3-2-501 · 3号楼2单元501室 · 3栋2单元501 · 3#2-501 · 三号楼二单元五层501 · 一化小区3幢501 · 地下车库A-001
"""

import re
from functools import lru_cache
from typing import NamedTuple

from portal.places.roster.cells import Mend, halved
from portal.places.roster.numerals import SIGNS, from_chinese

NAME = rf"\d{{1,4}}[A-Za-z]?|[A-Za-z]\d{{0,3}}|[甲乙丙丁东西南北]|[{SIGNS}]+"
BUILDING = r"号楼|号栋|号幢|号座|#楼|#栋|#幢|栋|幢|座|#|号"
ENTRANCE = r"单元|号门|门洞|门栋|楼门|梯|门|#"
ROOM = r"(?P<room>[^\s#栋幢单元]{1,12}?)(?:室|号房|房间|房|户|号|#)?"
WORDED = re.compile(
    rf"^(?P<before>.*?)(?:第)?(?P<building>{NAME})(?P<mark>{BUILDING}|楼(?=[^-]*单元))(?![\u3400-\u9fff]{{2,}}.*\d-)-?"
    rf"(?:(?:第)?(?P<entrance>{NAME})(?:{ENTRANCE})-?|(?P<plain>\d{{1,2}})-)?"
    rf"(?:(?P<floor>-?\d{{1,2}}|负?[{SIGNS}]+)(?:(?:层|楼)-?|-))?{ROOM}$"
)
DASHED = re.compile(
    rf"^(?P<before>.*[\u3400-\u9fff])?(?P<building>{NAME})-(?:(?P<entrance>{NAME})-)?(?:(?P<floor>\d{{1,2}})-(?=[^-]*$))?{ROOM}$"
)
FROM_ENTRANCE = re.compile(
    rf"^(?:第)?(?P<entrance>{NAME})(?:单元|号门|门洞|楼门|梯)-?(?:(?P<floor>\d{{1,2}})(?:层|楼)-?)?{ROOM}$"
)
FROM_FLOOR = re.compile(rf"^(?P<floor>\d{{1,2}}|[{SIGNS}]+)(?:层|楼)-?(?P<room>\d{{2,4}})(?:室|号|房)?$")
GARAGE = re.compile(
    r"^(?P<before>.*?)(?P<building>(?:地下|负[一二三]层?|B\d)?(?:机动车)?(?:车库|停车场|停车库|地库))[-:]?(?P<room>.{1,12}?)(?:号车位|车位|号)?$"
)
BUILDING_ALONE = re.compile(rf"^(?:第)?(?P<building>{NAME})(?P<mark>{BUILDING}|楼)?$")
BUILDING_ENTRANCE = re.compile(
    rf"^(?:第)?(?P<building>{NAME})(?P<mark>{BUILDING}|-|楼)-?(?:第)?(?P<entrance>{NAME})(?:单元|号门|门洞|楼门|门|梯)?$"
)
ENTRANCE_ALONE = re.compile(rf"^(?:第)?(?P<entrance>{NAME})(?:{ENTRANCE}|号|单)?$")
ZONE = re.compile(r"^(?P<before>.*?)(?P<zone>第?[一二三四五六七八九十\dA-Za-z]{1,2}(?:期|区|组团|标段))$")
ZONED = re.compile(
    r"^(?P<zone>第?[一二三四五六七八九十\dA-Za-z东西南北]{1,2}(?:期|区|组团|标段|院))-?(?P<rest>.+)$"
)
NO_ESTATE = re.compile(r"(?:商铺|商业|门面|门市|底商|车位|住宅|公寓|储藏室|编号)$")
STREET = re.compile(r"^.*?(?:路|街|巷|道|胡同)\d+号(?:院)?|^.*?(?:省|市|区|县|镇|街道|社区)(?=.{2,})")
NONE_HERE = frozenset(("", "-", "--", "/", "—", "——", "无", "\\", "0"))


class HouseNumber(NamedTuple):
    """The parts found; "" where the text does not tell. `before` is what stood in front, often the estate."""

    building: str = ""
    entrance: str = ""
    room: str = ""
    floor: str = ""
    before: str = ""
    mends: tuple[Mend, ...] = ()


def zoned(zone: str, building: str) -> str:
    """Phases and areas of an estate number their buildings anew: 一期 and 3 → 一期3号楼."""
    return f"{zone.removeprefix('第')}{building}号楼"


def tidy(text: str) -> str:
    """Half width, one kind of dash, no gaps, separators / . \\ _ between numbers as dashes."""
    text = re.sub(r"\s+", "", halved(text)[0])
    text = re.sub(r"[‐‑‒–—―－~_﹣−]+", "-", text)
    return re.sub(r"(?<=[0-9A-Za-z#元栋幢楼])[/\\.、,](?=[0-9A-Za-z商])", "-", text)


def name(text: str) -> tuple[str, bool]:
    """(a building's or entrance's bare name, whether it was in words): 三 → 3, 03 → 3, a → A."""
    number = from_chinese(text)
    if number is not None:
        return str(number), True
    bare = text.lstrip("0") or text
    return bare.upper(), False


def parsed(match: re.Match[str], text: str) -> HouseNumber:
    """The groups of any pattern above as parts."""
    got = match.groupdict()
    building, in_words = name(got.get("building") or "")
    before = (got.get("before") or "").strip("-,，:：")
    if building and (zone := ZONE.match(before)):
        before, building = zone["before"], zoned(zone["zone"], building)
    entrance, entrance_in_words = name(got.get("entrance") or got.get("plain") or "")
    mends = []
    if "#" in (got.get("mark") or ""):
        mends.append("building_hash")
    if in_words and building:
        mends.append("building_in_words")
    if entrance_in_words and entrance:
        mends.append("entrance_in_words")
    room = room_name(got.get("room") or "", got.get("floor") or "")
    reads = "-".join(part for part in (building, entrance, room) if part)
    return HouseNumber(
        building,
        entrance,
        room,
        got.get("floor") or "",
        before,
        tuple(Mend(kind, reads) for kind in mends),
    )


def room_name(room: str, floor: str) -> str:
    """01 behind floor 5 is room 501; every other room stays as printed."""
    return (
        f"{int(floor)}{room}"
        if floor.isdigit() and re.fullmatch(r"\d\d", room)
        else room.upper()
        if room.isascii()
        else room
    )


def read_house(text: str) -> HouseNumber | None:
    """A whole house number in one text, or None when it has no building in it."""
    text = tidy(text)
    garage = GARAGE.match(text)
    if garage and not re.search(r"号楼|栋|幢|座|单元", garage["before"] + garage["room"]):
        return HouseNumber(garage["building"], "", garage["room"].strip("-"), "", garage["before"].strip("-"))
    for pattern in (WORDED, DASHED):
        match = pattern.match(text)
        if match and not NO_ESTATE.search(match["before"] or ""):
            return parsed(match, text)
    return None


def read_room(text: str) -> HouseNumber:
    """The room column: a bare room, or with the entrance in front (2单元501, 5层501)."""
    text = tidy(text)
    if match := FROM_ENTRANCE.match(text) or FROM_FLOOR.match(text):
        return parsed(match, text)
    bare = re.sub(r"(?<=[0-9A-Za-z])(?:室|号房|房间|房|户|号|号车位|车位|#)$", "", text)
    return HouseNumber(room=bare.upper() if bare.isascii() else bare)


@lru_cache(maxsize=2048)
def read_building(text: str) -> HouseNumber:
    """The building column: 3, 3号楼, 3#, 三栋, A座, 3号楼2单元; anything else (地下车库) is a name and stays."""
    text = tidy(text)
    if (zone := ZONED.match(text)) and BUILDING_ALONE.match(zone["rest"]):
        inner = read_building(zone["rest"])
        building = zoned(zone["zone"], inner.building)
        return inner._replace(building=building, mends=tuple(Mend(m.kind, building) for m in inner.mends))
    match = BUILDING_ALONE.match(text) or BUILDING_ENTRANCE.match(text)
    if not match:
        return HouseNumber(building=text)
    found = parsed(match, text)
    return found._replace(
        mends=tuple(Mend(m.kind, found.building) for m in found.mends if m.kind != "entrance_in_words")
    )


@lru_cache(maxsize=2048)
def read_entrance(text: str) -> HouseNumber:
    """The entrance column: 2, 2单元, 二单元; signs for nothing give none."""
    text = tidy(text)
    if text in NONE_HERE:
        return HouseNumber()
    match = ENTRANCE_ALONE.match(text)
    if not match:
        return HouseNumber(entrance=text)
    found = parsed(match, text)
    return found._replace(mends=tuple(Mend(m.kind, found.entrance) for m in found.mends))


def estate_before(text: str) -> str:
    """The estate in front of a house number, without street and district: 东兴路18号一化小区 → 一化小区."""
    while (match := STREET.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    return text if len(text) >= 2 else ""
