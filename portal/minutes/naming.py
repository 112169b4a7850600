"""Whose names stand in what was typed: those of all accounts of the community, since anybody may be spoken of."""

from collections.abc import Iterable

import sqlalchemy as sa

from ..accounts.models import User
from ..core.db import db


def names_within(community_path: str, texts: Iterable[str]) -> list[str]:
    """The names of accounts that occur in the texts; one statement, which brings only those that do. A closed account
    keeps its name out of sight too."""
    whole = "\n".join(texts)
    found = sa.select(User.name).where(
        User.place_path == community_path, sa.literal(whole).contains(User.name)
    )
    return [name for name in db.session.scalars(found.distinct()) if name in whole]
