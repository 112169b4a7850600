"""Small pieces of papers, as filters: how to mark one, and what one says in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..core.leaves_figures import grouped
from ..core.text import _
from . import motions, papers
from .explaining.figures import sentences
from .papers import Choices, Kind
from .words import METHOD_HOW, Method, Secrecy


def paper_kind(poll: Any) -> str:
    """What a voter does with the paper: a word of `papers.Kind`."""
    return papers.KIND[Method(poll.method)].value


def how_to_mark(poll: Any) -> str:
    """One line over the choices."""
    kind, stated = papers.KIND[Method(poll.method)], poll.params
    if kind is Kind.ONE:
        return _("请选一项")
    if kind is Kind.SCORES:
        return _("给每项打分，%(lowest)d 到 %(highest)d 分", lowest=stated["min"], highest=stated["max"])
    if kind is Kind.RANKING:
        return _("按您喜欢的先后排，最喜欢的排第 1")
    if kind is Kind.BUDGET:
        return _("选您支持的项目，一共有 %(sum)s 元", sum=yuan(poll.budget))
    if stated["min_choices"] == stated["max_choices"]:
        return _("请选 %(most)d 项", most=stated["max_choices"])
    if stated["min_choices"] > 1:
        return _("请选 %(fewest)d 到 %(most)d 项", fewest=stated["min_choices"], most=stated["max_choices"])
    return _("最多选 %(most)d 项", most=stated["max_choices"])


def how_counted(poll: Any) -> str:
    """How the papers are counted, in a sentence or two."""
    if poll.method == Method.RESOLUTION:
        return sentences(*motions.said(poll.params))
    seats = poll.params.get("seats", 1)
    chosen = _("一共选出 %(seats)d 个。", seats=seats) if seats > 1 else ""
    return _(METHOD_HOW[Method(poll.method)]) + chosen


def how_to_print(poll: Any) -> str:
    """What a paper that was printed is good for."""
    if poll.secrecy == Secrecy.SECRET:
        return _("这是样票。无记名表态只能本人在网上投，这张纸交上来不算票。")
    return _("填好并签名，截止前交给社区工作人员代录，代录后会给您回执码。")


def yuan(fen: int) -> str:
    """12345600 → 123,456; 分 only where there are any."""
    return grouped(fen, 2 if fen % 100 else 0)


def chosen_titles(poll: Any, marks: str | None) -> str:
    """What a paper in the box says, in one line; 弃权 for a blank one."""
    return paper_said(poll, papers.read(Method(poll.method), marks or ""))


def paper_said(poll: Any, choices: Choices) -> str:
    """Choices in one line of words."""
    titles = {o.position: o.title for o in poll.options}
    if not choices:
        return _("弃权")
    if isinstance(choices, Mapping):
        scored = (_("%(title)s %(score)d 分", title=titles[n], score=s) for n, s in sorted(choices.items()))
        return "、".join(scored)
    if papers.KIND[Method(poll.method)] is Kind.RANKING:
        return "；".join(f"{place}. {titles[n]}" for place, n in enumerate(choices, 1))
    return "、".join(titles[n] for n in choices)


def paper_unmarked(poll: Any, choices: Choices) -> list[str]:
    """Titles that a paper says nothing about."""
    return [o.title for o in poll.options if o.position not in choices]


def paper_cost(poll: Any, choices: Choices | Sequence[int]) -> int:
    """What the chosen projects cost, in 分."""
    return sum(o.cost or 0 for o in poll.options if o.position in choices)


def paper_ticks(marked: Sequence[tuple[str, str]]) -> list[int]:
    """Positions ticked on a paper that comes back, whatever else was typed on it."""
    ticks = (value for name, value in marked if name == "choice")
    return [int(value) for value in ticks if value.isascii() and value.isdigit()]


FILTERS = {
    f.__name__: f
    for f in (
        paper_kind,
        how_to_mark,
        how_counted,
        how_to_print,
        yuan,
        chosen_titles,
        paper_said,
        paper_unmarked,
        paper_cost,
        paper_ticks,
    )
}
