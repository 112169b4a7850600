"""The child's way through: confine itself, take the file from standard input, write its rows."""

import json
import sys

from .limits import confine
from .writing import Refused, Writer, emit


def main() -> None:
    """Arguments: how to read (workbook, delimited, page, formulas); the table's name or the wanted cells."""
    confine()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    how, extra = sys.argv[2], sys.argv[3]
    data = sys.stdin.buffer.read()
    try:
        read(how, extra, data)
    except Refused as refused:
        emit({"refused": refused.code, "row": refused.row})
    else:
        emit({"end": True})
    sys.stdout.flush()


def read(how: str, extra: str, data: bytes) -> None:
    """Imports the reader only when it is needed: each costs its own start."""
    out = Writer()
    if how == "workbook":
        from .workbook import read_workbook

        read_workbook(data, out)
    elif how == "formulas":
        from .formulas import look_again

        look_again(data, json.loads(extra))
    elif how == "page":
        from .page import read_page

        emit({"encoding": read_page(data, extra, out)})
    else:
        from .delimited import read_delimited

        emit({"encoding": read_delimited(data, extra, out)})
