"""Who sets up bodies, calls meetings and answers."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, during, in_person, member, mine, role, the_portal
from ..core.entered import Entered
from ..core.hours import before, since
from ..core.text import N_
from .models import Body, Invitation, Meeting
from .room import Motion
from .words import AHEAD, MeetingState, MotionState

S = MeetingState


class Can(Permission):
    SEE_BODY = "body:see"
    FOUND = "body:found"
    RUN = "body:run"
    PLAN = "body:plan"
    SEE = "meeting:see"
    PREPARE = "meeting:prepare"
    CALL = "meeting:call"
    INVITE = "meeting:invite"
    SEE_PAPERS = "meeting:see_papers"
    PRINT_SHEET = "meeting:print_sheet"
    MOVE = "meeting:move"
    POSTPONE = "meeting:postpone"
    MISS = "meeting:miss"
    CANCEL = "meeting:cancel"
    OPEN = "meeting:open"
    CHECK_IN = "meeting:check_in"
    COME = "meeting:come"
    SEE_DESK = "meeting:see_desk"
    RUN_ROOM = "meeting:run_room"
    TAKE_PART = "meeting:take_part"
    MOVE_MOTION = "meeting:move_motion"
    CLOSE = "meeting:close"
    LAPSE = "meeting:lapse"
    RAISE_NOTE = "meeting:raise_note"
    ENTER_ARRIVAL = "meeting:enter_arrival"
    WITNESS = "meeting:witness"
    SEE_MOTION = "motion:see"
    SECOND = "motion:second"
    RUN_MOTION = "motion:run"
    LAPSE_MOTION = "motion:lapse"
    SHOW_HAND = "motion:show_hand"
    SEE_INVITATION = "invitation:see"
    REPLY = "invitation:reply"


secretary = role("secretary", reason=N_("会议机制由社区书记来设立。"))
CONVENERS = ("secretary", "social_worker", "committee_chair")
convener = role(*CONVENERS, reason=N_("会议由社区或业委会主任来召集。"))
timely = before("starts_at", N_("开会的时间已经过了。没有开成的，请先记下来，再改期或者取消。"))
preparing = during(S.PLANNED, reason=N_("会议通知已经发出，要改时间请用改期。")) & timely
ahead = during(*AHEAD, reason=N_("会已经开了，或者不开了。")) & timely
waits = during(S.POSTPONED, reason=N_("会已经开了，或者不开了。"))
due = during(*AHEAD, reason=N_("会已经开了，或者不开了。")) & since("starts_at", N_("还没到开会的时间。"))
called = during(S.CALLED, reason=N_("通知发出以后、会议开始以前才能这样办。"))
door = during(S.CALLED, S.OPEN, reason=N_("通知发出以后、散会以前才能签到。"))
in_session = during(S.OPEN, reason=N_("会议没有在开。"))
clerk = (
    convener
    | mine("chair_id", N_("会场由主持人、记录人和召集人来管。"))
    | mine("recorder_id", N_("会场由主持人、记录人和召集人来管。"))
)
came = Entered(
    Invitation.sitter_id,
    Invitation.meeting_id,
    known="came",
    where=lambda row: row.arrived_at.is_not(None),
    reason=N_("谁到了会，由到会的人来说。"),
)
invited = mine("user_id", N_("这份邀请是给别人的。"))

POLICY = Policy(
    {
        Can.SEE_BODY: anyone,
        Can.FOUND: secretary,
        Can.RUN: convener,
        Can.PLAN: convener | the_portal,
        Can.SEE: anyone,
        Can.PREPARE: convener & preparing,
        Can.CALL: convener & preparing,
        Can.INVITE: convener & ahead,
        Can.SEE_PAPERS: clerk | since("called_at", N_("议程和材料在通知发出时公布。")),
        Can.PRINT_SHEET: clerk,
        Can.MOVE: convener & (ahead | waits),
        Can.POSTPONE: convener & ahead,
        Can.MISS: convener & due,
        Can.CANCEL: convener & (ahead | waits),
        Can.OPEN: clerk & called,
        Can.CHECK_IN: clerk & door,
        Can.COME: member & in_person & door,
        Can.SEE_DESK: clerk & during(S.CALLED, S.OPEN, reason=N_("会议没有在开。")),
        Can.RUN_ROOM: clerk & in_session,
        Can.TAKE_PART: member & in_session,
        Can.MOVE_MOTION: member & in_person & in_session,
        Can.CLOSE: clerk & in_session,
        Can.LAPSE: the_portal & in_session,
        Can.RAISE_NOTE: clerk & during(S.OPEN, S.CLOSED, reason=N_("会议没有在开。")),
        Can.ENTER_ARRIVAL: clerk & during(S.CLOSED, reason=N_("会还没开完，请在门口签到。")),
        Can.WITNESS: (clerk | came)
        & in_person
        & during(S.CLOSED, reason=N_("会还没开完，看见他的人在门口说一声。")),
        Can.SEE_MOTION: anyone,
        Can.SECOND: member & during(MotionState.MOVED, reason=N_("这个动议不用再附议了。")),
        Can.RUN_MOTION: clerk,
        Can.LAPSE_MOTION: the_portal & during(MotionState.PUT, reason=N_("现在没有在表态。")),
        Can.SHOW_HAND: member & in_person & during(MotionState.PUT, reason=N_("现在没有在表态。")),
        Can.SEE_INVITATION: invited | convener,
        Can.REPLY: invited | convener,
    },
    sees={Body: Can.SEE_BODY, Meeting: Can.SEE, Invitation: Can.SEE_INVITATION, Motion: Can.SEE_MOTION},
)
