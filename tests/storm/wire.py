"""A session of somebody's as his telephone holds it: requests over the wire, and the forms of the pages that come."""

import asyncio
import html
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlencode

from tests.bench.load import HOST, request

Fields = list[tuple[str, str]]
LONGEST_WAIT = 30
_HIDDEN = re.compile(r'<input[^>]* type="hidden" name="([^"]+)" value="([^"]*)"')


class Reply(NamedTuple):
    status: int
    location: str
    body: str

    def form(self, action: str) -> str:
        """What stands in the form that posts to this address; "" if the page has none."""
        _before, found, after = self.body.partition(f'action="{action}"')
        return after.partition("</form>")[0] if found else ""

    def forms(self, action: str) -> list[str]:
        """What stands in each of the forms that post to this address."""
        return [part.partition("</form>")[0] for part in self.body.split(f'action="{action}"')[1:]]


def hidden(form: str) -> Fields:
    """What a form sends along without anybody having typed it."""
    return [(html.unescape(name), html.unescape(value)) for name, value in _HIDDEN.findall(form)]


@dataclass
class Session:
    account: int
    cookie: str
    token: str
    strange: list[str] = field(default_factory=list)
    """Answers that nobody should get."""

    async def get(self, port: int, path: str, expected: tuple[int, ...] = (200, 303)) -> Reply | None:
        """The answer; None if the connection broke before it came."""
        return self._looked_at(path, await _ask(port, request(path, cookie=self.cookie)), expected)

    async def post(
        self, port: int, path: str, fields: Fields, expected: tuple[int, ...] = (200, 303)
    ) -> Reply | None:
        wire = request(path, cookie=self.cookie, body=urlencode(fields))
        return self._looked_at(path, await _ask(port, wire), expected)

    async def hand_in(self, port: int, path: str, fields: Fields, picture: bytes) -> Reply:
        """Post a form with a picture until an answer comes."""
        while (reply := await _ask(port, _with_picture(path, self.cookie, fields, picture))) is None:
            pass
        looked_at = self._looked_at(path, reply, (303,))
        assert looked_at
        return looked_at

    async def insist(self, port: int, path: str, fields: Fields) -> Reply:
        """Post until an answer comes. Who got none and is told that it cannot be done any more has done it."""
        expected: tuple[int, ...] = (303,)
        while (reply := await self.post(port, path, fields, expected)) is None:
            expected = (303, 403)
        return reply

    def _looked_at(self, path: str, reply: Reply | None, expected: tuple[int, ...]) -> Reply | None:
        if reply is not None and reply.status not in expected:
            self.strange.append(f"{datetime.now(UTC):%H:%M:%S.%f} {path}: {reply.status}")
        return reply


def _with_picture(path: str, cookie: str, fields: Fields, picture: bytes) -> bytes:
    part, end = b"--paper\r\nContent-Disposition: form-data; ", b"--paper--\r\n"
    body = b"".join(part + f'name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields)
    body += (
        part
        + b'name="scans"; filename="paper.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        + picture
        + b"\r\n"
        + end
    )
    wire = request(path, cookie=cookie, body="")
    wire = wire.replace(b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=paper")
    return wire.replace(b"Content-Length: 0", f"Content-Length: {len(body)}".encode()) + body


async def _ask(port: int, wire: bytes) -> Reply | None:
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(wire.replace(b"Accept:", b"Connection: close\r\nAccept:", 1))
        await writer.drain()
        received = await asyncio.wait_for(reader.read(), LONGEST_WAIT)
        writer.close()
    except OSError:
        return None
    head, _, body = received.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    if len(head) <= 12 or (length and len(body) < int(length.group(1))):
        return None
    location = re.search(rb"(?i)location: (\S+)", head)
    return Reply(int(head[9:12]), location.group(1).decode() if location else "", body.decode())
