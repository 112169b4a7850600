"""Forms: the shape of input, and nothing else. Choices are passed in; errors land on the field.

A form that writes something which must not happen twice carries a one-time key (`once`), stored by the action
under a unique constraint, so that a double click or a repeated post finds the first result.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, Field, HiddenField, StringField, TextAreaField, validators

from . import clock
from .amounts import hundredths
from .errors import Invalid
from .text import N_, _


class Form(FlaskForm):  # type: ignore[misc]
    """The form of a page. WTForms' own words are replaced by ours, so they are translated like all others."""

    def refuse(self, refusal: Invalid) -> None:
        """Put what an action found wrong on the field it belongs to."""
        field = self[refusal.field] if refusal.field in self else None
        target = field.errors if field is not None else self.form_errors
        target = list(target) + [str(refusal)]
        if field is not None:
            field.errors = target
        else:
            self.form_errors = target


def required(sentence: str = N_("这一项要填。")) -> Callable[[Any, Field], None]:
    """A value is needed; the sentence says what to write."""

    def check(form: Any, field: Field) -> None:
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            field.errors = []
            raise validators.StopValidation(_(sentence))

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


def longest(characters: int) -> Callable[[Any, Field], None]:
    """At most so many characters; the error says how many too many."""

    def check(form: Any, field: Field) -> None:
        over = len(field.data or "") - characters
        if over > 0:
            raise validators.ValidationError(_("多了 %(over)d 个字，最多 %(most)d 个。", over=over, most=characters))

    check.field_flags = {"maxlength": characters}  # type: ignore[attr-defined]
    return check


def trimmed(value: str | None) -> str:
    """Text without white space around it and without NUL, which PostgreSQL does not store."""
    return (value or "").replace("\0", "").replace("\r\n", "\n").strip()


class LineField(StringField):  # type: ignore[misc]
    def __init__(self, label: str, checks: tuple[Any, ...] = (), **options: Any) -> None:
        super().__init__(label, list(checks), filters=[trimmed], **options)


class TextField(TextAreaField):  # type: ignore[misc]
    def __init__(self, label: str, checks: tuple[Any, ...] = (), **options: Any) -> None:
        super().__init__(label, list(checks), filters=[trimmed], **options)


class MoneyField(StringField):  # type: ignore[misc]
    """Yuan as typed, 分 as data; empty is None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = trimmed(valuelist[0]) if valuelist else ""
        try:
            self.data = hundredths(self.typed) if self.typed else None
        except Invalid as refusal:
            self.data = None
            raise ValueError(str(refusal)) from None

    def _value(self) -> str:
        return getattr(self, "typed", "")


class MomentField(DateTimeLocalField):  # type: ignore[misc]
    """Wall-clock time in the community as typed, an aware instant as data."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = self.data.replace(tzinfo=clock.ZONE)


class OnceField(HiddenField):  # type: ignore[misc]
    """A key made when the form is shown and sent back with it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(default=lambda: uuid4().hex, filters=[lambda v: (v or uuid4().hex)[:32]], **options)
