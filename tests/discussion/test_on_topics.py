"""The discussion on the first feature that opened one: topics."""

import pytest
from bs4 import BeautifulSoup

from portal.core.db import db
from portal.core.errors import NotAllowed
from portal.councils.actions.raising import raise_topic, withdraw_topic
from portal.councils.actions.table import found_council
from portal.councils.models import Topic
from portal.councils.words import Category
from portal.discussion.actions.moderating import hide_comment
from portal.discussion.actions.speaking import speak
from portal.discussion.words import Reason
from portal.places.models import Place
from tests.conftest import Client, Statements
from tests.world import World


@pytest.fixture
def topic(world: World) -> Topic:
    council = found_council(
        world.administrator, world.get(Place, "community"), name="梧桐社区议事会", endorsements_needed=3
    )
    return raise_topic(
        world.owner,
        council,
        place=world.get(Place, "building"),
        title="木栈道松动，要不要加固",
        body="木板松了三处。",
        category=Category.REPAIR,
        once="topic",
    )


def test_the_topic_counts_its_comments(world: World, topic: Topic) -> None:
    first = speak(world.tenant, topic, body="我见过有人摔。", once="a")
    speak(world.manager, topic, body="明天去看。", once="b", reply_to_id=first.id)
    db.session.refresh(topic)
    assert topic.comments_count == 2


def test_the_topics_page_carries_the_discussion(client: Client, world: World, topic: Topic) -> None:
    said = speak(world.tenant, topic, body="我见过有人摔。", once="a")
    client.sign_in("owner")
    page = BeautifulSoup(client.get(f"/topics/{topic.id}").get_data(as_text=True), "html.parser")
    assert page.select_one(f"#discussion #comment-{said.id}")
    form = page.select_one("#comment_form")
    assert form
    assert form["action"] == f"/topics/{topic.id}/comments"
    part = client.fragment(f"/topics/{topic.id}", "discussion").get_data(as_text=True)
    assert part.lstrip().startswith('<div id="discussion"')


def test_the_discussion_costs_a_topics_page_one_query(
    client: Client, world: World, topic: Topic, statements: Statements
) -> None:
    for n in range(12):
        speak(world.tenant, topic, body=f"第 {n} 句", once=f"a{n}")
    client.sign_in("owner").get(f"/topics/{topic.id}")
    del statements[:]
    client.get(f"/topics/{topic.id}")
    assert sum("FROM comment JOIN" in s for s in statements) == 1


def test_who_may_is_decided_by_the_topic(world: World, topic: Topic) -> None:
    said = speak(world.tenant, topic, body="我见过有人摔。", once="a")
    with pytest.raises(NotAllowed):
        hide_comment(world.manager, said, reason=Reason.ABUSE)
    hide_comment(world.secretary, said, reason=Reason.OFF_TOPIC)
    withdraw_topic(world.owner, topic)
    with pytest.raises(NotAllowed):
        speak(world.tenant, topic, body="还想说", once="b")
