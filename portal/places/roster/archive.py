"""Looks into a zipped workbook without unpacking it: cheap checks in the web process, before the child may open it."""

import re
import struct
import zipfile
import zlib
from io import BytesIO

from portal.places.roster.refusal import RosterRefused

MAX_ENTRIES = 2_000
MAX_DIRECTORY = 1_000_000  # bytes; 2,000 entries need about 200,000
MAX_INFLATED = 200 * 1024 * 1024  # bytes all parts declare together; 50,000 rows of 10 cells are 23 MB
HEAD = 4_096  # bytes of a part searched for a document type
DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E", re.IGNORECASE)
END, END64 = b"PK\x05\x06", b"PK\x06\x07"


def check_workbook(data: bytes) -> None:
    """Refuses an archive that is no xlsx, declares too much, is locked or carries a document type.

    Sizes may lie; the child's own limits stand behind this."""
    check_directory(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            check_entries(archive)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        KeyError,
        RuntimeError,
        struct.error,
        zlib.error,
    ) as error:
        raise RosterRefused("damaged") from error


def check_directory(data: bytes) -> None:
    """The directory is loaded whole by zipfile: its size is looked at first."""
    at = data.rfind(END, max(0, len(data) - 65_557))
    if at < 0 or len(data) < at + 22:
        raise RosterRefused("damaged")
    entries, size = struct.unpack_from("<HI", data, at + 10)
    if END64 in data[max(0, at - 20) : at] or entries > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise RosterRefused("inflating")


def check_entries(archive: zipfile.ZipFile) -> None:
    """Names, flags, declared sizes, and the first bytes of every XML part."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise RosterRefused(other_kind(names))
    if any(part.flag_bits & 1 for part in parts):
        raise RosterRefused("locked")
    if len(parts) > MAX_ENTRIES or sum(part.file_size for part in parts) > MAX_INFLATED:
        raise RosterRefused("inflating")
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as file:
                if DOCTYPE.search(file.read(HEAD)):
                    raise RosterRefused("unsafe")


def other_kind(names: set[str]) -> str:
    """What else a zip may be."""
    if "word/document.xml" in names:
        return "word"
    return "other_workbook" if names & {"xl/workbook.bin", "content.xml"} else "not_a_table"
