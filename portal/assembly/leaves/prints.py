"""Words that stand on the papers of an owners' vote."""

from collections.abc import Callable
from typing import Any

from ...core.leaves_figures import grouped
from ...core.leaves_text import masked
from ...core.text import _
from ...places.models import Delivery, Use
from ...voting.counting.gates import SPECIAL
from ..models.rolls import ORGANISATIONS
from ..wishes import ITEM_WORD, numeral
from ..words import CHOICE_WORD, CONVENER_WORD, Choice, Convener, VoterKind

DELIVERIES: dict[Any, str] = {d.value: d.printed for d in Delivery}
USES: dict[Any, str] = {u.value: u.printed for u in Use}


def posted_name(kind: str, name: str) -> str:
    """An owner as the wall may read him: a person half hidden, an organisation whole."""
    if kind == VoterKind.UNKNOWN or not name:
        return _("业主不明")
    if kind in ORGANISATIONS:
        return name
    return "、".join(masked(one) for one in name.split("、"))


def majority(item: int) -> str:
    """How much agreement a matter under this item needs (Civil Code art. 278, 1259)."""
    return _("四分之三以上（含四分之三）同意") if item in SPECIAL else _("过半数同意")


def law(item: int) -> str:
    """The item of art. 278 in its own words."""
    return _("民法典第二百七十八条第一款第（%(n)s）项：%(what)s。", n=numeral(item), what=_(ITEM_WORD[item]))


def gates(item: int) -> str:
    """Both gates of a matter in one sentence."""
    if item in SPECIAL:
        return _(
            "参加表决的面积和人数都要达到三分之二；参加的人里，面积和人数都要四分之三以上（含四分之三）同意，才算通过。"
        )
    return _("参加表决的面积和人数都要达到三分之二；参加的人里，面积和人数都要过半数同意，才算通过。")


def weight(pair: Any) -> str:
    """Area and heads of a result: ["178.65", 2] → 178.65㎡，2 人."""
    whole, _dot, rest = str(pair[0]).partition(".")
    area = grouped(int(whole) * 100 + int((rest + "00")[:2]))
    return _("%(area)s㎡，%(heads)s 人", area=area, heads=f"{pair[1]:,}")


def tally_lines(result: dict[str, Any], candidates: dict[str, str]) -> list[tuple[str, str]]:
    """(what was marked, area and heads) of a counted matter, in the order of the paper; candidates by their names as
    the count file calls them."""
    if "candidates" in result:
        return [(candidates.get(c, c), weight(line["votes"])) for c, line in result["candidates"].items()]
    lines = [(_(CHOICE_WORD[c]), weight(result["choices"][c])) for c in Choice]
    if "silent" in result:
        deemed = _(CHOICE_WORD[Choice(result["silent"]["deemed"])])
        lines.append((_("没投票，算%(deemed)s", deemed=deemed), weight(result["silent"]["served"])))
    return lines


def _said(words: dict[Any, str], kind: Callable[[str], Any]) -> Callable[[str], str]:
    return lambda word: _(words[kind(word)])


FILTERS: dict[str, Callable[..., Any]] = {
    "posted_name": posted_name,
    "paper_majority": majority,
    "paper_law": law,
    "paper_gates": gates,
    "paper_weight": weight,
    "paper_convener": _said(CONVENER_WORD, Convener),
    "paper_state": _said(DELIVERIES, str),
    "paper_use": _said(USES, str),
}
