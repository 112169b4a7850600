"""The pages of a plan: its drafts, and the opinions with what became of them."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ..core import access
from ..core.actor import Actor
from ..core.errors import Conflict, NotVisible
from ..core.exports import listed
from ..core.pages import go, page
from ..core.routing import Routes
from ..core.text import _, choices
from ..councils.models import Topic
from ..councils.policy import Can as Council
from ..discussion.words import UPTAKE_WORD, Uptake
from . import queries, rules
from .actions import Answer, answer_opinions, publish_draft
from .forms import AnswersForm, DraftForm
from .listings import opinions_on
from .policy import Can

routes = Routes("plans")


@routes.get("/topics/<int:topic_id>/drafts", may=Council.SEE, of=Topic)
def index(actor: Actor, topic: Topic) -> ResponseReturnValue:
    """The newest draft and the list of all."""
    return _shown(actor, topic, 0)


@routes.get("/topics/<int:topic_id>/drafts/<int:number>", may=Council.SEE, of=Topic)
def show(actor: Actor, topic: Topic, number: int) -> ResponseReturnValue:
    return _shown(actor, topic, number)


@routes.get("/topics/<int:topic_id>/drafts/new", may=Can.WRITE, of=Topic)
def new(actor: Actor, topic: Topic) -> ResponseReturnValue:
    latest = next(iter(queries.drafts(topic.id)), None)
    given = {"body": latest.body, "cost": latest.cost, "after": latest.number} if latest else {"after": 0}
    return _writing(topic, DraftForm(**given))


@routes.post("/topics/<int:topic_id>/drafts/new", may=Can.WRITE, of=Topic)
def create(actor: Actor, topic: Topic) -> ResponseReturnValue:
    form = DraftForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="body"):
            draft = publish_draft(
                actor,
                topic,
                body=form.body.data,
                changes=form.changes.data,
                cost=form.cost.data,
                after=form.after.data,
                once=form.once.data,
            )
            flash(_("方案第 %(number)d 稿已经公布。接着答复大家的意见。", number=draft.number))
            return go("plans.opinions", topic_id=topic.id)
    return _writing(topic, form, 422)


@routes.get("/topics/<int:topic_id>/opinions", may=Council.SEE, of=Topic)
def opinions(actor: Actor, topic: Topic) -> ResponseReturnValue:
    return _answering(actor, topic, None)


@routes.post("/topics/<int:topic_id>/opinions", may=Can.WRITE, of=Topic)
def answer(actor: Actor, topic: Topic) -> ResponseReturnValue:
    form = AnswersForm()
    if form.validate_on_submit():
        with form.catching(Conflict):
            changed = answer_opinions(actor, topic, answers=_answers(form), after=form.after.data)
            flash(_("答复了 %(n)s 条意见。", n=changed))
            return go("plans.opinions", topic_id=topic.id, **_asked())
    return _answering(actor, topic, form, 422)


def _answers(form: AnswersForm) -> dict[int, Answer]:
    """What was chosen, by comment."""
    rows = [part.data for part in form.answers]
    return {r["comment"]: Answer(Uptake(r["uptake"]), r["reason"]) for r in rows if r["uptake"]}


def _problems(form: AnswersForm) -> list[tuple[str, str]]:
    """What is wrong, each with the id of its control."""
    fields = [field for part in form.answers for field in (part.form.uptake, part.form.reason)]
    return [(f.id, e) for f in fields for e in f.errors] + [("", e) for e in form.form_errors]


def _asked() -> dict[str, str]:
    return {k: v for k, v in request.args.items() if k in ("uptake", "q", "sort", "after", "before")}


def _shown(actor: Actor, topic: Topic, number: int) -> ResponseReturnValue:
    drafts = queries.drafts(topic.id)
    shown = next((d for d in drafts if d.number == number), None) if number else next(iter(drafts), None)
    if number and shown is None:
        raise NotVisible()
    before: Any = shown and next((d for d in drafts if d.number == shown.number - 1), None)
    pieces = rules.compare(before.body, shown.body) if shown and before else []
    return page("plans/drafts/show.html", topic=topic, drafts=drafts, shown_draft=shown, pieces=pieces)


def _writing(topic: Topic, form: DraftForm, status: int = 200) -> ResponseReturnValue:
    return page("plans/drafts/new.html", status, block="draft_form", topic=topic, form=form)


def _answering(
    actor: Actor, topic: Topic, form: AnswersForm | None, status: int = 200
) -> ResponseReturnValue:
    """The list; for those who answer, each row with its fields. `form` only when it came back with errors."""
    given = {
        "topic": topic,
        "form": form,
        "typed": {part.form.comment.data: part.form for part in form.answers} if form else {},
        "problems": _problems(form) if form else [],
        "newest": next((d.number for d in queries.drafts(topic.id)), 0),
        "uptakes": [("", _("还没答复")), *choices(UPTAKE_WORD)],
        "writes": bool(access.may(actor, Can.WRITE, topic)),
    }
    listing, template = opinions_on(topic), "plans/opinions/index.html"
    if form is None:
        return listed(listing, actor, request.args, template, **given)
    return page(template, status, block="opinion_list", list=listing.read(actor, request.args), **given)
