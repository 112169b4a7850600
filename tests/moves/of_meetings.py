"""Meetings in every state, days before and on their evening, and the motions of one in session.

`late` is the evening: a quarter of an hour before the meeting begins, all members being there; or twenty minutes after
the hour of one that nobody has opened.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.core import clock, door
from portal.core.db import db
from portal.councils.models import Council
from portal.councils.words import Category, Party
from portal.meetings import events as e
from portal.meetings import presence
from portal.meetings.actions import (
    agendas,
    arriving,
    bodies,
    calling,
    motions,
    parking,
    planning,
    questions,
    repeating,
    running,
    turns,
)
from portal.meetings.actions.agendas import Point
from portal.meetings.models import Body, BodyMember, Invitation, Meeting
from portal.meetings.schedule import Every, Pattern, Shift
from portal.meetings.sides import Side
from portal.meetings.speaking import Stance
from portal.meetings.tally import Choice
from portal.meetings.words import Kind, MeetingState, MotionState, Reply
from portal.places.models import Place
from tests.assembly.letters import kept
from tests.meetings.conftest import MEMBERS, RULES, THURSDAY, founded, planned_at, prepare
from tests.moves.of_polls import topic_of
from tests.moves.of_votes import same
from tests.moves.trying import Attempt, Case, Family, Stage
from tests.world import NOW, World

S, M = MeetingState, MotionState
EVENING = THURSDAY - timedelta(minutes=15)
SECRET = "secret"
LATER = THURSDAY + timedelta(days=3)
TWICE = Pattern(Every.MONTH_DAYS, (5, 25))
ASKED: dict[str, Any] = {
    "title": "木栈道怎么修",
    "intro": "听答复",
    "starts_at": LATER,
    "minutes": 90,
    "venue": "议事厅",
    "chair": "",
    "recorder": "",
}


def _asked(meeting: Meeting, world: World, name: str) -> int:
    found = sa.select(Invitation.id).where(
        Invitation.meeting_id == meeting.id, Invitation.user_id == world.ids[name]
    )
    return db.session.scalars(found).one()


def _prepared(world: World, case: Case) -> Stage:
    """Four members of four sides, the tenant as a guest who is not there yet, a topic and another item."""
    topic = topic_of(world)
    body_ = founded(world, db.session.get_one(Council, topic.council_id))
    for who, side in MEMBERS:
        bodies.add_member(world.secretary, body_, who=who, side=side)
    meeting = prepare(world, planned_at(world, body_, THURSDAY))
    item = agendas.add_item(world.secretary, meeting, point=Point("物业通报", 20))
    calling.invite(world.secretary, meeting, who="赵强", side=Side.RESIDENT, interest=None)
    stage = Stage(world, case, [meeting], {"body": body_, "topic": topic, "item": item})
    stage.made |= {name: _asked(meeting, world, name) for name in ("chair", "owner", "manager", "tenant")}
    return stage


def on_meeting(world: World, case: Case) -> Stage:
    """A meeting taken as far as this state by those who may."""
    stage = _prepared(world, case)
    meeting, secretary = stage.main, world.secretary
    if case.state is S.CANCELLED:
        planning.cancel_meeting(secretary, meeting, reason="场地漏水。")
    if case.state in (S.PLANNED, S.CANCELLED):
        return stage
    calling.call_meeting(secretary, meeting)
    if case.state is S.POSTPONED:
        planning.postpone_meeting(secretary, meeting, reason="等报价")
        return stage
    with clock.frozen(EVENING):
        _in_session(world, stage)
    return stage


def _in_session(world: World, stage: Stage) -> None:
    meeting, secretary = stage.main, world.secretary
    for name in ("chair", "owner", "manager", "secretary"):
        arriving.check_in(secretary, meeting, invitation_id=_asked(meeting, world, name))
    if stage.case.state is S.CALLED:
        return
    running.open_meeting(secretary, meeting)
    stage.made["turn"] = turns.enter_speaker(
        secretary, meeting, invitation_id=stage.made["manager"], stance=Stance.FOR
    )
    stage.made["note"] = parking.park_note(secretary, meeting, text="路灯", once="note")
    turns.declare_stake(world.owner, meeting, what="")
    if stage.case.state is S.CLOSED and stage.case.thing is None:
        running.close_meeting(secretary, meeting)


def on_motion(world: World, case: Case) -> Stage:
    """A motion of the chair in this state, in a session that is on or that has ended since."""
    stage = on_meeting(world, Case(S.OPEN))
    stage.case = case
    meeting = stage.main
    with clock.frozen(EVENING):
        secretary = world.secretary
        motion = motions.raise_motion(
            secretary, meeting, text="换塑木板", moved_by_id=stage.made["chair"], once="motion"
        )
        if case.thing is M.WITHDRAWN:
            motions.withdraw_motion(secretary, motion)
        if case.thing in (M.SECONDED, M.PUT, M.CARRIED, M.LOST):
            motions.enter_second(secretary, motion, invitation_id=stage.made["manager"])
        if case.thing in (M.PUT, M.CARRIED, M.LOST):
            motions.put_motion(secretary, motion)
        if case.thing in (M.CARRIED, M.LOST):
            n = 4 if case.thing is M.CARRIED else 0
            motions.count_hands(secretary, motion, n_for=n, n_against=4 - n, n_abstain=0)
            motions.decide_motion(secretary, motion)
        if case.state is S.CLOSED:
            running.close_meeting(secretary, meeting)
    stage.watched = [motion, meeting]
    return stage


def meeting(stage: Stage) -> Meeting:
    return stage.main  # type: ignore[no-any-return]


def body(stage: Stage) -> Body:
    return stage.made["body"]  # type: ignore[no-any-return]


def council(stage: Stage) -> Any:
    return db.session.get_one(Council, body(stage).council_id)


def of(name: str, key: str = "invitation_id", **more: Any) -> Any:
    """The number of somebody, or of something, under the name that the action has for it."""

    def values(stage: Stage) -> dict[str, Any]:
        made = stage.made.get(name, 0)
        return {key: made if isinstance(made, int) else made.id, **more}

    return values


def invitation(name: str) -> Any:
    return lambda stage: db.session.get_one(Invitation, stage.made[name])


def topic_given(stage: Stage) -> dict[str, Any]:
    return {"topic": stage.made["topic"]}


def note_given(stage: Stage) -> dict[str, Any]:
    place = stage.world.get(Place, "estate")
    return {**of("note", "note_id")(stage), "title": "换路灯", "category": Category.REPAIR, "place": place}


def code_given(stage: Stage) -> dict[str, Any]:
    return {"code": door.code(SECRET, f"meeting:{stage.main.id}", clock.now()), "secret": SECRET}


def card_given(stage: Stage) -> dict[str, Any]:
    return {"card": door.card(SECRET, stage.world.ids["tenant"], "stamp-6"), "secret": SECRET}


def first_member(stage: Stage) -> dict[str, Any]:
    found = sa.select(BodyMember.id).where(BodyMember.body_id == body(stage).id).order_by(BodyMember.id)
    return {"member_id": db.session.scalars(found).first()}


def series_there(stage: Stage) -> None:
    made = repeating.start_series(
        stage.world.secretary,
        body(stage),
        pattern=TWICE,
        shift=Shift.NEXT,
        begins=1140,
        starts=LATER.date(),
        once="series",
    )
    stage.made["series"] = made


def body_words(stage: Stage) -> dict[str, Any]:
    place = stage.world.get(Place, "community")
    return {"place": place, "kind": Kind.TEA, "rules": RULES, "from_seats": False, "once": "second"}


EVERY = [
    *(
        Case(state, late=late)
        for state in (S.PLANNED, S.CALLED, S.POSTPONED, S.CANCELLED)
        for late in (False, True)
    ),
    Case(S.OPEN, late=True),
    Case(S.CLOSED, late=True),
]
POINT = Point("物业通报", 20)


NOTHING = same()


def on(action: Any, values: Any = NOTHING, subject: Any = meeting, **more: Any) -> Attempt:
    return Attempt(action, subject, values, timed=True, **more)


BEFORE = [
    on(planning.amend_meeting, same(**ASKED)),
    on(planning.move_meeting, same(starts_at=LATER, minutes=90, reason="场地"), event=e.MeetingMoved),
    on(planning.postpone_meeting, same(reason="场地"), event=e.MeetingPostponed),
    on(planning.miss_meeting, same(reason="人没到齐"), event=e.MeetingMissed),
    on(planning.cancel_meeting, same(reason="场地"), event=e.MeetingCancelled),
    on(calling.call_meeting, event=e.MeetingCalled),
    on(calling.invite, same(who="孙朝晖", side=Side.MERCHANT, interest=None)),
    on(calling.set_interest, of("tenant", interest=None)),
    on(calling.withdraw_invitation, of("tenant")),
    on(calling.answer_invitation, same(reply=Reply.YES), invitation("owner")),
    on(agendas.add_topic, topic_given),
    on(agendas.fill_agenda),
    on(agendas.add_item, same(point=POINT)),
    on(agendas.amend_item, of("item", "item_id", point=POINT)),
    on(agendas.raise_item, of("item", "item_id")),
    on(agendas.remove_item, of("item", "item_id")),
    on(agendas.allow_more_topics, same(reason="都急")),
    on(agendas.add_materials, lambda stage: {"papers": [kept()]}),
]
ROOM = [
    on(running.open_meeting, event=e.MeetingOpened),
    on(running.close_meeting, event=e.MeetingClosed),
    on(running.lapse_meeting, event=e.MeetingLapsed),
    on(running.take_up, of("item", "item_id")),
    on(arriving.check_in, of("tenant")),
    on(arriving.check_in_card, card_given),
    on(arriving.admit, same(who="路过的老李", side=Side.OTHER)),
    on(arriving.come, code_given),
    on(arriving.witness, of("owner")),
    on(arriving.check_out, of("owner")),
    on(arriving.enter_arrival, of("tenant")),
    on(turns.declare_stake, same(what="亲戚开的")),
    on(turns.enter_stake, of("owner", what="亲戚开的")),
    on(turns.ask_to_speak, same(stance=Stance.FOR)),
    on(turns.enter_speaker, of("owner", stance=Stance.FOR)),
    on(turns.ask_no_more),
    on(turns.strike_speaker, of("turn", "turn_id")),
    on(turns.note_said, of("owner", stance=Stance.FOR, said="木板松了三处。")),
    on(turns.give_turn, of("turn", "turn_id")),
    on(turns.end_turn, of("turn", "turn_id")),
    on(motions.raise_motion, of("owner", "moved_by_id", text="换塑木板", once="m")),
    on(motions.move_motion, same(text="换防腐木", once="own")),
    on(questions.put_question, of("owner", "asked_by_id", party=Party.PROPERTY, text="几时？", once="q")),
    on(parking.park_note, same(text="路灯", once="p")),
    on(parking.leave_note, same(text="路灯", once="l")),
    on(parking.raise_note, note_given),
]
MEETINGS = Family("meeting", EVENING, EVERY, on_meeting, [*BEFORE, *ROOM])
MISSED = Family(
    "meeting, after its hour",
    THURSDAY + timedelta(minutes=20),
    [Case(state, late=True) for state in (S.PLANNED, S.CALLED, S.POSTPONED)],
    on_meeting,
    [*BEFORE, on(running.open_meeting, event=e.MeetingOpened), on(arriving.check_in, of("tenant"))],
)
LAPSED = Family(
    "meeting, after its day",
    presence.end_of_day(THURSDAY),
    [Case(state, late=True) for state in (S.CALLED, S.OPEN, S.CLOSED)],
    on_meeting,
    [
        on(running.lapse_meeting, event=e.MeetingLapsed),
        on(running.close_meeting, event=e.MeetingClosed),
        on(running.take_up, of("item", "item_id")),
    ],
)
BODIES = Family(
    "body",
    EVENING,
    [Case(S.PLANNED)],
    on_meeting,
    [
        Attempt(bodies.found_body, council, body_words),
        Attempt(bodies.amend_body, body, same(rules=RULES)),
        Attempt(bodies.add_member, body, same(who="孙朝晖", side=Side.MERCHANT)),
        Attempt(bodies.end_member, body, first_member),
        Attempt(planning.plan_meeting, body, same(title="再开", starts_at=LATER, minutes=90, once="n")),
        Attempt(
            repeating.start_series,
            body,
            same(pattern=TWICE, shift=Shift.NEXT, begins=1140, starts=NOW.date(), once="more"),
        ),
        Attempt(repeating.plan_ahead, body, of("series", "series_id"), series_there),
        Attempt(repeating.end_series, body, of("series", "series_id"), series_there),
    ],
)


def motion(stage: Stage) -> Any:
    return stage.watched[0]


def counted(stage: Stage) -> None:
    if stage.main.state is M.PUT:
        motions.count_hands(stage.world.secretary, stage.main, n_for=4, n_against=0, n_abstain=0)


MOTIONS = Family(
    "motion",
    EVENING,
    [
        *(Case(S.OPEN, thing, late=True) for thing in M),
        *(Case(S.CLOSED, thing, late=True) for thing in (M.MOVED, M.SECONDED, M.CARRIED)),
    ],
    on_motion,
    [
        on(motions.second_motion, subject=motion),
        on(motions.enter_second, of("manager"), motion),
        on(motions.put_motion, subject=motion, event=e.MotionPut),
        on(motions.withdraw_motion, subject=motion, event=e.MotionWithdrawn),
        on(motions.show_hand, same(choice=Choice.FOR), motion),
        on(motions.enter_hand, of("owner", choice=Choice.FOR), motion),
        on(motions.count_hands, same(n_for=4, n_against=0, n_abstain=0), motion),
        on(motions.decide_motion, subject=motion, variant="no hands"),
        on(motions.decide_motion, subject=motion, ready=counted, variant="all for"),
    ],
    at_home=lambda case: case.state is S.OPEN,
)
UNCOUNTED = Family(
    "motion, after its day",
    presence.end_of_day(THURSDAY),
    [Case(S.OPEN, M.PUT, late=True)],
    on_motion,
    [
        on(
            running.lapse_meeting,
            subject=lambda stage: db.session.get_one(Meeting, stage.watched[0].meeting_id),
        )
    ],
)
