"""Files of the look: an address changes with the bytes, so that a phone may keep a file and never keeps an old one."""

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parents[2] / "static"


@cache
def asset(name: str) -> str:
    """The address of a file under `static/`, by its path there. A leaf: on a constant it is folded into the page.

    Raises FileNotFoundError for a file that is not there, at the latest when a server warms its templates.
    """
    version = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]
    return f"/static/{name}?v={version}"
