"""From an everyday wish to the item of Civil Code art. 278: the portal proposes, the convener confirms and says why."""

from typing import NamedTuple

from ..core.text import N_, speaking
from ..councils.courses import Course
from ..voting.counting.gates import SPECIAL

UNANIMITY = 0
"""No item: art. 279 wants the consent of every owner concerned, so no vote can decide it."""
COMMITTEE = 3
"""The item of elections: the owners of the whole estate elect."""
NUMERALS = "一二三四五六七八九"

ITEM_WORD: dict[int, str] = {
    1: N_("制定、修改业主大会议事规则"),
    2: N_("制定、修改管理规约"),
    3: N_("选举业主委员会或者更换委员"),
    4: N_("选聘、解聘物业服务企业或者其他管理人"),
    5: N_("使用建筑物及其附属设施的维修资金"),
    6: N_("筹集建筑物及其附属设施的维修资金"),
    7: N_("改建、重建建筑物及其附属设施"),
    8: N_("改变共有部分的用途，或者利用共有部分从事经营活动"),
    9: N_("有关共有和共同管理权利的其他重大事项"),
}


class Wish(NamedTuple):
    """`why`: the reason that is proposed for the item. `also`: items it may come under if the case lies otherwise."""

    key: str
    words: str
    item: int
    why: str
    also: tuple[int, ...] = ()
    hint: str = ""


class Kind(NamedTuple):
    """Wishes that people think of together."""

    words: str
    icon: str
    wishes: tuple[Wish, ...]


_MANAGER = N_("选聘和解聘物业服务人由业主共同决定，属于第四项。")
_FEE = N_("物业费是物业服务合同的内容，跟选聘物业一起由业主共同决定，属于第四项。")
_FUND = N_("钱从维修资金里出，属于第五项。由列支范围内的业主表决。")
_RAISE = N_("要业主再出一笔钱，是筹集维修资金，属于第六项，须四分之三同意。")
_BUILD = N_("改变了建筑物的结构或者外形，是改建，属于第七项，须四分之三同意。")
_USE = N_("共有部分改作别的用途或者拿来经营，属于第八项，须四分之三同意。")
_OTHER = N_("关系到共有和共同管理的权利，属于第九项。")
_EMERGENCY = N_("电梯停运、消防失灵、外墙脱落、严重漏水这类紧急情况，可以不表决，按应急程序先修，事后公示。")

KINDS: tuple[Kind, ...] = (
    Kind(
        N_("物业公司"),
        "building-2",
        (
            Wish("change_manager", N_("换一家物业公司"), 4, _MANAGER),
            Wish("renew_manager", N_("跟现在的物业续约"), 4, _MANAGER),
            Wish("self_manage", N_("不请物业，自己管"), 4, _MANAGER),
            Wish("manager_fee", N_("调物业费"), 4, _FEE, also=(9,)),
        ),
    ),
    Kind(
        N_("修东西"),
        "wrench",
        (
            Wish("repair_fund", N_("用维修资金修屋面、外墙、管道"), 5, _FUND, hint=_EMERGENCY),
            Wish(
                "replace_lift",
                N_("换旧电梯，用维修资金"),
                5,
                N_("更换原有电梯、钱从维修资金里出，属于第五项，由用这部电梯的业主表决。"),
                also=(6,),
                hint=_EMERGENCY,
            ),
            Wish("raise_fund", N_("续交维修资金"), 6, _RAISE),
            Wish("levy", N_("大家再摊一笔钱"), 6, _RAISE),
        ),
    ),
    Kind(
        N_("加建和改造"),
        "hard-hat",
        (
            Wish(
                "add_lift",
                N_("楼里加装电梯"),
                7,
                N_("原来没有的电梯，加装是改建，属于第七项，须四分之三同意。"),
            ),
            Wish("gate", N_("改大门、围墙的结构"), 7, _BUILD),
            Wish("extension", N_("加建房子、雨棚、连廊"), 7, _BUILD),
        ),
    ),
    Kind(
        N_("公共地方怎么用"),
        "sprout",
        (
            Wish("green_parking", N_("绿地改成车位"), 8, _USE),
            Wish("parking_lines", N_("小区道路划线停车、收费"), 8, _USE),
            Wish("advertising", N_("电梯里、墙上做广告"), 8, _USE),
            Wish("premises", N_("物业用房改作别用"), 8, _USE),
            Wish("charging_shed", N_("占绿地建充电棚"), 8, _USE),
            Wish(
                "dwelling_to_shop",
                N_("住宅改成店铺、办公"),
                UNANIMITY,
                N_(
                    "《民法典》第二百七十九条：住宅改为经营性用房，要有利害关系的业主一致同意，多数票不能代替。"
                ),
            ),
        ),
    ),
    Kind(
        N_("规矩和人"),
        "users-round",
        (
            Wish(
                "rules", N_("改议事规则（怎么开会、怎么计票）"), 1, N_("改的是业主大会议事规则，属于第一项。")
            ),
            Wish("count_parking", N_("车位算不算面积"), 1, N_("怎么计票由议事规则定，属于第一项。")),
            Wish("silence_clause", N_("不投票的票算哪边"), 1, N_("怎么计票由议事规则定，属于第一项。")),
            Wish(
                "covenant", N_("改管理规约（养狗、装修、停车的规矩）"), 2, N_("改的是管理规约，属于第二项。")
            ),
            Wish("election", N_("业委会换届"), 3, N_("选举业主委员会，属于第三项。")),
            Wish("by_election", N_("补选委员"), 3, N_("更换业主委员会委员，属于第三项。")),
            Wish("recall", N_("罢免委员"), 3, N_("更换业主委员会委员，属于第三项。")),
        ),
    ),
    Kind(
        N_("别的"),
        "ellipsis",
        (
            Wish("common_income", N_("公共收益怎么花"), 9, _OTHER),
            Wish("allowance", N_("业委会津贴"), 9, _OTHER),
            Wish("lawsuit", N_("授权业委会打官司"), 9, _OTHER),
            Wish("security", N_("加监控、门禁"), 9, _OTHER, also=(5, 7)),
            Wish("other", N_("都不是，我自己选"), 9, _OTHER, also=(1, 2, 3, 4, 5, 6, 7, 8)),
        ),
    ),
)

WISHES: dict[str, Wish] = {wish.key: wish for kind in KINDS for wish in kind.wishes}


COURSE: dict[str, Course] = {
    "replace_lift": Course.LIFT,
    "add_lift": Course.LIFT,
    "change_manager": Course.MANAGER,
    "renew_manager": Course.MANAGER,
    "self_manage": Course.MANAGER,
}
COURSE_OF_ITEM: dict[int, Course] = {5: Course.FUND, 6: Course.FUND, 7: Course.WORKS, 8: Course.WORKS}


def course_of(wish: str, item: int) -> Course:
    """What people usually go through before such a matter is voted on."""
    return COURSE.get(wish) or COURSE_OF_ITEM.get(item, Course.OTHER)


def majority(item: int) -> str:
    """The second gate in words; the first is two thirds for every item."""
    return N_("四分之三以上同意") if item in SPECIAL else N_("过半数同意")


def numeral(item: int) -> str:
    """The number of an item as the law writes it: 第（四）项, item (4)."""
    return NUMERALS[item - 1] if speaking.get() == "zh" else str(item)
