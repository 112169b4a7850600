"""Figures of a community, kept as things happen, so that a page shows a year without counting it."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import PathType, word
from ..core.db import Model


class What(StrEnum):
    """What is counted."""

    RAISED = "raised"
    CLOSED = "closed"
    ANSWERED = "answered"
    IN_TIME = "in_time"
    """Official responses given before their hour; a part of ANSWERED."""


class Figure(Model):
    """How often something happened in a community in a month (its first day)."""

    __tablename__ = "figure"

    place_path: Mapped[str] = mapped_column(PathType, primary_key=True)
    """Of the community."""
    month: Mapped[date] = mapped_column(primary_key=True)
    what: Mapped[What] = mapped_column(word(What), primary_key=True)
    count: Mapped[int] = mapped_column(sa.Integer)
