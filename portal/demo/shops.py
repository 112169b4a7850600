"""Nineteen shops that thank helpers, one that moved away, one that applies; what they give for points (`shops.yaml`),
and who had some of it. No price is named anywhere: points are not money."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

import sqlalchemy as sa

from ..core import clock
from ..core.actor import system
from ..core.db import db
from ..partners.actions.agreeing import end_merchant, sign_agreement, visit_merchant
from ..partners.actions.drawing import draw_statements
from ..partners.actions.joining import Shop, apply_merchant, enter_merchant
from ..partners.actions.marketing import set_market, take_stall
from ..partners.actions.offering import Terms, make_offer
from ..partners.actions.redeeming import cancel, expire, redeem
from ..partners.actions.settling import ask, give, reverse_redemption
from ..partners.actions.signing import agree, settle_all
from ..partners.models import Offer, PartnerMerchant, Redemption, Statement
from ..partners.rules import month_before
from ..partners.words import Every, Gift, Payer, RedemptionState, Trade
from .plan import AT_TABLE, Deed, Person
from .sources import Fields, moment, shops
from .told import Told

SECRETARY, WORKER = "feng-xiaoxia", "ma-hui"
STALLS = (
    ("好邻居理发", "老人理发，自带围布"),
    ("顺达修车", "补胎、给车链上油"),
    ("康宁药店", "量血压、测血糖"),
    ("老孔修表", "换电池、配钥匙"),
)
AFTERWARDS = timedelta(minutes=4)
TERM = timedelta(days=365)
HAD = (
    ("-60 06:50", "wang-xiulan", "豆浆油条一份"),
    ("-52 15:20", "sun-tuanju", "骑手歇脚：热水和充电"),
    ("-45 18:30", "sun-tuanju", "儿童画册一本"),
    ("-44 10:15", "li-min", "手工课一节"),
    ("-32 11:30", "wang-xiulan", "理发一次"),
    ("-32 17:45", "zhao-qiang", "补胎一次"),
    ("-31 16:00", "li-min", "学扦插一课"),
    ("-31 14:10", "jin-yuanchao", "轮椅检修一次"),
    ("-12 12:20", "zhao-qiang", "吃面加一份面不另收"),
    ("-14 15:00", "li-min", "绿萝一盆"),
    ("-9 10:05", "sun-tuanju", "骑手歇脚：热水和充电"),
    ("-4 18:45", "sun-tuanju", "热饮一杯和一份小食"),
)
"""When, who, and what was handed over."""


def traded(day_zero: date) -> Iterator[Deed]:
    """Everything that happened, each at its hour."""
    for at, do in STEPS:
        yield Deed(moment(at, day_zero), AT_TABLE, fields={"do": do})
    this = day_zero.replace(day=1)
    last = month_before(this)
    for month in (last, this):
        yield Deed(clock.at(month, 9, 5), AT_TABLE, fields={"do": _draw})
    yield Deed(clock.at(last + timedelta(4), 10, 20), AT_TABLE, fields={"do": _sign_month})
    for at, who, title in HAD:
        yield Deed(moment(at, day_zero), AT_TABLE, fields={"do": partial(_ask, who=who, title=title)})
        yield Deed(
            moment(at, day_zero) + AFTERWARDS, AT_TABLE, fields={"do": partial(_hand_over, title=title)}
        )


def _come(told: Told) -> None:
    """All but the last come on one day: the round of the street."""
    for line in shops():
        if "applies" not in line:
            _join(told, line)


def _sign(told: Told) -> None:
    clerk, secretary = told.actor(WORKER), told.actor(SECRETARY)
    for shop in db.session.scalars(sa.select(PartnerMerchant).order_by(PartnerMerchant.id)).all():
        visit_merchant(
            clerk, shop, day=clerk.today, note="证照齐全，店面干净，愿意帮忙。", once=f"demo-visit-{shop.id}"
        )
        sign_agreement(
            secretary, shop, starts=secretary.today, ends=secretary.today + TERM,
            payer=Payer.POOL if "食堂" in shop.name else Payer.OWN, once=f"demo-sign-{shop.id}",
        )  # fmt: skip


def _fill(told: Told) -> None:
    """Each fills its own shelf; the worker fills for those without an account."""
    for line in shops():
        for n, told_of in enumerate(line.get("offers", ())):
            shop = _shop(line["name"])
            terms = {
                **told_of,
                "kind": Gift(told_of["kind"]),
                "span": Every(told_of.get("span", "day")),
                "each_span": Every(told_of.get("each_span", "ever")),
                "starts": told.actor(WORKER).today,
            }
            photos = told.album.pictures((terms.pop("picture"),) if "picture" in terms else ())
            actor = told.actor(line.get("keeper", WORKER))
            make_offer(actor, shop, terms=Terms(**terms), once=f"demo-{shop.id}-{n}", photos=photos)


def _apply(told: Told) -> None:
    for line in shops():
        if "applies" in line:
            _join(told, line)


def _end(told: Told) -> None:
    for line in shops():
        if "ended" in line:
            end_merchant(told.actor(SECRETARY), _shop(line["name"]), reason=line["ended"])


def _draw(told: Told) -> None:
    worker = told.actor(WORKER)
    draw_statements(worker, told.places["", ""], month=month_before(worker.today))


def _sign_month(told: Told) -> None:
    """The shops sign, those without an account on paper; then the secretary signs for all of them."""
    for statement in db.session.scalars(sa.select(Statement).order_by(Statement.id)).all():
        keeper = _keeper(told, statement.keeper_id)
        agree(told.actor(keeper), statement, paper="" if keeper != WORKER else "店主")
    secretary = told.actor(SECRETARY)
    settle_all(secretary, told.places["", ""], month=month_before(secretary.today))


def _keeper(told: Told, number: int | None) -> Person:
    """Who stands at a desk: the keeper, or the worker who enters for a shop without one."""
    return {number: who for who, number in told.people.items()}.get(number or 0, WORKER)


def _set_market(told: Told) -> None:
    set_market(
        told.actor(SECRETARY), told.places["", ""], venue="一化小区中心广场", begins=9 * 60, ends=11 * 60 + 30,
        about="理发、修鞋、磨刀、量血压，一处办完。下雨改在社区一楼大厅。",
    )  # fmt: skip


def _come_to_market(told: Told) -> None:
    for name, brings in STALLS:
        shop = _shop(name)
        take_stall(told.actor(_keeper(told, shop.keeper_id)), shop, brings=brings)


def _ask(told: Told, who: Person, title: str) -> None:
    offer = db.session.scalars(sa.select(Offer).where(Offer.title == title)).one()
    redeem(told.actor(who), offer, once=f"demo-{clock.now():%m%d%H%M}")


def _hand_over(told: Told, title: str) -> None:
    """The counter types the digits, and whoever they belong to nods."""
    code = _last(title, RedemptionState.HELD)
    shop = db.session.get_one(PartnerMerchant, code.merchant_id)
    ask(told.actor(_keeper(told, shop.keeper_id)), shop, typed=code.code)
    give(told.actor(_keeper(told, code.user_id)), code)


def _give_back(told: Told) -> None:
    cancel(told.actor("li-min"), _last("测一次血糖", RedemptionState.HELD))


def _let_pass(_told: Told) -> None:
    """He took a code and did not come."""
    expire(system(), _last("测一次血糖", RedemptionState.HELD))


def _put_right(told: Told) -> None:
    broken = _last("绿萝一盆", RedemptionState.USED)
    reverse_redemption(told.actor(WORKER), broken, reason="拿回家发现盆裂了，店家收回，积分退还。")


def _last(title: str, state: RedemptionState) -> Redemption:
    wanted = sa.select(Redemption).where(Redemption.title == title, Redemption.state == state)
    return db.session.scalars(wanted.order_by(Redemption.id.desc()).limit(1)).one()


def _join(told: Told, line: Fields) -> None:
    said = {name: line.get(name, "") for name in ("name", "address", "hours", "about", "gives", "needs")}
    join, who = (apply_merchant, line["keeper"]) if "keeper" in line else (enter_merchant, WORKER)
    photos = told.album.pictures((line["picture"],) if "picture" in line else ())
    join(
        told.actor(who), told.places["", ""], shop=Shop(**said, trade=Trade(line["trade"])),
        once=f"demo-{line['name']}", photos=photos,
    )  # fmt: skip


def _shop(name: str) -> PartnerMerchant:
    return db.session.scalars(sa.select(PartnerMerchant).where(PartnerMerchant.name == name)).one()


STEPS: tuple[tuple[str, Callable[[Told], None]], ...] = (
    ("-90 10:00", _come),
    ("-84 15:00", _sign),
    ("-80 09:30", _fill),
    ("-21 16:20", partial(_ask, who="li-min", title="测一次血糖")),
    ("-21 16:22", _give_back),
    ("-20 09:40", partial(_ask, who="jin-yuanchao", title="测一次血糖")),
    ("-20 09:55", _let_pass),
    ("-16 10:30", _end),
    ("-13 09:20", _put_right),
    ("-70 11:00", _set_market),
    ("-3 17:10", _apply),
    ("-1 15:20", _come_to_market),
)
