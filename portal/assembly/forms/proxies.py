"""What people type about who votes for whom."""

from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField

from ...core.forms import (
    Form,
    LineField,
    OnceField,
    RadioField,
    SelectMultipleField,
    TextField,
    longest,
    required,
)
from ...core.text import N_, _, choices
from ..words import CAPACITY_WORD, Capacity


class ProxyForm(Form):
    """A letter of authority. The matters to choose from are passed in: (position, question)."""

    agent_name = LineField(N_("谁替您投"), (required(N_("请写代理人的姓名，和委托书上一样。")), longest(60)))
    phone = LineField(N_("他的手机号"), (longest(20),))
    matters = SelectMultipleField(N_("委托书上写了哪几项"), coerce=int)
    declared = BooleanField(
        N_("委托书上写明了：代理人不是物业公司的人"),
        [required(N_("委托书上要写明代理人不是物业公司的人，写好再拍。"))],
    )
    letter = MultipleFileField(N_("委托书的照片"))
    once = OnceField()

    def __init__(self, matters: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.matters.choices = matters


class ReviewForm(Form):
    reason = TextField(N_("为什么不接受"), (longest(300),))


class StopForm(Form):
    reason = TextField(N_("为什么要收回"), (longest(300),))


class SpeakerForm(Form):
    """A guardian, or whom an organisation sends. Of several co-owners it says for which; they are passed in."""

    name = LineField(N_("姓名"), (required(N_("请写姓名。")), longest(60)))
    capacity = RadioField(N_("以什么身份"), [required(N_("请选一项。"))])
    for_owner = RadioField(N_("替哪一位共有人"), [required(N_("请选他替哪一位共有人投。"))])
    phone = LineField(N_("他的手机号"), (longest(20),))
    letter = MultipleFileField(N_("盖章的委派书或监护证明（照片或 PDF）"))

    def __init__(self, co_owners: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        if co_owners:
            self.for_owner.choices = [(str(id_), name) for id_, name in co_owners]
        else:
            del self.for_owner
        offered = {c: CAPACITY_WORD[c] for c in (Capacity.GUARDIAN, Capacity.HEIR, Capacity.REPRESENTATIVE)}
        self.capacity.choices = choices(offered)

    @property
    def as_what(self) -> Capacity:
        return Capacity(self.capacity.data)

    @property
    def whose(self) -> int | None:
        return int(self.for_owner.data) if "for_owner" in self else None


class StandingForm(Form):
    """Why somebody may not speak for a voter, or may."""

    reason = TextField(N_("理由"), (longest(300),))


class DesignationForm(Form):
    """The co-owner who speaks for all; "" for nobody."""

    speaker = RadioField(N_("谁来投"), [required(N_("请选一位。"))])
    agreement = MultipleFileField(N_("共有人都签了字的推选书（照片或 PDF）"))

    def __init__(self, speakers: list[tuple[int, str]], nobody: bool, **given: Any) -> None:
        super().__init__(**given)
        named = [(str(id_), name) for id_, name in speakers]
        self.speaker.choices = [*named, ("nobody", _("谁也不推选，各投各的"))] if nobody else named

    @property
    def chosen(self) -> int | None:
        return None if self.speaker.data == "nobody" else int(self.speaker.data)
