"""A council in the test world, and a topic in it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from portal.core import clock
from portal.councils.actions.raising import OptionDraft, raise_topic
from portal.councils.actions.responding import ask_response
from portal.councils.actions.screening import accept_topic, take_up
from portal.councils.actions.table import found_council
from portal.councils.models import Council, Response, Topic
from portal.councils.words import Category, Party
from portal.places.models import Place
from tests.world import NOW, World

TOMORROW = clock.at(clock.local(NOW).date().replace(day=17), 17)


@pytest.fixture
def council(world: World) -> Council:
    return found_council(
        world.administrator, world.get(Place, "community"), name="梧桐社区议事会", endorsements_needed=3
    )


@pytest.fixture
def raised(world: World, council: Council) -> Callable[..., Topic]:
    """Raise a topic as somebody: `raised("owner", title="…")`."""
    made = 0

    def raise_as(name: str = "owner", **given: object) -> Topic:
        nonlocal made
        made += 1
        words = {
            "place": world.get(Place, "building"),
            "title": "木栈道松动，要不要加固",
            "body": "木板松了三处，老人差点摔倒。",
            "category": Category.REPAIR,
            "once": f"once-{name}-{made}",
        }
        return raise_topic(world.actor(name), council, **{**words, **given})

    return raise_as


@pytest.fixture
def topic(raised: Callable[..., Topic]) -> Topic:
    """Gathering endorsements, with two options."""
    return raised(options=[OptionDraft("换木板", "省钱", 1864000), OptionDraft("加固基座", "耐用", 18640000)])


@pytest.fixture
def deliberating(world: World, topic: Topic) -> Topic:
    take_up(world.secretary, topic)
    accept_topic(world.secretary, topic, reason="多户反映，列入协商。")
    return topic


@pytest.fixture
def response(world: World, deliberating: Topic) -> Response:
    return asked(world, deliberating, TOMORROW)


def asked(world: World, topic: Topic, due_at: datetime, party: Party = Party.PROPERTY) -> Response:
    return ask_response(world.secretary, topic, party=party, question="多少钱、多久修好？", due_at=due_at)
