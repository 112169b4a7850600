"""The doors of a questionnaire: the households of a building with what came of knocking, and who knocks."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...core.access import under
from ...core.db import db
from ...places.models import Place, Unit
from ..models import SurveyKnock, SurveyParticipation, SurveyVisitor
from ..rules import Door
from ..words import Channel, Knock
from .reach import COUNTS

MOST = 1000


class DoorLine(NamedTuple):
    """A household as the list of doors shows it."""

    id: int
    label: str
    channel: Channel | None
    came: Knock | None
    times: int | None

    @property
    def door(self) -> Door:
        refused = self.came is Knock.REFUSED
        return Door(self.id, self.channel is not None, refused, 0 if refused else self.times or 0)


def doors_of(survey: Any, building_id: int) -> list[DoorLine]:
    """The households of a building in their order (0: those in no building); one query."""
    building = sa.orm.aliased(Place)
    found = _doors(survey)
    if building_id:
        within = sa.and_(building.id == building_id, Unit.place_path.startswith(building.place_path))
        found = found.join(building, within)
    else:
        found = found.where(~_in_a_building(building))
    return [DoorLine(*row) for row in db.session.execute(found.order_by(Place.sort_key, Unit.id).limit(MOST))]


def door_of(survey: Any, unit_id: int) -> DoorLine | None:
    """One household, None if it is not asked."""
    row = db.session.execute(_doors(survey).where(Unit.id == unit_id)).first()
    return DoorLine(*row) if row else None


def _in_a_building(building: Any) -> sa.Exists:
    return sa.exists().where(building.kind == "building", Unit.place_path.startswith(building.place_path))


def _doors(survey: Any) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Unit.id, Place.label, SurveyParticipation.channel, SurveyKnock.came, SurveyKnock.times)
        .join(Place, Place.id == Unit.id)
        .outerjoin(
            SurveyParticipation,
            sa.and_(
                SurveyParticipation.questionnaire_id == survey.id, SurveyParticipation.unit_id == Unit.id
            ),
        )
        .outerjoin(
            SurveyKnock, sa.and_(SurveyKnock.questionnaire_id == survey.id, SurveyKnock.unit_id == Unit.id)
        )
        .where(under(Unit.place_path, survey.place_path), COUNTS)
    )


def visitors_of(questionnaire_id: int) -> list[Any]:
    """(id, name) of the volunteers who may knock."""
    found = (
        sa.select(User.id, User.name)
        .join(SurveyVisitor, SurveyVisitor.user_id == User.id)
        .where(SurveyVisitor.questionnaire_id == questionnaire_id)
    )
    return list(db.session.execute(found.order_by(SurveyVisitor.at, User.id)))
