"""Everybody at once against the real server with two workers, one of them killed in the middle, and the hour passes.

Two hundred voters of two polls; some own homes and vote with the owners too, while two of the staff read papers in and
agents use their letters. Every acknowledged ballot is counted once, none after the hour, and the count files recount to
what is certified.
"""

import asyncio
import hashlib
import json
import os
import signal
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal import create_app
from portal.core.db import db
from portal.voting.bundle import bundle
from portal.voting.counting import recount
from tests.bench.server import Running, serving
from tests.demo.instance import COMPILED
from tests.postgres import postgres_server
from tests.storm.certified import Certified, Given, Weight
from tests.storm.clients import Hour, Owner, Phone, Telephone
from tests.storm.desk import Desk
from tests.storm.ground import Ground, Outcomes, bring_near, finish, prepare
from tests.storm.wire import Session
from tests.voting.test_recount import bare

VOTERS = 200
NEAR = 3.0
"""Seconds from when everybody has voted to the hour."""
PATIENCE = 60.0
"""Seconds after which nobody is waited for any more."""
KEY = "a key for the storm only, 32 long"


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """An empty database of the kind this run is about, with commits that last."""
    if os.environ.get("PORTAL_TEST_DATABASE") == "postgresql":
        with postgres_server(durable=True) as server:
            yield server("storm")
    else:
        yield f"sqlite:///{folder / 'storm.sqlite3'}"


@dataclass
class Played:
    ground: Ground
    closed_at: datetime
    phones: list[Telephone]
    owners: list[Owner]
    staff: list[Session]
    outcomes: Outcomes

    @property
    def everybody(self) -> list[Session]:
        return [*self.phones, *self.owners, *self.staff]

    @property
    def box(self) -> Certified:
        return self.outcomes.assembly


def telephones(ground: Ground) -> list[Telephone]:
    """Every other voter of the secret poll."""
    return [
        Telephone(*held, poll=ground.polls[n % 2 == 1], secret=n % 2 == 1)
        for n, held in enumerate(ground.sessions.values())
    ]


def owners(ground: Ground) -> list[Owner]:
    """Owners, and after them the agents."""
    own = [
        Owner(*ground.sessions[account], address=f"/voters/{voter}", receipt_at=f"/voters/{voter}/receipt")
        for account, voter in ground.assembly.speakers
    ]
    agents = [
        Owner(
            *ground.sessions[account], address=f"/proxies/{proxy}", receipt_at=f"/proxies/{proxy}", asked=on
        )
        for account, proxy, on in ground.assembly.letters
    ]
    return own + agents


def workers(master: int) -> list[int]:
    found = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return [int(pid) for pid in found]


@dataclass
class Storm:
    """The run itself, on a loop of its own."""

    app: Flask
    ground: Ground
    hour: Hour
    phones: list[Phone]
    desks: list[Desk]
    server: Running

    async def play(self) -> None:
        port, assembly = self.server.port, self.ground.assembly
        await asyncio.gather(
            *(phone.vote(port, self.hour) for phone in self.phones),
            *(desk.read_in(port, assembly.vote) for desk in self.desks),
            self.conduct(),
        )
        owners = [phone for phone in self.phones if isinstance(phone, Owner)]
        await asyncio.gather(*(owner.ask_receipt(port) for owner in owners[::3]))

    async def conduct(self) -> None:
        """Kill a worker when half of the voters have voted, and let the hour come when all have and every paper was
        read once."""
        await self.until(lambda: self.share(lambda phone: phone.acknowledged > 0) > 0.5)
        os.kill(workers(self.server.pid)[-1], signal.SIGKILL)
        await self.until(lambda: self.share(lambda phone: phone.acknowledged > 0) > 0.95)
        await self.until(lambda: self.share(lambda phone: phone.changes > 0) > 0.3)
        await self.until(lambda: all(desk.entered for desk in self.desks))
        self.hour.at = await asyncio.to_thread(bring_near, self.app, self.ground, NEAR)

    def share(self, who: Callable[[Phone], bool]) -> float:
        return sum(map(who, self.phones)) / len(self.phones)

    async def until(self, reached: Callable[[], bool]) -> None:
        for _ in range(int(PATIENCE / 0.05)):
            if reached():
                return
            await asyncio.sleep(0.05)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("storm")
    with database(folder) as address:
        place = {"PORTAL_INSTANCE": str(folder), "SECRET_KEY": KEY}
        Path(COMPILED).mkdir(parents=True, exist_ok=True)
        (folder / "compiled").symlink_to(COMPILED)
        app = create_app({**place, "SQLALCHEMY_DATABASE_URI": address})
        with serving("granian", "wsgi:app", {**place, "DATABASE_URL": address}) as server:
            ground = prepare(app, VOTERS)
            phones, own = telephones(ground), owners(ground)
            staff = [Session(*held) for held in ground.staff]
            pairs = ((staff[0], staff[1]), (staff[1], staff[0]))
            desks = [Desk(b, *two) for b, two in zip(ground.assembly.batches, pairs, strict=True)]
            storm = Storm(app, ground, Hour(ground.closes_at), [*own, *phones], desks, server)
            # Apart: a browser test before this one leaves its loop running here.
            with ThreadPoolExecutor(1) as apart:
                apart.submit(asyncio.run, storm.play()).result()
            outcomes = finish(app, ground)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        yield Played(ground, storm.hour.at, phones, own, staff, outcomes)


def test_nobody_was_answered_strangely_and_most_in_time(played: Played) -> None:
    assert [answer for session in played.everybody for answer in session.strange] == []
    for group in (played.phones, played.owners):
        assert sum(bool(p.choice) for p in group) > len(group) / 2
        assert any(p.changes for p in group)


def test_nothing_was_taken_after_the_hour(played: Played) -> None:
    assert sum(p.acknowledged_late for p in [*played.phones, *played.owners]) == 0
    given = [ballot.at for ballot in played.box.ballots]
    assert played.outcomes.latest is not None
    assert max(*given, played.outcomes.latest) < played.closed_at


# ---- the polls of the council ----------------------------------------------------------------------


def test_every_acknowledged_ballot_is_there_as_it_was_acknowledged(played: Played) -> None:
    named = [p for p in played.phones if not p.secret]
    said = {p.account: {p.choice, *p.perhaps} for p in named}
    missing = {p.account for p in named if p.choice} - set(played.outcomes.marks)
    wrong = {who: marks for who, marks in played.outcomes.marks.items() if marks not in said[who]}
    assert (missing, wrong) == (set(), {})


def test_every_voter_of_the_secret_poll_is_counted_once(played: Played) -> None:
    secret, outcomes = [p for p in played.phones if p.secret], played.outcomes
    assert {p.account for p in secret if p.choice} <= outcomes.voted <= {p.account for p in secret if p.forms}
    assert outcomes.papers == outcomes.receipts == len(outcomes.voted)


# ---- the vote of the owners ------------------------------------------------------------------------


def test_the_roll_and_the_storm_were_what_they_should_be(played: Played) -> None:
    """Else what follows would say little."""
    given = Counter(b.voter for b in played.box.ballots)
    assert len(played.box.heads) >= 100
    assert sum(played.box.heads[v].couple and n > 1 for v, n in given.items()) > 5
    assert {b.account for b in played.box.ballots} & {
        account for account, *_ in played.ground.assembly.letters
    }


def test_every_acknowledged_ballot_of_an_owner_is_in_the_box(played: Played) -> None:
    """As it was acknowledged, or as a later one that was not answered; under the receipt that its voter was shown."""
    there = {b.account: b for b in played.box.ballots if b.account is not None}
    assert len(there) == sum(b.account is not None for b in played.box.ballots)
    said = {o.account: {o.choice, *o.perhaps} for o in played.owners}
    wrong = {a: b.choices for a, b in there.items() if ",".join(b.choices) not in said[a]}
    lost = [o.account for o in played.owners if o.choice and o.account not in there]
    other = [o.account for o in played.owners if o.receipt and there[o.account].receipt != o.receipt]
    assert (wrong, lost, other) == ({}, [], [])


def test_every_paper_that_two_people_read_is_in_the_box(played: Played) -> None:
    on_paper = Counter(b.choices for b in played.box.ballots if b.account is None)
    read = [words for batch in played.ground.assembly.batches for _ticket, words in batch.papers]
    assert on_paper == Counter(tuple(w.replace("none", "") for w in words) for words in read)


def test_the_turnout_is_the_heads_by_building_and_first_channel(played: Played) -> None:
    box = played.box
    assert set(box.came) == {b.voter for b in box.ballots}
    assert box.closed_with == [len(box.came)]
    sums: dict[Any, Weight] = defaultdict(lambda: (0, 0))
    for voter, channel in box.came.items():
        head = box.heads[voter]
        heads, area = sums[head.building, channel]
        sums[head.building, channel] = (heads + 1, area + head.area)
    assert box.turnout == sums


def test_every_receipt_is_on_the_list_once(played: Played) -> None:
    box = played.box
    assert sorted(box.receipts) == sorted(b.receipt for b in box.ballots)
    assert len(set(box.receipts)) == len(box.receipts) == box.counted
    assert {o.receipt for o in played.owners if o.receipt} <= set(box.receipts)


@pytest.mark.parametrize("matter", [0, 1])
def test_every_head_is_counted_once(played: Played, matter: int) -> None:
    """Counted here by hand: of a speaker the first valid paper, of co-owners what they agree on."""
    box = played.box
    sums: dict[str, Weight] = defaultdict(lambda: (0, 0))
    for voter, ballots in by_voter(box).items():
        head = box.heads[voter]
        said = {said_by(speaker, matter) for speaker in speakers(ballots, head.couple)} - {""}
        if len(said) == 1:
            heads, area = sums[said.copy().pop()]
            sums[said.pop()] = (heads + 1, area + head.area)
    counted = box.results[matter]["choices"]
    assert {w: (n, round(float(a) * 100)) for w, (a, n) in counted.items() if n} == sums


def by_voter(box: Certified) -> dict[int, list[Given]]:
    found: dict[int, list[Given]] = defaultdict(list)
    for ballot in box.ballots:
        found[ballot.voter].append(ballot)
    return found


def speakers(ballots: list[Given], couple: bool) -> list[list[Given]]:
    """Who owns alone has one voice, however his papers came; co-owners have one each and one together."""
    found: dict[int, list[Given]] = defaultdict(list)
    for ballot in ballots:
        found[ballot.speaker if couple else 0].append(ballot)
    return list(found.values())


def said_by(ballots: list[Given], matter: int) -> str:
    words = (b.choices[matter] for b in ballots)
    return next((w for w in words if w in ("for", "against", "abstain")), "")


# ---- all of them -----------------------------------------------------------------------------------


def test_the_count_files_recount_to_what_is_certified(played: Played, tmp_path: Path) -> None:
    """By the portal, and by the single file on a bare Python."""
    (tmp_path / "recount.pyz").write_bytes(bundle())
    for number, (text, digest, results) in enumerate(played.outcomes.files):
        assert hashlib.sha256(text.encode()).hexdigest() == digest
        path = tmp_path / f"{number}.json"
        path.write_text(text, encoding="utf-8")
        done = bare(tmp_path / "recount.pyz", tmp_path / "empty", str(path))
        assert (done.code, done.complained) == (0, [])
        cases = json.loads(text)
        cases = cases if isinstance(cases, list) else [cases]
        for case, line, stated in zip(cases, done.said, results, strict=True):
            again = recount(case)
            assert json.loads(line) == json.loads(json.dumps(again)) == {k: stated[k] for k in again}
