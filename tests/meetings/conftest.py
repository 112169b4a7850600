"""A three-party meeting in the test world, and a meeting of it on Thursday next week."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.councils.models import Council, Topic
from portal.meetings.actions.agendas import add_topic
from portal.meetings.actions.arriving import check_in
from portal.meetings.actions.bodies import Rules, add_member, found_body
from portal.meetings.actions.calling import call_meeting
from portal.meetings.actions.motions import put_motion, raise_motion, second_motion
from portal.meetings.actions.planning import amend_meeting, plan_meeting
from portal.meetings.actions.running import open_meeting, take_up
from portal.meetings.hands import Rule
from portal.meetings.models import AgendaItem, Body, Invitation, Meeting
from portal.meetings.quorum import Presence
from portal.meetings.room import Motion
from portal.meetings.sides import Side
from portal.meetings.words import Kind
from portal.places.models import Place
from tests.councils.conftest import council, deliberating, raised, topic  # noqa: F401
from tests.world import NOW, World

THURSDAY = clock.at(clock.local(NOW).date() + timedelta(days=9), 19)
"""25 June, 19:00."""
RULES = Rules(
    name="三方联席会",
    quorum=Presence.HALF,
    side_quorums={Side.COMMITTEE: Presence.ONE, Side.PROPERTY: Presence.ONE, Side.COMMUNITY: Presence.ONE},
    rule=Rule.MORE_FOR,
    notice_days=3,
    minutes=90,
    venue="社区二楼议事厅",
)
MEMBERS = (
    ("顾建平", Side.COMMITTEE),
    ("陈立军", Side.PROPERTY),
    ("冯小霞", Side.COMMUNITY),
    ("王秀兰", Side.RESIDENT),
)


def founded(world: World, council: Council, **given: object) -> Body:  # noqa: F811
    words: dict[str, object] = {
        "place": world.get(Place, "community"),
        "kind": Kind.THREE_PARTY,
        "rules": RULES,
        "from_seats": False,
        "once": "once-body",
    }
    return found_body(world.secretary, council, **{**words, **given})  # type: ignore[arg-type]


@pytest.fixture
def body(world: World, council: Council) -> Body:  # noqa: F811
    """Four members of four sides."""
    made = founded(world, council)
    for who, side in MEMBERS:
        add_member(world.secretary, made, who=who, side=side)
    return made


def planned_at(world: World, body: Body, starts_at: datetime, **given: object) -> Meeting:
    words: dict[str, object] = {"title": "木栈道怎么修", "minutes": 90, "once": f"once-{starts_at}"[:32]}
    return plan_meeting(world.secretary, body, starts_at=starts_at, **{**words, **given})  # type: ignore[arg-type]


@pytest.fixture
def meeting(world: World, body: Body) -> Meeting:
    """In preparation."""
    return planned_at(world, body, THURSDAY)


def prepare(world: World, meeting: Meeting) -> Meeting:
    """Who leads and who writes."""
    amend_meeting(
        world.secretary,
        meeting,
        title=meeting.title,
        intro="木板松了三处，老人差点摔倒。",
        starts_at=meeting.starts_at,
        minutes=meeting.length,
        venue=meeting.venue,
        chair="冯小霞",
        recorder="沈佳慧",
    )
    return meeting


@pytest.fixture
def ready(world: World, meeting: Meeting, deliberating: Topic) -> Meeting:  # noqa: F811
    """Ready to be called, with a core topic."""
    add_topic(world.secretary, meeting, topic=deliberating)
    return prepare(world, meeting)


@pytest.fixture
def called(world: World, ready: Meeting) -> Meeting:
    call_meeting(world.secretary, ready)
    return ready


def invitation_of(meeting: Meeting, user_id: int) -> Invitation:
    found = sa.select(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.user_id == user_id)
    return db.session.scalars(found).one()


@pytest.fixture
def evening(called: Meeting) -> Iterator[Meeting]:
    """The called meeting on its day, a quarter of an hour before it begins."""
    with clock.frozen(THURSDAY - timedelta(minutes=15)):
        yield called


def come(world: World, meeting: Meeting, *names: str) -> None:
    """Members at the door, by name."""
    for name in names:
        asked = invitation_of(meeting, world.ids[name])
        check_in(world.secretary, meeting, invitation_id=asked.id)


@pytest.fixture
def open_(world: World, evening: Meeting) -> Meeting:
    """In session: all four members are there, the core topic is talked about."""
    come(world, evening, "chair", "manager", "secretary", "owner")
    open_meeting(world.secretary, evening)
    take_up(world.secretary, evening, item_id=items_of(evening)[1].id)
    return evening


def items_of(meeting: Meeting) -> list[AgendaItem]:
    found = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).order_by(AgendaItem.position)
    return list(db.session.scalars(found))


def moved(world: World, meeting: Meeting, text: str = "九月底前换成塑木板", **given: object) -> Motion:
    """A motion of the owner, written down by the secretary."""
    mover = invitation_of(meeting, world.ids["owner"]).id
    words: dict[str, object] = {"text": text, "moved_by_id": mover, "once": text[:32]}
    return raise_motion(world.secretary, meeting, **{**words, **given})  # type: ignore[arg-type]


@pytest.fixture
def put(world: World, open_: Meeting) -> Motion:
    """A motion that hands are asked for."""
    motion = moved(world, open_)
    second_motion(world.chair, motion)
    put_motion(world.secretary, motion)
    return motion
