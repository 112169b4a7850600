"""Reaching voters: who has been reached and has voted, deliveries, door visits."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.exports import listed
from ...core.numbers import row_number
from ...core.pages import Reply, go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.reaching import MOST_AT_ONCE, acknowledge, assign_visit, record_delivery, visitors
from ..forms.reaching import DeliveryForm, VisitForm
from ..models.rolls import Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.reaching import buildings, channels_of, voters_of

routes = Routes("deliveries")


@routes.get("/owners-votes/<int:owners_vote_id>/turnout", may=Can.ORGANISE, of=OwnersVote)
def turnout(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _turnout(vote, VisitForm(visitors(vote)))


@routes.post(
    "/owners-votes/<int:owners_vote_id>/visits", may=Can.ORGANISE, of=OwnersVote, back="deliveries.turnout"
)
def assign(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = VisitForm(visitors(vote))
    if form.validate_on_submit():
        with form.catching():
            assign_visit(actor, vote, building=form.building.data, visitor_id=form.visitor.data or None)
            flash(_("上门的人安排好了。"))
            return go("deliveries.turnout", owners_vote_id=vote.id)
    return _turnout(vote, form, 422)


@routes.get("/owners-votes/<int:owners_vote_id>/deliveries", may=Can.ORGANISE, of=OwnersVote)
def index(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    template = "assembly/deliveries/index.html"
    return listed(voters_of(vote.id), actor, request.args, template, vote=vote, form=DeliveryForm())


@routes.post("/owners-votes/<int:owners_vote_id>/deliveries", may=Can.DELIVER, of=OwnersVote)
def create(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form, shown = DeliveryForm(), voters_of(vote.id).read(actor, request.args)
    if form.validate_on_submit():
        with form.catching():
            if form.all.data:
                chosen = [row.id for row in shown.all_rows(MOST_AT_ONCE + 1)]
            else:
                chosen = [n for n in map(row_number, request.form.getlist("id")) if n]
            entered = record_delivery(
                actor,
                vote,
                voter_ids=chosen,
                way=form.how,
                warned=form.warned.data,
                witnesses=(form.witness_one.data, form.witness_two.data),
                note=form.note.data,
                once=form.once.data,
            )
            flash(_("登记了 %(n)d 户。", n=entered))
            kept = {k: v for k, v in request.args.items() if k in ("building", "reached", "voted", "q")}
            return go("deliveries.index", owners_vote_id=vote.id, **kept)
    template = "assembly/deliveries/index.html"
    return page(template, 422, block="delivery_form", list=shown, vote=vote, form=form)


@routes.post("/voters/<int:voter_id>/acknowledgement", may=Can.CAST, of=Voter, back="papers.show")
def read(actor: Actor, voter: Voter) -> ResponseReturnValue:
    acknowledge(actor, voter)
    flash(_("记下了：您已经看到公告。"))
    return go("owners_votes.show", owners_vote_id=voter.vote_id)


def _turnout(vote: OwnersVote, form: VisitForm, status: int = 200) -> Reply:
    lines = buildings(vote.id)
    block = "buildings" if status >= 400 else None
    return page(
        "assembly/deliveries/turnout.html",
        status,
        block=block,
        vote=vote,
        lines=lines,
        channels=channels_of(lines),
        form=form,
    )
