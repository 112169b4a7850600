"""What people type while they read papers in."""

from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, IntegerField
from wtforms.validators import NumberRange

from ...core.forms import Form, LineField, MomentField, OnceField, RadioField, longest, required
from ...core.numbers import row_number
from ...core.text import N_

_PAPERS = [
    required(N_("请写张数，一张也没有就写 0。")),
    NumberRange(0, 1_000_000, N_("请写张数，一张也没有就写 0。")),
]


class BatchForm(Form):
    received_at = MomentField(N_("什么时候收到的"), (required(N_("请写收到的日期和时间。")),))
    once = OnceField()


class SealForm(Form):
    """How many papers in the box nobody has read in, and where the number hangs."""

    papers = IntegerField(N_("票箱里没录的纸质票有几张"), _PAPERS)
    where = LineField(
        N_("张贴在哪里"),
        (required(N_("请写张贴在哪里，例如各单元门口和东门公告栏。")), longest(300)),
    )
    photos = MultipleFileField(N_("封好的票箱的照片"))
    once = OnceField()


class SecondCountForm(Form):
    counted = IntegerField(N_("您数到几张"), _PAPERS)


class SlipForm(Form):
    """One paper; its marks come as `choice-N` and are read by `ballotpaper`."""

    ticket = LineField(N_("票号"), (required(N_("请扫票上的码，或者写票号。")), longest(60)))
    once = OnceField()
    further = BooleanField(N_("同一户的又一张票"))
    by_proxy = BooleanField(N_("代理人投的"))
    letter = LineField(N_("哪一份委托书"), (longest(60),))
    note = LineField(N_("备注"), (longest(200),))
    signed = RadioField(N_("谁签了字"), choices=[], validate_choice=False)
    """Asked where several own together: by the number of who signed, 0 for all of them."""

    @property
    def signer(self) -> int | None:
        return row_number(self.signed.data) if self.signed.data != "0" else 0

    def mark(self, refusal: Any) -> None:
        """What was wrong with a mark belongs to its choices, which are no field of the form."""
        self.form_errors = [*self.form_errors, str(refusal)]
