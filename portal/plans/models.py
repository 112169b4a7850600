"""The drafts of a topic's plan."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import Id, Money, PlacePath, word
from ..core.db import Model
from ..councils.words import Party


class Draft(Model):
    """One wording of what is proposed. It is never changed: a new one takes its place."""

    __tablename__ = "plan_draft"

    id: Mapped[Id]
    topic_id: Mapped[int] = mapped_column(sa.ForeignKey("topic.id"))
    place_path: Mapped[PlacePath]
    number: Mapped[int]
    """1 is the first of its topic."""
    body: Mapped[str] = mapped_column(sa.Text)
    changes: Mapped[str] = mapped_column(sa.String(500))
    """What is different from the draft before, in a sentence; empty for the first."""
    cost: Mapped[Money | None]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    party: Mapped[Party] = mapped_column(word(Party))
    once: Mapped[str] = mapped_column(sa.String(32))
    at: Mapped[datetime]
    adopted: Mapped[int] = mapped_column(default=0)
    """Answers that said so of this draft; counted along with them."""
    partly: Mapped[int] = mapped_column(default=0)
    declined: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.UniqueConstraint("topic_id", "number"), sa.UniqueConstraint("by_id", "once"))

    @property
    def story(self) -> str:
        return f"topic:{self.topic_id}"
