"""The assembly's rules that a vote goes by, as short lines for the notice, the page and the result."""

from collections.abc import Callable
from typing import Any

from ...core.text import _
from ..words import SILENCE_WORD, Silence


def vote_rules(vote: Any) -> list[tuple[str, str]]:
    """(what is asked, what holds) of everything that the assembly's rules settle about counting."""
    return [
        (_("没有投票"), _(SILENCE_WORD[Silence(vote.silence)])),
        (_("代理人"), _("一人最多代 %(n)s 位业主", n=vote.proxy_cap) if vote.proxy_cap else _("不限人数")),
        (
            _("共有人意见不一致"),
            _("算无效票") if vote.conflict_invalid else _("不算参加，推选一人后再算"),
        ),
        (_("手机纸质都投了"), _("算最后一次") if vote.last_counts else _("算第一次")),
        (_("看不清的票"), _("算参加，不算同意") if vote.invalid_participates else _("不算参加")),
        (_("车位"), _("算面积") if vote.count_parking else _("不算")),
    ]


FILTERS: dict[str, Callable[..., Any]] = {"vote_rules": vote_rules}
