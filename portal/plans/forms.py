"""What people type about a plan."""

from typing import Any

from wtforms import FieldList, FormField
from wtforms import Form as Part
from wtforms.validators import StopValidation

from ..core.forms import (
    Form,
    LineField,
    MoneyField,
    OnceField,
    SeenField,
    SelectField,
    TextField,
    longest,
    required,
)
from ..core.text import N_, _, choices
from ..discussion import rules as discussion
from ..discussion.words import UPTAKE_WORD, Uptake
from . import rules


class DraftForm(Form):
    body = TextField(N_("方案"), (required(N_("请写方案。")), longest(rules.MOST)))
    cost = MoneyField(N_("大概要多少钱（元，不知道就不填）"))
    changes = TextField(N_("这一稿改了什么"), (longest(500),))
    after = SeenField("")
    once = OnceField()


def _with_reason(part: Any, field: Any) -> None:
    """A reason is needed unless all of it was adopted."""
    chosen = part.uptake.data
    if chosen in set(Uptake) and (wrong := discussion.reason_missing(Uptake(chosen), field.data or "")):
        raise StopValidation(_(wrong))


class AnswerPart(Part):
    comment = SeenField("")
    uptake = SelectField(N_("采纳情况"))
    reason = LineField(N_("理由"), (longest(discussion.NOTE_MOST), _with_reason))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.uptake.choices = [("", _("还没答复")), *choices(UPTAKE_WORD)]


class AnswersForm(Form):
    """What became of the opinions on a page; those left at 还没答复 are passed over."""

    after = SeenField("")
    answers = FieldList(FormField(AnswerPart), max_entries=50)
