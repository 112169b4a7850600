"""Many people for one place at the same moment, with real commits on a database of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import create_app
from portal.accounts.models import User
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import db, transaction
from portal.core.errors import Conflict
from portal.volunteering.actions.arriving import check_in, check_out
from portal.volunteering.actions.confirming import confirm
from portal.volunteering.actions.signing_up import sign_up, withdraw
from portal.volunteering.models.book import HoursEntry
from portal.volunteering.models.people import Volunteer
from portal.volunteering.models.shifts import Shift, SignUp
from portal.volunteering.words import SignUpState
from tests import world as worlds
from tests.conftest import SETTINGS
from tests.racing import together
from tests.volunteering.conftest import BORN, ELEVEN, NINE, joined, opened, registered
from tests.world import NOW, World

MANY = 50
S = SignUpState


@dataclass
class Place:
    """A shift of one place in a database that keeps what is committed, and fifty people who want it."""

    app: Flask
    world: World
    shift_id: int
    people: list[int]

    def wants(self, person: int, shift_id: int = 0) -> Callable[[], str]:
        def act() -> str:
            with self.app.app_context(), clock.frozen(NOW):
                path = self.world.paths["community"]
                actor = Actor(id=person, community=path, homes=(self.world.paths["101"],), now=NOW)
                return sign_up(
                    actor, db.session.get_one(Shift, shift_id or self.shift_id), risk_read=True
                ).state.value

        return act

    def states(self) -> dict[str, int]:
        with self.app.app_context():
            found = sa.select(SignUp.state, sa.func.count()).group_by(SignUp.state)
            return {state.value: n for state, n in db.session.execute(found)}


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path, address: Callable[[str], str]) -> Iterator[Place]:
    name = f"volunteers_{abs(hash(request.node.name))}"
    app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": address(name)})
    with app.app_context(), clock.frozen(NOW):
        db.create_all()
        world = worlds.build()
        for who in ("owner", "tenant"):
            registered(world, who)
        shift_id = opened(world, needed=1).id
        made = Place(app, world, shift_id, _crowd(world))
    yield made
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _crowd(world: World) -> list[int]:
    people = []
    with transaction():
        for number in range(MANY):
            person = User(
                place_path=world.paths["community"],
                name=f"志愿者{number}",
                nickname="",
                lang="zh",
                large_text=False,
                stamp="",
                failures=0,
                created_at=NOW,
            )
            db.session.add(person)
            db.session.flush()
            people.append(person.id)
            db.session.add(
                Volunteer(
                    user_id=person.id,
                    place_path=world.paths["community"],
                    serial=100 + number,
                    born=BORN,
                    skills="",
                    offers=False,
                    registered_at=NOW,
                )
            )
    return people


def test_fifty_want_one_place(place: Place) -> None:
    came = together(*(place.wants(person) for person in place.people))
    assert sorted(came) == ["coming", *["waiting"] * (MANY - 1)]
    assert place.states() == {"coming": 1, "waiting": MANY - 1}
    with place.app.app_context():
        shift = db.session.get_one(Shift, place.shift_id)
        assert (shift.taken, shift.queued) == (1, MANY - 1)


def test_one_person_is_not_taken_by_two_shifts_at_the_same_hour(place: Place) -> None:
    with place.app.app_context(), clock.frozen(NOW):
        other = opened(place.world, "second", starts_at=NINE + timedelta(hours=1), needed=1).id
    came = together(place.wants(place.people[0]), place.wants(place.people[0], other))
    assert [isinstance(c, Conflict) for c in came].count(True) == 1
    assert place.states() == {"coming": 1}


def test_while_people_withdraw_nobodys_place_is_lost_or_given_twice(place: Place) -> None:
    together(*(place.wants(person) for person in place.people[:12]))

    def leave(person: int) -> Callable[[], None]:
        def act() -> None:
            with place.app.app_context(), clock.frozen(NOW):
                path = place.world.paths["community"]
                actor = Actor(id=person, community=path, homes=(place.world.paths["101"],), now=NOW)
                mine = db.session.scalar(sa.select(SignUp).where(SignUp.user_id == person))
                assert mine
                withdraw(actor, mine)

        return act

    together(*(leave(person) for person in place.people[:6]))
    assert place.states() == {"withdrawn": 6, "coming": 1, "waiting": 5}


def test_hours_are_confirmed_once_by_two_at_the_same_moment(place: Place) -> None:
    with place.app.app_context(), clock.frozen(NOW):
        mine = joined(place.world, db.session.get_one(Shift, place.shift_id), "tenant").id
    with place.app.app_context(), clock.frozen(NINE):
        check_in(place.world.owner, db.session.get_one(SignUp, mine))
    with place.app.app_context(), clock.frozen(ELEVEN):
        check_out(place.world.owner, db.session.get_one(SignUp, mine))

    def confirms(name: str) -> Callable[[], int]:
        def act() -> int:
            with place.app.app_context(), clock.frozen(ELEVEN):
                return confirm(place.world.actor(name), db.session.get_one(SignUp, mine)).minutes

        return act

    came = together(confirms("owner"), confirms("worker"), confirms("chair"))
    assert [c for c in came if c == 120] == [120]
    with place.app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(HoursEntry)) == 1
