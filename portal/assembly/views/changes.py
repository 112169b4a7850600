"""Homes that change hands between the notice and the close."""

from flask import flash
from flask.typing import ResponseReturnValue

from ...core import files
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import NotAllowed, NotVisible
from ...core.files import keep_papers
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.changing import change_owner
from ..atoms import not_his_home
from ..forms.convening import OwnerChangeForm
from ..models.rolls import RollChange, Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.changes import changes_of
from ..queries.files import hanging_on
from ..roll.changing import Differing, differing, differing_unit

routes = Routes("roll_changes")
CHANGES = "/owners-votes/<int:owners_vote_id>/roll/changes"


@routes.get(CHANGES, may=Can.ORGANISE, of=OwnersVote)
def index(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return page(
        "assembly/rolls/changes.html", vote=vote, waiting=differing(actor, vote.id), done=changes_of(vote.id)
    )


@routes.get(f"{CHANGES}/units/<int:unit_id>", may=Can.CHANGE_OWNERS, of=OwnersVote)
def ask(actor: Actor, vote: OwnersVote, unit_id: int) -> ResponseReturnValue:
    return _asking(vote, _unit(actor, vote, unit_id), OwnerChangeForm())


@routes.post(
    f"{CHANGES}/units/<int:unit_id>", may=Can.CHANGE_OWNERS, of=OwnersVote, back="roll_changes.index"
)
def change(actor: Actor, vote: OwnersVote, unit_id: int) -> ResponseReturnValue:
    unit, form = _unit(actor, vote, unit_id), OwnerChangeForm()
    if form.validate_on_submit():
        with form.catching():
            change_owner(
                actor,
                db.session.get_one(Voter, unit.voter_id),
                unit_id=unit.unit_id,
                reason=form.reason.data,
                proof=keep_papers(form.proof.data or (), _("过户的证明"), field="proof"),
            )
            flash(_("登记好了。"))
            return go("roll_changes.index", owners_vote_id=vote.id)
    return _asking(vote, unit, form, 422)


@routes.get(f"{CHANGES}/<int:roll_change_id>/files/<int:file_id>/<size>", may=Can.ORGANISE, of=OwnersVote)
def proof(
    actor: Actor, vote: OwnersVote, roll_change_id: int, file_id: int, size: str
) -> ResponseReturnValue:
    return files.send(hanging_on(vote, RollChange, roll_change_id), file_id, size)


def _unit(actor: Actor, vote: OwnersVote, unit_id: int) -> Differing:
    found = differing_unit(actor, vote.id, unit_id)
    if found is None:
        raise NotVisible()
    if found.own_head:
        raise NotAllowed(_(not_his_home.reason))
    return found


def _asking(
    vote: OwnersVote, unit: Differing, form: OwnerChangeForm, status: int = 200
) -> ResponseReturnValue:
    return page("assembly/rolls/change.html", status, block="change_form", vote=vote, unit=unit, form=form)
