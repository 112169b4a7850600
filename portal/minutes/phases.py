"""What meetings say of the way of a topic: it was explained, it was talked about at the table, and the minutes are
sealed and published. A meeting without them proves nothing."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.columns import Rows
from ..core.errors import Unmet
from ..core.leaves import time_words
from ..core.text import _, speaking
from ..councils.courses import PHASE_WORD, Phase
from ..councils.phases import Feed, Trace, feed
from ..meetings.models import AgendaItem, Body, Invitation, Meeting
from ..meetings.words import HELD, Kind, MeetingState
from .models import Minutes
from .words import MinutesState

MEETINGS: dict[Phase, tuple[Kind, ...]] = {
    Phase.EXPLAINED: (Kind.INFORMATION, Kind.HEARING),
    Phase.TABLED: (Kind.THREE_PARTY, Kind.FIVE_PARTY, Kind.RESIDENTS_COUNCIL),
}
"""Which tables a phase is held at."""


def _rows_of(kinds: tuple[Kind, ...]) -> Callable[[Any], Rows]:
    def rows(topic: Any) -> Rows:
        """The meetings that were called with the topic; of one that is over, only if it was taken up."""
        came = sa.select(sa.func.count()).where(
            Invitation.meeting_id == Meeting.id, Invitation.arrived_at.is_not(None)
        )
        done = sa.and_(Meeting.state == MeetingState.CLOSED, Minutes.sealed_at.is_not(None))
        return (
            sa.select(
                sa.func.coalesce(done, sa.false()),
                sa.case((Minutes.state == MinutesState.SEALED, Minutes.id), else_=Meeting.id),
                Meeting.state,
                Meeting.starts_at,
                sa.func.coalesce(Minutes.number, ""),
                came.correlate(Meeting).scalar_subquery().label("came"),
                sa.cast(sa.null(), sa.Integer),
            )
            .select_from(Meeting)
            .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
            .join(Body, Body.id == Meeting.body_id)
            .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
            .where(
                AgendaItem.topic_id == topic.id,
                Body.kind.in_(kinds),
                Meeting.state.in_(HELD),
                sa.or_(Meeting.state != MeetingState.CLOSED, AgendaItem.taken_up_at.is_not(None)),
            )
            .order_by(Minutes.sealed_at.is_not(None).desc(), Meeting.starts_at.desc())
            .limit(3)
        )

    return rows


def _told(trace: Trace) -> tuple[str, str]:
    if trace.done:
        return _("到了 %(n)s 人，%(number)s", n=trace.n, number=trace.words), f"/minutes/{trace.id}"
    if trace.state == MeetingState.CLOSED:
        return _("开过了，纪要还没有定稿"), f"/meetings/{trace.id}"
    return _("已发通知"), f"/meetings/{trace.id}"


def _lack_of(phase: Phase) -> Callable[[int, Sequence[Trace]], Unmet]:
    def lack(_topic_id: int, traces: Sequence[Trace]) -> Unmet:
        name = _(PHASE_WORD[phase])
        if not traces:
            return Unmet(_("%(name)s还没有开过。请开一次会，把这个议题列入议程。", name=name), "/bodies")
        latest = traces[0]
        if latest.state == MeetingState.CLOSED:
            sentence = _("%(name)s开过了，纪要还没有定稿公布。", name=name)
        else:
            day = time_words(speaking.get()).when(latest.at, clock.local(clock.now())).striptags()
            sentence = _("%(name)s定在%(day)s，开完、纪要定稿以后才算。", name=name, day=day)
        return Unmet(sentence, f"/meetings/{latest.id}")

    return lack


for _phase, _kinds in MEETINGS.items():
    feed(Feed(_phase, _rows_of(_kinds), _told, _lack_of(_phase)))
