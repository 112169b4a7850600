"""Teams with their people: for their page, a topic's page, and those who start a project."""

from datetime import date
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access
from ...core.actor import Actor
from ...core.columns import Rows
from ...core.db import read
from ...core.nested import nested, unpack
from ...core.prepared import prepared
from ...core.terms import TODAY
from ...councils.models import Topic
from ...meetings.models import Meeting
from ..models import Minutes, Team, TeamMember
from ..words import TeamState

_team = sa.bindparam("team", type_=sa.Integer)
_asked = sa.orm.aliased(User)


class PersonLine(NamedTuple):
    """Somebody who was named, and what he said."""

    user_id: int
    name: str
    agrees: bool | None


class TeamBrief(NamedTuple):
    """A team on another page."""

    id: int
    name: str
    watches: str
    starts: date
    ends: date
    joined: int
    asked: int


@prepared
def _team_page(visible: access.Condition) -> Rows:
    people = (
        sa.select(TeamMember.user_id, shown(_asked), TeamMember.agrees)
        .join(_asked, _asked.id == TeamMember.user_id)
        .where(TeamMember.team_id == Team.id)
        .order_by(TeamMember.user_id)
    )
    return (
        sa.select(
            *Team.__table__.c,
            Meeting.title.label("meeting_title"),
            Minutes.number.label("minutes_number"),
            Topic.number.label("topic_number"),
            nested(people, of=Team).label("people"),
        )
        .join(Meeting, Meeting.id == Team.meeting_id)
        .join(Minutes, Minutes.id == Team.minutes_id)
        .outerjoin(Topic, Topic.id == Team.topic_id)
        .where(Team.id == _team, visible)
    )


def team_page(actor: Actor, team_id: int) -> SimpleNamespace | None:
    """A team with everybody who was named; one query. None if the actor may not see it."""
    rows = read(_team_page(access.rows(actor, Team)), {"team": team_id})
    if not rows:
        return None
    page = SimpleNamespace(**rows[0]._mapping)
    page.people = unpack(PersonLine, page.people)
    page.mine = next((p for p in page.people if actor.id and p.user_id == actor.id), None)
    page.named = page.mine is not None
    page.over = page.ends <= actor.today
    page.story = f"topic:{page.topic_id}" if page.topic_id else f"meeting:{page.meeting_id}"
    return page


def of_topic(model: type[Topic]) -> sa.ScalarSelect[Any]:
    """The teams that were sent out about a topic, as a nested column of its row."""
    return nested(about(model.id), of=model)


def about(topic_id: Any) -> Rows:
    """Rows of `TeamBrief`: the teams that were sent out about a topic, those that go on first. `topic_id` is a column
    of the row they ride in."""
    counted = sa.select(sa.func.count()).where(TeamMember.team_id == Team.id).correlate(Team)
    found = sa.select(
        *(getattr(Team, name) for name in ("id", "name", "watches", "starts", "ends")),
        counted.where(TeamMember.agrees.is_(True)).scalar_subquery(),
        counted.where(TeamMember.agrees.is_(None)).scalar_subquery(),
    ).where(Team.topic_id == topic_id, Team.state == TeamState.NAMED)
    return found.order_by(Team.ends.desc(), Team.id).limit(5)


def watching(topic_id: int | None) -> Rows:
    """The accounts of those who joined a team of this topic that still lasts, as a select."""
    return (
        sa.select(TeamMember.user_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(
            Team.topic_id == topic_id,
            Team.state == TeamState.NAMED,
            Team.ends > TODAY,
            TeamMember.agrees.is_(True),
        )
    )
