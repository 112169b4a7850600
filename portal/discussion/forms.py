"""What people type in a discussion."""

from typing import Any

from wtforms import BooleanField, IntegerField
from wtforms.widgets import HiddenInput

from ..core.forms import Form, OnceField, RadioField, TextField, longest, required
from ..core.text import N_, _, choices
from .rules import MOST, NOTE_MOST
from .words import REASON_WORD


def reasons() -> list[tuple[str, str]]:
    return choices(REASON_WORD)


class CommentForm(Form):
    """Saying something; `reply_to` is the comment it answers."""

    body = TextField(N_("说说您的想法"), (required(N_("还没有写内容。")), longest(MOST)), id="comment_body")
    asks = BooleanField(N_("这是一个问题，请物业、业委会或社区回答"))
    reply_to = IntegerField(widget=HiddenInput())
    seen = IntegerField(widget=HiddenInput())
    """Which version of the comment was on the page."""
    once = OnceField()

    @property
    def answered(self) -> int | None:
        """The comment to answer; a number that cannot be one answers nothing."""
        number = self.reply_to.data
        return number if number and 0 < number < 2**31 else None

    def validate_seen(self, field: Any) -> None:
        """Neither is this one: a page that says nothing of it has none."""
        field.errors = []

    def validate_reply_to(self, field: Any) -> None:
        """Not a field a person fills in: an unreadable number counts as none."""
        field.errors = []


class EditForm(Form):
    body = TextField(N_("改一改您的话"), (required(N_("还没有写内容。")), longest(MOST)))
    version = IntegerField(widget=HiddenInput())


class ReportForm(Form):
    """Which rule a comment breaks."""

    reason = RadioField(N_("它违反了哪一条"), [required(N_("请选一条。"))])
    note = TextField(N_("补充说明"), (longest(NOTE_MOST),), description=N_("只有社区看得到。"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.reason.choices = reasons()


class HidingForm(Form):
    """Why a comment is hidden; the note is for its author."""

    reason = RadioField(N_("按哪一条隐藏"), [required(N_("请选一条。列表里没有的，不能隐藏。"))])
    note = TextField(
        N_("给写的人说明"), (longest(NOTE_MOST),), description=N_("只有他自己和管理的人看得到。")
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.reason.choices = reasons()


class AppealForm(Form):
    note = TextField(N_("为什么不该隐藏"), (required(N_("请写一两句理由。")), longest(NOTE_MOST)))


class RulingForm(Form):
    """The answer to an objection."""

    ruling = RadioField(N_("怎么答复"), [required(N_("请选一项。"))])
    answer = TextField(N_("理由，写的人会看到"), (required(N_("请写一两句理由。")), longest(NOTE_MOST)))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.ruling.choices = [("lift", _("恢复显示")), ("uphold", _("维持隐藏"))]
