"""Hands and arrivals at the same moment, with real commits on a database of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import create_app
from portal.core import clock
from portal.core.actor import system
from portal.core.db import db, transaction
from portal.core.errors import Conflict
from portal.core.eventlog import Entry
from portal.councils.models import Council
from portal.meetings import presence
from portal.meetings.actions.agendas import add_topic
from portal.meetings.actions.arriving import admit, check_in, check_out
from portal.meetings.actions.bodies import add_member
from portal.meetings.actions.calling import call_meeting
from portal.meetings.actions.motions import count_hands, decide_motion, put_motion, second_motion, show_hand
from portal.meetings.actions.parking import park_note
from portal.meetings.actions.running import lapse_due, open_meeting, take_up
from portal.meetings.actions.turns import declare_stake, enter_speaker, give_turn
from portal.meetings.models import Invitation, Meeting
from portal.meetings.room import Hand, Motion, ParkedNote, Turn
from portal.meetings.sides import Side
from portal.meetings.speaking import Stance
from portal.meetings.tally import Choice
from portal.meetings.words import MeetingState, MotionState
from tests import world as worlds
from tests.conftest import SETTINGS
from tests.meetings.conftest import (
    MEMBERS,
    THURSDAY,
    come,
    founded,
    invitation_of,
    items_of,
    moved,
    planned_at,
    prepare,
)
from tests.moves.of_polls import topic_of
from tests.racing import together
from tests.world import NOW, World

EVENING = THURSDAY - timedelta(minutes=15)
NIGHT = presence.end_of_day(THURSDAY) + timedelta(minutes=1)
PEOPLE = ("chair", "manager", "secretary", "owner")


@dataclass
class Room:
    """A meeting in session in a database that keeps what is committed, with hands asked for on a motion."""

    app: Flask
    world: World
    meeting_id: int
    motion_id: int

    def at(
        self,
        name: str,
        verb: Callable[..., Any],
        model: type[Any] = Meeting,
        at: datetime | None = None,
        **values: Any,
    ) -> Callable[[], Any]:
        """Somebody does something, with a connection of his own."""

        def act() -> Any:
            with self.app.app_context(), clock.frozen(at or EVENING):
                number = self.motion_id if model is Motion else self.meeting_id
                made = verb(self.world.actor(name), db.session.get_one(model, number), **values)
                return getattr(made, "id", None)

        return act

    def count(self, model: type[Any]) -> int:
        with self.app.app_context():
            return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.fixture
def room(request: pytest.FixtureRequest, tmp_path: Path, address: Callable[[str], str]) -> Iterator[Room]:
    name = f"race_{abs(hash(request.node.name))}"
    app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": address(name)})
    with app.app_context():
        with clock.frozen(NOW):
            db.create_all()
            world = worlds.build()
            meeting = _called(world)
        with clock.frozen(EVENING):
            motion = _put(world, meeting)
        made = Room(app, world, meeting.id, motion.id)
    yield made
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _called(world: World) -> Meeting:
    topic = topic_of(world)
    body = founded(world, db.session.get_one(Council, topic.council_id))
    for who, side in MEMBERS:
        add_member(world.secretary, body, who=who, side=side)
    meeting = planned_at(world, body, THURSDAY)
    add_topic(world.secretary, meeting, topic=topic)
    call_meeting(world.secretary, prepare(world, meeting))
    return meeting


def _put(world: World, meeting: Meeting) -> Motion:
    come(world, meeting, *PEOPLE)
    open_meeting(world.secretary, meeting)
    take_up(world.secretary, meeting, item_id=items_of(meeting)[1].id)
    motion = moved(world, meeting)
    second_motion(world.chair, motion)
    put_motion(world.secretary, motion)
    for name in PEOPLE:
        declare_stake(world.actor(name), meeting, what="")
    return motion


def test_taps_at_once_are_one_hand_each(room: Room) -> None:
    taps = [room.at(name, show_hand, Motion, choice=c) for name in PEOPLE for c in (Choice.FOR, Choice.FOR)]
    assert together(*taps) == [None] * 8
    assert room.count(Hand) == 4
    room.at("secretary", decide_motion, Motion)()
    with room.app.app_context():
        motion = db.session.get_one(Motion, room.motion_id)
        assert (motion.n_for, motion.n_present) == (4, 4)


def test_nobody_counts_twice_while_the_clerk_counts(room: Room) -> None:
    """The clerk counts three hands while three people tap: whatever comes first, four people are never five."""
    taps = [room.at(name, show_hand, Motion, choice=Choice.FOR) for name in ("chair", "manager", "owner")]
    count = room.at("secretary", count_hands, Motion, n_for=3, n_against=0, n_abstain=0)
    together(count, *taps)
    with room.app.app_context():
        motion = db.session.get_one(Motion, room.motion_id)
        shown = db.session.scalar(sa.select(sa.func.count()).select_from(Hand)) or 0
        assert motion.room_for + shown <= 4
    room.at("secretary", decide_motion, Motion)()


def test_a_form_that_is_sent_twice_is_one(room: Room) -> None:
    together(*(room.at("secretary", park_note, text="路灯", once="n") for _ in range(4)))
    assert room.count(ParkedNote) == 1
    together(*(room.at("worker", admit, who="路过的老李", side=Side.OTHER) for _ in range(4)))
    assert room.count(Invitation) == 5
    with room.app.app_context():
        version = db.session.get_one(Meeting, room.meeting_id).version
        asked = invitation_of(db.session.get_one(Meeting, room.meeting_id), room.world.ids["owner"]).id
    together(*(room.at("worker", check_in, invitation_id=asked) for _ in range(3)))
    with room.app.app_context():
        assert db.session.get_one(Meeting, room.meeting_id).version == version, "he was there"


def test_at_two_doors_at_once_he_sits_down_once(room: Room) -> None:
    """Two members named the same person: whatever door is faster, one of them is not there."""
    with room.app.app_context(), clock.frozen(EVENING):
        meeting = db.session.get_one(Meeting, room.meeting_id)
        seats = [invitation_of(meeting, room.world.ids[name]) for name in ("owner", "manager")]
        for seat in seats:
            check_out(room.world.secretary, meeting, invitation_id=seat.id)
        with transaction():
            for seat in seats:
                seat.substitute, seat.substitute_id = "赵强", room.world.ids["tenant"]
        numbers = [seat.id for seat in seats]
    done = together(*(room.at("worker", check_in, invitation_id=number) for number in numbers * 2))
    assert len([one for one in done if isinstance(one, Conflict)]) == 2
    with room.app.app_context():
        sits = Invitation.sitter_id == room.world.ids["tenant"], Invitation.left_at.is_(None)
        assert db.session.scalar(sa.select(sa.func.count()).where(*sits)) == 1


def test_one_speaker_at_a_time(room: Room) -> None:
    with room.app.app_context():
        meeting = db.session.get_one(Meeting, room.meeting_id)
        people = [invitation_of(meeting, room.world.ids[name]).id for name in PEOPLE]
    asks = [room.at("secretary", enter_speaker, invitation_id=who, stance=Stance.FOR) for who in people]
    waiting = together(*asks, *asks)
    assert len(set(waiting)) == 4
    together(*(room.at("secretary", give_turn, turn_id=turn) for turn in set(waiting)))
    with room.app.app_context():
        found = sa.select(sa.func.count()).select_from(Turn).where(Turn.ended_at.is_(None))
        assert db.session.scalar(found) == 1


def test_the_night_closes_while_hands_are_shown(room: Room) -> None:
    """Whoever shows a hand or decides holds the meeting before the motion, and so does the clock: nobody waits for
    somebody who waits for him, and the meeting is closed once."""

    def lapse() -> int:
        with room.app.app_context(), clock.frozen(NIGHT):
            return lapse_due(system(NIGHT))

    taps = [room.at(name, show_hand, Motion, at=NIGHT, choice=Choice.FOR) for name in PEOPLE]
    closed = together(lapse, *taps, lapse, room.at("secretary", decide_motion, Motion, at=NIGHT))
    assert closed[0] + closed[5] == 1
    with room.app.app_context():
        meeting = db.session.get_one(Meeting, room.meeting_id)
        assert (meeting.state, meeting.closed_by_clock) == (MeetingState.CLOSED, True)
        motion = db.session.get_one(Motion, room.motion_id)
        assert motion.state is not MotionState.PUT
        stated = sa.select(sa.func.count()).where(Entry.name == "meeting.lapsed")
        assert db.session.scalar(stated) == 1
