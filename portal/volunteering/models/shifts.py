"""Services with their shifts, and who signed up."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model, db
from ..words import HOLDING, Kind, ServiceState, SignUpState, Way
from .people import Team

_HOLDS = sa.column("state", sa.String).in_([state.value for state in HOLDING])


class Service(Model):
    """One undertaking of a team, with its shifts."""

    __tablename__ = "service"

    id: Mapped[Id]
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("volunteer_team.id"), index=True)
    place_path: Mapped[PlacePath]
    state: Mapped[ServiceState] = mapped_column(word(ServiceState), default=ServiceState.PLANNED)
    kind: Mapped[Kind] = mapped_column(word(Kind))
    title: Mapped[str] = mapped_column(sa.String(60))
    body: Mapped[str] = mapped_column(sa.String(2000))
    served: Mapped[str] = mapped_column(sa.String(60))
    """Whom it serves, as a kind of people: 独居老人. Never names."""
    skills: Mapped[str] = mapped_column(sa.String(120))
    least_age: Mapped[int]
    """0: whoever can."""
    risk: Mapped[str] = mapped_column(sa.String(400))
    """To be read and ticked before one signs up; empty where there is none."""
    dangerous: Mapped[bool]
    insurance: Mapped[str] = mapped_column(sa.String(120))
    """Which insurance covers those who come; needed where it is dangerous."""
    host_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    opened_at: Mapped[datetime | None]
    because: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why it was cancelled."""
    first_at: Mapped[datetime]
    """When its first shift begins that is not over; of a list that is ordered by it."""
    once: Mapped[str] = mapped_column(sa.String(32))
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    leader_id: Mapped[int] = column_property(
        sa.select(Team.leader_id).where(Team.id == team_id).correlate_except(Team).scalar_subquery()
    )

    __table_args__ = (
        sa.UniqueConstraint("created_by_id", "once"),
        sa.Index("ix_service_place_first", "place_path", "first_at", "id"),
    )


class Shift(Model):
    """Hours at a place for so many people."""

    __tablename__ = "shift"

    id: Mapped[Id]
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("service.id"), index=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("volunteer_team.id"))
    place_path: Mapped[PlacePath]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    venue: Mapped[str] = mapped_column(sa.String(60))
    needed: Mapped[int]
    sign_up_by: Mapped[datetime]
    withdraw_by: Mapped[datetime]
    """Until then one withdraws by oneself, afterwards through the host."""
    taken: Mapped[int] = mapped_column(default=0)
    queued: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None]
    because: Mapped[str] = mapped_column(sa.String(300), default="")

    host_id: Mapped[int] = column_property(
        sa.select(Service.host_id).where(Service.id == service_id).correlate_except(Service).scalar_subquery()
    )
    leader_id: Mapped[int] = column_property(
        sa.select(Team.leader_id).where(Team.id == team_id).correlate_except(Team).scalar_subquery()
    )
    opened_at: Mapped[datetime | None] = column_property(
        sa.select(Service.opened_at)
        .where(Service.id == service_id)
        .correlate_except(Service)
        .scalar_subquery()
    )
    service_state: Mapped[ServiceState] = column_property(
        sa.select(Service.state).where(Service.id == service_id).correlate_except(Service).scalar_subquery()
    )

    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        sa.CheckConstraint("taken <= needed", name="no_more_than_needed"),
    )

    @property
    def story(self) -> str:
        return f"service:{self.service_id}"


class SignUp(Model):
    """One person for one shift: waiting, coming, and when he came and left."""

    __tablename__ = "sign_up"

    id: Mapped[Id]
    shift_id: Mapped[int] = mapped_column(sa.ForeignKey("shift.id"), index=True)
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("service.id"))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("volunteer_team.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    place_path: Mapped[PlacePath]
    state: Mapped[SignUpState] = mapped_column(word(SignUpState))
    at: Mapped[datetime]
    risk_read_at: Mapped[datetime | None]
    added: Mapped[bool] = mapped_column(default=False)
    """He had not signed up and came; the host added him."""
    moved_up_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    """He read that he moved up."""
    arrived_at: Mapped[datetime | None]
    arrived_by: Mapped[Way | None] = mapped_column(word(Way))
    left_at: Mapped[datetime | None]
    left_by: Mapped[Way | None] = mapped_column(word(Way))
    timed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Whose hands wrote the times, where the door did not take them: somebody else confirms."""
    because: Mapped[str] = mapped_column(sa.String(200), default="")
    """Why the host wrote other times, or other minutes, than were taken at the door."""
    remark: Mapped[str] = mapped_column(sa.String(200), default="")
    """How it went (form 3.4i)."""
    minutes: Mapped[int | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    moved_at: Mapped[datetime]

    host_id: Mapped[int] = column_property(
        sa.select(Service.host_id).where(Service.id == service_id).correlate_except(Service).scalar_subquery()
    )
    leader_id: Mapped[int] = column_property(
        sa.select(Team.leader_id).where(Team.id == team_id).correlate_except(Team).scalar_subquery()
    )
    withdraw_by: Mapped[datetime] = column_property(
        sa.select(Shift.withdraw_by).where(Shift.id == shift_id).correlate_except(Shift).scalar_subquery()
    )
    starts_at: Mapped[datetime] = column_property(
        sa.select(Shift.starts_at).where(Shift.id == shift_id).correlate_except(Shift).scalar_subquery()
    )

    __table_args__ = (
        sa.Index(
            "uq_sign_up_once",
            *("shift_id", "user_id"),
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
        sa.Index("ix_sign_up_shift_state", "shift_id", "state", "id"),
    )

    @property
    def story(self) -> str:
        return f"service:{self.service_id}"

    @property
    def title(self) -> str:
        """Of the service: what a wallet says of the points for it."""
        return db.session.get_one(Service, self.service_id).title
