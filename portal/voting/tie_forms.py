"""What is typed about a tie: the announcement of a lot, and the number that came."""

from wtforms import IntegerField
from wtforms.validators import NumberRange

from ..core.forms import Form, LineField, MomentField, longest, required
from ..core.text import N_
from .draw import MOST_DIGITS

_LENGTH = N_("请写号码一共几位数字，1 到 100。")


class LotForm(Form):
    source = LineField(N_("用哪个公开的号码"), (required(N_("请写清楚用哪个号码、到哪里查。")), longest(200)))
    digits = IntegerField(
        N_("号码一共几位数字"),
        [required(_LENGTH), NumberRange(1, MOST_DIGITS, _LENGTH)],
    )
    draws_at = MomentField(N_("号码什么时候出来"), (required(N_("请写号码出来的日期和时间。")),))
    first_witness = LineField(N_("见证人一"), (required(N_("请写见证人的姓名。")), longest(40)))
    second_witness = LineField(N_("见证人二"), (required(N_("请写见证人的姓名。")), longest(40)))


class DrawForm(Form):
    seed = LineField(N_("出来的号码"), (required(N_("请照原样填出来的号码。")), longest(200)))
