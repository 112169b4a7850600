"""The list of meetings, a meeting's page and papers, planning one and its arrangements."""

from datetime import timedelta
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import clock, files
from ...core.actor import Actor
from ...core.exports import listed
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.scanning import scan_of
from ...core.text import _
from ...core.timeline import timeline
from ...councils.models import Council
from ...councils.policy import Can as CouncilCan
from ...councils.queries import council_of
from ..actions.planning import amend_meeting, plan_meeting
from ..events import MeetingCalled
from ..forms import ArrangementForm, PlanForm
from ..lifecycle import MEETING
from ..listings import AHEAD, MEETINGS, PAST
from ..models import Body, Meeting
from ..policy import Can
from ..presence import EARLY
from ..queries import meetings as queries
from ..words import HOURS, USUAL_HOUR

routes = Routes("meetings")


@routes.get("/meetings", may=CouncilCan.SEE_COUNCIL, of=council_of)
def index(actor: Actor, council: Council) -> ResponseReturnValue:
    asked = {"time": AHEAD, **request.args}
    if asked["time"] == PAST:
        asked = {"sort": "late", **asked}
    return listed(MEETINGS, actor, asked, "meetings/meetings/index.html", council=council)


@routes.get("/meetings/<int:meeting_id>", may=Can.SEE, of=queries.meeting_page)
def show(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return page(
        "meetings/meetings/show.html",
        meeting=meeting,
        hours_before=EARLY,
        unmet=lambda: MEETING.unmet(actor, meeting, MeetingCalled),
        missing=lambda: queries.missing_at(meeting),
        lines=lambda: timeline(actor, f"meeting:{meeting.id}"),
    )


@routes.get("/meetings/<int:meeting_id>/notice", may=Can.SEE, of=queries.meeting_page)
def notice(actor: Actor, meeting: Any) -> ResponseReturnValue:
    address = f"/meetings/{meeting.id}"
    return page("meetings/meetings/notice.html", meeting=meeting, scan=scan_of(address), back=address)


@routes.get("/meetings/<int:meeting_id>/sign-in-sheet", may=Can.PRINT_SHEET, of=queries.meeting_page)
def sheet(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return page("meetings/meetings/sheet.html", meeting=meeting, back=f"/meetings/{meeting.id}")


@routes.get("/meetings/<int:meeting_id>/files/<int:file_id>/<size>", may=Can.SEE_PAPERS, of=Meeting)
def file(actor: Actor, meeting: Meeting, file_id: int, size: str) -> ResponseReturnValue:
    return files.send(meeting, file_id, size)


@routes.get("/bodies/<int:body_id>/meetings/new", may=Can.PLAN, of=Body)
def new(actor: Actor, body: Body) -> ResponseReturnValue:
    day = actor.today + timedelta(days=body.notice_days + 1)
    usual = {"title": body.name, "minutes": body.minutes, "venue": body.venue}
    return _planning(body, PlanForm(starts_at=clock.at(day, HOURS.get(body.kind, USUAL_HOUR)), **usual))


@routes.post("/bodies/<int:body_id>/meetings/new", may=Can.PLAN, of=Body)
def create(actor: Actor, body: Body) -> ResponseReturnValue:
    form = PlanForm()
    if form.validate_on_submit():
        with form.catching():
            meeting = plan_meeting(
                actor,
                body,
                title=form.title.data,
                **form.span,
                venue=form.venue.data,
                once=form.once.data,
            )
            flash(_("会议列入日程了。接下来排议程、请人、发通知。"))
            return go("meetings.show", meeting_id=meeting.id)
    return _planning(body, form, 422)


@routes.get("/meetings/<int:meeting_id>/edit", may=Can.PREPARE, of=queries.meeting_page)
def edit(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = ArrangementForm(obj=meeting, minutes=meeting.length)
    return page("meetings/meetings/edit.html", meeting=meeting, form=form)


@routes.post("/meetings/<int:meeting_id>/edit", may=Can.PREPARE, of=Meeting)
def update(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    form = ArrangementForm()
    if form.validate_on_submit():
        with form.catching():
            amend_meeting(
                actor,
                meeting,
                title=form.title.data,
                intro=form.intro.data,
                **form.span,
                venue=form.venue.data,
                chair=form.chair.data,
                recorder=form.recorder.data,
            )
            flash(_("安排改好了。"))
            return go("meetings.show", meeting_id=meeting.id)
    return page("meetings/meetings/edit.html", 422, block="meeting_form", meeting=meeting, form=form)


def _planning(body: Body, form: PlanForm, status: int = 200) -> ResponseReturnValue:
    return page("meetings/meetings/new.html", status, block="meeting_form", body=body, form=form)
