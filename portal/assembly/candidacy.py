"""Rules of access about candidates: who puts them forward, looks at them, and takes them off a list. Nobody does it who
stands for the same seats."""

from ..core.atoms import during, flag, in_person, member, mine, not_mine
from ..core.hours import before
from ..core.text import N_
from .atoms import convenes, no_candidate_there, on_roll, staff, waits
from .during import lists_left, lists_open
from .election_words import PUT_FORWARD, CandidateState
from .words import VoteState

S = VoteState

sees = (
    flag("posted", N_("名单公告以后才能看。"))
    | staff
    | mine("user_id", reason=N_("名单公告以前，只有本人、提名人和工作人员能看。"))
    | mine("nominated_by_id", reason=N_("名单公告以前，只有本人、提名人和工作人员能看。"))
)
agrees = (
    (mine("user_id", reason=N_("请本人来同意参选，或者交纸质的由社区登记。")) | staff) & waits & lists_open
)
reviews = (
    convenes
    & in_person
    & not_mine("user_id", reason=N_("您自己是被提名的人，请别人来审查。"))
    & waits
    & lists_open
    & no_candidate_there
)
withdraws = (
    (mine("user_id", reason=N_("请本人来退出，或者交纸质的由社区登记。")) | (convenes & no_candidate_there))
    & during(*PUT_FORWARD, reason=N_("他已经不在候选人里了。"))
    & lists_left
)
strikes = convenes & during(CandidateState.QUALIFIED, reason=N_("他已经不在候选人里了。"))
nominates = (on_roll | staff) & during(S.ROLL_POSTED, S.FROZEN, reason=N_("名册公示以后、公告以前才能提名。"))
objects = (
    member
    & during(S.NOTICE, reason=N_("候选人名单公示期间才能提异议。"))
    & before("opens_at", N_("已经开始投票，不能再对候选人提异议。"))
)
