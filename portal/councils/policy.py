"""Who may do what in a council."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, during, having, member, mine, not_mine, role, the_portal
from ..core.text import N_
from .models import Council, Response, ResponseState, Seat, Topic
from .words import Party, TopicState

S = TopicState


class Can(Permission):
    SEE_COUNCIL = "council:see"
    FOUND = "council:found"
    CHANGE = "council:change"
    SEAT = "council:seat"
    SET_USUAL = "council:set_usual"
    RAISE = "topic:raise"
    SEE = "topic:see"
    AMEND = "topic:amend"
    TRANSCRIBE = "topic:transcribe"
    WITHDRAW = "topic:withdraw"
    REOPEN = "topic:reopen"
    ENDORSE = "topic:endorse"
    LEAN = "topic:lean"
    COMMENT = "topic:comment"
    MODERATE = "topic:moderate"
    TAKE_UP = "topic:take_up"
    SCREEN = "topic:screen"
    ASK = "topic:ask"
    ADVANCE = "topic:advance"
    SET_COURSE = "topic:set_course"
    SET_OPTIONS = "topic:set_options"
    SEE_RESPONSE = "response:see"
    OWE = "topic:owe"
    RESPOND = "response:give"
    RATE_RESPONSE = "response:rate"


secretary = role("secretary", reason=N_("这一步由社区书记来办。"))
staff = role("secretary", "social_worker", reason=N_("这一步由社区工作人员来办。"))
administrator = role("administrator", reason=N_("这一步由管理员来办。"))
author = mine("author_id", N_("只有提出人自己可以改。"))

speaks_for_party = (
    (
        having("party", Party.PROPERTY, reason=N_("这件事请物业回应。"))
        & role("property_manager", reason=N_("这件事请物业回应。"))
    )
    | (
        having("party", Party.COMMITTEE, reason=N_("这件事请业委会回应。"))
        & role("committee_chair", "committee_member", reason=N_("这件事请业委会回应。"))
    )
    | (having("party", Party.COMMUNITY, reason=N_("这件事请社区回应。")) & staff)
    | (
        having("party", Party.MERCHANT, reason=N_("这件事请商户回应。"))
        & role("merchant", reason=N_("这件事请商户回应。"))
    )
)

GONE = (S.MERGED, S.WITHDRAWN)
still_open = during(*(s for s in S if s not in GONE), reason=N_("这个议题已经并走或撤回，不能再发言。"))

POLICY = Policy(
    {
        Can.SEE_COUNCIL: anyone,
        Can.FOUND: administrator | secretary | the_portal,
        Can.CHANGE: secretary,
        Can.SEAT: secretary,
        Can.SET_USUAL: secretary,
        Can.RAISE: member,
        Can.SEE: anyone,
        Can.AMEND: author & during(S.GATHERING, reason=N_("进入筛选以后，文字就不能再改了。")),
        Can.TRANSCRIBE: (author | staff) & still_open,
        Can.WITHDRAW: author & during(S.GATHERING, S.SCREENING, reason=N_("协商已经开始，不能撤回了。")),
        Can.REOPEN: author
        & during(S.DECLINED, S.REFERRED, reason=N_("只有没采纳或转办的议题可以再申请一次。")),
        Can.ENDORSE: member
        & not_mine("author_id", N_("您是提出人，已经算一户。"))
        & during(S.GATHERING, S.SCREENING, reason=N_("联署已经结束。")),
        Can.LEAN: member & during(S.DELIBERATING, reason=N_("协商期间才能选倾向。")),
        Can.COMMENT: member & still_open,
        Can.MODERATE: staff,
        Can.TAKE_UP: secretary,
        Can.SCREEN: secretary & not_mine("author_id", N_("自己提的议题，请另一位书记或主任来筛选。")),
        Can.ASK: staff
        & during(S.SCREENING, S.DELIBERATING, S.CARRIED_OUT, reason=N_("现在这一站不能再请人回应。")),
        Can.OWE: the_portal
        & during(S.SCREENING, S.DELIBERATING, S.CARRIED_OUT, reason=N_("现在这一站不能再请人回应。")),
        Can.ADVANCE: staff
        | role("committee_chair", reason=N_("这一步由社区或业委会主任来办。"))
        | the_portal,
        Can.SET_COURSE: role(
            "secretary",
            "social_worker",
            "committee_chair",
            reason=N_("先走哪几步，由社区或业委会主任来定。"),
        )
        & during(S.SCREENING, S.DELIBERATING, reason=N_("协商结束以后，步骤就不能再改了。")),
        Can.SET_OPTIONS: role(
            "secretary",
            "social_worker",
            "committee_chair",
            "committee_member",
            reason=N_("方案由社区或业委会来加。"),
        )
        & during(S.DELIBERATING, reason=N_("协商期间才能加方案、改方案的说明。")),
        Can.SEE_RESPONSE: anyone,
        Can.RESPOND: speaks_for_party,
        Can.RATE_RESPONSE: member & during(ResponseState.GIVEN, reason=N_("还没有回应，不能评价。")),
    },
    sees={Council: Can.SEE_COUNCIL, Seat: Can.SEE_COUNCIL, Topic: Can.SEE, Response: Can.SEE_RESPONSE},
)
