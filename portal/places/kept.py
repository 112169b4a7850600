"""Roster files as they came, under the instance folder by their digest; never served by the web server."""

import hashlib
import os
from pathlib import Path

from ..core.errors import NotVisible


class RosterStore:
    """A folder of files named by what is in them: the same file twice is one."""

    def __init__(self, instance: str) -> None:
        self.folder = Path(instance) / "rosters"

    def keep(self, data: bytes) -> str:
        """Store bytes, return their SHA-256. A crash leaves no half file."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.folder / digest
        if not path.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}.part")
            part.touch(mode=0o600)
            part.write_bytes(data)
            part.replace(path)
        return digest

    def load(self, digest: str) -> bytes:
        """The bytes again. Raises NotVisible if they were cleared away."""
        path = self.folder / digest
        if not path.is_file():
            raise NotVisible()
        return path.read_bytes()
