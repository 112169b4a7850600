"""Decisions in the test world: recorded from a topic at the table, posted, objected to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from portal.core import clock
from portal.councils.models import Topic
from portal.decisions.actions.objecting import object_to
from portal.decisions.actions.posting import post_decision
from portal.decisions.actions.recording import record_decision
from portal.decisions.models import Decision, Objection
from portal.decisions.words import Basis
from tests.councils.conftest import council, deliberating, raised, topic  # noqa: F401
from tests.world import NOW, World

UNTIL = NOW + timedelta(days=6)
Record = Callable[..., Decision]


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Later on; actors are made anew inside."""
    with clock.frozen(instant):
        yield


@pytest.fixture
def record(world: World, deliberating: Topic) -> Record:  # noqa: F811
    """Record a decision as somebody: `record("secretary", title="…")`; about the topic unless told otherwise."""

    def recorded(name: str = "secretary", about: object = deliberating, **given: object) -> Decision:
        words: dict[str, object] = {
            "title": "木栈道加固",
            "body": "一、加固基座。\n二、八月底前完工。",
            "basis": Basis.CONSENSUS,
            "basis_note": "六月十五日议事会，二十一人到会，没有人反对。",
            "effect_from": NOW + timedelta(days=7),
            "once": "once-decision",
        }
        return record_decision(world.actor(name), about, **{**words, **given})  # type: ignore[arg-type]

    return recorded


@pytest.fixture
def draft(record: Record) -> Decision:
    return record()


@pytest.fixture
def posted(world: World, draft: Decision) -> Decision:
    """Hangs out for six days and holds from the seventh."""
    post_decision(world.secretary, draft, until=UNTIL)
    return draft


@pytest.fixture
def objection(world: World, posted: Decision) -> Objection:
    return object_to(world.tenant, posted, reason="工期正好赶上雨季，板子泡水。", once="once-objection")
