"""After the questions: closing by the clock or before it with the reason, and taking back."""

import sqlalchemy as sa

from ...core import clock, ticks
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid
from ...core.text import _
from .. import box
from ..events import QuestionnaireClosed, QuestionnaireCutShort, QuestionnairePutAway, QuestionnaireWithdrawn
from ..lifecycle import SURVEY
from ..models import Questionnaire
from ..policy import Can
from ..words import SurveyState

AT_ONCE = 100


@action(Can.CLOSE)
def close_questionnaire(actor: Actor, questionnaire: Questionnaire) -> None:
    """Close it after its hour; its sheets are unsealed and put into an order of chance."""
    questionnaire.closed_at = questionnaire.closes_at
    sheets = box.open_it(questionnaire)
    SURVEY.move(actor, questionnaire, QuestionnaireClosed(questionnaire.id, sheets))


@action(Can.CUT_SHORT)
def cut_short(actor: Actor, questionnaire: Questionnaire, *, reason: str) -> None:
    """Close it before its hour. Raises Invalid without the reason."""
    _because(questionnaire, reason)
    questionnaire.closed_at = actor.now
    sheets = box.open_it(questionnaire)
    SURVEY.move(actor, questionnaire, QuestionnaireCutShort(questionnaire.id, sheets))


@action(Can.WITHDRAW)
def withdraw_questionnaire(actor: Actor, questionnaire: Questionnaire, *, reason: str) -> None:
    """Take it back before its result is published. Sealed sheets stay sealed; a draft is only put away. Raises Invalid
    without the reason."""
    _because(questionnaire, reason)
    box.put_away(questionnaire)
    draft = questionnaire.state is SurveyState.DRAFT
    event = QuestionnairePutAway if draft else QuestionnaireWithdrawn
    SURVEY.move(actor, questionnaire, event(questionnaire.id))


def close_due(actor: Actor) -> int:
    """Close every questionnaire whose hour has passed; how many were closed."""
    due = sa.select(Questionnaire).where(
        Questionnaire.state == SurveyState.OPEN, Questionnaire.closes_at <= clock.now()
    )
    found = db.session.scalars(due.order_by(Questionnaire.closes_at).limit(AT_ONCE)).all()
    return ticks.each(found, lambda questionnaire: close_questionnaire(actor, questionnaire))


def _because(questionnaire: Questionnaire, reason: str) -> None:
    if not reason.strip():
        raise Invalid(_("请写明为什么。"), "reason")
    questionnaire.because = reason.strip()
