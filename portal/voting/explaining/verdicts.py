"""The result in a word and a sentence, for every method the same way."""

from collections.abc import Callable

from ...core.text import _
from .figures import joined, quoted, sentences
from .parts import Question, Verdict

AGREE, OPPOSE = "同意", "不同意"
"""Options of a plain question. Where they are all there is, the result is 通过 or 未通过."""


def verdict(asked: Question, why: str, level: str = "") -> Verdict:
    """`why`: the sentence where there is a winner; `level`: the one about who is level, if the method has its own."""
    winners, tied = asked.winners, asked.tied
    if tied:
        return Verdict(_("票数相同"), "warn", sentences(_sure(winners), level or _level(asked)))
    if not winners:
        return Verdict(_("没有有效票"), "warn", _("没有一张有效票，这次定不下来。"))
    if winners == [OPPOSE]:
        return Verdict(_("未通过"), "danger", why)
    return Verdict(_("通过") if winners == [AGREE] else _("有了结果"), "ok", why)


def _sure(winners: list[str]) -> str:
    return _("%(names)s已经选上。", names=quoted(winners)) if winners else ""


def _level(asked: Question) -> str:
    left = max(1, asked.seats - len(asked.winners))
    if left == 1 and not asked.winners:
        return _("%(names)s不分上下，分不出先后。", names=quoted(asked.tied))
    return _("%(names)s争剩下的 %(left)s 个名额，分不出先后。", names=quoted(asked.tied), left=left)


def listed(names: list[str], figure: Callable[[str], str]) -> str:
    """“甲”（12 票）、“乙”（9 票）"""
    return joined(_("%(name)s（%(figure)s）", name=quoted([n]), figure=figure(n)) for n in names)
