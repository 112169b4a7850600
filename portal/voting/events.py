"""What happens to a poll. No event carries a choice; of a secret ballot it carries nothing at all."""

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from .words import Outcome


@event("poll.drafted", N_("{who}准备了一次表态"), icon="pencil", visibility=Visibility.STAFF)
class PollDrafted(Event):
    poll_id: int


@event("poll.amended", N_("{who}修改了还没开始的表态"), icon="pencil", visibility=Visibility.STAFF)
class PollAmended(Event):
    poll_id: int


@event("poll.planned", N_("{who}定下了表态什么时候开始"), icon="calendar-days")
class PollPlanned(Event):
    poll_id: int


@event("poll.plan_dropped", N_("{who}取消了定好的开始时间，表态什么时候开始再说"), icon="calendar-days")
class PollPlanDropped(Event):
    poll_id: int


@event("poll.opened", N_("{who}发起议事会表态，名册上共 {voters:num} 票"), icon="vote")
class PollOpened(Event):
    poll_id: int
    voters: int


@event("ballot.cast", N_("{who}投了票"), icon="check", visibility=Visibility.STAFF)
class BallotCast(Event):
    pass


@event("ballot.changed", N_("{who}改了票"), icon="refresh-cw", visibility=Visibility.STAFF)
class BallotChanged(Event):
    pass


@event("poll.closed", N_("表态截止，{cast:num} 人投了票"), icon="lock")
class PollClosed(Event):
    poll_id: int
    cast: int


@event("poll.certified", N_("{who}核定表态结果"), icon="badge-check")
class PollCertified(Event):
    poll_id: int
    outcome: Outcome


@event("poll.annulled", N_("{who}把这次表态作废"), icon="ban")
class PollAnnulled(Event):
    poll_id: int


@event("poll.put_away", N_("{who}收起了没开始的表态"), icon="ban", visibility=Visibility.STAFF)
class PollPutAway(Event):
    poll_id: int


@event("lot.announced", N_("{who}公布了抽签的办法，票数相同，到时公开抽签"), icon="scale")
class LotAnnounced(Event):
    poll_id: int


@event("lot.drawn", N_("{who}公开抽了签"), icon="scale")
class LotDrawn(Event):
    poll_id: int


@event("poll.run_off_called", N_("票数相同，{who}请大家对并列的几项再投一轮"), icon="refresh-cw")
class RunOffCalled(Event):
    poll_id: int
    run_off_id: int
