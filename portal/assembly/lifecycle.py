"""How an owners' vote moves (draft → roll posted → frozen → notice → open → closed → counting → preliminary →
final → archived; void from any before the final result), and what comes to it on paper. Hours are columns that guards
read; ticks fire moves."""

from ..core.lifecycle import Lifecycle, Move
from . import count_guards as c
from . import election_events as ee
from . import election_guards as eg
from . import events as e
from . import guards as g
from . import letter_events as le
from .election_words import CandidateState
from .models.elections import Candidate
from .models.papers import Batch, Proxy
from .models.votes import OwnersVote
from .policy import Can
from .stages import STILL_OPEN
from .words import BatchState, ProxyState, VoteState

S, P, B, C = VoteState, ProxyState, BatchState, CandidateState

OWNERS_VOTE = Lifecycle(
    OwnersVote,
    VoteState,
    Move(
        e.RollPosted,
        Can.POST_ROLL,
        (S.DRAFT,),
        S.ROLL_POSTED,
        (g.paper_complete, g.talked_through, g.scope_proven, g.roll_can_be_made),
    ),
    Move(e.RollAmended, Can.AMEND_ROLL, (S.ROLL_POSTED, S.FROZEN), S.ROLL_POSTED, (g.roll_can_be_made,)),
    Move(e.RollFrozen, Can.FREEZE, (S.ROLL_POSTED,), S.FROZEN, (g.roll_hung_out, g.roll_objections_settled)),
    Move(
        e.NoticePosted,
        Can.NOTICE,
        (S.FROZEN,),
        S.NOTICE,
        (g.paper_complete, g.costs_shared, g.notice_long_enough, eg.lists_settled),
    ),
    Move(
        e.VoteOpened,
        Can.OPEN,
        (S.NOTICE,),
        S.OPEN,
        (g.hour_has_come, g.hours_left, eg.candidate_objections_answered, eg.somebody_to_elect),
    ),
    Move(e.VoteClosed, Can.CLOSE, (S.OPEN,), S.CLOSED, (g.hour_has_passed,)),
    Move(
        e.CountBegun,
        Can.COUNT,
        (S.CLOSED,),
        S.COUNTING,
        (
            g.counted_in_public,
            c.box_sealed,
            c.papers_all_entered,
            g.speakers_settled,
            g.challenges_settled,
            g.scrutineers_named,
        ),
    ),
    Move(e.PreliminaryPosted, Can.POST_PRELIMINARY, (S.COUNTING,), S.PRELIMINARY, (g.count_signed,)),
    Move(
        e.ResultCertified,
        Can.CERTIFY,
        (S.PRELIMINARY,),
        S.FINAL,
        (g.result_hung_out, g.result_objections_settled, g.count_signed),
    ),
    Move(e.VoteArchived, Can.ARCHIVE, (S.FINAL,), S.ARCHIVED),
    Move(e.VoteVoided, Can.VOID, STILL_OPEN, S.VOID),
    Move(e.VotePutAway, Can.VOID, (S.DRAFT,), S.PUT_AWAY),
)

PROXY = Lifecycle(
    Proxy,
    ProxyState,
    Move(le.ProxyAccepted, Can.REVIEW_PROXY, (P.SUBMITTED,), P.ACCEPTED),
    Move(le.ProxyRefused, Can.REVIEW_PROXY, (P.SUBMITTED,), P.REFUSED),
    Move(le.ProxyRevoked, Can.REVOKE_PROXY, (P.SUBMITTED, P.ACCEPTED), P.REVOKED),
    Move(le.ProxyStopped, Can.REVIEW_STOP, (P.ACCEPTED,), P.REVOKED),
)

BATCH = Lifecycle(
    Batch,
    BatchState,
    Move(e.BatchHandedOver, Can.HAND_OVER_BATCH, (B.FIRST,), B.SECOND),
    Move(e.BatchDiffered, Can.CHECK_BATCH, (B.SECOND,), B.THIRD),
    Move(e.BatchAgreed, Can.CHECK_BATCH, (B.SECOND, B.THIRD), B.AGREED),
)

CANDIDATE = Lifecycle(
    Candidate,
    CandidateState,
    Move(
        ee.CandidateQualified,
        Can.REVIEW_CANDIDATE,
        (C.NOMINATED,),
        C.QUALIFIED,
        (eg.agreed_to_stand, eg.owner_on_roll, eg.not_barred),
    ),
    Move(ee.CandidateRefused, Can.REVIEW_CANDIDATE, (C.NOMINATED,), C.REFUSED),
    Move(ee.CandidateWithdrawn, Can.WITHDRAW_CANDIDATE, (C.NOMINATED, C.QUALIFIED), C.WITHDRAWN),
    Move(ee.CandidateStruck, Can.STRIKE_CANDIDATE, (C.QUALIFIED,), C.STRUCK),
)
