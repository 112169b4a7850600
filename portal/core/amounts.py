"""Exact quantities: areas are integers of 0.01 m², money integers of 分, shares fractions; never floats."""

import re
from fractions import Fraction

from .errors import Invalid
from .text import _

LARGEST = 10**15


def hundredths(text: str, field: str = "") -> int:
    """`"1,234.5"` → 123450. For areas (㎡ → 0.01 ㎡) and money (元 → 分) as people type them.

    Raises Invalid for anything that is not a number with at most two decimals, negative, or absurdly large.
    """
    plain = text.strip().replace(",", "").replace("，", "").removesuffix("元").removesuffix("㎡").strip()
    if not re.fullmatch(r"-?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})", plain):
        raise Invalid(_("请写成数字，例如 1234.50。"), field)
    value = Fraction(plain) * 100
    if value.denominator != 1:
        raise Invalid(_("最多写两位小数。"), field)
    if not 0 <= value < LARGEST:
        raise Invalid(_("这个数不合理，请检查。"), field)
    return int(value)


def plain(value: int) -> str:
    """123450 → `"1234.50"`, as files and forms carry it."""
    return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"
