"""From what somebody says in his own words to the wishes that are most like it. Pure.

People say 换水泵 or "new pump", the law says 使用维修资金: each wish has the words that such things are called by. What
holds most of the words that were said comes first; a word that several wishes share leads to all of them.
"""

import unicodedata

from .wishes import WISHES, Wish

HEARD: dict[str, tuple[str, ...]] = {
    "change_manager": (
        "换物业", "物业不好", "解聘", "选聘", "新物业", "change manager", "new property company",
    ),
    "renew_manager": ("续约", "续聘", "续签", "物业合同", "renew"),
    "self_manage": ("自管", "自治", "不要物业", "自己管", "self manage"),
    "manager_fee": ("物业费", "涨价", "降价", "收费标准", "电梯费", "垃圾费", "fee"),
    "repair_fund": (
        "修", "漏水", "渗水", "屋面", "屋顶", "楼顶", "外墙", "墙皮", "水泵", "二次供水", "水箱", "管道",
        "下水", "排水", "污水",
        "供暖", "暖气", "消防", "路面", "道路", "楼道", "粉刷", "刷漆", "油漆", "栏杆", "路灯", "单元门",
        "防水", "化粪池", "沉降",
        "维修资金", "repair", "leak", "roof", "pump", "pipe", "paint",
    ),
    "replace_lift": (
        "换电梯", "旧电梯", "老电梯", "更换电梯", "电梯更新", "电梯大修", "电梯", "replace lift", "old lift",
        "elevator",
        "lift",
    ),
    "raise_fund": ("续交", "续筹", "补交维修资金", "维修资金不够", "fund is short"),
    "levy": ("摊钱", "集资", "凑钱", "分摊", "每户出", "再交钱", "levy"),
    "add_lift": (
        "加装电梯", "装电梯", "加电梯", "没有电梯", "电梯", "add a lift", "install lift", "elevator", "lift",
    ),
    "gate": ("大门", "围墙", "门头", "开门", "封门", "后门", "gate", "wall"),
    "extension": (
        "加建", "雨棚", "连廊", "车棚", "岗亭", "搭建", "扩建", "拆除", "重建", "翻建", "extension", "rebuild",
    ),
    "green_parking": ("绿地", "草坪", "绿化", "花坛", "树", "改车位", "车位", "停车", "parking", "green"),
    "parking_lines": ("划线", "停车费", "路边停车", "车位", "停车", "parking"),
    "advertising": ("广告", "电梯广告", "advert"),
    "premises": (
        "物业用房", "架空层", "地下室", "活动室", "食堂", "会所", "出租", "快递柜", "快递架", "premises",
        "basement",
    ),
    "charging_shed": ("充电棚", "充电桩", "电动车", "充电", "charging"),
    "dwelling_to_shop": ("民宿", "麻将馆", "开店", "住改商", "办公", "店铺", "shop in a flat"),
    "rules": ("议事规则", "怎么开会", "怎么计票", "电子投票", "rules"),
    "count_parking": ("车位面积", "车位算不算", "车位"),
    "silence_clause": ("不投票", "弃权票", "沉默", "随多数", "silence"),
    "covenant": (
        "养狗", "遛狗", "宠物", "噪音", "装修", "公约", "管理规约", "高空抛物", "楼道杂物", "飞线", "covenant",
        "dogs", "noise",
    ),
    "election": ("换届", "选业委会", "成立业委会", "选举", "election", "committee"),
    "by_election": ("补选", "增补", "by-election"),
    "recall": ("罢免", "不称职", "更换委员", "换掉", "recall"),
    "common_income": ("公共收益", "广告费怎么花", "停车费怎么花", "账上的钱", "common income"),
    "allowance": ("津贴", "补贴业委会", "误工", "聘秘书", "allowance"),
    "lawsuit": ("打官司", "起诉", "诉讼", "律师", "仲裁", "lawsuit", "sue"),
    "security": ("监控", "摄像头", "门禁", "人脸", "道闸", "对讲", "保安", "camera", "access control"),
}  # fmt: skip
MOST = 4


def likely(said: str) -> list[Wish]:
    """The wishes most like what was said, best first, at most MOST; none for what nobody foresaw."""
    text = "".join(unicodedata.normalize("NFKC", said).casefold().split())
    scored = {key: _likeness(text, key) for key in HEARD} if text else {}
    found = sorted((key for key, score in scored.items() if score), key=lambda key: -scored[key])
    return [WISHES[key] for key in found[:MOST]]


def _likeness(text: str, key: str) -> int:
    """How much of the text is words of this wish: longer words say more."""
    words = ("".join(word.casefold().split()) for word in HEARD[key])
    return sum(len(word) ** 2 for word in words if word in text)
