"""A meeting that is on while the demo is made: merchants, neighbours, property and committee of one estate at a table.

It began half an hour ago, was called late and says why; somebody has spoken and somebody is speaking, two wait,
and a motion is before the members: some have shown a hand, two have a stake, one is still awaited at the door.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import sqlalchemy as sa

from ..accounts.models import User
from ..core import clock
from ..core.actor import Actor
from ..core.db import db
from ..meetings.actions.agendas import Point, add_item, add_topic
from ..meetings.actions.arriving import check_in
from ..meetings.actions.bodies import Rules, add_member, found_body
from ..meetings.actions.calling import answer_invitation, call_meeting, invite
from ..meetings.actions.motions import enter_hand, put_motion, raise_motion, second_motion, show_hand
from ..meetings.actions.parking import park_note
from ..meetings.actions.planning import amend_meeting, plan_meeting
from ..meetings.actions.running import open_meeting, take_up
from ..meetings.actions.turns import ask_to_speak, declare_stake, end_turn, enter_speaker, give_turn
from ..meetings.models import AgendaItem, Body, Invitation, Meeting
from ..meetings.sides import Side
from ..meetings.speaking import Stance
from ..meetings.tally import Choice
from ..meetings.words import USUAL, Interest, Kind, Reply
from .plan import Person
from .told import Told

ESTATE, TOPIC = "城馨丽锦", "fumes"
NAME, VENUE = "城馨丽锦三方碰头会", "27号楼东侧架空层"
MINUTES, BEGAN = 90, timedelta(minutes=25)
READ = timedelta(minutes=10)
"""So long before it begins the notice is out at least."""
CHAIR, CLERK = "feng-xiaoxia", "ma-hui"
MEMBERS: dict[Person, Side] = {
    "zhou-jianguo": Side.COMMITTEE,
    "zhu-haixia": Side.COMMITTEE,
    "chen-hao": Side.PROPERTY,
    CHAIR: Side.COMMUNITY,
    "qin-jinlian": Side.RESIDENT,
    "ma-lixin": Side.RESIDENT,
    "sun-chaohui": Side.MERCHANT,
    "cui-xiangzhu": Side.MERCHANT,
}
AWAITED = "ma-lixin"
MERCHANTS = ("sun-chaohui", "cui-xiangzhu")
LATE = "城管和环保的人只有今天都能来，等不到三天以后。"
MOTION = (
    "商03到商06四家四十天内把排烟口接到楼顶、装好净化器，钱由四家按灶头分摊；业委会两周内问完27号楼的业主。"
)


def call(told: Told, last: datetime) -> Meeting | None:
    """The notice, sent when the last story has been told, five minutes past midnight. Only a demo made earlier
    than 0:40 has no such meeting."""
    ago = clock.now() - BEGAN
    begins = ago.replace(minute=ago.minute // 5 * 5, second=0, microsecond=0)
    if begins - last < READ:
        return None
    with clock.frozen(last):
        return _called(told, begins)


def hold(told: Told, meeting: Meeting) -> None:
    """What has happened in the room until now."""
    asked = _asked(meeting)
    seats = {who: asked[told.people[who]].id for who in MEMBERS}
    _begun(told, meeting, seats)
    _discussed(told, meeting, seats)
    _decided(told, meeting, seats)


def phone(told: Told, who: Person) -> str:
    """People are found by their phone: neighbours of the same name are not rare."""
    return db.session.get_one(User, told.people[who]).phone or ""


def _called(told: Told, begins: datetime) -> Meeting:
    secretary = told.actor(CHAIR)
    body = _founded(told, secretary)
    meeting = plan_meeting(
        secretary, body, title="27号楼油烟怎么排", starts_at=begins, minutes=MINUTES, once="demo-sitting"
    )
    amend_meeting(
        secretary,
        meeting,
        title=meeting.title,
        intro="联铺答了办法和报价，楼上楼下当面把烟道走哪里、谁出钱、几天弄好定下来。",
        starts_at=begins,
        minutes=MINUTES,
        venue=VENUE,
        chair=phone(told, CHAIR),
        recorder=phone(told, CLERK),
    )
    add_topic(secretary, meeting, topic=told.topics[TOPIC].topic)
    add_item(secretary, meeting, point=Point("物业通报垃圾桶位调整", 15, side=Side.PROPERTY))
    invite(secretary, meeting, who="环保站老钱", side=Side.OTHER, interest=Interest.CITY)
    call_meeting(secretary, meeting, late_because=LATE)
    asked = _asked(meeting)
    for who in MEMBERS:
        answer_invitation(told.actor(who), asked[told.people[who]], reply=Reply.YES)
    return meeting


def _founded(told: Told, secretary: Actor) -> Body:
    usual = USUAL[Kind.THREE_PARTY]
    rules = Rules(NAME, usual.quorum, usual.sides, usual.rule, usual.notice_days, MINUTES, VENUE)
    body = found_body(
        secretary,
        told.council,
        place=told.places[ESTATE, ""],
        kind=Kind.THREE_PARTY,
        rules=rules,
        from_seats=False,
        once="demo-sitting",
    )
    for who, side in MEMBERS.items():
        add_member(secretary, body, who=phone(told, who), side=side)
    return body


def _begun(told: Told, meeting: Meeting, seats: dict[Person, int]) -> None:
    with _at(meeting, -10):
        for who, number in seats.items():
            if who != AWAITED:
                check_in(told.actor(CLERK), meeting, invitation_id=number)
        check_in(told.actor(CLERK), meeting, invitation_id=_asked(meeting)[None].id)
    with _at(meeting, 0):
        open_meeting(told.actor(CLERK), meeting)


def _discussed(told: Told, meeting: Meeting, seats: dict[Person, int]) -> None:
    """Who has a stake says so; one has spoken, two wait."""
    with _at(meeting, 5):
        core = sa.select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id, AgendaItem.core.is_(True))
        take_up(told.actor(CLERK), meeting, item_id=db.session.scalars(core).one())
        for who in seats:
            stake = "我家要分摊烟道的钱。" if who in MERCHANTS else ""
            if who != AWAITED:
                declare_stake(told.actor(who), meeting, what=stake)
    with _at(meeting, 8):
        first = enter_speaker(
            told.actor(CLERK), meeting, invitation_id=seats["qin-jinlian"], stance=Stance.FOR
        )
        give_turn(told.actor(CLERK), meeting, turn_id=first.id)
    with _at(meeting, 11):
        end_turn(told.actor(CLERK), meeting, turn_id=first.id)
        park_note(told.actor(CLERK), meeting, text="27号楼后面的雨水井也该清了", once="demo-note")
    with _at(meeting, 14):
        for who, stance in (("zhu-haixia", Stance.QUESTION), ("chen-hao", Stance.FOR)):
            ask_to_speak(told.actor(who), meeting, stance=stance)


def _decided(told: Told, meeting: Meeting, seats: dict[Person, int]) -> None:
    with _at(meeting, 18):
        motion = raise_motion(
            told.actor(CLERK), meeting, text=MOTION, moved_by_id=seats["zhou-jianguo"], once="demo-motion"
        )
        second_motion(told.actor("chen-hao"), motion)
    with _at(meeting, 22):
        put_motion(told.actor(CLERK), motion)
    with _at(meeting, 23):
        for who in ("zhou-jianguo", "chen-hao"):
            show_hand(told.actor(who), motion, choice=Choice.FOR)
        enter_hand(told.actor(CLERK), motion, invitation_id=seats["qin-jinlian"], choice=Choice.FOR)
    with clock.frozen(clock.now() - timedelta(minutes=1)):
        speaker = ask_to_speak(told.actor("cui-xiangzhu"), meeting, stance=Stance.QUESTION)
        give_turn(told.actor(CLERK), meeting, turn_id=speaker.id)


def _asked(meeting: Meeting) -> dict[int | None, Invitation]:
    """Those who are asked, by their account; the guest has none."""
    found = db.session.scalars(sa.select(Invitation).where(Invitation.meeting_id == meeting.id))
    return {one.user_id: one for one in found}


@contextmanager
def _at(meeting: Meeting, minutes: int) -> Iterator[None]:
    with clock.frozen(meeting.starts_at + timedelta(minutes=minutes)):
        yield
