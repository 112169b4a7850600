"""Codes given out: printed on contact cards for units, told at the counter for a new password."""

from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ...core import access, clock
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ...places.models import Place, Unit
from ...places.queries.figures import COUNTED
from .. import codes
from ..events import CodesIssued, ResetCodeIssued
from ..models import Code, CodePurpose, Relation, User
from ..policy import Can

MOST = 400
"""Cards of one print run: what a page and a printer take."""
RESET_HOURS = 24


class Card(NamedTuple):
    """What is printed once; the code is not kept."""

    unit_id: int
    label: str
    estate: str
    code: str
    expires_at: datetime


@action(Can.ISSUE)
def issue_cards(
    actor: Actor, place: Place, *, relation: Relation, secret: str, copies: int = 1, days: int = 60
) -> list[Card]:
    """New codes for every unit at or under `place`, in the order people count; unused older ones of the same
    relation are void. `secret` keys the digests.

    Raises Invalid if there are too many units or none.
    """
    units = list(db.session.execute(_units(place.place_path).limit(MOST // copies + 1)))
    if not units:
        raise Invalid(_("这里没有房屋，不用印卡。"), "place")
    if len(units) > MOST // copies:
        raise Invalid(_("一次最多印 %(most)d 张，请按楼栋分开印。", most=MOST), "place")
    expires = actor.now + timedelta(days=days)
    voided = _void(
        actor, CodePurpose.CLAIM, Code.unit_id.in_([u.id for u in units]), Code.relation == relation
    )
    cards = [Card(u.id, u.label, u.estate, codes.fresh(), expires) for u in units for _copy in range(copies)]
    paths = {u.id: u.place_path for u in units}
    store(*(_code(actor, c, paths[c.unit_id], relation, codes.digest(c.code, secret)) for c in cards))
    record(actor, place, CodesIssued(len(cards), voided, relation, clock.local(expires).date()))
    return cards


def _units(path: str) -> sa.Select[int, str, str, str]:
    estate = aliased(Place)
    return (
        sa.select(Unit.id, Place.label, estate.name.label("estate"), Unit.place_path)
        .join(Place, Place.id == Unit.id)
        .join(estate, estate.id == Unit.estate_id)
        .where(access.under(Unit.place_path, path), COUNTED)
        .order_by(estate.sort_key, Place.sort_key, Unit.id)
    )


def _void(actor: Actor, purpose: CodePurpose, *which: sa.ColumnElement[bool]) -> int:
    """Unused codes that newer ones replace; how many."""
    unused = sa.and_(Code.purpose == purpose, Code.used_at.is_(None), Code.voided_at.is_(None), *which)
    result = db.session.execute(sa.update(Code).where(unused).values(voided_at=actor.now))
    return result.rowcount  # type: ignore[attr-defined, no-any-return]


def _code(actor: Actor, card: Card, path: str, relation: Relation, digest: str) -> Code:
    return Code(
        place_path=path,
        purpose=CodePurpose.CLAIM,
        digest=digest,
        unit_id=card.unit_id,
        relation=relation,
        issued_by_id=actor.entered_by or actor.id,
        issued_at=actor.now,
        expires_at=card.expires_at,
    )


@action(Can.ISSUE_RESET)
def issue_reset_code(actor: Actor, user: User, *, secret: str) -> str:
    """A code, shown once, with which the person sets a new password within a day; older ones are void."""
    _void(actor, CodePurpose.PASSWORD, Code.user_id == user.id)
    code, expires = codes.fresh(), actor.now + timedelta(hours=RESET_HOURS)
    store(
        Code(
            place_path=user.place_path,
            purpose=CodePurpose.PASSWORD,
            digest=codes.digest(code, secret),
            user_id=user.id,
            issued_by_id=actor.id,
            issued_at=actor.now,
            expires_at=expires,
        )
    )
    record(actor, user, ResetCodeIssued(clock.local(expires).date()))
    return code
