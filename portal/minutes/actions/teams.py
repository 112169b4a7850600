"""Teams that watch over something: noted with an item's outcome, named when the minutes are sealed; whoever is named
says himself whether he joins."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor, system
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotVisible
from ...core.eventlog import record
from ...core.text import _
from ...meetings.models import AgendaItem
from ...meetings.people import somebody
from .. import masking
from ..events import TeamAddedTo, TeamAnswered, TeamNamed, TeamNoted, TeamStruck
from ..lifecycle import TEAM
from ..models import Minutes, Team, TeamMember
from ..policy import Can
from ..words import TeamState
from .tasks import as_lines

MOST_PEOPLE = 15
LONGEST = 3 * 366
"""Days; longer is taken for a slip of the hand."""


@dataclass(frozen=True)
class Charge:
    """What a team watches over, from a day on until another."""

    name: str
    watches: str
    starts: date
    ends: date


@action(Can.WRITE)
def note_team(
    actor: Actor, minutes: Minutes, *, item_id: int, charge: Charge, people: Collection[str], once: str
) -> Team:
    """Note a team an item sends out, with people by name or phone. The same `once` again returns the first. Raises
    Invalid for days that cannot be, and for somebody who is not found."""
    if known := made(Team, once, founded_by_id=actor.id):
        return known
    item = db.session.get(AgendaItem, item_id)
    if item is None or item.meeting_id != minutes.meeting_id:
        raise NotVisible()
    _check(actor, charge, people)
    assert actor.id is not None
    team = Team(
        minutes_id=minutes.id,
        meeting_id=minutes.meeting_id,
        item_id=item.id,
        topic_id=item.topic_id,
        place_path=minutes.place_path,
        recorder_id=minutes.recorder_id,
        name=charge.name,
        watches=charge.watches,
        starts=charge.starts,
        ends=charge.ends,
        founded_by_id=actor.id,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(team)
    found = dict.fromkeys(somebody(actor, minutes.place_path, typed, "people").id for typed in people)
    store(*(TeamMember(team_id=team.id, user_id=number) for number in found))
    record(actor, team, TeamNoted(team.id))
    as_lines(actor, minutes, item.id)
    return team


def _minutes_first(team: Team) -> None:
    lock(db.session.get_one(Minutes, team.minutes_id))


@action(Can.STRIKE_TEAM, after=_minutes_first)
def strike_team(actor: Actor, team: Team) -> None:
    """It was not so: take it out, until the minutes are sealed."""
    minutes, item_id = db.session.get_one(Minutes, team.minutes_id), team.item_id
    record(actor, team, TeamStruck(team.id))
    db.session.execute(sa.delete(TeamMember).where(TeamMember.team_id == team.id))
    db.session.delete(team)
    db.session.flush()
    as_lines(actor, minutes, item_id)


@action(Can.NAME_TEAM)
def name_team(actor: Actor, team: Team) -> None:
    """The minutes that noted it are sealed: whoever is named is asked."""
    people = sa.select(sa.func.count()).where(TeamMember.team_id == team.id)
    TEAM.move(actor, team, TeamNamed(team.id, db.session.scalar(people) or 0))


@action(Can.JOIN_TEAM)
def answer_team(actor: Actor, team: Team, *, agrees: bool) -> None:
    """Say whether one joins; whoever has joined may leave in the same way. Raises Conflict when its time is over."""
    _still(actor, team)
    own = sa.select(TeamMember).where(TeamMember.team_id == team.id, TeamMember.user_id == actor.id)
    member = db.session.scalars(own).one()
    if member.agrees is agrees:
        return
    member.agrees, member.answered_at = agrees, actor.now
    record(actor, team, TeamAnswered(team.id, agrees))


@action(Can.ADD_TO_TEAM)
def add_to_team(actor: Actor, team: Team, *, who: str) -> None:
    """Ask one more, in place of somebody who would not. Raises Invalid, and Conflict when its time is over."""
    _still(actor, team)
    person = somebody(actor, team.place_path, who, "who")
    people = db.session.scalars(sa.select(TeamMember.user_id).where(TeamMember.team_id == team.id)).all()
    if person.id in people:
        raise Invalid(_("已经请过这个人了。"), "who")
    _few(len(people) + 1, "who")
    store(TeamMember(team_id=team.id, user_id=person.id))
    record(actor, team, TeamAddedTo(team.id))


def name_teams(actor: Actor, minutes: Minutes, names: Collection[str]) -> None:
    """All teams of minutes that were sealed; names in their words are half hidden from now on, as tasks are."""
    noted = sa.select(Team).where(Team.minutes_id == minutes.id, Team.state == TeamState.NOTED)
    for team in db.session.scalars(noted.order_by(Team.id)).all():
        team.name, team.watches = masking.hidden(team.name, names), masking.hidden(team.watches, names)
        name_team(system(actor.now), team)


def _check(actor: Actor, charge: Charge, people: Collection[str]) -> None:
    if not people:
        raise Invalid(_("请写至少一个人，一行一个。"), "people")
    _few(len(people), "people")
    if charge.ends <= max(charge.starts, actor.today):
        raise Invalid(_("为止的日子要比开始的日子晚，也不能已经过了。"), "ends")
    if charge.ends > charge.starts + timedelta(days=LONGEST):
        raise Invalid(_("期限太远了，请检查年份。"), "ends")


def _few(n: int, field: str) -> None:
    if n > MOST_PEOPLE:
        raise Invalid(_("监督队最多请 %(most)d 个人。", most=MOST_PEOPLE), field)


def _still(actor: Actor, team: Team) -> None:
    if team.ends <= actor.today:
        raise Conflict(_("这个监督队的期限已经到了。"))
