"""A council with topics, and a queue of official responses that were asked."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.core.db import db, transaction
from portal.councils.actions.raising import raise_topic
from portal.councils.actions.responding import ask_response
from portal.councils.actions.screening import accept_topic, take_up
from portal.councils.actions.table import found_council
from portal.councils.models import Council, Response, ResponseState, Topic
from portal.councils.words import Category, Party
from portal.places.models import Place
from tests.world import NOW, World


@pytest.fixture
def council(world: World) -> Council:
    return found_council(world.administrator, world.get(Place, "community"), name="梧桐社区议事会")


@pytest.fixture
def raised(world: World, council: Council) -> Callable[..., Topic]:
    """Raise a topic: `raised("owner", "title", "building")`."""
    made = 0

    def raise_as(name: str = "owner", title: str = "木栈道松动", place: str = "building") -> Topic:
        nonlocal made
        made += 1
        where = world.get(Place, place)
        return raise_topic(
            world.actor(name),
            council,
            place=where,
            title=title,
            body="木板松了三处。",
            category=Category.REPAIR,
            once=f"once-{made}",
        )

    return raise_as


@pytest.fixture
def asked(world: World, raised: Callable[..., Topic]) -> Callable[..., Response]:
    """A topic in deliberation on which the property company was asked: `asked("question", due=timedelta(hours=5))`."""

    def ask(
        question: str = "多久修好？",
        due: timedelta = timedelta(hours=5),
        name: str = "owner",
        place: str = "building",
    ) -> Response:
        topic = raised(name, place=place)
        take_up(world.secretary, topic)
        accept_topic(world.secretary, topic, reason="多户反映。")
        given = ask_response(
            world.secretary, topic, party=Party.PROPERTY, question=question, due_at=NOW + timedelta(days=9)
        )
        with transaction():
            given.due_at = NOW + due
        return given

    return ask


@pytest.fixture
def many(world: World, raised: Callable[..., Topic]) -> Callable[[int], None]:
    """Write so many waiting responses at once: `many(60)`."""

    def write(count: int) -> None:
        topic = raised()
        with transaction():
            db.session.add_all(_response(world, topic, n) for n in range(count))

    return write


def _response(world: World, topic: Topic, n: int) -> Response:
    asked_at: datetime = NOW - timedelta(days=1)
    given: dict[str, Any] = {"question": f"第 {n} 问", "due_at": NOW + timedelta(minutes=n - 5)}
    return Response(
        topic_id=topic.id,
        place_path=topic.place_path,
        state=ResponseState.ASKED,
        party=Party.PROPERTY,
        asked_by_id=world.ids["secretary"],
        asked_at=asked_at,
        **given,
    )
