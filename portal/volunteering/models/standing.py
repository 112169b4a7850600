"""Standing projects, and when they are called out."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..words import Kind, StandingState
from .people import Team


class Standing(Model):
    """A standing project: what a team does whenever its trigger comes. 以雪为令."""

    __tablename__ = "standing"

    id: Mapped[Id]
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("volunteer_team.id"), index=True)
    place_path: Mapped[PlacePath]
    state: Mapped[StandingState] = mapped_column(word(StandingState), default=StandingState.STANDING)
    name: Mapped[str] = mapped_column(sa.String(40))
    kind: Mapped[Kind] = mapped_column(word(Kind))
    trigger: Mapped[str] = mapped_column(sa.String(120))
    """When it is called out: 下雪，早上六点路面有积雪."""
    venue: Mapped[str] = mapped_column(sa.String(60))
    minutes: Mapped[int]
    risk: Mapped[str] = mapped_column(sa.String(400))
    dangerous: Mapped[bool] = mapped_column(default=False)
    insurance: Mapped[str] = mapped_column(sa.String(120), default="")
    """Which insurance covers those who come; needed where it is dangerous."""
    once: Mapped[str] = mapped_column(sa.String(32))
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    leader_id: Mapped[int] = column_property(
        sa.select(Team.leader_id).where(Team.id == team_id).correlate_except(Team).scalar_subquery()
    )

    __table_args__ = (sa.UniqueConstraint("created_by_id", "once"),)

    @property
    def story(self) -> str:
        return f"volunteer_team:{self.team_id}"


class CallOut(Model):
    """A standing project called out: at this shift, now."""

    __tablename__ = "call_out"

    id: Mapped[Id]
    standing_id: Mapped[int] = mapped_column(sa.ForeignKey("standing.id"), index=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("volunteer_team.id"))
    shift_id: Mapped[int] = mapped_column(sa.ForeignKey("shift.id"), unique=True)
    place_path: Mapped[PlacePath]
    words: Mapped[str] = mapped_column(sa.String(200))
    called_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    called_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    """Of its shift: afterwards nobody is asked any more."""
    once: Mapped[str] = mapped_column(sa.String(32))

    leader_id: Mapped[int] = column_property(
        sa.select(Team.leader_id).where(Team.id == team_id).correlate_except(Team).scalar_subquery()
    )

    __table_args__ = (sa.UniqueConstraint("called_by_id", "once"),)

    @property
    def story(self) -> str:
        return f"volunteer_team:{self.team_id}"


class CallReply(Model):
    """Yes or no, in one tap."""

    __tablename__ = "call_reply"

    call_out_id: Mapped[int] = mapped_column(sa.ForeignKey("call_out.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    coming: Mapped[bool]
    at: Mapped[datetime]
