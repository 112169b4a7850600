"""Ballots that come at the same moment, with real commits on a database of their own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import create_app
from portal.accounts import identity
from portal.accounts.actions.relatives import agree, name_relative
from portal.accounts.models import Kinship, User
from portal.assembly.actions.batching import check_slip, enter_slip, hand_over_batch, start_batch
from portal.assembly.actions.casting import cast_ballot
from portal.assembly.actions.closing import close_due_votes, close_vote
from portal.assembly.actions.counting import AtScrutineer, begin_count, count_again, sign_count
from portal.assembly.actions.sealing import AtSeal, confirm_seal, seal_box
from portal.assembly.box import AtVoter
from portal.assembly.events import VoteClosed
from portal.assembly.models.box import OwnerBallot, Turnout
from portal.assembly.models.counts import Scrutineer
from portal.assembly.models.papers import Batch, BoxSeal, Slip
from portal.assembly.models.rolls import Speaker, Voter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import Capacity, Counter, VoterKind, VoteState
from portal.core import clock, ticks
from portal.core.actor import Actor, system
from portal.core.db import db, transaction
from portal.core.errors import Conflict, NotAllowed
from portal.core.eventlog import Entry
from tests import world as worlds
from tests.assembly.conftest import AFTER, BUILDING, build_vote
from tests.conftest import SETTINGS
from tests.racing import together
from tests.voting.crowd import move_in
from tests.world import NOW, World

COUPLES = 8
THREADS = 6
AREA = 8_000


@dataclass
class Box:
    """An open vote in a database that keeps what is committed. Every voter is a couple, each with an account."""

    app: Flask
    vote_id: int
    couples: list[tuple[int, int, int, int]]
    """Voter, its number, the two accounts."""
    staff: tuple[int, int]

    def cast(self, person: int, voter: int, once: str, seen: int | None = None, word: str = "for") -> str:
        with self.app.app_context(), clock.frozen(NOW):
            actor = identity.actor_of(identity.load([person])[person])
            return cast_ballot(actor, AtVoter(voter), choices=[word, word], once=once, seen=seen)

    def counts(self) -> tuple[int, int]:
        """Ballots, heads of the turnout."""
        with self.app.app_context():
            ballots = db.session.scalar(sa.select(sa.func.count()).select_from(OwnerBallot))
            return ballots or 0, db.session.scalar(sa.select(sa.func.sum(Turnout.heads))) or 0


@pytest.fixture
def box(request: pytest.FixtureRequest, tmp_path: Path, address: Callable[[str], str]) -> Iterator[Box]:
    name = f"race_{abs(hash(request.node.name))}"
    app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": address(name)})
    with app.app_context(), clock.frozen(NOW):
        db.create_all()
        world = worlds.build()
        vote = build_vote(world)
        couples = _couples(world, vote)
        made = Box(app, vote.id, couples, (world.ids["worker"], world.ids["secretary"]))
    yield made
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _couples(world: World, vote: OwnersVote) -> list[tuple[int, int, int, int]]:
    people = move_in(world, 2 * COUPLES)
    couples = []
    with transaction():
        for n in range(COUPLES):
            voter = Voter(
                vote_id=vote.id,
                number=100 + n,
                place_path=world.paths["202"],
                owner_set_id=None,
                kind=VoterKind.CO_OWNERS,
                name="两人",
                label=f"12号楼2单元{n}室",
                building=BUILDING,
                area=AREA,
                units=1,
            )
            db.session.add(voter)
            db.session.flush()
            pair = people[2 * n : 2 * n + 2]
            db.session.add_all(_speaker(vote, voter, person) for person in pair)
            couples.append((voter.id, voter.number, pair[0], pair[1]))
    return couples


def _speaker(vote: OwnersVote, voter: Voter, person: int) -> Speaker:
    return Speaker(
        vote_id=vote.id,
        voter_id=voter.id,
        place_path=voter.place_path,
        owner_id=None,
        user_id=person,
        name="业主",
        capacity=Capacity.OWNER,
    )


def _table(vote: OwnersVote, people: list[int]) -> list[int]:
    """Who stands by, each with his account; the first of them counts."""
    rows = [
        Scrutineer(
            vote_id=vote.id,
            place_path=vote.place_path,
            role=Counter.SCRUTINEER if n else Counter.TELLER,
            name=f"第{n}位",
            user_id=person,
        )
        for n, person in enumerate(people)
    ]
    db.session.add_all(rows)
    db.session.flush()
    return [row.id for row in rows]


def test_the_same_form_posted_by_many_threads_is_one_ballot(box: Box) -> None:
    voter, _number, person, _other = box.couples[0]
    codes = together(*(lambda: box.cast(person, voter, "form") for _ in range(THREADS)))
    assert len(set(codes)) == 1
    assert all(isinstance(c, str) for c in codes)
    assert box.counts() == (1, 1)


def test_two_forms_of_one_person_at_once_are_one_ballot(box: Box) -> None:
    voter, _number, person, _other = box.couples[0]
    got = together(*(lambda n=n: box.cast(person, voter, f"form-{n}") for n in range(THREADS)))
    assert sum(isinstance(g, str) for g in got) == 1
    assert sum(isinstance(g, Conflict) for g in got) == THREADS - 1
    assert box.counts() == (1, 1)


def test_co_owners_at_the_same_moment_are_two_ballots_and_one_head(box: Box) -> None:
    jobs = [
        lambda p=p, v=v: box.cast(p, v, f"form-{p}")
        for v, _number, one, other in box.couples
        for p in (one, other)
    ]
    codes = together(*jobs)
    assert len(set(codes)) == 2 * COUPLES
    assert box.counts() == (2 * COUPLES, COUPLES)
    with box.app.app_context():
        assert db.session.scalar(sa.select(sa.func.sum(Turnout.area))) == COUPLES * AREA


def test_changes_from_two_pages_at_once_do_not_undo_each_other(box: Box) -> None:
    voter, _number, person, _other = box.couples[0]
    code = box.cast(person, voter, "form")
    got = together(*(lambda w=w: box.cast(person, voter, w, seen=0, word=w) for w in ("against", "abstain")))
    assert sum(g == code for g in got) == 1
    assert sum(isinstance(g, Conflict) for g in got) == 1
    assert box.counts() == (1, 1)


def test_signing_while_it_is_counted_again_waits_for_it(box: Box) -> None:
    """Both hold the vote first and then who stands by; else each would wait for what the other holds."""
    signers = [pair[2] for pair in box.couples]
    with box.app.app_context(), clock.frozen(AFTER):
        close_due_votes(system())
        vote = db.session.get_one(OwnersVote, box.vote_id)
        with transaction():
            rows = _table(vote, signers)
        begin_count(identity.actor_of(identity.load([box.staff[1]])[box.staff[1]]), vote)

    def sign(person: int, row: int) -> str:
        with box.app.app_context(), clock.frozen(AFTER):
            sign_count(identity.actor_of(identity.load([person])[person]), AtScrutineer(row))
            return "signed"

    def again() -> str:
        with box.app.app_context(), clock.frozen(AFTER):
            secretary = identity.load([box.staff[1]])[box.staff[1]]
            count_again(identity.actor_of(secretary), db.session.get_one(OwnersVote, box.vote_id))
            return "counted"

    jobs = [lambda p=p, r=r: sign(p, r) for p, r in zip(signers, rows, strict=True)]
    got = together(*jobs[: COUPLES // 2], again, *jobs[COUPLES // 2 :], again)
    assert (got.count("signed"), got.count("counted")) == (COUPLES, 2)


def test_every_acknowledged_ballot_is_there_when_the_vote_closes_under_it(box: Box) -> None:
    def close() -> int:
        with box.app.app_context(), clock.frozen(AFTER):
            return close_due_votes(system())

    jobs = [lambda p=p, v=v: box.cast(p, v, f"form-{p}") for v, _number, p, _other in box.couples]
    got = together(*jobs[: COUPLES // 2], close, *jobs[COUPLES // 2 :])
    acknowledged = sum(isinstance(g, str) for g in got)
    assert box.counts() == (acknowledged, acknowledged)
    with box.app.app_context():
        assert db.session.get_one(OwnersVote, box.vote_id).state is VoteState.CLOSED


def test_a_paper_and_a_screen_at_the_same_moment_are_one_head(box: Box) -> None:
    """The batch holds all its voters while each of them votes by himself."""
    first, second = box.staff
    with box.app.app_context(), clock.frozen(NOW):
        people = {n: identity.actor_of(identity.load([n])[n]) for n in box.staff}
        vote = db.session.get_one(OwnersVote, box.vote_id)
        batch = start_batch(people[first], vote, received_at=NOW, once="batch")
        for _voter, number, _one, _other in box.couples:
            enter_slip(
                people[first], batch, ticket=str(number), choices=["for", "for"], signer=0, once=f"{number}"
            )
        hand_over_batch(people[first], batch)
        for _voter, number, _one, _other in box.couples[:-1]:
            check_slip(people[second], batch, ticket=str(number), choices=["for", "for"], signer=0)
        batch_id, last = batch.id, str(box.couples[-1][1])

    def settle() -> None:
        with box.app.app_context(), clock.frozen(NOW):
            batch = db.session.get_one(Batch, batch_id)
            check_slip(people[second], batch, ticket=last, choices=["for", "for"], signer=0)

    jobs = [lambda p=p, v=v: box.cast(p, v, f"form-{p}") for v, _number, p, _other in box.couples]
    got = together(*jobs[::2], settle, *jobs[1::2])
    assert not any(isinstance(g, Exception) for g in got)
    assert box.counts() == (2 * COUPLES, COUPLES)


def test_two_ticks_at_once_close_once_with_all_that_was_acknowledged(box: Box) -> None:
    """Two workers whose clocks strike together, while ballots that came in time are still on their way."""

    def tick() -> int:
        with box.app.app_context(), clock.frozen(AFTER):
            moved = {ran.name: ran.moved for ran in ticks.run() if not ran.failed}
            return moved["close_owners_votes"]

    jobs = [lambda p=p, v=v: box.cast(p, v, f"form-{p}") for v, _number, p, _other in box.couples]
    got = together(*jobs[: COUPLES // 2], tick, *jobs[COUPLES // 2 :], tick)
    assert sum(g for g in got if isinstance(g, int)) == 1
    acknowledged = sum(isinstance(g, str) for g in got)
    with box.app.app_context():
        closings = list(db.session.scalars(sa.select(Entry.payload).where(Entry.name == VoteClosed.name)))
        assert closings == [{"vote_id": box.vote_id, "heads": acknowledged}]
        assert db.session.get_one(OwnersVote, box.vote_id).state is VoteState.CLOSED


def test_a_person_and_the_clock_at_once_close_once(box: Box) -> None:
    def by_hand() -> str:
        with box.app.app_context(), clock.frozen(AFTER):
            secretary = identity.load([box.staff[1]])[box.staff[1]]
            close_vote(identity.actor_of(secretary), db.session.get_one(OwnersVote, box.vote_id))
            return "closed"

    def by_clock() -> str:
        with box.app.app_context(), clock.frozen(AFTER):
            return "closed" if close_due_votes(system()) else ""

    got = together(by_hand, by_clock, by_hand, by_clock)
    assert got.count("closed") == 1
    with box.app.app_context():
        closings = sa.select(sa.func.count()).where(Entry.name == VoteClosed.name)
        assert db.session.scalar(closings) == 1


def test_one_paper_read_into_two_batches_at_once_is_in_one(box: Box) -> None:
    """Else the second batch could never be brought into the box, and nothing could be counted."""
    number = str(box.couples[0][1])
    with box.app.app_context(), clock.frozen(NOW):
        people = {n: identity.actor_of(identity.load([n])[n]) for n in box.staff}
        vote = db.session.get_one(OwnersVote, box.vote_id)
        batches = {n: start_batch(people[n], vote, received_at=NOW, once=f"batch-{n}").id for n in box.staff}

    def enter(reader: int) -> str:
        with box.app.app_context(), clock.frozen(NOW):
            batch = db.session.get_one(Batch, batches[reader])
            enter_slip(people[reader], batch, ticket=number, choices=["for", "for"], signer=0, once="slip")
            return "entered"

    got = together(*(lambda n=n: enter(n) for n in box.staff))
    assert got.count("entered") == 1
    with box.app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Slip)) == 1


def _waiting(app: Flask, n: int) -> None:
    """Until so many connections wait for what others hold."""
    asked = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with app.app_context():
        for _ in range(100_000):
            with db.engine.connect() as looking:
                if looking.scalar(asked) == n:
                    return
    raise AssertionError("nobody waits")


def test_who_puts_the_number_in_the_box_right_and_who_counts_again_do_not_wait_for_each_other(
    box: Box,
) -> None:
    """Both hold the vote first and then the number. Somebody else holds the number until both are under way, so that
    every order in which each would wait for the other shows."""
    worker, secretary = box.staff

    def acting(person: int) -> Actor:
        return identity.actor_of(identity.load([person])[person])

    with box.app.app_context(), clock.frozen(AFTER):
        if db.engine.dialect.name != "postgresql":
            return  # one writer at a time
        close_due_votes(system())
        vote = db.session.get_one(OwnersVote, box.vote_id)
        seal_id = seal_box(acting(secretary), vote, papers=5, where="东门").id
        db.session.remove()

    def right() -> str:
        with box.app.app_context(), clock.frozen(AFTER), pytest.raises(Conflict):
            vote = db.session.get_one(OwnersVote, box.vote_id)
            seal_box(acting(secretary), vote, papers=6, where="东门", once="right")
        return "refused"

    def again() -> bool:
        with box.app.app_context(), clock.frozen(AFTER):
            return confirm_seal(acting(worker), AtSeal(seal_id), papers=5)

    with box.app.app_context(), ThreadPoolExecutor(2) as pool:
        with db.engine.begin() as holding:
            holding.execute(sa.select(BoxSeal.id).where(BoxSeal.id == seal_id).with_for_update())
            counted = pool.submit(again)
            _waiting(box.app, 1)
            corrected = pool.submit(right)
            _waiting(box.app, 2)
        assert (counted.result(30), corrected.result(30)) == (True, "refused")


def _bind(box: Box, owner: int, relative: int) -> None:
    """The relative is a child of the owner, who named him, and has agreed."""
    with box.app.app_context(), clock.frozen(NOW):
        people = identity.load([owner, relative])
        his = db.session.get_one(User, relative)
        bound = name_relative(
            identity.actor_of(people[owner]),
            db.session.get_one(User, owner),
            name=his.name,
            phone=his.phone or "",
            kinship=Kinship.CHILD,
            ends=clock.today() + timedelta(days=30),
        )
        agree(identity.actor_of(people[relative]), bound)


def _for_him(box: Box, owner: int, relative: int, voter: int, once: str, word: str) -> str:
    with box.app.app_context(), clock.frozen(NOW):
        people = identity.load([owner, relative])
        son = identity.actor_of(people[owner], entered_by=people[relative], kin="child")
        return cast_ballot(son, AtVoter(voter), choices=[word, word], once=once)


def test_an_owner_and_his_family_at_once(box: Box) -> None:
    """One ballot; where the family was first the owner is told and changes it, and then it stays his."""
    voter, _number, owner, _other = box.couples[0]
    relative = box.couples[1][2]
    _bind(box, owner, relative)
    together(
        lambda: box.cast(owner, voter, "himself"),
        lambda: _for_him(box, owner, relative, voter, "family", "against"),
        lambda: _for_him(box, owner, relative, voter, "family", "against"),
    )
    assert box.counts() == (1, 1)
    with box.app.app_context():
        by_family = db.session.scalar(sa.select(OwnerBallot.kin)) == "child"
    if by_family:
        box.cast(owner, voter, "change", seen=0)
    with pytest.raises(NotAllowed):
        _for_him(box, owner, relative, voter, "again", "against")
    with box.app.app_context():
        ballot = db.session.scalars(sa.select(OwnerBallot)).one()
        assert (ballot.kin, ballot.entered_by_id, ballot.choices) == ("", None, "for,for")


def test_who_name_each_other_do_not_wait_for_each_other(box: Box) -> None:
    one, other = box.couples[0][2:]
    gave = together(lambda: _bind(box, one, other), lambda: _bind(box, other, one))
    assert gave == [None, None]


def test_naming_the_same_relative_at_once_makes_one(box: Box) -> None:
    one, other = box.couples[0][2:]
    gave = together(*[lambda: _bind(box, one, other)] * 4)
    assert [type(g) for g in gave].count(Conflict) == 3
