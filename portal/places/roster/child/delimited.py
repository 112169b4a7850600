"""Reads delimited text, and decodes text in general."""

import csv
import io
from collections.abc import Iterator

from .limits import MAX_FIELD, MAX_LINE
from .writing import Refused, Writer

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
CONTROL = frozenset(map(chr, (*range(1, 9), *range(14, 32))))


def decode(data: bytes) -> tuple[str, str]:
    """(text, encoding). By order, not by guess: mark, strict UTF-8, strict GB18030 (which holds GBK and GB2312)."""
    marked = [name for mark, name in MARKS if data.startswith(mark)]
    for name in marked or ["utf-8", "gb18030"]:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Refused("nul")
        if not CONTROL.isdisjoint(text[:100_000]):
            raise Refused("binary")
        return text, name
    raise Refused("encoding")


def delimiter(text: str) -> str:
    """Comma, semicolon or tab; the sniffer gives up on tables with a title line, then the commonest one is it."""
    sample = text[:8192]
    try:
        return csv.Sniffer().sniff(sample, ",;\t").delimiter
    except csv.Error:
        return max(",;\t", key=sample.count)


def lines(text: str) -> Iterator[str]:
    """The lines, refusing at once one that never ends."""
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if len(line) > MAX_LINE:
            raise Refused("long_line", number)
        yield line


def read_delimited(data: bytes, name: str, out: Writer) -> str:
    """Writes the rows and returns the encoding. A quote left open is refused: it would swallow the rows after it."""
    text, encoding = decode(data)
    csv.field_size_limit(MAX_FIELD)
    out.sheet(name, True, [])
    rows = csv.reader(lines(text), delimiter=delimiter(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(rows, 1):
            out.row(number, cells)
    except csv.Error as error:
        raise Refused("long_field" if "field limit" in str(error) else "open_quote", number + 1) from error
    return encoding
