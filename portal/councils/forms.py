"""What people type about topics."""

from typing import Any

from flask_wtf.file import FileField, MultipleFileField
from wtforms import BooleanField, FieldList, FormField, IntegerField, ValidationError
from wtforms import Form as Part
from wtforms.validators import NumberRange, Optional

from ..core.files import LONGEST_ALT
from ..core.forms import (
    Form,
    LineField,
    MomentField,
    MoneyField,
    OnceField,
    RadioField,
    SeenField,
    SelectField,
    SelectMultipleField,
    TextField,
    longest,
    required,
)
from ..core.text import N_, _, choices
from .courses import CHOSEN, COURSE_WORD, PHASE_WORD, Course, Phase
from .words import CATEGORY_WORD, PARTY_WORD, VERDICT_WORD, Party

ASKED = (Party.PROPERTY, Party.COMMITTEE, Party.COMMUNITY, Party.MERCHANT)


def categories() -> list[tuple[str, str]]:
    return choices(CATEGORY_WORD)


class CouncilForm(Form):
    """Founding the council of a community."""

    name = LineField(N_("议事会叫什么"), (required(N_("请写议事会叫什么。")), longest(60)))
    endorsements_needed = IntegerField(
        N_("满多少户联署，议题就转给社区筛选"),
        [required(N_("请写一个数。"))],
        default=10,
    )
    screening_days = IntegerField(
        N_("社区在几个工作日内答复"),
        [required(N_("请写一个数。"))],
        default=3,
    )


class ChangeForm(CouncilForm):
    """Changing its name and numbers."""

    changes = SeenField("")


class OptionPart(Part):
    title = LineField(N_("方案叫什么"), (longest(60),))
    body = TextField(N_("好在哪、难在哪"), (longest(500),))
    cost = MoneyField(N_("大概要多少钱（元，不知道就不填）"))


class OptionForm(Form):
    """One way to settle a topic, for comparing it with the others."""

    title = LineField(N_("方案叫什么"), (required(N_("请写方案叫什么。")), longest(60)))
    body = TextField(N_("怎么办"), (longest(500),))
    pros = TextField(N_("好在哪"), (longest(300),))
    cons = TextField(N_("难在哪"), (longest(300),))
    cost = MoneyField(N_("大概要多少钱（元，不知道就不填）"))


class TopicForm(Form):
    """Raising a topic. The place choices are passed in; empty options are left out."""

    title = LineField(
        N_("一句话说清是什么事"), (required(N_("请写一句话，让邻居看得懂是什么事。")), longest(60))
    )
    category = SelectField(N_("哪一类"))
    place_id = SelectField(N_("关系到哪里"), coerce=int)
    spot = LineField(N_("具体在什么位置"), (longest(60),))
    body = TextField(N_("说说情况，您希望怎么办"), (longest(2000),))
    """May be left empty by those who say it (`voice`)."""
    voice = FileField(N_("语音"))
    said = TextField(N_("语音里说了什么"), (longest(LONGEST_ALT),))
    photos = MultipleFileField(N_("照片"))
    options = FieldList(FormField(OptionPart), min_entries=3, max_entries=6)
    once = OnceField()

    def validate_body(self, field: TextField) -> None:
        """Who neither writes nor says what it is about is told with the rest that is missing."""
        if not field.data and not getattr(self.voice.data, "filename", ""):
            raise ValidationError(_("请写写情况，至少一两句话；不方便打字，可以录一段语音。"))

    def __init__(self, places: list[tuple[str, list[tuple[int, str]]]], **given: Any) -> None:
        super().__init__(**given)
        self.category.choices = categories()
        self.place_id.choices = dict(places)


class AmendForm(Form):
    title = LineField(N_("一句话说清是什么事"), (required(), longest(60)))
    category = SelectField(N_("哪一类"))
    spot = LineField(N_("具体在什么位置"), (longest(60),))
    body = TextField(N_("说说情况，您希望怎么办"), (longest(2000),))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.category.choices = categories()


class TranscriptForm(Form):
    said = TextField(N_("语音里说了什么"), (required(N_("请写语音里说了什么。")), longest(LONGEST_ALT)))


class ScreeningForm(Form):
    """The four ways a screening ends; the fields of the others are ignored."""

    verdict = RadioField(N_("怎么答复"), [required(N_("请选怎么答复。"))])
    into_id = SelectField(N_("并入哪个议题"), coerce=int, default=0)
    referred_to = LineField(N_("转给哪个单位"), (longest(60),))
    reason = TextField(N_("理由，提出人会看到"), (required(N_("请写理由，提出人会看到。")), longest(600)))

    def __init__(self, others: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.verdict.choices = choices(VERDICT_WORD)
        self.into_id.choices = [(0, _("请选一个")), *others]


class ReasonForm(Form):
    reason = TextField(N_("补充的情况和理由"), (required(), longest(600)))


class AskForm(Form):
    """Asking a party for an official response."""

    party = RadioField(N_("请哪一方回应"), [required(N_("请选哪一方来回应。"))])
    question = TextField(N_("请他们回答什么"), (required(N_("请写要他们回答什么。")), longest(300)))
    due_at = MomentField(N_("请在什么时间前回应"), (required(N_("请写一个时间。")),))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.party.choices = [(p.value, _(PARTY_WORD[p])) for p in ASKED]


class CourseForm(Form):
    """What a topic goes through before the owners vote on it."""

    course = RadioField(N_("这是哪一类事"), [required(N_("请选是哪一类事。"))])
    phases = SelectMultipleField(N_("表决前先走哪几步"))
    because = TextField(N_("少走一步，为什么"), (longest(300),))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.course.choices = choices(COURSE_WORD)
        self.phases.choices = choices({phase: PHASE_WORD[phase] for phase in CHOSEN})


class UsualForm(Form):
    """What all topics of a council go through before the owners vote, by the kind of matter."""

    lift = SelectMultipleField(COURSE_WORD[Course.LIFT])
    fund = SelectMultipleField(COURSE_WORD[Course.FUND])
    works = SelectMultipleField(COURSE_WORD[Course.WORKS])
    manager = SelectMultipleField(COURSE_WORD[Course.MANAGER])
    other = SelectMultipleField(COURSE_WORD[Course.OTHER])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        for course in Course:
            self[course.value].choices = choices({phase: PHASE_WORD[phase] for phase in CHOSEN})

    @property
    def said(self) -> dict[Course, list[Phase]]:
        return {course: [Phase(word) for word in self[course.value].data or ()] for course in Course}


class ResponseForm(Form):
    """Giving an official response."""

    body = TextField(N_("正式回应"), (required(N_("请写回应，大家都会看到。")), longest(3000)))
    cost = MoneyField(N_("费用（元）"))
    days = IntegerField(N_("工期（天）"), [Optional(), NumberRange(1, 3650)])
    papers = MultipleFileField(N_("附件（PDF 或照片）"))


class RatingForm(Form):
    solved = BooleanField()
