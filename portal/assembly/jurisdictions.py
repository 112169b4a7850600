"""Rule packs: what the place an estate lies in adds to the national rules (物业管理条例, local regulations).

The majorities are the same everywhere (Civil Code art. 278). What differs is days, who may vote by which system and how
many owners one agent may act for. A vote keeps the figures it was drafted with; a new version of a pack changes no
vote that runs.
"""

from typing import NamedTuple

from ..core.text import N_
from .election_words import Declared


class Pack(NamedTuple):
    """Least numbers of full days, the first day not counted. `laws`: where the figures come from, as people cite it."""

    key: str
    label: str
    laws: tuple[str, ...]
    official_evote: bool = False
    """Electronic votes of owners only by the housing authority's own system."""
    roll_days: int = 15
    notice_days: int = 15
    objection_days: int = 7
    least_open_days: int = 0
    most_open_days: int = 90
    """How long the voting may be open, extensions included."""
    proxy_cap: int | None = None
    least_seats: int = 3
    """Of a whole committee; an estate with fewer than `small_units` units, or no more than `small_area` (0.01 ㎡), may
    have three."""
    small_units: int = 0
    small_area: int = 0
    barred: tuple[Declared, ...] = ()
    """What keeps an owner off the committee."""
    post_within: int = 0
    """Days after the decision until which it hangs out; 0: the place names none."""
    register_within: int = 30
    """Days after the election until which a committee is registered (物业管理条例 art. 16)."""
    note: str = ""


NATIONAL = "national"
_REGULATION = N_("《物业管理条例》第十四条：会议召开十五日以前通知全体业主")
_CODE = N_("《民法典》第二百七十八条：参加表决和通过的比例")

PACKS: dict[str, Pack] = {
    pack.key: pack
    for pack in (
        Pack(NATIONAL, N_("按国家规定"), (_CODE, _REGULATION)),
        Pack(
            "beijing",
            N_("北京"),
            (
                _CODE,
                N_("《北京市物业管理条例》第三十五条：十五日前公告，只表决公告的事项，网上用主管部门的系统"),
            ),
            official_evote=True,
            least_seats=5,
            small_units=100,
            post_within=3,
            note=N_("决定作出之日起三日内要公示（第三十七条）。"),
        ),
        Pack(
            "hangzhou",
            N_("杭州"),
            (
                _CODE,
                N_("《杭州市物业管理条例》第十九、二十条：只能表决公告里的事项，投票期五日以上六十日以下"),
            ),
            least_open_days=5,
            most_open_days=60,
            note=N_("临时会议的公告期可以是七日，请在步骤清单里写明理由。"),
        ),
        Pack(
            "shanghai",
            N_("上海"),
            (_CODE, _REGULATION, N_("《上海市住宅物业管理规定》第十八条：代理人按书面委托的意见投票")),
            least_seats=5,
            small_area=1_000_000,
            barred=tuple(Declared),
        ),
        Pack(
            "weifang",
            N_("潍坊"),
            (
                _CODE,
                _REGULATION,
                N_("《潍坊市物业管理条例》第三十二条：网上用主管部门的系统，一人最多受三位业主委托"),
            ),
            official_evote=True,
            proxy_cap=3,
        ),
        Pack(
            "qingyuan",
            N_("清远"),
            (
                _CODE,
                _REGULATION,
                N_("《清远市物业管理条例》第十七条：网上投票用主管部门的平台，和纸质票同样有效"),
            ),
            official_evote=True,
            objection_days=15,
            note=N_("结果公示不少于十五日，期间可以提异议。"),
        ),
    )
}


def pack(key: str) -> Pack:
    """The pack of a vote; one that this version does not know any more reads like the national rules."""
    return PACKS.get(key, PACKS[NATIONAL])
