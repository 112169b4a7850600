"""Screening a topic, and asking for it once more."""

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions import screening as act
from ..forms import ReasonForm, ScreeningForm
from ..models import Topic
from ..policy import Can
from ..queries import others_to_merge_into, voices
from ..words import Verdict

routes = Routes("screening")


@routes.post("/topics/<int:topic_id>/taking-up", may=Can.TAKE_UP, of=Topic, back="topics.show")
def take_up(actor: Actor, topic: Topic) -> ResponseReturnValue:
    act.take_up(actor, topic)
    return go("screening.new", topic_id=topic.id)


@routes.get("/topics/<int:topic_id>/screening", may=Can.SCREEN, of=Topic)
def new(actor: Actor, topic: Topic) -> ResponseReturnValue:
    form = ScreeningForm(others_to_merge_into(actor, topic))
    return _screening(topic, form)


@routes.post("/topics/<int:topic_id>/screening", may=Can.SCREEN, of=Topic)
def create(actor: Actor, topic: Topic) -> ResponseReturnValue:
    form = ScreeningForm(others_to_merge_into(actor, topic))
    if form.validate_on_submit():
        with form.catching():
            _screen(actor, topic, form)
            flash(_("已经答复提出人。"))
            return go("topics.show", topic_id=topic.id)
    return _screening(topic, form, 422)


def _screening(topic: Topic, form: ScreeningForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "councils/screening/new.html",
        status,
        block="screening_form",
        topic=topic,
        form=form,
        voices=voices(topic),
    )


@routes.get("/topics/<int:topic_id>/reopening", may=Can.REOPEN, of=Topic)
def ask_again(actor: Actor, topic: Topic) -> ResponseReturnValue:
    return page("councils/screening/again.html", topic=topic, form=ReasonForm())


@routes.post("/topics/<int:topic_id>/reopening", may=Can.REOPEN, of=Topic)
def reopen(actor: Actor, topic: Topic) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate_on_submit():
        return page("councils/screening/again.html", 422, block="again_form", topic=topic, form=form)
    act.reopen_topic(actor, topic, reason=form.reason.data)
    return go("topics.show", topic_id=topic.id)


def _screen(actor: Actor, topic: Topic, form: ScreeningForm) -> None:
    reason, verdict = form.reason.data, Verdict(form.verdict.data)
    if verdict is Verdict.ACCEPT:
        act.accept_topic(actor, topic, reason=reason)
    elif verdict is Verdict.DECLINE:
        act.decline_topic(actor, topic, reason=reason)
    elif verdict is Verdict.REFER:
        act.refer_topic(actor, topic, reason=reason, referred_to=form.referred_to.data)
    else:
        act.merge_topic(actor, topic, into=visible(actor, Topic, form.into_id.data), reason=reason)
