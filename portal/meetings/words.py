"""The fixed words of meetings: kinds of bodies and what they go by, states, replies, and whom a matter touches."""

from enum import StrEnum
from typing import NamedTuple

from ..core.text import N_
from ..councils.words import Category
from .hands import Rule
from .quorum import Presence
from .sides import Side


class Kind(StrEnum):
    """What kind of table it is. The owners' assembly is none of them: it has its own procedure."""

    RESIDENTS_COUNCIL = "residents_council"
    THREE_PARTY = "three_party"
    FIVE_PARTY = "five_party"
    INFORMATION = "information"
    HEARING = "hearing"
    ON_SITE = "on_site"
    TEA = "tea"
    RIDERS = "riders"
    CHILDREN = "children"
    COMMITTEE = "committee"
    RESIDENTS_ASSEMBLY = "residents_assembly"


KIND_WORD: dict[Kind, str] = {
    Kind.RESIDENTS_COUNCIL: N_("居民议事会"),
    Kind.THREE_PARTY: N_("三方联席会"),
    Kind.FIVE_PARTY: N_("五方会"),
    Kind.INFORMATION: N_("科普会"),
    Kind.HEARING: N_("听证会"),
    Kind.ON_SITE: N_("现场会"),
    Kind.TEA: N_("下午茶"),
    Kind.RIDERS: N_("新就业群体议事会"),
    Kind.CHILDREN: N_("儿童议事"),
    Kind.COMMITTEE: N_("业委会会议"),
    Kind.RESIDENTS_ASSEMBLY: N_("居民（代表）会议"),
}


ON_BOARD = (Kind.TEA, Kind.RIDERS)
"""Tables without much form: what is said there has its number on a board, somebody takes it home, and it is done."""


class Usual(NamedTuple):
    """What a kind of body goes by unless it says otherwise (domain file §3.2)."""

    quorum: Presence
    sides: dict[Side, Presence]
    rule: Rule
    notice_days: int = 3
    minutes: int = 90
    substitutes: bool = True


def _one_each(*sides: Side) -> dict[Side, Presence]:
    return dict.fromkeys(sides, Presence.ONE)


USUAL: dict[Kind, Usual] = {
    Kind.RESIDENTS_COUNCIL: Usual(Presence.TWO_THIRDS, {}, Rule.HALF_PRESENT),
    Kind.THREE_PARTY: Usual(
        Presence.HALF, _one_each(Side.COMMITTEE, Side.PROPERTY, Side.COMMUNITY), Rule.MORE_FOR
    ),
    Kind.FIVE_PARTY: Usual(
        Presence.HALF, _one_each(Side.RESIDENT, Side.COMMITTEE, Side.PROPERTY, Side.COMMUNITY), Rule.MORE_FOR
    ),
    Kind.INFORMATION: Usual(Presence.NONE, {}, Rule.NO_VOTE),
    Kind.HEARING: Usual(Presence.NONE, _one_each(Side.RESIDENT), Rule.NO_VOTE),
    Kind.ON_SITE: Usual(Presence.NONE, _one_each(Side.RESIDENT), Rule.MORE_FOR, notice_days=1, minutes=60),
    Kind.TEA: Usual(Presence.NONE, {}, Rule.NO_VOTE, notice_days=1),
    Kind.RIDERS: Usual(Presence.NONE, {}, Rule.MORE_FOR, notice_days=1, minutes=60),
    Kind.CHILDREN: Usual(Presence.NONE, {}, Rule.MORE_FOR, minutes=60, substitutes=False),
    Kind.COMMITTEE: Usual(Presence.HALF, {}, Rule.HALF_MEMBERS, notice_days=7, substitutes=False),
    Kind.RESIDENTS_ASSEMBLY: Usual(Presence.HALF, {}, Rule.HALF_PRESENT, substitutes=False),
}


USUAL_HOUR = 19
HOURS: dict[Kind, int] = {Kind.RIDERS: 22}
"""When a table usually meets, of those that do not after supper: couriers come when the last order is delivered, and a
meeting may pass midnight."""


class Law(NamedTuple):
    """What a kind of body cannot go below, whatever it says of itself, and where that is written."""

    quorums: tuple[Presence, ...]
    rules: tuple[Rule, ...]
    written: str
    in_person: bool = False


_MOST = (Presence.HALF, Presence.TWO_THIRDS, Presence.ALL)
LAW: dict[Kind, Law] = {
    Kind.COMMITTEE: Law(
        _MOST, (Rule.HALF_MEMBERS,), N_("《业主大会和业主委员会指导规则》第三十八条"), in_person=True
    ),
    Kind.RESIDENTS_ASSEMBLY: Law(
        _MOST,
        (Rule.HALF_PRESENT, Rule.TWO_THIRDS_PRESENT, Rule.HALF_MEMBERS, Rule.UNANIMOUS),
        N_("《城市居民委员会组织法》第九条"),
    ),
}


class MeetingState(StrEnum):
    PLANNED = "planned"
    CALLED = "called"
    POSTPONED = "postponed"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STATE_WORD: dict[MeetingState, str] = {
    MeetingState.PLANNED: N_("正在准备"),
    MeetingState.CALLED: N_("已发通知"),
    MeetingState.POSTPONED: N_("改期待定"),
    MeetingState.OPEN: N_("正在开会"),
    MeetingState.CLOSED: N_("开完了"),
    MeetingState.CANCELLED: N_("不开了"),
}
TONE: dict[MeetingState, tuple[str, str]] = {
    MeetingState.PLANNED: ("neutral", "pencil"),
    MeetingState.CALLED: ("accent", "megaphone"),
    MeetingState.POSTPONED: ("warn", "hourglass"),
    MeetingState.OPEN: ("accent", "circle-dot"),
    MeetingState.CLOSED: ("ok", "circle-check"),
    MeetingState.CANCELLED: ("neutral", "ban"),
}
"""Tone and icon of the tag."""
AHEAD = (MeetingState.PLANNED, MeetingState.CALLED)
"""A meeting that has not begun."""
UNPOSTED = (MeetingState.PLANNED, MeetingState.POSTPONED)
"""One whose agenda can still change: no notice went out, or another will."""
NOT_OVER = (*AHEAD, MeetingState.POSTPONED, MeetingState.OPEN)
"""One whose agenda holds its topics."""
HELD = (MeetingState.CALLED, MeetingState.OPEN, MeetingState.CLOSED)
"""One that people were called to and that was not called off."""


class MotionState(StrEnum):
    """How far a motion has come."""

    MOVED = "moved"
    SECONDED = "seconded"
    PUT = "put"
    CARRIED = "carried"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


MOTION_WORD: dict[MotionState, str] = {
    MotionState.MOVED: N_("等人附议"),
    MotionState.SECONDED: N_("有人附议"),
    MotionState.PUT: N_("正在表态"),
    MotionState.CARRIED: N_("通过"),
    MotionState.LOST: N_("没有通过"),
    MotionState.WITHDRAWN: N_("收回了"),
}
MOTION_TONE: dict[MotionState, tuple[str, str]] = {
    MotionState.MOVED: ("neutral", "hourglass"),
    MotionState.SECONDED: ("accent", "users-round"),
    MotionState.PUT: ("accent", "hand"),
    MotionState.CARRIED: ("ok", "circle-check"),
    MotionState.LOST: ("neutral", "circle-x"),
    MotionState.WITHDRAWN: ("neutral", "ban"),
}
UNDECIDED = (MotionState.MOVED, MotionState.SECONDED, MotionState.PUT)


class Arrival(StrEnum):
    """How somebody was checked in."""

    NAME = "name"
    CODE = "code"
    CARD = "card"


class Reply(StrEnum):
    """What somebody who was asked said."""

    WAITING = "waiting"
    YES = "yes"
    NO = "no"
    SUBSTITUTE = "substitute"


REPLY_WORD: dict[Reply, str] = {
    Reply.WAITING: N_("还没回复"),
    Reply.YES: N_("来"),
    Reply.NO: N_("来不了"),
    Reply.SUBSTITUTE: N_("请别人替"),
}
REPLY_TONE: dict[Reply, tuple[str, str]] = {
    Reply.WAITING: ("neutral", "hourglass"),
    Reply.YES: ("ok", "circle-check"),
    Reply.NO: ("neutral", "circle-x"),
    Reply.SUBSTITUTE: ("accent", "user-round-plus"),
}
COMING = (Reply.YES, Reply.SUBSTITUTE)


class Interest(StrEnum):
    """Whom a matter touches, beside the parties of the council."""

    STAIRWELL = "stairwell"
    FIRE = "fire"
    E_BIKE = "e_bike"
    LOW_FLOORS = "low_floors"
    POWER = "power"
    WITH_CAR = "with_car"
    WITHOUT_CAR = "without_car"
    TRADERS = "traders"
    TRAFFIC = "traffic"
    ALL_FLOORS = "all_floors"
    INSPECTION = "inspection"
    LAW = "law"
    OWNERS = "owners"
    STREET = "street"
    COURTYARD = "courtyard"
    CONTRACTOR = "contractor"
    FRAIL = "frail"
    PARENTS = "parents"
    CHILDREN = "children"
    ELDERS = "elders"
    COURIERS = "couriers"
    STATION = "station"
    GUARDS = "guards"
    UPSTAIRS = "upstairs"
    CITY = "city"


INTEREST_WORD: dict[Interest, str] = {
    Interest.STAIRWELL: N_("该单元住户"),
    Interest.FIRE: N_("消防网格"),
    Interest.E_BIKE: N_("电动车主"),
    Interest.LOW_FLOORS: N_("邻近低层住户"),
    Interest.POWER: N_("供电、消防单位"),
    Interest.WITH_CAR: N_("有车的住户"),
    Interest.WITHOUT_CAR: N_("没车的住户"),
    Interest.TRADERS: N_("商户"),
    Interest.TRAFFIC: N_("交警"),
    Interest.ALL_FLOORS: N_("各楼层，含一二层"),
    Interest.INSPECTION: N_("质检单位"),
    Interest.LAW: N_("懂法律的人"),
    Interest.OWNERS: N_("业主代表"),
    Interest.STREET: N_("街道"),
    Interest.COURTYARD: N_("院内住户"),
    Interest.CONTRACTOR: N_("施工方"),
    Interest.FRAIL: N_("残疾人、老人代表"),
    Interest.PARENTS: N_("家长"),
    Interest.CHILDREN: N_("儿童"),
    Interest.ELDERS: N_("老人"),
    Interest.COURIERS: N_("骑手"),
    Interest.STATION: N_("站长"),
    Interest.GUARDS: N_("物业保安"),
    Interest.UPSTAIRS: N_("楼上住户"),
    Interest.CITY: N_("城管"),
}

MUST_INVITE: dict[Category, tuple[tuple[Side, ...], tuple[Interest, ...]]] = {
    Category.SANITATION: ((Side.RESIDENT, Side.PROPERTY), (Interest.STAIRWELL, Interest.FIRE)),
    Category.CHARGING: (
        (Side.RESIDENT, Side.PROPERTY),
        (Interest.E_BIKE, Interest.LOW_FLOORS, Interest.POWER),
    ),
    Category.PARKING: (
        (Side.RESIDENT, Side.PROPERTY),
        (Interest.WITH_CAR, Interest.WITHOUT_CAR, Interest.TRADERS, Interest.TRAFFIC),
    ),
    Category.LIFT: (
        (Side.RESIDENT, Side.COMMITTEE),
        (Interest.ALL_FLOORS, Interest.INSPECTION, Interest.LAW),
    ),
    Category.SERVICE: ((Side.PROPERTY, Side.COMMITTEE), (Interest.OWNERS, Interest.STREET)),
    Category.FUNDS: ((Side.PROPERTY, Side.COMMITTEE), (Interest.OWNERS,)),
    Category.REPAIR: (
        (Side.RESIDENT, Side.PROPERTY),
        (Interest.COURTYARD, Interest.CONTRACTOR, Interest.FRAIL),
    ),
    Category.CHILDREN: ((Side.RESIDENT,), (Interest.PARENTS, Interest.CHILDREN, Interest.ELDERS)),
    Category.RIDERS: ((Side.PROPERTY,), (Interest.COURIERS, Interest.STATION, Interest.GUARDS)),
    Category.SHOPS: ((Side.MERCHANT, Side.RESIDENT), (Interest.UPSTAIRS, Interest.CITY)),
}
"""Who must be asked when a kind of matter is on the agenda (domain file §3.2). The others have no list."""
