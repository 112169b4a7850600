"""What people fill in around accounts: shapes only. Choices are passed in by the view."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, DateField, HiddenField, PasswordField
from wtforms.validators import Optional

from ..core.forms import Form, LineField, RadioField, SelectField, longest, required
from ..core.numbers import row_number
from ..core.text import N_

Choices = Sequence[tuple[str, str]]
PASSWORD_LONGEST = 128


class SecretField(PasswordField):
    """A password as typed: nothing is trimmed, and it is never sent back to the page."""

    data: str


def _number(value: Any) -> int | None:
    """Of a chosen row; none is none. Raises ValueError for what no row can have."""
    if value in (None, "", "None"):
        return None
    number = row_number(str(value))
    if number is None:
        raise ValueError("no number of a row")
    return number


class SignInForm(Form):
    name = LineField(N_("手机号或登录名"), (required(N_("请写手机号或登录名。")), longest(60)))
    password = SecretField(N_("密码"), [required(N_("请写密码。")), longest(PASSWORD_LONGEST)])
    next = HiddenField()


class CodeForm(Form):
    code = LineField(
        N_("卡上的 12 位码"), (required(N_("请照卡上的写，横线和空格写不写都行。")), longest(40))
    )


class ClaimForm(Form):
    """Which owner of the register the person is; only on owners' cards."""

    owner = RadioField(N_("您是登记的哪一位业主"), choices=[], coerce=_number, validate_choice=False)


class JoinForm(ClaimForm):
    name = LineField(N_("姓名"), (required(N_("请写身份证上的姓名。")), longest(60)))
    phone = LineField(N_("手机号"), (required(N_("请写手机号，以后用它登录。")), longest(30)))
    password = SecretField(N_("密码"), [required(N_("请定一个密码。")), longest(PASSWORD_LONGEST)])


class ResetForm(Form):
    code = LineField(
        N_("窗口给您的 12 位重设码"), (required(N_("请照纸上的写，横线和空格写不写都行。")), longest(40))
    )
    password = SecretField(N_("新密码"), [required(N_("请定一个新密码。")), longest(PASSWORD_LONGEST)])


class PasswordForm(Form):
    current = SecretField(N_("现在的密码"), [required(N_("请先写现在的密码。")), longest(PASSWORD_LONGEST)])
    password = SecretField(N_("新密码"), [required(N_("请定一个新密码。")), longest(PASSWORD_LONGEST)])


class ProfileForm(Form):
    nickname = LineField(N_("昵称"), (longest(30),), description=N_("发言时显示昵称，不写就显示姓名。"))
    lang = SelectField(N_("语言"), choices=[("zh", "中文"), ("en", "English")])
    large_text = BooleanField(N_("大字显示"))


class CorrectionForm(Form):
    name = LineField(N_("姓名"), (required(N_("请写身份证上的姓名。")), longest(60)))
    phone = LineField(N_("手机号"), (longest(30),), description=N_("没有手机可以空着，由工作人员代办。"))
    sign_in_name = LineField(N_("登录名"), (longest(40),), description=N_("没有手机又想自己登录的人用。"))


class RegisterForm(CorrectionForm):
    """A person at the desk. `unit` comes from a search by door number."""

    unit = RadioField(N_("住处"), choices=[], coerce=_number, validate_choice=False)
    relation = SelectField(N_("身份"), choices=[])


class GrantForm(Form):
    role = SelectField(N_("职务"), choices=[], validators=[required(N_("请选职务。"))])
    place = SelectField(N_("在哪里"), choices=[], coerce=int)
    title = LineField(N_("牌子上怎么写"), (longest(40),), description=N_("例如：项目经理。不写就用职务名。"))
    starts = DateField(N_("从哪天起"), [required(N_("请选开始的日子。"))])
    ends = DateField(N_("到哪天为止"), [Optional()], description=N_("那一天起不再担任；不写就是没有期限。"))


class DayForm(Form):
    on = DateField(N_("哪一天"), [required(N_("请选一个日期。"))])


class ActForm(Form):
    way = RadioField(N_("他怎么找的您"), choices=[], validators=[required(N_("请选一种。"))])
    reason = LineField(
        N_("要办什么"),
        (required(N_("请写一句他要办的事。")), longest(200)),
        description=N_("一句话，例如：联署修木栈道。"),
    )


class CardsForm(Form):
    relation = SelectField(N_("给谁"), choices=[])
    copies = SelectField(N_("每户几张"), choices=[(str(n), str(n)) for n in range(1, 5)], default="1")
    days = SelectField(N_("多久有效"), choices=[], default="60")


class RelativeForm(Form):
    """Who of the family may act, as what, until when. `signed`: the paper, where the desk enters it."""

    name = LineField(N_("家人的姓名"), (required(N_("请写家人账号上的姓名。")), longest(60)))
    phone = LineField(
        N_("家人的手机号"),
        (required(N_("请写家人登录用的手机号。")), longest(30)),
        description=N_("他要先在本社区登记过账号。"),
    )
    kinship = SelectField(N_("他是您的"), choices=[])
    ends = DateField(N_("到哪天为止"), [required(N_("请选一个日期。"))])
    signed = MultipleFileField(N_("签字的同意书"))
