"""What waits around minutes: a draft to write, minutes to read, objections to answer, tasks to carry out."""

import sqlalchemy as sa

from ..core import waiting
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import DAY, ME, NOW, Kind, lines, personal
from ..meetings.models import Invitation, Meeting
from .lifecycle import open_objections
from .models import Minutes, MinutesLine, MinutesMark, Task, TaskDuty, Team, TeamMember
from .words import Duty, MinutesState, TaskState, TeamState


@prepared
def _to_write() -> Rows:
    return (
        lines("write_minutes", Minutes, title=Meeting.title, since=Minutes.created_at, due=Minutes.due_at)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Minutes.recorder_id == ME, Minutes.state == MinutesState.DRAFT)
    )


@prepared
def _to_answer() -> Rows:
    waits = open_objections(Minutes.id).correlate(Minutes).exists()
    return (
        lines(
            "answer_minutes", Minutes, title=Meeting.title, since=Minutes.sent_at, due=Minutes.confirm_until
        )
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Minutes.recorder_id == ME, Minutes.state == MinutesState.SENT, waits)
    )


@prepared
def _to_read() -> Rows:
    """Minutes of a meeting I was at with a line of which I have said nothing."""
    said = sa.exists().where(
        MinutesMark.line_id == MinutesLine.id,
        MinutesMark.version == MinutesLine.version,
        MinutesMark.invitation_id == Invitation.id,
    )
    unread = sa.exists().where(
        MinutesLine.minutes_id == Minutes.id,
        MinutesLine.struck_at.is_(None),
        ~said.correlate_except(MinutesMark),
    )
    return (
        lines(
            "read_minutes",
            Minutes,
            title=Meeting.title,
            since=Minutes.sent_at,
            party=Invitation.side,
            due=Minutes.confirm_until,
        )
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(
            Invitation.sitter_id == ME,
            Invitation.arrived_at.is_not(None),
            Minutes.state == MinutesState.SENT,
            Minutes.confirm_until > NOW,
            unread,
        )
    )


@prepared
def _to_do() -> Rows:
    """Tasks I lead."""
    return (
        lines("task", Task, title=Task.what, since=Task.moved_at, party=Task.side, due=Task.due_at)
        .join(TaskDuty, TaskDuty.task_id == Task.id)
        .where(TaskDuty.user_id == ME, TaskDuty.duty == Duty.LEAD, Task.state == TaskState.OPEN)
    )


@prepared
def _to_join() -> Rows:
    """Teams I was named for, while they last, and have not said whether I join."""
    return (
        lines("join_team", Team, title=Team.name, since=Team.moved_at)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(
            TeamMember.user_id == ME,
            TeamMember.agrees.is_(None),
            Team.state == TeamState.NAMED,
            Team.ends > DAY,
        )
    )


waiting.add(
    "join_team",
    Kind(N_("请您参加监督队"), N_("去回复"), "users-round", "teams.show", "team_id", False),
    personal(_to_join),
)
waiting.add(
    "read_minutes",
    Kind(N_("请您核对会议纪要"), N_("去核对"), "eye", "minutes.show", "minutes_id", True),
    personal(_to_read),
)
waiting.add(
    "write_minutes",
    Kind(N_("等您写会议纪要"), N_("去写"), "pencil", "minutes.show", "minutes_id", False),
    personal(_to_write),
)
waiting.add(
    "answer_minutes",
    Kind(N_("纪要有异议，等您答复"), N_("去答复"), "reply", "minutes.show", "minutes_id", False),
    personal(_to_answer),
)
waiting.add(
    "task",
    Kind(N_("您领办的事"), N_("说办到哪了"), "clipboard-list", "tasks.show", "task_id", True),
    personal(_to_do),
)
