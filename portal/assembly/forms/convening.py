"""What a convener types: the vote, its matters, where something hangs, reasons."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.validators import NumberRange, Optional, ValidationError

from ...core.forms import (
    Form,
    LineField,
    MomentField,
    MoneyField,
    OnceField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextField,
    longest,
    required,
)
from ...core.text import N_, _, choices
from .. import shares
from ..jurisdictions import PACKS
from ..seats import MOST_SEATS
from ..terms import Terms
from ..wishes import ITEM_WORD
from ..words import CONVENER_WORD, SHARING_WORD, SILENCE_WORD, Convener, Sharing, Silence

_DAYS = [required(N_("请写天数。")), NumberRange(0, 400)]
_WHERE = (required(N_("请写张贴在哪里，例如各单元门口和东门公告栏。")), longest(300))


class VoteForm(Form):
    """An owners' vote to prepare. The places to choose from are passed in. `filled_for`: the estate whose rules a new
    one was filled in with."""

    place = SelectField(N_("由哪些业主来定"), coerce=int)
    named_parts = TextField(N_("只由其中几栋楼、几个单元来定"), (longest(600),))
    proof = MultipleFileField(N_("凭据"))
    scope_reason = TextField(
        N_("为什么由这些业主来定"),
        (required(N_("请写清楚为什么由这些业主来定，大家都看得到。")), longest(600)),
    )
    title = LineField(
        N_("这次表决叫什么"), (required(N_("请写一句话，让人一看就知道要表决什么。")), longest(80))
    )
    convener = SelectField(N_("谁来召集"))
    convener_name = LineField(N_("公告上怎么署名"), (required(N_("请写公告上怎么署名。")), longest(80)))
    opens_at = MomentField(N_("什么时候开始投票"), (required(N_("请写开始的日期和时间。")),))
    closes_at = MomentField(N_("什么时候截止"), (required(N_("请写截止的日期和时间。")),))
    jurisdiction = SelectField(N_("按哪里的规定"))
    extraordinary = BooleanField(N_("这是临时会议"))
    official_evote = BooleanField(N_("网上投票用房屋主管部门的系统，平台只收纸质票"))
    official_where = LineField(N_("主管部门的投票系统叫什么、在哪里"), (longest(200),))
    roll_days = IntegerField(N_("名册公示几天"), _DAYS)
    notice_days = IntegerField(N_("公告到投票几天"), _DAYS)
    objection_days = IntegerField(N_("结果公示几天"), _DAYS)
    proxy_cap = IntegerField(N_("一个人最多替几位业主投"), [Optional(), NumberRange(0, 10_000)])
    max_extensions = IntegerField(N_("投票最多延期几次"), [Optional(), NumberRange(0, 100)])
    silence = RadioField(N_("送达了不投票，怎么算"), [required(N_("请选一项。"))])
    count_parking = BooleanField(N_("车位的面积和人数也算"))
    last_counts = BooleanField(N_("一个人投了几次，算最后一次（不勾就算第一次有效的）"))
    invalid_participates = BooleanField(N_("画错的票算参加了表决（不勾就当没投）"))
    conflict_invalid = BooleanField(N_("共有人意见不一，算一张画错的票（不勾就等他们推选一个人）"))
    rules_clause = TextField(N_("议事规则里是怎么写的"), (longest(600),))
    wish = HiddenField()
    said = HiddenField()
    topic = HiddenField()
    filled_for = HiddenField()
    once = OnceField()

    def __init__(self, places: Sequence[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.place.choices = list(places)
        self.convener.choices = choices(CONVENER_WORD)
        self.jurisdiction.choices = [(key, _(pack.label)) for key, pack in PACKS.items()]
        self.silence.choices = choices(SILENCE_WORD)

    def refill(self, settled: Mapping[str, Any]) -> None:
        """Put what was settled elsewhere where something was typed, and drop what was wrong with that."""
        for name, value in settled.items():
            field = self[name]
            field.raw_data, field.errors = None, []
            field.process(None, value)

    @property
    def odd(self) -> bool:
        """Whether anything is counted in another way than where the assembly's rules say nothing."""
        settled = (self.count_parking, self.last_counts, self.invalid_participates, self.conflict_invalid)
        silence = self.silence.data not in (None, "", Silence.NOT_PARTICIPATING.value)
        return silence or any(field.data for field in settled)

    def validate_rules_clause(self, field: TextField) -> None:
        """What is not quoted is not permitted."""
        if self.odd and not (field.data or "").strip():
            raise ValidationError(_("请照抄议事规则里允许这样算的那几条，写明是第几条。公告和表决页上要印。"))

    @property
    def terms(self) -> Terms:
        """What was settled; of a form that was validated."""
        plain = {
            name: self[name].data
            for name in Terms._fields
            if name not in ("convener", "silence") and name in self
        }
        return Terms(**plain, convener=Convener(self.convener.data), silence=Silence(self.silence.data))


class MatterForm(Form):
    """A matter under its item of the law."""

    question = LineField(N_("要大家定什么"), (required(N_("请写清楚要大家定什么。")), longest(200)))
    item = SelectField(N_("属于法律上的哪一项"), coerce=int)
    item_reason = TextField(
        N_("为什么属于这一项"), (required(N_("请写为什么属于这一项，大家都看得到。")), longest(600))
    )
    cost = MoneyField(N_("一共要花多少钱（元）"))
    subsidy = MoneyField(N_("政府补贴（元）"))
    other_funds = MoneyField(N_("别处来的钱（元）"))
    fee_now = MoneyField(N_("现在每平方米每月（元）"))
    fee_then = MoneyField(N_("通过以后每平方米每月（元）"))
    sharing = RadioField(N_("业主出的部分怎么分摊"), default=Sharing.AREA.value)
    coefficients = TextField(N_("楼层系数，一行一层"), (longest(2000),))
    explanation = TextField(N_("来龙去脉"), (longest(5000),))
    for_words = TextField(N_("同意的怎么说"), (longest(600),))
    against_words = TextField(N_("不同意的怎么说"), (longest(600),))
    now = MultipleFileField(N_("现在的样子"))
    plan = MultipleFileField(N_("改后的样子"))
    papers = MultipleFileField(N_("方案、报价这些文件"))
    seats = IntegerField(N_("选几位"), [Optional(), NumberRange(1, MOST_SEATS)])
    alternates = IntegerField(N_("候补委员几位"), [Optional(), NumberRange(0, MOST_SEATS)])
    wish = HiddenField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.item.choices = [(n, _("第 %(n)d 项：%(words)s", n=n, words=_(w))) for n, w in ITEM_WORD.items()]
        self.sharing.choices = choices(SHARING_WORD)

    @property
    def table(self) -> dict[int, int]:
        """The coefficients; of a form that was validated."""
        return shares.read_table(self.coefficients.data or "")

    def validate_coefficients(self, field: TextField) -> None:
        """A table that is not asked for is not read."""
        if self.sharing.data not in shares.BY_FLOOR:
            field.data = ""
            return
        try:
            shares.read_table(field.data or "")
        except shares.UnreadableLine as refusal:
            raise ValidationError(
                _("“%(line)s”这一行看不懂。请先写楼层再写系数，例如 3 1.0。", line=refusal.line[:40])
            ) from None


class WallForm(Form):
    """Where something hangs, with photographs of the wall."""

    where = LineField(N_("张贴在哪里"), _WHERE)
    photos = MultipleFileField(N_("张贴的照片"))


class UnknownOwnersForm(Form):
    """Why nobody knows the owner of some units; those to choose from are passed in. `all`: every one that waits."""

    units = SelectMultipleField(N_("哪几套"), coerce=int)
    all = BooleanField(N_("不止这一页：登记簿上没有业主的全部都是"))
    reason = TextField(
        N_("为什么查不到业主"),
        (required(N_("请写明查了哪里、为什么查不到业主，名册封面上要印。")), longest(600)),
    )

    def __init__(self, units: Sequence[tuple[int, str]], **given: Any) -> None:
        super().__init__(**given)
        self.units.choices = list(units)


class RollAmendmentForm(WallForm):
    seen = HiddenField()
    reason = TextField(
        N_("改了什么、为什么改"), (required(N_("请写明改了什么、为什么改，大家都看得到。")), longest(600))
    )


class OwnerChangeForm(Form):
    """A unit that changed hands while people vote."""

    reason = TextField(
        N_("哪天过户、凭什么"), (required(N_("请写明哪天过户、凭什么，大家都看得到。")), longest(600))
    )
    proof = MultipleFileField(N_("过户的证明（照片或 PDF）"))


class PostponementForm(WallForm):
    opens_at = MomentField(N_("改到什么时候开始投票"), (required(N_("请写开始的日期和时间。")),))
    closes_at = MomentField(N_("什么时候截止"), (required(N_("请写截止的日期和时间。")),))
    reason = TextField(N_("为什么改期"), (required(N_("请写明为什么改期，大家都看得到。")), longest(600)))


class ExtensionForm(WallForm):
    closes_at = MomentField(N_("延到什么时候"), (required(N_("请写截止的日期和时间。")),))
    reason = TextField(N_("为什么延期"), (required(N_("请写明为什么延期，大家都看得到。")), longest(600)))


class VoidingForm(WallForm):
    """`posted`: a vote that people have seen ends on the same walls."""

    reason = TextField(N_("为什么终止"), (required(N_("请写明为什么终止。")), longest(600)))

    def __init__(self, posted: bool, **given: Any) -> None:
        super().__init__(**given)
        if not posted:
            del self.where
            del self.photos


class OverrideForm(Form):
    rule = HiddenField()
    reason = TextField(
        N_("为什么来不及、大家怎么知情"),
        (required(N_("请写明为什么来不及、大家怎么知情，留作证据。")), longest(600)),
    )


class PhotosForm(Form):
    photos = MultipleFileField(N_("张贴的照片"))
