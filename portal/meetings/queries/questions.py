"""What was put to the parties at a hearing, and how far their answers are."""

from types import SimpleNamespace

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.columns import Rows
from ...core.db import read
from ...core.hiding import hidden
from ...core.prepared import prepared
from ...councils.models import Response, Topic
from ..models import Invitation
from ..naming import community_of, names_within
from ..room import Question
from ..words import Kind
from .rooms import room_page

_meeting = sa.bindparam("meeting", type_=sa.Integer)


@prepared
def _put() -> Rows:
    return (
        sa.select(
            Question.id,
            Question.party,
            Question.text,
            Question.at,
            Invitation.side,
            Topic.id.label("topic_id"),
            Topic.number.label("topic_number"),
            Topic.title.label("topic_title"),
            Response.id.label("response_id"),
            Response.asked_at,
            Response.due_at,
            Response.given_at,
        )
        .join(Invitation, Invitation.id == Question.asked_by_id)
        .join(Topic, Topic.id == Question.topic_id)
        .outerjoin(Response, Response.id == Question.response_id)
        .where(Question.meeting_id == _meeting)
        .order_by(Question.id)
    )


def questions_page(actor: Actor, meeting_id: int) -> SimpleNamespace | None:
    """A hearing with the questions that were put, as anybody may read them. None if the actor may not see it, or it is
    no hearing."""
    page = room_page(actor, meeting_id)
    if page is None or page.kind != Kind.HEARING:
        return None
    rows = read(_put(), {"meeting": meeting_id})
    names = names_within(community_of(page.place_path), [q.text for q in rows]) if rows else []
    page.questions = [SimpleNamespace(**{**q._mapping, "text": hidden(q.text, names)}) for q in rows]
    return page
