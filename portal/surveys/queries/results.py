"""What the page of a result shows: who was reached, by which way and in which building, and what was made of it."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.access import under
from ...core.db import db
from ...core.nested import nested, unpack
from ...places.models import Place, PlaceKind, Unit
from ..models import Questionnaire, SurveyOutcome, SurveyParticipation, SurveyRemark
from ..words import Channel
from .reach import COUNTS


class Building(NamedTuple):
    """A building, how many households there were to ask and how many answered. 0: in no building."""

    id: int
    name: str
    units: int
    answered: int


class Remark(NamedTuple):
    id: int
    position: int
    text: str


class Outcome(NamedTuple):
    text: str
    address: str
    at: datetime


def coverage(survey: Any) -> list[Building]:
    """Buildings in their order; one query."""
    above, over = sa.orm.aliased(Place), sa.orm.aliased(Place)
    own = sa.orm.aliased(Place)
    building = sa.case(
        (above.kind == PlaceKind.BUILDING, above.id), (over.kind == PlaceKind.BUILDING, over.id), else_=0
    )
    counted = (
        sa.select(building.label("building"), sa.func.count().label("units"))
        .select_from(Unit)
        .join(own, own.id == Unit.id)
        .outerjoin(above, above.id == own.parent_id)
        .outerjoin(over, over.id == above.parent_id)
        .where(under(Unit.place_path, survey.place_path), COUNTS)
        .group_by(building)
        .subquery()
    )
    where = sa.func.coalesce(SurveyParticipation.building_id, 0)
    came = (
        sa.select(where.label("building"), sa.func.count().label("answered"))
        .where(SurveyParticipation.questionnaire_id == survey.id)
        .group_by(where)
        .subquery()
    )
    estate = sa.orm.aliased(Place)
    rows = db.session.execute(
        sa.select(counted.c.building, Place.name, estate.name, counted.c.units, came.c.answered)
        .select_from(counted)
        .outerjoin(came, came.c.building == counted.c.building)
        .outerjoin(Place, Place.id == counted.c.building)
        .outerjoin(estate, estate.id == Place.parent_id)
        .order_by(
            sa.case((counted.c.building == 0, 1), else_=0),
            estate.sort_key,
            sa.func.length(Place.sort_key),
            Place.sort_key,
            counted.c.building,
        )
    ).all()
    several = len({of for _id, _name, of, _units, _came in rows if of}) > 1
    return [
        Building(id_, f"{of} {name}" if several and name else name or "", units, answered or 0)
        for id_, name, of, units, answered in rows
    ]


class Around(NamedTuple):
    """What stands around the figures."""

    channels: dict[Channel, int]
    displaced: int
    """Sheets that others had entered for households that then answered themselves."""
    remarks: list[Remark]
    outcomes: list[Outcome]


def around(questionnaire_id: int) -> Around:
    """By which ways the answers came, the texts everybody may read, and what was done because of them, the latest
    first; one query."""
    channels = (
        sa.select(SurveyParticipation.channel, sa.func.count())
        .where(SurveyParticipation.questionnaire_id == Questionnaire.id)
        .group_by(SurveyParticipation.channel)
    )
    displaced = (
        sa.select(sa.func.count())
        .where(
            SurveyParticipation.questionnaire_id == Questionnaire.id,
            SurveyParticipation.displaced.is_not(None),
        )
        .correlate(Questionnaire)
        .scalar_subquery()
    )
    outcomes = sa.select(SurveyOutcome.text, SurveyOutcome.address, SurveyOutcome.at)
    outcomes = outcomes.where(SurveyOutcome.questionnaire_id == Questionnaire.id)
    found = sa.select(
        nested(channels, of=Questionnaire).label("channels"),
        nested(_remarks().where(SurveyRemark.questionnaire_id == Questionnaire.id), of=Questionnaire),
        nested(outcomes.order_by(SurveyOutcome.id.desc()).limit(20), of=Questionnaire),
        displaced,
    ).where(Questionnaire.id == questionnaire_id)
    came, remarks, done, gone = db.session.execute(found).one()
    counts = {Channel(channel): n for channel, n in came}
    ways = {channel: counts[channel] for channel in Channel if channel in counts}
    return Around(ways, gone, unpack(Remark, remarks), unpack(Outcome, done))


def remarks_of(questionnaire_id: int) -> list[Remark]:
    """The texts that everybody may read."""
    found = _remarks().where(SurveyRemark.questionnaire_id == questionnaire_id)
    return [Remark(*row) for row in db.session.execute(found)]


def _remarks() -> sa.Select[int, int, str]:
    return sa.select(SurveyRemark.id, SurveyRemark.position, SurveyRemark.text).order_by(SurveyRemark.id)
