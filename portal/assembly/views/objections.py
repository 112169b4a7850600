"""Objections to the roll or the result: raising, answering, the list of all."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.exports import listed
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.objecting import answer_objection, leave_roll_unchanged, object_to_result, object_to_roll
from ..forms.count import AnswerForm, ObjectionForm, UnchangedForm
from ..models.votes import OwnersVote, VoteObjection
from ..policy import Can
from ..queries.objections import OBJECTIONS, answer_due, answering_page, as_objection
from ..queries.papers import vote_page
from ..words import ObjectionKind

routes = Routes("vote_objections")


@routes.get("/owners-votes/<int:owners_vote_id>/objections", may=Can.SEE, of=vote_page)
def index(actor: Actor, vote: Any) -> ResponseReturnValue:
    of_this = replace(OBJECTIONS, select=OBJECTIONS.select.where(VoteObjection.vote_id == vote.id))
    told = partial(as_objection, vote=vote, stands_for=vote.stands_for)
    return listed(of_this, actor, request.args, "assembly/objections/index.html", vote=vote, told=told)


@routes.get("/owners-votes/<int:owners_vote_id>/objections/new", may=Can.OBJECT_RESULT, of=OwnersVote)
def new(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    due = answer_due(actor.id, vote.id, ObjectionKind.RESULT)
    return _writing(vote, ObjectionForm(), ObjectionKind.RESULT, due=due)


@routes.post("/owners-votes/<int:owners_vote_id>/objections/new", may=Can.OBJECT_RESULT, of=OwnersVote)
def create(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = ObjectionForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="text"):
            return _thanks(object_to_result(actor, vote, text=form.text.data, once=form.once.data))
    return _writing(vote, form, ObjectionKind.RESULT, 422)


@routes.get("/owners-votes/<int:owners_vote_id>/roll/objections/new", may=Can.OBJECT_ROLL, of=OwnersVote)
def new_to_roll(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    due = answer_due(actor.id, vote.id, ObjectionKind.ROLL)
    return _writing(vote, ObjectionForm(), ObjectionKind.ROLL, due=due)


@routes.post("/owners-votes/<int:owners_vote_id>/roll/objections/new", may=Can.OBJECT_ROLL, of=OwnersVote)
def create_to_roll(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = ObjectionForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="text"):
            return _thanks(object_to_roll(actor, vote, text=form.text.data, once=form.once.data))
    return _writing(vote, form, ObjectionKind.ROLL, 422)


@routes.get("/vote-objections/<int:vote_objection_id>", may=Can.SEE_OBJECTION, of=VoteObjection)
def show(actor: Actor, objection: VoteObjection) -> ResponseReturnValue:
    return _to(objection)


@routes.get("/vote-objections/<int:vote_objection_id>/answer", may=Can.ANSWER, of=answering_page)
def answer(actor: Actor, objection: Any) -> ResponseReturnValue:
    return page("assembly/objections/answer.html", objection=objection, form=AnswerForm())


@routes.post("/vote-objections/<int:vote_objection_id>/answer", may=Can.ANSWER, of=VoteObjection)
def give_answer(actor: Actor, objection: VoteObjection) -> ResponseReturnValue:
    form = AnswerForm()
    if not form.validate_on_submit():
        return page(
            "assembly/objections/answer.html",
            422,
            block="answer_form",
            objection=answering_page(actor, objection.id),
            form=form,
        )
    answer_objection(actor, objection, answer=form.answer.data, upheld=form.upheld.data == "yes")
    flash(_("答复公开了。") + (_("异议成立，下面写着接下来要办什么。") if objection.upheld else ""))
    return _to(objection)


@routes.get("/vote-objections/<int:vote_objection_id>/unchanged", may=Can.LEAVE_UNCHANGED, of=answering_page)
def ask_unchanged(actor: Actor, objection: Any) -> ResponseReturnValue:
    return page("assembly/objections/unchanged.html", objection=objection, form=UnchangedForm())


@routes.post("/vote-objections/<int:vote_objection_id>/unchanged", may=Can.LEAVE_UNCHANGED, of=VoteObjection)
def unchanged(actor: Actor, objection: VoteObjection) -> ResponseReturnValue:
    form = UnchangedForm()
    if form.validate_on_submit():
        with form.catching():
            leave_roll_unchanged(actor, objection, reason=form.reason.data)
            flash(_("理由公开了，跟表决材料一起存档。"))
            return _to(objection)
    return page(
        "assembly/objections/unchanged.html",
        422,
        block="unchanged_form",
        objection=answering_page(actor, objection.id),
        form=form,
    )


def _writing(
    vote: OwnersVote, form: ObjectionForm, kind: ObjectionKind, status: int = 200, *, due: bool = False
) -> ResponseReturnValue:
    given = {"vote": vote, "form": form, "kind": kind, "due": due}
    return page("assembly/objections/new.html", status, block="objection_form", **given)


def _thanks(objection: VoteObjection) -> ResponseReturnValue:
    flash(_("异议收到了，每一条都会公开答复。"))
    return _to(objection)


def _to(objection: VoteObjection) -> ResponseReturnValue:
    return go("vote_objections.index", owners_vote_id=objection.vote_id, anchor=f"objection-{objection.id}")
