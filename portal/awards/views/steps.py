"""What staff do to an award, step by step."""

from datetime import timedelta
from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.actor import Actor
from ...core.errors import Conflict, NotVisible
from ...core.lifecycle import LIFECYCLES
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.announcing import cancel_award, close_nominations, drop_category, extend_nominations
from ..actions.certifying import finish_award
from ..actions.posting import post_names
from ..actions.voting import open_vote, vote_again
from ..events import AwardPutToVote
from ..forms import ExtendForm, ReasonForm, SeedForm
from ..models import Award, AwardCategory
from ..policy import Can
from ..queries.pages import categories_of

routes = Routes("award_steps")
HERE = "/awards/<int:award_id>"
CATEGORY = HERE + "/categories/<int:category_id>"


@routes.post(HERE + "/closing", may=Can.CLOSE_NOMINATIONS, of=Award, back="awards.show")
def closing(actor: Actor, award: Award) -> ResponseReturnValue:
    close_nominations(actor, award)
    return go("awards.show", award_id=award.id)


@routes.get(HERE + "/extension", may=Can.EXTEND, of=Award)
def ask_extension(actor: Actor, award: Award) -> ResponseReturnValue:
    later = clock.at(actor.today + timedelta(days=7), 20)
    return page("awards/extension.html", award=award, form=ExtendForm(until=later))


@routes.post(HERE + "/extension", may=Can.EXTEND, of=Award)
def extension(actor: Actor, award: Award) -> ResponseReturnValue:
    form = ExtendForm()
    if form.validate_on_submit():
        with form.catching(Conflict):
            assert form.until.data is not None
            extend_nominations(actor, award, until=form.until.data, reason=form.reason.data)
            flash(_("提名的时间延长了。"))
            return go("awards.show", award_id=award.id)
    return page("awards/extension.html", 422, block="extension_form", award=award, form=form)


@routes.get(HERE + "/opening", may=Can.OPEN_VOTE, of=Award)
def ask_opening(actor: Actor, award: Award) -> ResponseReturnValue:
    return _opening(actor, award, SeedForm())


@routes.post(HERE + "/opening", may=Can.OPEN_VOTE, of=Award)
def opening(actor: Actor, award: Award) -> ResponseReturnValue:
    form = SeedForm()
    if form.validate_on_submit():
        with form.catching():
            open_vote(actor, award, seed=form.seed.data)
            flash(_("投票开始了，名册当场定下。"))
            return go("awards.show", award_id=award.id)
    return _opening(actor, award, form, 422)


@routes.post(HERE + "/posting", may=Can.POST, of=Award, back="awards.show")
def posting(actor: Actor, award: Award) -> ResponseReturnValue:
    post_names(actor, award)
    flash(_("名单贴出来了，公示期间大家可以提异议。"))
    return go("awards.show", award_id=award.id)


@routes.post(HERE + "/finishing", may=Can.FINISH, of=Award, back="awards.show")
def finishing(actor: Actor, award: Award) -> ResponseReturnValue:
    finish_award(actor, award)
    flash(_("结果确认了，证书编好了号。"))
    return go("awards.show", award_id=award.id)


@routes.get(HERE + "/cancelling", may=Can.CANCEL, of=Award)
def ask_cancelling(actor: Actor, award: Award) -> ResponseReturnValue:
    return _reason(award, ReasonForm(), _("取消这次评选"), _("取消"), f"/awards/{award.id}/cancelling")


@routes.post(HERE + "/cancelling", may=Can.CANCEL, of=Award)
def cancelling(actor: Actor, award: Award) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catching():
            cancel_award(actor, award, reason=form.reason.data)
            flash(_("这次评选取消了。"))
            return go("awards.show", award_id=award.id)
    return _reason(award, form, _("取消这次评选"), _("取消"), f"/awards/{award.id}/cancelling", 422)


@routes.get(CATEGORY + "/dropping", may=Can.DROP_CATEGORY, of=Award)
def ask_dropping(actor: Actor, award: Award, category_id: int) -> ResponseReturnValue:
    return _dropping(award, category_id, ReasonForm())


@routes.post(CATEGORY + "/dropping", may=Can.DROP_CATEGORY, of=Award)
def dropping(actor: Actor, award: Award, category_id: int) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catching():
            drop_category(actor, award, category_id=category_id, reason=form.reason.data)
            return go("awards.show", award_id=award.id)
    return _dropping(award, category_id, form, 422)


@routes.post(CATEGORY + "/vote", may=Can.VOTE_AGAIN, of=Award, back="award_steps.ask_dropping")
def again(actor: Actor, award: Award, category_id: int) -> ResponseReturnValue:
    vote_again(actor, award, category_id=category_id)
    flash(_("重新投票开始了。"))
    return go("awards.show", award_id=award.id)


def _opening(actor: Actor, award: Award, form: SeedForm, status: int = 200) -> ResponseReturnValue:
    unmet = LIFECYCLES[Award].unmet(actor, award, AwardPutToVote)
    return page("awards/opening.html", status, block="opening_form", award=award, form=form, unmet=unmet)


def _dropping(award: Award, category_id: int, form: ReasonForm, status: int = 200) -> ResponseReturnValue:
    category: AwardCategory | Any = next((c for c in categories_of(award.id) if c.id == category_id), None)
    if category is None:
        raise NotVisible()
    action = f"/awards/{award.id}/categories/{category_id}/dropping"
    title = _("这次不评“%(name)s”", name=category.name)
    return _reason(award, form, title, _("不评这一项"), action, status)


def _reason(
    award: Award, form: ReasonForm, title: str, verb: str, action: str, status: int = 200
) -> ResponseReturnValue:
    crumbs = [(award.title, f"/awards/{award.id}")]
    return page(
        "awards/reason.html",
        status,
        block="reason_form",
        form=form,
        title=title,
        verb=verb,
        action=action,
        above=crumbs,
    )
