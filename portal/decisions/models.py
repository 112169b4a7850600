"""The register of decisions, and the objections to them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import Id, PlacePath, word
from ..core.db import Model
from .words import Basis, DecisionState


class Decision(Model):
    """One entry of the register. `place_path` is the place it holds for."""

    __tablename__ = "decision"

    id: Mapped[Id]
    council_id: Mapped[int] = mapped_column(sa.ForeignKey("council.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    """The topic it settles; none for what the council decided by itself."""
    poll_id: Mapped[int | None] = mapped_column(sa.ForeignKey("poll.id"))
    """The certified poll it rests on."""
    place_path: Mapped[PlacePath]
    place_label: Mapped[str] = mapped_column(sa.String(120))
    community_path: Mapped[PlacePath]
    """Whose register it stands in."""
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(sa.String(20))
    """决〔2026〕012号; never used again, also after a revocation."""
    state: Mapped[DecisionState] = mapped_column(word(DecisionState), default=DecisionState.DRAFT)
    title: Mapped[str] = mapped_column(sa.String(80))
    body: Mapped[str] = mapped_column(sa.Text)
    basis: Mapped[Basis] = mapped_column(word(Basis))
    basis_note: Mapped[str] = mapped_column(sa.String(600))
    """How exactly: who was there, which notice."""
    effect_from: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]
    posted_until: Mapped[datetime | None]
    """Not a state: an objection at or after this instant is refused whatever the state says."""
    effective_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_because: Mapped[str] = mapped_column(sa.String(600), default="")
    objections_count: Mapped[int] = mapped_column(default=0)
    objections_open: Mapped[int] = mapped_column(default=0)
    """Objections that still wait for their answer."""
    once: Mapped[str] = mapped_column(sa.String(32))
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("community_path", "year", "serial"),
        sa.UniqueConstraint("recorded_by_id", "once"),
        sa.Index("ix_decision_place_moved", "place_path", "moved_at", "id"),
        sa.Index("ix_decision_place_number", "place_path", "year", "serial"),
        sa.Index("ix_decision_state_until", "state", "posted_until"),
    )

    @property
    def story(self) -> str:
        return f"topic:{self.topic_id}" if self.topic_id else f"decision:{self.id}"


class Objection(Model):
    """A member's reasons against a decision while it hangs out, and the official answer."""

    __tablename__ = "objection"

    id: Mapped[Id]
    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("decision.id"), index=True)
    place_path: Mapped[PlacePath]
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(sa.String(1000))
    raised_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(sa.String(2000), default="")
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    answered_party: Mapped[str] = mapped_column(sa.String(16), default="")
    answered_at: Mapped[datetime | None]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (
        sa.UniqueConstraint("author_id", "once"),
        sa.Index("ix_objection_waiting", "place_path", "answered_at"),
    )
