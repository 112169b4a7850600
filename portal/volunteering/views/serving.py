"""The list of services, one service, planning and changing it; the calendar of all shifts."""

from typing import Any
from urllib.parse import urlsplit

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import ical
from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.exports import attachment, listed
from ...core.finding import visible
from ...core.forms import Form
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.scanning import public
from ...core.text import _
from ...core.timeline import timeline
from ...places.models import Place
from ..actions import planning as act
from ..actions.planning import ServiceWords
from ..events import ServiceClosed, ServiceOpened
from ..forms import ReasonForm, ServiceForm, SignUpForm
from ..lifecycle import SERVICE
from ..listings import AHEAD, PAST, SERVICES
from ..models.people import Team
from ..models.shifts import Service
from ..policy import Can
from ..queries.people import community_of, figures, upcoming
from ..queries.shifts import service_page
from ..words import Kind

routes = Routes("services")


@routes.get("/volunteering", may=Can.SEE_VOLUNTEERING, of=community_of)
def index(actor: Actor, community: Place) -> ResponseReturnValue:
    asked = {"time": AHEAD, **request.args}
    if asked["time"] == PAST:
        asked = {"sort": "late", **asked}
    return listed(
        SERVICES,
        actor,
        asked,
        "volunteering/services/index.html",
        community=community,
        year=actor.today.year,
        figures=lambda: figures(community.place_path, actor.today.year),
    )


@routes.get("/volunteering/shifts.ics", may=Can.SEE_VOLUNTEERING, of=community_of)
def calendar(actor: Actor, community: Place) -> ResponseReturnValue:
    address = public()
    host = urlsplit(address).hostname or "yishiting"
    entries = [
        ical.Entry(
            uid=f"shift-{s.id}@{host}",
            starts_at=s.starts_at,
            ends_at=s.ends_at,
            changed=s.cancelled_at or s.moved_at,
            title=s.title,
            place=s.venue,
            text=s.body,
            address=f"{address}services/{s.service_id}" if address else "",
            cancelled=s.cancelled_at is not None,
        )
        for s in upcoming(community.place_path)
    ]
    name = _("%(place)s志愿服务", place=community.name)
    return attachment(ical.calendar(name, entries), "text/calendar; charset=utf-8", "volunteering.ics")


@routes.get("/services/<int:service_id>", may=Can.SEE_SERVICE, of=service_page)
def show(actor: Actor, service: Any) -> ResponseReturnValue:
    return shown(actor, service)


def shown(
    actor: Actor, service: Any, status: int = 200, form: Form | None = None, at: int = 0
) -> ResponseReturnValue:
    """The page; `form` is a sign-up for the shift `at` that was refused."""
    row = visible(actor, Service, service.id)
    return page(
        "volunteering/services/show.html",
        status,
        block="shifts",
        service=service,
        form=form or SignUpForm(),
        at=at,
        unmet={e.name: list(SERVICE.unmet(actor, row, e)) for e in (ServiceOpened, ServiceClosed)},
        lines=lambda: timeline(actor, f"service:{service.id}"),
    )


@routes.get("/volunteer-teams/<int:volunteer_team_id>/services/new", may=Can.PLAN, of=Team)
def new(actor: Actor, team: Team) -> ResponseReturnValue:
    return _planning(team, ServiceForm())


@routes.post("/volunteer-teams/<int:volunteer_team_id>/services/new", may=Can.PLAN, of=Team)
def create(actor: Actor, team: Team) -> ResponseReturnValue:
    form = ServiceForm()
    if form.validate_on_submit():
        with form.catching():
            made = act.plan_service(actor, team, words=_words(form), host=form.host.data, once=form.once.data)
            flash(_("写好了。接下来排班次，再开始报名。"))
            return go("shifts.new", service_id=made.id)
    return _planning(team, form, 422)


@routes.get("/services/<int:service_id>/edit", may=Can.AMEND_SERVICE, of=Service)
def edit(actor: Actor, service: Service) -> ResponseReturnValue:
    return _editing(service, ServiceForm(obj=service))


@routes.post("/services/<int:service_id>/edit", may=Can.AMEND_SERVICE, of=Service)
def update(actor: Actor, service: Service) -> ResponseReturnValue:
    form = ServiceForm()
    if form.validate_on_submit():
        with form.catching():
            act.amend_service(actor, service, words=_words(form), host=form.host.data)
            flash(_("安排改好了。"))
            return go("services.show", service_id=service.id)
    return _editing(service, form, 422)


@routes.post("/services/<int:service_id>/opening", may=Can.OPEN_SERVICE, of=Service, back="services.show")
def open_(actor: Actor, service: Service) -> ResponseReturnValue:
    act.open_service(actor, service)
    flash(_("开始报名了，大家都看得到。"))
    return go("services.show", service_id=service.id)


@routes.post("/services/<int:service_id>/closing", may=Can.CLOSE_SERVICE, of=Service, back="services.show")
def close(actor: Actor, service: Service) -> ResponseReturnValue:
    act.close_service(actor, service)
    flash(_("这次服务结束了。"))
    return go("services.show", service_id=service.id)


@routes.get("/services/<int:service_id>/cancellation", may=Can.CANCEL_SERVICE, of=Service)
def cancelling(actor: Actor, service: Service) -> ResponseReturnValue:
    return _cancelling(service, ReasonForm())


@routes.post("/services/<int:service_id>/cancellation", may=Can.CANCEL_SERVICE, of=Service)
def cancel(actor: Actor, service: Service) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="because"):
            act.cancel_service(actor, service, because=form.because.data)
            flash(_("取消了，报了名的人会看到为什么。"))
            return go("services.show", service_id=service.id)
    return _cancelling(service, form, 422)


def _words(form: ServiceForm) -> ServiceWords:
    return ServiceWords(
        kind=Kind(form.kind.data),
        title=form.title.data,
        body=form.body.data,
        served=form.served.data,
        skills=form.skills.data,
        least_age=form.least_age.data or 0,
        risk=form.risk.data,
        dangerous=form.dangerous.data,
        insurance=form.insurance.data,
    )


def _planning(team: Team, form: ServiceForm, status: int = 200) -> ResponseReturnValue:
    template = "volunteering/services/new.html"
    return page(template, status, block="service_form", team=team, form=form)


def _editing(service: Service, form: ServiceForm, status: int = 200) -> ResponseReturnValue:
    template = "volunteering/services/edit.html"
    return page(template, status, block="service_form", service=service, form=form)


def _cancelling(service: Service, form: ReasonForm, status: int = 200) -> ResponseReturnValue:
    address = f"/services/{service.id}"
    return page(
        "volunteering/cancellation.html",
        status,
        block="cancellation_form",
        form=form,
        title=service.title,
        back=address,
        address=f"{address}/cancellation",
        whole=True,
    )
