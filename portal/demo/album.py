"""The drawn pictures as kept files, each re-encoded once like any uploaded photo."""

from collections.abc import Iterable
from dataclasses import replace

from ..core.files import Kept, keep_photo
from .sources import FOLDER, pictures


class Album:
    """Pictures by key."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def picture(self, key: str, alt: str = "") -> Kept:
        """A picture with its alt text, or with another one."""
        if key not in self._kept:
            told = pictures()[key]
            data = (FOLDER / "pictures" / told["file"]).read_bytes()
            self._kept[key] = keep_photo(data, told["file"], told["alt"])
        kept = self._kept[key]
        return replace(kept, alt=alt) if alt else kept

    def pictures(self, keys: Iterable[str]) -> tuple[Kept, ...]:
        return tuple(self.picture(key) for key in keys)
