"""What minutes add to lower pages: to a meeting its minutes and what the last one gave out, to a topic what came of it
at a table and who does what."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core import access, panels
from ..core.actor import Actor
from ..core.nested import nested, unpack
from ..core.panels import Panel
from ..core.text import _
from ..councils.models import Topic
from ..meetings.models import AgendaItem, Meeting
from ..meetings.words import ON_BOARD
from .board import counted, hung
from .models import ItemOutcome, Minutes
from .policy import Can
from .queries.boards import cards_of
from .queries.tasks import TaskBrief, before, of_topic
from .queries.teams import TeamBrief
from .queries.teams import of_topic as teams_of_topic
from .words import MinutesState

ON_WALL = 4
"""Tasks that the big screen names."""


class Brief(NamedTuple):
    """The minutes of a meeting as its page shows them."""

    id: int
    meeting_id: int
    state: str
    place_path: str
    recorder_id: int | None
    number: str | None
    due_at: datetime
    created_at: datetime
    confirm_until: datetime | None


class Result(NamedTuple):
    """What came of a topic at a meeting."""

    kind: str
    said: str
    at: datetime
    minutes_id: int
    number: str
    meeting: str


def _of_meeting(model: type[Meeting]) -> sa.ScalarSelect[Any]:
    found = sa.select(*(getattr(Minutes, name) for name in Brief._fields))
    return nested(found.where(Minutes.meeting_id == model.id), of=model)


def _results(model: type[Topic]) -> sa.ScalarSelect[Any]:
    """Only of sealed minutes: until then those who were there may say that it was not so."""
    found = (
        sa.select(
            ItemOutcome.kind,
            ItemOutcome.public_said,
            Minutes.sealed_at,
            Minutes.id,
            Minutes.number,
            Meeting.title,
        )
        .join(Minutes, Minutes.id == ItemOutcome.minutes_id)
        .join(AgendaItem, AgendaItem.id == ItemOutcome.item_id)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(ItemOutcome.topic_id == model.id, Minutes.state == MinutesState.SEALED)
    )
    return nested(found.order_by(Minutes.sealed_at.desc()).limit(5), of=model)


def _minutes(actor: Actor, meeting: Any) -> dict[str, Any] | None:
    briefs = unpack(Brief, meeting.panel_minutes or [])
    if not briefs:
        return None
    minutes = briefs[0]
    return {"minutes": minutes, "seen": bool(access.may(actor, Can.SEE, minutes))}


def _earlier(_actor: Actor, meeting: Any) -> dict[str, Any] | None:
    tasks = unpack(TaskBrief, meeting.panel_earlier or [])
    return {"tasks": tasks, "heading": _("上次会议的事项办到哪了")} if tasks else None


def _earlier_on_the_wall(actor: Actor, meeting: Any) -> dict[str, Any] | None:
    """While the first item is on, which looks back; those that are due first."""
    if meeting.item is None or meeting.items[0].id != meeting.item.id:
        return None
    found = _earlier(actor, meeting)
    return {**found, "tasks": found["tasks"][:ON_WALL]} if found else None


def _came_of_it(_actor: Actor, topic: Any) -> dict[str, Any] | None:
    results = unpack(Result, topic.panel_results or [])
    return {"results": results} if results else None


def _given_out(_actor: Actor, topic: Any) -> dict[str, Any] | None:
    tasks = unpack(TaskBrief, topic.panel_given_out or [])
    return {"tasks": tasks, "heading": _("会上定的事办到哪了")} if tasks else None


def _watching(actor: Actor, topic: Any) -> dict[str, Any] | None:
    teams = unpack(TeamBrief, topic.panel_teams or [])
    return {"teams": teams, "today": actor.today} if teams else None


def _look(actor: Actor, body: Any) -> dict[str, Any] | None:
    return {"body": body} if access.may(actor, Can.SET_TEMPLATE, body) else None


def _board(_actor: Actor, meeting: Any) -> dict[str, Any] | None:
    return {"address": f"/meetings/{meeting.id}/board"} if meeting.kind in ON_BOARD else None


def _body_board(_actor: Actor, body: Any) -> dict[str, Any] | None:
    return {"address": f"/bodies/{body.id}/board"} if body.kind in ON_BOARD else None


def _on_the_wall(_actor: Actor, meeting: Any) -> dict[str, Any] | None:
    if meeting.kind not in ON_BOARD:
        return None
    cards = cards_of(meeting.id, meeting.place_path)
    return {"columns": hung(cards), "counted": counted(cards)}


for name, slot in (("board_of", "aside"), ("board_near", "notes")):
    panels.add(Panel(name, "meeting", slot, "minutes/panels/board.html", _board))
panels.add(Panel("board_all", "body", "aside", "minutes/panels/board.html", _body_board))
panels.add(Panel("board_wall", "meeting", "wall", "minutes/panels/board_wall.html", _on_the_wall))
panels.add(Panel("look", "body", "aside", "minutes/panels/body.html", _look))
panels.add(Panel("minutes", "meeting", "aside", "minutes/panels/meeting.html", _minutes, _of_meeting))
panels.add(Panel("earlier", "meeting", "main", "minutes/panels/tasks.html", _earlier, before))
panels.add(
    Panel("earlier_wall", "meeting", "wall_left", "minutes/panels/tasks_wall.html", _earlier_on_the_wall)
)
panels.add(Panel("results", "topic", "main", "minutes/panels/topic.html", _came_of_it, _results))
panels.add(Panel("given_out", "topic", "main", "minutes/panels/tasks.html", _given_out, of_topic))
panels.add(Panel("teams", "topic", "main", "minutes/panels/teams.html", _watching, teams_of_topic))
