"""The forms of places. Choices that come from the database are passed in."""

from collections.abc import Sequence

from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField
from wtforms.widgets import HiddenInput

from ..core.forms import Form, LineField, MoneyField, SelectField, TextField, longest, required
from ..core.text import N_, _
from .roster.units import AreaSource, Delivery

NONE = "0"


class RosterForm(Form):
    """A roster file, and the estate of tables that do not name one."""

    file = FileField(N_("名册文件"), [required(N_("请选一个文件。"))])
    estate = LineField(N_("小区名称"), (longest(60),))


class EmptyForm(Form):
    """A button: nothing but its token."""


class UnitForm(Form):
    """What the register says of a unit."""

    revision = IntegerField(widget=HiddenInput(), default=0)
    area = MoneyField(N_("专有面积（㎡）"))
    source = SelectField(N_("面积来源"))
    delivery = SelectField(N_("交付"))
    floor = LineField(N_("楼层"), (longest(16),))
    note = LineField(N_("备注"), (longest(200),))

    def offer(self) -> "UnitForm":
        """The words to choose from, in the reader's language."""
        self.source.choices = [(s.value, _(s.printed)) for s in AreaSource]
        self.delivery.choices = [(d.value, _(d.printed)) for d in Delivery]
        return self


class OwnersForm(Form):
    """Who stands on the title, one owner a line."""

    revision = IntegerField(widget=HiddenInput(), default=0)
    owners = TextField(N_("业主"), (longest(1000),))
    reason = LineField(N_("变更原因"), (required(N_("请写明变更的原因，例如：房屋过户。")), longest(200)))

    def named(self) -> list[tuple[str, str]]:
        """(name, phone) of each line: the last word of digits is the phone."""
        found = []
        for line in self.owners.data.splitlines():
            words = line.replace("，", " ").replace(",", " ").split()
            if not words:
                continue
            phone = words.pop() if len(words) > 1 and any(c.isdigit() for c in words[-1]) else ""
            found.append((" ".join(words), phone))
        return found


class GridForm(Form):
    """A grid's name and the grid above it."""

    name = LineField(N_("网格名称"), (required(N_("请写网格的名称，例如：第一网格。")), longest(60)))
    parent = SelectField(N_("上级网格"), default=NONE)

    def offer(self, grids: Sequence[tuple[int, str]]) -> "GridForm":
        self.parent.choices = [(NONE, _("没有上级")), *((str(id_), name) for id_, name in grids)]
        return self

    @property
    def parent_id(self) -> int | None:
        return None if self.parent.data == NONE else int(self.parent.data)


class PickForm(Form):
    """Boxes ticked in a list come as repeated `id` or `place` values; the form itself only carries the token."""

    grid = HiddenField()
