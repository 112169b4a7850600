"""Forms: the shape of input, and nothing else. Choices are passed in; errors land on the field.

A form that writes something which must not happen twice carries a one-time key (`once`), stored by the action
under a unique constraint, so that a double click or a repeated post finds the first result.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import wtforms
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, Field, HiddenField, StringField, TextAreaField, validators, widgets
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # (its stubs are a version behind)

from . import clock
from .amounts import hundredths, plain
from .errors import Invalid, Refusal
from .text import N_, _

WTFORMS = {
    "Not a valid choice.": N_("请从给出的几项里选。"),
    "Not a valid integer value.": N_("请写成整数，例如 12。"),
    "Not a valid date value.": N_("请选一个日期。"),
    "Not a valid datetime value.": N_("请选日期和时间。"),
    "Invalid Choice: could not coerce.": N_("请从给出的几项里选。"),
    "This field is required.": N_("这一项要填。"),
}
"""What WTForms itself says, in our words."""


class _Words:
    """WTForms asks this for its own sentences; one we do not know becomes a general one, never English."""

    def gettext(self, sentence: str) -> str:
        return _(WTFORMS.get(sentence, N_("这一项填得不对，请检查。")))

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one)


class Form(FlaskForm):  # type: ignore[misc]
    """The form of a page. WTForms' own words are replaced by ours, so they are translated like all others."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: Any) -> _Words:
            return _Words()

    def refuse(self, refusal: Invalid) -> None:
        """Put what an action found wrong on the field it belongs to."""
        for one in (refusal, *refusal.also):
            field = self[one.field] if one.field in self else None  # noqa: SIM401  (a form has no get)
            if field is None:
                self.form_errors: list[str] = [*self.form_errors, one.sentence]
            else:
                field.errors = [*field.errors, one.sentence]

    def catching(self, *more: type[Refusal], on: str = "") -> "_Catching":
        """`with form.catching():` around an action: what it finds wrong lands on its field, and the view goes on
        behind the block, where the form is shown again. Refusals of the kinds `more` land on the field `on`."""
        return _Catching(self, more, on)


@dataclass(frozen=True)
class _Catching:
    """Takes refusals to the fields of a form; anything else passes through."""

    form: Form
    more: tuple[type[Refusal], ...]
    on: str

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, raised: BaseException | None, _trace: object) -> bool:
        if isinstance(raised, Invalid):
            self.form.refuse(raised)
        elif isinstance(raised, self.more):
            self.form.refuse(Invalid(str(raised), self.on))
        else:
            return False
        return True


def required(sentence: str = N_("这一项要填。")) -> Callable[[Any, Field], None]:
    """A value is needed; the sentence says what to write. Zero is a value. What could not be read has its own
    sentence already."""

    def check(form: Any, field: Field) -> None:
        if field.process_errors:
            raise validators.StopValidation()
        if field.data is None or field.data is False or field.data in ("", [], ()) or _blank(field.data):
            field.errors = []
            raise validators.StopValidation(_(sentence))

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


def _blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def longest(characters: int) -> Callable[[Any, Field], None]:
    """At most so many characters; the error says how many too many."""

    def check(form: Any, field: Field) -> None:
        over = len(field.data or "") - characters
        if over > 0:
            raise validators.ValidationError(
                _("多了 %(over)d 个字，最多 %(most)d 个。", over=over, most=characters)
            )

    check.field_flags = {"maxlength": characters}  # type: ignore[attr-defined]
    return check


def trimmed(value: str | None) -> str:
    """Text without white space around it and without NUL, which PostgreSQL does not store."""
    return (value or "").replace("\0", "").replace("\r\n", "\n").strip()


class LineField(StringField):
    data: str

    def __init__(self, label: str, checks: tuple[Any, ...] = (), **options: Any) -> None:
        super().__init__(label, list(checks), filters=[trimmed], **options)


class TextField(TextAreaField):
    data: str

    def __init__(self, label: str, checks: tuple[Any, ...] = (), **options: Any) -> None:
        super().__init__(label, list(checks), filters=[trimmed], **options)


Pairs = Iterable[tuple[Any, str]]


class _OfPairs:
    """A field whose choices are pairs, a value and its words, as all our lists have them (`text.choices`), or such
    pairs by the words of their group. WTForms is about to take nothing but its own kind of choice."""

    def __init__(self, *labels: Any, choices: Pairs | Mapping[str, Pairs] = (), **options: Any) -> None:
        super().__init__(*labels, **options)
        self.choices = choices

    @property
    def choices(self) -> list[SelectChoice]:
        return self._offered

    @choices.setter
    def choices(self, given: Pairs | Mapping[str, Pairs]) -> None:
        groups = given.items() if isinstance(given, Mapping) else [(None, given)]
        self._offered = [SelectChoice(v, words, optgroup=of) for of, pairs in groups for v, words in pairs]


class SelectField(_OfPairs, wtforms.SelectField):  # type: ignore[misc]
    pass


class RadioField(_OfPairs, wtforms.RadioField):  # type: ignore[misc]
    pass


class SelectMultipleField(_OfPairs, wtforms.SelectMultipleField):  # type: ignore[misc]
    pass


class MoneyField(Field):
    """Yuan as typed, 分 as data; empty is None. What was typed is shown again when it cannot be read."""

    widget = widgets.TextInput()
    data: int | None

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = trimmed(valuelist[0]) if valuelist else ""
        self.data = None
        try:
            self.data = hundredths(typed) if typed else None
        except Invalid as refusal:
            raise ValueError(str(refusal)) from None

    def _value(self) -> str:
        if self.raw_data:
            return trimmed(self.raw_data[0])
        return "" if self.data is None else plain(self.data)


MEANT = range(1900, 2201)
"""Years that can be meant; any other is a slip of the hand, and the ends of the calendar cannot be reckoned with."""


class MomentField(DateTimeLocalField):
    """Wall-clock time in the community as typed, an aware instant as data."""

    def __init__(self, label: str, checks: tuple[Any, ...] = (), **options: Any) -> None:
        super().__init__(label, list(checks), format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **options)

    def process_data(self, value: datetime | None) -> None:
        self.data = clock.local(value) if value else None

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None:
            if self.data.year not in MEANT:
                self.data = None
                raise ValueError(_("这一年不对，请检查。"))
            self.data = self.data.replace(tzinfo=clock.ZONE)


class SeenField(HiddenField):
    """A number the page was made with: which wording somebody had before him, which row of a table this is. Anything
    unreadable is none there is."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0] if valuelist else ""
        self.data = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


class OnceField(HiddenField):
    """A key made when the form is shown and sent back with it."""

    data: str

    def __init__(self, **options: Any) -> None:
        super().__init__("", default=lambda: uuid4().hex, filters=[_key], **options)


def _key(sent: str | None) -> str:
    return trimmed(sent)[:32] or uuid4().hex
