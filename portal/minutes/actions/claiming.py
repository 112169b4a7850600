"""What is said at a table without much form: somebody takes it home on the spot, and it begins at once."""

from datetime import date

import sqlalchemy as sa

from ...accounts.models import User
from ...core.actions import action, made, store
from ...core.actor import Actor, system
from ...core.db import db
from ...core.errors import Conflict, NotVisible
from ...core.eventlog import record
from ...core.text import _
from ...meetings.models import Body, Invitation, Meeting
from ...meetings.naming import community_of, names_within
from ...meetings.room import ParkedNote
from ...meetings.sides import Side
from ...meetings.words import ON_BOARD
from .. import masking
from ..events import NoteStruck, TaskNoted
from ..models import Task, TaskDuty
from ..policy import Can
from ..words import Duty, TaskState
from .tasks import Errand, begin_task, check, days, share_out


@action(Can.CLAIM)
def claim_note(actor: Actor, meeting: Meeting, *, note_id: int, errand: Errand, once: str) -> Task:
    """Somebody at the table says he will do it; the clerk writes down who and until when. The same `once` again returns
    the task it made. Raises Conflict for what somebody has taken already or what became a topic, Invalid for a day that
    has passed."""
    if known := made(Task, once, noted_by_id=actor.id):
        return known
    task = _taken(actor, meeting, note_id, errand, once)
    share_out(actor, task, errand)
    return _begun(actor, meeting, task)


@action(Can.TAKE_ON)
def take_on_note(actor: Actor, meeting: Meeting, *, note_id: int, what: str, due_on: date, once: str) -> Task:
    """The same for oneself, on one's own phone, for the side one came for."""
    if known := made(Task, once, noted_by_id=actor.id):
        return known
    me = db.session.get_one(User, actor.id)
    errand = Errand(what, _side_of(actor, meeting), due_on, {Duty.LEAD: me.name})
    task = _taken(actor, meeting, note_id, errand, once)
    store(TaskDuty(task_id=task.id, duty=Duty.LEAD, who=me.name, user_id=me.id))
    return _begun(actor, meeting, task)


@action(Can.STRIKE_NOTE)
def strike_note(actor: Actor, meeting: Meeting, *, note_id: int, reason: str) -> None:
    """It says something of a person, or the same twice, or nothing to the matter: it is shown no more, and everybody
    reads why. The same again changes nothing. Raises Conflict for what somebody has taken or what became a topic."""
    note = db.session.get(ParkedNote, note_id)
    if note is not None and note.meeting_id == meeting.id and note.struck_at is not None:
        return
    note = _loose(meeting, note_id)
    note.struck_because, note.struck_at, note.struck_by_id = reason, actor.now, actor.id
    meeting.version += 1
    record(actor, meeting, NoteStruck(note.id))


def _taken(actor: Actor, meeting: Meeting, note_id: int, errand: Errand, once: str) -> Task:
    note = _free(meeting, note_id)
    check(actor, errand)
    assert actor.id is not None
    names = names_within(community_of(meeting.place_path), [errand.what])
    task = Task(
        meeting_id=meeting.id,
        body_id=meeting.body_id,
        note_id=note.id,
        place_path=meeting.place_path,
        recorder_id=meeting.recorder_id,
        what=masking.hidden(errand.what, names),
        side=errand.side,
        **days(errand.due_on),
        noted_by_id=actor.id,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(task)
    return task


def _begun(actor: Actor, meeting: Meeting, task: Task) -> Task:
    meeting.version += 1
    record(actor, task, TaskNoted(task.id))
    begin_task(system(actor.now), task)
    return task


def _side_of(actor: Actor, meeting: Meeting) -> Side:
    own = sa.select(Invitation.side).where(
        Invitation.meeting_id == meeting.id,
        Invitation.sitter_id == actor.id,
        Invitation.arrived_at.is_not(None),
    )
    return db.session.scalars(own.order_by(Invitation.member.desc(), Invitation.id)).all()[0]


def _free(meeting: Meeting, note_id: int) -> ParkedNote:
    """A note of a board that nobody has."""
    note = _loose(meeting, note_id)
    if db.session.get_one(Body, meeting.body_id).kind not in ON_BOARD:
        raise Conflict(_("这个会上要办的事记在纪要里。"))
    return note


def _loose(meeting: Meeting, note_id: int) -> ParkedNote:
    """A note of this meeting that nobody has; one whose task was dropped is free again."""
    note = db.session.get(ParkedNote, note_id)
    if note is None or note.meeting_id != meeting.id:
        raise NotVisible()
    if note.struck_at is not None:
        raise Conflict(_("这一件已经划去了。"))
    if note.topic_id is not None:
        raise Conflict(_("这一件已经列为议题。"))
    held = sa.select(Task.id).where(Task.note_id == note.id, Task.state != TaskState.DROPPED)
    if db.session.scalar(held.limit(1)) is not None:
        raise Conflict(_("这一件已经有人领了，请刷新页面看看。"))
    return note
