"""Bodies: their rules, members and fixed days."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...core.timeline import timeline
from ...councils.models import Council
from ...councils.policy import Can as CouncilCan
from ...councils.queries import council_of, places_to_choose
from ...places.models import Place
from ..actions import bodies as act
from ..actions.bodies import Rules
from ..actions.repeating import end_series, start_series
from ..forms import BodyForm, EndingForm, MemberForm, RulesForm, SeriesForm, presences
from ..hands import Rule
from ..models import Body, Series
from ..policy import Can
from ..queries import bodies as queries
from ..quorum import Presence
from ..schedule import Every, Pattern, Shift
from ..sides import Side
from ..words import HOURS, KIND_WORD, USUAL, USUAL_HOUR, Kind

routes = Routes("bodies")
ENDING = "/bodies/<int:body_id>/series/<int:series_id>/ending"


@routes.get("/bodies", may=CouncilCan.SEE_COUNCIL, of=council_of)
def index(actor: Actor, council: Council) -> ResponseReturnValue:
    return page("meetings/bodies/index.html", council=council, bodies=queries.bodies(actor))


@routes.get("/bodies/new", may=Can.FOUND, of=council_of)
def new(actor: Actor, council: Council) -> ResponseReturnValue:
    kind = _kind()
    usual = USUAL[kind]
    given = {f"least_{side}": usual.sides.get(side, Presence.NONE).value for side in Side}
    form = BodyForm(
        queries.places_of(places_to_choose(council)),
        name=_(KIND_WORD[kind]),
        quorum=usual.quorum.value,
        rule=usual.rule.value,
        notice_days=usual.notice_days,
        minutes=usual.minutes,
        substitutes=usual.substitutes,
        **given,
    )
    return _founding(kind, form)


@routes.post("/bodies/new", may=Can.FOUND, of=council_of)
def create(actor: Actor, council: Council) -> ResponseReturnValue:
    form = BodyForm(queries.places_of(places_to_choose(council)))
    if form.validate_on_submit():
        with form.catching():
            body = act.found_body(
                actor,
                council,
                place=db.session.get(Place, form.place_id.data),
                kind=_kind(),
                rules=_rules(form),
                from_seats=form.from_seats.data,
                once=form.once.data,
            )
            flash(_("设好了。接下来请成员、定开会的日子。"))
            return go("bodies.show", body_id=body.id)
    return _founding(_kind(), form, 422)


@routes.get("/bodies/<int:body_id>", may=Can.SEE_BODY, of=queries.body_page)
def show(actor: Actor, body: Any) -> ResponseReturnValue:
    return _shown(actor, body)


@routes.get("/bodies/<int:body_id>/edit", may=Can.RUN, of=Body)
def edit(actor: Actor, body: Body) -> ResponseReturnValue:
    asked = {f"least_{side}": body.side_quorums.get(side.value, Presence.NONE.value) for side in Side}
    given = {"quorum": body.quorum.value, "rule": body.rule.value, **asked}
    return page("meetings/bodies/edit.html", body=body, form=RulesForm(obj=body, data=given))


@routes.post("/bodies/<int:body_id>/edit", may=Can.RUN, of=Body)
def update(actor: Actor, body: Body) -> ResponseReturnValue:
    form = RulesForm()
    if form.validate_on_submit():
        with form.catching():
            act.amend_body(actor, body, rules=_rules(form))
            flash(_("规则改好了。已经发出的通知不变。"))
            return go("bodies.show", body_id=body.id)
    return page("meetings/bodies/edit.html", 422, block="body_form", body=body, form=form)


@routes.post("/bodies/<int:body_id>/members", may=Can.RUN, of=queries.body_page, back="bodies.show")
def add_member(actor: Actor, body: Any) -> ResponseReturnValue:
    form = MemberForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="who"):
            subject = visible(actor, Body, body.id)
            who, side = form.who.data, Side(form.side.data)
            act.add_member(actor, subject, who=who, side=side, post=form.post.data, ends=form.ends.data)
            return go("bodies.show", body_id=body.id, anchor="members")
    return _shown(actor, body, form, 422)


@routes.post(
    "/bodies/<int:body_id>/members/<int:member_id>/ending",
    may=Can.RUN,
    of=queries.of_body,
    back="bodies.show",
)
def end_member(actor: Actor, found: Any) -> ResponseReturnValue:
    act.end_member(actor, found.body, member_id=found.id)
    return go("bodies.show", body_id=found.body.id, anchor="members")


@routes.get("/bodies/<int:body_id>/series/new", may=Can.RUN, of=Body)
def new_series(actor: Actor, body: Body) -> ResponseReturnValue:
    shift = Shift.KEEP if body.kind in HOURS else Shift.NEXT
    hour = HOURS.get(body.kind, USUAL_HOUR)
    usual = {"every": Every.MONTH_DAYS.value, "hour": f"{hour}:00", "shift": shift.value}
    return _repeating(body, SeriesForm(month_days="5、25", starts=actor.today, **usual))


@routes.post("/bodies/<int:body_id>/series/new", may=Can.RUN, of=Body)
def create_series(actor: Actor, body: Body) -> ResponseReturnValue:
    form = SeriesForm()
    if form.validate_on_submit():
        with form.catching():
            every = Every(form.every.data)
            pattern = Pattern(every, form.days, form.nth.data if every is Every.NTH_WEEKDAYS else 0)
            series = start_series(
                actor,
                body,
                pattern=pattern,
                shift=Shift(form.shift.data),
                begins=form.begins,
                starts=form.starts.data or actor.today,
                once=form.once.data,
            )
            flash(_placed(series))
            return go("bodies.show", body_id=body.id, anchor="series")
    return _repeating(body, form, 422)


@routes.get(ENDING, may=Can.RUN, of=queries.series_page)
def ask_series(actor: Actor, series: Any) -> ResponseReturnValue:
    return _ending(series, EndingForm())


@routes.post(ENDING, may=Can.RUN, of=queries.series_page)
def stop_series(actor: Actor, series: Any) -> ResponseReturnValue:
    form = EndingForm()
    if not form.validate_on_submit():
        return _ending(series, form, 422)
    reason = form.reason.data if form.cancel.data else ""
    cancelled = end_series(actor, series.body, series_id=series.id, cancelled_because=reason)
    if cancelled:
        flash(_("以后不再自动排，还没发通知的 %(n)d 次会取消了。", n=cancelled))
    else:
        flash(_("以后不再自动排。已经排进日程的会还在，要取消请一个一个取消。"))
    return go("bodies.show", body_id=series.body_id, anchor="series")


def _ending(series: Any, form: EndingForm, status: int = 200) -> ResponseReturnValue:
    return page("meetings/bodies/ending.html", status, block="ending_form", series=series, form=form)


def _placed(series: Series) -> str:
    """What came of fixed days: how many meetings, how many days had one already, of how many the notice is late."""
    found = queries.placed(series)
    said = _("定好了，两个月里的 %(n)d 次会已经排进日程。", n=found.meetings)
    if found.taken:
        said += _("有 %(n)d 次碰上已经排好的会，没有另排。", n=found.taken)
    if found.late:
        said += _("有 %(n)d 次来不及按规定提前通知，请改期，或者发通知时写明为什么等不得。", n=found.late)
    return said


def _kind() -> Kind:
    asked = request.values.get("kind", "")
    return Kind(asked) if asked in set(Kind) else Kind.THREE_PARTY


def _rules(form: RulesForm) -> Rules:
    return Rules(
        name=form.name.data,
        quorum=Presence(form.quorum.data),
        side_quorums=presences(form),
        rule=Rule(form.rule.data),
        notice_days=form.notice_days.data or 0,
        minutes=form.minutes.data or 0,
        venue=form.venue.data,
        substitutes=form.substitutes.data,
        reply_days=form.reply_days.data or 0,
    )


def _founding(kind: Kind, form: BodyForm, status: int = 200) -> ResponseReturnValue:
    kinds = [(_(word), f"/bodies/new?kind={known}", known is kind) for known, word in KIND_WORD.items()]
    return page("meetings/bodies/new.html", status, block="body_form", kind=kind, kinds=kinds, form=form)


def _shown(actor: Actor, body: Any, form: MemberForm | None = None, status: int = 200) -> ResponseReturnValue:
    return page(
        "meetings/bodies/show.html",
        status,
        block="members",
        body=body,
        form=form or MemberForm(),
        lines=lambda: timeline(actor, f"body:{body.id}"),
    )


def _repeating(body: Body, form: SeriesForm, status: int = 200) -> ResponseReturnValue:
    return page("meetings/bodies/series.html", status, block="series_form", body=body, form=form)
