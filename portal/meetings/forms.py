"""What people type about bodies and meetings."""

import re
from datetime import datetime
from typing import Any, TypedDict

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, DateField, IntegerField
from wtforms.validators import NumberRange, Optional, ValidationError

from ..core.forms import (
    Form,
    LineField,
    MomentField,
    OnceField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextField,
    longest,
    required,
)
from ..core.text import N_, _, choices
from .hands import RULE_WORD
from .quorum import PRESENCE_WORD, Presence
from .schedule import LAST, NTH_WORD, SHIFT_WORD, WEEKDAY_WORD, Every
from .sides import SIDE_WORD, Side
from .words import INTEREST_WORD, REPLY_WORD, Reply

MINUTES = (required(N_("请写多少分钟。")), NumberRange(15, 480, N_("一次会请写 15 到 480 分钟。")))
DAY = r"\d+|最后一天|last"
EVERY_WORD = {
    Every.MONTH_DAYS: N_("每月的几号"),
    Every.WEEKDAYS: N_("每周的星期几"),
    Every.NTH_WEEKDAYS: N_("每月第几个星期几"),
}


class RulesForm(Form):
    """What a body goes by."""

    name = LineField(N_("叫什么"), (required(N_("请写一个名字，例如：三方联席会。")), longest(60)))
    quorum = SelectField(N_("全体成员到多少才能开"))
    least_resident = SelectField(N_("居民到多少"))
    least_committee = SelectField(N_("业委会到多少"))
    least_property = SelectField(N_("物业到多少"))
    least_community = SelectField(N_("社区到多少"))
    least_merchant = SelectField(N_("商户到多少"))
    rule = SelectField(N_("怎么算通过"))
    notice_days = IntegerField(
        N_("提前几天通知"),
        [required(N_("请写天数，0 就是不要求。")), NumberRange(0, 30, N_("请写 0 到 30 天。"))],
    )
    minutes = IntegerField(N_("一次开多少分钟"), list(MINUTES))
    venue = LineField(N_("平时在哪里开"), (longest(80),))
    substitutes = BooleanField(N_("成员来不了，可以请别人替"))
    reply_days = IntegerField(
        N_("听证会上的提问，几天内书面答复"),
        [required(N_("请写天数。")), NumberRange(1, 60, N_("请写 1 到 60 天。"))],
        default=15,
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.rule.choices = choices(RULE_WORD)
        for field in (self.quorum, *self.of_sides.values()):
            field.choices = choices(PRESENCE_WORD)

    @property
    def of_sides(self) -> dict[Side, Any]:
        """The fields that say how many of each side."""
        return {side: self[f"least_{side}"] for side in Side if side is not Side.OTHER}


class BodyForm(RulesForm):
    """Setting one up. The places are passed in."""

    place_id = SelectField(N_("管哪里的事"), coerce=int)
    from_seats = BooleanField(N_("把议事会现在的席位都请进来当成员"))
    once = OnceField()

    def __init__(self, places: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.place_id.choices = places


class PersonForm(Form):
    """Somebody by name or phone, for a side."""

    who = LineField(N_("姓名或手机号"), (required(N_("请写姓名或手机号。")), longest(40)))
    side = SelectField(N_("代表哪一方"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.side.choices = choices(SIDE_WORD)


class MemberForm(PersonForm):
    post = LineField(N_("身份"), (longest(20),))
    ends = DateField(N_("任期到哪一天"), [Optional()])


def _interests() -> list[tuple[str, str]]:
    return [("", _("不特别为谁")), *choices(INTEREST_WORD)]


class InvitationForm(PersonForm):
    interest = SelectField(N_("为哪些人来"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.interest.choices = _interests()


class InterestForm(Form):
    interest = SelectField(N_("为哪些人来"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.interest.choices = _interests()


class SeriesForm(Form):
    """Fixed days. Which of the two lists of days counts is said by `every`."""

    every = RadioField(N_("怎么定日子"), [required(N_("请选怎么定日子。"))])
    month_days = LineField(N_("每月几号"), (longest(40),))
    weekdays = SelectMultipleField(N_("星期几"), coerce=int)
    nth = SelectField(N_("每月第几个"), coerce=int)
    hour = LineField(N_("几点开"), (required(N_("请写几点开会，例如 19:00。")),))
    shift = SelectField(N_("碰上放假"))
    starts = DateField(N_("从哪天开始"), [required(N_("请选一个日期。"))])
    once = OnceField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.every.choices = choices(EVERY_WORD)
        self.weekdays.choices = [(n, _(word)) for n, word in enumerate(WEEKDAY_WORD)]
        self.nth.choices = [(n, _(word)) for n, word in NTH_WORD.items()]
        self.shift.choices = choices(SHIFT_WORD)

    def validate_month_days(self, field: Any) -> None:
        """What could not be read is not left out without a word."""
        if self.every.data != Every.MONTH_DAYS:
            return
        if left := re.sub(rf"{DAY}|每|月|日|号|和|及|[\s、,，;；.。/]", "", field.data):
            raise ValidationError(_("“%(left)s”没有看懂，请写数字，例如：5、25。", left=left[:20]))

    @property
    def days(self) -> tuple[int, ...]:
        """The days that were chosen; a number no month always has is kept, so that the action can refuse it."""
        if self.every.data != Every.MONTH_DAYS:
            return tuple(sorted(self.weekdays.data or ()))
        typed = re.findall(DAY, self.month_days.data)
        days = {int(d) if d.isdigit() and len(d) < 4 else LAST if not d.isdigit() else 0 for d in typed}
        return tuple(sorted(days, key=lambda day: (day == LAST, day)))

    @property
    def begins(self) -> int:
        """Minutes after midnight; -1 for what is no time of day."""
        found = re.fullmatch(r"(\d{1,2})[:：](\d{2})", self.hour.data)
        if found is None or int(found[1]) > 23 or int(found[2]) > 59:
            return -1
        return int(found[1]) * 60 + int(found[2])


class Span(TypedDict):
    """When something begins and how long it lasts, as an action takes it."""

    starts_at: datetime
    minutes: int


class _HourForm(Form):
    """When and how long: what was typed, once it has been checked."""

    starts_at: MomentField
    minutes: IntegerField

    @property
    def span(self) -> Span:
        assert self.starts_at.data is not None
        assert self.minutes.data is not None
        return {"starts_at": self.starts_at.data, "minutes": self.minutes.data}


class PlanForm(_HourForm):
    """A single meeting."""

    title = LineField(N_("叫什么会"), (required(N_("请写一句话，让人知道开什么会。")), longest(80)))
    starts_at = MomentField(N_("什么时候开"), (required(N_("请写一个时间。")),))
    minutes = IntegerField(N_("开多少分钟"), list(MINUTES))
    venue = LineField(N_("在哪里开"), (longest(80),))
    once = OnceField()


class ArrangementForm(PlanForm):
    """The arrangements of a meeting in preparation."""

    intro = TextField(N_("为什么开这个会，写在通知里"), (longest(600),))
    chair = LineField(N_("谁主持（姓名或手机号）"), (longest(40),))
    recorder = LineField(N_("谁记录（姓名或手机号）"), (longest(40),))


class MovingForm(_HourForm):
    starts_at = MomentField(N_("改到什么时候"), (required(N_("请写一个时间。")),))
    minutes = IntegerField(N_("开多少分钟"), list(MINUTES))
    reason = TextField(
        N_("为什么改期，大家都看得到"),
        (required(N_("请写明会议为什么改期。")), longest(300)),
    )


class CancellationForm(Form):
    reason = TextField(N_("为什么不开了，大家都看得到"), (required(N_("请写明为什么不开了。")), longest(300)))


class PostponementForm(Form):
    reason = TextField(
        N_("为什么没有按时开，大家都看得到"), (required(N_("请写明为什么没有按时开。")), longest(300))
    )


class EndingForm(Form):
    """Fixed days that are stopped; the meetings nobody was called to yet go with them where it is ticked."""

    cancel = BooleanField(N_("还没发通知的会一起取消"))
    reason = TextField(N_("为什么不开了，大家都看得到"), (longest(300),))

    def validate_reason(self, field: Any) -> None:
        if self.cancel.data and not field.data:
            raise ValidationError(_("请写明为什么不开了。"))


class CallForm(Form):
    late_because = TextField(N_("通知晚了，为什么等不得"), (longest(300),))


class TopicChoiceForm(Form):
    topic_id = SelectField(N_("排哪个议题"), coerce=int)
    core = BooleanField(N_("核心议题，这次要有结果"))

    def __init__(self, topics: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.topic_id.choices = topics


class ItemForm(Form):
    """A point of the agenda."""

    title = LineField(N_("这一项是什么"), (required(N_("请写这一项是什么。")), longest(80)))
    minutes = IntegerField(
        N_("多少分钟"), [required(N_("请写多少分钟。")), NumberRange(1, 240, N_("一项请写 1 到 240 分钟。"))]
    )
    side = SelectField(N_("哪一方来讲"))
    presenter = LineField(N_("谁来讲"), (longest(40),))
    core = BooleanField(N_("核心议题，这次要有结果"))
    motion = TextField(N_("拟提请大家表态的话"), (longest(600),))
    once = OnceField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.side.choices = [("", _("不特别定")), *choices(SIDE_WORD)]


class CoreForm(Form):
    reason = TextField(N_("为什么要多排核心议题"), (longest(300),))


class MaterialForm(Form):
    papers = MultipleFileField(N_("会议材料（PDF 或照片）"))


class ReplyForm(Form):
    reply = RadioField(N_("您来不来"), [required(N_("请选来、来不了，或者请别人替。"))])
    substitute = LineField(N_("谁替您来（姓名）"), (longest(40),))
    phone = LineField(
        N_("他的手机号"),
        (longest(30),),
        description=N_(
            "姓名写他账号上的，不写小名。有账号的，他的首页上会看到，到了自己签到；没有账号的，到门口报名字。"
        ),
    )

    def __init__(self, substitutes: bool, **given: Any) -> None:
        super().__init__(**given)
        offered = (Reply.YES, Reply.NO, *((Reply.SUBSTITUTE,) if substitutes else ()))
        self.reply.choices = [(r.value, _(REPLY_WORD[r])) for r in offered]


def presences(form: RulesForm) -> dict[Side, Presence]:
    """How many of each side, as typed."""
    return {side: Presence(field.data) for side, field in form.of_sides.items()}
