"""What people type about volunteering."""

from typing import Any

from wtforms import BooleanField, DateField, IntegerField
from wtforms.validators import NumberRange, Optional

from ..core.forms import Form, LineField, MomentField, OnceField, SelectField, TextField, longest, required
from ..core.text import N_, choices
from .words import KIND_WORD

WHO = N_("姓名或手机号")
MINUTES = [Optional(), NumberRange(0, 720, N_("请写 0 到 720 的分钟数。"))]
PEOPLE = [required(N_("请写人数。")), NumberRange(1, 500, N_("请写 1 到 500 的人数。"))]


class _Day(DateField):
    data: Any


class _Hour(MomentField):
    data: Any


class _Number(IntegerField):
    data: Any


class AmendForm(Form):
    """Changing one's entry."""

    skills = LineField(N_("会什么"), (longest(200),))
    offers = BooleanField(N_("有人需要我会的事，社区可以来找我"))


class RegisterForm(AmendForm):
    """Becoming a volunteer."""

    born = _Day(N_("出生年月日"), [required(N_("请写出生的年月日。"))])


class BornForm(Form):
    born = _Day(N_("证件上的出生年月日"), [required(N_("请写出生的年月日。"))])


class GuardianForm(Form):
    """The people one may name are passed in."""

    guardian_id = SelectField(N_("监护人"), coerce=int)

    def __init__(self, people: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.guardian_id.choices = people


class ConsentForm(Form):
    guardian = LineField(N_("监护人姓名"), (required(N_("请写监护人姓名。")), longest(40)))
    agreed_on = _Day(N_("签字的日子"), [required()])


class TeamForm(Form):
    """The leader only where a team is founded or handed over."""

    name = LineField(N_("队名"), (required(N_("请写队名。")), longest(40)))
    purpose = TextField(N_("做什么"), (required(N_("请写这支队做什么。")), longest(600)))
    base = LineField(N_("在哪里集合"), (longest(60),))


class FoundForm(TeamForm):
    leader = LineField(N_("队长的姓名或手机号"), (required(N_("请写队长。")), longest(40)))
    once = OnceField()


class LeaderForm(Form):
    leader = LineField(N_("队长的姓名或手机号"), (required(N_("请写队长。")), longest(40)))


class ApplyForm(Form):
    words = LineField(N_("想说的话"), (longest(200),))


class InviteForm(Form):
    who = LineField(WHO, (required(N_("请写姓名或手机号。")), longest(40)))
    words = LineField(N_("想对他说的话"), (longest(200),))


class _KindForm(Form):
    kind = SelectField(N_("哪一类"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.kind.choices = choices(KIND_WORD)


class StandingForm(_KindForm):
    name = LineField(N_("项目叫什么"), (required(N_("请写项目叫什么。")), longest(40)))
    trigger = LineField(N_("什么时候召集"), (required(N_("请写什么时候召集。")), longest(120)))
    venue = LineField(N_("在哪里集合"), (required(N_("请写地点。")), longest(60)))
    minutes = _Number(
        N_("一次大约多少分钟"), [required(), NumberRange(1, 720, N_("请写 1 到 720 的分钟数。"))]
    )
    risk = TextField(N_("风险提示"), (longest(400),))
    dangerous = BooleanField(N_("可能有人身危险"))
    insurance = LineField(N_("给志愿者买了什么保险"), (longest(120),))
    once = OnceField()


class CallOutForm(Form):
    starts_at = _Hour(N_("什么时候集合"), (required(N_("请写时间。")),))
    needed = _Number(N_("最多要几个人"), PEOPLE)
    words = LineField(N_("对队员说的话"), (longest(200),))
    once = OnceField()


class ServiceForm(_KindForm):
    title = LineField(N_("一句话说清做什么"), (required(N_("请写做什么。")), longest(60)))
    body = TextField(N_("具体安排"), (required(N_("请写具体安排。")), longest(2000)))
    served = LineField(N_("服务对象（写哪一类人，不写姓名）"), (longest(60),))
    skills = LineField(N_("要会什么"), (longest(120),))
    least_age = _Number(
        N_("最小年龄"), [Optional(), NumberRange(0, 99, N_("请写 0 到 99，0 是不限。"))], default=0
    )
    risk = TextField(N_("风险提示，报名的人要看完打勾"), (longest(400),))
    dangerous = BooleanField(N_("可能有人身危险"))
    insurance = LineField(N_("给志愿者买了什么保险"), (longest(120),))
    host = LineField(N_("现场负责人的姓名或手机号"), (longest(40),))
    once = OnceField()


class ShiftForm(Form):
    starts_at = _Hour(N_("什么时候开始"), (required(N_("请写开始时间。")),))
    ends_at = _Hour(N_("什么时候结束"), (required(N_("请写结束时间。")),))
    venue = LineField(N_("在哪里"), (required(N_("请写地点。")), longest(60)))
    needed = _Number(N_("要几个人"), PEOPLE)
    sign_up_by = _Hour(N_("报名截止"), (Optional(),))
    withdraw_by = _Hour(N_("自己退报名截止"), (Optional(),))


class SignUpForm(Form):
    risk_read = BooleanField(N_("风险提示我看完了"))


class CodeForm(Form):
    """`leaving`: the same code, on the way out."""

    code = LineField(N_("现场的六位数"), (required(N_("请写现场的六位数。")), longest(12)))
    leaving = BooleanField()


class TimesForm(Form):
    arrived_at = _Hour(N_("到的时间"), (required(N_("请写到的时间。")),))
    left_at = _Hour(N_("走的时间"), (required(N_("请写走的时间。")),))
    because = LineField(N_("为什么更正"), (required(N_("请写明为什么更正，本人会看到。")), longest(200)))


class HelperForm(Form):
    """Somebody who came; with both hours where they stand on a sheet of paper."""

    who = LineField(WHO, (required(N_("请写姓名或手机号。")), longest(40)))
    arrived_at = _Hour(N_("到的时间（照纸上录时填）"), (Optional(),))
    left_at = _Hour(N_("走的时间（照纸上录时填）"), (Optional(),))
    because = LineField(N_("为什么由您来记"), (longest(200),))


class ConfirmForm(Form):
    minutes = _Number(N_("时长（分钟，不含路上）"), MINUTES)
    because = LineField(N_("和签到算出来的不一样，为什么"), (longest(200),))
    remark = LineField(N_("评价"), (longest(200),))


class CorrectionForm(Form):
    minutes = _Number(
        N_("应当是多少分钟"),
        [required(N_("请写分钟数，没有就写 0。")), NumberRange(0, 720, N_("请写 0 到 720 的分钟数。"))],
    )
    because = LineField(N_("为什么更正"), (required(N_("请写明为什么更正，本人会看到。")), longest(200)))


class ReasonForm(Form):
    because = TextField(N_("理由"), (required(N_("请写理由。")), longest(300)))


class ObjectionForm(Form):
    text = TextField(N_("哪里不对"), (required(N_("请写哪里不对。")), longest(600)))
    once = OnceField()


class AnswerForm(Form):
    answer = TextField(N_("答复"), (required(N_("请写答复，提出的人会看到。")), longest(600)))


class AskForm(Form):
    since = _Day(N_("从哪天起"), [required(N_("请选一个日期。"))])
    until = _Day(N_("到哪天为止"), [required(N_("请选一个日期。"))])
    agrees = BooleanField(N_("同意公示遮住一半的姓名和时长"))
    once = OnceField()


class PostForm(Form):
    days = _Number(N_("公示几天"), [required(), NumberRange(7, 60, N_("请写 7 到 60 的天数。"))], default=7)


class IssueForm(Form):
    unposted_because = LineField(N_("不公示就开的依据"), (longest(200),))
