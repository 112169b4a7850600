"""Words that stand on the papers of an owners' vote."""

from collections.abc import Callable
from typing import Any

from ...core.leaves_figures import grouped
from ...core.leaves_text import masked
from ...core.text import N_, _
from ...places.models import Delivery, Use
from ..wishes import ITEM_WORD, THREE_QUARTERS
from ..words import CONVENER_WORD, COUNTER_WORD, SILENCE_WORD, Convener, Counter, Silence, VoterKind

DELIVERIES: dict[Any, str] = {d.value: d.printed for d in Delivery}
USES: dict[Any, str] = {u.value: u.printed for u in Use}
VERDICT = {
    "passed": N_("通过"),
    "rejected": N_("未通过：同意的没有达到法定比例"),
    "no_quorum": N_("未通过：参加表决的没有达到三分之二"),
}


def posted_name(kind: str, name: str) -> str:
    """An owner as the wall may read him: a person half hidden, an organisation whole."""
    if kind == VoterKind.UNKNOWN or not name:
        return _("业主不明")
    if kind in (VoterKind.COMPANY, VoterKind.DEVELOPER):
        return name
    return "、".join(masked(one) for one in name.split("、"))


def majority(item: int) -> str:
    """How much agreement a matter under this item needs (Civil Code art. 278, 1259)."""
    return _("四分之三以上（含四分之三）同意") if item in THREE_QUARTERS else _("过半数同意")


def item_word(item: int) -> str:
    """The item of art. 278 in its own words."""
    return _(ITEM_WORD[item])


def weight(pair: Any) -> str:
    """Area and heads of a result: ["178.65", 2] → 178.65㎡，2 人."""
    whole, _dot, rest = str(pair[0]).partition(".")
    area = grouped(int(whole) * 100 + int((rest + "00")[:2]))
    return _("%(area)s㎡，%(heads)s 人", area=area, heads=f"{pair[1]:,}")


def verdict_word(verdict: str) -> str:
    """Passed, or which of the two gates was missed."""
    return _(VERDICT.get(verdict, N_("不能计票")))


def _said(words: dict[Any, str], kind: Callable[[str], Any]) -> Callable[[str], str]:
    return lambda word: _(words[kind(word)])


FILTERS: dict[str, Callable[..., Any]] = {
    "posted_name": posted_name,
    "paper_majority": majority,
    "paper_item": item_word,
    "paper_weight": weight,
    "paper_verdict": verdict_word,
    "paper_silence": _said(SILENCE_WORD, Silence),
    "paper_convener": _said(CONVENER_WORD, Convener),
    "paper_counter": _said(COUNTER_WORD, Counter),
    "paper_state": _said(DELIVERIES, str),
    "paper_use": _said(USES, str),
}
