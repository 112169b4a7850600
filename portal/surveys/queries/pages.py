"""What the pages of a questionnaire show; one query."""

from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import Membership
from ...core import access
from ...core.actor import Actor
from ...core.columns import LARGEST_ID
from ...core.db import db
from ...core.nested import nested, unpack
from ...core.terms import in_term
from ...councils.models import Topic
from ...places.models import Place, Unit
from ..models import Questionnaire, SurveyParticipation, SurveyQuestion, SurveyVisitor
from ..rules import Asked
from ..words import BY_OTHERS, Kind, Per
from .reach import COUNTS

_me = sa.bindparam("me", type_=sa.Integer)
_own = sa.orm.aliased(SurveyParticipation)


class Home(NamedTuple):
    """A household of the reader that is asked."""

    id: int
    label: str
    answered: bool
    """By one of the household."""
    entered: bool
    """By somebody else, at the door or from paper: their own would take its place."""


def sheets_in() -> sa.ScalarSelect[int]:
    """How many have answered."""
    counted = sa.select(sa.func.count()).where(SurveyParticipation.questionnaire_id == Questionnaire.id)
    return counted.correlate(Questionnaire).scalar_subquery()


def _visits() -> Any:
    named = sa.exists().where(
        SurveyVisitor.questionnaire_id == Questionnaire.id, SurveyVisitor.user_id == _me
    )
    return named.correlate(Questionnaire)


def _homes() -> Any:
    entered = sa.func.coalesce(_own.channel.in_(BY_OTHERS), sa.false())
    found = (
        sa.select(Unit.id, Place.label, sa.and_(_own.id.is_not(None), ~entered), entered)
        .select_from(Membership)
        .join(Unit, Unit.id == Membership.unit_id)
        .join(Place, Place.id == Unit.id)
        .outerjoin(_own, sa.and_(_own.questionnaire_id == Questionnaire.id, _own.unit_id == Unit.id))
        .where(
            Membership.user_id == _me,
            in_term(Membership),
            COUNTS,
            Membership.place_path.startswith(Questionnaire.place_path),
        )
        .order_by(
            sa.and_(_own.id.is_not(None), ~entered), Membership.id
        )  # what is left to answer is never cut off
        .limit(10)
    )
    return nested(found, of=Questionnaire).label("homes")


def _questions() -> Any:
    found = sa.select(
        SurveyQuestion.kind,
        SurveyQuestion.text,
        SurveyQuestion.required,
        sa.type_coerce(SurveyQuestion.options, sa.JSON).label("options"),
        SurveyQuestion.most,
    ).where(SurveyQuestion.questionnaire_id == Questionnaire.id)
    return nested(found.order_by(SurveyQuestion.position), of=Questionnaire).label("questions")


@cache
def _page() -> sa.Select[*tuple[Any, ...]]:
    columns = [c for c in sa.inspect(Questionnaire).column_attrs if c.key != "once"]
    mine = sa.and_(_own.questionnaire_id == Questionnaire.id, _own.person_id == _me)
    return (
        sa.select(
            *(getattr(Questionnaire, c.key) for c in columns),
            Topic.title.label("topic_title"),
            sheets_in().label("sheets"),
            _own.id.is_not(None).label("person_answered"),
            _visits().label("visits"),
            _homes(),
            _questions(),
        )
        .outerjoin(Topic, Topic.id == Questionnaire.topic_id)
        .outerjoin(_own, mine)
    )


def survey_page(actor: Actor, questionnaire_id: int) -> SimpleNamespace | None:
    """Everything a questionnaire's page shows. None if the actor may not see it."""
    if questionnaire_id > LARGEST_ID:
        return None
    found = _page().where(Questionnaire.id == questionnaire_id, access.rows(actor, Questionnaire))
    row = db.session.execute(found, {"me": actor.id}).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping)
    page.questions = [Asked(Kind(k), t, bool(r), tuple(o), m) for k, t, r, o, m in row.questions]
    homes = list(dict.fromkeys(unpack(Home, row.homes)))
    page.homes = [home for home in homes if not home.answered]
    page.home_items = [(home.id, home.label) for home in page.homes]
    page.entered_homes = [home.label for home in page.homes if home.entered]
    by_household = page.per is Per.HOUSEHOLD
    page.answered = bool(homes and not page.homes) if by_household else bool(row.person_answered)
    page.asks_me = bool(page.homes) if by_household else not page.answered
    return page
