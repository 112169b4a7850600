"""Figures: money, area, shares, rates, sizes. Whole numbers and exact fractions in, words out; no floats.

Money is a number of 分, area a number of 0.01 ㎡. A figure never breaks from its unit.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

_NOWRAP = Markup('<span class="nowrap">%s</span>')
_NBSP = "\u00a0"
_TOGETHER = re.compile(
    r"(?:\d+年)?\d+月\d+日(?:（周.）)?(?: ?\d{1,2}:\d\d)?(?:—\d{1,2}:\d\d)?"  # dates, with their hour
    r"|\d{1,2}:\d\d—\d{1,2}:\d\d"  # 19:00—20:30
    r"|(?:\d+(?:栋|号楼|单元|号门|室))+"  # 12栋2单元601室
    r"|\d[\d,]*(?:\.\d+)?㎡"
)
_UNIT_GAP = re.compile(r"(?<=\d) (?=[^\W\d_])")
_TAG = re.compile(r"(<[^>]*>)")


def grouped(hundredths: int, places: int = 2) -> str:
    """A number of hundredths in figures: 11863240 → 118,632.40; the sign is a true minus."""
    sign = "−" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{sign}{whole:,}" + (f".{rest:02d}" if places else "")


def _wan(fen: int) -> str:
    """分 as 万 with at most two decimals, half up: 18640000 → 18.64."""
    text = grouped((abs(fen) * 2 + 10_000) // 20_000)
    return ("−" if fen < 0 else "") + text.rstrip("0").rstrip(".")


def share(part: int, whole: int, limit: Fraction | None = None) -> str:
    """`726|share(934)` → 77.73%. A missed `limit` is not rounded up onto its mark."""
    if whole <= 0:
        return "0.00%"
    exact = Fraction(part, whole)
    hundredths = (exact * 20_000 + 1) // 2
    if limit is not None and exact < limit <= Fraction(hundredths, 10_000):
        hundredths = exact * 10_000 // 1
    return grouped(int(hundredths)) + "%"


def fill(part: int, whole: int, reached: bool = False) -> int:
    """`781|fill(1246)` → 62 for `data-v`: rounded down unless `reached`: a missed gate stays short."""
    if whole <= 0:
        return 0
    step = -(-part * 100 // whole) if reached else part * 100 // whole
    return max(0, min(100, step))


def num(value: int) -> str:
    """`1246|num` → 1,246."""
    return f"{value:,}".replace("-", "−")


@lru_cache(
    2048, typed=True
)  # typed: markup and plain text of the same letters are equal, and only one is escaped
def nums(text: str) -> Markup:
    """Keeps numbers with their units, and dates, doors and areas in one piece. Escapes; safe markup stays.

    Not for `title`, `option`, `textarea` or SVG, where the spans would be printed.
    """
    pieces = _TAG.split(str(text)) if isinstance(text, Markup) else [str(escape(text))]
    kept = (p if p.startswith("<") else _UNIT_GAP.sub(_NBSP, _TOGETHER.sub(_wrapped, p)) for p in pieces)
    return Markup("").join(Markup(p) for p in kept)


def _wrapped(found: re.Match[str]) -> str:
    return str(_NOWRAP % Markup(found.group().replace(" ", _NBSP)))


def _percent(good: int, total: int) -> int:
    """100% and 0% are kept for all and none."""
    percent = (good * 200 + total) // (2 * total)
    return min(99, max(1, percent)) if 0 < good < total else percent


def _rate(_: Callable[[str], str], num: Callable[[int], str]) -> Callable[[int, int], tuple[str, str, str]]:
    def rate(good: int, total: int) -> tuple[str, str, str]:
        """`212|rate(226)` → 94, % and 226 次里 212 次: the figure large, its unit, and what it is made of."""
        if total <= 0:
            return "—", "", _("还没有")
        parts = _("%(total)s 次里 %(good)s 次") % {"total": num(total), "good": num(good)}
        return str(_percent(good, total)), "%", parts.replace(" ", _NBSP)

    return rate


def figures(_: Callable[[str], str], chinese: bool) -> dict[str, Callable[..., Any]]:
    """The filters money, area, num, nums, share, fill, rate and size, bound to one language."""

    def money(fen: int, style: str = "yuan") -> Markup:
        """`fen|money` → 198,600 元; `money('wan')` 19.86 万元; `money('fen')` 198,600.00 元, 分 always."""
        if style == "wan" and chinese:
            text = _("%(n)s 万元") % {"n": _wan(fen)}
        else:
            text = _("%(n)s 元") % {"n": grouped(fen, 2 if style == "fen" or fen % 100 else 0)}
        return _NOWRAP % text.replace(" ", _NBSP)

    def area(hundredths: int) -> Markup:
        """`8932|area` → 89.32㎡."""
        return _NOWRAP % (_("%(n)s㎡") % {"n": grouped(hundredths)})

    def size(bytes_: int) -> str:
        """`2202009|size` → 2.1 MB."""
        if bytes_ < 1024 * 1024:
            return f"{max(1, bytes_ // 1024)}{_NBSP}KB"
        tenths = bytes_ * 10 // (1024 * 1024)
        return f"{tenths // 10}.{tenths % 10}{_NBSP}MB"

    return {
        "money": money,
        "area": area,
        "num": num,
        "nums": nums,
        "share": share,
        "fill": fill,
        "rate": _rate(_, num),
        "size": size,
    }
