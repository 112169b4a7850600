"""What an archive says it holds, and whether it does."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

FORMAT = 1
NAME = "manifest.json"


class Unusable(Exception):
    """The archive cannot be used; the sentence says why."""


@dataclass
class Manifest:
    """`parts`: name in the archive → SHA-256. `rows`: table → number of rows."""

    made_at: str
    release: str
    revision: str
    """Of the schema; "" where no migration was ever run."""
    format: int = FORMAT
    rows: dict[str, int] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def from_json(text: bytes) -> Manifest:
    """Raises Unusable for anything that is no manifest of this format."""
    try:
        found = json.loads(text)
        manifest = Manifest(**found)
    except (ValueError, TypeError):
        raise Unusable("the archive has no readable manifest: it is no backup of this portal") from None
    if manifest.format != FORMAT:
        raise Unusable(f"the archive is of format {manifest.format}, this release reads {FORMAT}")
    return manifest


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def inside(name: str) -> bool:
    """Whether a name in an archive stays below the folder it is unpacked into."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and bool(path.parts)
