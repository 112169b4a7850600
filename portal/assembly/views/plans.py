"""When and where papers are counted in public."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.planning import plan_count
from ..forms.count import PlanForm
from ..models.votes import OwnersVote
from ..policy import Can

routes = Routes("count_plans")
PLAN = "/owners-votes/<int:owners_vote_id>/count/plan"


@routes.get(PLAN, may=Can.PLAN_COUNT, of=OwnersVote)
def ask(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    settled = {"at": vote.counts_at or vote.closes_at, "where": vote.counts_where}
    return _asked(vote, PlanForm(data=settled))


@routes.post(PLAN, may=Can.PLAN_COUNT, of=OwnersVote)
def plan(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = PlanForm()
    if form.validate_on_submit():
        with form.catching():
            plan_count(actor, vote, at=form.at.data or actor.now, where=form.where.data)
            flash(_("时间地点定了，表决页上看得到。"))
            return go("owners_counts.show", owners_vote_id=vote.id)
    return _asked(vote, form, 422)


def _asked(vote: Any, form: PlanForm, status: int = 200) -> ResponseReturnValue:
    return page("assembly/counts/plan.html", status, block="plan_form", vote=vote, form=form)
