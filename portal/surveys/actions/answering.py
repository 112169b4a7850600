"""Answers in: one transaction writes that somebody answered and, elsewhere, what.

Several answer at once (the questionnaire's row is shared); closing it waits for them and they for it. The hour is read
from the clock again inside the transaction.
"""

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ...core import clock
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db, dialect, write
from ...core.errors import Conflict, Invalid, NotAllowed, Unmet
from ...core.eventlog import record
from ...core.text import _
from .. import box, rules
from ..events import QuestionnaireAnswered, SheetDisplaced
from ..models import Questionnaire, SurveyParticipation
from ..policy import Can
from ..queries.reach import Dwelling, dwelling_of, questions_of, relation_of
from ..rules import Asked, Sheet
from ..words import BY_OTHERS, FLAW_WORD, Channel, Per

_tables = Questionnaire.metadata.tables
_participation, _sheet = _tables["survey_participation"], _tables["survey_sheet"]
_TAKES_PART: dict[str, Any] = {
    "sqlite": sqlite.insert(_participation).on_conflict_do_nothing().returning(_participation.c.id),
    "postgresql": postgresql.insert(_participation).on_conflict_do_nothing().returning(_participation.c.id),
}
_PUT_IN = sa.insert(_sheet)


@action(Can.ANSWER, share=True)
def answer_questionnaire(
    actor: Actor,
    questionnaire: Questionnaire,
    *,
    marked: Mapping[int, Sequence[str]],
    once: str,
    unit_id: int | None = None,
) -> None:
    """Hand in a sheet for one's household (`unit_id` one of one's own) or oneself. It is final: nothing leads to it.

    It takes the place of one that somebody else entered for the household at its door or from paper: whoever comes
    first with their number does not shut them out.
    The same `once` again changes nothing. Raises Invalid for answers that will not do, Conflict for a second sheet,
    NotAllowed after the hour or for a household that is not one's own.
    """
    _in_time(questionnaire)
    questions = questions_of(questionnaire.id)
    answers = checked(questions, marked)
    where = _whose(actor, questionnaire, unit_id)
    channel = Channel.ONLINE if actor.entered_by is None else Channel.STAFF
    if take_part(actor, questionnaire, where, channel, once):
        put_in(questionnaire, questions, Sheet(answers, where.building_id or 0, where.relation))
        record(actor, questionnaire.box, QuestionnaireAnswered())


def checked(questions: Sequence[Asked], marked: Mapping[int, Sequence[str]]) -> rules.Answers:
    """The answers, all of them fit. Raises Invalid for the first that is not."""
    answers, flaws = rules.sheet(questions, marked)
    for position, flaw in flaws.items():
        raise Invalid(_(FLAW_WORD[flaw]), f"q{position}")
    if not answers:
        raise Invalid(_("一题也没答，请至少答一题。"), "q0")
    return answers


def take_part(
    actor: Actor, questionnaire: Questionnaire, where: Dwelling, channel: Channel, once: str
) -> bool:
    """Enter that they have answered; False if this very form did so before. Raises Conflict if another did, unless
    that was entered by others and this is their own."""
    by_household = questionnaire.per is Per.HOUSEHOLD
    row = {
        "questionnaire_id": questionnaire.id,
        "unit_id": where.unit_id if by_household else None,
        "person_id": None if by_household else actor.id,
        "building_id": where.building_id,
        "channel": channel,
        "by_id": actor.id,
        "entered_by_id": actor.entered_by,
        "at": actor.now,
        "once": once,
    }
    if write(_TAKES_PART[dialect()], row).rows or _instead(actor, questionnaire, row):
        return True
    mine = sa.select(SurveyParticipation.id).where(
        SurveyParticipation.questionnaire_id == questionnaire.id,
        SurveyParticipation.by_id == actor.id,
        SurveyParticipation.once == once,
    )
    if db.session.scalar(mine) is not None:
        return False
    said = _("这一户已经答过了，一户一份。") if by_household else _("您已经答过了，一人一份。")
    raise Conflict(Unmet(said, f"/surveys/{questionnaire.id}"))


def _instead(actor: Actor, questionnaire: Questionnaire, row: dict[str, Any]) -> bool:
    """Whether it stands now where somebody else's entry stood."""
    if row["unit_id"] is None or row["channel"] in BY_OTHERS:
        return False
    mine = {name: row[name] for name in ("channel", "by_id", "entered_by_id", "at", "once")}
    instead = (
        sa.update(SurveyParticipation)
        .where(
            SurveyParticipation.questionnaire_id == questionnaire.id,
            SurveyParticipation.unit_id == row["unit_id"],
            SurveyParticipation.channel.in_(BY_OTHERS),
        )
        .values(displaced=SurveyParticipation.channel, **mine)
        .returning(SurveyParticipation.id)
    )
    if db.session.execute(instead).first() is None:
        return False
    record(actor, questionnaire.box, SheetDisplaced())
    return True


def put_in(questionnaire: Questionnaire, questions: Sequence[Asked], sheet: Sheet) -> None:
    """The sheet itself, sealed, under a number of chance."""
    sealed = box.seal(questionnaire.id, sheet, rules.widest(questions))
    write(_PUT_IN, {"id": token_hex(16), "questionnaire_id": questionnaire.id, "content": sealed})


def _in_time(questionnaire: Questionnaire) -> None:
    if not rules.in_time(clock.now(), questionnaire.closes_at):
        raise NotAllowed(_("已经过了截止时间，不能再答了。"))


def _whose(actor: Actor, questionnaire: Questionnaire, unit_id: int | None) -> Dwelling:
    """The household it is for, with the building; of a person where he lives there."""
    assert actor.id is not None
    if questionnaire.per is Per.PERSON:
        return relation_of(questionnaire, actor.id, actor.today)
    found = dwelling_of(questionnaire, actor.id, actor.today, unit_id) if unit_id is not None else None
    if found is None:
        raise NotAllowed(_("请替您自己家答：要是登记在您名下、在问卷范围里的房屋。"))
    return found
