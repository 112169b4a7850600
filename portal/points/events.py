"""What happens to points. A person's own stand on his file; what the programme does is for everybody to read."""

from datetime import date

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from .words import Deed

STAFF = Visibility.STAFF


@event(
    "points.opened",
    N_("{who}开办了积分，有效期 {months:num} 个月，每人每月最多 {month_cap:num} 分"),
    icon="coins",
)
class ProgrammeOpened(Event):
    months: int
    month_cap: int


@event("points.issued", N_("{who}给积分池增加预算 {amount:num} 分"), icon="coins")
class BudgetIssued(Event):
    pool_id: int
    amount: int


@event("points.earned", N_("{who}得到 {amount:num} 分"), icon="plus", visibility=STAFF)
class PointsEarned(Event):
    user_id: int
    deed: Deed
    amount: int


@event("points.held", N_("兑换扣下 {amount:num} 分"), icon="hourglass", visibility=STAFF)
class PointsHeld(Event):
    user_id: int
    amount: int


@event("points.confirmed", N_("兑换用掉 {amount:num} 分"), icon="check", visibility=STAFF)
class PointsConfirmed(Event):
    user_id: int
    amount: int


@event("points.released", N_("没有兑换，退回 {amount:num} 分"), icon="undo-2", visibility=STAFF)
class PointsReleased(Event):
    user_id: int
    hold_id: int
    amount: int


@event("points.expired", N_("{amount:num} 分到期"), icon="hourglass", visibility=STAFF)
class PointsExpired(Event):
    user_id: int
    amount: int
    on: date


@event(
    "points.reversed", N_("{who}更正了一笔积分 {amount:num} 分，写明了理由"), icon="undo-2", visibility=STAFF
)
class PointsReversed(Event):
    user_id: int
    entry_id: int
    amount: int
