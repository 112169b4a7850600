"""Objections: on the page of the vote, in the list of all, and the one that is answered."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access
from ...core.actor import Actor
from ...core.columns import LARGEST_ID, Rows
from ...core.db import db, read
from ...core.leaves_text import masked
from ...core.listing import Column, Listing, Sort, answered, by_word
from ...core.text import N_, _
from ..models.elections import Candidate
from ..models.votes import OwnersVote, VoteObjection
from ..upheld import unmended
from ..words import OBJECTION_WORD, ObjectionKind
from .elections import standing_there

OBJECTIONS_SHOWN = 20
objector = sa.orm.aliased(User)
answerer = sa.orm.aliased(User)


class ObjectionLine(NamedTuple):
    """An objection with its answer."""

    id: int
    vote_id: int
    place_path: str
    kind: str
    author_id: int
    author_name: str
    text: str
    at: datetime
    answer: str
    upheld: bool | None
    answered_by: str | None
    answered_at: datetime | None
    unchanged_because: str
    unchanged_at: datetime | None
    unmended: int
    """It was upheld, and what has to follow has not been done."""
    candidate: str | None


OBJECTION_COLUMNS = (
    VoteObjection.id,
    VoteObjection.vote_id,
    VoteObjection.place_path,
    VoteObjection.kind,
    VoteObjection.author_id,
    objector.name.label("author_name"),
    VoteObjection.text,
    VoteObjection.at,
    VoteObjection.answer,
    VoteObjection.upheld,
    shown(answerer).label("answered_by"),
    VoteObjection.answered_at,
    VoteObjection.unchanged_because,
    VoteObjection.unchanged_at,
    unmended().label("unmended"),
    Candidate.name.label("candidate"),
)


OBJECTED = (
    sa.select(VoteObjection.kind, sa.func.count())
    .where(VoteObjection.vote_id == OwnersVote.id)
    .group_by(VoteObjection.kind)
)
"""How many objections of each kind, as a nested column of a vote."""


def with_names(found: Rows) -> Rows:
    """Objections with the people of both sides, and whom they are against."""
    return (
        found.join(objector, objector.id == VoteObjection.author_id)
        .outerjoin(answerer, answerer.id == VoteObjection.answered_by_id)
        .outerjoin(Candidate, Candidate.id == VoteObjection.candidate_id)
    )


def of_vote() -> Rows:
    """Of a vote, as a nested column: those that wait come first, then the latest."""
    return (
        with_names(sa.select(*OBJECTION_COLUMNS))
        .where(VoteObjection.vote_id == OwnersVote.id)
        .order_by(VoteObjection.answered_at.is_not(None), VoteObjection.id.desc())
        .limit(OBJECTIONS_SHOWN)
    )


def answering_page(actor: Actor, vote_objection_id: int) -> SimpleNamespace | None:
    """An objection with the vote it is about, for the page that answers it. One query."""
    if vote_objection_id > LARGEST_ID:
        return None
    found = (
        with_names(sa.select(*OBJECTION_COLUMNS))
        .add_columns(
            OwnersVote.number,
            OwnersVote.title,
            OwnersVote.roll_until,
            OwnersVote.objections_until,
            OwnersVote.opens_at,
            OwnersVote.state.label("vote_state"),
            standing_there().label("stands_for"),
        )
        .join(OwnersVote, OwnersVote.id == VoteObjection.vote_id)
        .where(VoteObjection.id == vote_objection_id, access.rows(actor, VoteObjection))
    )
    rows = read(found, {"me": actor.id})
    if not rows:
        return None
    vote = SimpleNamespace(state=rows[0].vote_state)
    return as_objection(rows[0], vote, stands_for=bool(rows[0].stands_for))


def answer_due(
    author_id: int | None, vote_id: int, kind: ObjectionKind, candidate_id: int | None = None
) -> bool:
    """Whether somebody's objection of the kind still waits for its answer; he raises the next one after it."""
    his = sa.exists().where(
        VoteObjection.vote_id == vote_id,
        VoteObjection.kind == kind,
        VoteObjection.author_id == author_id,
        VoteObjection.candidate_id.is_not_distinct_from(candidate_id),
        VoteObjection.answered_at.is_(None),
    )
    return bool(db.session.scalar(sa.select(his)))


def as_objection(line: Any, vote: Any, *, stands_for: bool) -> SimpleNamespace:
    """A read line as the rules ask about it. `stands_for`: the reader is a candidate of the vote himself."""
    return SimpleNamespace(
        **{**line._asdict(), "__tablename__": "vote_objection", "vote": vote, "stands_for": stands_for}
    )


def _fate(objection: Any) -> str:
    if objection.answered_at is None:
        return _("等答复")
    return _("成立") if objection.upheld else _("不成立")


OBJECTIONS = Listing(
    model=VoteObjection,
    select=with_names(sa.select(*OBJECTION_COLUMNS)),
    search=(VoteObjection.text, VoteObjection.answer),
    sorts=(Sort("new", N_("最新提出"), VoteObjection.at),),
    filters=(
        by_word("kind", N_("对什么"), VoteObjection.kind, OBJECTION_WORD),
        answered(VoteObjection.answered_at),
    ),
    columns=(
        Column(N_("提出时间"), lambda o: o.at),
        Column(N_("提出人"), lambda o: masked(o.author_name)),
        Column(N_("对什么"), lambda o: _(OBJECTION_WORD[o.kind])),
        Column(N_("候选人"), lambda o: o.candidate),
        Column(N_("异议"), lambda o: o.text),
        Column(N_("成立吗"), _fate),
        Column(N_("答复"), lambda o: o.answer),
        Column(N_("答复时间"), lambda o: o.answered_at),
        Column(N_("名册不改的理由"), lambda o: o.unchanged_because),
    ),
)
