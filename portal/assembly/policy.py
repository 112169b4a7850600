"""Who calls owners together, who votes, who counts and who may look."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, during, flag, in_person, member, mine, the_portal
from ..core.hours import before
from ..core.text import N_
from . import at_the_box, authority, candidacy
from .atoms import (
    convenes,
    no_candidate,
    not_his_home,
    owns_with,
    secretary,
    speaks,
    staff,
    stands_by,
    without_topic,
)
from .during import hands_change, named_in_time, reading_in, signed_now, told_of, unsigned
from .models.challenges import BallotChallenge
from .models.counts import Scrutineer
from .models.elections import Candidate
from .models.papers import Batch, BoxSeal, Proxy
from .models.rolls import RollUnit, Speaker, Voter
from .models.votes import OwnersVote, Posting, VoteObjection
from .stages import BEFORE_NOTICE, ENDABLE, ROLL_STANDS, SHOWN, SIGNING, STILL_OPEN, UNSEALED, VOTING
from .words import RESULT_POSTED, VoteState

S = VoteState


class Can(Permission):
    SEE = "owners_vote:see"
    DRAFT = "owners_vote:draft"
    AMEND = "owners_vote:amend"
    POST_ROLL = "owners_vote:post_roll"
    AMEND_ROLL = "owners_vote:amend_roll"
    CHANGE_OWNERS = "owners_vote:change_owners"
    CHANGE_OWNER = "voter:change_owner"
    FREEZE = "owners_vote:freeze"
    NOTICE = "owners_vote:notice"
    OPEN = "owners_vote:open"
    POSTPONE = "owners_vote:postpone"
    EXTEND = "owners_vote:extend"
    CLOSE = "owners_vote:close"
    SEAL_BOX = "owners_vote:seal_box"
    SEE_SEAL = "box_seal:see"
    CONFIRM_SEAL = "box_seal:confirm"
    COUNT = "owners_vote:count"
    NAME_SCRUTINEER = "owners_vote:name_scrutineer"
    PLAN_COUNT = "owners_vote:plan_count"
    POST_PRELIMINARY = "owners_vote:post_preliminary"
    CERTIFY = "owners_vote:certify"
    ARCHIVE = "owners_vote:archive"
    VOID = "owners_vote:void"
    OVERRIDE = "owners_vote:override"
    IMPORT_OFFICIAL = "owners_vote:import_official"
    OBJECT_ROLL = "owners_vote:object_roll"
    OBJECT_RESULT = "owners_vote:object_result"
    COMMENT = "owners_vote:comment"
    MODERATE = "owners_vote:moderate"
    SEE_OBJECTION = "vote_objection:see"
    ANSWER = "vote_objection:answer"
    LEAVE_UNCHANGED = "vote_objection:leave_unchanged"
    ORGANISE = "owners_vote:organise"
    ASSIGN_VISIT = "owners_vote:assign_visit"
    PHOTOGRAPH_DELIVERY = "owners_vote:photograph_delivery"
    SEE_ROLL = "owners_vote:see_roll"
    SEE_RESULT = "owners_vote:see_result"
    SEE_RECEIPTS = "owners_vote:see_receipts"
    SEE_EVIDENCE = "owners_vote:see_evidence"
    SEE_BALLOTS = "owners_vote:see_ballots"
    DELIVER = "owners_vote:deliver"
    ENTER_PAPER = "owners_vote:enter_paper"
    CAST = "voter:cast"
    ACKNOWLEDGE = "voter:acknowledge"
    SEE_GIVEN = "voter:see_given"
    CHALLENGE = "voter:challenge"
    SEE_CHALLENGE = "ballot_challenge:see"
    ANSWER_CHALLENGE = "ballot_challenge:answer"
    CONFIRM_STRIKE = "ballot_challenge:confirm"
    SEE_VOTER = "voter:see"
    SEE_UNIT = "roll_unit:see"
    SEE_SPEAKER = "speaker:see"
    REVIEW_SPEAKER = "speaker:review"
    OBJECT_SPEAKER = "speaker:object"
    DECIDE_SPEAKER = "speaker:decide"
    NAME_SPEAKER = "owners_vote:name_speaker"
    DESIGNATE = "voter:designate"
    ENTER_DESIGNATION = "voter:enter_designation"
    REVIEW_DESIGNATION = "speaker:review_designation"
    ACCEPT_DESIGNATION = "speaker:accept_designation"
    GIVE_PROXY = "voter:give_proxy"
    SEE_PROXY = "proxy:see"
    REVIEW_PROXY = "proxy:review"
    REVOKE_PROXY = "proxy:revoke"
    ASK_STOP = "proxy:ask_stop"
    REVIEW_STOP = "proxy:review_stop"
    KEEP_PROXY = "proxy:keep"
    VOTE_BY_PROXY = "proxy:vote"
    SEE_BATCH = "paper_batch:see"
    FILL_BATCH = "paper_batch:fill"
    HAND_OVER_BATCH = "paper_batch:hand_over"
    CHECK_BATCH = "paper_batch:check"
    SCAN_BATCH = "paper_batch:scan"
    SEE_POSTING = "vote_posting:see"
    SEE_SCRUTINEER = "scrutineer:see"
    SIGN = "scrutineer:sign"
    SIGN_ON_PAPER = "owners_vote:sign_on_paper"
    NOMINATE = "owners_vote:nominate"
    NOMINATE_ON_PAPER = "owners_vote:nominate_on_paper"
    OBJECT_CANDIDATE = "owners_vote:object_candidate"
    CALL_ROUND = "owners_vote:call_round"
    DRAW_LOTS = "owners_vote:draw_lots"
    SEE_CANDIDATE = "candidate:see"
    AGREE_TO_STAND = "candidate:agree"
    REVIEW_CANDIDATE = "candidate:review"
    WITHDRAW_CANDIDATE = "candidate:withdraw"
    STRIKE_CANDIDATE = "candidate:strike"


over = during(*RESULT_POSTED, reason=N_("计票公示以后才能看结果。"))

POLICY = Policy(
    {
        Can.SEE: during(*SHOWN, reason=N_("这次表决还在准备。")) | convenes,
        Can.DRAFT: convenes,
        Can.AMEND: convenes & during(*BEFORE_NOTICE, reason=N_("已经公告，表决事项不能再改。")),
        Can.POST_ROLL: convenes & during(S.DRAFT, reason=N_("名册已经公示。")),
        Can.AMEND_ROLL: convenes & during(S.ROLL_POSTED, S.FROZEN, reason=N_("现在不能再改名册。")),
        Can.CHANGE_OWNERS: convenes
        & during(*VOTING, reason=N_("公告以后、投票截止以前才登记过户。"))
        & before("closes_at", N_("已经过了截止时间，不能再登记过户。")),
        Can.CHANGE_OWNER: convenes & hands_change & not_his_home,
        Can.FREEZE: secretary & during(S.ROLL_POSTED, reason=N_("名册公示以后才能确定。")),
        Can.NOTICE: secretary & during(S.FROZEN, reason=N_("名册确定以后才能公告。")),
        Can.OPEN: (secretary | the_portal) & during(S.NOTICE, reason=N_("公告以后才能开始投票。")),
        Can.POSTPONE: secretary & during(S.NOTICE, reason=N_("公告以后、开始投票以前才能改期。")),
        Can.EXTEND: secretary
        & during(S.OPEN, reason=N_("投票期间才能延期。"))
        & before("closes_at", N_("已经过了截止时间，不能再延期。")),
        Can.CLOSE: (secretary | the_portal) & during(S.OPEN, reason=N_("这次表决不在投票中。")),
        Can.SEAL_BOX: at_the_box.seals,
        Can.SEE_SEAL: anyone,
        Can.CONFIRM_SEAL: at_the_box.counts_again,
        Can.COUNT: secretary & during(S.CLOSED, reason=N_("截止以后才能开箱计票。")) & no_candidate,
        Can.NAME_SCRUTINEER: secretary
        & during(S.NOTICE, S.OPEN, S.CLOSED, S.COUNTING, S.PRELIMINARY, reason=N_("现在不能再改计票监票人。"))
        & unsigned
        & no_candidate,
        Can.PLAN_COUNT: secretary
        & during(S.FROZEN, S.NOTICE, S.OPEN, S.CLOSED, reason=N_("开箱以前才定公开唱票的时间地点。")),
        Can.POST_PRELIMINARY: secretary
        & during(S.COUNTING, reason=N_("计票以后才能公示初步结果。"))
        & no_candidate,
        Can.CERTIFY: secretary
        & during(S.PRELIMINARY, reason=N_("初步结果公示以后才能公布。"))
        & no_candidate,
        Can.ARCHIVE: secretary & during(S.FINAL, reason=N_("公布结果以后才能归档。")),
        Can.VOID: secretary & during(*ENDABLE, reason=N_("结果已经公布，不能再终止。")) & no_candidate,
        Can.OVERRIDE: secretary
        & during(*BEFORE_NOTICE, S.NOTICE, S.CLOSED, S.COUNTING, reason=N_("这一步已经过去了。")),
        Can.IMPORT_OFFICIAL: secretary
        & flag("official_evote", N_("这里不要求用主管部门的投票系统。"))
        & during(S.OPEN, S.CLOSED, reason=N_("投票期间和截止以后才能导入。"))
        & no_candidate,
        Can.OBJECT_ROLL: member
        & during(S.ROLL_POSTED, reason=N_("名册公示期间才能提异议。"))
        & before("roll_until", N_("名册公示期已经过了。")),
        Can.OBJECT_RESULT: member
        & during(S.PRELIMINARY, reason=N_("初步结果公示期间才能提异议。"))
        & before("objections_until", N_("公示期已经过了，不能再提异议。")),
        Can.COMMENT: member
        & without_topic
        & during(*STILL_OPEN, reason=N_("这次表决已经有了结果，不再发言。")),
        Can.MODERATE: staff,
        Can.SEE_OBJECTION: anyone,
        Can.ANSWER: authority.answers_objection,
        Can.LEAVE_UNCHANGED: authority.leaves_unchanged,
        Can.ORGANISE: staff,
        Can.ASSIGN_VISIT: staff
        & during(S.ROLL_POSTED, S.FROZEN, *VOTING, reason=N_("名册公示以后、截止以前才安排上门。")),
        Can.PHOTOGRAPH_DELIVERY: staff
        & during(*UNSEALED, reason=N_("表决已经归档或者终止，材料封存，不再补照片。")),
        Can.SEE_ROLL: member & during(*SHOWN, reason=N_("名册还没有公示。")) | convenes,
        Can.SEE_RESULT: anyone & over,
        Can.SEE_RECEIPTS: anyone
        & during(S.CLOSED, S.COUNTING, *RESULT_POSTED, reason=N_("截止以后才能看回执码清单。")),
        Can.SEE_EVIDENCE: (convenes | (stands_by & in_person))
        & during(*RESULT_POSTED, S.VOID, S.PUT_AWAY, reason=N_("公示结果或者终止以后才有证据材料。")),
        Can.SEE_BALLOTS: (secretary | (stands_by & in_person))
        & during(S.COUNTING, *RESULT_POSTED, reason=N_("开箱以后才能核票。")),
        Can.DELIVER: staff & during(*VOTING, reason=N_("公告以后、截止以前才登记送达。")),
        Can.ENTER_PAPER: at_the_box.enters_paper,
        Can.CAST: speaks,
        Can.ACKNOWLEDGE: speaks & in_person & told_of,
        Can.SEE_GIVEN: speaks & in_person,
        Can.CHALLENGE: authority.challenges_ballot,
        Can.SEE_CHALLENGE: authority.sees_challenge,
        Can.ANSWER_CHALLENGE: authority.answers_challenge,
        Can.CONFIRM_STRIKE: authority.confirms_strike,
        Can.SEE_VOTER: speaks | staff,
        Can.SEE_UNIT: staff,
        Can.SEE_SPEAKER: staff | owns_with | mine("user_id", reason=N_("只有本人和工作人员能看。")),
        Can.REVIEW_SPEAKER: authority.looks_at_named,
        Can.OBJECT_SPEAKER: authority.objects_to_named,
        Can.DECIDE_SPEAKER: authority.decides_on_named,
        Can.NAME_SPEAKER: staff
        & during(*ROLL_STANDS, reason=named_in_time.reason)
        & before("closes_at", named_in_time.reason),
        Can.DESIGNATE: (speaks | staff) & named_in_time,
        Can.ENTER_DESIGNATION: staff,
        Can.REVIEW_DESIGNATION: authority.looks_at_chosen,
        Can.ACCEPT_DESIGNATION: authority.looks_at_chosen & authority.settles_on_chosen,
        Can.GIVE_PROXY: authority.gives_letter,
        Can.SEE_PROXY: authority.sees_letter,
        Can.REVIEW_PROXY: authority.looks_at_letter,
        Can.REVOKE_PROXY: authority.takes_letter_back,
        Can.ASK_STOP: authority.asks_to_stop,
        Can.REVIEW_STOP: authority.looks_at_stop,
        Can.KEEP_PROXY: authority.keeps_letter,
        Can.VOTE_BY_PROXY: authority.votes_with_letter,
        Can.SEE_BATCH: staff,
        Can.FILL_BATCH: at_the_box.fills,
        Can.HAND_OVER_BATCH: at_the_box.hands_over,
        Can.CHECK_BATCH: at_the_box.reads_again,
        Can.SCAN_BATCH: staff & in_person & reading_in,
        Can.SEE_POSTING: anyone,
        Can.SEE_SCRUTINEER: anyone,
        Can.NOMINATE: candidacy.nominates,
        Can.NOMINATE_ON_PAPER: staff,
        Can.OBJECT_CANDIDATE: candidacy.objects,
        Can.CALL_ROUND: convenes & during(S.FINAL, S.ARCHIVED, reason=N_("公布结果以后才能补选。")),
        Can.DRAW_LOTS: secretary
        & during(S.PRELIMINARY, reason=N_("初步结果公示以后、公布以前才能抽签。"))
        & no_candidate,
        Can.SEE_CANDIDATE: candidacy.sees,
        Can.AGREE_TO_STAND: candidacy.agrees,
        Can.REVIEW_CANDIDATE: candidacy.reviews,
        Can.WITHDRAW_CANDIDATE: candidacy.withdraws,
        Can.STRIKE_CANDIDATE: candidacy.strikes,
        Can.SIGN: mine("user_id", reason=N_("请监票人本人签字。")) & in_person & signed_now,
        Can.SIGN_ON_PAPER: secretary & during(*SIGNING, reason=signed_now.reason) & in_person & no_candidate,
    },
    sees={
        Candidate: Can.SEE_CANDIDATE,
        OwnersVote: Can.SEE,
        VoteObjection: Can.SEE_OBJECTION,
        Voter: Can.SEE_VOTER,
        RollUnit: Can.SEE_UNIT,
        Speaker: Can.SEE_SPEAKER,
        BallotChallenge: Can.SEE_CHALLENGE,
        Proxy: Can.SEE_PROXY,
        Batch: Can.SEE_BATCH,
        BoxSeal: Can.SEE_SEAL,
        Posting: Can.SEE_POSTING,
        Scrutineer: Can.SEE_SCRUTINEER,
    },
    family=(Can.CAST,),
)
