"""Marks on a paper that the portal takes, or the sentence that says what to mend: looked back on or put in the box."""

from collections.abc import Sequence
from typing import Any

from ..core.amounts import plain
from ..core.errors import Invalid
from ..core.text import _
from . import papers
from .papers import Choices, Flaw, Kind, Sheet


def sheet_of(poll: Any, costs: Sequence[int] = ()) -> Sheet:
    """The paper of a poll; `costs` of its options where money is shared out."""
    return papers.sheet(poll.method, poll.options_count, poll.params, poll.budget, costs)


def taken(poll: Any, choices: Choices, costs: Sequence[int] = ()) -> str:
    """What the paper will carry; no choices for 弃权. Raises Invalid for marks that the paper does not allow."""
    paper = sheet_of(poll, costs)
    found = papers.flaw(paper, choices)
    if found:
        raise Invalid(_sentence(paper, found, choices), "choices")
    return papers.written(paper.method, choices)


def _sentence(paper: Sheet, found: Flaw, choices: Choices) -> str:
    if found is Flaw.TOO_MANY and paper.kind is Kind.ONE:
        return _("只能选一项。")
    if found is Flaw.TOO_MANY:
        return _("最多选 %(most)d 项，请去掉几项。", most=paper.most)
    if found is Flaw.TOO_FEW:
        return _("至少选 %(fewest)d 项，或者选弃权。", fewest=paper.fewest)
    if found is Flaw.OFF_SCALE:
        return _("打分请在 %(lowest)d 到 %(highest)d 之间。", lowest=paper.lowest, highest=paper.highest)
    if found is Flaw.OVER_BUDGET:
        over = paper.cost(choices) - (paper.budget or 0)
        return _("超出总数 %(over)s 元，请去掉几项。", over=_yuan(over))
    return _("请从票上的几项里选。")


def _yuan(fen: int) -> str:
    """Without 分 where there are none."""
    return plain(fen).removesuffix(".00")
