"""What people type and mark: a poll to prepare, a paper, a certificate, a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from werkzeug.datastructures import MultiDict
from wtforms import FieldList, IntegerField, RadioField
from wtforms.validators import NumberRange, Optional

from ..core.errors import Invalid
from ..core.forms import Form, LineField, MomentField, OnceField, TextField, longest, required, trimmed
from ..core.numbers import row_number
from ..core.text import N_, _, choices
from .rules import MOST_OPTIONS
from .words import METHOD_WORD, OUTCOME_WORD, ROLL_WORD, SECRECY_WORD

BLANK = "blank"
"""What the paper's line 弃权 sends: a choice of its own, so that nothing marked is never taken for it."""


class PollForm(Form):
    """A poll to prepare. Empty options are left out."""

    question = LineField(N_("要大家定什么"), (required(N_("请写清楚要大家定什么。")), longest(120)))
    options = FieldList(
        LineField(N_("选项"), (longest(60),)), min_entries=MOST_OPTIONS, max_entries=MOST_OPTIONS
    )
    method = RadioField(N_("怎么选"), [required(N_("请选一项。"))])
    max_choices = IntegerField(N_("最多能选几项"), [Optional(), NumberRange(1, MOST_OPTIONS)])
    secrecy = RadioField(N_("记名还是无记名"), [required(N_("请选一项。"))])
    roll_kind = RadioField(N_("请谁来投"), [required(N_("请选一项。"))])
    closes_at = MomentField(N_("什么时候截止"), (required(N_("请写截止的日期和时间。")),))
    once = OnceField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.method.choices = choices(METHOD_WORD)
        self.secrecy.choices = choices(SECRECY_WORD)
        self.roll_kind.choices = choices(ROLL_WORD)

    @property
    def written(self) -> list[str]:
        """The options that were written."""
        return [o for o in self.options.data if o]


class CertifyForm(Form):
    """What follows from the result, and why where the count alone does not say it."""

    outcome = RadioField(N_("接下来怎么办"), [required(N_("请选一项。"))])
    reason = TextField(N_("理由"), (longest(600),))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.outcome.choices = choices(OUTCOME_WORD)


class AnnulForm(Form):
    reason = TextField(N_("为什么作废"), (required(N_("请写明为什么作废，大家都看得到。")), longest(600)))


@dataclass(frozen=True)
class Paper:
    """A ballot as it was sent. `values` are the marks as typed, to be shown again."""

    values: tuple[str, ...]
    choices: tuple[int, ...]
    once: str
    change: bool
    seen: int
    receipt: str


def read_paper(sent: MultiDict[str, str]) -> Paper:
    """Read a paper by hand: it comes thousands of times an evening, and the key of the session was checked before.

    Raises Invalid if nothing is marked, or something that is no line of a paper.
    """
    values = tuple(sent.getlist("choice")[: MOST_OPTIONS + 1])
    return Paper(
        values=values,
        choices=_choices(values),
        once=trimmed(sent.get("once"))[:32] or uuid4().hex,
        change=sent.get("change") == "1",
        seen=row_number(sent.get("seen")) or 0,
        receipt=trimmed(sent.get("receipt"))[:20],
    )


def _choices(values: Sequence[str]) -> tuple[int, ...]:
    if not values:
        raise Invalid(_("请先选一项。不想选哪一项，可以选弃权。"), "choices")
    if BLANK in values:
        if len(values) > 1:
            raise Invalid(_("选了弃权，就不能再选别的。"), "choices")
        return ()
    if not all(v.isascii() and v.isdigit() and len(v) < 3 for v in values):
        raise Invalid(_("请从票上的几项里选。"), "choices")
    return tuple(int(v) for v in values)
