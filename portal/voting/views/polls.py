"""The pages of polls: the list, preparing one, the poll itself, opening and closing it."""

from datetime import timedelta
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import access, clock
from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.exports import listed
from ...core.pages import go, page
from ...core.routing import PUBLIC, Routes
from ...core.text import _
from ...councils.models import Topic
from .. import roll
from ..actions.closing import annul_poll, close_poll
from ..actions.opening import amend_poll, draft_poll, open_poll
from ..actions.planning import drop_plan, plan_poll
from ..events import PollOpened
from ..explaining.verdicts import AGREE, OPPOSE
from ..forms import AnnulForm, PlanForm, PollForm
from ..lifecycle import POLL
from ..listings import POLLS
from ..models import Poll
from ..policy import Can
from ..queries.counted import in_list
from ..queries.pages import poll_page, printed, topic_options
from ..queries.ties import tie_of
from ..receipts import read
from ..terms import terms_of
from ..words import Method, PollState, RollKind, Secrecy

routes = Routes("polls")
USUAL_DAYS, USUAL_HOUR = 7, 20
PLANNED_HOUR = 9


@routes.get("/polls", may=PUBLIC)
def index(actor: Actor) -> ResponseReturnValue:
    return listed(POLLS, actor, request.args, "voting/polls/index.html")


@routes.get("/topics/<int:topic_id>/polls/new", may=Can.DRAFT, of=Topic)
def new(actor: Actor, topic: Topic) -> ResponseReturnValue:
    evening = clock.at(actor.today + timedelta(days=USUAL_DAYS), USUAL_HOUR)
    form = PollForm(
        question=topic.title,
        options=[{"title": title} for title in topic_options(topic) or (AGREE, OPPOSE)],
        method=Method.PLURALITY.value,
        secrecy=Secrecy.SECRET.value,
        roll_kind=RollKind.MEMBERS.value,
        closes_at=evening,
    )
    return page("voting/polls/new.html", topic=topic, form=form)


@routes.post("/topics/<int:topic_id>/polls/new", may=Can.DRAFT, of=Topic)
def create(actor: Actor, topic: Topic) -> ResponseReturnValue:
    form = PollForm()
    if form.validate_on_submit():
        with form.catching():
            poll = draft_poll(actor, topic, once=form.once.data, **_typed(form))
            return go("polls.show", poll_id=poll.id)
    return page("voting/polls/new.html", 422, block="poll_form", topic=topic, form=form)


@routes.get("/polls/<int:poll_id>", may=Can.SEE, of=poll_page)
def show(actor: Actor, poll: Any) -> ResponseReturnValue:
    if access.may(actor, Can.SEE_RESULT, poll):
        return page("voting/polls/result.html", poll=poll, asked=_asked(poll), tie=tie_of(poll))
    if poll.state is PollState.DRAFT:
        unmet = POLL.unmet(actor, poll, PollOpened) if access.may(actor, Can.OPEN, poll) else ()
        return page("voting/polls/draft.html", poll=poll, roll_size=roll.size(poll, actor.today), unmet=unmet)
    return page("voting/polls/show.html", poll=poll, step="choose")


@routes.get("/polls/<int:poll_id>/edit", may=Can.AMEND, of=Poll)
def edit(actor: Actor, poll: Poll) -> ResponseReturnValue:
    stated = {name: value for name, value in terms_of(poll)._asdict().items() if value is not None}
    form = PollForm(obj=poll, data={"options": printed(poll.id), **stated})
    return page("voting/polls/edit.html", poll=poll, form=form)


@routes.post("/polls/<int:poll_id>/edit", may=Can.AMEND, of=Poll)
def update(actor: Actor, poll: Poll) -> ResponseReturnValue:
    form = PollForm()
    if form.validate_on_submit():
        with form.catching():
            amend_poll(actor, poll, **_typed(form))
            return go("polls.show", poll_id=poll.id)
    return page("voting/polls/edit.html", 422, block="poll_form", poll=poll, form=form)


@routes.post("/polls/<int:poll_id>/opening", may=Can.OPEN, of=Poll, back="polls.show")
def opening(actor: Actor, poll: Poll) -> ResponseReturnValue:
    open_poll(actor, poll)
    flash(_("表态开始了，名册上共 %(n)d 票。", n=poll.voters))
    return go("polls.show", poll_id=poll.id)


@routes.get("/polls/<int:poll_id>/plan", may=Can.PLAN, of=Poll)
def ask_plan(actor: Actor, poll: Poll) -> ResponseReturnValue:
    morning = clock.at(actor.today + timedelta(days=1), PLANNED_HOUR)
    return page("voting/polls/plan.html", poll=poll, form=PlanForm(opens_at=morning))


@routes.post("/polls/<int:poll_id>/plan", may=Can.PLAN, of=Poll)
def plan(actor: Actor, poll: Poll) -> ResponseReturnValue:
    form = PlanForm()
    if form.validate_on_submit():
        with form.catching(Conflict):
            assert form.opens_at.data is not None
            plan_poll(actor, poll, opens_at=form.opens_at.data)
            flash(_("到时候自动开始，大家现在就看得到。"))
            return go("polls.show", poll_id=poll.id)
    return page("voting/polls/plan.html", 422, block="plan_form", poll=poll, form=form)


@routes.post("/polls/<int:poll_id>/plan/dropping", may=Can.DROP_PLAN, of=Poll, back="polls.show")
def dropping(actor: Actor, poll: Poll) -> ResponseReturnValue:
    drop_plan(actor, poll)
    flash(_("定好的开始时间取消了。"))
    return go("polls.show", poll_id=poll.id)


@routes.post("/polls/<int:poll_id>/closure", may=Can.CLOSE, of=Poll, back="polls.show")
def closure(actor: Actor, poll: Poll) -> ResponseReturnValue:
    close_poll(actor, poll)
    return go("polls.show", poll_id=poll.id)


@routes.get("/polls/<int:poll_id>/annulment", may=Can.ANNUL, of=Poll)
def ask_annulment(actor: Actor, poll: Poll) -> ResponseReturnValue:
    return page("voting/polls/annul.html", poll=poll, form=AnnulForm())


@routes.post("/polls/<int:poll_id>/annulment", may=Can.ANNUL, of=Poll)
def annulment(actor: Actor, poll: Poll) -> ResponseReturnValue:
    form = AnnulForm()
    if not form.validate_on_submit():
        return page("voting/polls/annul.html", 422, block="annul_form", poll=poll, form=form)
    annul_poll(actor, poll, reason=form.reason.data)
    flash(_("草稿收起了。") if poll.state is PollState.PUT_AWAY else _("这次表态已经作废，票封存，不计票。"))
    return go("polls.show", poll_id=poll.id)


def _typed(form: PollForm) -> dict[str, Any]:
    return {
        "question": form.question.data,
        "options": form.written,
        "closes_at": form.closes_at.data,
        "method": Method(form.method.data),
        "terms": form.terms,
        "secrecy": Secrecy(form.secrecy.data),
        "roll_kind": RollKind(form.roll_kind.data),
    }


def _asked(poll: Any) -> tuple[str, bool] | None:
    """The receipt code somebody looks for and whether it is among the counted; None if nobody looks."""
    typed = request.args.get("code", "").strip()[:20]
    if not typed:
        return None
    code = read(typed)
    return code or typed, code is not None and in_list(poll, code)
