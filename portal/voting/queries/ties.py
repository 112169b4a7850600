"""How the tie of a poll was broken; one query, asked only of polls that have one."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ...accounts.models import User
from ...accounts.naming import shown
from ...core.db import db
from ..models import Poll
from ..tie_models import TieBreak

_announcer, _drawer = aliased(User), aliased(User)
_TIE = (
    sa.select(
        TieBreak.way,
        TieBreak.source,
        TieBreak.digits,
        TieBreak.draws_at,
        TieBreak.first_witness,
        TieBreak.second_witness,
        TieBreak.announced_at,
        shown(_announcer).label("announcer"),
        TieBreak.seed,
        TieBreak.drawn,
        TieBreak.chosen,
        TieBreak.drawn_at,
        shown(_drawer).label("drawer"),
        TieBreak.run_off_id,
        Poll.state.label("run_off_state"),
        Poll.question.label("run_off_question"),
    )
    .join(_announcer, _announcer.id == TieBreak.announced_by_id)
    .outerjoin(_drawer, _drawer.id == TieBreak.drawn_by_id)
    .outerjoin(Poll, Poll.id == TieBreak.run_off_id)
    .where(TieBreak.poll_id == sa.bindparam("poll"))
)


def tie_of(poll: Any) -> Any:
    """The row, or None where nothing is tied or nothing was decided about it yet."""
    if not (poll.tally or {}).get("tied"):
        return None
    return db.session.execute(_TIE, {"poll": poll.id}).first()
