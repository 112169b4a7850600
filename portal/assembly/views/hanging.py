"""A result that hangs out: posted for objections, counted and posted again, certified, put away."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.files import keep_photos
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.announcing import archive_vote, certify_vote, post_again, post_preliminary
from ..forms.count import HangAgainForm, HangingForm
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.results import result_page
from ..seen import stamp
from .counts import missing

routes = Routes("result_postings")
VOTE = "/owners-votes/<int:owners_vote_id>"


@routes.get(f"{VOTE}/preliminary", may=Can.POST_PRELIMINARY, of=result_page)
def ask_preliminary(actor: Actor, vote: Any) -> ResponseReturnValue:
    return _hanging(actor, vote, HangingForm(), "preliminary")


@routes.post(f"{VOTE}/preliminary", may=Can.POST_PRELIMINARY, of=OwnersVote)
def preliminary(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = HangingForm()
    if form.validate_on_submit():
        with form.catching():
            kept = keep_photos(request.files.getlist("photos"), _("张贴的初步结果"))
            post_preliminary(actor, vote, where=form.where.data, photos=kept)
            flash(_("初步结果公示了，到期以前大家可以提异议。"))
            return go("owners_results.show", owners_vote_id=vote.id)
    return _hanging(actor, result_page(actor, vote.id), form, "preliminary", 422)


@routes.get(f"{VOTE}/preliminary/again", may=Can.CERTIFY, of=result_page)
def ask_again(actor: Actor, vote: Any) -> ResponseReturnValue:
    return _hanging(actor, vote, HangAgainForm(seen=stamp(vote)), "again")


@routes.post(f"{VOTE}/preliminary/again", may=Can.CERTIFY, of=OwnersVote)
def again(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = HangAgainForm()
    if form.validate_on_submit():
        with form.catching():
            kept = keep_photos(request.files.getlist("photos"), _("张贴的初步结果"))
            post_again(
                actor,
                vote,
                where=form.where.data,
                reason=form.reason.data,
                photos=kept,
                seen=form.seen.data or "",
            )
            flash(_("重新数过、重新公示了，公示期从头算。先前的签字作废，请计票人、监票人核对后重新签字。"))
            return go("owners_counts.show", owners_vote_id=vote.id, anchor="table")
    return _hanging(actor, result_page(actor, vote.id), form, "again", 422)


@routes.get(f"{VOTE}/certification", may=Can.CERTIFY, of=result_page)
def ask_certification(actor: Actor, vote: Any) -> ResponseReturnValue:
    return _hanging(actor, vote, HangingForm(), "certification")


@routes.post(f"{VOTE}/certification", may=Can.CERTIFY, of=OwnersVote)
def certification(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = HangingForm()
    if form.validate_on_submit():
        with form.catching():
            kept = keep_photos(request.files.getlist("photos"), _("张贴的表决结果"))
            certify_vote(actor, vote, where=form.where.data, photos=kept)
            flash(_("结果公布了，证明已经生成。"))
            return go("owners_results.certificate", owners_vote_id=vote.id)
    return _hanging(actor, result_page(actor, vote.id), form, "certification", 422)


@routes.post(f"{VOTE}/archive", may=Can.ARCHIVE, of=OwnersVote, back="owners_results.show")
def archive(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    archive_vote(actor, vote)
    flash(_("材料归档了，随时可以查。"))
    return go("owners_results.show", owners_vote_id=vote.id)


def _hanging(actor: Actor, vote: Any, form: HangingForm, step: str, status: int = 200) -> ResponseReturnValue:
    return page(
        "assembly/counts/hang.html",
        status,
        block="hanging_form",
        vote=vote,
        form=form,
        step=step,
        unmet=() if step == "again" else missing(actor, vote),
    )
