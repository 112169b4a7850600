"""What of the register counts, and how many units of each use there are."""

import sqlalchemy as sa

from ...core.access import under
from ...core.db import db
from ..models import Unit, Use

COUNTED = Unit.gone_on.is_(None)
"""What was retired counts nowhere."""


def uses_at(path: str) -> dict[Use, int]:
    """Units by use at or under one place; one query."""
    rows = db.session.execute(
        sa.select(Unit.use, sa.func.count()).where(under(Unit.place_path, path), COUNTED).group_by(Unit.use)
    )
    return dict(rows.all())
