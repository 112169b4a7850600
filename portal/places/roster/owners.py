"""Names on the title: several people in a cell, padded names, notes in brackets, organisations."""

import re
from functools import lru_cache
from typing import NamedTuple

from portal.places.roster.cells import BLANKS, Cell, Mend, as_text, trimmed
from portal.places.roster.surnames import COMPOUND, begins_like_a_name
from portal.places.roster.units import Owner, OwnerKind

NOBODY = frozenset(
    "无 没有 不详 未知 不明 空 空置 暂无 待定 待补 待核 未登记 未填 n/a none null ？ ?".split()
)
USUAL, UNUSUAL = re.compile(r"\s*、\s*"), re.compile(r"\s*[,，;；/／|｜\n\r\\+＋&＆]+\s*")
BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
AGENT = re.compile(r"代|委托|监护|受托")
OTHERS = re.compile(r"等(?:\d+|[二两三四五六七八九十]+)?(?:人|户|位)?$")
JOINED = re.compile(r"[和与及跟\-–—－]")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
SHARE = re.compile(r"\s*\d+(?:\.\d+)?[%％]|\s*[1-9]\d*/[1-9]\d*(?=$|[、,，])")
HAN = re.compile(r"[\u3400-\u9fff]")
ORGANISATION = re.compile(
    r"公司|集团|银行|信用社|合作社|委员会|居委会|村委会|管委会|办事处|事务所|研究院|研究所|研究会|设计院|基金会|商会|协会|学会|联社|政府|总队|支队|支行|分行|"
    r"有限|股份|合伙|企业|幼儿园|学校|小学|中学|大学|学院|医院|卫生院|诊所|药房|酒店|宾馆|饭店|超市|商行|商店|商场|经营部|门市部|工作室|服务部|俱乐部|"
    r"事业部|管理局|管理处|管理所|服务站|服务中心|活动中心|中心$|[^\s]{2,}(?:厂|局|院|社|店|部|处|所|站|馆|会|办|园)$"
)


class OwnersReading(NamedTuple):
    """Names in order, mends, and what belongs elsewhere: notes from brackets and numbers found behind names."""

    names: tuple[str, ...]
    mends: tuple[Mend, ...] = ()
    notes: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@lru_cache(maxsize=2048)
def kind_of(name: str) -> OwnerKind:
    """An organisation by the words such names end with; short names are people."""
    plain = BRACKET.sub("", name)
    return OwnerKind.ORGANISATION if len(plain) >= 4 and ORGANISATION.search(plain) else OwnerKind.PERSON


def owner(name: str, phone: str | None = None) -> Owner:
    """An owner of the kind its name tells."""
    return Owner(name, kind_of(name), phone)


def same_name(name: str) -> str:
    """The form names are compared in: width of brackets, gaps and middle dots do not tell people apart."""
    if name.isalpha():
        return name
    table = {"（": "(", "）": ")", "•": "·", "・": "·", "．": "·", ".": "·", "‧": "·", "∙": "·", "･": "·"}
    return "".join(table.get(sign, sign) for sign in name if not sign.isspace()).casefold()


def read_owners(cell: Cell) -> OwnersReading:
    """Reads one cell. A blank cell or a word for nobody gives no names and no mends."""
    text, spaced = trimmed(as_text(cell))
    if text.isalpha() and len(text) < 5 and not spaced and not JOINED.search(text):
        return OwnersReading(() if text in NOBODY else (text,))  # nearly every row
    if not text or text in BLANKS or text.lower() in NOBODY:
        return OwnersReading(())
    kinds: dict[str, bool] = {}
    phones, notes = tuple(MOBILE.findall(text)), list[str]()
    if phones:
        kinds["phone_in_name"] = True
        text = re.sub(r"[(（][\s:：电话手机]*[)）]|[:：]$", "", MOBILE.sub("", text)).strip()
    text = without_notes(text, kinds, notes)
    names = tuple(dict.fromkeys(name for name in split(text, kinds) if name and name.lower() not in NOBODY))
    if spaced:
        kinds["stray_spaces"] = False
    reads = "、".join(names)
    return OwnersReading(
        names, tuple(Mend(kind, reads, confirm) for kind, confirm in kinds.items()), tuple(notes), phones
    )


def without_notes(text: str, kinds: dict[str, bool], notes: list[str]) -> str:
    """Takes brackets, shares and "and others" off people; the brackets of an organisation's name stay."""
    for note in BRACKET.finditer(text):
        around = next((part for part in re.split(r"[、,，;；/\n]", text) if note[0] in part), text)
        if kind_of(around) == OwnerKind.ORGANISATION and not AGENT.search(note[1]):
            continue
        kinds["name_agent_note" if AGENT.search(note[1]) else "name_note"] = True
        notes.append(note[1].strip())
        text = text.replace(note[0], "", 1)
    if SHARE.search(text) and kind_of(text) == OwnerKind.PERSON:
        kinds["name_note"] = True
        notes += [share.strip() for share in SHARE.findall(text)]
        text = SHARE.sub("", text)
    if len(text) > 2 and OTHERS.search(text) and kind_of(text) == OwnerKind.PERSON:
        kinds["name_and_others"] = True
        notes.append(OTHERS.search(text)[0])  # type: ignore[index]
        text = OTHERS.sub("", text)
    return text.strip()


def split(text: str, kinds: dict[str, bool]) -> list[str]:
    """One name each. 、 is the usual sign; every other one is named as a repair."""
    names: list[str] = []
    for part in USUAL.split(text):
        pieces = [piece for piece in UNUSUAL.split(part) if piece.strip()]
        if len(pieces) > 1:
            kinds["coowner_separator"] = kinds.get("coowner_separator", False)
        for piece in pieces:
            names += by_conjunction(piece, kinds)
    return names


def by_conjunction(text: str, kinds: dict[str, bool]) -> list[str]:
    """张三和李四: two people only when both halves look like whole names (李和平 is one)."""
    for joint in JOINED.finditer(text):
        left, right = text[: joint.start()].strip(), text[joint.end() :].strip()
        if begins_like_a_name(left) and begins_like_a_name(right) and len(left) + len(right) >= 4:
            kinds["coowner_separator"] = True
            return [*by_gap(left, kinds), *by_conjunction(right, kinds)]
    return by_gap(text, kinds)


def by_gap(text: str, kinds: dict[str, bool]) -> list[str]:
    """A gap inside: 李　鹏 is one padded name, 张三 李四 are two people (to be confirmed), 欧阳 志远 is one again."""
    parts = text.split()
    if len(parts) < 2 or not HAN.search(text):
        return [" ".join(parts)]
    people = all(begins_like_a_name(part) for part in parts) and parts[0] not in COMPOUND
    whole = kind_of("".join(parts)) == OwnerKind.ORGANISATION
    if (people and not whole) or (
        len(parts) == 2 and all(kind_of(part) == OwnerKind.ORGANISATION for part in parts)
    ):
        kinds["coowner_separator"] = True
        return parts
    kinds["name_padded"] = kinds.get("name_padded", False)
    return ["".join(parts)]
