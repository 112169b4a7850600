"""Volunteers and their teams."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..words import STANDING_MEMBER, MemberState, TeamState

_STANDS = sa.column("state", sa.String).in_([state.value for state in STANDING_MEMBER])


class Volunteer(Model):
    """A person who registered. His row is locked while he signs up, so that two shifts do not both take him."""

    __tablename__ = "volunteer"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), unique=True)
    place_path: Mapped[PlacePath]
    """Of the community."""
    serial: Mapped[int]
    """His number in the community."""
    born: Mapped[date]
    skills: Mapped[str] = mapped_column(sa.String(200))
    offers: Mapped[bool]
    """Staff may ask him when somebody needs what he can."""
    guardian_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """The account that a minor named as his guardian's, asked or agreed; none where it was done on paper."""
    guardian_name: Mapped[str] = mapped_column(sa.String(40), default="")
    guardian_agreed_on: Mapped[date | None]
    """The day on the paper that the guardian of a minor signed, or on which he agreed with his own account."""
    guardian_seen_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    registered_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("place_path", "serial"),)


class Team(Model):
    __tablename__ = "volunteer_team"

    id: Mapped[Id]
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    state: Mapped[TeamState] = mapped_column(word(TeamState), default=TeamState.ACTIVE)
    name: Mapped[str] = mapped_column(sa.String(40))
    purpose: Mapped[str] = mapped_column(sa.String(600))
    base: Mapped[str] = mapped_column(sa.String(60))
    """Where it meets."""
    leader_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    members_count: Mapped[int] = mapped_column(default=0)
    once: Mapped[str] = mapped_column(sa.String(32))
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("created_by_id", "once"),)


class TeamMember(Model):
    """A person in a team, or on the way into it."""

    __tablename__ = "volunteer_member"

    id: Mapped[Id]
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("volunteer_team.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    place_path: Mapped[PlacePath]
    state: Mapped[MemberState] = mapped_column(word(MemberState))
    words: Mapped[str] = mapped_column(sa.String(200))
    """What he wrote, or what was written to him."""
    since: Mapped[datetime]
    moved_at: Mapped[datetime]

    leader_id: Mapped[int] = column_property(
        sa.select(Team.leader_id).where(Team.id == team_id).correlate_except(Team).scalar_subquery()
    )

    __table_args__ = (
        sa.Index(
            "uq_volunteer_member_once",
            *("team_id", "user_id"),
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    @property
    def story(self) -> str:
        return f"volunteer_team:{self.team_id}"
