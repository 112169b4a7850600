"""A small story, told in the world of the tests: at its hours, by its people, under the portal's rules."""

from datetime import date

import pytest
import sqlalchemy as sa

from portal.core.db import db, transaction
from portal.core.errors import NotAllowed
from portal.core.eventlog import Entry
from portal.councils.actions.table import found_council
from portal.councils.models import Topic
from portal.councils.words import Category, TopicState
from portal.demo.album import Album
from portal.demo.plan import Person, plan
from portal.demo.sources import Fields, Story, moment
from portal.demo.telling import tell
from portal.demo.told import Told
from portal.discussion.models import Comment
from portal.places.models import Place
from tests.world import PEOPLE, World

DAY_ZERO = date(2026, 6, 16)
RAISE: Fields = {
    "d": "-9 10:20",
    "do": "raise",
    "by": "owner",
    "title": "西边小路的灯坏了",
    "category": "设施维修/改造",
    "estate": "宝枫新城",
    "building": "12",
    "place_text": "西门进来右手边",
    "body": "走到这里两眼一抹黑。",
    "photos": ["lamp-dark"],
}


@pytest.fixture
def told(world: World) -> Told:
    community = world.get(Place, "community")
    council = found_council(world.administrator, community, name="议事会", endorsements_needed=3)
    places = {("", ""): community, ("宝枫新城", "12"): world.get(Place, "building")}
    people: dict[Person, int] = {name: world.ids[name] for name in PEOPLE}
    return Told(DAY_ZERO, council, people, places, Album())


def telling(told: Told, *steps: Fields) -> Topic:
    with transaction():
        tell(told, plan((Story("lamp", "征集", "", ({**RAISE}, *steps)),), DAY_ZERO).deeds)
    return told.topics["lamp"].topic


def happened(name: str) -> Entry:
    return db.session.scalars(sa.select(Entry).where(Entry.name == name)).one()


def test_every_deed_is_done_by_its_person_at_its_hour(told: Told, world: World) -> None:
    topic = telling(
        told,
        {"d": "-8 19:00", "do": "endorse", "by": ["tenant", "chair"]},
        {"d": "-7 09:00", "do": "accept", "by": "secretary", "reason": "多户反映。"},
        {"d": "-6 08:15", "do": "comment", "id": "c1", "by": "tenant", "body": "请早点修。"},
        {"d": "-5 12:00", "do": "comment", "id": "c2", "by": "manager", "body": "这周修。", "reply_to": "c1"},
    )
    assert topic.state is TopicState.DELIBERATING
    assert (topic.category, topic.place_path) == (Category.REPAIR, world.paths["building"])
    assert (topic.created_at, topic.author_id) == (moment("-9 10:20", DAY_ZERO), world.ids["owner"])
    accepted = happened("topic.accepted")
    assert (accepted.at, accepted.actor_id) == (moment("-7 09:00", DAY_ZERO), world.ids["secretary"])
    first, second = db.session.scalars(sa.select(Comment).order_by(Comment.id))
    assert (first.created_at, first.author_id) == (moment("-6 08:15", DAY_ZERO), world.ids["tenant"])
    assert (second.reply_to_id, second.party) == (first.id, "property")


def test_what_staff_write_down_for_somebody_carries_both_names(told: Told, world: World) -> None:
    written = {**RAISE, "by": "worker", "for": "co_owner"}
    with transaction():
        tell(told, plan((Story("lamp", "征集", "", (written,)),), DAY_ZERO).deeds)
    raised = happened("topic.raised")
    assert (raised.actor_id, raised.entered_by_id) == (world.ids["co_owner"], world.ids["worker"])
    assert [happened(f"acting.{name}").actor_id for name in ("started", "ended")] == [world.ids["worker"]] * 2


def test_a_story_cannot_do_what_the_portal_refuses(told: Told) -> None:
    with pytest.raises(NotAllowed) as refusal:
        telling(told, {"d": "-8 19:00", "do": "endorse", "by": ["owner"]})
    assert "lamp: owner endorse" in str(refusal.value.__notes__)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Topic)) == 0
