"""The register: its list, a decision's page and notice, entering and mending."""

from datetime import timedelta
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.actor import Actor
from ...core.exports import listed
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.scanning import scan_of
from ...core.text import _
from ...core.timeline import timeline
from ...councils.models import Council, Topic
from ...councils.policy import Can as CouncilCan
from ...councils.queries import council_of
from .. import queries, rules
from ..actions.recording import amend_decision, record_decision
from ..events import DecisionTookEffect
from ..forms import WITHOUT_TOPIC, AmendForm, DecisionForm
from ..lifecycle import DECISION
from ..listings import DECISIONS
from ..models import Decision
from ..policy import Can
from ..words import Basis

routes = Routes("decisions")


@routes.get("/decisions", may=CouncilCan.SEE_COUNCIL, of=council_of)
def index(actor: Actor, council: Council) -> ResponseReturnValue:
    return listed(DECISIONS, actor, request.args, "decisions/register/index.html", council=council)


@routes.get("/decisions/<int:decision_id>", may=Can.SEE, of=queries.decision_page)
def show(actor: Actor, decision: Any) -> ResponseReturnValue:
    return page(
        "decisions/register/show.html",
        decision=decision,
        unmet=lambda: DECISION.unmet(actor, decision, DecisionTookEffect),
        lines=lambda: timeline(actor, decision.story),
    )


@routes.get("/decisions/<int:decision_id>/notice", may=Can.SEE, of=queries.decision_page)
def notice(actor: Actor, decision: Any) -> ResponseReturnValue:
    address = f"/decisions/{decision.id}"
    return page("decisions/register/notice.html", decision=decision, scan=scan_of(address), back=address)


@routes.get("/topics/<int:topic_id>/decision/new", may=Can.RECORD, of=Topic)
def new_for_topic(actor: Actor, topic: Topic) -> ResponseReturnValue:
    bases = queries.bases_of(topic)
    form = DecisionForm(bases, title=topic.title, basis=bases[0].value, effect_from=_usual_effect(actor))
    return _recording(form, topic)


@routes.post("/topics/<int:topic_id>/decision/new", may=Can.RECORD, of=Topic)
def create_for_topic(actor: Actor, topic: Topic) -> ResponseReturnValue:
    return _record(actor, topic, DecisionForm(queries.bases_of(topic)))


@routes.get("/decisions/new", may=Can.RECORD, of=council_of)
def new(actor: Actor, council: Council) -> ResponseReturnValue:
    form = DecisionForm(WITHOUT_TOPIC, basis=WITHOUT_TOPIC[0].value, effect_from=_usual_effect(actor))
    return _recording(form, council)


@routes.post("/decisions/new", may=Can.RECORD, of=council_of)
def create(actor: Actor, council: Council) -> ResponseReturnValue:
    return _record(actor, council, DecisionForm(WITHOUT_TOPIC))


@routes.get("/decisions/<int:decision_id>/edit", may=Can.AMEND, of=Decision)
def edit(actor: Actor, decision: Decision) -> ResponseReturnValue:
    return page("decisions/register/edit.html", decision=decision, form=AmendForm(obj=decision))


@routes.post("/decisions/<int:decision_id>/edit", may=Can.AMEND, of=Decision)
def update(actor: Actor, decision: Decision) -> ResponseReturnValue:
    form = AmendForm()
    if form.validate_on_submit():
        with form.catching():
            assert form.effect_from.data is not None
            amend_decision(
                actor,
                decision,
                title=form.title.data,
                body=form.body.data,
                basis_note=form.basis_note.data,
                effect_from=form.effect_from.data,
            )
            return go("decisions.show", decision_id=decision.id)
    return page("decisions/register/edit.html", 422, block="decision_form", decision=decision, form=form)


def _record(actor: Actor, about: Topic | Council, form: DecisionForm) -> ResponseReturnValue:
    if form.validate_on_submit():
        with form.catching():
            assert form.effect_from.data is not None
            decision = record_decision(
                actor,
                about,
                title=form.title.data,
                body=form.body.data,
                basis=Basis(form.basis.data),
                basis_note=form.basis_note.data,
                effect_from=form.effect_from.data,
                once=form.once.data,
            )
            flash(_("决定记下了，编号 %(number)s。接下来公示。", number=decision.number))
            return go("decisions.show", decision_id=decision.id)
    return _recording(form, about, 422)


def _recording(form: DecisionForm, about: Topic | Council, status: int = 200) -> ResponseReturnValue:
    topic = about if isinstance(about, Topic) else None
    address = f"/topics/{topic.id}/decision/new" if topic else "/decisions/new"
    return page(
        "decisions/register/new.html", status, block="decision_form", form=form, topic=topic, address=address
    )


def _usual_effect(actor: Actor) -> Any:
    """The first midnight after the shortest posting."""
    day = clock.local(rules.usual_end(actor.now)).date()
    return clock.at(day + timedelta(days=1))
