"""Numbers by which a person is known, reached or found at home, where they stand in a free text. Pure."""

import re
import unicodedata

IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dXx])")
"""Eighteen characters, the last may be an X; in one piece or as a card shows them: place, birthday, the rest."""
PHONE = re.compile(r"(?<!\d)1\d{2}[ -]?\d{4}[ -]?\d{4}(?!\d)")

LONG = re.compile(r"(?<!\d)(?:\d[ -]?){7,}(?<=\d)(?![\dXx])|(?<!\d)(?:\d[ -]?){17}[Xx]")
"""Any number of seven digits or more: a telephone of a flat, of a card, of an account."""
ROOM = re.compile(r"(?<!\d)\d{3,5}(?=室)")
"""601室 by itself; where a text has a place of its own, that may be the room of a meeting."""

_THINGS = "|".join(
    (
        "[多余几来]",
        "[个盏件平㎡米元块度次辆分层]",
        "小时|号楼|栋",
        "户(?!主)",
        "人(?!不在|没在|在家)",
        "家(?=商|店|企|公司|单位|住户|业主)",
        "张(?=[选票表纸桌椅照卡床问通单])",
        "年(?!久|老|纪)",
        "天(?!天)",
        "路(?=公交|车)",
    )
)
"""What is counted. 502张阿姨, 1202家漏水 and 501天天吵 tell of a home all the same."""
_COUNTED = rf"(?![\d.,%]|[ ]*(?:{_THINGS}))"
_DOOR = rf"(?:\d{{3,4}}|[〇零一二三四五六七八九]{{3,4}}){_COUNTED}"
_GAP = "[ 的—-]*"
DOOR = re.compile(
    rf"(?P<stair>(?<!\d)(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}}|[东西南北中甲乙丙丁]))"
    rf"(?P<of>[ ]*单元{_GAP}(?:\d{{1,2}}[楼层]{_GAP})?){_DOOR}"
    rf"|(?P<block>(?:栋|号楼|幢|座|(?<=\d)#){_GAP}){_DOOR}"
    rf"|(?P<home>(?:住在?|[我他她]家[在是住]?|家住)[ ]*){_DOOR}"
    r"|(?P<dashed>(?<![\d-])\d{1,3}-)\d{1,2}-\d{3,4}(?![\d-])"
)
"""The number of a home: 3栋2单元501, 18号楼1202, 住501, 12-2-501. A number of something counted is none (18栋300户)."""


def doors_hidden(text: str) -> str:
    """The same text with stairwells and doors of homes hidden; the building stays: 3栋*单元***."""
    return DOOR.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    said = found.groupdict()
    if said["stair"]:
        return f"*{said['of']}***"
    return f"{said['block'] or said['home']}***" if not said["dashed"] else f"{said['dashed']}*-***"


def reveals(text: str) -> bool:
    """Whether a mobile or an identity number stands in a text, in digits of any width."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(IDENTITY.search(plain) or PHONE.search(plain))
