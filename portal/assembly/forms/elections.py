"""What people type in an election: standing, nominating, agreeing, checking; a lot."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField

from ...core.forms import (
    Form,
    LineField,
    OnceField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextField,
    longest,
    required,
)
from ...core.text import N_, _, choices
from ..election_words import DECLARED_WORD, NOMINATOR_WORD, Declared, Nominator
from ..nominees import Nominee

_AGREE = N_("我同意参选，上面写的都属实")


class ConsentForm(Form):
    """What a candidate says of himself; the list hangs out with it."""

    statement = TextField(N_("参选的话"), (longest(600),))
    declared = SelectMultipleField(N_("有下面的情形就勾上，没有就都不勾"))
    agree = BooleanField(_AGREE, [required(N_("本人同意才能参选。"))])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.declared.choices = choices(DECLARED_WORD)

    @property
    def points(self) -> list[Declared]:
        return [Declared(word) for word in self.declared.data or ()]


class StandForm(ConsentForm):
    """Putting oneself forward. What one may stand for and as whom are passed in."""

    matter = SelectField(N_("参选什么"), coerce=int)
    owner = RadioField(N_("以哪套房屋的业主身份"), [required(N_("请选一项。"))], coerce=int)
    once = OnceField()

    def __init__(self, matters: Sequence[tuple[int, str]], own: Sequence[Nominee], **given: Any) -> None:
        super().__init__(**given)
        self.matter.choices = list(matters)
        self.owner.choices = [(n.owner_id, n.label + (f" {n.company}" if n.company else "")) for n in own]


class NominationForm(Form):
    """Putting another owner forward. `official`: on paper that came in, entered by staff."""

    matter = SelectField(N_("推荐他参选什么"), coerce=int)
    plate = LineField(N_("他家的门牌"), (required(N_("请写他家的门牌。")), longest(120)))
    name = LineField(N_("他的姓名"), (required(N_("请写他的姓名，和产权证一样。")), longest(80)))
    by = RadioField(N_("谁推荐的"), [required(N_("请选一项。"))])
    once = OnceField()

    def __init__(self, matters: Sequence[tuple[int, str]], official: bool, **given: Any) -> None:
        super().__init__(**given)
        self.matter.choices = list(matters)
        offered = [n for n in Nominator if n is not Nominator.SELF and (official or n is Nominator.OWNER)]
        self.by.choices = choices({n: NOMINATOR_WORD[n] for n in offered})

    @property
    def nominator(self) -> Nominator:
        return Nominator(self.by.data)


class RefusalForm(Form):
    reason = TextField(N_("为什么不通过"), (longest(300),))


def lines_of(matters: Sequence[Any]) -> list[tuple[int, str]]:
    """Elections of a paper to choose from."""
    return [(m.id, _("%(what)s（选 %(n)d 位）", what=m.question, n=m.seats)) for m in matters]
