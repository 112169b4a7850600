"""The fixed words of an owners' vote."""

from enum import StrEnum

from ..core.text import N_


class VoteState(StrEnum):
    DRAFT = "draft"
    ROLL_POSTED = "roll_posted"
    FROZEN = "frozen"
    NOTICE = "notice"
    OPEN = "open"
    CLOSED = "closed"
    COUNTING = "counting"
    PRELIMINARY = "preliminary_posted"
    FINAL = "final_posted"
    ARCHIVED = "archived"
    VOID = "void"
    PUT_AWAY = "put_away"


RESULT_POSTED = (VoteState.PRELIMINARY, VoteState.FINAL, VoteState.ARCHIVED)
"""From when on everybody may see what the count has given; of a void vote never."""

STATE_WORD: dict[VoteState, str] = {
    VoteState.DRAFT: N_("准备中"),
    VoteState.ROLL_POSTED: N_("名册公示中"),
    VoteState.FROZEN: N_("名册已定"),
    VoteState.NOTICE: N_("已公告，等投票"),
    VoteState.OPEN: N_("投票中"),
    VoteState.CLOSED: N_("已截止"),
    VoteState.COUNTING: N_("唱票计票中"),
    VoteState.PRELIMINARY: N_("初步结果公示中"),
    VoteState.FINAL: N_("结果已公布"),
    VoteState.ARCHIVED: N_("已归档"),
    VoteState.VOID: N_("已终止"),
    VoteState.PUT_AWAY: N_("草稿，已收起"),
}


class Scope(StrEnum):
    """Whose vote it is: the place whose owners are on the roll, or the parts of an estate whose fund is spent."""

    ESTATE = "estate"
    BUILDING = "building"
    ENTRANCE = "entrance"
    FUND = "fund"


SCOPE_WORD: dict[Scope, str] = {
    Scope.ESTATE: N_("整个小区"),
    Scope.BUILDING: N_("一栋楼"),
    Scope.ENTRANCE: N_("一个单元"),
    Scope.FUND: N_("列支范围内的几栋楼、几个单元"),
}


class Sharing(StrEnum):
    """How what a matter costs falls on the owners of the scope."""

    AREA = "area"
    FLOOR = "floor"
    FLOOR_AREA = "floor_area"
    COMMON = "common"


SHARING_WORD: dict[Sharing, str] = {
    Sharing.AREA: N_("按专有面积分摊"),
    Sharing.FLOOR: N_("按楼层系数分摊，同一层一样多"),
    Sharing.FLOOR_AREA: N_("按楼层系数乘专有面积分摊"),
    Sharing.COMMON: N_("不分摊到户，从公共收益里出"),
}


class Convener(StrEnum):
    """Who calls the owners together (物业管理条例 arts. 10-13)."""

    COMMITTEE = "committee"
    PREPARATORY = "preparatory"
    RESIDENTS_COMMITTEE = "residents_committee"
    STREET = "street"


CONVENER_WORD: dict[Convener, str] = {
    Convener.COMMITTEE: N_("业主委员会"),
    Convener.PREPARATORY: N_("首次业主大会筹备组"),
    Convener.RESIDENTS_COMMITTEE: N_("居民委员会代为召集"),
    Convener.STREET: N_("街道办事处责令召集"),
}


class Silence(StrEnum):
    """What becomes of an owner who was served the paper and gave none back; the words of the count file."""

    NOT_PARTICIPATING = "not_participating"
    ABSTAIN = "abstain"
    FOLLOW_MAJORITY = "follow_majority"


SILENCE_WORD: dict[Silence, str] = {
    Silence.NOT_PARTICIPATING: N_("不投票就是没有参加"),
    Silence.ABSTAIN: N_("送达了不投票，算参加并弃权"),
    Silence.FOLLOW_MAJORITY: N_("送达了不投票，算同意多数人的意见"),
}


class Choice(StrEnum):
    """What a ballot says on a matter; the words of the count file. INVALID: an unclear mark, on paper only."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    INVALID = "invalid"


CHOICE_WORD: dict[Choice, str] = {
    Choice.FOR: N_("同意"),
    Choice.AGAINST: N_("不同意"),
    Choice.ABSTAIN: N_("弃权"),
    Choice.INVALID: N_("无效"),
}


class Medium(StrEnum):
    """On what a ballot was given. A speaker has at most one ballot on each."""

    ONLINE = "online"
    PAPER = "paper"


class Channel(StrEnum):
    """How a ballot came in; all count alike."""

    ONLINE = "online"
    DESK = "desk"
    PAPER = "paper"
    PROXY = "proxy"
    OFFICIAL = "official"


CHANNEL_WORD: dict[Channel, str] = {
    Channel.ONLINE: N_("手机投票"),
    Channel.DESK: N_("窗口代录"),
    Channel.PAPER: N_("纸质票"),
    Channel.PROXY: N_("委托代投"),
    Channel.OFFICIAL: N_("主管部门系统"),
}


class VoterKind(StrEnum):
    """Who one head is."""

    SINGLE = "single"
    CO_OWNERS = "co_owners"
    COMPANY = "company"
    DEVELOPER = "developer"
    UNKNOWN = "unknown"


VOTER_WORD: dict[VoterKind, str] = {
    VoterKind.SINGLE: N_("一人所有"),
    VoterKind.CO_OWNERS: N_("几人共有"),
    VoterKind.COMPANY: N_("单位所有"),
    VoterKind.DEVELOPER: N_("建设单位"),
    VoterKind.UNKNOWN: N_("业主不明"),
}


class Capacity(StrEnum):
    """As what a person speaks for a unit."""

    OWNER = "owner"
    GUARDIAN = "guardian"
    HEIR = "heir"
    REPRESENTATIVE = "representative"


CAPACITY_WORD: dict[Capacity, str] = {
    Capacity.OWNER: N_("业主本人"),
    Capacity.GUARDIAN: N_("监护人"),
    Capacity.HEIR: N_("继承人"),
    Capacity.REPRESENTATIVE: N_("单位委派的人"),
}


class Standing(StrEnum):
    """Whether what one person entered counts: it does once a second person compared it with the paper. Who speaks for a
    head no longer stands once an owner objects, until that is decided; owners themselves stand by the register."""

    STANDS = "stands"
    ENTERED = "entered"
    SUSPENDED = "suspended"
    REFUSED = "refused"


STANDING_WORD: dict[Standing, str] = {
    Standing.STANDS: N_("可以投"),
    Standing.ENTERED: N_("等第二个人核对"),
    Standing.SUSPENDED: N_("业主有异议，先停下"),
    Standing.REFUSED: N_("不能投"),
}


class DeliveryWay(StrEnum):
    """How a paper reached its voter, or how it was tried."""

    HANDED = "handed"
    MAIL = "mail"
    MESSAGE = "message"
    PORTAL = "portal"
    REFUSED = "refused"
    POSTED = "posted"


DELIVERY_WORD: dict[DeliveryWay, str] = {
    DeliveryWay.HANDED: N_("当面签收"),
    DeliveryWay.MAIL: N_("邮寄签收"),
    DeliveryWay.MESSAGE: N_("短信或微信送达"),
    DeliveryWay.PORTAL: N_("本人在平台上看过"),
    DeliveryWay.REFUSED: N_("拒收，两人见证"),
    DeliveryWay.POSTED: N_("联系不上，已张贴公告"),
}
PROVEN = (DeliveryWay.HANDED, DeliveryWay.MAIL, DeliveryWay.PORTAL, DeliveryWay.REFUSED)
"""Ways that prove the voter was reached, as a silence rule demands; a notice on the wall does not."""


class ProxyState(StrEnum):
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REVOKED = "revoked"


PROXY_WORD: dict[ProxyState, str] = {
    ProxyState.SUBMITTED: N_("等核对"),
    ProxyState.ACCEPTED: N_("已核对，有效"),
    ProxyState.REFUSED: N_("没有接受"),
    ProxyState.REVOKED: N_("已经收回"),
}


class BatchState(StrEnum):
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    AGREED = "agreed"


BATCH_WORD: dict[BatchState, str] = {
    BatchState.FIRST: N_("第一个人在录"),
    BatchState.SECOND: N_("等第二个人再录一遍"),
    BatchState.THIRD: N_("两遍不一样，等第三个人裁定"),
    BatchState.AGREED: N_("已入票箱"),
}


class ObjectionKind(StrEnum):
    ROLL = "roll"
    CANDIDATE = "candidate"
    RESULT = "result"


OBJECTION_WORD: dict[ObjectionKind, str] = {
    ObjectionKind.ROLL: N_("对名册的异议"),
    ObjectionKind.CANDIDATE: N_("对候选人的异议"),
    ObjectionKind.RESULT: N_("对结果的异议"),
}


class PostingKind(StrEnum):
    ROLL = "roll"
    NOTICE = "notice"
    POSTPONED = "postponed"
    EXTENSION = "extension"
    SEALED = "sealed"
    PRELIMINARY = "preliminary"
    FINAL = "final"
    VOID = "void"


POSTING_WORD: dict[PostingKind, str] = {
    PostingKind.ROLL: N_("名册公示"),
    PostingKind.NOTICE: N_("表决公告"),
    PostingKind.POSTPONED: N_("改期公告"),
    PostingKind.EXTENSION: N_("延期公告"),
    PostingKind.SEALED: N_("封箱公示"),
    PostingKind.PRELIMINARY: N_("初步结果公示"),
    PostingKind.FINAL: N_("结果公告"),
    PostingKind.VOID: N_("终止公告"),
}


class Counter(StrEnum):  # who stands by when papers are counted in public
    TELLER = "teller"
    SCRUTINEER = "scrutineer"


COUNTER_WORD: dict[Counter, str] = {Counter.TELLER: N_("计票人"), Counter.SCRUTINEER: N_("监票人")}
