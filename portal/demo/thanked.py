"""Thanks in points: the programme is opened half a year ago, neighbours are thanked month after month, some of it is
put right or appealed against, a sample is looked at again; and a fund pays rewards for reports."""

from collections.abc import Callable, Iterator
from datetime import date

import sqlalchemy as sa

from ..accounts.actions.posts import give_role
from ..accounts.models import Role, User
from ..core import clock
from ..core.actor import system
from ..core.db import db
from ..points.actions.answering import appeal, join_board
from ..points.actions.granting import ask_grant, give_grant
from ..points.actions.opening import issue, open_programme
from ..points.actions.reversing import reverse
from ..points.actions.rewarding import approve_reward, note_payment, open_fund, propose_reward
from ..points.actions.sampling import check_sample
from ..points.models import Entry, Fund, Pool, Programme, Rate, Reward, Sample
from ..points.words import Deed as For
from ..points.words import Kind
from .ground import present
from .plan import AT_TABLE, Deed
from .sources import moment
from .told import Told

SECRETARY, WORKER, WATCHER = "feng-xiaoxia", "ma-hui", "su-xia"
THANKS: tuple[tuple[str, str, For, int, str], ...] = (
    ("-150 09:40", "wang-xiulan", For.SKILL, 5, "给三位独居老人改了裤脚、换了拉链。"),
    ("-128 10:10", "sun-tuanju", For.REPORT, 5, "送餐路上发现路灯不亮，拍照报来，当天核实。"),
    ("-101 16:20", "wang-xiulan", For.OTHER, 2, "雪后带着邻居把单元门口清了出来。"),
    ("-96 11:05", "zhao-qiang", For.SKILL, 5, "帮二单元两户修好了漏水的水龙头。"),
    ("-74 15:30", "jin-yuanchao", For.OTHER, 2, "把社区的急救箱清点了一遍，过期的换掉了。"),
    ("-63 09:15", "sun-tuanju", For.REPORT, 5, "报来井盖松动，半小时后已经围起来。"),
    ("-48 17:40", "li-min", For.SKILL, 5, "给孩子们讲了一下午绘本。"),
    ("-47 17:40", "li-min", For.SKILL, 5, "又给孩子们讲了一下午绘本。"),
    ("-33 10:25", "wang-xiulan", For.SKILL, 5, "教八位邻居用手机挂号。"),
    ("-19 14:50", "zhao-qiang", For.OTHER, 2, "把楼道里堆的旧家具劝走了。"),
    ("-8 09:50", "sun-tuanju", For.REPORT, 5, "报来消防通道被占，核实属实。"),
    ("-2 10:40", "wang-xiulan", For.OTHER, 2, "陪楼上老人去了一趟医院。"),
)
"""When, to whom, for what, how many points, and what happened."""
BOARD = (("wang-xiulan", "桂花树下"), ("sun-tuanju", "小孙骑手"), ("zhao-qiang", "三楼老赵"))
RATES = (("隐患", 5_000), ("纠纷", 10_000), ("帮扶", 12_000))
REPORTS = (("sun-tuanju", "孙团举", 0), ("zhao-qiang", "赵强", 0), ("wang-xiulan", "王秀兰", 2))


def thanked(day_zero: date) -> Iterator[Deed]:
    """Everything that happened, each at its hour."""
    for at, do in STEPS:
        yield Deed(moment(at, day_zero), AT_TABLE, fields={"do": do})


def _open(told: Told) -> None:
    secretary = told.actor(SECRETARY)
    open_programme(secretary, told.places["", ""], pool="社区积分池")
    issue(secretary, _pool(), amount=6_000, key="demo-first", reason="居民代表会议议定的全年积分。")


def _thank(who: str, deed: For, amount: int, reason: str) -> Callable[[Told], None]:
    def thank(told: Told) -> None:
        grant = ask_grant(
            told.actor(WORKER), _programme(), deed=deed, shares={told.people[who]: amount}, reason=reason,
            once=f"demo-{who}-{clock.now():%m%d}",
        )  # fmt: skip
        give_grant(told.actor(SECRETARY), grant)

    return thank


def _join(told: Told) -> None:
    for who, nickname in BOARD:
        join_board(told.actor(who), _programme(), nickname=nickname)


def _put_right(told: Told) -> None:
    """The fire drill of somebody else was put down to her."""
    reverse(
        told.actor(SECRETARY), _entry(told, "li-min", For.TRAINING), key="demo-put-right",
        reason="签到表上是另一位邻居，记错了人。",
    )  # fmt: skip


def _appeal(told: Told) -> None:
    appeal(
        told.actor("zhao-qiang"),
        _entry(told, "zhao-qiang", For.OTHER),
        text="那天一共劝走了三户，只记了一次。",
    )


def _ask_one(told: Told) -> None:
    """Waits for the second person."""
    ask_grant(
        told.actor(WORKER), _programme(), deed=For.SKILL, shares={told.people["jin-yuanchao"]: 5},
        reason="帮三户邻居装了门口的感应灯。", once="demo-waits",
    )  # fmt: skip


def _fund(told: Told) -> None:
    open_fund(
        told.actor(SECRETARY), told.places["", ""], name="随手报奖励", source="街道拨付的民生资金",
        budget=2_000_000, rates=RATES,
    )  # fmt: skip


def _reward(told: Told) -> None:
    fund = db.session.scalars(sa.select(Fund)).one()
    rates = list(db.session.scalars(sa.select(Rate).where(Rate.fund_id == fund.id).order_by(Rate.id)))
    for number, (who, name, rate) in enumerate(REPORTS):
        reward = propose_reward(
            told.actor(WORKER), fund, rate_id=rates[rate].id, payee=name, what="报来的事核实了。",
            user_id=told.people[who], once=f"demo-{number}",
        )  # fmt: skip
        approve_reward(told.actor(SECRETARY), reward)


def _pay(told: Told) -> None:
    rewards = db.session.scalars(sa.select(Reward).order_by(Reward.id))
    for number, reward in enumerate(list(rewards)[:2], 1):
        note_payment(
            told.actor(WORKER), reward, paid_on=told.actor(WORKER).today, receipt=f"东兴-{number:03d}"
        )


def _audit(told: Told) -> None:
    """A neighbour who supervises looks at what was drawn; the last month still waits."""
    watcher = db.session.get_one(User, told.people[WATCHER])
    place, now = told.places["", ""], clock.now()
    give_role(system(now), place, user=watcher, role=Role.AUDITOR, title="居务监督委员会委员")
    drawn = list(db.session.scalars(sa.select(Sample).order_by(Sample.month, Sample.id)))
    for sample in drawn[:-1]:
        check_sample(present(watcher), sample, sound=True, finding="问过本人，经过和记的一样。")


def _programme() -> Programme:
    return db.session.scalars(sa.select(Programme).order_by(Programme.id.desc()).limit(1)).one()


def _pool() -> Pool:
    return db.session.scalars(sa.select(Pool).where(Pool.programme_id == _programme().id)).one()


def _entry(told: Told, who: str, deed: For) -> Entry:
    wanted = sa.select(Entry).where(
        Entry.user_id == told.people[who], Entry.deed == deed, Entry.kind == Kind.EARN
    )
    return db.session.scalars(wanted.order_by(Entry.id.desc()).limit(1)).one()


STEPS: tuple[tuple[str, Callable[[Told], None]], ...] = (
    ("-160 09:30", _open),
    *((at, _thank(who, deed, amount, reason)) for at, who, deed, amount, reason in THANKS),
    ("-58 09:00", _join),
    ("-40 10:00", _fund),
    ("-30 11:20", _reward),
    ("-27 15:00", _pay),
    ("-7 09:30", _audit),
    ("-5 10:30", _put_right),
    ("-3 19:10", _appeal),
    ("-1 16:30", _ask_one),
)
