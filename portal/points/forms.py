"""What people type about points."""

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, DateField, IntegerField
from wtforms.validators import NumberRange, Optional

from ..core.forms import (
    Form,
    LineField,
    MoneyField,
    OnceField,
    RadioField,
    SelectField,
    TextField,
    longest,
    required,
)
from ..core.text import N_, choices
from .words import APPROVERS, DEEDS, EVIDENCE, PERS, Deed

WHOLE = N_("请写成整数，例如 12。")


class OpeningForm(Form):
    pool = LineField(N_("积分池叫什么"), (required(), longest(40)))
    months = IntegerField(N_("积分多少个月有效"), [required(WHOLE), NumberRange(0, 120)], default=24)
    month_cap = IntegerField(N_("每人每月最多多少分"), [required(WHOLE), NumberRange(1, 10_000)], default=200)


class IssueForm(Form):
    amount = IntegerField(N_("增加多少分"), [required(WHOLE)])
    reason = LineField(N_("来由"), (required(N_("请写这笔预算的来由。")), longest(300)))
    once = OnceField()


class PoolForm(Form):
    name = LineField(N_("积分池叫什么"), (required(), longest(40)))


class RuleForm(Form):
    """One version of a row; pools are passed in."""

    points = IntegerField(N_("几分"), [required(WHOLE)])
    per = SelectField(N_("怎么算"))
    once_cap = IntegerField(N_("一次最多"), [Optional()])
    day_cap = IntegerField(N_("每天最多"), [Optional()])
    month_cap = IntegerField(N_("每月最多"), [Optional()])
    year_cap = IntegerField(N_("每年最多"), [Optional()])
    approver = SelectField(N_("谁来核实"))
    evidence = SelectField(N_("要什么依据"))
    pool_id = SelectField(N_("从哪个积分池出"), coerce=int)
    starts = DateField(N_("从哪天起"), [required(N_("请选一个日期。"))])
    active = BooleanField(N_("启用"))

    def __init__(self, pools: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.per.choices, self.approver.choices = choices(PERS), choices(APPROVERS)
        self.evidence.choices, self.pool_id.choices = choices(EVIDENCE), pools


class GrantForm(Form):
    """A grant: everybody named gets the same. The deeds that two people grant are passed in."""

    deed = SelectField(N_("因为什么"))
    people = TextField(N_("给谁"), (required(N_("请写姓名或手机号，一行一个。")), longest(2000)))
    amount = IntegerField(N_("每人几分"), [required(WHOLE)])
    reason = TextField(N_("经过"), (required(N_("请写明经过：谁、什么时候、做了什么。")), longest(600)))
    photos = MultipleFileField(N_("照片"))
    once = OnceField()

    def __init__(self, deeds: Iterable[Deed], **given: Any) -> None:
        super().__init__(**given)
        self.deed.choices = choices({deed: DEEDS[deed] for deed in deeds})


class DecisionForm(Form):
    verdict = RadioField(N_("怎么定"), [required(N_("请选怎么定。"))])
    answer = TextField(N_("说明"), (longest(300),))

    def __init__(self, verdicts: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(**given)
        self.verdict.choices = verdicts


class ReasonForm(Form):
    reason = TextField(N_("理由，本人看得到"), (required(N_("请写更正的理由。")), longest(300)))
    once = OnceField()


class AppealForm(Form):
    text = TextField(N_("哪里不对"), (required(N_("请写哪里不对。")), longest(600)))


class BoardForm(Form):
    nickname = LineField(N_("用什么昵称"), (required(N_("昵称写 2 到 20 个字。")), longest(20)))


class KinForm(Form):
    one = LineField(N_("一位（姓名或手机号）"), (required(), longest(60)))
    other = LineField(N_("另一位（姓名或手机号）"), (required(), longest(60)))


class FundForm(Form):
    """A fund with its table: one kind a line, the amount behind it."""

    name = LineField(N_("叫什么"), (required(), longest(60)))
    source = LineField(N_("钱从哪里来"), (required(), longest(200)))
    budget = MoneyField(N_("预算（元）"), [required(N_("请写预算。"))])
    rates = TextField(N_("奖励标准"), (required(), longest(1000)))


class RewardForm(Form):
    """Proposing a reward; the lines of the table are passed in."""

    rate_id = SelectField(N_("哪一种"), coerce=int)
    payee = LineField(N_("给谁（姓名）"), (required(), longest(60)))
    what = TextField(N_("报的什么事、怎么核实的"), (required(), longest(300)))
    once = OnceField()

    def __init__(self, rates: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.rate_id.choices = rates


class PaymentForm(Form):
    paid_on = DateField(N_("哪天发的"), [required(N_("请选一个日期。"))])
    receipt = LineField(N_("收据编号"), (required(N_("请写收据编号。")), longest(60)))
