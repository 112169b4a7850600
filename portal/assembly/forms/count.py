"""What people type around the count: who stands by, where the result hangs, objections and answers."""

from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import HiddenField

from ...core.forms import (
    Form,
    LineField,
    MomentField,
    OnceField,
    RadioField,
    SelectMultipleField,
    TextField,
    longest,
    required,
)
from ...core.text import N_, _, choices
from ..words import COUNTER_WORD, Counter


class ScrutineerForm(Form):
    """Somebody who counts or watches."""

    role = RadioField(N_("做什么"), [required(N_("请选计票还是监票。"))])
    name = LineField(N_("姓名"), (required(N_("请写姓名。")), longest(60)))
    phone = LineField(N_("手机号"), (longest(20),))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.role.choices = choices(COUNTER_WORD)

    @property
    def counter(self) -> Counter:
        return Counter(self.role.data)


class PlanForm(Form):
    """When and where papers are counted in public."""

    at = MomentField(N_("什么时候公开唱票"), (required(N_("请写日期和时间。")),))
    where = LineField(N_("在哪里唱票"), (required(N_("请写在哪里唱票，让想看的人找得到。")), longest(300)))


class SheetForm(Form):
    """The printed record as it was signed. Those who can have signed on it are passed in: (number, name)."""

    signers = SelectMultipleField(N_("谁在纸上签了字"), coerce=int)
    sheet = MultipleFileField(N_("签好字的记录（照片或 PDF）"))
    seen = HiddenField()

    def __init__(self, people: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.signers.choices = people


class HangingForm(Form):
    """Where a result hangs, with photographs of the wall."""

    where = LineField(
        N_("张贴在哪里"),
        (required(N_("请写张贴在哪里，例如各单元门口和东门公告栏。")), longest(300)),
    )
    photos = MultipleFileField(N_("张贴的照片"))


class HangAgainForm(HangingForm):
    """The same once more, after an objection that was right."""

    seen = HiddenField()
    reason = TextField(
        N_("为什么重新公示"), (required(N_("请写明为什么重新公示，大家都看得到。")), longest(600))
    )


class ObjectionForm(Form):
    text = TextField(
        N_("您的异议和理由"), (required(N_("请写写哪里不对、为什么，要逐条答复。")), longest(1000))
    )
    once = OnceField()


class UnchangedForm(Form):
    """Why the roll stays as it is although an objection was right."""

    reason = TextField(
        N_("名册为什么不用改"),
        (required(N_("请写明异议成立了，名册为什么不用改，大家都看得到。")), longest(600)),
    )


class AnswerForm(Form):
    """The official answer and whether the objection is right."""

    upheld = RadioField(N_("异议成立吗"), [required(N_("请选成立还是不成立。"))])
    answer = TextField(N_("正式答复"), (required(N_("请写答复，大家都看得到。")), longest(2000)))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.upheld.choices = [("yes", _("成立")), ("no", _("不成立"))]
