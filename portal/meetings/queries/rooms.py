"""The room as its pages show it: who is there, what is talked about, who speaks, what is being decided."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core import access
from ...core.actor import Actor
from ...core.columns import Rows
from ...core.db import read
from ...core.finding import visible
from ...core.hiding import hidden
from ...core.nested import nested, unpack
from ...core.prepared import prepared
from .. import quorum, speaking, tally
from ..hands import Hands, Rule
from ..models import AgendaItem, Meeting
from ..naming import community_of, names_within
from ..policy import Can
from ..quorum import Called, Presence
from ..room import Hand, Motion, ParkedNote, Stake, Turn
from ..sides import Side
from ..speaking import Stance
from ..tally import Choice, Voters
from ..words import ON_BOARD, MeetingState, MotionState
from .meetings import meeting_page

_meeting = sa.bindparam("meeting", type_=sa.Integer)


class TurnLine(NamedTuple):
    """A hand that is raised, or a turn that was given."""

    id: int
    item_id: int
    invitation_id: int
    stance: str
    called_at: datetime | None
    ended_at: datetime | None
    said: str


class StakeLine(NamedTuple):
    item_id: int
    invitation_id: int
    what: str


class MotionLine(NamedTuple):
    """A motion with what it was decided with."""

    id: int
    item_id: int
    amends_id: int | None
    state: str
    text: str
    moved_by_id: int
    seconded_by_id: int | None
    room_for: int
    room_against: int
    room_abstain: int
    counted_at: datetime | None
    n_members: int | None
    n_present: int | None
    n_aside: int | None
    n_for: int | None
    n_against: int | None
    n_abstain: int | None
    lacking: list[str] | None
    moved_at: datetime


class HandLine(NamedTuple):
    motion_id: int
    invitation_id: int
    choice: str


class NoteLine(NamedTuple):
    """Something kept for later, and the topic it became."""

    id: int
    text: str
    topic_id: int | None
    struck_because: str


def _of(kind: Any, model: Any) -> list[Any]:
    return [getattr(model, name) for name in kind._fields]


_TURNS = (
    sa.select(*_of(TurnLine, Turn))
    .join(AgendaItem, AgendaItem.id == Turn.item_id)
    .where(AgendaItem.meeting_id == Meeting.id, AgendaItem.done_at.is_(None))
    .order_by(Turn.id)
)
_STAKES = (
    sa.select(*_of(StakeLine, Stake))
    .join(AgendaItem, AgendaItem.id == Stake.item_id)
    .where(AgendaItem.meeting_id == Meeting.id)
    .order_by(Stake.id)
)
_MOTIONS = sa.select(*_of(MotionLine, Motion)).where(Motion.meeting_id == Meeting.id).order_by(Motion.id)
_HANDS = (
    sa.select(*_of(HandLine, Hand))
    .join(Motion, Motion.id == Hand.motion_id)
    .where(Motion.meeting_id == Meeting.id, Motion.state == MotionState.PUT)
    .order_by(Hand.id)
)
_NOTES = (
    sa.select(*_of(NoteLine, ParkedNote)).where(ParkedNote.meeting_id == Meeting.id).order_by(ParkedNote.id)
)


@prepared
def _room() -> Rows:
    """One row of what was said and decided in a room."""
    return sa.select(
        nested(_TURNS, of=Meeting).label("turns"),
        nested(_STAKES, of=Meeting).label("stakes"),
        nested(_MOTIONS, of=Meeting).label("motions"),
        nested(_HANDS, of=Meeting).label("hands"),
        nested(_NOTES, of=Meeting).label("notes"),
    ).where(Meeting.id == _meeting)


@prepared
def _pulse(seen: access.Condition) -> Rows:
    return sa.select(
        Meeting.id,
        Meeting.place_path,
        Meeting.state,
        Meeting.version,
        Meeting.chair_id,
        Meeting.recorder_id,
    ).where(Meeting.id == _meeting, seen)


def pulse(actor: Actor, meeting_id: int) -> Any:
    """The little that says whether a page of the room is up to date. None if the actor may not see the meeting."""
    rows = read(_pulse(access.rows(actor, Meeting)), {"meeting": meeting_id})
    return rows[0] if rows else None


def seen(meeting: Any, now: datetime) -> str:
    """What a page of the room has shown: it is drawn anew when something happened, and each minute for its clocks."""
    return f"{meeting.version}-{int(now.timestamp()) // 60}"


def room_page(actor: Actor, meeting_id: int) -> SimpleNamespace | None:
    """A meeting with its room; two queries. None if the actor may not see it."""
    page = meeting_page(actor, meeting_id)
    if page is None:
        return None
    row = read(_room(), {"meeting": meeting_id})[0]
    page.people = {i.id: i for i in page.invitations}
    page.motions = _as_read(actor, page, unpack(MotionLine, row.motions))
    page.notes = [note for note in unpack(NoteLine, row.notes) if not note.struck_because]
    page.stakes = unpack(StakeLine, row.stakes)
    page.boarded = page.kind in ON_BOARD
    page.seen = seen(page, actor.now)
    page.takes_votes = page.rule != Rule.NO_VOTE
    page.attendance = _attendance(page)
    page.guests = [i for i in page.invitations if i.present and not i.member]
    page.item = next((i for i in page.items if i.taken_up_at and not i.done_at), None)
    page.put = next((m for m in page.motions if m.state == MotionState.PUT), None)
    page.refused, page.refused_id = (), None
    page.untouched = [i for i in page.items if i.taken_up_at is None]
    page.before_us = _before_us(page)
    _speaking(page, unpack(TurnLine, row.turns), actor.now)
    _deciding(page, unpack(HandLine, row.hands))
    _own(page)
    return page


def _as_read(actor: Actor, page: SimpleNamespace, motions: list[MotionLine]) -> list[MotionLine]:
    """Motions in the words of those who move them for whoever is asked or runs the room; for everybody else as the
    minutes will have them, with names half hidden, and without those that were taken back."""
    if page.mine is not None or page.seat is not None or access.may(actor, Can.PRINT_SHEET, page):
        return motions
    standing = [m for m in motions if m.state != MotionState.WITHDRAWN]
    names = names_within(community_of(page.place_path), [m.text for m in standing]) if standing else []
    return [m._replace(text=hidden(m.text, names)) for m in standing]


def _attendance(page: SimpleNamespace) -> quorum.Attendance:
    called: dict[bool, list[Called]] = {True: [], False: []}
    for i in page.invitations:
        called[bool(i.member)].append(Called(i.name, Side(i.side), i.present, i.left_at is not None))
    sides = {Side(s): Presence(p) for s, p in page.side_quorums.items()}
    return quorum.attendance(called[True], Presence(page.quorum), sides, called[False])


def _speaking(page: SimpleNamespace, turns: list[TurnLine], now: datetime) -> None:
    """Who speaks now and who comes next, of the item that is on."""
    own = [t for t in turns if page.item and t.item_id == page.item.id]
    taken = sorted((t for t in own if t.called_at), key=lambda t: (t.called_at, t.id))
    by_hand = {t.invitation_id: t for t in own if not t.called_at}
    order = speaking.in_order([_hand(t) for t in by_hand.values()], [_hand(t) for t in taken])
    page.queue = [by_hand[hand.person] for hand in order]
    page.sayings = [t for t in taken if t.said]
    page.speaker = next((t for t in taken if not t.ended_at), None)
    page.minutes_left = (
        tally.minutes_left(page.item.taken_up_at, page.item.minutes, now) if page.item else None
    )
    page.speaker_left = (
        tally.minutes_left(page.speaker.called_at, speaking.MINUTES, now) if page.speaker else None
    )
    page.turns_left = {i.id: speaking.turns_left(i.id, [_hand(t) for t in taken]) for i in page.invitations}
    page.declared = {s.invitation_id: s.what for s in page.stakes if page.item and s.item_id == page.item.id}


def _before_us(page: SimpleNamespace) -> MotionLine | None:
    """The motion on the item that something happened to last: what was moved, or what became of it."""
    own = [m for m in page.motions if page.item and m.item_id == page.item.id]
    alive = [m for m in own if m.state != MotionState.WITHDRAWN]
    return max(alive, key=lambda m: (m.moved_at, m.id), default=None)


def _hand(turn: TurnLine) -> speaking.Hand:
    return speaking.Hand(turn.invitation_id, Stance(turn.stance))


def _deciding(page: SimpleNamespace, hands: list[HandLine]) -> None:
    """The tally of the motion that hands are asked for, and whose hand is not known yet."""
    page.shown, page.tally, page.unknown, page.aside, page.voters = {}, None, [], 0, []
    if page.put is None:
        return
    touched = {s.invitation_id for s in page.stakes if s.item_id == page.put.item_id and s.what}
    there = [i for i in page.invitations if i.member and i.present]
    page.voters = voters = [i for i in there if i.id not in touched]
    page.aside = len(there) - len(voters)
    page.shown = {h.invitation_id: Choice(h.choice) for h in hands}
    page.unknown = [i for i in voters if i.id not in page.shown]
    counted = Hands(page.put.room_for, page.put.room_against, page.put.room_abstain)
    known = tally.named(page.shown, Voters(0, frozenset(i.id for i in voters)))
    page.tally = tally.together(known, counted)
    page.waiting_hands = max(0, len(voters) - sum(page.tally))


def _own(page: SimpleNamespace) -> None:
    """What the reader himself has said and shown."""
    mine = page.seat
    page.here = mine is not None and mine.present
    page.writes = page.here and page.state == MeetingState.OPEN
    page.in_my_place = page.mine.substitute if page.mine is not None and page.mine.present else ""
    page.my_turn = next((t for t in page.queue if mine and t.invitation_id == mine.id), None)
    page.may_speak = mine is not None and page.turns_left[mine.id] > 0
    page.my_stake = page.declared.get(mine.id) if mine else None
    page.my_hand = page.shown.get(mine.id) if mine else None


def motion_page(actor: Actor, motion_id: int) -> SimpleNamespace | None:
    """The room of a motion. None if the actor may not see it."""
    motion = visible(actor, Motion, motion_id)
    return room_page(actor, motion.meeting_id) if motion is not None else None


def note_page(actor: Actor, meeting_id: int, note_id: int) -> SimpleNamespace | None:
    """A room with one of its notes as `note`."""
    page = room_page(actor, meeting_id)
    if page is not None:
        page.note = next((n for n in page.notes if n.id == note_id), None)
    return page if page is not None and page.note else None
