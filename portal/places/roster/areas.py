"""Areas: cells in, whole numbers of 0.01 m² out. Never a float on the way."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from portal.places.roster.cells import BLANKS, Cell, DateCell, Mend, as_text, halved, trimmed

CENT = Decimal("0.01")
NOISE = Decimal("0.000001")  # what binary arithmetic leaves behind; surveyors never print it
LARGEST = 100_000_000  # 0.01 m²: a square kilometre is no exclusive part
UNIT = re.compile(r"(?:㎡|m²|m2|M2|M²|m\^2|平方米|平方公尺|平米|平方|平|方)$")
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?|\.\d+")


class AreaReading(NamedTuple):
    """`area` in 0.01 m², or None and the reason: area_missing, area_not_a_number, area_out_of_range."""

    area: int | None
    problem: str | None
    mends: tuple[Mend, ...] = ()


def printed(area: int) -> str:
    """0.01 m² as a decimal string: 8950 → "89.50"."""
    sign, size = ("-", -area) if area < 0 else ("", area)
    return f"{sign}{size // 100}.{size % 100:02d}"


def read_area(cell: Cell) -> AreaReading:
    """Reads one cell; everything that was set right is named in `mends`."""
    if isinstance(cell, DateCell | bool):
        return AreaReading(None, "area_not_a_number")
    text, spaced = trimmed(as_text(cell))
    if not text or text in BLANKS:
        return AreaReading(None, "area_missing")
    kinds = ["stray_spaces"] if spaced else []
    text = unwrapped(text, kinds)
    if not NUMBER.fullmatch(text):
        return AreaReading(None, "area_not_a_number")
    try:
        exact = Decimal(text)
        area = int(exact.quantize(CENT, ROUND_HALF_UP) * 100)
    except InvalidOperation:
        return AreaReading(None, "area_out_of_range")
    if not 0 < area <= LARGEST:
        return AreaReading(None, "area_out_of_range")
    left = abs(exact - Decimal(area) / 100)
    if left:
        kinds.append("area_float_noise" if left < NOISE else "area_rounded")
    return AreaReading(area, None, tuple(Mend(kind, printed(area), kind == "area_rounded") for kind in kinds))


def unwrapped(text: str, kinds: list[str]) -> str:
    """The bare number: width, unit and thousands signs taken off, each named in `kinds`."""
    text, wide = halved(text.replace("㎡", "m2").replace("²", "2").replace("。", "."))
    if wide:
        kinds.append("fullwidth_digits")
    bare = UNIT.sub("", text).rstrip()
    if bare != text:
        kinds.append("area_with_unit")
    if THOUSANDS.fullmatch(bare):
        kinds.append("area_thousands")
        bare = bare.replace(",", "")
    return bare
