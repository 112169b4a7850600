"""What people type about decisions."""

from typing import Any

from ..core.forms import Form, LineField, MomentField, OnceField, RadioField, TextField, longest, required
from ..core.text import N_, _
from .words import BASIS_WORD, Basis

WITHOUT_TOPIC = (Basis.CONSENSUS, Basis.COMMITTEE, Basis.STATUTORY)
"""A poll always belongs to a topic."""


class AmendForm(Form):
    """The words of a decision that is not posted yet."""

    title = LineField(N_("决定叫什么"), (required(N_("请写一句话，让人一看就知道定了什么。")), longest(80)))
    body = TextField(N_("决定的内容"), (required(N_("请把定下来的内容写清楚。")), longest(5000)))
    basis_note = TextField(N_("是怎么定下来的"), (longest(600),))
    effect_from = MomentField(N_("从什么时候起生效"), (required(N_("请写一个时间。")),))


class DecisionForm(AmendForm):
    """Entering a decision. The bases that can hold are passed in."""

    basis = RadioField(N_("依据"), [required(N_("请选这个决定是怎么定下来的。"))])
    once = OnceField()

    def __init__(self, bases: tuple[Basis, ...], **given: Any) -> None:
        super().__init__(**given)
        self.basis.choices = [(b.value, _(BASIS_WORD[b])) for b in bases]


class PostingForm(Form):
    until = MomentField(N_("公示到什么时候"), (required(N_("请写一个时间。")),))


class RevocationForm(Form):
    reason = TextField(
        N_("为什么撤销，大家都看得到"), (required(N_("请写明理由，大家都看得到。")), longest(600))
    )


class ObjectionForm(Form):
    reason = TextField(
        N_("您的异议和理由"), (required(N_("请写写哪里不妥、为什么，社区要逐条答复。")), longest(1000))
    )
    once = OnceField()


class AnswerForm(Form):
    answer = TextField(N_("正式答复"), (required(N_("请写答复，大家都看得到。")), longest(2000)))
