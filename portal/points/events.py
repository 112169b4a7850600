"""What happens to points. A person's own stand on his file; what the programme does is for everybody to read."""

from datetime import date

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from .words import Deed, NotGiven

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


@event("points.earned", N_("得到 {amount:num} 分"), icon="plus", visibility=STAFF)
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


@event(
    "points.lapse_soon", N_("{amount:num} 分快到期，从 {on} 起不能再用"), icon="hourglass", visibility=STAFF
)
class PointsLapseSoon(Event):
    """A month before; `on` is the first day on which they can no longer be used."""

    user_id: int
    amount: int
    on: date


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


@event("points.taken_back", N_("服务时长更正，收回 {amount:num} 分"), icon="undo-2", visibility=STAFF)
class PointsTakenBack(Event):
    user_id: int
    entry_id: int
    amount: int


@event(
    "points.left_with",
    N_("服务时长更正，有 {amount:num} 分已经用掉或者到期，不再收回"),
    icon="info",
    visibility=STAFF,
)
class PointsLeftWith(Event):
    """What a correction would have taken back and is not there any more: nobody ever owes points."""

    user_id: int
    amount: int


@event("points.not_given", N_("{amount:num} 分没有记上，到了上限或者没有预算"), icon="info", visibility=STAFF)
class PointsNotGiven(Event):
    user_id: int
    deed: Deed
    amount: int
    why: NotGiven


@event("points.rule_set", N_("{who}改了积分办法，从 {starts} 起"), icon="pencil")
class RuleSet(Event):
    deed: Deed
    points: int
    active: bool
    starts: date


@event(
    "points.grant_asked", N_("{who}申请给 {people:num} 位记 {amount:num} 分"), icon="plus", visibility=STAFF
)
class GrantAsked(Event):
    deed: Deed
    people: int
    amount: int


@event("points.grant_given", N_("{who}核实了，积分记上"), icon="badge-check", visibility=STAFF)
class GrantGiven(Event):
    pass


@event("points.grant_refused", N_("{who}没有同意记积分，写明了理由"), icon="circle-x", visibility=STAFF)
class GrantRefused(Event):
    pass


@event("points.kin_declared", N_("{who}登记了一对亲属"), icon="users-round", visibility=STAFF)
class KinDeclared(Event):
    user_id: int
    relative_id: int


@event("points.appealed", N_("{who}对一笔积分提了异议"), icon="hand", visibility=STAFF)
class Appealed(Event):
    entry_id: int


@event("points.appeal_answered", N_("{who}答复了对积分的异议"), icon="reply", visibility=STAFF)
class AppealAnswered(Event):
    entry_id: int
    upheld: bool


@event("points.board_joined", N_("{who}用昵称上了积分榜"), icon="star", visibility=STAFF)
class BoardJoined(Event):
    pass


@event("points.board_left", N_("{who}从积分榜上下来了"), icon="undo-2", visibility=STAFF)
class BoardLeft(Event):
    pass


@event("points.sample_drawn", N_("抽了 {entries:num} 笔积分复核，本月共 {of:num} 笔"), icon="list-checks")
class SampleDrawn(Event):
    month: date
    entries: int
    of: int


@event("points.sample_checked", N_("{who}复核了一笔积分"), icon="eye", visibility=STAFF)
class SampleChecked(Event):
    entry_id: int
    sound: bool


@event("reward.fund_opened", N_("{who}设了一笔奖励资金 {budget:money}"), icon="coins")
class FundOpened(Event):
    budget: int


@event("reward.proposed", N_("{who}提出一笔奖励 {amount:money}"), icon="plus", visibility=STAFF)
class RewardProposed(Event):
    amount: int


@event("reward.approved", N_("{who}批了一笔奖励 {amount:money}"), icon="badge-check")
class RewardApproved(Event):
    amount: int


@event("reward.refused", N_("{who}没有批一笔奖励，写明了理由"), icon="circle-x", visibility=STAFF)
class RewardRefused(Event):
    pass


@event("reward.paid", N_("{who}登记：{on} 发了一笔奖励 {amount:money}，有收据"), icon="receipt-text")
class RewardPaid(Event):
    amount: int
    on: date
