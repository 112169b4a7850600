"""The parking lot: what was said and does not belong to the item; notes become topics of the council."""

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from ...councils.actions.raising import raise_topic
from ...councils.models import Council, Topic
from ...councils.words import Category
from ...places.models import Place
from ..events import NoteParked, NoteRaised
from ..models import Body, Meeting
from ..policy import Can
from ..presence import oneself
from ..room import ParkedNote

MOST_NOTES = 5
"""So many one person notes on his phone at one meeting; what else he has, the clerk writes down."""


@action(Can.RUN_ROOM)
def park_note(actor: Actor, meeting: Meeting, *, text: str, once: str) -> ParkedNote:
    """Keep something for later. The same `once` again returns the note it made."""
    return _parked(actor, meeting, text, once, None)


@action(Can.TAKE_PART)
def leave_note(actor: Actor, meeting: Meeting, *, text: str, once: str) -> ParkedNote:
    """The same, on one's own phone. Raises Conflict for somebody who is not there, and who has said as much as one
    person does at one meeting."""
    if known := made(ParkedNote, once, parked_by_id=actor.id):
        return known
    own = oneself(meeting, actor)
    said = sa.select(sa.func.count()).where(
        ParkedNote.meeting_id == meeting.id, ParkedNote.parked_by_id == actor.id
    )
    if (db.session.scalar(said) or 0) >= MOST_NOTES:
        raise Conflict(_("您已经记了 %(most)d 件，还有的请告诉记录人。", most=MOST_NOTES))
    return _parked(actor, meeting, text, once, own.id)


@action(Can.RAISE_NOTE)
def raise_note(
    actor: Actor, meeting: Meeting, *, note_id: int, title: str, category: Category, place: Place | None
) -> Topic:
    """Make a topic of the council of a note; again returns that topic. Raises Invalid."""
    note = db.session.get(ParkedNote, note_id)
    if note is None or note.meeting_id != meeting.id:
        raise Invalid(_("没有这一条，请刷新页面看看。"))
    if note.topic_id is not None:
        return db.session.get_one(Topic, note.topic_id)
    if note.struck_at is not None:
        raise Conflict(_("这一件已经划去了。"))
    body = db.session.get_one(Body, meeting.body_id)
    topic = raise_topic(
        actor,
        db.session.get_one(Council, body.council_id),
        place=place,
        title=title,
        body=_("%(text)s\n\n（%(title)s上记下的）", text=note.text, title=meeting.title),
        category=category,
        once=f"note-{note.id}",
    )
    note.topic_id = topic.id
    meeting.version += 1
    record(actor, meeting, NoteRaised(note.id, topic.id))
    return topic


def _parked(actor: Actor, meeting: Meeting, text: str, once: str, invitation_id: int | None) -> ParkedNote:
    if known := made(ParkedNote, once, parked_by_id=actor.id):
        return known
    assert actor.id is not None
    last = sa.select(sa.func.max(ParkedNote.serial)).where(ParkedNote.meeting_id == meeting.id)
    note = ParkedNote(
        meeting_id=meeting.id,
        serial=(db.session.scalar(last) or 0) + 1,
        invitation_id=invitation_id,
        text=text,
        parked_by_id=actor.id,
        once=once,
        at=actor.now,
    )
    store(note)
    meeting.version += 1
    record(actor, meeting, NoteParked(note.id))
    return note
