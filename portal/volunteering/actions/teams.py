"""Teams: founding, leading, coming in by application or invitation, leaving."""

from dataclasses import dataclass

import sqlalchemy as sa

from ...accounts.models import User
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from ...places.models import Place
from ..events import (
    MemberApplied,
    MemberDeclined,
    MemberInvited,
    MemberJoined,
    MemberLeft,
    TeamAmended,
    TeamEnded,
    TeamFounded,
    TeamLed,
)
from ..lifecycle import MEMBER, TEAM
from ..models.people import Team, TeamMember
from ..people import somebody
from ..policy import Can
from ..words import STANDING_MEMBER, MemberState


@dataclass(frozen=True)
class TeamWords:
    """What a team says of itself."""

    name: str
    purpose: str
    base: str


@action(Can.FOUND_TEAM)
def found_team(actor: Actor, place: Place, *, words: TeamWords, leader: str, once: str) -> Team:
    """Set up a team at a place; its leader is its first member. The same `once` again returns the one it made."""
    if known := made(Team, once, created_by_id=actor.id):
        return known
    person = somebody(actor, place.place_path, leader, "leader")
    team = Team(
        place_path=place.place_path,
        name=words.name,
        purpose=words.purpose,
        base=words.base,
        leader_id=person.id,
        once=once,
        created_by_id=actor.id,
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(team)
    record(actor, team, TeamFounded())
    _in(actor, team, person.id)
    return team


@action(Can.AMEND_TEAM)
def amend_team(actor: Actor, team: Team, *, words: TeamWords) -> None:
    team.name, team.purpose, team.base = words.name, words.purpose, words.base
    record(actor, team, TeamAmended())


@action(Can.HAND_OVER)
def hand_over(actor: Actor, team: Team, *, leader: str) -> None:
    """Somebody else leads from now on; he comes in if he was outside."""
    person = somebody(actor, team.place_path, leader, "leader")
    team.leader_id = person.id
    if _standing(team, person.id) is None:
        _in(actor, team, person.id)
    record(actor, team, TeamLed(person.id))


@action(Can.END_TEAM)
def end_team(actor: Actor, team: Team) -> None:
    """Dissolve it; hours served in it stay in the book."""
    TEAM.move(actor, team, TeamEnded())


@action(Can.APPLY)
def apply(actor: Actor, team: Team, *, words: str = "") -> TeamMember:
    """Ask to join. Who is invited already is in; a second time changes nothing."""
    assert actor.id is not None
    if known := _standing(team, actor.id):
        if known.state is MemberState.INVITED:
            _join(actor, team, known)
        return known
    member = _entered(actor, team, actor.id, MemberState.APPLIED, words)
    record(actor, team, MemberApplied(member.id))
    return member


@action(Can.INVITE)
def invite(actor: Actor, team: Team, *, who: str, words: str = "") -> TeamMember:
    """Ask somebody to join. Who has applied is in."""
    person = somebody(actor, team.place_path, who, "who")
    if known := _standing(team, person.id):
        if known.state is MemberState.APPLIED:
            _join(actor, team, known)
        elif known.state is MemberState.MEMBER:
            raise Invalid(_("他已经是队员。"), "who")
        return known
    member = _entered(actor, team, person.id, MemberState.APPLIED, words)
    MEMBER.move(actor, member, MemberInvited(member.id, person.id))
    return member


@action(Can.ADMIT)
def admit(actor: Actor, member: TeamMember, *, yes: bool) -> None:
    """Answer an application."""
    _answer(actor, member, yes)


@action(Can.ACCEPT)
def accept(actor: Actor, member: TeamMember, *, yes: bool) -> None:
    """Answer an invitation."""
    _answer(actor, member, yes)


@action(Can.LEAVE)
def leave(actor: Actor, member: TeamMember) -> None:
    """Leave, or take out. Raises Conflict for the leader: somebody else has to lead first."""
    team = lock(db.session.get_one(Team, member.team_id))
    if member.user_id == team.leader_id:
        raise Conflict(_("队长要先请社区换一位队长，再退队。"))
    MEMBER.move(actor, member, MemberLeft(member.id))
    count(team)


def _answer(actor: Actor, member: TeamMember, yes: bool) -> None:
    if not yes:
        MEMBER.move(actor, member, MemberDeclined(member.id))
        return
    _join(actor, lock(db.session.get_one(Team, member.team_id)), member)


def _join(actor: Actor, team: Team, member: TeamMember) -> None:
    MEMBER.move(actor, member, MemberJoined(member.id, member.user_id))
    member.since = actor.now
    count(team)


def _in(actor: Actor, team: Team, user_id: int) -> None:
    member = _entered(actor, team, user_id, MemberState.MEMBER, "")
    count(team)
    record(actor, team, MemberJoined(member.id, user_id))


def _entered(actor: Actor, team: Team, user_id: int, state: MemberState, words: str) -> TeamMember:
    assert db.session.get(User, user_id) is not None
    member = TeamMember(
        team_id=team.id,
        user_id=user_id,
        place_path=team.place_path,
        state=state,
        words=words,
        since=actor.now,
        moved_at=actor.now,
    )
    store(member)
    return member


def _standing(team: Team, user_id: int) -> TeamMember | None:
    found = sa.select(TeamMember).where(
        TeamMember.team_id == team.id,
        TeamMember.user_id == user_id,
        TeamMember.state.in_(STANDING_MEMBER),
    )
    return db.session.scalar(found)


def count(team: Team) -> None:
    """Keep the number of members right."""
    db.session.flush()
    found = sa.select(sa.func.count()).where(
        TeamMember.team_id == team.id, TeamMember.state == MemberState.MEMBER
    )
    team.members_count = db.session.scalar(found) or 0
