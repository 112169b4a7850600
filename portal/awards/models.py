"""Awards with their categories, who was put forward by whom, objections to the posted names, and certificates."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import Id, PlacePath, word
from ..core.db import Model
from ..voting.words import RollKind, Secrecy
from .words import AwardState, Days, NomineeState, Ties, Vacancy, Verdict, Whom


class Award(Model):
    """One round of honours (评选). What is announced stands: criteria, places, days, and how the order comes about."""

    __tablename__ = "award"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    place_label: Mapped[str] = mapped_column(sa.String(120))
    council_id: Mapped[int] = mapped_column(sa.ForeignKey("council.id"))
    """Who holds its poll."""
    state: Mapped[AwardState] = mapped_column(word(AwardState), default=AwardState.NOMINATING)
    title: Mapped[str] = mapped_column(sa.String(60))
    criteria: Mapped[str] = mapped_column(sa.String(1200))
    nominate_until: Mapped[datetime]
    """Not a state: a nomination at or after this instant is refused whatever the state says."""
    vote_days: Mapped[int]
    posting_days: Mapped[int]
    posting_kind: Mapped[Days] = mapped_column(word(Days))
    roll_kind: Mapped[RollKind] = mapped_column(word(RollKind))
    secrecy: Mapped[Secrecy] = mapped_column(word(Secrecy))
    ties: Mapped[Ties] = mapped_column(word(Ties))
    vacancy: Mapped[Vacancy] = mapped_column(word(Vacancy), default=Vacancy.NEXT)
    order_source: Mapped[str] = mapped_column(sa.String(200))
    """Which public number puts the nominees in order on the paper, said before anybody is nominated."""
    order_seed: Mapped[str] = mapped_column(sa.String(200), default="")
    """The number as it came."""
    posted_at: Mapped[datetime | None]
    posted_until: Mapped[datetime | None]
    """Not a state either."""
    objections_open: Mapped[int] = mapped_column(default=0)
    because: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why nominations were opened for longer, or it was cancelled."""
    announced_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("announced_by_id", "once"),
        sa.Index("ix_award_place_moved", "place_path", "moved_at", "id"),
        sa.Index("ix_award_state_until", "state", "nominate_until"),
    )

    @property
    def story(self) -> str:
        return f"award:{self.id}"


class AwardCategory(Model):
    """Persons or groups, with so many places; one poll each."""

    __tablename__ = "award_category"

    id: Mapped[Id]
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(30))
    whom: Mapped[Whom] = mapped_column(word(Whom))
    places: Mapped[int]
    poll_id: Mapped[int | None] = mapped_column(sa.ForeignKey("poll.id"), unique=True)
    counted_at: Mapped[datetime | None]
    """When its poll was certified and the ranking stands."""
    dropped_because: Mapped[str] = mapped_column(sa.String(300), default="")

    __table_args__ = (sa.UniqueConstraint("award_id", "position"),)


class Nominee(Model):
    """Somebody, or a group, who was put forward (候选). What staff need to reach him is wiped when the award ends."""

    __tablename__ = "nominee"

    id: Mapped[Id]
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    category_id: Mapped[int] = mapped_column(sa.ForeignKey("award_category.id"), index=True)
    place_path: Mapped[PlacePath]
    """Of the award."""
    state: Mapped[NomineeState] = mapped_column(word(NomineeState), default=NomineeState.PROPOSED)
    name: Mapped[str] = mapped_column(sa.String(40))
    where: Mapped[str] = mapped_column(sa.String(40))
    """Where he lives or works, as neighbours say it."""
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """His account, or that of who speaks for the group."""
    contact: Mapped[str] = mapped_column(sa.String(60), default="")
    """How staff reach him, where no account was found. Never shown to others."""
    about: Mapped[str] = mapped_column(sa.String(120), default="")
    """The line on the paper."""
    nominators: Mapped[int] = mapped_column(default=0)
    named: Mapped[bool] = mapped_column(default=False)
    """Whether the public page of a certificate may give the name in full."""
    consent_at: Mapped[datetime | None]
    consent_how: Mapped[str] = mapped_column(sa.String(200), default="")
    """As staff wrote it down; empty where he said it himself."""
    consent_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    reviewed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    reviewed_at: Mapped[datetime | None]
    refused_because: Mapped[str] = mapped_column(sa.String(300), default="")
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("nominee.id"))
    position: Mapped[int | None]
    """On the paper, as the public number put him."""
    title: Mapped[str] = mapped_column(sa.String(60), default="")
    """His line on the paper."""
    votes: Mapped[int | None]
    rank: Mapped[int | None]
    honoured: Mapped[bool] = mapped_column(default=False)
    removed_because: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why he was struck out of the ranking after an objection."""
    renounced_at: Mapped[datetime | None]
    """When he gave up the honour he had won."""
    renounced_how: Mapped[str] = mapped_column(sa.String(200), default="")
    """As staff wrote it down; empty where he said it himself."""
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.Index("ix_nominee_award", "award_id", "state"),
        sa.Index("ix_nominee_place_created", "place_path", "created_at", "id"),
    )

    @property
    def story(self) -> str:
        return f"award:{self.award_id}"


class Nomination(Model):
    """Somebody puts a nominee forward, with the reason. Counted in public, and not named."""

    __tablename__ = "nomination"

    id: Mapped[Id]
    nominee_id: Mapped[int] = mapped_column(sa.ForeignKey("nominee.id"))
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """None for somebody without an account, who came to the counter."""
    spoken_for: Mapped[str] = mapped_column(sa.String(40), default="")
    """His name then."""
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(sa.String(600))
    shown: Mapped[bool] = mapped_column(default=False)
    """Whether the reason lay before whoever admitted the nominee; until then it is for staff and whoever wrote it."""
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (
        sa.UniqueConstraint("nominee_id", "by_id"),
        sa.UniqueConstraint("written_by_id", "once"),
        sa.CheckConstraint("(by_id IS NULL) <> (spoken_for = '')", name="account_or_name"),
    )


class AwardObjection(Model):
    """Reasons against somebody whose name hangs out, and what was found."""

    __tablename__ = "award_objection"

    id: Mapped[Id]
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    nominee_id: Mapped[int] = mapped_column(sa.ForeignKey("nominee.id"), index=True)
    place_path: Mapped[PlacePath]
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(sa.String(600))
    raised_at: Mapped[datetime]
    verdict: Mapped[Verdict | None] = mapped_column(word(Verdict))
    answer: Mapped[str] = mapped_column(sa.String(600), default="")
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (
        sa.UniqueConstraint("author_id", "once"),
        sa.Index("ix_award_objection_waiting", "place_path", "answered_at"),
    )

    @property
    def story(self) -> str:
        return f"award:{self.award_id}"


class AwardCertificate(Model):
    """A numbered paper for who was honoured (证书). It is checked by its code; a revoked one stays and says so."""

    __tablename__ = "award_certificate"

    id: Mapped[Id]
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    nominee_id: Mapped[int] = mapped_column(sa.ForeignKey("nominee.id"), unique=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """As of the nominee."""
    place_path: Mapped[PlacePath]
    community_path: Mapped[PlacePath]
    """Whose numbers it is one of."""
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(sa.String(20))
    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    revoked_at: Mapped[datetime | None]
    revoked_because: Mapped[str] = mapped_column(sa.String(300), default="")
    revoked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    __table_args__ = (sa.UniqueConstraint("community_path", "year", "serial"),)

    @property
    def story(self) -> str:
        return f"award:{self.award_id}"
