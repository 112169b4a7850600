"""What people type about shops, offers and codes."""

from typing import Any

from wtforms import DateField, IntegerField, TimeField
from wtforms.validators import Optional

from ..accounts.forms import SecretField
from ..core.forms import Form, LineField, OnceField, SelectField, TextField, longest, required
from ..core.text import N_, _, choices
from .words import EVERY_WORD, GIFT_WORD, PAYER_WORD, TRADE_WORD, Every


class ShopForm(Form):
    name = LineField(N_("店名"), (required(N_("请写店名。")), longest(40)))
    trade = SelectField(N_("分类"))
    address = LineField(N_("地址"), (required(N_("请写地址，让人找得到。")), longest(80)))
    hours = LineField(N_("什么时候开门"), (longest(80),))
    about = TextField(N_("介绍一下"), (longest(600),))
    gives = TextField(N_("能提供什么，一行一样（服务清单）"), (longest(600),))
    needs = TextField(N_("需要什么，一行一样（资源清单）"), (longest(600),))
    once = OnceField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.trade.choices = choices(TRADE_WORD)


class OfferForm(Form):
    title = LineField(N_("可以换的是什么"), (required(N_("请写是什么。")), longest(40)))
    kind = SelectField(N_("是什么"))
    cost = IntegerField(N_("要多少积分"), [required(N_("请写要多少积分。"))])
    about = TextField(N_("说明"), (longest(300),))
    left = IntegerField(N_("一共有多少份"), [Optional()])
    per_span = IntegerField(N_("每一期最多多少份"), [Optional()])
    span = SelectField(N_("一期是"))
    each = IntegerField(N_("每人最多几份"), [Optional()])
    each_span = SelectField(N_("每人的份数按什么算"))
    starts = DateField(N_("从哪天起"), [required(N_("请选一个日期。"))])
    ends = DateField(N_("到哪天前"), [Optional()])
    once = OnceField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.kind.choices = choices(GIFT_WORD)
        self.span.choices = [c for c in choices(EVERY_WORD) if c[0] != Every.EVER]
        self.each_span.choices = choices(EVERY_WORD)


class VisitForm(Form):
    day = DateField(N_("哪天去的"), [required(N_("请选一个日期。"))])
    note = TextField(N_("看到了什么"), (required(N_("请写看到了什么。")), longest(600)))
    once = OnceField()


class AgreementForm(Form):
    starts = DateField(N_("从哪天起"), [required(N_("请选一个日期。"))])
    ends = DateField(N_("到哪天前"), [required(N_("请选一个日期。"))])
    payer = SelectField(N_("东西谁来出"))
    once = OnceField()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.payer.choices = choices(PAYER_WORD)


class WhyForm(Form):
    reason = TextField(N_("为什么"), (required(N_("请写明为什么。")), longest(300)))


class MarketForm(Form):
    venue = LineField(N_("在哪里"), (required(N_("请写在哪里。")), longest(80)))
    begins = TimeField(N_("几点开始"), [required(N_("请写几点。"))])
    ends = TimeField(N_("几点结束"), [required(N_("请写几点。"))])
    about = TextField(N_("说几句"), (longest(600),))


class StallForm(Form):
    shop = SelectField(N_("哪家店"))
    brings = LineField(N_("带什么来"), (required(N_("请写带什么来。")), longest(120)))


class KeeperForm(Form):
    phone = LineField(N_("店家的手机号"), (longest(20),))


class PinForm(Form):
    pin = SecretField(N_("六位数字"))
    again = SecretField(N_("再写一遍"))


class ServeForm(Form):
    who = LineField(N_("谁来取：姓名或手机号"), (required(N_("请写谁来取。")), longest(40)))
    pin = SecretField(N_("他的取用密码，请他自己按"))
    once = OnceField()


class PaperForm(Form):
    paper = LineField(N_("谁在纸上签的字"), (required(N_("请写是谁在纸上签的字。")), longest(40)))


class DisputeForm(Form):
    reason = TextField(N_("哪里不对"), (required(N_("请写哪里不对。")), longest(600)))


class AnswerForm(Form):
    upheld = SelectField(N_("有没有道理"))
    answer = TextField(N_("答复"), (required(N_("请写答复。")), longest(600)))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.upheld.choices = [("yes", _("有道理，已更正")), ("no", _("核对过，没有错"))]


class CorrectionForm(Form):
    title = LineField(N_("哪一样"), (required(N_("请写是哪一样。")), longest(40)))
    pieces = IntegerField(N_("多了或少了几份"), [required(N_("请写几份。"))])
    why = TextField(N_("为什么"), (required(N_("请写明为什么。")), longest(300)))
    once = OnceField()


class CodeForm(Form):
    code = LineField(N_("兑换码"), (required(N_("请扫码，或者写六位数字。")), longest(300)))
