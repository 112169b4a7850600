"""The estate a sheet belongs to where no column says it: the sheet's name, the title above the table, the file's."""

import re
from collections.abc import Sequence

from portal.places.roster.cells import Cell, as_text, squeezed
from portal.places.roster.housenumber import HouseNumber, read_building
from portal.places.roster.units import Use
from portal.places.roster.words import read_use

GENERIC = re.compile(
    r"(?:及|与)?(?:(?:专有部分|小区信息|产权信息|房屋|房产|房号|房源|业主|住户|居民|产权人?|户主|人口|基础|基本|信息|资料|数据|面积)(?:及|与|和)?)*"
    r"(?:台账|花名册|名册|清册|名单|清单|登记表?|统计表?|明细表?|一览表?|信息表?|汇总表?|情况表?|档案|汇总|导入模板|模板|导出|表).*$"
)
PLAIN = re.compile(r"^(?:sheet|工作表|表|新建.*|book|工作簿)\s*\d*(?:\s*\(\d+\))?$", re.IGNORECASE)
COMMUNITY = re.compile(r"^.{2,12}?(?:街道|镇|乡)?.{0,12}?社区(?:居民委员会|居委会)?(?=.{2,})")
YEAR = re.compile(r"20\d\d年?(?:\d{1,2}月?(?:\d{1,2}日?)?)?|[(（【].*?[)）】]|[_\-\s.]+")
USE = re.compile(
    r"(?:地下车库|住宅|商铺|车位|车库|商业|门面|办公|写字楼|公寓|储藏室|储藏间)(?:部分|区|类|用房)?$"
)
OF_BUILDING = re.compile(r"^(?P<estate>.*?[\u3400-\u9fff]{2})(?P<building>\d{1,3}(?:号楼|#楼|#|栋|幢))$")
UNNAMED = "未命名小区"


def estate_in(text: str) -> str:
    """The estate in a name or title: 东兴社区一化小区房屋及业主台账 → 一化小区; "" when there is none."""
    bare = squeezed(text)
    if len(bare) > 60 or PLAIN.match(bare) or re.search(r"[:：]", bare):
        return ""
    bare = GENERIC.sub("", YEAR.sub("", bare))
    bare = USE.sub("", COMMUNITY.sub("", bare))
    if own := OF_BUILDING.match(bare):
        bare = own["estate"]
    found = read_building(bare)
    if bare and re.fullmatch(r"\d*|[A-Za-z]?\d+", found.building) and found.building != bare:
        return ""
    return bare if 2 <= len(bare) <= 20 and re.search(r"[\u3400-\u9fff]", bare) else ""


def building_in(text: str) -> HouseNumber:
    """A sheet or file for each building: 3号楼, 3栋2单元, 碧水花园3号楼. Other names give nothing."""
    bare = GENERIC.sub("", squeezed(text))
    if len(bare) <= 10 and re.search(r"^[^\d]{0,1}\d+(?:号楼|#|＃|栋|幢)|^[A-Z]座", bare):
        return read_building(bare)
    own = OF_BUILDING.match(bare) if len(bare) <= 40 else None
    return read_building(own["building"]) if own else HouseNumber()


def use_in(text: str) -> Use | None:
    """A sheet for each use: 住宅, 一化小区商铺."""
    found = USE.search(squeezed(text))
    return read_use(found[0]) if found else None


def estate_of_sheet(sheet: str, titles: Sequence[Sequence[Cell]], filename: str, given: str = "") -> str:
    """The best name there is, or UNNAMED: the sheet's, the one given by whoever imports, the title's, the file's.

    A sheet named after the file says no more than the file."""
    above = [as_text(cell) for cells in titles for cell in cells if cell is not None]
    stem = re.sub(r"\.[A-Za-z]{1,5}$", "", filename.replace("\\", "/").rsplit("/", 1)[-1])
    own = "" if sheet.startswith(stem) else estate_in(sheet)
    return own or given or next((name for name in map(estate_in, (*above, stem)) if name), UNNAMED)
