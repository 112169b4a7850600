"""Where a unit stands: puts together what the building, entrance, room and address columns of a row say."""

import re
from dataclasses import dataclass

from portal.places.roster.cells import Cell, DateCell, Mend
from portal.places.roster.housenumber import (
    HouseNumber,
    estate_before,
    read_building,
    read_entrance,
    read_house,
    read_room,
    tidy,
)
from portal.places.roster.line import Line
from portal.places.roster.units import Use

MARKED = re.compile(r"号楼|号栋|号幢|栋|幢|座|#|单元")
DATE = re.compile(
    r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}(?:日|[ T].*)?|"
    r"\d{1,2}月\d{1,2}日|\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{1,2}"
)
NAMED = re.compile(r"(?:.{1,3}(?:期|区|组团|标段|院))?(?:\d+[A-Z]?|[A-Z]\d*)(?:号楼)?")
LOOSE_PARKING = "车位区"
LONGEST_ROOM = 20  # characters
NOWHERE = HouseNumber()


@dataclass(slots=True)
class Carried:
    """What earlier lines of the sheet lend to a row that leaves it blank."""

    estate: str = ""
    building: str = ""  # of the row above
    entrance: str = ""
    caption: HouseNumber = NOWHERE
    use: Use | None = None  # what the sheet's name says all its units are for


def place_of(line: Line, carried: Carried, use: Use | None) -> HouseNumber:
    """The unit's place; refusals and repairs are noted on the line. `room` is "" when the row is refused for it."""
    field = number_field(line)
    for at in ("building", field):
        if is_date(line.cell(at)):
            line.refuse(at, "house_number_date")
            return HouseNumber()
    known = columns_of(line)
    text, kinds = line.code(field)
    if not text:
        if not any(at == field for at, *_ in line.refusals):
            line.refuse(field, "room_missing")
        return known
    captioned = (
        known
        if known.building
        else known._replace(
            building=carried.caption.building, entrance=known.entrance or carried.caption.entrance
        )
    )
    found = joined(line, field, text, captioned if is_pair(text) else known, use)
    if found is None:
        return known
    if field == "room" and not found.building and (whole := read_house(line.code("house")[0])):
        found = found._replace(
            building=whole.building, entrance=found.entrance or whole.entrance, before=whole.before
        )
    found = with_building(line, found, carried, use)
    parts = (found.building, found.entrance, found.room)
    line.mended(
        field,
        kinds,
        found.room
        if known.building or (field == "room" and not found.before and tidy(text) == found.room)
        else "-".join(part for part in parts if part),
    )
    return found


def is_date(cell: Cell) -> bool:
    """3-2-501 typed into a spreadsheet may have become the second of March."""
    return isinstance(cell, DateCell) or (isinstance(cell, str) and bool(DATE.fullmatch(cell.strip())))


def number_field(line: Line) -> str:
    """The column with the house number: the room's own, else the address."""
    from_room = line.has("room") and (line.cell("room") is not None or not line.has("house"))
    return "room" if from_room else "house"


def columns_of(line: Line) -> HouseNumber:
    """What the building's and the entrance's own columns say."""
    text, kinds = line.code("building")
    building = read_building(text) if text else HouseNumber()
    line.mended("building", kinds, building.building)
    line.mend("building", *building.mends)
    text, kinds = line.code("entrance")
    entrance = read_entrance(text) if text else HouseNumber()
    line.mended("entrance", kinds, entrance.entrance)
    line.mend("entrance", *entrance.mends)
    if building.entrance and entrance.entrance and building.entrance != entrance.entrance:
        line.refuse("entrance", "house_number_conflict", f"{line.cell('building')} / {line.cell('entrance')}")
    return HouseNumber(building.building, entrance.entrance or building.entrance, before=building.before)


def joined(line: Line, field: str, text: str, known: HouseNumber, use: Use | None) -> HouseNumber | None:
    """The house number with what the columns know; None (and refused) when they contradict each other."""
    whole = read_house(text)
    if whole is None:
        return bare_room(line, field, text, known)
    own_room = known._replace(room=tidy(text).upper() if text.isascii() else tidy(text))
    if is_pair(text):
        return (
            pair_beside(whole, known, own_room, use)
            if known.building
            else pair_alone(whole, known, own_room, use)
        )
    if not agree(whole, known):
        if known.building and (
            (use == Use.PARKING and not MARKED.search(tidy(text))) or not NAMED.fullmatch(known.building)
        ):
            return own_room
        conflict(line, field, known)
        return None
    line.mend(field, *whole.mends)
    return whole._replace(entrance=known.entrance or whole.entrance)


def bare_room(line: Line, field: str, text: str, known: HouseNumber) -> HouseNumber | None:
    """A room without a building in the text."""
    room = read_room(text)
    if not room.room or room.room.startswith("-") or len(room.room) > LONGEST_ROOM:
        line.refuse(field, "house_number_unreadable")
        return None
    if room.entrance and known.entrance and room.entrance != known.entrance:
        conflict(line, field, known)
        return None
    line.mend(field, *room.mends)
    return known._replace(room=room.room, floor=room.floor, entrance=known.entrance or room.entrance)


def agree(whole: HouseNumber, known: HouseNumber) -> bool:
    """Whether the text and the columns name the same building and entrance, as far as both do."""
    building = not known.building or whole.building == known.building
    return building and (not known.entrance or not whole.entrance or whole.entrance == known.entrance)


def is_pair(text: str) -> bool:
    """x-y without any word: 2-501 may be entrance and room, or building and room."""
    return bool(re.fullmatch(r"[0-9A-Za-z]+-[^-]+", tidy(text))) and not MARKED.search(tidy(text))


def pair_alone(whole: HouseNumber, known: HouseNumber, own_room: HouseNumber, use: Use | None) -> HouseNumber:
    """x-y without a known building: A-001 is a space in zone A; x may repeat the entrance; else it is the building."""
    if use == Use.PARKING and not whole.building.isdigit():
        return own_room
    if known.entrance and whole.building == known.entrance and len(whole.room) >= 3:
        return known._replace(room=whole.room)
    return whole._replace(entrance=known.entrance)


def pair_beside(
    whole: HouseNumber, known: HouseNumber, own_room: HouseNumber, use: Use | None
) -> HouseNumber:
    """x-y beside a known building: x may repeat the entrance or the building; A-001 is a room of its own."""
    long_enough = bool(re.fullmatch(r"\d{3,4}[A-Z]?", whole.room))
    if not long_enough or use == Use.PARKING:
        return own_room
    if whole.building == known.entrance or (not known.entrance and whole.building == known.building):
        return known._replace(room=whole.room)
    if not known.entrance and whole.building.isdigit() and len(whole.building) <= 2:
        return known._replace(room=whole.room, entrance=whole.building)
    return own_room


def conflict(line: Line, field: str, known: HouseNumber) -> None:
    """Refuses a row whose columns contradict each other."""
    line.refuse(
        field, "house_number_conflict", " ".join(part for part in (known.building, known.entrance) if part)
    )


def with_building(line: Line, found: HouseNumber, carried: Carried, use: Use | None) -> HouseNumber:
    """Fills a blank building from the caption above, from the row above, or for parking with a name of our own."""
    if found.building:
        return found
    if carried.caption.building:
        return found._replace(
            building=carried.caption.building, entrance=found.entrance or carried.caption.entrance
        )
    if line.has("building") and carried.building:
        entrance = found.entrance or (carried.entrance if use in (None, Use.HOME) else "")
        line.mend("building", Mend("filled_down", carried.building, True))
        return found._replace(building=carried.building, entrance=entrance)
    if use == Use.PARKING:
        line.mend(
            "room" if line.has("room") else "house", Mend("parking_without_building", LOOSE_PARKING, True)
        )
        return found._replace(building=LOOSE_PARKING)
    line.refuse("building" if line.has("building") else number_field(line), "building_missing")
    return found


def estate_of(line: Line, found: HouseNumber, carried: Carried) -> str:
    """The estate's own column, else what stood in front of the house number, else the sheet's."""
    named = line.words("estate")
    if named:
        return "".join(named.split())
    return estate_before(found.before) or carried.estate


def in_words(found: HouseNumber, room: str) -> str:
    """A unit's place for a sentence: 19号楼 2单元 房号 701."""
    building = (
        f"{found.building.removesuffix('号楼')}号楼" if NAMED.fullmatch(found.building) else found.building
    )
    entrance = f"{found.entrance}单元" if found.entrance else ""
    return " ".join(part for part in (building, entrance, f"房号 {room}" if room else "") if part)
