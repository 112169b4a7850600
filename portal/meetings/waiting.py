"""What waits around meetings: notices to send, answers of those who were asked, and what became of one nobody held."""

from datetime import timedelta

from ..core import waiting
from ..core.access import Condition
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import ME, NOW, Kind, hour, lines, personal, those
from .models import Invitation, Meeting
from .policy import Can
from .presence import GRACE
from .words import MeetingState, Reply

SOON = hour(timedelta(days=10))
"""From so long before the last hour of its notice on, a meeting waits to be called."""


@prepared
def _to_call(mine: Condition) -> Rows:
    return lines(
        "call_meeting", Meeting, title=Meeting.title, since=Meeting.created_at, due=Meeting.notice_by
    ).where(mine, Meeting.notice_by < SOON, Meeting.starts_at > NOW)


@prepared
def _to_answer() -> Rows:
    return (
        lines(
            "answer_invitation",
            Invitation,
            title=Meeting.title,
            since=Meeting.called_at,
            party=Invitation.side,
            due=Meeting.starts_at,
        )
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(
            Invitation.user_id == ME,
            Invitation.reply == Reply.WAITING,
            Meeting.state == MeetingState.CALLED,
            Meeting.starts_at > NOW,
        )
    )


@prepared
def _to_check_in() -> Rows:
    return (
        lines(
            "check_in",
            Meeting,
            title=Meeting.title,
            since=Meeting.opened_at,
            party=Invitation.side,
            due=Meeting.ends_at,
        )
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(
            Invitation.sitter_id == ME,
            Invitation.arrived_at.is_(None),
            Invitation.reply != Reply.NO,
            Meeting.state == MeetingState.OPEN,
        )
    )


@prepared
def _to_stand_in() -> Rows:
    return (
        lines(
            "stand_in",
            Meeting,
            title=Meeting.title,
            since=Invitation.replied_at,
            party=Invitation.side,
            due=Meeting.starts_at,
        )
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(
            Invitation.substitute_id == ME,
            Invitation.sitter_id == ME,
            Meeting.state == MeetingState.CALLED,
            Meeting.starts_at > NOW,
        )
    )


waiting.add(
    "stand_in",
    Kind(
        N_("请您替人来开会"),
        N_("看议程"),
        "calendar-days",
        "meetings.show",
        "meeting_id",
        True,
        N_("%(time)s 开会"),
    ),
    personal(_to_stand_in),
)
waiting.add(
    "check_in",
    Kind(N_("会正在开，等您来"), N_("去签到"), "qr-code", "doors.ask", "meeting_id", True),
    personal(_to_check_in),
)
waiting.add(
    "answer_invitation",
    Kind(
        N_("请您来开会"),
        N_("回复来不来"),
        "calendar-days",
        "replies.edit",
        "invitation_id",
        True,
        N_("%(time)s 开会"),
    ),
    personal(_to_answer),
)


@prepared
def _to_tell(mine: Condition) -> Rows:
    return lines("tell_missed", Meeting, title=Meeting.title, since=Meeting.ends_at).where(
        mine, Meeting.ends_at < NOW
    )


waiting.add(
    "tell_missed",
    Kind(N_("会没有开，等您记一笔"), N_("记下没有开成"), "circle-x", "calling.missing", "meeting_id", False),
    those(Meeting, Can.MISS, _to_tell),
)
OVERDUE = hour(-GRACE)


@prepared
def _to_close(mine: Condition) -> Rows:
    return lines("close_meeting", Meeting, title=Meeting.title, since=Meeting.ends_at).where(
        mine, Meeting.ends_at < OVERDUE
    )


waiting.add(
    "close_meeting",
    Kind(N_("会还开着，等您宣布散会"), N_("去散会"), "circle-dot", "clerks.show", "meeting_id", False),
    those(Meeting, Can.CLOSE, _to_close),
)
waiting.add(
    "call_meeting",
    Kind(N_("等您发会议通知"), N_("去准备"), "megaphone", "meetings.show", "meeting_id", False),
    those(Meeting, Can.CALL, _to_call),
)
