"""Hearings: what is put to a party, who then answers in writing within days of the close."""

from datetime import timedelta

import sqlalchemy as sa

from ...core import clock
from ...core.actions import action, made, store
from ...core.actor import Actor, system
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from ...councils.actions.responding import owe_response
from ...councils.models import Topic
from ...councils.words import Party, TopicState
from ..events import QuestionPut
from ..models import Body, Invitation, Meeting
from ..naming import for_everybody
from ..policy import Can
from ..presence import talked_about
from ..room import Question
from ..words import Kind

REPLY_HOUR = 18
ANSWERABLE = (TopicState.SCREENING, TopicState.DELIBERATING, TopicState.CARRIED_OUT)
"""A topic that has left the table has nobody who answers for it."""


@action(Can.RUN_ROOM)
def put_question(
    actor: Actor, meeting: Meeting, *, party: Party, text: str, asked_by_id: int, once: str
) -> Question:
    """Write down what somebody who is there puts to a party on the item that is on. The same `once` again returns the
    first. Raises Conflict outside a hearing and where the item is no topic, on whose page an answer could stand;
    Invalid for residents, who answer for nobody, and for somebody who is not there."""
    if known := made(Question, once, entered_by_id=actor.id):
        return known
    if db.session.get_one(Body, meeting.body_id).kind is not Kind.HEARING:
        raise Conflict(_("听证会上才这样提问；别的会请把问话记在发言里。"))
    item = talked_about(meeting.id)
    if item is None or item.topic_id is None:
        raise Conflict(_("现在谈的不是议题，答复没有地方公开。请先谈到一个议题。"))
    if party is Party.RESIDENT:
        raise Invalid(_("正式回应只能请物业、业委会、社区或商户来写。"), "party")
    asker = db.session.get(Invitation, asked_by_id)
    if asker is None or asker.meeting_id != meeting.id or not asker.present:
        raise Invalid(_("提问的人不在会场。"), "invitation_id")
    assert actor.id is not None
    question = Question(
        meeting_id=meeting.id,
        item_id=item.id,
        topic_id=item.topic_id,
        party=party,
        text=text,
        asked_by_id=asker.id,
        entered_by_id=actor.id,
        once=once,
        at=actor.now,
    )
    store(question)
    meeting.version += 1
    record(actor, meeting, QuestionPut(question.id, party))
    return question


def owe_replies(actor: Actor, meeting: Meeting) -> None:
    """The hearing is over: every question becomes an official response its party owes, by the body's number of days. It
    stands on the topic's page as anybody may read it; the minutes keep its words."""
    put = sa.select(Question).where(Question.meeting_id == meeting.id, Question.response_id.is_(None))
    questions = db.session.scalars(put.order_by(Question.topic_id, Question.id)).all()
    if not questions:
        return
    days = db.session.get_one(Body, meeting.body_id).reply_days
    due_at = clock.at(clock.local(actor.now).date() + timedelta(days=days), REPLY_HOUR)
    portal = system(actor.now)
    for question in questions:
        topic = lock(db.session.get_one(Topic, question.topic_id))
        if topic.state in ANSWERABLE:
            question.response_id = owe_response(
                portal,
                topic,
                party=question.party,
                question=for_everybody(meeting.place_path, question.text),
                due_at=due_at,
                by_id=question.entered_by_id,
            ).id
