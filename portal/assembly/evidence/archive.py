"""A ZIP that is written piece by piece to the disk, never whole in memory, and knows the digest of every entry."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

PIECE = 256 * 1024
LARGEST = 1024 * 1024 * 1024
"""Bytes of photographs and other files people brought in one pack; what is over is named in the index."""


class Entry(NamedTuple):
    """A file of the pack. `digest`: SHA-256; "" where it was left out."""

    name: str
    size: int
    digest: str


class Archive:
    """`add`, `add_file`, then `close` gives the open file, at its beginning; it is gone when it is closed."""

    def __init__(self, at: datetime) -> None:
        self.held: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
        self.zip = zipfile.ZipFile(self.held, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.entries: list[Entry] = []
        self.brought = 0
        self._at = (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second)

    def add(self, name: str, pieces: bytes | Iterable[bytes]) -> Entry:
        """An entry from bytes, or from as many pieces as there are."""
        return self._add(name, [pieces] if isinstance(pieces, bytes) else pieces, zipfile.ZIP_DEFLATED)

    def add_file(self, name: str, path: Path) -> Entry:
        """An entry from a file on the disk; pictures are packed already, so they are only stored."""
        size = path.stat().st_size if path.is_file() else -1
        if size < 0 or self.brought + size > LARGEST:
            entry = Entry(name, max(size, 0), "")
            self.entries.append(entry)
            return entry
        self.brought += size
        with path.open("rb") as source:
            return self._add(name, iter(lambda: source.read(PIECE), b""), zipfile.ZIP_STORED)

    def close(self) -> IO[bytes]:
        self.zip.close()
        self.held.seek(0)
        return self.held

    def abandon(self) -> None:
        """Something went wrong half-way: nothing is left on the disk."""
        with suppress(Exception):
            self.zip.close()
        self.held.close()

    def _add(self, name: str, pieces: Iterable[bytes], how: int) -> Entry:
        about = zipfile.ZipInfo(name, self._at)
        about.compress_type, about.create_system, about.external_attr = how, 3, 0o600 << 16
        digest, size = hashlib.sha256(), 0
        with self.zip.open(about, "w", force_zip64=True) as out:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                out.write(piece)
        entry = Entry(name, size, digest.hexdigest())
        self.entries.append(entry)
        return entry
