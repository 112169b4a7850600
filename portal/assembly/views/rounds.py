"""After an election: calling another round for vacant seats; announcing and drawing a lot between level candidates."""

from typing import Any
from uuid import uuid4

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import NotVisible
from ...core.forms import Form
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...voting.tie_forms import DrawForm, LotForm
from ..actions.rounds import announce_lot, call_round, draw_lot
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.results import result_page

routes = Routes("rounds")
LOT = "/owners-votes/<int:owners_vote_id>/matters/<int:vote_matter_id>/lot"


@routes.post(
    "/owners-votes/<int:owners_vote_id>/round", may=Can.CALL_ROUND, of=OwnersVote, back="owners_results.show"
)
def call(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    again = call_round(actor, vote, once=request.form.get("once", "")[:32] or uuid4().hex)
    flash(_("补选的草稿备好了。上次没选上的人重新提了名，要本人同意才算。"))
    return go("vote_steps.checklist", owners_vote_id=again.id)


def lot_page(actor: Actor, owners_vote_id: int, vote_matter_id: int) -> Any:
    """The result with the matter that the address names as `matter`; None if its candidates are not level."""
    vote = result_page(actor, owners_vote_id)
    if vote is not None:
        level = (m for m in vote.matters if m.id == vote_matter_id and m.seats and m.result)
        vote.matter = next((m for m in level if m.result["tied"]), None)
    return vote if vote is not None and vote.matter else None


@routes.get(LOT, may=Can.DRAW_LOTS, of=lot_page)
def show(actor: Actor, vote: Any) -> ResponseReturnValue:
    return _lot(vote)


@routes.post(LOT, may=Can.DRAW_LOTS, of=OwnersVote, back="rounds.show")
def announce(actor: Actor, vote: OwnersVote, vote_matter_id: int) -> ResponseReturnValue:
    form = LotForm()
    if form.validate_on_submit():
        assert form.draws_at.data is not None
        with form.catching():
            announce_lot(
                actor,
                vote,
                matter_id=vote_matter_id,
                source=form.source.data,
                digits=form.digits.data or 0,
                draws_at=form.draws_at.data,
                first_witness=form.first_witness.data,
                second_witness=form.second_witness.data,
            )
            flash(_("抽签的办法已经公布，大家都看得到。"))
            return go("rounds.show", owners_vote_id=vote.id, vote_matter_id=vote_matter_id)
    return _again(actor, vote.id, vote_matter_id, form)


@routes.post(f"{LOT}/drawing", may=Can.DRAW_LOTS, of=OwnersVote, back="rounds.show")
def draw(actor: Actor, vote: OwnersVote, vote_matter_id: int) -> ResponseReturnValue:
    form = DrawForm()
    if form.validate_on_submit():
        with form.catching():
            draw_lot(actor, vote, matter_id=vote_matter_id, seed=form.seed.data)
            flash(_("抽好了，结果公开。"))
            return go("owners_results.show", owners_vote_id=vote.id)
    return _again(actor, vote.id, vote_matter_id, form)


def _again(actor: Actor, vote_id: int, matter_id: int, form: Form) -> ResponseReturnValue:
    vote = lot_page(actor, vote_id, matter_id)
    if vote is None:
        raise NotVisible()
    return _lot(vote, form, 422)


def _lot(vote: Any, form: Form | None = None, status: int = 200) -> ResponseReturnValue:
    usual = DrawForm() if vote.matter.id in vote.lots else LotForm()
    return page(
        "assembly/results/lot.html",
        status,
        block="lot_form",
        vote=vote,
        lot=vote.lots.get(vote.matter.id),
        form=form or usual,
    )
