"""Who writes minutes, who says whether they are right, who reads which of them; who says how far a task has come."""

from ..core.access import Permission, Policy
from ..core.atoms import during, in_person, mine, role, the_portal
from ..core.entered import Entered
from ..core.hours import before
from ..core.terms import in_term
from ..core.text import N_
from ..councils.models import Seat
from ..meetings.models import Invitation
from ..meetings.policy import clerk, convener
from ..meetings.words import MeetingState
from .models import Minutes, Task, TaskDuty, Team, TeamMember
from .words import MinutesState, TaskState, TeamState

S, T = MinutesState, TaskState


class Can(Permission):
    SEE = "minutes:see"
    READ_FULL = "minutes:read_full"
    WRITE = "minutes:write"
    SEND = "minutes:send"
    CONFIRM = "minutes:confirm"
    ENTER_PAPER = "minutes:enter_paper"
    ANSWER = "minutes:answer"
    SEAL = "minutes:seal"
    ADD = "minutes:add"
    SET_TEMPLATE = "body:set_template"
    CLAIM = "meeting:claim_note"
    STRIKE_NOTE = "meeting:strike_note"
    TAKE_ON = "meeting:take_on_note"
    SEE_TEAM = "team:see"
    STRIKE_TEAM = "team:strike"
    NAME_TEAM = "team:name"
    JOIN_TEAM = "team:join"
    ADD_TO_TEAM = "team:add"
    SEE_TASK = "task:see"
    AMEND_TASK = "task:amend"
    BEGIN_TASK = "task:begin"
    REPORT = "task:report"
    MOVE_TASK = "task:move"
    DROP = "task:drop"


asked = Entered(
    Invitation.user_id,
    Invitation.meeting_id,
    by="meeting_id",
    known="asked",
    reason=N_("纪要定稿以前，请的人才看得到。"),
)
attended = Entered(
    Invitation.sitter_id,
    Invitation.meeting_id,
    by="meeting_id",
    known="attended",
    where=lambda row: row.arrived_at.is_not(None),
    reason=N_("纪要请到会的人来核对。"),
)
came = Entered(
    Invitation.sitter_id,
    Invitation.meeting_id,
    known="came",
    where=lambda row: row.arrived_at.is_not(None),
    reason=N_("到了会的人才能领。"),
)
seated = Entered(
    Seat.user_id,
    Seat.council_id,
    by="council_id",
    known="seated",
    where=in_term,
    reason=N_("带全名的纪要给议事会的人看，公布的一份人人可看。"),
)
has_duty = Entered(
    TaskDuty.user_id, TaskDuty.task_id, known="has_duty", reason=N_("办到哪了，由领办、协办的人和社区来说。")
)
in_team = Entered(
    TeamMember.user_id, TeamMember.team_id, known="named", reason=N_("没有请您参加这个监督队。")
)
recorder = mine("recorder_id", N_("纪要由记录人来写。"))
writer = recorder | convener
staff = role("secretary", "social_worker", "committee_chair", "auditor", reason=seated.reason)
unsealed = during(S.DRAFT, S.SENT, reason=N_("纪要已经定稿，不能再改；有遗漏请补记。"))
being_read = during(S.SENT, reason=N_("纪要发出以后、定稿以前才核对。")) & before(
    "confirm_until", N_("核对的时间过了。")
)
at_the_board = during(MeetingState.OPEN, MeetingState.CLOSED, reason=N_("会还没开。"))
noted = during(T.NOTED, reason=N_("纪要已经定稿，要办的事不能再改。"))
under_way = during(T.OPEN, reason=N_("这件事没有在办。"))

POLICY = Policy(
    {
        Can.SEE: during(S.SEALED, reason=N_("纪要还没有定稿。"))
        | ((asked | attended) & during(S.SENT, reason=N_("纪要还在写。")))
        | writer
        | the_portal,
        Can.READ_FULL: asked | attended | seated | staff | recorder,
        Can.WRITE: writer & unsealed,
        Can.SEND: writer & during(S.DRAFT, reason=N_("纪要已经发出去了。")),
        Can.CONFIRM: attended & in_person & being_read,
        Can.ENTER_PAPER: writer & being_read,
        Can.ANSWER: writer & during(S.SENT, reason=N_("核对期间才答复异议。")),
        Can.SEAL: (writer | the_portal) & during(S.SENT, reason=N_("纪要发出核对以后才定稿。")),
        Can.ADD: writer & during(S.SEALED, reason=N_("纪要还没有定稿，直接改就可以。")),
        Can.SET_TEMPLATE: convener,
        Can.CLAIM: clerk & at_the_board,
        Can.STRIKE_NOTE: clerk & at_the_board,
        Can.TAKE_ON: came & in_person & at_the_board,
        Can.SEE_TEAM: during(TeamState.NAMED, reason=N_("纪要还没有定稿。")) | writer | the_portal,
        Can.STRIKE_TEAM: writer & during(TeamState.NOTED, reason=N_("纪要已经定稿，监督队不能再划去。")),
        Can.NAME_TEAM: the_portal & during(TeamState.NOTED, reason=N_("监督队已经有了。")),
        Can.JOIN_TEAM: in_team & in_person & during(TeamState.NAMED, reason=N_("纪要还没有定稿。")),
        Can.ADD_TO_TEAM: convener & during(TeamState.NAMED, reason=N_("纪要还没有定稿。")),
        Can.SEE_TASK: during(T.OPEN, T.DONE, T.DROPPED, reason=N_("纪要还没有定稿。")) | writer | the_portal,
        Can.AMEND_TASK: writer & noted,
        Can.BEGIN_TASK: the_portal & noted,
        Can.REPORT: (has_duty | writer) & under_way,
        Can.MOVE_TASK: convener & under_way,
        Can.DROP: convener & under_way,
    },
    sees={Minutes: Can.SEE, Task: Can.SEE_TASK, Team: Can.SEE_TEAM},
)
