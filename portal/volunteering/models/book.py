"""The book of hours, and what is said and certified of it. Lines never change, the database
itself refuses it: a mistake is mended by a new one."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ...core.kept import keep
from ..words import CertificateState, EntryKind, ObjectionState


class HoursEntry(Model):
    """So many minutes of service of a person on a day, or the difference that a correction makes."""

    __tablename__ = "hours_entry"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    kind: Mapped[EntryKind] = mapped_column(word(EntryKind))
    minutes: Mapped[int]
    day: Mapped[date]
    sign_up_id: Mapped[int] = mapped_column(sa.ForeignKey("sign_up.id"), index=True)
    shift_id: Mapped[int] = mapped_column(sa.ForeignKey("shift.id"))
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("service.id"))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("volunteer_team.id"))
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("hours_entry.id"))
    reason: Mapped[str] = mapped_column(sa.String(200))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    """Who confirmed it, or corrects."""
    at: Mapped[datetime]

    __table_args__ = (
        sa.Index("ix_hours_entry_user_day", "user_id", "day", "id"),
        sa.Index(
            "uq_hours_entry_sign_up",
            "sign_up_id",
            unique=True,
            sqlite_where=sa.text("kind = 'shift'"),
            postgresql_where=sa.text("kind = 'shift'"),
        ),
        sa.CheckConstraint("kind = 'correction' OR minutes > 0", name="a_shift_has_minutes"),
        sa.CheckConstraint("minutes BETWEEN -720 AND 720", name="no_more_than_twelve_hours"),
    )


class HoursObjection(Model):
    """What somebody says is wrong: of his own hours, or of a certificate that is posted."""

    __tablename__ = "hours_objection"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """Who says it."""
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    certificate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("service_certificate.id"), index=True)
    state: Mapped[ObjectionState] = mapped_column(word(ObjectionState), default=ObjectionState.RAISED)
    text: Mapped[str] = mapped_column(sa.String(600))
    answer: Mapped[str] = mapped_column(sa.String(600), default="")
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32))
    at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("user_id", "once"),)


class ServiceCertificate(Model):
    """What a community certifies of a person's hours: as the book had it on the day it was asked for."""

    __tablename__ = "service_certificate"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    state: Mapped[CertificateState] = mapped_column(word(CertificateState), default=CertificateState.ASKED)
    number: Mapped[str] = mapped_column(sa.String(16))
    """2026-0007; given when it is asked for and never again."""
    token: Mapped[str] = mapped_column(sa.String(32), unique=True)
    """The last part of the address under which anybody verifies it."""
    since: Mapped[date]
    until: Mapped[date]
    """Both days included."""
    minutes: Mapped[int]
    lines: Mapped[list[list[Any]]] = mapped_column(sa.JSON)
    """Day, title, minutes of each service, as they stood."""
    digest: Mapped[str] = mapped_column(sa.String(64))
    posted_until: Mapped[datetime | None]
    unposted_because: Mapped[str] = mapped_column(sa.String(200), default="")
    """Why it was issued without hanging out."""
    reason: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why it was not issued, or is void."""
    issued_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    issued_at: Mapped[datetime | None]
    once: Mapped[str] = mapped_column(sa.String(32))
    at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("user_id", "once"), sa.UniqueConstraint("place_path", "number"))


HoursObjection.holder_id = column_property(
    sa.select(ServiceCertificate.user_id)
    .where(ServiceCertificate.id == HoursObjection.certificate_id)
    .correlate_except(ServiceCertificate)
    .scalar_subquery()
)
keep(HoursEntry)
