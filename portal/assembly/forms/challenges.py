"""What an owner says of a ballot that staff entered in his name, and what is answered."""

from typing import Any

from ...core.forms import Form, OnceField, RadioField, TextField, longest, required
from ...core.text import N_, _, choices
from ..challenges import CLAIM_WORD, Claim


class ChallengeForm(Form):
    """`entered`: receipt and words of every ballot he may say something of."""

    receipt = RadioField(N_("哪一张票"), [required(N_("请选一张票。"))])
    claim = RadioField(N_("哪里不对"), [required(N_("请选一项。"))])
    text = TextField(N_("想说明的"), (longest(600),))
    once = OnceField()

    def __init__(self, entered: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(**given)
        self.receipt.choices, self.claim.choices = entered, choices(CLAIM_WORD)

    @property
    def said(self) -> Claim:
        return Claim(self.claim.data)


class AnsweredForm(Form):
    strike = RadioField(N_("这张票怎么办"), [required(N_("请选一项。"))])
    reason = TextField(
        N_("查了什么，凭什么"), (required(N_("请写明查了什么、凭什么，提的人看得到。")), longest(600))
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.strike.choices = [("yes", _("划掉，不计入")), ("no", _("照旧计入"))]
