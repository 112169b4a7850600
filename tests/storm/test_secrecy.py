"""With the whole database, its files, the log and two backups of a secret poll in hand: who chose what?

The attacker lays every order in which voters appear beside every order in which papers appear, forwards and backwards.
None may join them better than chance. That he would find a leak is shown first.
"""

import json
import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tarfile import open as open_archive
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import create_app
from portal.core import clock, ticks
from portal.core.db import db
from portal.core.eventlog import Entry
from portal.home.backup.archive import backup
from portal.voting.models import Participation, Poll, SecretBallot, SecretReceipt
from portal.voting.sealing import SEALED
from portal.voting.words import PollState
from tests import world as worlds
from tests.bench.sessions import signed_in
from tests.conftest import SETTINGS
from tests.storm.ground import OPTIONS, open_secret
from tests.storm.test_storm import database
from tests.voting.conftest import AFTER
from tests.voting.crowd import move_in
from tests.world import NOW

VOTERS = 150
CHANCE = 1 / len(OPTIONS)
BEYOND = CHANCE + 5 * (CHANCE * (1 - CHANCE) / VOTERS) ** 0.5
"""Five standard deviations: of all the pairs of orders tried, none comes here by luck."""


@dataclass
class Loot:
    """What fell into the attacker's hands. Orders of voters are accounts, orders of papers are marks."""

    voters: dict[str, list[int]] = field(default_factory=dict)
    papers: dict[str, list[str]] = field(default_factory=dict)
    copies: list[tuple[set[int], dict[str, str]]] = field(default_factory=list)
    """Of every backup who had taken part, and the papers: marks by key."""
    journal: int = 0
    """Bytes that lay in it once the close was past."""


def best_guess(loot: Loot, truth: dict[int, str]) -> tuple[float, str]:
    """The share of voters whose mark the best pair of orders gives, and which pair that is."""
    found = [(0.0, "")]
    for who, voters in loot.voters.items():
        for what, papers in loot.papers.items():
            for way, marks in (("", papers), (" backwards", papers[::-1])):
                right = sum(truth.get(v) == m for v, m in zip(voters, marks, strict=False))
                found.append((right / len(truth), f"{who} × {what}{way}"))
    return max(found)


@pytest.fixture
def played(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[tuple[Loot, dict[int, str]]]:
    """A secret poll from opening to close, with a backup in the middle and one at the end."""
    caplog.set_level(logging.INFO, logger="portal.request")
    with database(tmp_path) as address:
        app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": address})
        loot = Loot()
        truth: dict[int, str] = {}
        chance = random.Random(20260101)
        with app.app_context(), clock.frozen(NOW):
            db.create_all()
            world = worlds.build()
            sessions = [(voter, *signed_in(app, voter)) for voter in move_in(world, VOTERS)]
            poll = open_secret(world)
        chance.shuffle(sessions)
        half = VOTERS // 2
        parts = (
            (sessions[:half], "middle"),
            (sessions[half : half + 1], "one later"),
            (sessions[half + 1 :], ""),
        )
        for part, name in parts:
            with clock.frozen(NOW):
                for voter, cookie, token in part:
                    truth[voter] = _cast(app, poll, cookie, token, str(chance.randrange(len(OPTIONS))))
            if name:
                with app.app_context():
                    _take_backup(loot, tmp_path / f"{name}.tar.gz", name)
        with app.app_context(), clock.frozen(AFTER):
            ticks.run()
            loot.journal = sum(p.stat().st_size for p in tmp_path.glob("storm.sqlite3-wal"))
            assert db.session.get_one(Poll, poll).state is PollState.CLOSED
            _take_backup(loot, tmp_path / "end.tar.gz", "end")
            _take_tables(loot, poll)
            _take_files(loot, tmp_path)
            loot.voters["log"] = [line["account"] for line in _lines(caplog) if line["account"] in truth]
            db.session.remove()
            db.engine.dispose()
        yield loot, truth


def _cast(app: Flask, poll: int, cookie: str, token: str, choice: str) -> str:
    form = {"csrf_token": token, "choice": choice, "once": f"{random.getrandbits(64):032x}"}
    reply = app.test_client(use_cookies=False).post(
        f"/polls/{poll}/ballot", data=form, headers={"Cookie": cookie}, base_url="http://127.0.0.1"
    )
    assert reply.status_code == 200, reply.text
    return choice


def _take_tables(loot: Loot, poll: int) -> None:
    """As the rows lie, and by every column."""
    loot.voters["event log"] = [
        v
        for v in db.session.scalars(
            sa.select(Entry.actor_id).where(Entry.subject == f"poll:{poll}").order_by(Entry.id)
        )
        if v
    ]
    lying = "rowid" if db.engine.dialect.name != "postgresql" else "ctid"
    scan = [sa.text(lying)] if lying == "ctid" else []
    loot.voters["participation"] = list(db.session.scalars(sa.select(Participation.user_id).order_by(*scan)))
    for name, order in (("as they lie", scan), ("by key", [SecretBallot.id])):
        loot.papers[name] = list(db.session.scalars(sa.select(SecretBallot.marks).order_by(*order)))
    assert set(db.session.scalars(sa.select(SecretBallot.digest))) == {None}
    assert len(list(db.session.scalars(sa.select(SecretReceipt.code)))) == VOTERS


def _take_backup(loot: Loot, target: Path, name: str) -> None:
    backup(target)
    took, papers = set(), {}
    with open_archive(target) as archive:
        for member in archive.getmembers():
            table = Path(member.name).name.partition(".")[0]
            if table in ("secret_ballot", "participation"):
                read = archive.extractfile(member)
                assert read is not None
                rows = [json.loads(line) for line in read.read().splitlines()]
                if table == "participation":
                    took = {_value(r, "user_id", 1) for r in rows[1:]}
                    loot.voters[f"{name} backup"] = [_value(r, "user_id", 1) for r in rows]
                else:
                    papers = {_value(r, "id", 0): _value(r, "marks", 2) for r in rows[1:]}
                    loot.papers[f"{name} backup"] = [_value(r, "marks", 2) for r in rows]
                    by_digest = sorted(rows, key=lambda r: str(_value(r, "digest", 3)))
                    loot.papers[f"{name} backup by digest"] = [_value(r, "marks", 2) for r in by_digest]
    loot.copies.append((took, papers))


def _value(row: Any, name: str, place: int) -> Any:
    return row[name] if isinstance(row, dict) else row[place]


def _take_files(loot: Loot, folder: Path) -> None:
    """Where the bytes of each paper first stand in the files of the database."""
    papers = db.session.execute(sa.select(SecretBallot.id, SecretBallot.marks)).all()
    for path in folder.glob("storm.sqlite3*"):
        held = path.read_bytes()
        at = {p.id: held.find(p.id.encode()) for p in papers}
        standing = sorted((place, p.marks) for p in papers if (place := at[p.id]) >= 0)
        if standing:
            loot.papers[path.name] = [marks for _, marks in standing]


def _lines(caplog: pytest.LogCaptureFixture) -> Sequence[Any]:
    return [json.loads(r.getMessage()) for r in caplog.records if r.name == "portal.request"]


def test_the_attacker_finds_a_leak() -> None:
    """Papers in the order of casting are joined at once."""
    truth = {voter: str(voter * 7 % 3) for voter in range(VOTERS)}
    loot = Loot({"log": list(truth)}, {"leak": list(truth.values())[::-1]})
    assert best_guess(loot, truth) == (1.0, "log × leak backwards")


def test_nobody_is_joined_to_his_paper(played: tuple[Loot, dict[int, str]]) -> None:
    loot, truth = played
    assert {"log", "event log", "participation", "end backup"} <= set(loot.voters)
    assert {"as they lie", "by key", "end backup"} <= set(loot.papers)
    right, how = best_guess(loot, truth)
    assert right < BEYOND, how


def test_two_backups_before_and_after_one_voter_show_his_paper_and_nothing_on_it(
    played: tuple[Loot, dict[int, str]],
) -> None:
    loot, truth = played
    (before, papers), (after, papers_after), (_all, at_the_end) = loot.copies
    (voter,) = after - before
    (his,) = papers_after.keys() - papers.keys()
    assert voter in truth
    assert len(papers_after[his]) == SEALED
    assert not set(truth.values()) & {*papers.values(), *papers_after.values()}
    assert set(at_the_end.values()) == set(truth.values())
    assert not at_the_end.keys() & papers_after.keys()


def test_the_journal_holds_nothing_after_the_tick(played: tuple[Loot, dict[int, str]]) -> None:
    assert played[0].journal == 0
