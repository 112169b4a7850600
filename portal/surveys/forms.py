"""What people type and mark: a questionnaire to write, a sheet, a reason."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, FormField, IntegerField
from wtforms import Form as Part
from wtforms.validators import Optional

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
    trimmed,
)
from ..core.numbers import row_number
from ..core.text import N_, _, choices
from .rules import MOST_QUESTIONS, Asked
from .words import KIND_WORD, PER_WORD, Kind

LONGEST_OPTION = 60


class QuestionPart(Part):
    """One question. Left without text it is left out."""

    text = LineField(N_("问什么"), (longest(120),))
    kind = SelectField(N_("怎么答"), default=Kind.ONE.value)
    options = TextField(N_("选项，一行一个"), (longest(1000),))
    most = IntegerField(N_("最多选几项"), [Optional()])
    required = BooleanField(N_("这一题必须答"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.kind.choices = choices(KIND_WORD)

    @property
    def asked(self) -> Asked:
        kind = Kind(self.kind.data)
        lines = [line.strip()[:LONGEST_OPTION] for line in self.options.data.splitlines()]
        most = self.most.data if kind is Kind.SEVERAL else None
        return Asked(kind, self.text.data, self.required.data, tuple(filter(None, lines)), most)


class SurveyForm(Form):
    """A questionnaire to write. The places are passed in; questions left empty are left out."""

    title = LineField(N_("问卷叫什么"), (required(N_("请写一句话，让人知道问的是什么事。")), longest(60)))
    why = TextField(N_("为什么问"), (required(N_("请写为什么要问大家。")), longest(600)))
    used_for = TextField(N_("结果用来做什么"), (required(N_("请写结果用来做什么。")), longest(300)))
    place_id = SelectField(N_("问哪里的人"), coerce=int)
    per = RadioField(N_("一户一份还是一人一份"), [required(N_("请选一项。"))])
    closes_at = MomentField(N_("什么时候截止"), (required(N_("请写截止的日期和时间。")),))
    quota = IntegerField(N_("每栋至少几户"), [Optional()])
    questions = FieldList(FormField(QuestionPart), min_entries=MOST_QUESTIONS, max_entries=MOST_QUESTIONS)
    once = OnceField()
    version = SeenField("")

    def __init__(self, places: list[tuple[str, list[tuple[int, str]]]] | None = None, **given: Any) -> None:
        super().__init__(**given)
        self.per.choices = choices(PER_WORD)
        if places is None:
            del self.place_id
        else:
            self.place_id.choices = dict(places)

    @property
    def asked(self) -> list[Asked]:
        return [row.form.asked for row in self.questions if row.form.text.data]

    @property
    def last_written(self) -> int:
        return max((n for n, row in enumerate(self.questions, 1) if row.form.text.data), default=0)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(id of the control, sentence) of everything to mend, in the order of the form."""
        found = [(_anchor(f), e) for f in self for e in f.errors if isinstance(e, str)]
        of_rows = [(cell.id, e) for row in self.questions for cell in row.form for e in cell.errors]
        return found + of_rows + [("", str(e)) for e in self.form_errors]


def _anchor(written: Any) -> str:
    if written.type == "RadioField":
        return f"{written.id}-0"
    return f"{written.id}-0-text" if written.type == "FieldList" else str(written.id)


class ReasonForm(Form):
    reason = TextField(N_("为什么"), (required(N_("请写明为什么。")), longest(300)))


class VisitorForm(Form):
    phone = LineField(N_("志愿者的手机号"), (required(N_("请写他账号的手机号。")), longest(20)))


class RemarkForm(Form):
    """A text that everybody may read, as whoever chooses it leaves it."""

    position = IntegerField("", default=0)
    text = TextField(N_("公布成这样"), (required(N_("这一段话空了。")), longest(400)))
    once = OnceField()


class OutcomeForm(Form):
    text = TextField(N_("据此办了什么"), (required(N_("请写据此办了什么。")), longest(400)))
    address = LineField(N_("在哪个议题或决定里看得到"), (longest(200),))
    once = OnceField()


@dataclass(frozen=True)
class Marked:
    """A sheet as it was sent: what was marked by the position of the question, for which household."""

    answers: dict[int, list[str]] = field(default_factory=dict)
    unit_id: int | None = None
    once: str = ""

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Name and value of everything, to be sent once more."""
        named = [(f"q{position}", text) for position, texts in self.answers.items() for text in texts]
        return [*named, *([("unit", str(self.unit_id))] if self.unit_id else []), ("once", self.once)]


def marked_on(sent: "MultiDict[str, str]", questions: int) -> Marked:
    """What is marked on a sheet of so many questions."""
    answers = {n: [trimmed(t) for t in sent.getlist(f"q{n}")[:50]] for n in range(questions)}
    once = trimmed(sent.get("once"))[:32] or uuid4().hex
    return Marked(answers, row_number(sent.get("unit")), once)


def rows_of(questions: list[Asked]) -> list[dict[str, Any]]:
    """Questions as the form has them."""
    return [
        {
            "text": q.text,
            "kind": q.kind.value,
            "options": "\n".join(q.options),
            "most": q.most,
            "required": q.required,
        }
        for q in questions
    ]


def unit_fault() -> tuple[str, str]:
    return "unit-0", _("请选是哪一套房。")
