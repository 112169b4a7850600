"""Writing a questionnaire and opening it: from then on its questions, its place and whom it asks stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import N_, _
from ...councils.models import Topic
from ...places.models import Place, PlaceKind
from .. import rules
from ..events import QuestionnaireAmended, QuestionnaireDrafted, QuestionnaireOpened
from ..lifecycle import SURVEY
from ..models import Questionnaire, SurveyQuestion
from ..policy import Can
from ..queries.reach import how_many
from ..rules import Asked
from ..words import Per

WHERE = (PlaceKind.COMMUNITY, PlaceKind.ESTATE, PlaceKind.BUILDING)
MOST_QUOTA = 1000
UNASKABLE = {
    "none": N_("请至少写一个问题。"),
    "too_many": N_("问题太多了，最多 12 个。"),
    "no_text": N_("有一题没写问什么。"),
    "options": N_("选一项、选几项的题，要写 2 到 12 个选项，一行一个。"),
    "alike": N_("有一题的选项重复了。"),
    "most": N_("最多选几项，不能比选项还多。"),
    "ends": N_("打分、填数、写话的题不用选项；打分题可以写两行，说明 1 分和 5 分是什么意思。"),
}


@dataclass(frozen=True)
class Wording:
    """What a questionnaire says."""

    title: str
    why: str
    used_for: str
    per: Per
    closes_at: datetime
    questions: Sequence[Asked]
    quota: int | None = None


@action(Can.DRAFT)
def draft_questionnaire(
    actor: Actor, place: Place, *, wording: Wording, once: str, topic: Topic | None = None
) -> Questionnaire:
    """Write a questionnaire for those of a place. Nobody else sees it before it is opened.

    The same `once` again returns the one it made before. Raises Invalid for a place, questions or an hour that will
    not do.
    """
    if known := made(Questionnaire, once, drafted_by_id=actor.id):
        return known
    if place.kind not in WHERE:
        raise Invalid(_("请选社区、小区或楼栋。"), "place_id")
    if topic is not None and not topic.place_path.startswith(actor.community):
        raise Invalid(_("请选本社区的议题。"), "topic_id")
    _check(actor, wording)
    assert actor.id is not None
    questionnaire = Questionnaire(
        place_path=place.place_path,
        place_label=place.label,
        topic_id=topic.id if topic else None,
        title=wording.title,
        why=wording.why,
        used_for=wording.used_for,
        per=wording.per,
        quota=_quota(wording),
        closes_at=wording.closes_at,
        drafted_by_id=actor.id,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(questionnaire)
    _print(questionnaire, wording.questions)
    record(actor, questionnaire, QuestionnaireDrafted(questionnaire.id))
    return questionnaire


@action(Can.AMEND)
def amend_questionnaire(
    actor: Actor, questionnaire: Questionnaire, *, wording: Wording, version: int
) -> None:
    """Change anything but the place, until it is opened; `version` is that of the draft the writer had before him.

    Raises Invalid like `draft_questionnaire`, Conflict if somebody changed it meanwhile.
    """
    _check(actor, wording)
    if questionnaire.version != version:
        raise Conflict(_("您写的时候，别人改过这份问卷。请先看一眼现在的样卷，再存一次就照您写的。"))
    questionnaire.version += 1
    questionnaire.title, questionnaire.why = wording.title, wording.why
    questionnaire.used_for, questionnaire.per = wording.used_for, wording.per
    questionnaire.closes_at, questionnaire.quota = wording.closes_at, _quota(wording)
    db.session.execute(sa.delete(SurveyQuestion).where(SurveyQuestion.questionnaire_id == questionnaire.id))
    _print(questionnaire, wording.questions)
    record(actor, questionnaire, QuestionnaireAmended(questionnaire.id))


@action(Can.OPEN)
def open_questionnaire(actor: Actor, questionnaire: Questionnaire) -> None:
    """Let the answers come in. Raises Conflict if its hour has passed or nobody is there to be asked."""
    questionnaire.asked = how_many(questionnaire, actor.today)
    questionnaire.opened_at = actor.now
    SURVEY.move(actor, questionnaire, QuestionnaireOpened(questionnaire.id, questionnaire.asked))


def _check(actor: Actor, wording: Wording) -> None:
    for name in ("title", "why", "used_for"):
        if not getattr(wording, name).strip():
            raise Invalid(_("这一项要填。"), name)
    if not rules.in_time(actor.now, wording.closes_at):
        raise Invalid(_("请给一个还没到的时间。"), "closes_at")
    if wording.closes_at - actor.now > rules.LONGEST_OPEN:
        raise Invalid(_("问卷最多开放 %(days)d 天。", days=rules.LONGEST_OPEN.days), "closes_at")
    if wording.quota is not None and not 1 <= wording.quota <= MOST_QUOTA:
        raise Invalid(_("请写 1 到 %(most)d 之间的数，或者不填。", most=MOST_QUOTA), "quota")
    if why := rules.unaskable(wording.questions):
        raise Invalid(_(UNASKABLE[why]), "questions")


def _quota(wording: Wording) -> int | None:
    """Of households only."""
    return wording.quota if wording.per is Per.HOUSEHOLD else None


def _print(questionnaire: Questionnaire, questions: Sequence[Asked]) -> None:
    store(
        *(
            SurveyQuestion(
                questionnaire_id=questionnaire.id,
                position=position,
                kind=asked.kind,
                text=asked.text,
                required=asked.required,
                options=list(asked.options),
                most=asked.most,
            )
            for position, asked in enumerate(questions)
        )
    )
