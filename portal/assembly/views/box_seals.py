"""The box at the close: how many papers nobody has read in, as two people counted them."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict
from ...core.files import keep_photos
from ...core.pages import Reply, go, page
from ...core.routing import Routes
from ...core.text import _
from .. import sealing
from ..actions.sealing import AtSeal, confirm_seal, seal_box
from ..forms.batches import SealForm, SecondCountForm
from ..models.papers import BoxSeal
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.results import result_page

routes = Routes("box_seals")
SEAL = "/owners-votes/<int:owners_vote_id>/seal"


@routes.get(SEAL, may=Can.SEE, of=result_page)
def show(actor: Actor, vote: Any) -> ResponseReturnValue:
    return _shown(vote)


@routes.post(SEAL, may=Can.SEAL_BOX, of=OwnersVote, back="box_seals.show")
def seal(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = SealForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="papers"):
            photos = keep_photos(request.files.getlist("photos"), _("封好的票箱"))
            seal_box(
                actor,
                vote,
                papers=form.papers.data or 0,
                where=form.where.data,
                photos=photos,
                once=form.once.data,
            )
            flash(_("记下了，谁也看不到您数了几张。请另一个人再数一遍，两个人一样才公示、才能接着录票。"))
            return go("box_seals.show", owners_vote_id=vote.id)
    return _shown(result_page(actor, vote.id), 422, "seal_form", form=form)


@routes.post(
    "/box-seals/<int:box_seal_id>/confirmation", may=Can.CONFIRM_SEAL, of=BoxSeal, back="box_seals.of"
)
def confirm(actor: Actor, seal: BoxSeal) -> ResponseReturnValue:
    form = SecondCountForm()
    vote_id = seal.vote_id
    if form.validate_on_submit():
        with form.catching(Conflict, on="counted"):
            stands = confirm_seal(actor, AtSeal(seal.id), papers=form.counted.data or 0)
            if stands:
                flash(_("两个人数的一样，数目公示了，可以接着录票。"))
            else:
                flash(_("和先前数的不一样，请没有数过的人再数一遍。"), "error")
            return go("box_seals.show", owners_vote_id=vote_id)
    db.session.expire(seal)
    return _shown(result_page(actor, vote_id), 422, "second_form", second=form)


@routes.get("/box-seals/<int:box_seal_id>", may=Can.SEE_SEAL, of=BoxSeal)
def of(actor: Actor, seal: BoxSeal) -> ResponseReturnValue:
    return go("box_seals.show", owners_vote_id=seal.vote_id)


def _shown(vote: Any, status: int = 200, block: str | None = None, **forms: Any) -> Reply:
    given = {"form": SealForm(formdata=None), "second": SecondCountForm(formdata=None), **forms}
    over = sealing.unstatable(vote.closes_at, vote.seal, clock.now())
    return page("assembly/counts/seal.html", status, block=block, vote=vote, over=over, **given)
