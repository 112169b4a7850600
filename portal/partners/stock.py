"""Taking a piece from the shelf and putting it back. Called by actions only. The database refuses the piece that is not
there, whoever asks and however many at once: an UPDATE that finds no row, and a CHECK behind it."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ..core.db import db, dialect, read, write
from .models import Offer, OfferSpan, Redemption
from .refusals import Refused
from .rules import span_start
from .words import RedemptionState, Why

_OFFER = Offer.metadata.tables[Offer.__tablename__]
_SPAN = Offer.metadata.tables[OfferSpan.__tablename__]
_THIS = _OFFER.c.id == sa.bindparam("offer")
_NOW = sa.and_(_SPAN.c.offer_id == sa.bindparam("offer"), _SPAN.c.starts == sa.bindparam("day"))
_TAKE = sa.update(_OFFER).where(_THIS, _OFFER.c.left > 0).values(left=_OFFER.c.left - 1)
_RETURN = sa.update(_OFFER).where(_THIS, _OFFER.c.left.is_not(None)).values(left=_OFFER.c.left + 1)
_TAKE_NOW = (
    sa.update(_SPAN)
    .where(_NOW, _SPAN.c.taken < sa.bindparam("most_now"))
    .values(taken=_SPAN.c.taken + 1, most=sa.bindparam("most_now"))
)
_RETURN_NOW = sa.update(_SPAN).where(_NOW, _SPAN.c.taken > 0).values(taken=_SPAN.c.taken - 1)
TAKEN = (RedemptionState.HELD, RedemptionState.USED, RedemptionState.REVERSED)
"""Of these a piece is not on the shelf. What was put right comes back by hand only."""
_GONE = sa.select(sa.func.count(Redemption.id)).where(
    Redemption.offer_id == sa.bindparam("offer"), Redemption.counted, Redemption.state.in_(TAKEN)
)
_TAKEN = sa.select(_SPAN.c.taken).where(_NOW)


def taken_now(offer: Offer, today: date) -> int:
    """Pieces taken in the day, week or month that it is."""
    start = span_start(offer.span, today)
    if offer.per_span is None or start is None:
        return 0
    rows = read(_TAKEN, {"offer": offer.id, "day": start})
    return int(rows[0][0]) if rows else 0


def take(offer: Offer, today: date) -> tuple[date | None, bool]:
    """One piece: in which span it was counted, and whether from the whole stock. Raises Refused."""
    counted = offer.left is not None
    if counted and not write(_TAKE, {"offer": offer.id}).rowcount:
        raise Refused(Why.SOLD_OUT)
    start = span_start(offer.span, today) if offer.per_span is not None else None
    if start is not None:
        insert = postgresql.insert if dialect() == "postgresql" else sqlite.insert
        most = {"offer_id": offer.id, "starts": start, "taken": 0, "most": offer.per_span}
        write(insert(_SPAN).on_conflict_do_nothing(), most)
        if not write(_TAKE_NOW, {"offer": offer.id, "day": start, "most_now": offer.per_span}).rowcount:
            raise Refused(Why.SOLD_OUT_NOW)
    db.session.expire(offer, ["left"])
    return start, counted


def stocked(offer: Offer, there: int | None) -> int | None:
    """All that was ever put on the shelf, once `left` was changed from `there`: what came or went by hand is added. A
    shelf that begins to be counted begins with what is taken of it."""
    if offer.left is None:
        return None
    if there is not None and offer.stocked is not None:
        return offer.stocked + offer.left - there
    return offer.left + int(read(_GONE, {"offer": offer.id})[0][0])


def put_back(offer: Offer, span: date | None, counted: bool) -> None:
    if counted:
        write(_RETURN, {"offer": offer.id})
    if span is not None:
        write(_RETURN_NOW, {"offer": offer.id, "day": span})
    db.session.expire(offer, ["left"])
