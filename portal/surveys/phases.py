"""What questionnaires say of the way of their topic: its people were asked, on the screen, on paper and at the door."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ..core.columns import Rows
from ..core.errors import Unmet
from ..core.text import _
from ..councils.courses import Phase
from ..councils.phases import Feed, Trace, feed
from .models import Questionnaire
from .queries.pages import sheets_in
from .words import SurveyState

OVER = (SurveyState.CLOSED, SurveyState.PUBLISHED)
SHOWN = (SurveyState.OPEN, *OVER)


def _rows(topic: Any) -> Rows:
    """Closed with at least one sheet is done: one that nobody answered asked nobody."""
    sheets = sheets_in()
    done = sa.and_(Questionnaire.state.in_(OVER), sheets > 0)
    return (
        sa.select(
            done,
            Questionnaire.id,
            Questionnaire.state,
            sa.func.coalesce(Questionnaire.closed_at, Questionnaire.closes_at),
            Questionnaire.title,
            sheets.label("sheets"),
            Questionnaire.asked,
        )
        .where(Questionnaire.topic_id == topic.id, Questionnaire.state.in_(SHOWN))
        .order_by(done.desc(), Questionnaire.id.desc())
        .limit(3)
    )


def _told(trace: Trace) -> tuple[str, str]:
    given = {"title": trace.words, "n": trace.n, "all": trace.of}
    if trace.state == SurveyState.OPEN:
        words = _("《%(title)s》正在问，答了 %(n)s 份，共 %(all)s 份", **given)
    else:
        words = _("《%(title)s》答了 %(n)s 份，共 %(all)s 份", **given)
    return words, f"/surveys/{trace.id}"


def _lack(topic_id: int, traces: Sequence[Trace]) -> Unmet:
    if not traces:
        return Unmet(
            _("还没有用问卷问过大家怎么想，网上、上门、纸上一起问。"), f"/surveys/new?topic={topic_id}"
        )
    if traces[0].state == SurveyState.OPEN:
        return Unmet(_("意见征询还没有截止。"), f"/surveys/{traces[0].id}")
    return Unmet(_("意见征询一份答卷也没有收到，请再问一次。"), f"/surveys/new?topic={topic_id}")


feed(Feed(Phase.ASKED, _rows, _told, _lack))
