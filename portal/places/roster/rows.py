"""One row of the table into one unit."""

import re

from portal.places.roster.areas import read_area
from portal.places.roster.cells import Mend, as_text, is_formula, trimmed
from portal.places.roster.housenumber import HouseNumber
from portal.places.roster.line import Line
from portal.places.roster.owners import owner, read_owners, same_name
from portal.places.roster.phones import read_phone
from portal.places.roster.placing import Carried, estate_of, in_words, place_of
from portal.places.roster.units import AreaSource, Delivery, Owner, UnitRow, Use
from portal.places.roster.words import floor_of_room, read_area_source, read_delivery, read_floor, read_use

LONGEST_NAMES = 200  # characters: some thirty owners


def read_unit(line: Line, carried: Carried) -> UnitRow | None:
    """The unit, or None when the line was refused: the reasons are on the line."""
    use = use_printed(line)
    found = place_of(
        line,
        carried,
        use or hinted(as_text(line.cell("room")) + as_text(line.cell("building"))) or carried.use,
    )
    use = use or use_inferred(line, found, carried)
    line.place = in_words(found, found.room or trimmed(as_text(line.cell("room")))[0])
    estate = estate_of(line, found, carried)
    area = area_of(line)
    delivery = delivery_of(line)
    owners, phones, notes = owners_of(line, delivery)
    floor = floor_of(line, found, use)
    grid, note = line.words("grid"), line.words("note")
    if found.room and found.building:
        line.key = (estate, found.building, found.entrance, found.room, use)
    carry(line, carried, estate, found)
    if line.refusals or area is None:
        return None
    note = "；".join(part for part in (note, *(f"姓名栏原注：{text}" for text in notes)) if part)
    return UnitRow(
        estate,
        found.building,
        found.entrance,
        floor,
        found.room,
        use,
        area,
        area_source_of(line),
        delivery,
        owners,
        phones,
        grid,
        note,
        line.sheet,
        line.row.number,
    )


def carry(line: Line, carried: Carried, estate: str, found: HouseNumber) -> None:
    """Lends to the rows below."""
    if line.has("estate"):
        carried.estate = estate
    if found.building and not carried.caption.building:
        carried.building, carried.entrance = found.building, found.entrance


def use_printed(line: Line) -> Use | None:
    """The use column; an unknown word is kept as "other" for a person to look at."""
    text, kinds = line.code("use")
    use = read_use(text)
    if text and use is None:
        line.mend("use", Mend("use_unknown", Use.OTHER.printed, True))
        return Use.OTHER
    if use:
        line.mended("use", kinds, text)
    return use


def hinted(text: str) -> Use | None:
    """What building and room say about the use."""
    if re.search(r"车位|车库|停车|地库", text):
        return Use.PARKING
    return (
        Use.SHOP if re.search(r"商|铺|门面", text) else Use.STORAGE if re.search(r"储|杂物", text) else None
    )


def use_inferred(line: Line, found: HouseNumber, carried: Carried) -> Use:
    """For tables without the column, or a blank in it (then it is said)."""
    use = carried.use or hinted(found.building + found.room) or Use.HOME
    if line.has("use"):
        line.mend("use", Mend("use_missing", use.printed, True))
    return use


def area_of(line: Line) -> int | None:
    """0.01 m², or None and refused."""
    column = line.heading.columns["area"]
    number = line.heading.columns.get("room", line.heading.columns.get("house"))
    merged_up = column in line.row.lent and number not in line.row.lent
    merged_down = column in line.row.lends and line.row.lends[column] > line.row.lends.get(
        number or 0, line.row.number
    )
    if merged_up or merged_down:
        line.refuse("area", "area_merged")
        return None
    cell = line.cell("area")
    reading = read_area(cell)
    if reading.problem:
        formula = isinstance(cell, str) and is_formula(cell.strip())
        line.refuse("area", "formula_text" if formula else reading.problem)
    line.mend("area", *reading.mends)
    return reading.area


def area_source_of(line: Line) -> AreaSource:
    """Unstated where the column or the word is missing."""
    return read_area_source(line.words("area_source"))


def delivery_of(line: Line) -> Delivery:
    """Tables without the column hold delivered units; a blank or unknown word in it is said."""
    if not line.has("delivery"):
        return Delivery.DELIVERED
    text, kinds = line.code("delivery")
    delivery = read_delivery(text, line.header("delivery"))
    if delivery:
        line.mended("delivery", kinds, text)
        return delivery
    line.mend(
        "delivery", Mend("delivery_unknown" if text else "delivery_missing", Delivery.DELIVERED.printed, True)
    )
    return Delivery.DELIVERED


def owners_of(line: Line, delivery: Delivery) -> tuple[tuple[Owner, ...], tuple[str, ...], list[str]]:
    """(owners, the row's usable phones, notes found in the names' cells)."""
    names: dict[str, str] = {}
    phones: list[str] = []
    notes: list[str] = []
    for field in ("owner", "co_owners"):
        cell = line.cell(field)
        if isinstance(cell, str) and is_formula(cell.strip()):
            line.refuse(field, "formula_text")
            continue
        if isinstance(cell, str) and len(cell) > LONGEST_NAMES:
            line.refuse(field, "cell_too_long")
            continue
        reading = read_owners(cell)
        line.mend(field, *reading.mends)
        notes += reading.notes
        phones += reading.phones
        for name in reading.names:
            names.setdefault(same_name(name), name)
    if not names and line.has("owner") and delivery != Delivery.UNSOLD:
        line.mend("owner", Mend("owner_missing", None, True))
    printed = read_phone(line.cell("phone"))
    line.mend("phone", *printed.mends)
    numbers = tuple(dict.fromkeys((*printed.numbers, *phones)))
    each = numbers if len(numbers) == len(names) else numbers[:1]
    owners = tuple(
        owner(name, each[place] if place < len(each) else None) for place, name in enumerate(names.values())
    )
    return owners, numbers, notes


def floor_of(line: Line, found: HouseNumber, use: Use) -> int | None:
    """The floor's column, else the house number's own, else what the room tells."""
    text, kinds = line.code("floor")
    floor = read_floor(text) if text else None
    if text and floor is None:
        line.mend("floor", Mend("floor_unreadable", None, True))
    elif floor is not None:
        line.mended("floor", kinds, str(floor))
    if floor is None and found.floor:
        floor = read_floor(found.floor)
    return floor if floor is not None or use == Use.PARKING else floor_of_room(found.room)
