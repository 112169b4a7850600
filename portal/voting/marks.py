"""Marks on a paper that the portal takes, or the sentence that says what to mend: looked back on or put in the box."""

from collections.abc import Sequence
from typing import Any

from ..core.errors import Invalid
from ..core.text import _
from . import rules


def taken(poll: Any, choices: Sequence[int]) -> str:
    """What the paper will carry. `poll` has `options_count` and `max_choices`; choices are positions, none for 弃权.

    Raises Invalid for marks that the paper does not allow.
    """
    found = rules.flaw(choices, poll.options_count, poll.max_choices)
    if found is rules.Flaw.TOO_MANY and poll.max_choices == 1:
        raise Invalid(_("只能选一项。"), "choices")
    if found is rules.Flaw.TOO_MANY:
        raise Invalid(_("最多选 %(most)d 项，请去掉几项。", most=poll.max_choices), "choices")
    if found:
        raise Invalid(_("请从票上的几项里选。"), "choices")
    return rules.marks_of(choices)
