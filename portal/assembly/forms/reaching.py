"""What people type about deliveries and door visits."""

from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField

from ...core.forms import Form, LineField, OnceField, RadioField, SelectField, longest, required
from ...core.numbers import row_number
from ...core.text import N_, _, choices
from ..words import DELIVERY_WORD, DeliveryWay


class DeliveryForm(Form):
    """One attempt for the voters that were picked, or for `all` that the filters show."""

    way = RadioField(N_("怎么送的"), [required(N_("请选一项。"))])
    warned = BooleanField(N_("票上写明了不投票会怎样"), default=True)
    witness_one = LineField(N_("见证人一"), (longest(60),))
    witness_two = LineField(N_("见证人二"), (longest(60),))
    note = LineField(N_("备注"), (longest(200),))
    posting = SelectField(
        N_("哪一次公告"), coerce=lambda sent: row_number(str(sent)) or 0, validate_choice=False
    )
    photos = MultipleFileField(N_("送达或拒收的照片"))
    all = BooleanField(N_("不止这一页：筛选出来的全部都登记"))
    once = OnceField()

    def __init__(self, notices: list[tuple[int, str]], **given: Any) -> None:
        """`notices`: postings of the vote that a voter may be told by."""
        super().__init__(**given)
        self.posting.choices = [*notices, (0, _("还没有公告"))][: max(len(notices), 1)]
        self.way.choices = choices({w: DELIVERY_WORD[w] for w in DeliveryWay if w is not DeliveryWay.PORTAL})

    @property
    def how(self) -> DeliveryWay:
        return DeliveryWay(self.way.data)


class VisitForm(Form):
    """Who goes round a building. People to choose from are passed in."""

    building = LineField(N_("楼栋"), (longest(60),))
    visitor = SelectField(N_("谁去"), coerce=int)

    def __init__(self, people: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.visitor.choices = [(0, _("还没安排")), *people]
