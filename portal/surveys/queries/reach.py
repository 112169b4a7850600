"""Whom a questionnaire reaches: how many there are to ask, and which household or person somebody answers for."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from ...accounts.models import Membership, Relation, User
from ...core.access import containing, under
from ...core.db import db
from ...core.directory import directory
from ...core.terms import in_term
from ...places.models import Place, PlaceKind, Unit, Use
from ...places.queries.figures import COUNTED
from ..models import Questionnaire, SurveyQuestion
from ..rules import Asked
from ..words import Per

ASKED_USES = (Use.HOME, Use.SHOP, Use.OFFICE)
"""Nobody lives or works in a parking space."""
COUNTS = sa.and_(COUNTED, Unit.use.in_(ASKED_USES))


class Dwelling(NamedTuple):
    """For which unit and in which building somebody answers, and what he is there."""

    unit_id: int | None
    building_id: int | None
    relation: str


def how_many(questionnaire: Questionnaire, day: date) -> int:
    """Households or people there are to be asked on a day."""
    count = sa.select(sa.func.count())
    if questionnaire.per is Per.HOUSEHOLD:
        found = count.select_from(Unit).where(under(Unit.place_path, questionnaire.place_path), COUNTS)
    else:
        assert directory.belonging
        there = directory.belonging(questionnaire.place_path, day)
        found = count.select_from(User).where(User.closed_at.is_(None), there)
    return db.session.scalar(found) or 0


def questions_of(questionnaire_id: int) -> list[Asked]:
    found = (
        sa.select(
            SurveyQuestion.kind,
            SurveyQuestion.text,
            SurveyQuestion.required,
            SurveyQuestion.options,
            SurveyQuestion.most,
        )
        .where(SurveyQuestion.questionnaire_id == questionnaire_id)
        .order_by(SurveyQuestion.position)
    )
    return [
        Asked(kind, text, required, tuple(options), most)
        for kind, text, required, options, most in db.session.execute(found)
    ]


def dwelling_of(questionnaire: Questionnaire, user_id: int, day: date, unit_id: int) -> Dwelling | None:
    """The unit if it is his and is asked; None else."""
    found = _memberships(questionnaire, user_id, day).where(Membership.unit_id == unit_id, COUNTS)
    row = db.session.execute(found.limit(1)).first()
    return Dwelling(row.unit_id, building_of(row.place_path), row.relation) if row else None


def relation_of(questionnaire: Questionnaire, user_id: int, day: date) -> Dwelling:
    """What he is at the place: by the first unit he belongs to, else somebody who works there."""
    row = db.session.execute(_memberships(questionnaire, user_id, day).limit(1)).first()
    if row is None:
        return Dwelling(None, None, Relation.WORKER)
    return Dwelling(None, building_of(row.place_path), row.relation)


def building_of(path: str) -> int | None:
    """The building that a unit is in, None for a shop in no building."""
    found = sa.select(Place.id).where(
        Place.place_path.in_(containing(path)), Place.kind == PlaceKind.BUILDING
    )
    return db.session.scalar(found.limit(1))


def _memberships(questionnaire: Questionnaire, user_id: int, day: date) -> sa.Select[int, str, Relation]:
    return (
        sa.select(Membership.unit_id, Membership.place_path, Membership.relation)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(
            Membership.user_id == user_id,
            under(Membership.place_path, questionnaire.place_path),
            in_term(Membership, day),
        )
        .order_by(Membership.id)
    )
