"""Small pieces of the pages, as filters: hours in words, tags, numbers."""

from typing import Any

from markupsafe import Markup

from ..core.leaves_marks import marks
from ..core.text import _
from . import rules
from .words import (
    CERTIFICATE_TONE,
    CERTIFICATE_WORD,
    KIND_WORD,
    MEMBER_WORD,
    SERVICE_TONE,
    SERVICE_WORD,
    SIGN_UP_TONE,
    SIGN_UP_WORD,
    CertificateState,
    Kind,
    MemberState,
    ServiceState,
    SignUpState,
)


def served(minutes: int | None) -> str:
    """Minutes of service as people say them: 2 小时 5 分."""
    if minutes is None:
        return "—"
    sign, whole = ("−" if minutes < 0 else ""), abs(minutes)
    hours, rest = divmod(whole, 60)
    if not hours:
        return sign + _("%(n)d 分钟", n=rest)
    return sign + (_("%(h)d 小时 %(m)d 分", h=hours, m=rest) if rest else _("%(h)d 小时", h=hours))


def _tag(word: str, tone: tuple[str, str]) -> Markup:
    return marks(_)["tag"](word, *tone)  # type: ignore[no-any-return]


def service_tag(state: str, begun: bool = False, free: int = 1, joinable: int = 1) -> Markup:
    """The state. Of one that is open nobody reads that he can sign up where its shifts have begun, where no shift takes
    sign-ups any more (`joinable`), or where those that do have no `free` place."""
    known = ServiceState(state)
    if known is ServiceState.OPEN and begun:
        return _tag(_("进行中"), SERVICE_TONE[known])
    if known is ServiceState.OPEN and not joinable:
        return _tag(_("报名截止"), ("neutral", "clock"))
    if known is ServiceState.OPEN and not free:
        return _tag(_("已满，可排候补"), ("neutral", "hourglass"))
    return _tag(_(SERVICE_WORD[known]), SERVICE_TONE[known])


def sign_up_tag(state: str, kind: str = "") -> Markup:
    known = SignUpState(state)
    if known is SignUpState.CONFIRMED and kind == Kind.TRAINING:
        return _tag(_("参加过了"), SIGN_UP_TONE[known])
    return _tag(_(SIGN_UP_WORD[known]), SIGN_UP_TONE[known])


def certificate_tag(state: str) -> Markup:
    known = CertificateState(state)
    return _tag(_(CERTIFICATE_WORD[known]), CERTIFICATE_TONE[known])


def member_word(state: str) -> str:
    return _(MEMBER_WORD[MemberState(state)])


def service_kind(kind: str) -> str:
    return _(KIND_WORD[Kind(kind)])


def volunteer_number(serial: int) -> str:
    return rules.number(serial)


FILTERS: dict[str, Any] = {
    f.__name__: f
    for f in (
        served,
        service_tag,
        sign_up_tag,
        certificate_tag,
        member_word,
        service_kind,
        volunteer_number,
    )
}
