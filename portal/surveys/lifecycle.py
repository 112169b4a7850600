"""How a questionnaire moves. The hour is a column that guards read, never a state."""

from collections.abc import Iterable

from ..core import clock
from ..core.actor import Actor
from ..core.errors import Unmet
from ..core.lifecycle import Lifecycle, Move
from ..core.text import _
from . import events as e
from .models import Questionnaire
from .policy import Can
from .queries.reach import how_many
from .rules import in_time
from .words import SurveyState

S = SurveyState


def hour_ahead(questionnaire: Questionnaire, _actor: Actor) -> Iterable[Unmet]:
    """What would be over at once is not opened."""
    if not in_time(clock.now(), questionnaire.closes_at):
        yield Unmet(_("截止时间已经过了，请先改一个时间。"), f"/surveys/{questionnaire.id}/edit")


def somebody_asked(questionnaire: Questionnaire, actor: Actor) -> Iterable[Unmet]:
    if not how_many(questionnaire, actor.today):
        yield Unmet(_("这个地方还没有登记的房屋或住户，没有人可以问。"))


def hour_passed(questionnaire: Questionnaire, _actor: Actor) -> Iterable[Unmet]:
    """Before the hour it takes a reason."""
    if in_time(clock.now(), questionnaire.closes_at):
        yield Unmet(_("还没到截止时间。要提前截止，请写明为什么。"), f"/surveys/{questionnaire.id}/cutting")


def reason_given(questionnaire: Questionnaire, _actor: Actor) -> Iterable[Unmet]:
    if not questionnaire.because:
        yield Unmet(_("请写明为什么。"))


SURVEY = Lifecycle(
    Questionnaire,
    SurveyState,
    Move(e.QuestionnaireOpened, Can.OPEN, (S.DRAFT,), S.OPEN, (hour_ahead, somebody_asked)),
    Move(e.QuestionnaireClosed, Can.CLOSE, (S.OPEN,), S.CLOSED, (hour_passed,)),
    Move(e.QuestionnaireCutShort, Can.CUT_SHORT, (S.OPEN,), S.CLOSED, (reason_given,)),
    Move(e.QuestionnairePublished, Can.PUBLISH, (S.CLOSED,), S.PUBLISHED),
    Move(e.QuestionnairePutAway, Can.WITHDRAW, (S.DRAFT,), S.WITHDRAWN, (reason_given,)),
    Move(e.QuestionnaireWithdrawn, Can.WITHDRAW, (S.OPEN, S.CLOSED), S.WITHDRAWN, (reason_given,)),
)
