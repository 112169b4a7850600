"""A topic in deliberation with opinions on it, and a first draft."""

import pytest

from portal.councils.models import Topic
from portal.discussion.actions.speaking import speak
from portal.discussion.models import Comment
from portal.plans.actions import publish_draft
from portal.plans.models import Draft
from tests.councils.conftest import council, deliberating, raised, topic  # noqa: F401
from tests.world import World


@pytest.fixture
def opinions(world: World, deliberating: Topic) -> list[Comment]:  # noqa: F811
    said = (("tenant", "最好装扶手。"), ("owner", "木头两年要刷一次油。"), ("co_owner", "晚上没有灯。"))
    return [speak(world.actor(who), deliberating, body=text, once=f"o-{who}") for who, text in said]


@pytest.fixture
def first(world: World, deliberating: Topic) -> Draft:  # noqa: F811
    return publish_draft(world.secretary, deliberating, body="换三块木板。", after=0, once="d1")


@pytest.fixture
def second(world: World, deliberating: Topic, first: Draft) -> Draft:  # noqa: F811
    return publish_draft(
        world.chair, deliberating, body="换三块木板。装扶手。", changes="加了扶手。", after=1, once="d2"
    )
