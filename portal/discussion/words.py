"""The fixed words of a discussion: states, reasons, parties, and what people read for them."""

from enum import StrEnum

from ..core.text import N_, _


class CommentState(StrEnum):
    SHOWN = "shown"
    REPORTED = "reported"
    """Neighbours reported it and a moderator has not looked yet."""
    HIDDEN = "hidden"


class Uptake(StrEnum):
    """What became of an opinion in a draft of what is proposed. Whoever gave it reads the answer beside it."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    DECLINED = "declined"


UPTAKE_WORD = {
    Uptake.ADOPTED: N_("采纳"),
    Uptake.PARTLY: N_("部分采纳"),
    Uptake.DECLINED: N_("没有采纳"),
}
UPTAKE_TONE = {
    Uptake.ADOPTED: ("ok", "check"),
    Uptake.PARTLY: ("accent", "circle-check"),
    Uptake.DECLINED: ("neutral", "circle-x"),
}


class Reason(StrEnum):
    """Why a comment may be hidden. The list is closed; criticism is not on it and never will be."""

    PERSONAL_DATA = "personal_data"
    ABUSE = "abuse"
    ADVERTISING = "advertising"
    RUMOUR = "rumour"
    OFF_TOPIC = "off_topic"
    DUPLICATE = "duplicate"
    ILLEGAL = "illegal"


REASON_WORD = {
    Reason.PERSONAL_DATA: N_("泄露他人隐私"),
    Reason.ABUSE: N_("辱骂或人身攻击"),
    Reason.ADVERTISING: N_("广告"),
    Reason.RUMOUR: N_("编造的事实"),
    Reason.OFF_TOPIC: N_("与这件事无关"),
    Reason.DUPLICATE: N_("重复发言"),
    Reason.ILLEGAL: N_("违法内容"),
}

REASON_RULE = {
    Reason.PERSONAL_DATA: N_("写出了别人的电话、证件号、病情、门牌这类信息，没有得到本人同意。"),
    Reason.ABUSE: N_("骂人、威胁人、给人起侮辱性的外号。对做法的批评不算。"),
    Reason.ADVERTISING: N_("推销商品、拉人进群、留收款码，和这件事没有关系。"),
    Reason.RUMOUR: N_("说的是能查证的事实，而且已经查实不是这样。看法和猜测不算。"),
    Reason.OFF_TOPIC: N_("说的完全是另一件事。可以到那件事下面去说。"),
    Reason.DUPLICATE: N_("同一个人把同样的话发了好几遍，留一条就够了。"),
    Reason.ILLEGAL: N_("法律、法规禁止发布的内容。"),
}
"""The rule behind each reason, as authors and moderators read it."""

PARTIES = ("resident", "committee", "property", "community", "merchant", "other")
"""The order in which the parties' voices stand on a page."""

OFFICIAL = ("committee", "property", "community")
"""Parties whose people speak in their post: they are shown by real name and title."""


def rule_texts() -> dict[str, str]:
    """Reason → its rule in the reader's language, for the notes under a choice of reasons."""
    return {reason.value: _(text) for reason, text in REASON_RULE.items()}
