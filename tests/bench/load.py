"""A small load generator: some connections, each with one request under way, from one process.

Bounded by a number of requests and by time. Only for servers that this machine runs itself: the address is
always the loopback. It keeps connections alive where the server does, and costs little beside a page, so that
on two cores the server is what is measured.
"""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice

HOST = "127.0.0.1"
CHUNK = 1 << 18


@dataclass
class Outcome:
    """What came back. Latencies in seconds; `size` is the length of the first body in bytes."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    size: int = 0
    failed: int = 0
    """Connections that broke before a whole answer had come."""

    @property
    def requests(self) -> int:
        return len(self.latencies)

    def add(self, other: "Outcome") -> None:
        self.seconds += other.seconds
        self.latencies += other.latencies
        self.statuses += other.statuses
        self.size = self.size or other.size
        self.failed += other.failed


def request(path: str, *, cookie: str = "", body: str | None = None) -> bytes:
    """A GET, or a POST of a form if there is a body, as it goes over the wire."""
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", f"Host: {HOST}", "Accept: text/html"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    if body is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body.encode())}"]
    return ("\r\n".join(lines) + "\r\n\r\n" + (body or "")).encode()


def fire(port: int, requests: Sequence[bytes], *, total: int, connections: int, seconds: float) -> Outcome:
    """Send `total` requests (the given ones, over and over) and stop early after `seconds`."""
    outcome, waiting = Outcome(), islice(cycle(requests), total)
    with selectors.DefaultSelector() as ready:
        started = time.perf_counter()
        for _ in range(min(connections, total)):
            _Talk(port, ready, outcome, waiting).next()
        while ready.get_map():
            if time.perf_counter() - started > seconds:
                for key in list(ready.get_map().values()):
                    key.data.close()
                break
            for key, _events in ready.select(timeout=0.5):
                key.data.receive()
        outcome.seconds = time.perf_counter() - started
    return outcome


class _Talk:
    """One connection and the request it has under way."""

    def __init__(
        self, port: int, ready: selectors.BaseSelector, outcome: Outcome, waiting: Iterator[bytes]
    ) -> None:
        self.port, self.ready, self.outcome, self.waiting = port, ready, outcome, waiting
        self.socket: socket.socket | None = None
        self.received = bytearray()
        self.head = self.length = -1
        self.sent_at = 0.0

    def next(self) -> None:
        wire = next(self.waiting, None)
        if wire is None:
            self.close()
            return
        self.received.clear()
        self.head = self.length = -1
        self.sent_at = time.perf_counter()
        if self.socket is None:
            self.socket = socket.create_connection((HOST, self.port), timeout=30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.ready.register(self.socket, selectors.EVENT_READ, self)
        self.socket.sendall(wire)

    def receive(self) -> None:
        assert self.socket is not None
        try:
            piece = self.socket.recv(CHUNK)
        except OSError:
            piece = b""
        self.received += piece
        if self.head < 0:
            self._read_head()
        whole = self.head >= 0 and 0 <= self.length <= len(self.received) - self.head
        if whole or not piece:
            self._finish(whole or (self.head >= 0 and self.length < 0), ended=not piece)

    def _read_head(self) -> None:
        at = self.received.find(b"\r\n\r\n")
        if at < 0:
            return
        self.head = at + 4
        fields = bytes(self.received[:at]).lower()
        self.closing = b"connection: close" in fields
        _, found, rest = fields.partition(b"content-length:")
        if found:
            self.length = int(rest.split(b"\r\n", 1)[0])
        elif fields[9:12] in (b"204", b"304"):
            self.length = 0

    def _finish(self, complete: bool, *, ended: bool) -> None:
        if complete:
            self.outcome.latencies.append(time.perf_counter() - self.sent_at)
            self.outcome.statuses[int(self.received[9:12])] += 1
            self.outcome.size = self.outcome.size or len(self.received) - self.head
        else:
            self.outcome.failed += 1
        if ended or self.closing:
            self.close()
        self.next()

    closing = False

    def close(self) -> None:
        if self.socket is not None:
            self.ready.unregister(self.socket)
            self.socket.close()
            self.socket = None
