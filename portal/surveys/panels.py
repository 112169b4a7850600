"""What a topic's page shows of its questionnaires, and the way to start one."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core import access, panels
from ..core.actor import Actor
from ..core.nested import nested, unpack
from ..core.panels import Panel
from ..councils.models import Topic
from .models import Questionnaire
from .policy import Can
from .queries.pages import sheets_in
from .words import SurveyState


class Brief(NamedTuple):
    """A questionnaire as the page of its topic shows it."""

    id: int
    state: str
    title: str
    per: str
    closes_at: datetime
    asked: int
    sheets: int
    opened: bool


def _of_topic(model: type[Topic]) -> Any:
    found = sa.select(
        Questionnaire.id,
        Questionnaire.state,
        Questionnaire.title,
        Questionnaire.per,
        Questionnaire.closes_at,
        Questionnaire.asked,
        sheets_in().label("sheets"),
        Questionnaire.opened_at.is_not(None).label("opened"),
    ).where(Questionnaire.topic_id == model.id)
    return nested(found.order_by(Questionnaire.id.desc()).limit(10), of=model)


def _main(_actor: Actor, topic: Any) -> dict[str, Any] | None:
    briefs = unpack(Brief, topic.panel_surveys or [])
    shown = [b for b in briefs if b.opened]
    return {"surveys": shown} if shown else None


def _next(actor: Actor, topic: Any) -> dict[str, Any] | None:
    briefs = unpack(Brief, topic.panel_surveys or [])
    if not access.may(actor, Can.DRAFT, topic):
        return None
    return {"drafts": [b for b in briefs if b.state == SurveyState.DRAFT]}


panels.add(Panel("surveys", "topic", "main", "surveys/on_topic.html", _main, _of_topic))
panels.add(Panel("survey_buttons", "topic", "next", "surveys/buttons.html", _next))
