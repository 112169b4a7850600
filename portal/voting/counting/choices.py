"""What can be said to a proposal, and the words for it in count files."""

from collections.abc import Iterable

from .unreadable import Unreadable
from .word import Word


class Choice(Word):
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


WORDS = {
    "for": Choice.FOR,
    "agree": Choice.FOR,
    "同意": Choice.FOR,
    "赞成": Choice.FOR,
    "against": Choice.AGAINST,
    "oppose": Choice.AGAINST,
    "反对": Choice.AGAINST,
    "不同意": Choice.AGAINST,
    "abstain": Choice.ABSTAIN,
    "弃权": Choice.ABSTAIN,
}


def offered(options: Iterable[str]) -> frozenset[Choice]:
    """What the paper offers; nothing stated: all three. Raises Unreadable for what is no choice of a proposal."""
    unknown = [option for option in options if option not in WORDS and option != "invalid"]
    if unknown:
        raise Unreadable(f"options: {unknown[0]!r} is none of for, against, abstain")
    return frozenset(WORDS[o] for o in options if o in WORDS) or frozenset(Choice)


def said(mark: object, on_paper: frozenset[Choice]) -> Choice | None:
    """None for a spoilt paper: two boxes ticked, a word that is no choice, or one that was not on the paper."""
    choice = WORDS.get(mark) if isinstance(mark, str) else None
    return choice if choice in on_paper else None
