"""Cells that hold one of a few words: use, delivery, source of the area, floor. Usual wordings are no repair."""

import re
from functools import lru_cache
from typing import TypeVar

from portal.places.roster.numerals import from_chinese
from portal.places.roster.units import AreaSource, Delivery, Use

Word = TypeVar("Word")

USES: tuple[tuple[str, Use], ...] = (
    (r"车位|车库|停车|泊位|地库", Use.PARKING),
    (r"储藏|储物|贮藏|杂物|地下室|仓库|阁楼", Use.STORAGE),
    (r"办公|写字", Use.OFFICE),
    (
        r"商住|住宅|居住|住房|公寓|别墅|民用|自住|房改|公房|安置|还迁|回迁|home|residential|^住$|^宅$",
        Use.HOME,
    ),
    (r"商|铺|门面|门市|店|网点|营业|经营|shop|retail", Use.SHOP),
    (r"office", Use.OFFICE),
    (r"parking", Use.PARKING),
    (r"其他|其它|物业用房|社区用房|配套|幼儿园|学校|厂房|工业|公共|设备", Use.OTHER),
)
DELIVERIES: tuple[tuple[str, Delivery], ...] = (
    (r"已售未交|未交|未收房|待交|没交|待验房|未验房|undelivered", Delivery.UNDELIVERED),
    (r"未售|待售|未销|未卖|没卖|尾盘|库存|在售|未出售|unsold", Delivery.UNSOLD),
    (r"已交|交付|交房|收房|接房|入住|自住|出租|空置|装修|已售|已领|正常|delivered", Delivery.DELIVERED),
)
YES, NO = re.compile(r"是|有|已|√|✓|y|yes|1"), re.compile(r"否|无|未|没有|×|x|n|no|0")
SOURCES: tuple[tuple[str, AreaSource], ...] = (
    (r"产权|不动产|房产证|房本|登记|证载|产证|权证", AreaSource.REGISTER),
    (r"测绘|实测|预测|测量|测", AreaSource.SURVEY),
    (r"合同|网签|协议|备案|购房", AreaSource.CONTRACT),
)
FLOOR = re.compile(r"(?:第)?(-?\d{1,3})(?:层|楼|F|f)?(?:[-~至/、]-?\d{1,3}(?:层|楼|F)?)?")
BELOW = re.compile(r"(?:负|地下|B|b|-)(\d{1,2}|[一二三四五])?(?:层|楼|F|室)?")


def first_match(text: str, table: tuple[tuple[str, Word], ...]) -> Word | None:
    """The word of the first pattern found in the text."""
    return next((word for pattern, word in table if re.search(pattern, text, re.IGNORECASE)), None)


@lru_cache(maxsize=2048)
def read_use(text: str) -> Use | None:
    """None: blank or a word not known."""
    return first_match(text, USES) if text else None


@lru_cache(maxsize=2048)
def read_delivery(text: str, header: str = "") -> Delivery | None:
    """Also reads 是 and 否 under headings such as 是否交付, 是否已售."""
    asks_sale = "售" in header or "卖" in header
    if YES.fullmatch(text.lower()):
        return Delivery.DELIVERED
    if NO.fullmatch(text.lower()):
        return Delivery.UNSOLD if asks_sale else Delivery.UNDELIVERED
    return first_match(text, DELIVERIES) if text else None


@lru_cache(maxsize=2048)
def read_area_source(text: str) -> AreaSource:
    """Anything else than the three lawful sources is unstated."""
    return first_match(text, SOURCES) or AreaSource.UNSTATED


@lru_cache(maxsize=2048)
def read_floor(text: str) -> int | None:
    """5, 5层, 五楼, -1, B1, 负一层, 5-6 (two storeys: the lower). None when it cannot be read."""
    if below := BELOW.fullmatch(text):
        return -(int(below[1]) if (below[1] or "").isdigit() else from_chinese(below[1] or "一") or 1)
    if above := FLOOR.fullmatch(text):
        return int(above[1])
    return from_chinese(re.sub(r"^第|层$|楼$", "", text))


def floor_of_room(room: str) -> int | None:
    """101 → 1, 1203 → 12; other rooms do not tell."""
    return int(room[:-2]) if re.fullmatch(r"[1-9]\d{2,3}", room) else None
