"""What kind of file this is, told by its first bytes and never by its name."""

from enum import Enum

from portal.places.roster.archive import check_workbook
from portal.places.roster.refusal import RosterRefused

MAX_BYTES = 20 * 1024 * 1024
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")


class Source(Enum):
    """How the child reads it."""

    WORKBOOK = "workbook"
    PAGE = "page"
    DELIMITED = "delimited"


def recognise(data: bytes) -> Source:
    """The kind of table, or RosterRefused for everything else."""
    if not data.strip():
        raise RosterRefused("empty")
    if len(data) > MAX_BYTES:
        raise RosterRefused("too_big")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        check_workbook(data)
        return Source.WORKBOOK
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise RosterRefused("locked" if "EncryptedPackage".encode("utf-16-le") in data else "old_excel")
    if data.startswith(b"%PDF"):
        raise RosterRefused("pdf")
    if data.startswith(PICTURES) or data[8:12] in (b"WEBP", b"heic", b"mif1"):
        raise RosterRefused("picture")
    return markup(data)


def markup(data: bytes) -> Source:
    """HTML by its first sign; XML that is no page (Excel 2003) and web archives are asked to be saved anew."""
    start = data[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"mime-version") or (b"office:spreadsheet" in start and b"<html" not in start):
        raise RosterRefused("other_workbook")
    if start.startswith(b"{\\rtf"):
        raise RosterRefused("word")
    return Source.PAGE if start.startswith(b"<") else Source.DELIMITED
