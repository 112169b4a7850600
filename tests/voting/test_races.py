"""Ballots that come at the same moment, with real commits on a database of their own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import create_app
from portal.accounts import identity
from portal.core import clock, ticks
from portal.core.actor import system
from portal.core.db import db
from portal.core.errors import Conflict
from portal.core.eventlog import Entry
from portal.councils.actions.raising import raise_topic
from portal.councils.actions.screening import accept_topic, take_up
from portal.councils.actions.table import found_council
from portal.councils.words import Category
from portal.places.models import Place
from portal.voting.actions.casting import cast_ballot, change_ballot
from portal.voting.actions.closing import close_due_polls
from portal.voting.actions.opening import draft_poll, open_poll
from portal.voting.events import PollClosed
from portal.voting.models import Ballot, Participation, Poll, SecretBallot, SecretReceipt, Turnout
from portal.voting.words import PollState, RollKind, Secrecy
from tests import world as worlds
from tests.conftest import SETTINGS
from tests.racing import together
from tests.voting.conftest import AFTER, CLOSES
from tests.voting.crowd import move_in
from tests.world import NOW

VOTERS = 12
THREADS = 6


@dataclass
class Box:
    """An open poll in a database that keeps what is committed."""

    app: Flask
    poll_id: int
    voters: list[int]

    def cast(self, voter: int, once: str, choice: int = 0) -> str:
        with self.app.app_context(), clock.frozen(NOW):
            person = identity.load([voter])[voter]
            poll = db.session.get_one(Poll, self.poll_id)
            return cast_ballot(identity.actor_of(person), poll, choices=(choice,), once=once)


@pytest.fixture(params=list(Secrecy))
def box(request: pytest.FixtureRequest, tmp_path: Path, address: Callable[[str], str]) -> Iterator[Box]:
    yield from made(tmp_path, address(f"race_{abs(hash(request.node.name))}"), request.param)


@pytest.fixture(params=list(Secrecy))
def home(request: pytest.FixtureRequest, tmp_path: Path, address: Callable[[str], str]) -> Iterator[Box]:
    """All voters live in one home, which has one vote."""
    where = address(f"home_{abs(hash(request.node.name))}")
    yield from made(tmp_path, where, request.param, RollKind.HOUSEHOLDS)


def made(folder: Path, where: str, secrecy: Secrecy, roll_kind: RollKind = RollKind.MEMBERS) -> Iterator[Box]:
    app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": where})
    with app.app_context(), clock.frozen(NOW):
        db.create_all()
        world = worlds.build()
        voters = move_in(world, VOTERS)
        council = found_council(world.administrator, world.get(Place, "community"), name="梧桐社区议事会")
        topic = raise_topic(
            world.owner,
            council,
            place=world.get(Place, "building"),
            title="木栈道松动",
            body="木板松了三处。",
            category=Category.REPAIR,
            once="topic",
        )
        take_up(world.secretary, topic)
        accept_topic(world.secretary, topic, reason="列入协商。")
        poll = draft_poll(
            world.secretary,
            topic,
            question="修不修？",
            options=["同意", "不同意"],
            closes_at=CLOSES,
            once="poll",
            secrecy=secrecy,
            roll_kind=roll_kind,
        )
        open_poll(world.secretary, poll)
        poll_id = poll.id
    yield Box(app, poll_id, voters)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def counts(box: Box) -> tuple[int, int, int]:
    """Participations, papers, turnout."""
    with box.app.app_context():
        poll = db.session.get_one(Poll, box.poll_id)
        kept = SecretBallot if poll.secrecy is Secrecy.SECRET else Ballot
        papers, voted = (
            db.session.scalar(sa.select(sa.func.count()).select_from(m)) for m in (kept, Participation)
        )
        return voted or 0, papers or 0, db.session.scalar(sa.select(Turnout.cast)) or 0


def test_the_same_form_posted_by_many_threads_is_one_ballot(box: Box) -> None:
    voter = box.voters[0]
    codes = together(*(lambda: box.cast(voter, "form") for _ in range(THREADS)))
    assert len(set(codes)) == 1
    assert all(isinstance(c, str) for c in codes)
    assert counts(box) == (1, 1, 1)


def test_two_forms_of_one_voter_at_once_are_one_ballot(box: Box) -> None:
    voter = box.voters[0]
    got = together(*(lambda n=n: box.cast(voter, f"form-{n}", n % 2) for n in range(THREADS)))
    assert sum(isinstance(g, str) for g in got) == 1
    assert sum(isinstance(g, Conflict) for g in got) == THREADS - 1
    assert counts(box) == (1, 1, 1)


def test_of_a_home_that_posts_all_at_once_one_is_counted(home: Box) -> None:
    got = together(*(lambda v=v: home.cast(v, f"form-{v}") for v in home.voters[:THREADS]))
    assert sum(isinstance(g, str) for g in got) == 1
    assert sum(isinstance(g, Conflict) for g in got) == THREADS - 1
    assert counts(home) == (1, 1, 1)


def test_everybody_posts_twice_and_is_counted_once(box: Box) -> None:
    posts = [(voter, f"form-{voter}") for voter in box.voters for _twice in range(2)]
    with ThreadPoolExecutor(THREADS) as pool:
        codes = list(pool.map(lambda post: box.cast(*post), posts))
    assert len(set(codes)) == VOTERS
    assert codes[::2] == codes[1::2]
    assert counts(box) == (VOTERS, VOTERS, VOTERS)


def test_every_acknowledged_ballot_is_in_the_count_when_the_poll_closes_under_it(box: Box) -> None:
    def close() -> int:
        with box.app.app_context(), clock.frozen(AFTER):
            return close_due_polls(system())

    jobs = [*(lambda v=v: box.cast(v, f"form-{v}") for v in box.voters)]
    got = together(*jobs[: VOTERS // 2], close, *jobs[VOTERS // 2 :])
    acknowledged = sum(isinstance(g, str) for g in got)
    with box.app.app_context():
        poll = db.session.get_one(Poll, box.poll_id)
        assert poll.state is PollState.CLOSED
        assert poll.tally is not None
        assert poll.tally["valid"] == acknowledged
    assert counts(box) == (acknowledged,) * 3


def test_two_ticks_at_once_close_once_with_all_that_was_acknowledged(box: Box) -> None:
    """Two workers whose clocks strike together, while ballots that came in time are still on their way."""

    def tick() -> int:
        with box.app.app_context(), clock.frozen(AFTER):
            moved = {ran.name: ran.moved for ran in ticks.run() if not ran.failed}
            return moved["close_polls"]

    jobs = [*(lambda v=v: box.cast(v, f"form-{v}") for v in box.voters)]
    got = together(*jobs[: VOTERS // 2], tick, *jobs[VOTERS // 2 :], tick)
    assert sum(g for g in got if isinstance(g, int)) == 1
    acknowledged = sum(isinstance(g, str) for g in got)
    with box.app.app_context():
        closings = list(db.session.scalars(sa.select(Entry.payload).where(Entry.name == PollClosed.name)))
        assert closings == [{"poll_id": box.poll_id, "cast": acknowledged}]


def test_changes_from_two_pages_at_once_do_not_undo_each_other(box: Box) -> None:
    voter = box.voters[0]
    code = box.cast(voter, "form")

    def change(choice: int) -> str:
        with box.app.app_context(), clock.frozen(NOW):
            person = identity.load([voter])[voter]
            poll = db.session.get_one(Poll, box.poll_id)
            return change_ballot(
                identity.actor_of(person), poll, choices=(choice,), once=f"c{choice}", seen=0, receipt=code
            )

    got = together(lambda: change(0), lambda: change(1))
    assert code in got
    assert counts(box) == (1, 1, 1)


@pytest.mark.parametrize("box", [Secrecy.SECRET], indirect=True)
def test_the_order_of_casting_is_in_no_table(box: Box) -> None:
    """Each paper is recognised here by its receipt, which only its voter holds; then the tables are read as they
    lie and by every column, and none gives the voters' order. A chance agreement is one in twelve factorial."""
    codes = [box.cast(voter, f"form-{voter}") for voter in box.voters]
    from portal.voting.receipts import digest_of

    with box.app.app_context():
        place = {digest_of(box.poll_id, code): n for n, code in enumerate(codes)}
        came = list(range(VOTERS))
        papers = db.session.execute(sa.select(SecretBallot.id, SecretBallot.digest)).all()
        if db.engine.dialect.name == "sqlite":
            lying = [place[str(p.digest)] for p in papers]
            assert lying not in (came, came[::-1])
            receipts = list(db.session.scalars(sa.select(SecretReceipt.code)))
            assert [codes.index(c) for c in receipts] not in (came, came[::-1])
        for column in ("id", "digest"):
            ordered = [place[str(p.digest)] for p in sorted(papers, key=lambda p: str(getattr(p, column)))]
            assert ordered not in (came, came[::-1])


@pytest.mark.parametrize("box", [Secrecy.SECRET], indirect=True)
def test_after_the_close_not_even_the_writing_transaction_tells(box: Box) -> None:
    """PostgreSQL remembers which transaction wrote a row, and keeps rows where they were written."""
    codes = [box.cast(voter, f"form-{voter}", n % 2) for n, voter in enumerate(box.voters)]
    with box.app.app_context(), clock.frozen(AFTER):
        assert close_due_polls(system()) == 1
        if db.engine.dialect.name == "postgresql":
            written = "select count(distinct xmin::text) from "
            assert db.session.scalar(sa.text(written + "secret_ballot")) == 1
            assert db.session.scalar(sa.text(written + "secret_receipt")) == 1
            lying = list(db.session.scalars(sa.text("select code from secret_receipt order by ctid")))
            assert lying == sorted(codes)
        assert set(db.session.scalars(sa.select(SecretBallot.digest))) == {None}
