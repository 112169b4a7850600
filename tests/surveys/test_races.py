"""Sheets that come at the same moment, with real commits on a database of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import create_app
from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.core.errors import Conflict, NotAllowed
from portal.places.models import Place
from portal.surveys.actions.closing import close_due
from portal.surveys.actions.drafting import draft_questionnaire, open_questionnaire
from portal.surveys.models import Questionnaire, SurveyParticipation, SurveySheet
from tests import world as worlds
from tests.conftest import SETTINGS
from tests.racing import together
from tests.surveys.conftest import AFTER, WORDING, reply
from tests.world import NOW, World


@dataclass
class Asked:
    """An open questionnaire in a database that keeps what is committed."""

    app: Flask
    world: World
    number: int

    def answer(self, name: str, home: str, once: str) -> None:
        with self.app.app_context(), clock.frozen(NOW):
            reply(self.world, db.session.get_one(Questionnaire, self.number), name, home, once)

    def close(self) -> int:
        with self.app.app_context(), clock.frozen(AFTER):
            return close_due(system())

    def counts(self) -> tuple[int, ...]:
        """Participations and sheets."""
        with self.app.app_context():
            kept = (SurveyParticipation, SurveySheet)
            return tuple(db.session.scalar(sa.select(sa.func.count()).select_from(m)) or 0 for m in kept)


@pytest.fixture
def asked(tmp_path: Path, address: Callable[[str], str], request: pytest.FixtureRequest) -> Iterator[Asked]:
    where = address(f"survey_{abs(hash(request.node.name))}")
    app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": where})
    with app.app_context(), clock.frozen(NOW):
        db.create_all()
        world = worlds.build()
        place = world.get(Place, "estate")
        survey = draft_questionnaire(world.secretary, place, wording=WORDING, once="race")
        open_questionnaire(world.secretary, survey)
        number = survey.id
    yield Asked(app, world, number)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_a_form_posted_by_many_threads_is_one_sheet(asked: Asked) -> None:
    got = together(*(lambda: asked.answer("owner", "101", "form") for _ in range(4)))
    assert got == [None] * 4
    assert asked.counts() == (1, 1)


def test_of_a_household_that_answers_all_at_once_one_is_taken(asked: Asked) -> None:
    people = ("owner", "co_owner") * 2
    got = together(*(lambda n=n, p=p: asked.answer(p, "101", f"{n}") for n, p in enumerate(people)))
    assert sum(isinstance(g, Conflict) for g in got) == 3
    assert asked.counts() == (1, 1)


def test_what_comes_while_it_closes_is_in_the_count_or_refused(asked: Asked) -> None:
    homes = (("owner", "101"), ("tenant", "102"), ("chair", "201"))
    jobs = [lambda who=who, home=home: asked.answer(who, home, who) for who, home in homes]
    *got, closed = together(*jobs, asked.close)
    assert closed == 1
    taken = sum(g is None for g in got)
    assert taken + sum(isinstance(g, NotAllowed) for g in got) == len(homes)
    assert asked.counts() == (taken, taken)
