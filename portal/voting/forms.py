"""What people type and mark: a poll to prepare, a paper, a certificate, a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import uuid4

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, FormField, IntegerField
from wtforms import Form as Part
from wtforms.validators import Optional

from ..core.errors import Invalid
from ..core.forms import (
    Form,
    LineField,
    MomentField,
    MoneyField,
    OnceField,
    RadioField,
    TextField,
    longest,
    required,
    trimmed,
)
from ..core.numbers import row_number
from ..core.text import N_, _, choices
from . import papers
from .motions import BASE_WORD, BODY_HOW, BODY_WORD, QUORUM_WORD, THRESHOLD_WORD, Base, Body, Share
from .papers import MOST_OPTIONS, Choices, Kind
from .terms import Line, Terms
from .words import (
    METHOD_GROUPS,
    METHOD_HOW,
    METHOD_USUAL,
    METHOD_WORD,
    OUTCOME_WORD,
    ROLL_WORD,
    SECRECY_WORD,
    Method,
)

BLANK = "blank"
"""What the paper's line 弃权 sends: a choice of its own, so that nothing marked is never taken for it."""
ROWS = max(MOST_OPTIONS.values())
ONLY_OF: dict[str, frozenset[Method]] = {
    "seats": frozenset({Method.APPROVAL, Method.STV_SCOTTISH, Method.STV_MEEK}),
    "min_choices": frozenset({Method.APPROVAL}),
    "max_choices": frozenset({Method.APPROVAL}),
    "lowest": frozenset({Method.SCORE}),
    "highest": frozenset({Method.SCORE}),
    "budget": frozenset({Method.PB_MES, Method.PB_GREEDY}),
    "within_budget": frozenset({Method.PB_MES, Method.PB_GREEDY}),
    **dict.fromkeys(("body", "quorum", "threshold", "base"), frozenset({Method.RESOLUTION})),
}
"""Fields that some methods have; of the others what is typed there is passed over, right or wrong."""


class OptionPart(Part):
    """A line of the paper. Its cost matters where money is shared out."""

    title = LineField(N_("选项"), (longest(60),))
    cost = MoneyField(N_("要多少钱（元）"))
    note = LineField(N_("一句话说明"), (longest(120),))


class PollForm(Form):
    """A poll to prepare. Lines left empty are left out."""

    question = LineField(N_("要大家定什么"), (required(N_("请写清楚要大家定什么。")), longest(120)))
    options = FieldList(FormField(OptionPart), min_entries=ROWS, max_entries=ROWS)
    method = RadioField(N_("怎么选、怎么算"), [required(N_("请选一项。"))])
    seats = IntegerField(N_("选出几个"), [Optional()])
    min_choices = IntegerField(N_("最少要选几项"), [Optional()])
    max_choices = IntegerField(N_("最多能选几项"), [Optional()])
    lowest = IntegerField(N_("最低分"), [Optional()])
    highest = IntegerField(N_("最高分"), [Optional()])
    budget = MoneyField(N_("一共有多少钱（元）"))
    within_budget = BooleanField(N_("一张票上选的项目，加起来不能超过总数"), default=True)
    body = RadioField(N_("照什么规则算通过"), [Optional()], default=Body.COUNCIL.value)
    quorum = RadioField(N_("至少多少人投票"), [Optional()], default=Share.NONE.value)
    threshold = RadioField(N_("同意的至少多少"), [Optional()], default=Share.HALF.value)
    base = RadioField(N_("按什么算"), [Optional()], default=Base.FOR_AGAINST.value)
    secrecy = RadioField(N_("记名还是无记名"), [required(N_("请选一项。"))])
    roll_kind = RadioField(N_("请谁来投"), [required(N_("请选一项。"))])
    closes_at = MomentField(N_("什么时候截止"), (required(N_("请写截止的日期和时间。")),))
    once = OnceField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.method.choices = choices(METHOD_WORD)
        self.body.choices, self.base.choices = choices(BODY_WORD), choices(BASE_WORD)
        self.quorum.choices, self.threshold.choices = choices(QUORUM_WORD), choices(THRESHOLD_WORD)
        self.secrecy.choices = choices(SECRECY_WORD)
        self.roll_kind.choices = choices(ROLL_WORD)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        super().validate(*args, **kwargs)
        method = self.method.data
        for name, methods in ONLY_OF.items():
            if method not in methods:
                self[name].errors = []
        if method not in ONLY_OF["budget"]:
            for row in self.options:
                row.cost.errors = []
        return not self.faults

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(id of the control, sentence) of everything to mend, in the order of the form."""
        found = [(_anchor(field), e) for field in self for e in field.errors if isinstance(e, str)]
        of_rows = [(cell.id, e) for row in self.options for cell in row for e in cell.errors]
        return found + of_rows + [("", str(e)) for e in self.form_errors]

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
        """Methods as they are chosen: group, and of each its name, its word, how it works, and why it is usual."""
        return [
            (group, [(m.value, METHOD_WORD[m], METHOD_HOW[m], METHOD_USUAL.get(m, "")) for m in methods])
            for group, methods in METHOD_GROUPS
        ]

    @property
    def body_notes(self) -> dict[str, str]:
        """What each of the rules of a motion is good for."""
        return {body.value: _(how) for body, how in BODY_HOW.items()}

    @property
    def last_written(self) -> int:
        """How many lines must be in sight so that none that is written is not."""
        return max((n for n, row in enumerate(self.options, 1) if row in self.rows), default=0)

    @property
    def rows(self) -> list[Any]:
        """The lines on which anything is written."""
        return [
            r for r in self.options if r.title.data or r.note.data or r.cost.data is not None or r.cost.errors
        ]

    @property
    def written(self) -> list[Line]:
        return [Line(r.title.data, r.cost.data, r.note.data) for r in self.rows]

    @property
    def terms(self) -> Terms:
        """What was set for the method that was chosen."""
        method = self.method.data
        return Terms(**{name: self[name].data for name, methods in ONLY_OF.items() if method in methods})

    def refuse(self, refusal: Invalid) -> None:
        """`options.3.cost`: on the line where it is wrong, counted among those that are written."""
        _name, _dot, cell = (refusal.field or "").partition(".")
        if not cell:
            super().refuse(refusal)
            return
        number, _dot, part = cell.partition(".")
        field = self.rows[int(number)][part]
        field.errors = [*field.errors, str(refusal)]


def _anchor(field: Any) -> str:
    """Where a link to a field leads: radio buttons and lists begin with their first."""
    if field.name == "options":
        return f"{field.id}-0-title"
    return f"{field.id}-0" if field.type == "RadioField" else str(field.id)


class PlanForm(Form):
    opens_at = MomentField(N_("什么时候开始"), (required(N_("请写开始的日期和时间。")),))


class CertifyForm(Form):
    """What follows from the result, and why where the count alone does not say it."""

    outcome = RadioField(N_("接下来怎么办"), [required(N_("请选一项。"))])
    reason = TextField(N_("理由"), (longest(600),))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.outcome.choices = choices(OUTCOME_WORD)


class AnnulForm(Form):
    reason = TextField(N_("为什么作废"), (required(N_("请写明为什么作废。")), longest(600)))


Marked = tuple[tuple[str, str], ...]
"""Marks as the fields of a paper send them: (name, value)."""


@dataclass(frozen=True)
class Paper:
    """A ballot as it was sent. `marked` as typed, to be shown again."""

    marked: Marked
    choices: Choices
    once: str
    change: bool
    seen: int
    receipt: str


def read_paper(sent: MultiDict[str, str]) -> Paper:
    """Read a paper by hand: it comes thousands of times an evening, and the key of the session was checked before.
    The poll need not be known: its fields tell what kind of paper it is.

    Raises Invalid if nothing is marked, or something that is no mark of a paper.
    """
    marked = marked_on(sent)
    given = sent.to_dict()
    return Paper(
        marked=marked,
        choices=_choices(marked),
        once=trimmed(given.get("once"))[:32] or uuid4().hex,
        change=given.get("change") == "1",
        seen=row_number(given.get("seen")) or 0,
        receipt=trimmed(given.get("receipt"))[:20],
    )


def marked_on(sent: MultiDict[str, str]) -> Marked:
    """What was sent of marks, right or wrong; more than any paper has is left out."""
    fields = (
        (n, v[:20]) for n, v in sent.items(multi=True) if n == "choice" or n.startswith(("rank-", "score-"))
    )
    return tuple(islice(fields, ROWS + 2))


def marked_again(method: Method, marks: str) -> Marked:
    """The fields of a paper that is in the box already, to be changed."""
    choices = papers.read(method, marks)
    if not choices:
        return (("choice", BLANK),)
    if isinstance(choices, Mapping):
        return tuple((f"score-{n}", str(score)) for n, score in choices.items())
    if papers.KIND[method] is Kind.RANKING:
        return tuple((f"rank-{n}", str(place)) for place, n in enumerate(choices, 1))
    return tuple(("choice", str(n)) for n in choices)


def _choices(marked: Marked) -> Choices:
    made = [(name, value) for name, value in marked if value]
    if ("choice", BLANK) in made:
        if len(made) > 1:
            raise Invalid(_("选了弃权，就不能再选别的。"), "choices")
        return ()
    kinds = {name.partition("-")[0] for name, _value in made}
    if not kinds:
        raise Invalid(_nothing(marked), "choices")
    if len(kinds) > 1:
        raise Invalid(_("请从票上的几项里选。"), "choices")
    if kinds == {"choice"}:
        return tuple(_number(value) for _name, value in made)
    lines = [(_number(name.partition("-")[2]), _number(value)) for name, value in made]
    return dict(lines) if kinds == {"score"} else _in_order(lines)


def _nothing(marked: Marked) -> str:
    name = marked[0][0] if marked else ""
    if name.startswith("rank-"):
        return _("请至少给一项排上第 1。都不想排，可以选弃权。")
    if name.startswith("score-"):
        return _("请至少给一项打分。都不想打，可以选弃权。")
    return _("请先选一项。不想选哪一项，可以选弃权。")


def _in_order(lines: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Positions by the place they were given; places left out between do no harm."""
    at: dict[int, int] = {}
    for position, place in lines:
        if place in at:
            raise Invalid(_("有两项都排了第 %(place)d，请改一个。", place=place), "choices")
        at[place] = position
    return tuple(at[place] for place in sorted(at))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 3):
        raise Invalid(_("请从票上的几项里选。"), "choices")
    return int(text)
