"""A calendar as other programs read it (RFC 5545). Pure: text in, text out."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

WIDTH = 75
"""Octets of a line before it is folded."""


class Entry(NamedTuple):
    """One event of a calendar. `uid` stays the same for ever; `changed` tells a program which version is newer."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    changed: datetime
    title: str
    place: str = ""
    text: str = ""
    address: str = ""
    cancelled: bool = False
    tentative: bool = False
    """Its hour is known, and that it is held not yet."""

    @property
    def status(self) -> str:
        return "CANCELLED" if self.cancelled else "TENTATIVE" if self.tentative else "CONFIRMED"


def calendar(name: str, entries: Iterable[Entry]) -> str:
    """A whole calendar, its lines folded and ended as the standard asks."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//yishiting//ZH", "METHOD:PUBLISH")
    lines = [*head, f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    for entry in entries:
        lines += _event(entry)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"DTSTAMP:{_moment(entry.changed)}"
    yield f"LAST-MODIFIED:{_moment(entry.changed)}"
    yield f"DTSTART:{_moment(entry.starts_at)}"
    yield f"DTEND:{_moment(entry.ends_at)}"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.place:
        yield f"LOCATION:{_text(entry.place)}"
    if entry.text:
        yield f"DESCRIPTION:{_text(entry.text)}"
    if entry.address:
        yield f"URL:{entry.address}"
    yield f"STATUS:{entry.status}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A text value: what separates values is escaped, a new line is written out, other control characters go."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(c for c in lines if c.isprintable())


def _folded(line: str) -> str:
    """Lines of at most 75 octets, never broken inside a character; a continued line begins with a space."""
    parts, part, octets = [], "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > WIDTH:
            parts.append(part)
            part, octets = "", 1
        part += character
        octets += size
    return "\r\n ".join([*parts, part])
