"""What happens around the public count, beside its moves (`events`)."""

from ..core.eventlog import Event, event
from ..core.text import N_


@event("owners_vote.count_planned", N_("{who}定了公开唱票的时间和地点"), icon="calendar-days")
class CountPlanned(Event):
    vote_id: int


@event("owners_vote.sealed", N_("{who}封箱，数了截止时还没录的纸质票，等另一个人再数"), icon="lock")
class BoxSealed(Event):
    """The number is nobody's to read before another one has counted."""

    vote_id: int


@event(
    "owners_vote.count_differed",
    N_("{who}又数了一遍票箱，和第一遍不一样，等第三个人数"),
    icon="triangle-alert",
)
class BoxCountDiffered(Event):
    vote_id: int


@event(
    "owners_vote.counts_differed",
    N_("三个人数的票箱都不一样，三个数都留着，请没有数过的人从头再数"),
    icon="triangle-alert",
)
class BoxCountsDiffered(Event):
    vote_id: int


@event(
    "owners_vote.seal_confirmed",
    N_("{who}又数了一遍票箱：没录的纸质票 {papers:num} 张，两个人数的一样，已经公示"),
    icon="check",
)
class BoxSealConfirmed(Event):
    vote_id: int
    papers: int
