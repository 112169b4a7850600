"""The matters of a paper: from an everyday wish to the item of the law, with the convener's reason."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import NotVisible
from ...core.files import keep_paper, keep_photos
from ...core.numbers import row_number
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import costs, enclosures, seats, shares
from ..actions.drafting import Question, add_matter, amend_matter, drop_matter
from ..enclosures import Enclosed
from ..forms.convening import MatterForm
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.convening import plan_page
from ..wishes import UNANIMITY, WISHES, Wish
from ..words import Sharing
from .convening import choosing, said

routes = Routes("vote_matters")
MATTER = "/owners-votes/<int:owners_vote_id>/matters/<int:vote_matter_id>"


@routes.get("/owners-votes/<int:owners_vote_id>/matters/new", may=Can.AMEND, of=OwnersVote)
def new(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    wish = WISHES.get(request.args.get("wish", ""))
    if wish is None:
        return choosing(vote=vote, topic=None)
    if wish.item == UNANIMITY:
        return page("assembly/matters/unanimity.html", vote=vote, wish=wish)
    form = MatterForm(wish=wish.key, item=wish.item, item_reason=_reason(wish, said()), question=said())
    form.coefficients.data = shares.written(shares.usual(costs.floors_of(vote)))
    return _writing(vote, form, wish)


@routes.post("/owners-votes/<int:owners_vote_id>/matters/new", may=Can.AMEND, of=OwnersVote)
def create(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = MatterForm()
    if form.validate_on_submit():
        with form.catching():
            add_matter(actor, vote, asked=_asked(form), enclosed=_enclosed())
            flash(_("这件事写到票上了。"))
            return go("vote_steps.checklist", owners_vote_id=vote.id, anchor="matters")
    return _writing(vote, form, WISHES.get(form.wish.data or ""), 422)


def matter_page(actor: Actor, owners_vote_id: int, vote_matter_id: int) -> Any:
    """The vote with the matter that the address names as `matter`; None if it is not on this paper."""
    vote = plan_page(actor, owners_vote_id)
    if vote is not None:
        vote.matter = next((m for m in vote.matters if m.id == vote_matter_id), None)
    return vote if vote is not None and vote.matter else None


@routes.get(f"{MATTER}/edit", may=Can.AMEND, of=matter_page)
def edit(actor: Actor, vote: Any) -> ResponseReturnValue:
    form = MatterForm(data=vote.matter.as_typed())
    form.coefficients.data = shares.written(vote.matter.table or shares.usual(costs.floors_of(vote)))
    return _mending(vote, form)


@routes.post(f"{MATTER}/edit", may=Can.AMEND, of=OwnersVote)
def update(actor: Actor, vote: OwnersVote, vote_matter_id: int) -> ResponseReturnValue:
    form = MatterForm()
    if form.validate_on_submit():
        with form.catching():
            amend_matter(
                actor,
                vote,
                matter_id=vote_matter_id,
                asked=_asked(form),
                enclosed=_enclosed(),
                taken_out=_taken_out(),
            )
            flash(_("改好了。"))
            return go("vote_steps.checklist", owners_vote_id=vote.id, anchor="matters")
    shown = matter_page(actor, vote.id, vote_matter_id)
    if shown is None:
        raise NotVisible()
    return _mending(shown, form, 422)


@routes.post(f"{MATTER}/removal", may=Can.AMEND, of=OwnersVote, back="vote_steps.checklist")
def drop(actor: Actor, vote: OwnersVote, vote_matter_id: int) -> ResponseReturnValue:
    drop_matter(actor, vote, matter_id=vote_matter_id)
    flash(_("这件事从票上去掉了。"))
    return go("vote_steps.checklist", owners_vote_id=vote.id, anchor="matters")


def _reason(wish: Wish, words: str) -> str:
    """The reason that is proposed for the item, with what the convener said it is about."""
    return _("要办的是“%(said)s”。", said=words) + _(wish.why) if words else _(wish.why)


def _asked(form: MatterForm) -> Question:
    return Question(
        question=form.question.data,
        wish=form.wish.data or "",
        item=form.item.data,
        item_reason=form.item_reason.data,
        explanation=form.explanation.data,
        for_words=form.for_words.data,
        against_words=form.against_words.data,
        cost=form.cost.data,
        seats=form.seats.data if form.wish.data in seats.WISHES else None,
        alternates=form.alternates.data or 0 if form.wish.data in seats.WISHES else 0,
        subsidy=form.subsidy.data or 0,
        other_funds=form.other_funds.data or 0,
        fee_now=form.fee_now.data,
        fee_then=form.fee_then.data,
        sharing=Sharing(form.sharing.data),
        coefficients=form.table,
    )


def _enclosed() -> Enclosed:
    """The files that came with the form, on disk. Raises Invalid with the field for one that cannot be used."""
    uploads = request.files
    papers = [keep_paper(upload, "papers") for upload in uploads.getlist("papers")[: enclosures.MOST + 1]]
    return Enclosed(
        now=keep_photos(uploads.getlist("now"), _("现在的样子"), "now"),
        plan=keep_photos(uploads.getlist("plan"), _("改后的样子"), "plan"),
        papers=[paper for paper in papers if paper is not None],
    )


def _taken_out() -> list[int]:
    """The files marked to be taken out again."""
    marked = (n for name in ("now", "plan", "papers") for n in request.form.getlist(f"remove_{name}"))
    return [number for number in map(row_number, marked) if number]


def _writing(vote: Any, form: MatterForm, wish: Wish | None, status: int = 200) -> ResponseReturnValue:
    return page("assembly/matters/new.html", status, block="matter_form", vote=vote, form=form, wish=wish)


def _mending(vote: Any, form: MatterForm, status: int = 200) -> ResponseReturnValue:
    wish = WISHES.get(vote.matter.wish)
    return page("assembly/matters/edit.html", status, block="matter_form", vote=vote, form=form, wish=wish)
