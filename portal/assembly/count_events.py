"""What happens around the public count, beside its moves (`events`)."""

from ..core.eventlog import Event, event
from ..core.text import N_


@event("owners_vote.count_planned", N_("{who}定了公开唱票的时间和地点"), icon="calendar-days")
class CountPlanned(Event):
    vote_id: int
