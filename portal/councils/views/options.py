"""Ways to settle a topic: adding one while it is talked about, and mending what is said of one."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import NotVisible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import queries
from ..actions.raising import OptionDraft, put_option
from ..forms import OptionForm
from ..models import Topic
from ..policy import Can

routes = Routes("topic_options")
NEW = "/topics/<int:topic_id>/options/new"
EDIT = "/topics/<int:topic_id>/options/<int:position>/edit"


@routes.get(NEW, may=Can.SET_OPTIONS, of=Topic)
def new(actor: Actor, topic: Topic) -> ResponseReturnValue:
    return _asked(topic, OptionForm(), None)


@routes.post(NEW, may=Can.SET_OPTIONS, of=Topic)
def create(actor: Actor, topic: Topic) -> ResponseReturnValue:
    return _put(actor, topic, None)


@routes.get(EDIT, may=Can.SET_OPTIONS, of=Topic)
def edit(actor: Actor, topic: Topic, position: int) -> ResponseReturnValue:
    known = queries.options_of(topic.id)
    if position >= len(known):
        raise NotVisible()
    return _asked(topic, OptionForm(**known[position]._asdict()), position)


@routes.post(EDIT, may=Can.SET_OPTIONS, of=Topic)
def update(actor: Actor, topic: Topic, position: int) -> ResponseReturnValue:
    return _put(actor, topic, position)


def _put(actor: Actor, topic: Topic, position: int | None) -> ResponseReturnValue:
    form = OptionForm()
    if form.validate_on_submit():
        option = OptionDraft(form.title.data, form.body.data, form.cost.data, form.pros.data, form.cons.data)
        with form.catching():
            put_option(actor, topic, option=option, position=position)
            flash(_("方案写好了，大家可以比。"))
            return go("topics.show", topic_id=topic.id)
    return _asked(topic, form, position, 422)


def _asked(topic: Any, form: OptionForm, position: int | None, status: int = 200) -> ResponseReturnValue:
    given = {"topic": topic, "form": form, "position": position}
    return page("councils/options/edit.html", status, block="option_form", **given)
