"""The fixed words of a council: parties, categories, stops and states, each with what people read."""

from enum import StrEnum

from ..core.text import N_


class Party(StrEnum):
    """Who sits at the table."""

    RESIDENT = "resident"
    COMMITTEE = "committee"
    PROPERTY = "property"
    COMMUNITY = "community"
    MERCHANT = "merchant"


class Stop(StrEnum):
    """The seven stops of the line, in order."""

    GATHER = "gather"
    SCREEN = "screen"
    DELIBERATE = "deliberate"
    DECIDE = "decide"
    PUBLISH = "publish"
    CARRY_OUT = "carry_out"
    RATE = "rate"


STOP_WORD: dict[Stop, str] = {
    Stop.GATHER: N_("征集"),
    Stop.SCREEN: N_("筛选"),
    Stop.DELIBERATE: N_("协商"),
    Stop.DECIDE: N_("表决"),
    Stop.PUBLISH: N_("公示"),
    Stop.CARRY_OUT: N_("实施"),
    Stop.RATE: N_("评价"),
}


class TopicState(StrEnum):
    GATHERING = "gathering"
    SCREENING = "screening"
    DELIBERATING = "deliberating"
    VOTING = "voting"
    DECIDED = "decided"
    POSTED = "posted"
    CARRIED_OUT = "carried_out"
    RATING = "rating"
    CLOSED = "closed"
    DECLINED = "declined"
    MERGED = "merged"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"


AT_TABLE = (TopicState.DELIBERATING, TopicState.VOTING)
"""A topic that is talked about, or out on a poll; any later state is a result, any other is off the table."""
STOP: dict[TopicState, Stop] = {
    TopicState.GATHERING: Stop.GATHER,
    TopicState.SCREENING: Stop.SCREEN,
    TopicState.DELIBERATING: Stop.DELIBERATE,
    TopicState.VOTING: Stop.DECIDE,
    TopicState.DECIDED: Stop.PUBLISH,
    TopicState.POSTED: Stop.PUBLISH,
    TopicState.CARRIED_OUT: Stop.CARRY_OUT,
    TopicState.RATING: Stop.RATE,
}
"""States on the line. The others are ends, and off the line."""

LIVE = tuple(STOP)

STATE_WORD: dict[TopicState, str] = {
    TopicState.GATHERING: N_("征集联署"),
    TopicState.SCREENING: N_("等社区筛选"),
    TopicState.DELIBERATING: N_("协商中"),
    TopicState.VOTING: N_("表决中"),
    TopicState.DECIDED: N_("已有决定，准备公示"),
    TopicState.POSTED: N_("公示中"),
    TopicState.CARRIED_OUT: N_("实施中"),
    TopicState.RATING: N_("请大家评价"),
    TopicState.CLOSED: N_("已办结"),
    TopicState.DECLINED: N_("没有采纳"),
    TopicState.MERGED: N_("已合并"),
    TopicState.REFERRED: N_("已转办"),
    TopicState.WITHDRAWN: N_("提出人已撤回"),
}

PARTY_WORD: dict[Party, str] = {
    Party.RESIDENT: N_("居民"),
    Party.COMMITTEE: N_("业委会"),
    Party.PROPERTY: N_("物业"),
    Party.COMMUNITY: N_("社区"),
    Party.MERCHANT: N_("商户"),
}


class Verdict(StrEnum):
    """How a screening ends."""

    ACCEPT = "accept"
    MERGE = "merge"
    REFER = "refer"
    DECLINE = "decline"


VERDICT_WORD: dict[Verdict, str] = {
    Verdict.ACCEPT: N_("采纳，进入协商"),
    Verdict.MERGE: N_("并入已有议题"),
    Verdict.REFER: N_("转给该管的单位"),
    Verdict.DECLINE: N_("不采纳"),
}


class Category(StrEnum):
    """What a topic is about (domain file §3.2)."""

    SANITATION = "sanitation"
    PARKING = "parking"
    CHARGING = "charging"
    REPAIR = "repair"
    LIFT = "lift"
    SERVICE = "service"
    FUNDS = "funds"
    CARE = "care"
    CHILDREN = "children"
    CULTURE = "culture"
    NEIGHBOURS = "neighbours"
    SAFETY = "safety"
    RIDERS = "riders"
    SHOPS = "shops"
    FOREIGN = "foreign"
    CHARITY = "charity"
    OTHER = "other"


CATEGORY_WORD: dict[Category, str] = {
    Category.SANITATION: N_("环境卫生"),
    Category.PARKING: N_("停车交通"),
    Category.CHARGING: N_("电动车充电、消防"),
    Category.REPAIR: N_("设施维修改造"),
    Category.LIFT: N_("电梯"),
    Category.SERVICE: N_("物业服务与费用"),
    Category.FUNDS: N_("公共收益、维修资金"),
    Category.CARE: N_("养老助残"),
    Category.CHILDREN: N_("托幼儿童"),
    Category.CULTURE: N_("文体空间"),
    Category.NEIGHBOURS: N_("邻里公约"),
    Category.SAFETY: N_("治安"),
    Category.RIDERS: N_("新就业群体"),
    Category.SHOPS: N_("商户经营"),
    Category.FOREIGN: N_("涉外、民族"),
    Category.CHARITY: N_("慈善互助"),
    Category.OTHER: N_("其他"),
}
