"""What the ground needs to know of people without knowing the feature that keeps them (accounts fills it)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

Condition = sa.ColumnElement[bool]


@dataclass
class Directory:
    """Conditions over the table of people, for the reading "who may do it?", and names for the log."""

    people: Any = None
    """The mapped class of people; it has `id` and `display_name`."""
    present: Callable[[str], Condition] = lambda path: sa.false()
    """(path) → people with an open account in the community of the place: nobody else ever acts there."""
    holding: Callable[[str, str, date], Condition] | None = None
    """(role, path, day) → people who hold the role at the place or above it on that day."""
    belonging: Callable[[str, date], Condition] | None = None
    """(path, day) → people who belong to a unit under the place on that day."""


directory = Directory()
