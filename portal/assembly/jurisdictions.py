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
    extraordinary_days: int | None = None
    """Between notice and opening of an extraordinary meeting (临时会议); none: as of a regular one."""
    objection_days: int = 7
    parking_never: bool = False
    """Parking spaces and garages are out of the area, whatever the assembly's rules say."""
    least_open_days: int = 0
    most_open_days: int = 90
    """How long the voting may be open, extensions included."""
    proxy_cap: int | None = None
    least_seats: int = 3
    """Of a whole committee; an estate with fewer than `small_units` units, or no more than `small_area` (0.01 ㎡), may
    have three."""
    most_seats: int | None = None
    small_units: int = 0
    small_area: int = 0
    barred: tuple[Declared, ...] = ()
    """What keeps an owner off the committee."""
    post_within: int = 0
    """Days after the decision until which it hangs out; 0: the place names none."""
    register_within: int = 30
    """Days after the election until which a committee is registered (物业管理条例 art. 16)."""
    note: str = ""

    def least_notice(self, extraordinary: bool) -> int:
        """Full days between notice and opening."""
        own = self.extraordinary_days if extraordinary else None
        return self.notice_days if own is None else own


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
            extraordinary_days=7,
            least_open_days=5,
            most_open_days=60,
            note=N_("定期会议十五日前公告，临时会议七日前。以电子投票为主，业主要纸质票的给纸质票。"),
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
        Pack(
            "sichuan",
            N_("四川"),
            (
                _CODE,
                _REGULATION,
                N_(
                    "川建行规〔2022〕9号：全省统一、免费的业主电子投票系统，筹备组、换届小组、业委会、居委会、街道都可以组织"
                ),
            ),
            note=N_("用不用省里的系统由召集人定，用了就勾上，结果导入进来。天数和比例按国家规定。"),
        ),
        Pack(
            "ningbo",
            N_("宁波"),
            (
                _CODE,
                _REGULATION,
                N_("宁波的地方规定第十八条：共有的推选一人投，车位、车库不算面积"),
            ),
            parking_never=True,
            note=N_("天数和比例按国家规定。"),
        ),
        Pack(
            "zhoushan",
            N_("舟山"),
            (
                _CODE,
                _REGULATION,
                N_("舟山的地方规定第十七条：物业公司的人不能当代理人，议事规则可以限定一个人替几位业主投"),
            ),
            note=N_(
                "票送不到的在小区里公告，不少于七日。当地条文还印着旧的通过比例，以民法典为准。其余的天数按国家规定。"
            ),
        ),
        Pack(
            "binzhou",
            N_("滨州"),
            (
                _CODE,
                _REGULATION,
                N_("滨州的地方规定：票要送到每一户并签送达回执，用电子方式送的留凭证"),
            ),
            note=N_("票送不到的在小区里公告，不少于五日。其余的天数和比例按国家规定。"),
        ),
        Pack(
            "shandong",
            N_("山东"),
            (
                _CODE,
                _REGULATION,
                N_("山东的地方规定第二十五条：业主人数怎么算，业主大会有约定的从其约定"),
                N_("山东的地方规定第二十七条：业主代表先征求签了字的意见、如实反映，每一位业主还是各算各的"),
            ),
            note=N_("平台按最高法院的解释数人数，业主大会约定了别的算法的，要另外算。天数和比例按国家规定。"),
        ),
        Pack(
            "taizhou",
            N_("台州"),
            (
                _CODE,
                _REGULATION,
                N_("台州的地方规定第十八条：总面积是同一份名册上的面积相加；业委会五至十一人"),
            ),
            least_seats=5,
            most_seats=11,
            note=N_("天数和比例按国家规定。"),
        ),
    )
}


def pack(key: str) -> Pack:
    """The pack of a vote; one that this version does not know any more reads like the national rules."""
    return PACKS.get(key, PACKS[NATIONAL])
