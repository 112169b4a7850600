"""What happens to minutes and to tasks."""

from datetime import date

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from ..meetings.sides import Side
from .words import Outcome


@event("minutes.drafted", N_("会议纪要的底稿有了"), icon="file-text", visibility=Visibility.STAFF)
class MinutesDrafted(Event):
    minutes_id: int


@event("minutes.written", N_("{who}写了会议纪要"), icon="pencil", visibility=Visibility.STAFF)
class SectionWritten(Event):
    section_id: int
    version: int


@event("minutes.sent", N_("{who}把会议纪要发给到会的人核对"), icon="send", visibility=Visibility.MEMBERS)
class MinutesSent(Event):
    minutes_id: int
    until: date


@event(
    "minutes.corrected",
    N_("{who}改了纪要里的 {lines:num} 行，请再核对"),
    icon="pencil",
    visibility=Visibility.MEMBERS,
)
class LinesCorrected(Event):
    section_id: int
    lines: int


@event("minutes.confirmed", N_("到会的一位核对了纪要"), icon="check", visibility=Visibility.STAFF)
class LinesConfirmed(Event):
    invitation_id: int
    lines: int


@event(
    "minutes.objected",
    N_("{side:party_name}一位对纪要提出异议"),
    icon="message-square",
    visibility=Visibility.MEMBERS,
)
class LineObjected(Event):
    line_id: int
    side: Side


@event(
    "minutes.paper_entered",
    N_("{who}录入了到会的一位在纸上签的核对"),
    icon="pencil",
    visibility=Visibility.STAFF,
)
class PaperEntered(Event):
    invitation_id: int
    lines: int


@event(
    "minutes.paper_objected",
    N_("{side:party_name}一位在纸上对纪要提出异议，{who}录入"),
    icon="message-square",
    visibility=Visibility.MEMBERS,
)
class PaperObjected(Event):
    line_id: int
    side: Side


@event("minutes.answered", N_("{who}答复了纪要的异议"), icon="reply", visibility=Visibility.MEMBERS)
class MarkAnswered(Event):
    mark_id: int


@event("minutes.sealed", N_("会议纪要定稿公布"), icon="stamp")
class MinutesSealed(Event):
    minutes_id: int


@event("minutes.added_to", N_("{who}给会议纪要补记了一条"), icon="plus")
class AddendumAdded(Event):
    addendum_id: int


@event("minutes.agreed", N_("会上有了结果：协商一致"), icon="handshake")
class ConsensusReached(Event):
    meeting_id: int


@event("minutes.carried", N_("会上有了结果：表决通过"), icon="circle-check")
class ResolutionCarried(Event):
    meeting_id: int


@event("minutes.deferred", N_("会上没谈拢，下次再议"), icon="refresh-cw")
class ItemDeferred(Event):
    meeting_id: int


@event("minutes.left_to_owners", N_("会上议定要业主大会来定"), icon="scale")
class LeftToOwners(Event):
    meeting_id: int


@event("minutes.passed_on", N_("会上看下来不归议事会管"), icon="arrow-right")
class ItemPassedOn(Event):
    meeting_id: int


@event("minutes.left_open", N_("会上没有议成"), icon="circle-x")
class ItemLeftOpen(Event):
    meeting_id: int


@event("minutes.heard", N_("会上听取了，没有要定的"), icon="check")
class ItemHeard(Event):
    meeting_id: int


STATED: dict[Outcome, type[Event]] = {
    Outcome.CONSENSUS: ConsensusReached,
    Outcome.RESOLVED: ResolutionCarried,
    Outcome.AGAIN: ItemDeferred,
    Outcome.STATUTORY: LeftToOwners,
    Outcome.PASSED_ON: ItemPassedOn,
    Outcome.NONE: ItemLeftOpen,
    Outcome.HEARD: ItemHeard,
}
"""What is stated in a topic's file when the minutes with its outcome are sealed."""


@event("meeting.note_struck", N_("{who}划去了会上记下的一件事，写了理由"), icon="ban")
class NoteStruck(Event):
    note_id: int


@event("task.noted", N_("{who}记下一件要办的事"), icon="clipboard-list", visibility=Visibility.STAFF)
class TaskNoted(Event):
    task_id: int


@event("task.amended", N_("{who}改了一件要办的事"), icon="pencil", visibility=Visibility.STAFF)
class TaskAmended(Event):
    task_id: int


@event("task.struck", N_("{who}划去一件要办的事"), icon="trash-2", visibility=Visibility.STAFF)
class TaskStruck(Event):
    task_id: int


@event("task.begun", N_("会上定的事开始办，{side:party_name}领办"), icon="clipboard-list")
class TaskBegun(Event):
    task_id: int
    side: Side
    due_on: date


@event("task.reported", N_("{who}说了会上定的事办到哪了"), icon="message-square-text")
class TaskReported(Event):
    report_id: int


@event("task.done", N_("会上定的一件事办好了"), icon="circle-check")
class TaskDone(Event):
    report_id: int
    days_late: int


@event("task.moved", N_("{who}把会上定的一件事的期限推后，写明了理由"), icon="calendar-days")
class TaskMoved(Event):
    report_id: int
    on: date


@event("task.dropped", N_("{who}说明会上定的一件事不办了"), icon="ban")
class TaskDropped(Event):
    task_id: int


@event("body.template_changed", N_("{who}换了会议纪要的样式"), icon="file-text", visibility=Visibility.STAFF)
class TemplateChanged(Event):
    body_id: int


@event("team.noted", N_("{who}记下一个监督队"), icon="users-round", visibility=Visibility.STAFF)
class TeamNoted(Event):
    team_id: int


@event("team.struck", N_("{who}划去一个监督队"), icon="trash-2", visibility=Visibility.STAFF)
class TeamStruck(Event):
    team_id: int


@event("team.named", N_("会上设了监督队，请了 {people:num} 人"), icon="users-round")
class TeamNamed(Event):
    team_id: int
    people: int


@event("team.answered", N_("监督队的一位回复了"), icon="reply", visibility=Visibility.STAFF)
class TeamAnswered(Event):
    team_id: int
    agrees: bool


@event("team.added_to", N_("{who}又请了一位参加监督队"), icon="user-round-plus", visibility=Visibility.STAFF)
class TeamAddedTo(Event):
    team_id: int
