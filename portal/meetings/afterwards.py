"""Where whoever closes a meeting goes on. What begins with the close belongs to upper features: they say what waits."""

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from ..core.actor import Actor
from .models import Meeting

Way = Callable[[Actor, Meeting], ResponseReturnValue | None]
"""The way to what waits for this actor after the close of a meeting; None if nothing does."""
WAYS: dict[str, Way] = {}


def add(name: str, way: Way) -> None:
    """Register a way under a name of its own; rooms are imported more than once, ways are registered once."""
    if WAYS.setdefault(name, way) is not way:
        raise LookupError(f"two ways are called {name}")


def way_on(actor: Actor, meeting: Meeting) -> ResponseReturnValue | None:
    """The first that leads anywhere."""
    return next((reply for way in WAYS.values() if (reply := way(actor, meeting)) is not None), None)
