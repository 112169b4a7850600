"""What the pages of a discussion read: columns, not entities. The first page of all parties is one statement, and
its cost does not grow with the discussion: an index gives each party's first comments."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ..accounts.models import Grant, User
from ..core.actor import Actor
from ..core.columns import LARGEST_ID, Rows
from ..core.db import read
from ..core.nested import nested, unpack
from ..core.terms import in_term
from . import rules
from .models import Agreement, Comment, Hiding, PartyCount, UptakeAnswer
from .words import OFFICIAL, PARTIES, CommentState

_subject = sa.bindparam("subject", type_=sa.String)
_me = sa.bindparam("me", type_=sa.Integer)
_day = sa.bindparam("day", type_=sa.Date)
_AGREED, _NEWEST = "agreed", "new"
ORDERS = (_AGREED, _NEWEST)


class Row(NamedTuple):
    """A comment with its author's names, its replies, and what the reader did. A reply arrives inside the row of what
    it answers, with the first twenty (`_columns`)."""

    id: int
    author_id: int
    party: str
    state: CommentState
    body: str
    """Empty for a hidden one that the reader did not write."""
    home: str
    name: str
    nickname: str
    post: str
    reason: str | None
    agreements: int
    agreed: bool
    entered: bool
    version: int
    created_at: datetime
    editable_until: datetime
    uptake: str | None
    draft: int | None
    uptake_reason: str | None
    asks: bool
    replies: int = 0
    answers: "Sequence[Row]" = ()
    of_party: int = 0
    """Comments of its party on the subject, replies left out; 0 where it was not asked for."""


def _is(column: Any, *words: str) -> Any:
    """The column is one of these words. The words are ours and stand in the statement itself: a list of parameters
    would be expanded anew at every run, which costs more than the query."""
    return sa.or_(*(column == sa.literal_column(f"'{word}'") for word in words))


def _constant(number: int) -> Any:
    """A number of ours, in the statement itself."""
    return sa.literal_column(str(number), sa.Integer)


def _columns(comment: Any) -> tuple[Any, ...]:
    """The first twenty of `Row`; a hidden text stays in the database."""
    post = (
        sa.select(sa.func.coalesce(sa.func.nullif(Grant.title, ""), sa.cast(Grant.role, sa.String)))
        .where(Grant.user_id == comment.author_id, in_term(Grant, _day))
        .order_by(Grant.id)
        .limit(_constant(1))
        .correlate(comment)
        .scalar_subquery()
    )
    reason = (
        sa.select(sa.cast(Hiding.reason, sa.String))
        .where(Hiding.comment_id == comment.id, Hiding.lifted_at.is_(None))
        .order_by(Hiding.id.desc())
        .limit(_constant(1))
        .correlate(comment)
        .scalar_subquery()
    )
    agreed = sa.exists(
        sa.select(sa.literal(1))
        .where(Agreement.comment_id == comment.id, Agreement.user_id == _me)
        .correlate(comment)
    )
    hidden = _is(comment.state, CommentState.HIDDEN)
    readable = sa.or_(sa.not_(hidden), comment.author_id == _me)
    return (
        comment.id,
        comment.author_id,
        comment.party,
        comment.state,
        sa.case((readable, comment.body), else_="").label("body"),
        comment.home,
        User.name,
        User.nickname,
        sa.case((_is(comment.party, *OFFICIAL, "merchant"), sa.func.coalesce(post, "")), else_="").label(
            "post"
        ),
        sa.case((hidden, reason), else_=None).label("reason"),
        comment.agreements,
        agreed.label("agreed"),
        comment.entered_by_id.is_not(None).label("entered"),
        comment.version,
        comment.created_at,
        comment.editable_until,
        comment.uptake,
        comment.draft,
        sa.case((comment.uptake.is_not(None), _why(comment)), else_=None).label("uptake_reason"),
        comment.asks,
    )


def _why(comment: Any) -> Any:
    """The reason that the latest answer to an opinion gives."""
    return (
        sa.select(UptakeAnswer.reason)
        .where(UptakeAnswer.comment_id == comment.id)
        .order_by(UptakeAnswer.id.desc())
        .limit(_constant(1))
        .correlate(comment)
        .scalar_subquery()
    )


def _answers() -> Any:
    """The first replies of a comment; not looked for where there are none."""
    reply = aliased(Comment, name="reply")
    first = (
        sa.select(*_columns(reply))
        .join(User, User.id == reply.author_id)
        .where(reply.reply_to_id == Comment.id)
        .order_by(reply.id)
        .limit(_constant(rules.REPLIES))
    )
    return sa.case((Comment.replies > 0, nested(first, of=Comment)), else_=sa.null()).label("answers")


_of_party = sa.func.coalesce(PartyCount.comments, 0).label("of_party")
_LINES: Rows = (
    sa.select(*_columns(Comment), Comment.replies, _answers())
    .select_from(Comment)
    .join(User, User.id == Comment.author_id)
)


def _order(order: str) -> tuple[Any, ...]:
    newest = (Comment.id.desc(),)
    return newest if order == _NEWEST else (Comment.agreements.desc(), *newest)


_top = (Comment.subject == _subject, Comment.reply_to_id.is_(None))
_my_last = sa.select(sa.func.max(Comment.id)).where(*_top, Comment.author_id == _me).correlate(None)


def _first(order: str) -> Rows:
    """The first comments of every party, and the reader's own latest, which he should find without searching."""
    chosen = [
        sa.select(Comment.id)
        .where(*_top, _is(Comment.party, party))
        .order_by(*_order(order))
        .limit(_constant(rules.FIRST))
        for party in PARTIES
    ]
    ids = sa.union_all(*(sa.select(c.subquery().c.id) for c in chosen), _my_last)
    counted = sa.and_(PartyCount.subject == Comment.subject, PartyCount.party == Comment.party)
    found = _LINES.add_columns(_of_party).outerjoin(PartyCount, counted)
    return found.where(Comment.id.in_(ids)).order_by(*_order(order))


_FIRST = {order: _first(order) for order in ORDERS}
_party = sa.bindparam("party", type_=sa.String)
_PARTY = {
    order: _LINES.add_columns(sa.literal(0).label("of_party"))
    .where(*_top, Comment.party == _party)
    .order_by(*_order(order))
    .limit(rules.PAGE + 1)
    for order in ORDERS
}
_ONE = _LINES.add_columns(sa.literal(0).label("of_party")).where(
    Comment.id == sa.bindparam("id", type_=sa.Integer)
)
_REPLIES = (
    _LINES.add_columns(sa.literal(0).label("of_party"))
    .where(Comment.reply_to_id == sa.bindparam("id", type_=sa.Integer))
    .order_by(Comment.id)
    .limit(rules.PAGE + 1)
)
_COUNTS = sa.select(PartyCount.party, PartyCount.comments).where(PartyCount.subject == _subject)


def first_page(actor: Actor, subject: str, order: str) -> list[Row]:
    """The first comments of every party on a subject; one query."""
    return _rows(actor, _FIRST[order], subject=subject)


def party_page(actor: Actor, subject: str, party: str, order: str, after: str = "") -> list[Row]:
    """A page of one party's comments and one row more if there are more; one query."""
    found = _PARTY[order]
    key = _key(after)
    if key:
        agreements, id, above = key
        here = sa.tuple_(Comment.agreements, Comment.id) < sa.tuple_(sa.literal(agreements), sa.literal(id))
        found = found.where(here if order == _AGREED else Comment.id < id, Comment.id != above)
    return _rows(actor, found, subject=subject, party=party)


def party_counts(subject: str) -> dict[str, int]:
    """Party → its comments on a subject, replies left out."""
    rows = read(_COUNTS, {"subject": subject})
    return {row.party: row.comments for row in rows}


def one(actor: Actor, comment_id: int) -> Row:
    """One comment with its first replies; it must exist."""
    return _rows(actor, _ONE, id=comment_id)[0]


def maybe(actor: Actor, subject: str, comment_id: int) -> Row | None:
    """One comment if it is on this subject; a number that came from a form."""
    found = _rows(actor, _ONE.where(Comment.subject == subject), id=comment_id)
    return found[0] if found else None


def replies(actor: Actor, comment_id: int, after: int = 0) -> list[Row]:
    """A page of the replies to a comment, oldest first, and one row more if there are more."""
    return _rows(actor, _REPLIES.where(Comment.id > after), id=comment_id)


def cursor(row: Any, above: int = 0) -> str:
    """Where the page after this row begins; `above` is the comment that was put on top out of its turn."""
    return f"{row.agreements}~{row.id}~{above}"


def above(after: str) -> int:
    """The comment that was put on top, as the cursor says."""
    key = _key(after)
    return key[2] if key else 0


def _key(after: str) -> tuple[int, int, int] | None:
    """What `cursor` wrote; None for anything else."""
    parts = after.split("~")
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() and len(p) <= 10 for p in parts):
        return None
    agreements, id, top = (int(p) for p in parts)
    return (agreements, id, top) if max(agreements, id, top) <= LARGEST_ID else None


def _rows(actor: Actor, found: Rows, **given: Any) -> list[Row]:
    rows = read(found, {"me": actor.id, "day": actor.today, **given})
    return [Row._make((*row[:21], unpack(Row, row.answers or ()), row.of_party)) for row in rows]
