"""What waits around questionnaires: one I can answer; for the desk, one whose hour has passed or that is to be
published."""

import sqlalchemy as sa

from ..accounts.models import Membership
from ..core import waiting
from ..core.access import Condition
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.terms import in_term
from ..core.text import N_
from ..core.waiting import DAY, ME, Kind, lines, those
from ..places.models import Unit
from .models import Questionnaire, SurveyParticipation
from .policy import Can
from .queries.reach import COUNTS
from .words import Per


def _lines(kind: str, party: str) -> Rows:
    return lines(
        kind,
        Questionnaire,
        title=Questionnaire.title,
        since=Questionnaire.moved_at,
        party=party,
        due=Questionnaire.closes_at,
    )


@prepared
def _to_answer(mine: Condition) -> Rows:
    """Open questionnaires that a household of mine, or I, have not answered."""
    answered = sa.select(SurveyParticipation.id).where(
        SurveyParticipation.questionnaire_id == Questionnaire.id
    )
    home = (
        sa.select(Membership.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(
            Membership.user_id == ME,
            in_term(Membership, DAY),
            COUNTS,
            Membership.place_path.startswith(Questionnaire.place_path),
            ~answered.where(SurveyParticipation.unit_id == Unit.id).correlate(Questionnaire, Unit).exists(),
        )
        .correlate(Questionnaire)
        .exists()
    )
    person = ~answered.where(SurveyParticipation.person_id == ME).correlate(Questionnaire).exists()
    open_to_me = sa.case((Questionnaire.per == Per.HOUSEHOLD, home), else_=person)
    return _lines("answer_survey", "resident").where(mine, open_to_me)


@prepared
def _to_close(mine: Condition) -> Rows:
    return _lines("close_survey", "community").where(mine)


@prepared
def _to_publish(mine: Condition) -> Rows:
    return _lines("publish_survey", "community").where(mine)


waiting.add(
    "answer_survey",
    Kind(N_("可以答的问卷"), N_("去答"), "clipboard-list", "surveys.show", "questionnaire_id", True),
    those(Questionnaire, Can.ANSWER, _to_answer),
)
waiting.add(
    "close_survey",
    Kind(N_("问卷到时间了"), N_("去截止"), "hourglass", "surveys.show", "questionnaire_id", False),
    those(Questionnaire, Can.CLOSE, _to_close),
)
waiting.add(
    "publish_survey",
    Kind(N_("问卷等公布"), N_("去公布"), "badge-check", "survey_results.show", "questionnaire_id", False),
    those(Questionnaire, Can.PUBLISH, _to_publish),
)
