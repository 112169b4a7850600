"""What owners say of ballots that staff entered in their names."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..challenges import Claim, Fate


class BallotChallenge(Model):
    """One ballot of the box, and why whoever it stands for says that it is none of his or wrong. It counts until two
    people have struck it out."""

    __tablename__ = "ballot_challenge"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    voter_id: Mapped[int] = mapped_column(sa.ForeignKey("voter.id"), index=True)
    place_path: Mapped[PlacePath]
    """Of the voter."""
    receipt: Mapped[str] = mapped_column(sa.String(9))
    changes: Mapped[int]
    """Of the ballot: one that was given anew since is another."""
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    """Who put it into the box, and so does not answer. Nor do those who read the same paper after him."""
    second_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    third_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    claim: Mapped[Claim] = mapped_column(word(Claim))
    text: Mapped[str] = mapped_column(sa.String(600))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
    due: Mapped[datetime]
    fate: Mapped[Fate] = mapped_column(word(Fate), default=Fate.WAITING)
    answer: Mapped[str] = mapped_column(sa.String(600), default="")
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """The second person, of one that was struck out."""
    confirmed_at: Mapped[datetime | None]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (
        sa.UniqueConstraint("vote_id", "receipt", "changes"),
        sa.UniqueConstraint("by_id", "once"),
    )
