"""What happens in an election. Names stand on the list, never in the log."""

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_


@event("candidate.nominated", N_("{who}提名一位候选人"), icon="user-round-plus", visibility=Visibility.STAFF)
class CandidateNominated(Event):
    candidate_id: int


@event(
    "candidate.consented",
    N_("{who}登记候选人同意参选，作了声明"),
    icon="check",
    visibility=Visibility.STAFF,
)
class CandidateConsented(Event):
    candidate_id: int


@event(
    "candidate.qualified",
    N_("{who}审查了一位候选人的资格，通过"),
    icon="badge-check",
    visibility=Visibility.STAFF,
)
class CandidateQualified(Event):
    candidate_id: int


@event(
    "candidate.refused", N_("{who}审查了一位候选人的资格，没有通过"), icon="x", visibility=Visibility.STAFF
)
class CandidateRefused(Event):
    candidate_id: int


@event("candidate.withdrawn", N_("{who}登记一位候选人退出"), icon="ban")
class CandidateWithdrawn(Event):
    candidate_id: int


@event("candidate.struck", N_("对候选人的异议成立，{who}把他从名单上除名"), icon="ban")
class CandidateStruck(Event):
    candidate_id: int


@event("owners_vote.round_called", N_("{who}为空缺的名额准备补选"), icon="refresh-cw")
class RoundCalled(Event):
    vote_id: int
    round_id: int


@event("owners_vote.lot_announced", N_("{who}公布了抽签的办法，得票并列，到时公开抽签"), icon="scale")
class SeatLotAnnounced(Event):
    vote_id: int


@event("owners_vote.lot_voided", N_("重新计票以后，先前的抽签不再算数"), icon="undo-2")
class SeatLotVoided(Event):
    vote_id: int
    matter: int


@event("owners_vote.lot_drawn", N_("{who}公开抽签，定了最后的名额"), icon="scale")
class SeatLotDrawn(Event):
    vote_id: int
