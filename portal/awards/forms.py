"""What people type about awards."""

from typing import Any

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
)
from ..core.text import N_, choices
from ..voting.words import ROLL_WORD, SECRECY_WORD, RollKind
from .rules import LONGEST_NOTE
from .words import DAYS_WORD, TIES_WORD, VACANCY_WORD, VERDICT_WORD, WHOM_WORD, Whom

WHY = N_("请写明为什么，大家都看得到。")


class KindPart(Part):
    """One category. Left without a name it is left out."""

    name = LineField(N_("奖项"), (longest(30),))
    whom = SelectField(N_("评谁"), default=Whom.PERSON.value)
    places = IntegerField(N_("名额"), [Optional()], default=3)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.whom.choices = choices(WHOM_WORD)


class AwardForm(Form):
    title = LineField(N_("评选叫什么"), (required(N_("请写评选的名字。")), longest(60)))
    criteria = TextField(N_("评选条件"), (required(N_("请写什么样的人和集体可以参评。")), longest(1200)))
    categories = FieldList(FormField(KindPart), min_entries=4, max_entries=4)
    nominate_until = MomentField(N_("提名到什么时候"), (required(N_("请写截止的日期和时间。")),))
    vote_days = IntegerField(N_("投票开放几天"), [required(N_("请写一个数。"))])
    roll_kind = RadioField(N_("谁来投票"), [required(N_("请选一项。"))])
    secrecy = RadioField(N_("是否记名"), [required(N_("请选一项。"))])
    order_source = LineField(
        N_("候选在票上的先后，用哪个公开的号码排"),
        (required(N_("请写清楚用哪个号码、到哪里查。")), longest(200)),
    )
    ties = RadioField(N_("最后一个名额票数相同怎么办"), [required(N_("请选一项。"))])
    vacancy = RadioField(N_("获奖的放弃了，或者名次取消了，名额怎么办"), [required(N_("请选一项。"))])
    posting_days = IntegerField(N_("公示几天"), [required(N_("请写一个数。"))])
    posting_kind = RadioField(N_("公示的天数怎么算"), [required(N_("请选一项。"))])
    once = OnceField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.roll_kind.choices = [
            c for c in choices(ROLL_WORD) if c[0] in (RollKind.MEMBERS, RollKind.HOUSEHOLDS)
        ]
        self.secrecy.choices, self.ties.choices = choices(SECRECY_WORD), choices(TIES_WORD)
        self.vacancy.choices = choices(VACANCY_WORD)
        self.posting_kind.choices = choices(DAYS_WORD)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(id of the control, sentence) of everything to mend."""
        found = [(_anchor(f), e) for f in self for e in f.errors if isinstance(e, str)]
        of_rows = [(cell.id, e) for row in self.categories for cell in row.form for e in cell.errors]
        return found + of_rows + [("", str(e)) for e in self.form_errors]


def _anchor(written: Any) -> str:
    if written.type == "RadioField":
        return f"{written.id}-0"
    return f"{written.id}-0-name" if written.type == "FieldList" else str(written.id)


class _PutForm(Form):
    category_id = RadioField(N_("哪个奖项"), [required(N_("请选一项。"))], coerce=int)
    name = LineField(N_("姓名或者集体的名字"), (required(N_("请写姓名或者集体的名字。")), longest(40)))
    where = LineField(N_("哪里的"), (required(N_("请写住哪栋楼、在哪里工作，免得认错人。")), longest(40)))
    reason = TextField(N_("为什么提他"), (required(N_("请写他做了什么事。")), longest(600)))
    phone = LineField(N_("他的手机号"), (longest(20),))
    once = OnceField()

    def __init__(self, categories: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.category_id.choices = categories


class NominateForm(_PutForm):
    himself = BooleanField(N_("我提的是自己，或者我代表的集体"))


class CounterForm(_PutForm):
    spoken_for = LineField(N_("来提名的人的姓名"), (required(N_("请写来提名的人的姓名。")), longest(40)))


class NamedForm(Form):
    named = BooleanField(N_("获奖以后，证书的公开网页可以写全名"))


class ConsentRecordForm(NamedForm):
    agreed = RadioField(
        N_("他怎么说"), [required(N_("请选一项。"))], choices=[("yes", N_("同意参加")), ("no", N_("不参加"))]
    )
    how = LineField(
        N_("什么时候、怎么说的"), (required(N_("请写他是怎么说的，例如哪天、电话里还是当面。")), longest(200))
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.agreed.choices = choices({"yes": N_("同意参加"), "no": N_("不参加")})


class RenouncedForm(Form):
    how = LineField(
        N_("什么时候、怎么说的"), (required(N_("请写他是怎么说的，例如哪天、电话里还是当面。")), longest(200))
    )


class AdmitForm(Form):
    about = TextField(
        N_("票上介绍他的一句话"), (required(N_("请写票上介绍他的一句话。")), longest(LONGEST_NOTE))
    )
    seen = SeenField("")
    """How many nominations the reviewer had before him."""


class ReasonForm(Form):
    reason = TextField(N_("为什么"), (required(WHY), longest(300)))


class MergeForm(Form):
    into_id = SelectField(N_("和哪一个是同一个"), coerce=int)

    def __init__(self, others: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.into_id.choices = others


class ExtendForm(ReasonForm):
    until = MomentField(N_("提名到什么时候"), (required(N_("请写截止的日期和时间。")),))


class SeedForm(Form):
    seed = LineField(N_("出来的号码"), (required(N_("请照原样填出来的号码。")), longest(200)))


class NameObjectionForm(Form):
    nominee_id = RadioField(N_("对谁有异议"), [required(N_("请选一项。"))], coerce=int)
    reason = TextField(N_("为什么"), (required(N_("请写清楚是什么事，越具体越好查。")), longest(600)))
    once = OnceField()

    def __init__(self, names: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.nominee_id.choices = names


class VerdictForm(Form):
    verdict = RadioField(N_("查下来怎么样"), [required(N_("请选一项。"))])
    answer = TextField(N_("答复"), (required(N_("请写明查到什么、为什么这样答复。")), longest(600)))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.verdict.choices = choices(VERDICT_WORD)
