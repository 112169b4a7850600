"""Voters at their telephones: many at once, each with his own session, against a server that really runs.

A voter casts, posts the same form twice at once, changes his mind, and goes on until the hour is past. What the server
acknowledged is written down; a reply that never came (its worker was killed) leaves open whether the paper is in.
"""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode

from tests.bench.load import HOST, request

CODE = re.compile(rb"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")
MOST_CHANGES = 12
LINGER = 1.0
"""Seconds a voter goes on after the hour."""


@dataclass
class Telephone:
    """One voter. `choice` is what the server acknowledged last; `perhaps` what was sent since and not answered."""

    account: int
    cookie: str
    token: str
    secret: bool
    choice: str = ""
    perhaps: set[str] = field(default_factory=set)
    receipt: str = ""
    changes: int = 0
    forms: int = 0
    acknowledged_late: int = 0
    strange: list[int] = field(default_factory=list)
    """Answers that nobody should get."""

    async def vote(self, port: int, poll: int, closes_at: datetime) -> None:
        await self._put(port, poll, closes_at, "0", twice=True)
        while (datetime.now(UTC) - closes_at).total_seconds() < LINGER:
            if self.changes < MOST_CHANGES or datetime.now(UTC) >= closes_at:
                await self._put(port, poll, closes_at, str((self.account + self.changes) % 3))
            await asyncio.sleep(0.25)

    async def _put(
        self, port: int, poll: int, closes_at: datetime, choice: str, *, twice: bool = False
    ) -> None:
        """Send one paper; the first one twice at the same moment."""
        changing, self.forms = bool(self.receipt), self.forms + 1
        body = {"csrf_token": self.token, "choice": choice, "once": f"{self.account:08}{self.forms:08}"}
        if changing:
            body |= {"change": "1", "seen": str(self.changes), "receipt": self.receipt}
        wire = request(f"/polls/{poll}/ballot", cookie=self.cookie, body=urlencode(body))
        sent = datetime.now(UTC)
        self.perhaps.add(choice)
        replies = await asyncio.gather(*(_ask(port, wire) for _ in range(2 if twice else 1)))
        for reply in replies:
            if reply is None:
                continue
            status = int(reply[9:12])
            if status in (200, 303):
                self._acknowledged(reply, choice, changing, late=sent >= closes_at)
            elif status not in (403, 409):
                self.strange.append(status)

    def _acknowledged(self, reply: bytes, choice: str, changing: bool, *, late: bool) -> None:
        self.acknowledged_late += late
        self.choice, self.perhaps = choice, set()
        self.changes += changing
        shown = CODE.search(reply.partition(b"\r\n\r\n")[2]) if self.secret else None
        self.receipt = shown.group().decode() if shown else self.receipt or "named"


async def _ask(port: int, wire: bytes) -> bytes | None:
    """The whole answer; None if the connection broke before it came."""
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(wire.replace(b"Accept:", b"Connection: close\r\nAccept:", 1))
        await writer.drain()
        reply = await asyncio.wait_for(reader.read(), 30)
        writer.close()
    except OSError:
        return None
    head, _, body = reply.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    whole = bool(length) and len(body) >= int(length.group(1)) if length else bool(head)
    return reply if whole and len(head) > 12 else None


async def storm(phones: list[Telephone], port: int, poll_of: dict[bool, int], closes_at: datetime) -> None:
    """Everybody at once; `poll_of`: the named and the secret poll."""
    await asyncio.gather(*(phone.vote(port, poll_of[phone.secret], closes_at) for phone in phones))
