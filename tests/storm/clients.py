"""Voters at their telephones: many at once, each with his own session, against a server that really runs.

A voter casts, posts the same form twice at once, changes his mind, and goes on until the hour is past. What the server
acknowledged is written down; a reply that never came (its worker was killed) leaves open whether the paper is in.
"""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from tests.storm.wire import Fields, Reply, Session, hidden

CODE = re.compile("您?的?回执码[^0-9A-Z]{1,120}([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})")
MOST_CHANGES = 12
MATTERS = 2
"""On the paper of the owners."""


@dataclass
class Hour:
    """When the voting ends; it is brought near once everybody has voted."""

    at: datetime

    @property
    def passed(self) -> bool:
        return datetime.now(UTC) >= self.at


class Paper(NamedTuple):
    """A form about to be posted. `changes`: how often the ballot will have been changed when it is in."""

    path: str
    fields: Fields
    choice: str
    changes: int


@dataclass
class Phone(Session):
    """One voter. `choice` is what the server acknowledged last; `perhaps` what was sent since and not answered."""

    choice: str = ""
    perhaps: set[str] = field(default_factory=set)
    receipt: str = ""
    changes: int = 0
    acknowledged: int = 0
    acknowledged_late: int = 0
    forms: int = 0

    async def vote(self, port: int, hour: Hour) -> None:
        """At once, then again and again, and once after the hour."""
        await self._put(port, hour, twice=True)
        over = False
        while not over:
            await asyncio.sleep(0.1 + self.account % 10 / 20)
            over = hour.passed
            if over or self.changes < MOST_CHANGES:
                await self._put(port, hour)

    async def fill_in(self, port: int, hour: Hour) -> Paper | None:
        """The next paper of this voter; None if the page for it did not come."""
        raise NotImplementedError

    async def _put(self, port: int, hour: Hour, *, twice: bool = False) -> None:
        """Send one paper; the first one twice at the same moment."""
        paper = await self.fill_in(port, hour)
        if paper is None:
            return
        late = hour.passed
        self.forms += 1
        copies = (self.post(port, paper.path, paper.fields, (200, 303, 403, 409)) for _ in range(1 + twice))
        replies = await asyncio.gather(*copies)
        taken = [r for r in replies if r is not None and r.status in (200, 303)]
        if taken:
            self._take_down(paper, taken, late)
        elif None in replies:
            self.perhaps.add(paper.choice)
        else:
            self._understand(paper, {r.status for r in replies if r is not None}, hour)

    def _take_down(self, paper: Paper, replies: list[Reply], late: bool) -> None:
        self.acknowledged += 1
        self.acknowledged_late += late
        self.choice, self.changes, self.perhaps = paper.choice, paper.changes, set()
        for reply in replies:
            shown = CODE.search(reply.body)
            self.receipt = shown.group(1) if shown else self.receipt

    def _understand(self, paper: Paper, refused: set[int], hour: Hour) -> None:
        """Nobody is refused before the hour, unless what he sent without an answer is in the box."""
        fitting = {409} if self.perhaps else set()
        if hour.passed:
            fitting.add(403)
        if not refused <= fitting:
            self.strange.append(f"{paper.path}: refused with {refused}")


@dataclass
class Telephone(Phone):
    """A voter of a poll of the council, who knows the form by heart."""

    poll: int = 0
    secret: bool = False

    async def fill_in(self, port: int, hour: Hour) -> Paper:
        choice = str((self.account + self.forms) % 3)
        once = f"{self.account:08}{self.forms:08}"
        fields = [("csrf_token", self.token), ("choice", choice), ("once", once)]
        if self.choice:
            fields += [("change", "1"), ("seen", str(self.changes)), ("receipt", self.receipt)]
        return Paper(f"/polls/{self.poll}/ballot", fields, choice, self.changes + bool(self.choice))


@dataclass
class Owner(Phone):
    """Who speaks for a head of an owners' vote, or its agent: he chooses, looks once more, and posts what the page of
    the second look holds."""

    address: str = ""
    """/voters/12 or /proxies/3."""
    receipt_at: str = ""
    asked: tuple[int, ...] = (0, 1)
    """Places of the matters he may speak on."""
    given: bool = False
    """The page showed him a ballot that nobody had acknowledged."""
    last: Paper | None = None

    async def fill_in(self, port: int, hour: Hour) -> Paper | None:
        if self.last and hour.passed:  # the second look was open when the hour passed
            return self.last._replace(fields=[*_without(self.last.fields, "once", "seen"), *self._again()])
        sent = [("csrf_token", self.token), *(await self._marked(port))]
        seen = await self.post(port, f"{self.address}/review", sent)
        fields = hidden(seen.form(f"{self.address}/ballot")) if seen else []
        if not fields:
            return None
        words = [value for name, value in fields if name == "choice"]
        before = dict(fields).get("seen")
        changes = 0 if before is None else int(before) + 1
        self.last = Paper(f"{self.address}/ballot", fields, ",".join(words), changes)
        return self.last

    async def ask_receipt(self, port: int) -> None:
        """Look at the receipt as long as no page came. One that came shows it."""
        page = None
        while self.choice and not self.receipt and page is None:
            page = await self.get(port, self.receipt_at, (200,))
            shown = CODE.search(page.body) if page else None
            self.receipt = shown.group(1) if shown else ""
            if page and not self.receipt:
                self.strange.append(f"{self.receipt_at}: no code on it")

    async def _marked(self, port: int) -> Fields:
        """The choices: known by heart, but who got no answer reads the page again, for his paper may be in the box."""
        if self.perhaps:
            page = await self.get(port, f"{self.address}/change")
            form = page.form(f"{self.address}/review") if page else ""
            self.changes = int(dict(hidden(form)).get("seen", self.changes))
            self.given = bool(form)
        marks = [(f"choice-{n}", self._word(n)) for n in self.asked]
        seen = [("seen", str(self.changes))] if self.choice or self.given else []
        return [*marks, ("matters", str(MATTERS)), *seen]

    def _again(self) -> Fields:
        return [("once", f"{self.account:08}{self.forms:08}"), ("seen", str(self.changes))]

    def _word(self, place: int) -> str:
        """Co-owners begin with the same."""
        number = int(self.address.rpartition("/")[2])
        return ("for", "against", "abstain")[(number + self.forms + place) % 3]


def _without(fields: Fields, *names: str) -> Fields:
    return [(name, value) for name, value in fields if name not in names]
