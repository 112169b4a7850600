"""A meeting in session: everybody's phone asks for the live page every five seconds, and everybody shows a hand."""

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .ballots import Meter
from .load import HOST
from .pages import percentile
from .plan import Phone, Room

SECONDS = 60.0
EVERY = 5.0
"""Seconds between two questions of a phone, as its page has them."""
_SEEN = re.compile(rb"\?seen=([0-9-]+)")
CHOICES = ("for", "against", "abstain")


@dataclass(frozen=True)
class RoomFigures:
    phones: int
    polls: int
    empty: int
    """Of them: nothing had happened, so nothing was drawn."""
    p50_ms: float
    p95_ms: float
    longest_ms: float
    hand_p95_ms: float
    app_cores: float
    """CPU time by the clock: 1.0 is one core all the time."""
    database_cores: float
    sent: int
    """Hands, those that were tapped twice counted once."""
    in_database: int
    right: int
    """Of them: what their owner showed."""
    failed: int
    """Answers other than 200, 204 and 303, and broken connections."""


@dataclass
class _Heard:
    """What the phones got back. Appending is one step, so threads share it."""

    polls: list[float] = field(default_factory=list)
    hands: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)


def measure_room(room: Room, meter: Meter, seconds: float = SECONDS) -> RoomFigures:
    """Every phone is a thread with a connection of its own; half of them tap their hand twice."""
    heard, started = _Heard(), time.perf_counter()
    app, database = meter.spent()
    threads = [
        threading.Thread(target=_hold, args=(room, number, meter.server.port, seconds, heard), daemon=True)
        for number in range(len(room.phones))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    app_after, database_after = meter.spent()
    statuses = Counter(heard.statuses)
    return RoomFigures(
        len(room.phones), len(heard.polls), statuses[204],
        1000 * percentile(heard.polls, 50), 1000 * percentile(heard.polls, 95), 1000 * percentile(heard.polls, 100),
        1000 * percentile(heard.hands, 95), (app_after - app) / elapsed, (database_after - database) / elapsed,
        len(room.phones), 0, 0, sum(n for status, n in statuses.items() if status not in (200, 204, 303)),
    )  # fmt: skip


def shown_by(number: int) -> str:
    """What the owner of a phone shows."""
    return CHOICES[number % len(CHOICES)]


def _hold(room: Room, number: int, port: int, seconds: float, heard: _Heard) -> None:
    phone, started, waiting = room.phones[number], time.perf_counter(), threading.Event()
    line = http.client.HTTPConnection(HOST, port, timeout=30)
    seen = ""
    for at, tap in _plan(number, len(room.phones), seconds):
        waiting.wait(max(0.0, started + at - time.perf_counter()))
        if tap:
            _tap(line, room, phone, number, heard)
        else:
            seen = _ask(line, room, phone, seen, heard)
    line.close()


def _plan(number: int, phones: int, seconds: float) -> Iterator[tuple[float, bool]]:
    """When a phone asks (False) and when its owner taps (True)."""
    first = EVERY * number / phones
    asks = [(first + EVERY * n, False) for n in range(int(seconds / EVERY))]
    hand = seconds * (number * 7 % phones) / phones
    taps = [(hand, True), (hand + 0.05, True)] if number % 2 else [(hand, True)]
    yield from sorted(asks + taps)


def _ask(line: http.client.HTTPConnection, room: Room, phone: Phone, seen: str, heard: _Heard) -> str:
    body = _said(line, "GET", f"{room.live}?seen={seen}", phone, "", heard, heard.polls)
    found = _SEEN.search(body)
    return found[1].decode() if found else seen


def _tap(line: http.client.HTTPConnection, room: Room, phone: Phone, number: int, heard: _Heard) -> None:
    form = urlencode({"csrf_token": phone.token, "choice": shown_by(number)})
    _said(line, "POST", room.hand, phone, form, heard, heard.hands)


def _said(
    line: http.client.HTTPConnection,
    method: str,
    path: str,
    phone: Phone,
    form: str,
    heard: _Heard,
    times: list[float],
) -> bytes:
    head = {"Cookie": phone.cookie, "Accept": "text/html"}
    if form:
        head["Content-Type"] = "application/x-www-form-urlencoded"
    started = time.perf_counter()
    try:
        line.request(method, path, form or None, head)
        reply = line.getresponse()
        body = reply.read()
    except (OSError, http.client.HTTPException):
        heard.statuses.append(0)
        line.close()
        return b""
    times.append(time.perf_counter() - started)
    heard.statuses.append(reply.status)
    return body
