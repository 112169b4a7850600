"""What is made of the answers: published with its method, texts chosen, what was done because of it."""

import sqlalchemy as sa

from ...core import access
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid, NotVisible
from ...core.eventlog import record
from ...core.hiding import hidden
from ...core.numbers import row_number
from ...core.scanning import hosts
from ...core.text import _
from ...councils.models import Topic
from .. import rules
from ..events import ActedOn, QuestionnairePublished, RemarkChosen, RemarkDropped
from ..lifecycle import SURVEY
from ..models import Questionnaire, SurveyOutcome, SurveyQuestion, SurveyRemark, SurveySheet
from ..policy import Can
from ..words import Kind

MOST_REMARKS = 60
TOPICS = "/topics/"


@action(Can.PUBLISH)
def publish_questionnaire(actor: Actor, questionnaire: Questionnaire) -> None:
    """Let everybody see the result."""
    counted = sa.select(sa.func.count()).where(SurveySheet.questionnaire_id == questionnaire.id)
    sheets = db.session.scalar(counted) or 0
    SURVEY.move(actor, questionnaire, QuestionnairePublished(questionnaire.id, sheets))


@action(Can.READ_TEXTS)
def choose_remark(
    actor: Actor, questionnaire: Questionnaire, *, position: int, text: str, once: str
) -> SurveyRemark:
    """Let everybody read a text, as it is given here without numbers that lead to somebody. The same `once` again
    returns the first. Raises Invalid for an empty one."""
    if known := made(SurveyRemark, once, chosen_by_id=actor.id):
        return known
    asked = db.session.get(SurveyQuestion, (questionnaire.id, position))
    if asked is None or asked.kind is not Kind.TEXT:
        raise NotVisible()
    if not text.strip():
        raise Invalid(_("这一段话空了。"), "text")
    held = sa.select(sa.func.count()).where(SurveyRemark.questionnaire_id == questionnaire.id)
    if (db.session.scalar(held) or 0) >= MOST_REMARKS:
        raise Invalid(_("最多公布 %(most)d 段话。", most=MOST_REMARKS), "text")
    assert actor.id is not None
    remark = SurveyRemark(
        questionnaire_id=questionnaire.id,
        position=position,
        text=hidden(text.strip(), (), anonymous=True),
        chosen_by_id=actor.id,
        at=actor.now,
        once=once,
    )
    store(remark)
    record(actor, questionnaire.box, RemarkChosen(remark.id))
    return remark


@action(Can.READ_TEXTS)
def drop_remark(actor: Actor, questionnaire: Questionnaire, *, remark_id: int) -> None:
    """Take a text down again."""
    remark = db.session.get(SurveyRemark, remark_id)
    if remark is None or remark.questionnaire_id != questionnaire.id:
        raise NotVisible()
    record(actor, questionnaire.box, RemarkDropped(remark.id))
    db.session.delete(remark)


@action(Can.ACT_ON)
def act_on(
    actor: Actor, questionnaire: Questionnaire, *, text: str, address: str, once: str
) -> SurveyOutcome:
    """Say in public what was done because of the answers. The same `once` again returns the first. Raises Invalid for
    a page that is no topic or decision."""
    if known := made(SurveyOutcome, once, by_id=actor.id):
        return known
    if not text.strip():
        raise Invalid(_("请写据此办了什么。"), "text")
    page = _page(actor, address)
    assert actor.id is not None
    outcome = SurveyOutcome(
        questionnaire_id=questionnaire.id,
        text=text.strip(),
        address=page,
        by_id=actor.id,
        at=actor.now,
        once=once,
    )
    store(outcome)
    record(actor, questionnaire, ActedOn(outcome.id))
    return outcome


def _page(actor: Actor, address: str) -> str:
    """What is kept of an address. A topic must be one that he sees; decisions are kept above this feature."""
    page = rules.page_of(address, hosts())
    if page is None or (page.startswith(TOPICS) and not _sees(actor, page.removeprefix(TOPICS))):
        raise Invalid(_("请粘贴本网站一个议题或决定的网址，或者不填。"), "address")
    return page


def _sees(actor: Actor, topic: str) -> bool:
    number = row_number(topic)
    found = sa.select(Topic.id).where(Topic.id == number, access.rows(actor, Topic))
    return number is not None and db.session.scalar(found) is not None
