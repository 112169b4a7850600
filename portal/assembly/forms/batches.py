"""What people type while they read papers in."""

from typing import Any

from wtforms import BooleanField

from ...core.forms import Form, LineField, MomentField, OnceField, longest, required
from ...core.text import N_


class BatchForm(Form):
    received_at = MomentField(N_("什么时候收到的"), (required(N_("请写收到的日期和时间。")),))
    once = OnceField()


class SlipForm(Form):
    """One paper; its marks come as `choice-N` and are read by `ballotpaper`."""

    ticket = LineField(N_("票号"), (required(N_("请扫票上的码，或者写票号。")), longest(60)))
    once = OnceField()
    further = BooleanField(N_("同一户的又一张票"))
    by_proxy = BooleanField(N_("代理人投的"))
    letter = LineField(N_("哪一份委托书"), (longest(60),))
    note = LineField(N_("备注"), (longest(200),))

    def mark(self, refusal: Any) -> None:
        """What was wrong with a mark belongs to its choices, which are no field of the form."""
        self.form_errors = [*self.form_errors, str(refusal)]
