"""What people type in the room of a meeting."""

from typing import Any

from wtforms import HiddenField, IntegerField
from wtforms.validators import NumberRange

from ..core.forms import Form, LineField, OnceField, SelectField, TextField, longest, required
from ..core.text import N_, _, choices
from ..councils.words import CATEGORY_WORD, PARTY_WORD, Party
from .sides import SIDE_WORD
from .speaking import STANCE_WORD

HANDS = [required(N_("请写人数，没有就写 0。")), NumberRange(0, 999, N_("请写 0 到 999 的人数。"))]


class ArrivalForm(Form):
    """Who comes in somebody's place; nobody where it is left empty. Or he comes himself after all."""

    substitute = LineField(N_("替他来的人"), (longest(40),))
    himself = HiddenField()


class GuestForm(Form):
    """Somebody at the door who is on no list."""

    who = LineField(N_("姓名或手机号"), (required(N_("请写姓名或手机号。")), longest(40)))
    side = SelectField(N_("代表哪一方"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.side.choices = choices(SIDE_WORD)


class CardForm(Form):
    card = LineField(
        N_("对方的签到码"), (required(N_("请扫码，或者写签到码，例如 42-385106。")), longest(300))
    )


class CodeForm(Form):
    code = LineField(N_("墙上的六位数"), (required(N_("请写墙上的六位数。")), longest(12)))


class StakeForm(Form):
    """For oneself."""

    what = LineField(N_("有什么利害关系"), (longest(200),))


class _OfPersonForm(Form):
    """About somebody who is there; the people are passed in."""

    invitation_id = SelectField(N_("谁"), coerce=int)

    def __init__(self, people: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.invitation_id.choices = people


class PersonStakeForm(_OfPersonForm):
    invitation_id = SelectField(N_("谁"), coerce=int, id="stake-who")
    what = LineField(
        N_("有什么利害关系"), (required(N_("请写是什么关系，例如：施工队是亲戚开的。")), longest(200))
    )


class SpeakerForm(_OfPersonForm):
    invitation_id = SelectField(N_("谁"), coerce=int, id="speaker-who")
    stance = SelectField(N_("要说什么"))

    def __init__(self, people: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(people, **given)
        self.stance.choices = choices(STANCE_WORD)


class SaidForm(_OfPersonForm):
    """What somebody says, written down while he says it."""

    invitation_id = SelectField(N_("谁"), coerce=int, id="said-who")
    stance = SelectField(N_("讲的是"), id="said-stance")
    said = TextField(N_("讲了什么"), (required(N_("请写一句他讲的。")), longest(600)))

    def __init__(self, people: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(people, **given)
        self.stance.choices = choices(STANCE_WORD)


class SeconderForm(_OfPersonForm):
    pass


class NoteForm(Form):
    text = LineField(N_("记下什么，另外再议"), (required(N_("请写一句话。")), longest(300)))
    once = OnceField()


class MotionForm(Form):
    """What a member moves; or another wording of what was moved."""

    text = TextField(
        N_("动议原话"), (required(N_("请写清楚做什么、在哪里、谁出钱、什么时候。")), longest(600))
    )
    moved_by_id = SelectField(N_("谁提的"), coerce=int)
    amends_id = SelectField(N_("是新的动议，还是修改"), coerce=int)
    once = OnceField()

    def __init__(self, people: list[tuple[int, str]], open_: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.moved_by_id.choices = people
        self.amends_id.choices = _new_or_amended(open_)


class OwnMotionForm(Form):
    """The same, on the phone of whoever moves it."""

    text = TextField(
        N_("动议原话"),
        (required(N_("请写清楚做什么、在哪里、谁出钱、什么时候。")), longest(600)),
        id="motion-text",
    )
    amends_id = SelectField(N_("是新的动议，还是修改"), coerce=int)
    once = OnceField(id="motion-once")

    def __init__(self, open_: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.amends_id.choices = _new_or_amended(open_)


def _new_or_amended(open_: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(0, _("新的动议")), *((n, _("改：%(text)s", text=t)) for n, t in open_)]


class CountForm(Form):
    """Hands counted in the room."""

    n_for = IntegerField(N_("赞成"), list(HANDS))
    n_against = IntegerField(N_("反对"), list(HANDS))
    n_abstain = IntegerField(N_("弃权"), list(HANDS))


class NoteTopicForm(Form):
    """A note that becomes a topic. The places are passed in."""

    title = LineField(N_("议题"), (required(N_("请写一句话，让人知道要解决什么。")), longest(60)))
    category = SelectField(N_("类别"))
    place_id = SelectField(N_("在哪里"), coerce=int)

    def __init__(self, places: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.category.choices = choices(CATEGORY_WORD)
        self.place_id.choices = places


class QuestionForm(_OfPersonForm):
    """What is put to a party at a hearing."""

    party = SelectField(N_("问哪一方"))
    text = LineField(N_("问什么"), (required(N_("请写一句问话。")), longest(300)))
    once = OnceField()

    def __init__(self, people: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(people, **given)
        self.party.choices = choices({p: PARTY_WORD[p] for p in Party if p is not Party.RESIDENT})
