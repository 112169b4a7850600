"""What happens around the public count, beside its moves (`events`)."""

from ..core.eventlog import Event, event
from ..core.text import N_


@event("owners_vote.count_planned", N_("{who}定了公开唱票的时间和地点"), icon="calendar-days")
class CountPlanned(Event):
    vote_id: int


@event("owners_vote.sealed", N_("{who}封箱记数：截止时还没录的纸质票 {papers:num} 张"), icon="lock")
class BoxSealed(Event):
    vote_id: int
    papers: int


@event("owners_vote.seal_confirmed", N_("{who}又数了一遍票箱，{papers:num} 张没有错"), icon="check")
class BoxSealConfirmed(Event):
    vote_id: int
    papers: int
