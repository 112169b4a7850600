"""Telephone numbers: mobile 11 digits, landline with area code 0971-1234567, service numbers 400 and 800."""

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from portal.places.roster.cells import BLANKS, Cell, Mend, as_text, halved, trimmed

LONGEST = 120  # characters: some eight numbers
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d\d))(\d{7,8})")
LOCAL = re.compile(r"[2-9]\d{6,7}")
SERVICE = re.compile(r"[48]00\d{7}")
PARTS = re.compile(r"[、,;/|\n]|或|\s{2,}")
GROUPING = re.compile(r"[\s\-–—－.()]+")
COUNTRY = re.compile(r"(?:\+|00)?86(?=1[3-9]\d{9}$|0\d{9,11}$)")
EXTENSION = re.compile(r"(?:转|-|ext\.?|x)(\d{1,5})$")
NOTE = re.compile(r"[(（][^()（）\d]*[)）]|[\u4e00-\u9fff:：]+")


class PhoneReading(NamedTuple):
    """The usable numbers of a cell, in order, and what was set right. Blank: none, and no mend."""

    numbers: tuple[str, ...]
    mends: tuple[Mend, ...] = ()


def read_phone(cell: Cell) -> PhoneReading:
    """An unusable number is left out, the row is taken all the same: a person should look at it."""
    text, spaced = trimmed(as_text(cell))
    if not text or text in BLANKS:
        return PhoneReading(())
    if len(text) > LONGEST:
        return PhoneReading((), (Mend("phone_unusable", None, True),))
    plain, wide = halved(text)
    whole = one_number(plain)
    pieces = [whole] if whole else [one_number(part) for part in PARTS.split(plain) if part.strip()]
    numbers = tuple(dict.fromkeys(number for number in pieces if number))
    if not numbers or None in pieces:
        return PhoneReading(numbers, (Mend("phone_unusable", "、".join(numbers) or None, True),))
    reads = "、".join(numbers)
    mends = [Mend("stray_spaces", reads)] if spaced else []
    if wide:
        mends.append(Mend("fullwidth_digits", reads))
    if len(numbers) > 1:
        mends.append(Mend("phone_several", reads, True))
    elif plain != numbers[0]:
        noted = bool(NOTE.search(plain.replace("转", "")))
        mends.append(Mend("phone_note" if noted else "phone_grouped", reads, noted))
    return PhoneReading(numbers, tuple(mends))


def one_number(text: str) -> str | None:
    """The number in its one written form, or None when it is none."""
    text = scientific(NOTE.sub("", text.strip().strip("'").replace("转", "x")).strip())
    number = written(COUNTRY.sub("", GROUPING.sub("", text)))
    extension = EXTENSION.search(text) if number is None and re.match(r"\(?0[1-9]|[48]00", text) else None
    if extension is None:
        return number
    number = written(GROUPING.sub("", text[: extension.start()]))
    return f"{number}-{extension[1]}" if number else None


def written(digits: str) -> str | None:
    """Digits as they are usually written; area codes stand apart."""
    if MOBILE.fullmatch(digits) or LOCAL.fullmatch(digits) or SERVICE.fullmatch(digits):
        return digits
    landline = LANDLINE.fullmatch(digits)
    return f"{landline[1]}-{landline[2]}" if landline else None


def scientific(text: str) -> str:
    """1.99000012345E+10, as spreadsheet programs write long numbers to csv; 1.99E+10 has lost its end and stays."""
    if "E+" not in text.upper():
        return text[:-2] if re.fullmatch(r"\d{7,}\.0", text) else text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    whole = format(number.normalize(), "f")
    return (
        whole
        if number == number.to_integral_value() and len(number.normalize().as_tuple().digits) > 8
        else text
    )
