"""Who sets up bodies, calls meetings and answers."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, during, mine, role, the_portal
from ..core.text import N_
from .models import Body, Invitation, Meeting
from .words import MeetingState

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
    MOVE = "meeting:move"
    CANCEL = "meeting:cancel"
    SEE_INVITATION = "invitation:see"
    REPLY = "invitation:reply"


secretary = role("secretary", reason=N_("会议机制由社区书记来设立。"))
convener = role("secretary", "social_worker", "committee_chair", reason=N_("会议由社区或业委会主任来召集。"))
preparing = during(S.PLANNED, reason=N_("会议通知已经发出，要改时间请用改期。"))
ahead = during(S.PLANNED, S.CALLED, reason=N_("这个会不开了。"))
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
        Can.MOVE: convener & ahead,
        Can.CANCEL: convener & ahead,
        Can.SEE_INVITATION: invited | convener,
        Can.REPLY: invited | convener,
    },
    sees={Body: Can.SEE_BODY, Meeting: Can.SEE, Invitation: Can.SEE_INVITATION},
)
