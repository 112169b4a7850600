"""What falls on a day in a community besides its meetings. A feature that knows of some contributes them (a room
`diary`); the calendar of the meetings shows them and takes them into what phones subscribe to."""

from collections.abc import Callable
from datetime import datetime

from .ical import Entry

Source = Callable[[str, datetime], list[Entry]]
"""(path of a community, now) → what comes there. Addresses are paths of this portal, in which `uid` is unique."""
SOURCES: dict[str, Source] = {}


def add(name: str, source: Source) -> None:
    """Register what a feature knows of; rooms are imported more than once, sources are registered once."""
    if SOURCES.setdefault(name, source) is not source:
        raise LookupError(f"two sources are called {name}")


def coming(place_path: str, now: datetime) -> list[Entry]:
    """What comes in the community of a place, the next first."""
    community = f"/{place_path.strip('/').split('/')[0]}/"
    found = [entry for source in SOURCES.values() for entry in source(community, now)]
    return sorted(found, key=lambda entry: (entry.starts_at, entry.uid))


def abroad(entries: list[Entry], host: str, site: str) -> list[Entry]:
    """For a program elsewhere: known again by the portal's name, with whole addresses if it has one."""
    return [
        entry._replace(
            uid=f"{entry.uid}@{host}", address=f"{site}{entry.address.lstrip('/')}" if site else ""
        )
        for entry in entries
    ]
