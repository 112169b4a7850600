"""What a council was called and asked for before it was changed."""

from typing import Any

import sqlalchemy as sa

from ..accounts.models import User
from ..accounts.naming import shown
from ..core.db import db
from .models import Council, CouncilBefore


def before(council: Council) -> list[Any]:
    """The latest first."""
    found = (
        sa.select(
            CouncilBefore.name,
            CouncilBefore.endorsements_needed,
            CouncilBefore.screening_days,
            CouncilBefore.until,
            shown(User).label("by"),
        )
        .join(User, User.id == CouncilBefore.changed_by_id)
        .where(CouncilBefore.council_id == council.id)
    )
    return list(db.session.execute(found.order_by(CouncilBefore.id.desc()).limit(50)))
