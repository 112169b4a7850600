"""How the tie of a poll was broken: announced first, drawn later, both kept."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import PlacePath, word
from ..core.db import Model
from .tie_words import TieWay


class TieBreak(Model):
    """One a poll. A lot that is announced is not changed any more; it is drawn, or given up for a run-off."""

    __tablename__ = "tie_break"

    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"), primary_key=True)
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    way: Mapped[TieWay] = mapped_column(word(TieWay))
    source: Mapped[str] = mapped_column(sa.String(200), default="")
    """Which public number decides, and where anybody can look it up."""
    digits: Mapped[int | None]
    """Of that number, noughts before it too: what is drawn with has as many."""
    draws_at: Mapped[datetime | None]
    """From when on the number is known; the lot is not drawn before."""
    first_witness: Mapped[str] = mapped_column(sa.String(40), default="")
    second_witness: Mapped[str] = mapped_column(sa.String(40), default="")
    announced_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    announced_at: Mapped[datetime]
    seed: Mapped[str] = mapped_column(sa.String(200), default="")
    """The number as it came."""
    drawn: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """The tied options in the order of the lot."""
    chosen: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """Those of them who get what was left."""
    drawn_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    drawn_at: Mapped[datetime | None]
    run_off_id: Mapped[int | None] = mapped_column(sa.ForeignKey("poll.id"), index=True)
