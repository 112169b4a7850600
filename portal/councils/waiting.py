"""What waits in a council: topics to screen, responses to give."""

import sqlalchemy as sa

from ..core import access, waiting
from ..core.access import Condition
from ..core.actor import Actor
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import Kind
from .models import Response, ResponseState, Topic
from .policy import Can
from .words import TopicState


def _to_screen(actor: Actor) -> Rows | None:
    if not any(role == "secretary" for role, _ in actor.grants):
        return None
    return _screenings(access.rows(actor, Topic, Can.SCREEN))


@prepared
def _screenings(mine: Condition) -> Rows:
    return sa.select(
        sa.literal("screen").label("kind"),
        Topic.id.label("subject_id"),
        Topic.title,
        Topic.held_by.label("party"),
        Topic.moved_at.label("since"),
        Topic.due_at.label("due"),
        Topic.place_path,
    ).where(mine, Topic.state == TopicState.SCREENING)


def _to_respond(actor: Actor) -> Rows | None:
    return _responses(access.rows(actor, Response, Can.RESPOND)) if actor.grants else None


@prepared
def _responses(mine: Condition) -> Rows:
    return sa.select(
        sa.literal("respond").label("kind"),
        Response.id.label("subject_id"),
        Response.question.label("title"),
        Response.party,
        Response.asked_at.label("since"),
        Response.due_at.label("due"),
        Response.place_path,
    ).where(mine, Response.state == ResponseState.ASKED)


waiting.add(
    "screen",
    Kind(N_("请您筛选"), N_("去筛选"), "list-filter", "screening.new", "topic_id", False),
    _to_screen,
)
waiting.add(
    "respond",
    Kind(N_("请您回应"), N_("去回应"), "badge-check", "responses.edit", "response_id", False),
    _to_respond,
)
