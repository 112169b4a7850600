"""Figures of a count as people read them."""

from collections.abc import Iterable
from fractions import Fraction

from ...core.leaves_figures import grouped
from ...core.text import _, speaking, words


def votes(n: int) -> str:
    """`3 票`."""
    return words(speaking.get()).ngettext("%(num)d 票", "%(num)d 票", n)


def people(n: int) -> str:
    """`3 人`."""
    return words(speaking.get()).ngettext("%(num)d 人", "%(num)d 人", n)


def decimal(value: object) -> str:
    """A figure of a tally ("7/2", "12.34567") with at most two decimals, half up: 3.5; thousands with commas."""
    exact = Fraction(str(value))
    hundredths = (abs(exact) * 200 + 1) // 2
    text = grouped(int(hundredths)).rstrip("0").rstrip(".")
    return f"−{text}" if exact < 0 and hundredths else text


def votes_of(value: object) -> str:
    """Votes that need not be whole: `12.34 票`."""
    exact, shown = Fraction(str(value)), decimal(value)
    whole = exact.denominator == 1
    return votes(int(exact) if whole else int(shown)) if whole or shown.isdigit() else _("%(n)s 票", n=shown)


def yuan(amount: object) -> str:
    """An amount as count files write it: "1200.5" → 1,200.50 元."""
    exact = Fraction(str(amount))
    fen = int((exact * 200 + 1) // 2)
    return _("%(n)s 元", n=grouped(fen, 2 if fen % 100 else 0))


def units(value: object, places: int = 5) -> int:
    """A figure as a whole number, to draw a bar."""
    return int(Fraction(str(value)) * 10**places)


def points(value: object) -> str:
    return _("%(n)s 分", n=decimal(value))


def quoted(names: Iterable[str]) -> str:
    """“甲”“乙”: names beside each other in a sentence."""
    return ("" if speaking.get() == "zh" else ", ").join(_("“%(name)s”", name=name) for name in names)


def joined(parts: Iterable[str]) -> str:
    """Parts of a sentence as a list: 甲、乙."""
    return _("、").join(parts)


def sentences(*said: str) -> str:
    """Whole sentences one after the other, with a space between them where the language has one."""
    return ("" if speaking.get() == "zh" else " ").join(s for s in said if s)
