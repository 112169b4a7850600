"""The fixed words of an election: where a nomination stands, who made it, what a candidate declares."""

from enum import StrEnum

from ..core.text import N_


class CandidateState(StrEnum):
    """STRUCK: off the posted list, because an objection to him was right."""

    NOMINATED = "nominated"
    QUALIFIED = "qualified"
    REFUSED = "refused"
    STRUCK = "struck"
    WITHDRAWN = "withdrawn"


CANDIDATE_WORD: dict[CandidateState, str] = {
    CandidateState.NOMINATED: N_("等资格审查"),
    CandidateState.QUALIFIED: N_("候选人"),
    CandidateState.REFUSED: N_("审查没有通过"),
    CandidateState.STRUCK: N_("异议成立，已除名"),
    CandidateState.WITHDRAWN: N_("已退出"),
}
PUT_FORWARD = (CandidateState.NOMINATED, CandidateState.QUALIFIED)
"""Nominations that somebody is still behind."""


class Nominator(StrEnum):
    """Who put a name forward."""

    SELF = "self"
    OWNER = "owner"
    OWNERS = "owners"
    ORGANISER = "organiser"


NOMINATOR_WORD: dict[Nominator, str] = {
    Nominator.SELF: N_("自荐"),
    Nominator.OWNER: N_("一位业主推荐"),
    Nominator.OWNERS: N_("十位以上业主联名推荐"),
    Nominator.ORGANISER: N_("召集人推荐"),
}


class Declared(StrEnum):
    """What a candidate has to declare of himself (local rules name them as reasons for which one may not serve)."""

    PROPERTY_TIE = "property_tie"
    ARREARS = "arrears"
    ILLEGAL_BUILDING = "illegal_building"
    DISHONOURED = "dishonoured"


DECLARED_WORD: dict[Declared, str] = {
    Declared.PROPERTY_TIE: N_("本人、配偶或者直系亲属在本小区的物业公司任职，或者跟它有利害关系"),
    Declared.ARREARS: N_("欠交物业费、维修资金，或者没有履行别的业主义务"),
    Declared.ILLEGAL_BUILDING: N_("有违法搭建、违法出租没有改正"),
    Declared.DISHONOURED: N_("被列入失信被执行人名单"),
}
