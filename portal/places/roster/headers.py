"""Finds the heading of a table and tells what each column is: by what headings mean, not by a list of files seen."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from portal.places.roster.cells import Cell, as_text, halved, squeezed

SEARCHED = 40  # filled rows looked at for a heading
NOT_READ = re.compile(
    r"证号|证件|身份证|产权证$|日期|时间|年月|单价|总价|金额|价格|物业费|费用|缴费|电表|水表|气表|车牌|性别|年龄|民族|人数|户数|套数|间数|合计|编码|"
    r"公摊|分摊|共有情况|共有方式|共有类型|共有份额|份额|比例|签名|签字|签收|总层|总楼层|层高|户型|朝向|紧急|租户|租客|承租|使用人|经办|审核|关系|微信|邮箱|地下面积|花园|业主类|产权类|人员类|党员|意见|(?:联系|通讯|通信|邮寄)地址|长$|网格员"
)
TOGETHER = re.compile(r"(?:楼|栋|幢|楼号|栋号).{0,2}单元号?")  # one column for building and entrance
# field → (words that are the whole heading, words found within it); earlier fields win where both are found within
WORDS: dict[str, tuple[str, str]] = {
    "seq": (r"序号?|编号|行号|no\.?|#|id|项次|№", r"序号"),
    "phone": (
        r"电话|手机|联系方式|联系|tel|phone|mobile",
        r"电话|手机|联系方式|联系号码|联系号|移动电话|phone",
    ),
    "area_source": (r"来源|依据", r"面积(?:的)?(?:数据)?(?:来源|依据|出处|类型|性质)|来源|依据"),
    "area": (r"area", r"面积|建面|平方数|平米数|area"),
    "delivery": (
        r"状态|交付|交房|delivery|status",
        r"交付|交房|销售(?:状态|情况)|售出|已售|是否售|房屋状态|房屋现状|入住(?:状态|情况)|收房|房态|status",
    ),
    "co_owners": (
        r"共有人?|共有权人|共同所有人",
        r"共有(?:产权)?(?:权)?人|共同(?:产权|所有|共有)|其他(?:业主|产权人|权利人)|配偶",
    ),
    "use": (
        r"用途|性质|类型|类别|业态|use|type",
        r"用途|房屋(?:性质|类型|类别)|使用性质|规划性质|物业(?:类型|性质|类别)|房产(?:类型|性质)|业态",
    ),
    "owner": (
        r"业主|姓名|户主|房主|产权人|权利人|所有人|所有权人|买受人|购房人|客户|名称|owner|name",
        r"业主|产权(?:所有)?人|权利人|所有权?人|房主|户主|姓名|买受人|购房人|房屋所有|owner",
    ),
    "grid": (r"网格", r"网格"),
    "note": (r"备注|说明|附注|其他|其它|note|remark", r"备注|附注|说明"),
    "house": (
        r"房屋|地址|坐落|座落|住址|address",
        r"地址|坐落|座落|住址|位置|房屋(?:全称|名称)|房产(?:名称|全称)|楼栋?(?:单元)?房号|栋(?:单元)?房号|完整房号",
    ),
    "estate": (r"小区|项目|楼盘|物业区域|苑区|院落|社区小区|estate", r"小区|项目|楼盘|物业管理区域|家属院"),
    "room": (
        r"房号|室号|房间|门牌|户号|房屋|室|号|房|户|room",
        r"房号|室号|房间|门牌|户号|房屋号|房屋编|铺号|商铺号|车位号|户室|room",
    ),
    "floor": (r"楼层|层|层数|层次|floor", r"楼层|所在层|层号|层次|层数|floor"),
    "entrance": (r"单元|梯|门|unit|entrance", r"单元|门洞|门栋|楼门|梯号|entrance"),
    "building": (r"楼|栋|幢|座|楼栋|building|#楼", r"楼栋|栋|幢|楼号|楼座|座号|号楼|楼宇|楼幢|building"),
}
EXACT = {field: re.compile(whole, re.IGNORECASE) for field, (whole, _) in WORDS.items()}
WITHIN = {field: re.compile(part, re.IGNORECASE) for field, (_, part) in WORDS.items()}
AREAS = (
    r"专有",
    r"建筑|建面|产权|登记|证载|不动产",
    r"^面积$|房屋面积|实测|测绘",
    r"面积|area",
    r"合同|预测|使用",
    r"套内",
)
BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]|[*＊:：]")


class Heading(NamedTuple):
    """`columns`: field → column from 0; `texts`: the heading of each column as printed; `rows`: the lines it takes."""

    columns: dict[str, int]
    texts: tuple[str, ...]
    rows: tuple[int, ...]


def bare(text: str) -> str:
    """A heading for comparison: half width, no gaps, no bracketed unit or hint, no star."""
    text = squeezed(halved(text)[0])
    return BRACKETS.sub("", text).lower() or text.lower()


def field_of(text: str) -> tuple[str, int] | None:
    """(field, how well it fits), or None for a heading that is not read or no heading at all."""
    word = bare(text) if len(text) < 80 else ""
    if not word or len(word) > 24:
        return None
    for field, pattern in EXACT.items():
        if pattern.fullmatch(word):
            return field, 3
    if NOT_READ.search(word) or ("共有人" in word and re.search(r"电话|手机|联系", word)):
        return None
    if TOGETHER.fullmatch(word):
        return "building", 2
    for field, pattern in WITHIN.items():
        if pattern.search(word):
            return field, 2
    return None


def fit(field: str, score: int, word: str) -> int:
    """Orders columns that mean the same: of areas the one the law counts; of names the owner's own."""
    if field == "area":
        return 100 - next(
            (rank for rank, pattern in enumerate(AREAS) if re.search(pattern, word)), len(AREAS)
        )
    if field == "owner":
        return (
            score
            + (2 if re.search(r"业主|产权|权利|所有", word) else 0)
            + (1 if re.search(r"姓名|名称", word) else 0)
        )
    return score


def name_columns(texts: Sequence[str]) -> dict[str, int]:
    """Each field takes the column that fits best, the first of equals."""
    best: dict[str, tuple[int, int]] = {}
    for place, text in enumerate(texts):
        if found := field_of(text):
            field, score = found
            rank = fit(field, score, bare(text))
            if field not in best or rank > best[field][0]:
                best[field] = (rank, place)
    return {field: place for field, (_, place) in best.items()}


def is_heading(columns: dict[str, int]) -> bool:
    """A table of units has a house number and says an area or an owner."""
    numbered = not columns.keys().isdisjoint(("room", "house"))
    return numbered and not columns.keys().isdisjoint(("area", "owner")) and len(columns) >= 3


def looks_like_heading(cells: Iterable[Cell]) -> bool:
    """For a heading repeated further down."""
    return is_heading(name_columns([as_text(cell) for cell in cells]))


def find_heading(
    lines: Sequence[tuple[int, list[Cell]]], spread: "dict[tuple[int, int], Cell]"
) -> Heading | None:
    """The first line, or pair of lines (房屋坐落 over 楼栋, 单元, 房号), that is a heading.

    `lines` are (row, cells); `spread` holds the text that merged cells lend to the cells they cover."""
    best: Heading | None = None
    for place, (row, cells) in enumerate(lines[:SEARCHED]):
        texts = [as_text(cell).strip() for cell in cells]
        single = Heading(name_columns(texts), tuple(texts), (row,))
        pair = two_lines(row, texts, lines[place + 1], spread) if place + 1 < len(lines) else None
        found = pair if pair and len(pair.columns) > len(single.columns) else single
        if is_heading(found.columns) and (best is None or len(found.columns) > len(best.columns) + 1):
            best = found
        if best and row > best.rows[-1] + 3:
            break
    return best


def two_lines(
    row: int, upper: list[str], below: tuple[int, list[Cell]], spread: "dict[tuple[int, int], Cell]"
) -> Heading | None:
    """Heads over two lines: the lower word counts, else both together, else the upper."""
    lower_row, cells = below
    lower = [as_text(cell).strip() for cell in cells]
    if lower_row != row + 1 or sum(field_of(text) is not None for text in lower) < 2:
        return None
    width = max(len(upper), len(lower))
    texts = []
    for column in range(width):
        over = (
            upper[column]
            if column < len(upper) and upper[column]
            else as_text(spread.get((row, column))).strip()
        )
        under = lower[column] if column < len(lower) else ""
        texts.append(under if under and (field_of(under) or not over) else over + under if under else over)
    columns = name_columns(texts)
    return (
        Heading(columns, tuple(texts), (row, lower_row)) if len(columns) > len(name_columns(lower)) else None
    )
