"""What people type about minutes and tasks."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField

from ..core.errors import Invalid
from ..core.forms import (
    Form,
    LineField,
    MomentField,
    OnceField,
    RadioField,
    SeenField,
    SelectField,
    TextField,
    longest,
    required,
)
from ..core.text import N_, _, choices
from ..meetings.sides import SIDE_WORD
from .words import DUTY_WORD, OUTCOME_WORD, SIGNED_WORD, Duty, Outcome


class SectionForm(Form):
    text = TextField(N_("一行写一条"), (longest(12000),))
    version = SeenField("")


class OutcomeForm(Form):
    kind = RadioField(N_("这一项议出了什么结果"))
    said = TextField(N_("大家读到的那句话"), (required(N_("请写一句话，没来的人也看得懂。")), longest(600)))
    passed_to = LineField(N_("转给哪个单位"), (longest(60),))
    version = SeenField("")

    def __init__(self, kinds: dict[Outcome, str], **given: Any) -> None:
        super().__init__(**given)
        self.kind.choices = choices(kinds)


class SendingForm(Form):
    until = MomentField(N_("请大家核对到什么时候"), (required(N_("请写一个时间。")),))


class ObjectionForm(Form):
    reason = TextField(N_("哪里不对，应该是什么"), (required(N_("请写哪里不对、应该是什么。")), longest(600)))


class SignatureForm(Form):
    """What somebody without an account signed: that it is right, or what is wrong with which line."""

    stance = RadioField(N_("他在纸上怎么写的"))
    line = SelectField(N_("哪一行"))
    reason = TextField(N_("哪里不对，应该是什么"), (longest(600),))
    signed_on = DateField(N_("签字的日期"), [required(N_("请选签字旁边写的日期。"))])

    def __init__(self, lines: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(**given)
        self.stance.choices = choices(SIGNED_WORD)
        self.line.choices = [("", _("不涉及")), *lines]

    @property
    def line_id(self) -> int:
        """Which line is wrong. Raises Invalid without one."""
        if not self.line.data:
            raise Invalid(_("请选是哪一行。"), "line")
        return int(self.line.data)


class AnswerForm(Form):
    answer = TextField(N_("答复"), (required(N_("请写答复，大家都看得到。")), longest(600)))


class AddendumForm(Form):
    text = TextField(N_("补记什么"), (required(N_("请写要补记的话。")), longest(1000)))
    once = OnceField()


class TaskForm(Form):
    """What is to be done, with the five duties."""

    what = LineField(N_("要办的事"), (required(N_("请写一句话：做什么、做到什么样。")), longest(120)))
    side = SelectField(N_("领办的一方"))
    lead = LineField(DUTY_WORD[Duty.LEAD], (required(N_("请写谁领办，到期由他说办到哪了。")), longest(40)))
    assign = LineField(DUTY_WORD[Duty.ASSIGN], (longest(40),))
    help = LineField(DUTY_WORD[Duty.HELP], (longest(40),))
    carry = LineField(DUTY_WORD[Duty.CARRY], (longest(40),))
    support = LineField(DUTY_WORD[Duty.SUPPORT], (longest(40),))
    due_on = DateField(N_("什么时候以前办好"), [required(N_("请选一个日期。"))])
    once = OnceField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.side.choices = choices(SIDE_WORD)

    @property
    def duties(self) -> dict[Duty, str]:
        return {duty: self[duty.value].data for duty in Duty}


class ClaimForm(Form):
    """Who takes home something that was said, and until when."""

    what = LineField(N_("要办的事"), (required(N_("请写一句话：做什么、做到什么样。")), longest(120)))
    side = SelectField(N_("领办的一方"))
    lead = LineField(N_("谁来领"), (required(N_("请写谁领办，到期由他说办到哪了。")), longest(40)))
    help = LineField(DUTY_WORD[Duty.HELP], (longest(40),))
    due_on = DateField(N_("什么时候以前办好"), [required(N_("请选一个日期。"))])
    once = OnceField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.side.choices = choices(SIDE_WORD)


class TakingForm(Form):
    """One takes it home oneself."""

    what = LineField(N_("要办的事"), (required(N_("请写一句话：做什么、做到什么样。")), longest(120)))
    due_on = DateField(N_("什么时候以前办好"), [required(N_("请选一个日期。"))])
    once = OnceField()


class StrikingForm(Form):
    """Why a note is shown no more."""

    reason = LineField(N_("理由"), (required(N_("请写理由，大家都看得到。")), longest(200)))


class TeamForm(Form):
    """People who watch over something for a time."""

    name = LineField(N_("监督队的名称"), (required(N_("请写一个名称，例如：绿化监督队。")), longest(40)))
    watches = LineField(N_("监督什么"), (required(N_("请写监督什么，看什么、多久看一次。")), longest(120)))
    people = TextField(N_("请谁参加"), (required(N_("请写至少一个人，一行一个。")), longest(400)))
    starts = DateField(N_("从哪一天起"), [required(N_("请选一个日期。"))])
    ends = DateField(N_("到哪一天为止"), [required(N_("请选一个日期。"))])
    once = OnceField()


class NameForm(Form):
    who = LineField(N_("再请一位"), (required(N_("请写姓名或手机号。")), longest(40)))


class ReportForm(Form):
    text = TextField(N_("办到哪了"), (required(N_("请写办到哪了，大家都看得到。")), longest(600)))
    done = BooleanField(N_("已经办好了"))
    once = OnceField()


class MoveForm(Form):
    due_on = DateField(N_("推后到哪一天"), [required(N_("请选一个日期。"))])
    reason = TextField(N_("为什么推后"), (required(N_("请写明为什么推后，大家都看得到。")), longest(300)))
    once = OnceField()


class DropForm(Form):
    reason = TextField(N_("为什么不办了"), (required(N_("请写明为什么不办了，大家都看得到。")), longest(300)))


class TemplateForm(Form):
    template = FileField(N_("样式文件（docx）"))


def offered(takes_votes: bool, is_topic: bool) -> dict[Outcome, str]:
    """The outcomes an item can have, with their words."""
    left = {Outcome.RESOLVED: not takes_votes, Outcome.HEARD: is_topic}
    return {kind: word for kind, word in OUTCOME_WORD.items() if not left.get(kind)}
