"""Sending the notice, moving a meeting to another hour, putting it off, calling it off."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import notice
from ..actions.calling import call_meeting
from ..actions.planning import cancel_meeting, miss_meeting, move_meeting, postpone_meeting
from ..events import MeetingCalled
from ..forms import CallForm, CancellationForm, MovingForm, PostponementForm
from ..lifecycle import MEETING
from ..models import Meeting
from ..policy import Can
from ..queries import meetings as queries

routes = Routes("calling")


@routes.get("/meetings/<int:meeting_id>/call", may=Can.CALL, of=queries.meeting_page)
def new(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _calling(actor, meeting, CallForm())


@routes.post("/meetings/<int:meeting_id>/call", may=Can.CALL, of=queries.meeting_page)
def create(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = CallForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="late_because"):
            call_meeting(actor, visible(actor, Meeting, meeting.id), late_because=form.late_because.data)
            flash(_("通知发出了。大家在首页就能回复来不来；没有账号的人请打电话或者送到手里。"))
            return go("meetings.show", meeting_id=meeting.id)
    return _calling(actor, meeting, form, 422)


@routes.get("/meetings/<int:meeting_id>/moving", may=Can.MOVE, of=queries.meeting_page)
def moving(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = MovingForm(starts_at=meeting.starts_at, minutes=meeting.length)
    return _moving(actor, meeting, form)


@routes.post("/meetings/<int:meeting_id>/moving", may=Can.MOVE, of=queries.meeting_page)
def move(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = MovingForm()
    if form.validate_on_submit():
        with form.catching():
            move_meeting(
                actor,
                visible(actor, Meeting, meeting.id),
                **form.span,
                reason=form.reason.data,
            )
            flash(_("改期了。请再发一次通知，大家重新回复。"))
            return go("meetings.show", meeting_id=meeting.id)
    return _moving(actor, meeting, form, 422)


@routes.get("/meetings/<int:meeting_id>/cancellation", may=Can.CANCEL, of=Meeting)
def cancellation(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    return page("meetings/calling/cancellation.html", meeting=meeting, form=CancellationForm())


@routes.post("/meetings/<int:meeting_id>/cancellation", may=Can.CANCEL, of=Meeting)
def cancel(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    form = CancellationForm()
    if not form.validate_on_submit():
        template = "meetings/calling/cancellation.html"
        return page(template, 422, block="cancellation_form", meeting=meeting, form=form)
    cancel_meeting(actor, meeting, reason=form.reason.data)
    flash(_("这个会不开了，理由大家都看得到。"))
    return go("meetings.show", meeting_id=meeting.id)


@routes.get("/meetings/<int:meeting_id>/postponement", may=Can.POSTPONE, of=Meeting)
def postponement(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    return _putting_off(meeting, PostponementForm(), "postponement")


@routes.post("/meetings/<int:meeting_id>/postponement", may=Can.POSTPONE, of=Meeting)
def postpone(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    form = PostponementForm()
    if not form.validate_on_submit():
        return _putting_off(meeting, form, "postponement", 422)
    postpone_meeting(actor, meeting, reason=form.reason.data)
    flash(_("推后了。定下日子以后用改期，再发通知。"))
    return go("meetings.show", meeting_id=meeting.id)


@routes.get("/meetings/<int:meeting_id>/missing", may=Can.MISS, of=Meeting)
def missing(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    return _putting_off(meeting, PostponementForm(), "missing")


@routes.post("/meetings/<int:meeting_id>/missing", may=Can.MISS, of=Meeting)
def miss(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    form = PostponementForm()
    if not form.validate_on_submit():
        return _putting_off(meeting, form, "missing", 422)
    miss_meeting(actor, meeting, reason=form.reason.data)
    flash(_("记下了。另定日子用改期，不再开的请取消。"))
    return go("meetings.show", meeting_id=meeting.id)


def _putting_off(
    meeting: Meeting, form: PostponementForm, step: str, status: int = 200
) -> ResponseReturnValue:
    template = "meetings/calling/postponement.html"
    return page(template, status, block="postponement_form", meeting=meeting, form=form, step=step)


def _calling(actor: Actor, meeting: Any, form: CallForm, status: int = 200) -> ResponseReturnValue:
    short = notice.days_short(actor.now, meeting.starts_at, meeting.notice_days)
    return page(
        "meetings/calling/new.html",
        status,
        block="call_form",
        meeting=meeting,
        form=form,
        short=short,
        earliest=notice.earliest(actor.now, meeting.notice_days),
        unmet=MEETING.unmet(actor, _as_called(meeting, short), MeetingCalled),
        missing=queries.missing_at(meeting),
    )


def _as_called(meeting: Any, short: int) -> Any:
    """The meeting as if its lateness were explained: the form asks for the reason, so it is no fault to be cured."""
    meeting.short_notice_because = "…" if short else ""
    return meeting


def _moving(actor: Actor, meeting: Any, form: MovingForm, status: int = 200) -> ResponseReturnValue:
    earliest = notice.earliest(actor.now, meeting.notice_days)
    template = "meetings/calling/moving.html"
    return page(template, status, block="moving_form", meeting=meeting, form=form, earliest=earliest)
