"""What people type about projects."""

from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import DateField, FieldList, FormField, IntegerField
from wtforms import Form as Part
from wtforms.validators import NumberRange, Optional

from ..core.forms import (
    Form,
    LineField,
    MoneyField,
    OnceField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextField,
    longest,
    required,
)
from ..core.text import N_, _, choices
from ..councils.words import PARTY_WORD
from .words import SOURCE_WORD, STARS, Source

STEP_ROWS, USE_ROWS = 6, 5


class StepPart(Part):
    title = LineField(N_("做什么"), (longest(60),))
    due_on = DateField(N_("哪天完成"), [Optional()])
    weight = IntegerField(N_("占比"), [Optional(), NumberRange(1, 1000)], default=1)


class UsePart(Part):
    title = LineField(N_("用在什么上"), (longest(60),))
    amount = MoneyField(N_("金额（元）"))


class SharePart(Part):
    amount = MoneyField(N_("金额（元）"))
    note = LineField(N_("说明"), (longest(120),))


class ProjectForm(Form):
    """Starting a project. People to choose from are passed in; rows left empty are left out."""

    title = LineField(N_("项目叫什么"), (required(N_("请写一句话，让人一看就知道做什么。")), longest(80)))
    summary = TextField(N_("做些什么"), (longest(600),))
    party = SelectField(N_("哪一方牵头"))
    in_charge = SelectField(N_("谁负责"), coerce=int)
    contractor = LineField(N_("施工单位"), (longest(60),))
    begins_on = DateField(N_("哪天开工"), [required(N_("请选一个日期。"))])
    supervisors = SelectMultipleField(N_("监督小组"), [required(N_("监督小组至少要有一个人。"))], coerce=int)
    milestones = FieldList(FormField(StepPart), min_entries=STEP_ROWS, max_entries=20)
    budget = FieldList(FormField(UsePart), min_entries=USE_ROWS, max_entries=20)
    maintenance_fund = FormField(SharePart, SOURCE_WORD[Source.MAINTENANCE_FUND])
    common_income = FormField(SharePart, SOURCE_WORD[Source.COMMON_INCOME])
    subsidy = FormField(SharePart, SOURCE_WORD[Source.SUBSIDY])
    property = FormField(SharePart, SOURCE_WORD[Source.PROPERTY])
    residents = FormField(SharePart, SOURCE_WORD[Source.RESIDENTS])
    donation = FormField(SharePart, SOURCE_WORD[Source.DONATION])
    once = OnceField()

    def __init__(self, charge: list[tuple[int, str]], watch: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.party.choices = choices(PARTY_WORD)
        self.in_charge.choices = charge
        self.supervisors.choices = watch

    def sources(self) -> list[tuple[Source, str, Any]]:
        """The rows of the funding: source, its word, its part of the form."""
        return [(source, _(word), self[source.value]) for source, word in SOURCE_WORD.items()]


class ContractForm(Form):
    contractor = LineField(N_("和谁签的"), (required(N_("请写和谁签的。")), longest(60)))
    on = DateField(N_("哪天签的"), [required(N_("请选一个日期。"))])
    amount = MoneyField(N_("合同价（元）"), [required(N_("请写合同价。"))])


class PhotosForm(Form):
    """Photos with what they show, said for those who cannot see them."""

    before = MultipleFileField(N_("修以前的照片"))
    after = MultipleFileField(N_("修以后的照片"))
    photos = MultipleFileField(N_("过程照片"))
    alt = LineField(N_("照片上看得到什么"), (longest(100),))
    once = OnceField()


class UpdateForm(PhotosForm):
    body = TextField(N_("进展到哪里了"), (longest(2000),))


class MilestoneForm(PhotosForm):
    done_on = DateField(N_("哪天完成的"), [required(N_("请选一个日期。"))])
    note = TextField(N_("做得怎么样"), (required(N_("请写一句，大家看得到。")), longest(300)))


class DelayForm(Form):
    due_on = DateField(N_("改到哪天完成"), [required(N_("请选一个日期。"))])
    reason = TextField(
        N_("为什么延期，大家都看得到"), (required(N_("请写明原因，大家都看得到。")), longest(600))
    )


class SpendingForm(Form):
    """Money that was paid. The budget lines to choose from are passed in."""

    amount = MoneyField(N_("付了多少（元）"), [required(N_("请写金额。"))])
    purpose = LineField(N_("用在什么上"), (required(N_("请写用途。")), longest(120)))
    budget_line_id = SelectField(N_("算在哪一行预算"), coerce=int, default=0)
    payee = LineField(N_("付给谁"), (longest(60),))
    spent_on = DateField(N_("哪天付的"), [required(N_("请选一个日期。"))])
    receipts = MultipleFileField(N_("凭证（发票、收据的照片或 PDF）"))
    once = OnceField()

    def __init__(self, lines: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.budget_line_id.choices = [(0, _("不分行")), *lines]


class BudgetForm(Form):
    title = LineField(N_("用在什么上"), (required(N_("请写用途。")), longest(60)))
    amount = MoneyField(N_("追加多少（元）"), [required(N_("请写金额。"))])
    source = SelectField(N_("钱从哪来"))
    note = LineField(N_("来源说明"), (longest(120),))
    reason = TextField(
        N_("为什么追加，大家都看得到"), (required(N_("请写明原因，大家都看得到。")), longest(300))
    )

    once = OnceField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.source.choices = choices(SOURCE_WORD)


class CompletionForm(PhotosForm):
    report = TextField(N_("完工情况"), (required(N_("请写写做成什么样了。")), longest(1000)))


class AcceptanceForm(Form):
    """Accepting, or refusing with defects one a line and a day."""

    verdict = RadioField(N_("验收结论"), [required(N_("请选一个结论。"))])
    finding = TextField(N_("怎么验的、看到什么"), (required(N_("请写写怎么验的。")), longest(1000)))
    defects = TextField(N_("哪里不合格"), (longest(2000),))
    redo_by = DateField(N_("返工期限"), [Optional()])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.verdict.choices = [("accept", _("同意验收")), ("refuse", _("要返工"))]


class RatingForm(Form):
    stars = RadioField(N_("办得怎么样"), [required(N_("请选一个。"))], coerce=int)
    body = TextField(N_("想说的话"), (longest(500),))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.stars.choices = [(n, _(w)) for n, w in STARS.items()]


class StopForm(Form):
    reason = TextField(
        N_("为什么停，大家都看得到"), (required(N_("请写明理由，大家都看得到。")), longest(600))
    )
