"""The counting package as one file that runs on a bare Python: `python3 recount.pyz FILE`.

The same sources give the same bytes on every machine: entries in order, no time, nothing compressed.
"""

import hashlib
import io
import zipfile
from functools import cache
from pathlib import Path

PROGRAM = "recount.pyz"
_SOURCES = Path(__file__).parent / "counting"
_SHEBANG = b"#!/usr/bin/env python3\n"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time that a ZIP can hold
# Older Pythons do not know today's way of writing types; so they never look at them.
_DEFERRED = b"from __future__ import annotations\n"
_START = b"""import sys

if sys.version_info < (3, 9):
    sys.exit("recount needs Python 3.9 or newer")

from counting.main import main

sys.exit(main())
"""


@cache
def bundle() -> bytes:
    """The file, to be written as `recount.pyz`."""
    written = io.BytesIO(_SHEBANG)
    written.seek(0, io.SEEK_END)
    with zipfile.ZipFile(written, "a") as archive:
        _add(archive, "__main__.py", _START)
        for source in sorted(_SOURCES.glob("*.py"), key=lambda path: path.name):
            if source.name != "__main__.py":
                _add(archive, f"counting/{source.name}", _DEFERRED + source.read_bytes())
    return written.getvalue()


@cache
def digest() -> str:
    """The program's SHA-256, for whoever downloaded it."""
    return hashlib.sha256(bundle()).hexdigest()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.create_system = 3  # Unix, wherever it was made
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
