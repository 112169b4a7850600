"""At the doors: who may knock, what came of it, and the sheets that were filled in there or on paper."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from ...accounts.models import Relation, User
from ...core import clock
from ...core.access import under
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotAllowed, NotVisible
from ...core.eventlog import record
from ...core.text import _
from ...places.models import Unit
from .. import rules
from ..events import Knocked, QuestionnaireAnswered, VisitorNamed, VisitorReleased
from ..models import Questionnaire, SurveyKnock, SurveyParticipation, SurveyVisitor
from ..policy import Can
from ..queries.reach import COUNTS, Dwelling, building_of, questions_of
from ..rules import Sheet
from ..words import BY_OTHERS, Channel, Knock
from .answering import checked, put_in, take_part


@action(Can.VISIT, share=True)
def enter_sheet(
    actor: Actor,
    questionnaire: Questionnaire,
    *,
    unit_id: int,
    marked: Mapping[int, Sequence[str]],
    relation: Relation,
    channel: Channel,
    once: str,
) -> None:
    """Hand in what a household answered at the door or on paper, as somebody of it (`relation`) said it.

    The same `once` again changes nothing. Raises Invalid like `answer_questionnaire`, Conflict if the household has
    answered, NotVisible for one that is not asked.
    """
    _in_time(questionnaire)
    unit = _unit(questionnaire, unit_id)
    if channel not in BY_OTHERS:
        raise Invalid(_("请选是上门问的还是纸质问卷。"), "channel")
    questions = questions_of(questionnaire.id)
    answers = checked(questions, marked)
    where = Dwelling(unit.id, building_of(unit.place_path), relation)
    if take_part(actor, questionnaire, where, channel, once):
        put_in(questionnaire, questions, Sheet(answers, where.building_id or 0, relation, unit.id))
        record(actor, questionnaire.box, QuestionnaireAnswered())


@action(Can.VISIT)
def knock(actor: Actor, questionnaire: Questionnaire, *, unit_id: int, came: Knock, before: int = 0) -> None:
    """Note that nobody was at home or that they would not answer. Raises Conflict if they have answered.

    `before` is how often somebody had been there by the visitor's page: the same visit is not counted twice.
    """
    _in_time(questionnaire)
    unit = _unit(questionnaire, unit_id)
    answered = sa.select(SurveyParticipation.id).where(
        SurveyParticipation.questionnaire_id == questionnaire.id, SurveyParticipation.unit_id == unit.id
    )
    if db.session.scalar(answered) is not None:
        raise Conflict(_("这一户已经答过了，一户一份。"))
    assert actor.id is not None
    noted = db.session.get(SurveyKnock, (questionnaire.id, unit.id))
    if noted is None:
        own = {"questionnaire_id": questionnaire.id, "unit_id": unit.id}
        store(SurveyKnock(**own, came=came, times=1, by_id=actor.id, at=actor.now))
    elif noted.times == before:
        noted.came, noted.times, noted.by_id, noted.at = came, noted.times + 1, actor.id, actor.now
    else:
        return
    record(actor, questionnaire.box, Knocked(unit.id, came))


@action(Can.NAME_VISITORS)
def name_visitor(actor: Actor, questionnaire: Questionnaire, *, phone: str) -> None:
    """Let a volunteer knock at the doors, by the phone of his account. Raises Invalid for nobody of the community."""
    found = sa.select(User).where(
        User.phone == phone.strip(), User.closed_at.is_(None), under(User.place_path, actor.community)
    )
    volunteer = db.session.scalar(found)
    if volunteer is None:
        raise Invalid(_("本社区没有这个手机号的账号。"), "phone")
    if db.session.get(SurveyVisitor, (questionnaire.id, volunteer.id)) is not None:
        return
    assert actor.id is not None
    own = {"questionnaire_id": questionnaire.id, "user_id": volunteer.id}
    store(SurveyVisitor(**own, named_by_id=actor.id, at=actor.now))
    record(actor, questionnaire.box, VisitorNamed(volunteer.id))


@action(Can.NAME_VISITORS)
def release_visitor(actor: Actor, questionnaire: Questionnaire, *, user_id: int) -> None:
    """He knocks no more. Raises NotVisible if he never did."""
    named = db.session.get(SurveyVisitor, (questionnaire.id, user_id))
    if named is None:
        raise NotVisible()
    db.session.delete(named)
    record(actor, questionnaire.box, VisitorReleased(user_id))


def _in_time(questionnaire: Questionnaire) -> None:
    if not rules.in_time(clock.now(), questionnaire.closes_at):
        raise NotAllowed(_("已经过了截止时间，不能再录了。"))


def _unit(questionnaire: Questionnaire, unit_id: int) -> Unit:
    """A household that is asked. Raises NotVisible."""
    found = sa.select(Unit).where(
        Unit.id == unit_id, COUNTS, under(Unit.place_path, questionnaire.place_path)
    )
    unit = db.session.scalar(found)
    if unit is None:
        raise NotVisible()
    return unit
