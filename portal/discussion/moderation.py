"""What moderators and authors read about one comment: its reports and the decisions so far."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core.db import db
from . import rules
from .models import Appeal, Hiding, Report


class Case(NamedTuple):
    """What a moderator needs beside the comment: who reported what, and the decisions so far."""

    reports: Sequence[Any]
    hidings: Sequence[Any]


_REPORTS = (
    sa.select(Report.reason, Report.note, Report.at, Report.settled_at)
    .where(Report.comment_id == sa.bindparam("id", type_=sa.Integer))
    .order_by(Report.at.desc())
    .limit(rules.PAGE)
)
_HIDINGS = (
    sa.select(
        Hiding.id,
        Hiding.reason,
        Hiding.note,
        Hiding.at,
        Hiding.party,
        Hiding.by_id,
        Hiding.lifted_at,
        Appeal.note.label("appeal"),
        Appeal.at.label("appealed_at"),
        Appeal.rule_by,
        Appeal.ruled_at,
        Appeal.upheld,
        Appeal.answer,
    )
    .outerjoin(Appeal, Appeal.hiding_id == Hiding.id)
    .where(Hiding.comment_id == sa.bindparam("id", type_=sa.Integer))
    .order_by(Hiding.id.desc())
    .limit(rules.PAGE)
)


def case(comment_id: int) -> Case:
    """The reports on a comment, newest first and without their authors, and its hidings with their appeals."""
    asked = {"id": comment_id}
    return Case(db.session.execute(_REPORTS, asked).all(), db.session.execute(_HIDINGS, asked).all())


def hidings(comment_id: int) -> Sequence[Any]:
    """The decisions on a comment, newest first, with what the author objected and was answered."""
    return db.session.execute(_HIDINGS, {"id": comment_id}).all()
