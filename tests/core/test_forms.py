"""Forms: plain values, errors on their fields, nothing typed is lost, no English of the library."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from wtforms import BooleanField, IntegerField

from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.core.forms import (
    Form,
    LineField,
    MomentField,
    MoneyField,
    OnceField,
    SelectField,
    TextField,
    longest,
    required,
)
from portal.core.text import speaking
from tests.world import NOW


class Sample(Form):
    title = LineField("标题", (required("写一个标题。"), longest(5)))
    body = TextField("正文")
    cost = MoneyField("金额", [required()])
    closes = MomentField("截止")
    kind = SelectField("种类", choices=[("a", "甲"), ("b", "乙")])
    floor = IntegerField("楼层")
    agreed = BooleanField("同意", [required("请勾选。")])
    once = OnceField()


GOOD = {"title": "灯", "cost": "12.5", "closes": "2026-06-16T09:20", "kind": "a", "floor": "3", "agreed": "y"}
Fill = Callable[..., Sample]


@pytest.fixture
def fill(app: Flask) -> Fill:
    """A posted form, without the key, which is tested elsewhere."""

    def posted(**given: str) -> Sample:
        context = app.test_request_context(method="POST", data={**GOOD, **given})
        with context:
            form = Sample(meta={"csrf": False})
            form.validate()
            return form

    return posted


def test_what_is_right_becomes_plain_values(fill: Fill) -> None:
    form = fill(title="  灯\0 ", body="一\r\n二")
    assert form.errors == {}
    assert (form.title.data, form.body.data, form.cost.data) == ("灯", "一\n二", 1250)
    assert form.closes.data == NOW


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"title": " \n"}, "title", "写一个标题。"), ({"title": "一二三四五六"}, "title", "多了 1 个字，最多 5 个。"),
        ({"cost": ""}, "cost", "这一项要填。"), ({"cost": "abc"}, "cost", "请写成数字，例如 1234.50。"),
        ({"cost": "1.234"}, "cost", "最多写两位小数。"), ({"closes": "morgen"}, "closes", "请选日期和时间。"),
        ({"kind": "z"}, "kind", "请从给出的几项里选。"), ({"floor": "x"}, "floor", "请写成整数，例如 12。"),
        ({"agreed": ""}, "agreed", "请勾选。"),
    ],
)  # fmt: skip
def test_every_error_is_one_sentence_on_its_field(
    given: dict[str, str], field: str, said: str, fill: Fill
) -> None:
    form = fill(**given)
    assert form.errors == {field: [said]}


def test_zero_is_a_value(fill: Fill) -> None:
    form = fill(cost="0", floor="0")
    assert form.errors == {}
    assert form.cost.data == 0


def test_what_was_typed_is_shown_again(fill: Fill) -> None:
    form = fill(cost="12,5x", closes="gestern")
    assert 'value="12,5x"' in form.cost()
    assert 'value="gestern"' in form.closes()


def test_a_stored_value_is_shown_as_people_write_it(app: Flask) -> None:
    with app.test_request_context():
        form = Sample(
            meta={"csrf": False}, data={"cost": 123450, "closes": datetime(2026, 6, 15, 23, 0, tzinfo=UTC)}
        )
        assert 'value="1234.50"' in form.cost()
        assert 'value="2026-06-16T07:00"' in form.closes()


def test_a_once_key_is_kept_through_an_invalid_form(fill: Fill) -> None:
    assert fill(once="k" * 32, title="").once.data == "k" * 32


@pytest.mark.parametrize("given", ["", "\0", " "])
def test_a_missing_once_key_is_made(given: str, fill: Fill) -> None:
    one, two = fill(once=given).once.data, fill(once=given).once.data
    assert one and two and one != two  # noqa: PT018
    assert len(one) == 32


def test_a_long_once_key_fits_its_column(fill: Fill) -> None:
    assert len(fill(once="x" * 900).once.data or "") == 32


def test_what_the_action_refused_is_on_its_field(fill: Fill) -> None:
    form: Any = fill()
    form.refuse(Invalid("已经有这个标题。", "title"))
    form.refuse(Invalid("现在不行。"))
    form.refuse(Invalid("哪里？", "no_such_field"))
    assert form.title.errors == ["已经有这个标题。"]
    assert form.form_errors == ["现在不行。", "哪里？"]


def test_a_refusal_inside_the_block_lands_on_its_field_and_the_view_goes_on(fill: Fill) -> None:
    form: Any = fill()
    shown: Form = form
    with shown.catching():
        raise Invalid("已经有这个标题。", "title")
    with shown.catching(Conflict, on="cost"):
        raise Conflict("钱已经付了。")
    assert (form.title.errors, form.cost.errors) == (["已经有这个标题。"], ["钱已经付了。"])


@pytest.mark.parametrize("raised", [Conflict("已经办过了。"), NotAllowed("不行。"), ValueError("坏了")])
def test_what_a_form_cannot_say_passes_through(raised: Exception, fill: Fill) -> None:
    with pytest.raises(type(raised)), fill().catching():
        raise raised


def test_required_and_longest_are_told_to_the_browser(fill: Fill) -> None:
    shown = fill().title()
    assert "required" in shown
    assert 'maxlength="5"' in shown


def test_errors_in_another_language(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language without a catalogue says Chinese, never the library's English."""
    token = speaking.set("xx")
    try:
        assert fill(kind="z").errors == {"kind": ["请从给出的几项里选。"]}
    finally:
        speaking.reset(token)


@pytest.mark.filterwarnings("error::DeprecationWarning")
def test_choices_are_pairs_or_pairs_by_group(app: Flask) -> None:
    class Where(Form):
        building = SelectField(
            "哪一栋", coerce=int, choices={"东区": [(1, "一栋")], "西区": [(2, "二栋"), (3, "三栋")]}
        )
        way = SelectField("怎么去")

        def __init__(self, **given: Any) -> None:
            super().__init__(**given)
            self.way.choices = [("foot", "走路"), ("bus", "坐车")]

    with app.test_request_context(method="POST", data={"building": "3", "way": "bus"}):
        form = Where(meta={"csrf": False})
        assert form.validate()
        assert (form.building.data, form.way.data) == (3, "bus")
        assert '<optgroup label="西区"><option value="2">二栋' in form.building()
        assert '<option selected value="bus">坐车' in form.way()
    with app.test_request_context(method="POST", data={"building": "4", "way": "bus"}):
        form = Where(meta={"csrf": False})
        assert not form.validate()
        assert set(form.errors) == {"building"}
