"""Several processes at one shelf and one counter at the same moment, with real commits; one is killed in the middle."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from flask import Flask

from portal import create_app
from portal.accounts.models import Membership, Relation, User
from portal.core import clock
from portal.core.db import db, transaction
from portal.partners.actions.offering import make_offer
from portal.partners.models import Offer, PartnerMerchant, Redemption
from portal.partners.rules import MOST_WAITING
from portal.partners.words import RedemptionState
from portal.points.actions.earning import earn
from portal.points.words import Deed
from tests import world as worlds
from tests.conftest import SETTINGS
from tests.partners.conftest import TERMS, Mall, open_mall
from tests.points.conftest import assert_right
from tests.points.test_rush import PATIENCE, database
from tests.world import NOW, SINCE, World

PROCESSES, CROWD = 4, 50


class Process:
    def __init__(self, address: str) -> None:
        command = [sys.executable, "-m", "tests.partners.rush", address]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def said(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)


@dataclass
class Shared:
    """A mall in a database that keeps what is committed."""

    app: Flask
    world: World
    shop: int
    first: int
    """The number of the first of the crowd; the others follow."""
    processes: list[Process]

    def rush(self, *jobs: tuple[object, ...]) -> Counter[str]:
        running = self.processes[: len(jobs)]
        for process, job in zip(running, jobs, strict=True):
            process.ask(*job)
        return Counter(word for process in running for word in process.said().split())

    def offer(self, once: str, left: int) -> int:
        with self.app.app_context(), clock.frozen(NOW):
            terms = replace(TERMS, left=left, cost=2)
            shop = db.session.get_one(PartnerMerchant, self.shop)
            return make_offer(self.world.merchant, shop, terms=terms, once=once).id

    def got(self, who: int, offer: int, once: str) -> tuple[int, str]:
        """A code somebody has: its number and digits."""
        assert self.rush(("redeem", who, offer, once)) == {"done": 1}
        with self.app.app_context(), clock.frozen(NOW):
            had = db.session.query(Redemption).filter_by(once=once, user_id=who).one()
            return had.id, had.code

    def left(self, offer: int) -> int | None:
        """After all checks of the books."""
        with self.app.app_context(), clock.frozen(NOW):
            assert_right()
            return db.session.get_one(Offer, offer).left

    def states(self, offer: int) -> Counter[str]:
        with self.app.app_context(), clock.frozen(NOW):
            return Counter(r.state.value for r in db.session.query(Redemption).filter_by(offer_id=offer))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    folder = tmp_path_factory.mktemp("rush")
    with database(folder) as address:
        app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": address})
        with app.app_context(), clock.frozen(NOW):
            db.create_all()
            world = worlds.build()
            mall = open_mall(world)
            shop, first = mall.shop.id, crowd(world, mall)
        processes = [Process(address) for _ in range(PROCESSES)]
        assert [p.said() for p in processes] == ["ready"] * PROCESSES
        yield Shared(app, world, shop, first, processes)
        for process in processes:
            process.kill()
        with app.app_context():
            db.engine.dispose()


def crowd(world: World, mall: Mall) -> int:
    """Fifty people of the community with ten points each; the number of the first."""
    with transaction():
        people = [_person(world, n) for n in range(CROWD + 2)]
        db.session.add_all(people)
        db.session.flush()
        db.session.add_all(
            Membership(
                user_id=person.id,
                unit_id=world.ids["102"],
                place_path=world.paths["102"],
                relation=Relation.TENANT,
                starts=SINCE,
            )
            for person in people
        )
        for person in people:
            earn(
                mall.books.clock(),
                mall.books.programme,
                pool=mall.books.pool,
                user_id=person.id,
                amount=10,
                key=f"crowd {person.id}",
                deed=Deed.OTHER,
            )
    return people[0].id


def _person(world: World, number: int) -> User:
    return User(
        place_path=world.paths["community"],
        name=f"邻居{number}",
        nickname="",
        phone=None,
        sign_in_name=f"crowd{number}",
        password_hash=None,
        lang="zh",
        large_text=False,
        stamp=f"crowd-{number}",
        failures=0,
        created_at=NOW,
    )


def test_the_last_piece_wanted_by_many_is_had_by_one(shared: Shared) -> None:
    offer = shared.offer("last", 1)
    ends = [CROWD * n // PROCESSES for n in range(PROCESSES + 1)]
    jobs = [("crowd", shared.first + a, offer, b - a) for a, b in pairwise(ends)]
    assert shared.rush(*jobs) == {"done": 1, "sold_out": CROWD - 1}
    assert shared.left(offer) == 0
    assert shared.states(offer) == {"held": 1}


def test_seven_pieces_are_seven(shared: Shared) -> None:
    offer = shared.offer("seven", 7)
    jobs = [("crowd", shared.first + n * 3, offer, 3) for n in range(PROCESSES)]
    assert shared.rush(*jobs) == {"done": 7, "sold_out": 5}
    assert shared.left(offer) == 0


def test_two_taps_at_once_are_one_code(shared: Shared) -> None:
    offer, owner = shared.offer("taps", 9), shared.world.ids["owner"]
    assert shared.rush(*[("redeem", owner, offer, "tap")] * PROCESSES) == {"done": PROCESSES}
    assert shared.left(offer) == 8


def test_who_taps_for_four_things_at_once_has_three_codes(shared: Shared) -> None:
    """On the page he may tap as fast as he likes: the second tap counts the code of the first."""
    offers, who = [shared.offer(f"greedy {n}", 9) for n in range(PROCESSES)], shared.first + CROWD - 1
    jobs = [("redeem", who, offer, f"greedy-{offer}") for offer in offers]
    assert shared.rush(*jobs) == {"done": MOST_WAITING, "many_codes": PROCESSES - MOST_WAITING}


def test_a_copied_code_at_four_counters_is_handed_over_once(shared: Shared) -> None:
    offer, keeper = shared.offer("copied", 5), shared.world.ids["merchant"]
    who, staff = shared.first + CROWD, shared.world.ids["worker"]
    number, code = shared.got(who, offer, "copied")
    at_two = [("ask", keeper, shared.shop, code), ("ask", staff, shared.shop, code)]
    assert shared.rush(*at_two, *at_two) == {"done": 2, "asked": 2}
    assert shared.rush(*[("give", who, number, "nod")] * PROCESSES) == {
        "done": 1,
        "not_allowed": PROCESSES - 1,
    }
    assert shared.rush(at_two[0]) == {"taken": 1}
    assert shared.states(offer) == {RedemptionState.USED.value: 1}
    assert shared.left(offer) == 4


def test_the_same_digits_at_the_same_instant_are_drawn_again(shared: Shared) -> None:
    """The second draws what the first has drawn and not committed yet."""
    ids, (one, other) = shared.world.ids, shared.processes[:2]
    offers = shared.offer("dice one", 1), shared.offer("dice two", 1)
    one.ask("same", ids["owner"], offers[0], "first")
    assert one.said() == "in the middle"
    other.ask("same", ids["tenant"], offers[1], "second")
    one.ask("go on")
    assert (one.said(), other.said()) == ("done", "done")
    with shared.app.app_context(), clock.frozen(NOW):
        wanted = db.session.query(Redemption).filter(Redemption.once.in_(("first", "second")))
        assert {had.once: had.code for had in wanted} == {"first": "000007", "second": "000008"}


def test_killed_at_the_counter_the_code_is_still_good_once(shared: Shared) -> None:
    offer, keeper, who = shared.offer("killed-there", 1), shared.world.ids["merchant"], shared.first + CROWD
    number, code = shared.got(who, offer, "killed-there")
    assert shared.rush(("ask", keeper, shared.shop, code)) == {"done": 1}
    process = shared.processes.pop()
    process.ask("die_serving", who, number, "nod")
    assert process.said() == "in the middle"
    process.kill()
    assert shared.left(offer) == 0
    assert shared.states(offer) == {"held": 1}
    job = ("give", who, number, "nod")
    assert shared.rush(job, job) == {"done": 1, "not_allowed": 1}
    assert shared.states(offer) == {"used": 1}
    assert shared.left(offer) == 0


def test_killed_in_the_middle_neither_piece_nor_points_are_gone(shared: Shared) -> None:
    offer, who = shared.offer("killed", 1), shared.first + CROWD + 1
    process = shared.processes.pop()
    process.ask("die", who, offer, "killed")
    assert process.said() == "in the middle"
    process.kill()
    assert shared.left(offer) == 1
    assert shared.states(offer) == {}
    assert shared.got(who, offer, "killed")
    assert shared.left(offer) == 0
