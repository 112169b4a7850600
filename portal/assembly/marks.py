"""Marks on a ballot: one word a matter in the order of the paper, written with commas. Pure.

A question is answered with a `Choice`; an election with the numbers of candidates, lowest first (`c1+c3`), or 弃权.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from ..core.errors import Invalid
from ..core.text import _
from .words import Choice

SPOKEN = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)
"""What a voter can say to a question; `Choice.INVALID` is what others read from an unclear paper."""
NOTHING = ""
_PICKED = re.compile(r"c\d{1,3}(?:\+c\d{1,3})*")


class Asked(NamedTuple):
    """A matter as a paper asks it: a question, or `seats` to be given to some of the candidates on its list."""

    seats: int | None = None
    candidates: Collection[int] = ()


QUESTION = Asked()


def spoken(choices: Sequence[str], matters: Sequence[Asked], named: Collection[int] | None = None) -> str:
    """The marks of a ballot given on a screen: every matter answered, or those `named` in a letter and nothing else.

    Raises Invalid with the field `choice-N` of the first matter that is not answered as it is asked.
    """
    if len(choices) != len(matters):
        raise Invalid(_("票上的事项和页面上的不一样，请刷新页面再投。"))
    wanted = range(len(matters)) if named is None else named
    return ",".join(
        _spoken(word, matters[position], position, position in wanted)
        for position, word in enumerate(choices)
    )


def _spoken(word: str, asked: Asked, position: int, wanted: bool) -> str:
    field = f"choice-{position}"
    if not wanted:
        if word != NOTHING:
            raise Invalid(_("委托书上没有写这一项，不能代投。"), field)
        return word
    if asked.seats is None:
        if word not in SPOKEN:
            raise Invalid(_("第 %(n)d 项还没有选。不想表态，可以选弃权。", n=position + 1), field)
        return word
    if word == Choice.ABSTAIN:
        return word
    return _elected(word, asked, field)


def _elected(word: str, asked: Asked, field: str) -> str:
    """The candidates of one list, as many as there are seats or fewer."""
    numbers = picked(word)
    if word == NOTHING:
        raise Invalid(_("还没有选候选人。一位也不想选，可以选弃权。"), field)
    if numbers is None:
        raise Invalid(_("选了弃权，就不能再选候选人。"), field)
    if not set(numbers) <= set(asked.candidates):
        raise Invalid(_("候选人名单有变化，请刷新页面再选。"), field)
    if len(numbers) > (asked.seats or 0):
        raise Invalid(_("最多选 %(most)d 位，您选了 %(n)d 位。", most=asked.seats, n=len(numbers)), field)
    return ticks(numbers)


def read_off(choices: Sequence[str], matters: Sequence[Asked]) -> str:
    """The marks of a paper as somebody read them: nothing marked and unclear marks are possible, and a paper with more
    candidates than seats is unclear.

    Raises Invalid with the field `choice-N`.
    """
    if len(choices) != len(matters):
        raise Invalid(_("票上的事项和页面上的不一样，请刷新页面再录。"))
    return ",".join(_read(word, matters[n], n) for n, word in enumerate(choices))


def _read(word: str, asked: Asked, position: int) -> str:
    plain = (NOTHING, Choice.ABSTAIN, Choice.INVALID) if asked.seats else (NOTHING, *Choice)
    if word in plain:
        return word
    numbers = picked(word) if asked.seats else None
    if numbers is None or not set(numbers) <= set(asked.candidates):
        raise Invalid(_("第 %(n)d 项还没有录。", n=position + 1), f"choice-{position}")
    return ticks(numbers) if len(numbers) <= (asked.seats or 0) else Choice.INVALID.value


def picked(word: str) -> tuple[int, ...] | None:
    """Numbers of the candidates that a word names, each once and the lowest first; None for any other word."""
    if not _PICKED.fullmatch(word):
        return None
    return tuple(sorted({int(name[1:]) for name in word.split("+")}))


def ticks(numbers: Iterable[int]) -> str:
    """Candidates as a ballot keeps them: c1+c3."""
    return "+".join(f"c{n}" for n in sorted(set(numbers)))


def words_of(marks: str) -> tuple[str, ...]:
    """One word a matter; "" where nothing is marked."""
    return tuple(marks.split(","))


def says(word: str) -> bool:
    """Whether a word is something that its voter said, an unclear paper and an empty box not being anything."""
    return word not in (NOTHING, Choice.INVALID)


def positions(text: str) -> tuple[int, ...]:
    """Numbers written with commas, as `Proxy.matters` keeps them."""
    return tuple(int(n) for n in text.split(",") if n)
