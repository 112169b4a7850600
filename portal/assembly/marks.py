"""Marks on a ballot: one word a matter in the order of the paper, written with commas. Pure."""

from collections.abc import Collection, Iterable, Sequence

from ..core.errors import Invalid
from ..core.text import _
from .words import Choice

SPOKEN = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)
"""What a voter can say; `Choice.INVALID` is what others read from an unclear paper."""
NOTHING = ""


def spoken(choices: Sequence[str], matters: int, asked: Collection[int] | None = None) -> str:
    """The marks of a ballot given on a screen: every matter answered, or those `asked` and nothing else.

    Raises Invalid with the field `choice-N` of the first matter that is not answered.
    """
    if len(choices) != matters:
        raise Invalid(_("票上的事项和页面上的不一样，请刷新页面再投。"))
    wanted = range(matters) if asked is None else asked
    for position, word in enumerate(choices):
        if position not in wanted:
            if word != NOTHING:
                raise Invalid(_("委托书上没有写这一项，不能代投。"), f"choice-{position}")
        elif word not in SPOKEN:
            raise Invalid(
                _("第 %(n)d 项还没有选。不想表态，可以选弃权。", n=position + 1), f"choice-{position}"
            )
    return ",".join(choices)


def read_off(choices: Sequence[str], matters: int) -> str:
    """The marks of a paper as somebody read them: nothing marked and unclear marks are possible.

    Raises Invalid with the field `choice-N`.
    """
    if len(choices) != matters:
        raise Invalid(_("票上的事项和页面上的不一样，请刷新页面再录。"))
    for position, word in enumerate(choices):
        if word != NOTHING and word not in list(Choice):
            raise Invalid(_("第 %(n)d 项还没有录。", n=position + 1), f"choice-{position}")
    return ",".join(choices)


def words_of(marks: str) -> tuple[str, ...]:
    """One word a matter; "" where nothing is marked."""
    return tuple(marks.split(","))


def differing(ballots: Iterable[str]) -> tuple[int, ...]:
    """Positions of the matters on which ballots of one voter do not say the same; what says nothing differs from
    nothing."""
    columns = zip(*(words_of(marks) for marks in ballots), strict=False)
    return tuple(n for n, said in enumerate(columns) if len({w for w in said if w in SPOKEN}) > 1)


def positions(text: str) -> tuple[int, ...]:
    """Numbers written with commas, as `Proxy.matters` keeps them."""
    return tuple(int(n) for n in text.split(",") if n)
