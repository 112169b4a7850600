"""Why somebody who opens an owners' vote finds no paper of his, home by home, and what he can do about it. Pure."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from ..core.text import N_
from .words import Standing


class Why(StrEnum):
    """In the order in which the page tells them: what can be mended first, what the law says last."""

    WAITS = "waits"
    HALTED = "halted"
    DOUBTED = "doubted"
    OTHER_NAME = "other_name"
    CHANGED_HANDS = "changed_hands"
    OWNER_MISSING = "owner_missing"
    OTHER_ACCOUNT = "other_account"
    UNLINKED = "unlinked"
    NOT_LISTED = "not_listed"
    NO_HOME = "no_home"
    PARKING = "parking"
    DEVELOPERS = "developers"
    OUTSIDE = "outside"
    FAMILY = "family"
    TENANT = "tenant"
    WORKER = "worker"


WHY_WORD: dict[Why, str] = {
    Why.WAITS: N_("已经登记由您来投，还要第二位工作人员对照证明核对，核对好就能投。"),
    Why.HALTED: N_("登记了由您来投，业主说不对，召集人决定以前先不能投。"),
    Why.DOUBTED: N_(
        "您认领了这套房屋，姓名或者手机号和登记簿上的业主不一样，要另一位工作人员看过您的证件才算。"
    ),
    Why.OTHER_NAME: N_("登记簿上这套房屋的业主不是您的名字，名册照登记簿排。"),
    Why.CHANGED_HANDS: N_("名册定下的时候，这套房屋还在原来的业主名下。"),
    Why.OWNER_MISSING: N_("登记簿上没有这套房屋的业主，名册上写的是业主不明。"),
    Why.OTHER_ACCOUNT: N_("名册上您这位业主，已经由另一个账号认领了。"),
    Why.UNLINKED: N_("名册上有您这位业主，还没有和您的账号连上。"),
    Why.NOT_LISTED: N_("名册上没有这套房屋。"),
    Why.NO_HOME: N_("您的账号还没有认领房屋，平台不知道您是哪一套的业主。"),
    Why.PARKING: N_("这是车位。按这次的规则，车位不计入面积和人数。"),
    Why.DEVELOPERS: N_("这套房屋登记的是还没有交付，这一票算在建设单位名下。"),
    Why.OUTSIDE: N_("这套房屋不在这次表决的范围里，这次由范围里的业主来定。"),
    Why.FAMILY: N_("您登记的是业主的家人。有票的是业主本人。"),
    Why.TENANT: N_("您登记的是租户。可以看、可以说话，这次表决只有业主能投。"),
    Why.WORKER: N_("您登记的是在这里工作的人。可以看、可以说话，这次表决只有业主能投。"),
}


class Cure(StrEnum):
    CLAIM = "claim"
    OBJECT = "object"
    TRANSFER = "transfer"
    DESK = "desk"
    HELP = "help"
    TALK = "talk"


CURE_WORD: dict[Cure, str] = {
    Cure.CLAIM: N_("用联系卡上的码认领您的房屋"),
    Cure.OBJECT: N_("名册还在公示，提出异议"),
    Cure.TRANSFER: N_("截止以前带产权证到社区窗口登记过户；原业主没有投过的，这一票就由您投"),
    Cure.DESK: N_("带身份证、产权证或者购房合同，到社区窗口核对"),
    Cure.HELP: N_("请业主自己投；他不方便，可以在“我的”里或者到窗口登记您，您替他投"),
    Cure.TALK: N_("意见可以说出来，业主看得到"),
}
CURES: dict[Why, tuple[Cure, ...]] = {
    Why.WAITS: (Cure.DESK,),
    Why.HALTED: (Cure.DESK,),
    Why.DOUBTED: (Cure.DESK,),
    Why.OTHER_NAME: (Cure.OBJECT, Cure.TRANSFER, Cure.DESK),
    Why.CHANGED_HANDS: (Cure.OBJECT, Cure.TRANSFER),
    Why.OWNER_MISSING: (Cure.OBJECT, Cure.DESK),
    Why.OTHER_ACCOUNT: (Cure.DESK,),
    Why.UNLINKED: (Cure.DESK,),
    Why.NOT_LISTED: (Cure.OBJECT, Cure.DESK),
    Why.NO_HOME: (Cure.CLAIM, Cure.DESK),
    Why.PARKING: (Cure.OBJECT,),
    Why.DEVELOPERS: (Cure.OBJECT, Cure.DESK),
    Why.OUTSIDE: (Cure.TALK,),
    Why.FAMILY: (Cure.HELP, Cure.TALK),
    Why.TENANT: (Cure.TALK,),
    Why.WORKER: (Cure.TALK,),
}
RELATION = {"family": Why.FAMILY, "tenant": Why.TENANT, "worker": Why.WORKER}


class Home(NamedTuple):
    """A unit somebody belongs to, beside what the register and the roll say of it."""

    label: str
    path: str
    relation: str
    use: str
    delivery: str
    owner_id: int | None
    """The entry of the register he was recognised as."""
    doubted: int
    """His name is not that of the entry, and no second person has looked yet."""
    of_title: int | None
    """That entry stands on the title today."""
    listed: int | None
    """The unit stands on the roll."""
    owners: int
    """Owners the roll names for it."""
    mine: int | None
    """He is one of them."""
    taken: int | None
    """By another account."""


class Named(NamedTuple):
    """A head that he was entered to speak for, and does not stand for (any more)."""

    label: str
    standing: str


class Reason(NamedTuple):
    """`label`: of the home; "" where he has none."""

    label: str
    why: Why


def reasons(homes: Iterable[Home], named: Iterable[Named], vote: Any, paths: Sequence[str]) -> list[Reason]:
    """`vote`: with `count_parking`; `paths`: its scope. Never empty."""
    told = [Reason(n.label, Why.HALTED if n.standing == Standing.SUSPENDED else Why.WAITS) for n in named]
    told += [Reason(home.label, _why(home, vote.count_parking, paths)) for home in homes]
    order = list(Why)
    return sorted(set(told), key=lambda r: (order.index(r.why), r.label)) or [Reason("", Why.NO_HOME)]


def cures(why: Why, *, objectable: bool, changeable: bool) -> list[Cure]:
    """What helps. `objectable`: the roll hangs out for objections still; `changeable`: it stands, and people who
    bought since are entered."""
    timely = {Cure.OBJECT: objectable, Cure.TRANSFER: changeable}
    return [cure for cure in CURES[why] if timely.get(cure, True)] or [Cure.DESK]


def _why(home: Home, count_parking: bool, paths: Sequence[str]) -> Why:
    if home.relation in RELATION:
        return RELATION[home.relation]
    if not home.path.startswith(tuple(paths)):
        return Why.OUTSIDE
    if not home.listed:
        return Why.PARKING if home.use == "parking" and not count_parking else Why.NOT_LISTED
    return _on_title(home)


def _on_title(home: Home) -> Why:
    """An owner by his own account of a unit on the roll."""
    if home.mine:
        return Why.OTHER_ACCOUNT if home.taken else Why.DOUBTED if home.doubted else Why.UNLINKED
    if home.delivery != "delivered":
        return Why.DEVELOPERS
    if home.owner_id is None or not home.of_title:
        return Why.OTHER_NAME if home.owners else Why.OWNER_MISSING
    return Why.DOUBTED if home.doubted else Why.CHANGED_HANDS
