"""Names and texts that say the same in other signs. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import combinations

LIKE = {
    ord(sign): one
    for one, others in {
        "o": "0\u03bf\u043e\u3007",
        "l": "1i\u0456\u04cf",
        "s": "5\u0455",
        "b": "8\u03b2\u0432",
        "a": "\u0430\u03b1", "e": "\u0435", "k": "\u043a", "m": "\u043c", "h": "\u043d", "p": "\u0440\u03c1",
        "c": "\u0441", "t": "\u0442", "y": "\u0443", "x": "\u0445", "u": "\u03c5", "v": "\u03bd",
        "末": "未", "己": "已巳", "日": "曰", "士": "土", "口": "囗",
    }.items()
    for sign in others
}  # fmt: skip
"""Signs that the eye takes for one another, each as one of them."""
ENOUGH = 0.5
"""Of the pairs of the shorter text, so many stand in the other one too: they tell of one thing."""


def known_as(text: str) -> str:
    """A name as it is compared: full-width read as half-width, without spaces and dots in between, small letters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def looks(text: str) -> str:
    """A name as the eye has it: two that look alike are one."""
    return known_as(text).translate(LIKE)


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring signs in a text, without what stands between words."""
    plain = known_as(text)
    return frozenset(plain[n : n + 2] for n in range(len(plain) - 1))


def similar(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts, as pairs, share most of what the shorter one says."""
    return bool(one and other) and len(one & other) >= ENOUGH * min(len(one), len(other))


def groups(count: int, together: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The numbers below `count` that hang together by the pairs given; those alone are left out."""
    head = list(range(count))

    def of(n: int) -> int:
        while head[n] != n:
            n = head[n]
        return n

    for one, other in together:
        low, high = sorted((of(one), of(other)))
        head[high] = low
    found: dict[int, list[int]] = {}
    for n in range(count):
        found.setdefault(of(n), []).append(n)
    return [group for group in found.values() if len(group) > 1]


def close(texts: Sequence[str]) -> list[tuple[int, int]]:
    """The numbers of every two texts that are similar."""
    said = [pairs(text) for text in texts]
    return [
        (one, other) for one, other in combinations(range(len(said)), 2) if similar(said[one], said[other])
    ]
