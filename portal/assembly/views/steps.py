"""The checklist and the steps taken from it: notice, opening, more time, an end before the time, rules not kept."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.digests import digest
from ...core.files import keep_photos
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...core.timeline import timeline
from .. import checklist as checklists
from ..actions.opening import announce, extend_vote, open_vote, override_rule, postpone_opening, void_vote
from ..afterwards import deadlines
from ..forms.convening import ExtensionForm, OverrideForm, PostponementForm, VoidingForm, WallForm
from ..guards import OVERRIDABLE
from ..jurisdictions import pack
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.convening import plan_page
from ..roll import file
from ..roll.changing import differing
from ..roll.drawing import Flawed, drawn_up
from ..stages import VOTING
from ..terms import may_extend
from ..words import VoteState

routes = Routes("vote_steps")
VOTE = "/owners-votes/<int:owners_vote_id>"
WITH_ROLL = (VoteState.ROLL_POSTED, VoteState.FROZEN)


@routes.get(f"{VOTE}/checklist", may=Can.ORGANISE, of=plan_page)
def checklist(actor: Actor, vote: Any) -> ResponseReturnValue:
    return _checklist(actor, vote, OverrideForm())


@routes.post(f"{VOTE}/overrides", may=Can.OVERRIDE, of=OwnersVote, back="vote_steps.checklist")
def override(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = OverrideForm()
    if form.validate_on_submit():
        with form.catching():
            override_rule(actor, vote, rule=form.rule.data or "", reason=form.reason.data)
            flash(_("理由记下了，跟表决材料一起存档。"))
            return go("vote_steps.checklist", owners_vote_id=vote.id)
    return _checklist(actor, plan_page(actor, vote.id), form, 422)


@routes.get(f"{VOTE}/announcement", may=Can.NOTICE, of=plan_page)
def ask_announcement(actor: Actor, vote: Any) -> ResponseReturnValue:
    return _announcing(vote, WallForm())


@routes.post(f"{VOTE}/announcement", may=Can.NOTICE, of=OwnersVote)
def announcement(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = WallForm()
    if form.validate_on_submit():
        with form.catching():
            photos = keep_photos(request.files.getlist("photos"), _("表决公告"))
            announce(actor, vote, where=form.where.data, photos=photos)
            flash(_("公告发出了，到时间自动开始投票。"))
            return go("vote_steps.checklist", owners_vote_id=vote.id)
    return _announcing(plan_page(actor, vote.id), form, 422)


@routes.post(f"{VOTE}/opening", may=Can.OPEN, of=OwnersVote, back="vote_steps.checklist")
def opening(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    open_vote(actor, vote)
    flash(_("开始投票了，名册上 %(n)d 位业主。", n=vote.heads))
    return go("vote_steps.checklist", owners_vote_id=vote.id)


@routes.get(f"{VOTE}/postponement", may=Can.POSTPONE, of=OwnersVote)
def ask_postponement(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _postponing(vote, PostponementForm(opens_at=vote.opens_at, closes_at=vote.closes_at))


@routes.post(f"{VOTE}/postponement", may=Can.POSTPONE, of=OwnersVote)
def postponement(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = PostponementForm()
    if form.validate_on_submit():
        with form.catching():
            photos = keep_photos(request.files.getlist("photos"), _("改期公告"))
            assert form.opens_at.data is not None
            assert form.closes_at.data is not None
            postpone_opening(
                actor,
                vote,
                opens_at=form.opens_at.data,
                closes_at=form.closes_at.data,
                reason=form.reason.data,
                where=form.where.data,
                photos=photos,
            )
            flash(_("改期了，到新的时间自动开始投票。"))
            return go("vote_steps.checklist", owners_vote_id=vote.id)
    return _postponing(vote, form, 422)


@routes.get(f"{VOTE}/extension", may=Can.EXTEND, of=OwnersVote)
def ask_extension(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _extending(vote, ExtensionForm(closes_at=vote.closes_at))


@routes.post(f"{VOTE}/extension", may=Can.EXTEND, of=OwnersVote)
def extension(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = ExtensionForm()
    if form.validate_on_submit():
        with form.catching():
            photos = keep_photos(request.files.getlist("photos"), _("延期公告"))
            assert form.closes_at.data is not None
            extend_vote(
                actor,
                vote,
                closes_at=form.closes_at.data,
                reason=form.reason.data,
                where=form.where.data,
                photos=photos,
            )
            flash(_("延期了，已经投的票都算数。"))
            return go("vote_steps.checklist", owners_vote_id=vote.id)
    return _extending(vote, form, 422)


@routes.get(f"{VOTE}/voiding", may=Can.VOID, of=OwnersVote)
def ask_voiding(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _voiding(vote, VoidingForm(vote.state is not VoteState.DRAFT))


@routes.post(f"{VOTE}/voiding", may=Can.VOID, of=OwnersVote)
def voiding(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = VoidingForm(vote.state is not VoteState.DRAFT)
    if form.validate_on_submit():
        with form.catching():
            photos = keep_photos(request.files.getlist("photos"), _("终止公告"))
            where = form.where.data if "where" in form else ""
            void_vote(actor, vote, reason=form.reason.data, where=where, photos=photos)
            flash(
                _("草稿收起了。")
                if vote.state is VoteState.PUT_AWAY
                else _("这次表决终止了，票封存，不计票。")
            )
            return go("owners_votes.show", owners_vote_id=vote.id)
    return _voiding(vote, form, 422)


def _checklist(actor: Actor, vote: Any, form: OverrideForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "assembly/steps/checklist.html",
        status,
        more=may_extend(vote.extensions, vote.max_extensions),
        block="steps",
        vote=vote,
        form=form,
        steps=checklists.steps(actor, vote),
        rules=pack(vote.jurisdiction),
        deadlines=deadlines(vote),
        overridable=OVERRIDABLE,
        stale=vote.state in WITH_ROLL and _stale(vote),
        sold=len(differing(actor, vote.id)) if vote.state in VOTING else 0,
        lines=lambda: timeline(actor, _story(vote)),
    )


def _stale(vote: Any) -> bool:
    """Whether the register would give another roll today than the one that hangs out."""
    drawn = drawn_up(vote)
    if isinstance(drawn, Flawed):
        return True
    return bool(digest(file.text(vote, file.drawn_lines(drawn))) != vote.roll_hash)


def _story(vote: Any) -> str:
    return f"topic:{vote.topic_id}" if vote.topic_id else f"owners_vote:{vote.id}"


def _announcing(vote: Any, form: WallForm, status: int = 200) -> ResponseReturnValue:
    return page("assembly/steps/announcement.html", status, block="wall_form", vote=vote, form=form)


def _postponing(vote: OwnersVote, form: PostponementForm, status: int = 200) -> ResponseReturnValue:
    return page("assembly/steps/postponement.html", status, block="wall_form", vote=vote, form=form)


def _extending(vote: OwnersVote, form: ExtensionForm, status: int = 200) -> ResponseReturnValue:
    more = may_extend(vote.extensions, vote.max_extensions)
    return page("assembly/steps/extension.html", status, block="wall_form", vote=vote, form=form, more=more)


def _voiding(vote: OwnersVote, form: VoidingForm, status: int = 200) -> ResponseReturnValue:
    return page("assembly/steps/voiding.html", status, block="wall_form", vote=vote, form=form)
