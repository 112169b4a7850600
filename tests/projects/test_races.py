"""Decisions and payments that come at the same moment, with real commits on a database of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import create_app
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refusal
from portal.core.files import keep_photo
from portal.councils.actions.table import found_council
from portal.councils.models import Council
from portal.councils.words import Party
from portal.decisions.actions.posting import post_decision
from portal.decisions.actions.recording import record_decision
from portal.decisions.models import Decision
from portal.decisions.words import Basis
from portal.places.models import Place
from portal.projects.actions.paying import spend
from portal.projects.actions.starting import Share, Step, Use, start_project
from portal.projects.models import Project, Spending
from portal.projects.words import Source
from tests import world as worlds
from tests.conftest import SETTINGS
from tests.projects.conftest import FIRST, jpeg
from tests.racing import together
from tests.world import NOW, World

THREADS = 6
BUDGET = 1000


@dataclass
class Town:
    """A council in a database that keeps what is committed."""

    app: Flask
    world: World
    council_id: int
    project_id: int = 0

    def record(self, once: str) -> int:
        """Record a decision of the council; its serial."""
        council = db.session.get_one(Council, self.council_id)
        return record_decision(
            self.world.secretary,
            council,
            title="门禁时间",
            body="夜里十一点关。",
            basis=Basis.COMMITTEE,
            basis_note="六月会议",
            effect_from=NOW + timedelta(days=7),
            once=once,
        ).serial

    def pay(self, amount: int, once: str) -> int:
        """Enter a payment; its id."""
        project = db.session.get_one(Project, self.project_id)
        receipts = [keep_photo(jpeg(), "发票.jpg")]
        paid = spend(self.world.manager, project, amount=amount, purpose="木料", receipts=receipts, once=once)
        return paid.id

    def together(self, *jobs: Callable[[], int]) -> list[int]:
        """Run the jobs at the same time; what each gave, 0 if it was refused."""

        def inside(job: Callable[[], int]) -> int:
            with self.app.app_context(), clock.frozen(NOW):
                return job()

        gave = together(*(partial(inside, job) for job in jobs))
        return [0 if isinstance(one, Refusal) else one for one in gave]


@pytest.fixture
def town(request: pytest.FixtureRequest, tmp_path: Path, address: Callable[[str], str]) -> Iterator[Town]:
    name = request.node.name[:40].lower()
    app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": address(name)})
    with app.app_context(), clock.frozen(NOW):
        db.create_all()
        world = worlds.build()
        place: Any = world.get(Place, "community")
        council = found_council(world.administrator, place, name="梧桐社区议事会")
        yield Town(app, world, council.id)
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def works(town: Town) -> Town:
    """A project with a budget of ten yuan."""
    town.record("basis")
    decision = db.session.scalars(sa.select(Decision)).one()
    post_decision(town.world.secretary, decision, until=NOW + timedelta(days=6))
    town.project_id = start_project(
        town.world.secretary,
        decision,
        title="门禁",
        summary="",
        party=Party.PROPERTY,
        in_charge_id=town.world.ids["manager"],
        supervisor_ids=[town.world.ids["owner"]],
        milestones=[Step("装好", FIRST)],
        budget=[Use("锁", BUDGET)],
        funding=[Share(Source.PROPERTY, BUDGET)],
        once="works",
    ).id
    db.session.remove()
    return town


def test_numbers_have_no_gaps_and_no_doubles(town: Town) -> None:
    given = town.together(*(lambda n=n: town.record(f"k{n}") for n in range(THREADS)))
    assert sorted(given) == list(range(1, THREADS + 1))


def test_one_form_sent_many_times_is_one_decision(town: Town) -> None:
    assert set(town.together(*(lambda: town.record("same") for _ in range(THREADS)))) == {1}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Decision)) == 1


def test_payments_at_once_stay_within_the_budget(works: Town) -> None:
    given = works.together(*(lambda n=n: works.pay(300, f"p{n}") for n in range(THREADS)))
    assert len([paid for paid in given if paid]) == 3
    assert db.session.scalar(sa.select(sa.func.sum(Spending.amount))) == 900
    assert db.session.get_one(Project, works.project_id).spent == 900


def test_one_payment_sent_many_times_is_one(works: Town) -> None:
    assert len(set(works.together(*(lambda: works.pay(300, "same") for _ in range(THREADS))))) == 1
    assert db.session.get_one(Project, works.project_id).spent == 300
