"""Posting a decision, letting it take effect, taking it back."""

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import rules
from ..actions.posting import post_decision, revoke_decision, take_effect
from ..forms import PostingForm, RevocationForm
from ..models import Decision
from ..policy import Can

routes = Routes("posting")


@routes.get("/decisions/<int:decision_id>/posting", may=Can.POST, of=Decision)
def new(actor: Actor, decision: Decision) -> ResponseReturnValue:
    form = PostingForm(until=rules.usual_end(actor.now))
    return page("decisions/posting/new.html", decision=decision, form=form, days=rules.POSTING_DAYS)


@routes.post("/decisions/<int:decision_id>/posting", may=Can.POST, of=Decision)
def create(actor: Actor, decision: Decision) -> ResponseReturnValue:
    form = PostingForm()
    if form.validate_on_submit():
        with form.catching():
            assert form.until.data is not None
            post_decision(actor, decision, until=form.until.data)
            flash(_("决定贴出来了，公示期间居民可以提异议。"))
            return go("decisions.show", decision_id=decision.id)
    return page(
        "decisions/posting/new.html",
        422,
        block="posting_form",
        decision=decision,
        form=form,
        days=rules.POSTING_DAYS,
    )


@routes.post("/decisions/<int:decision_id>/effect", may=Can.TAKE_EFFECT, of=Decision, back="decisions.show")
def effect(actor: Actor, decision: Decision) -> ResponseReturnValue:
    take_effect(actor, decision)
    flash(_("决定从现在起生效。"))
    return go("decisions.show", decision_id=decision.id)


@routes.get("/decisions/<int:decision_id>/revocation", may=Can.REVOKE, of=Decision)
def revocation(actor: Actor, decision: Decision) -> ResponseReturnValue:
    return page("decisions/posting/revocation.html", decision=decision, form=RevocationForm())


@routes.post("/decisions/<int:decision_id>/revocation", may=Can.REVOKE, of=Decision)
def revoke(actor: Actor, decision: Decision) -> ResponseReturnValue:
    form = RevocationForm()
    if not form.validate_on_submit():
        return page(
            "decisions/posting/revocation.html", 422, block="revocation_form", decision=decision, form=form
        )
    revoke_decision(actor, decision, reason=form.reason.data)
    flash(_("决定撤销了，理由大家都看得到。"))
    return go("decisions.show", decision_id=decision.id)
