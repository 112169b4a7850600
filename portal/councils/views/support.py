"""Endorsing a topic and leaning towards an option."""

from flask import request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.numbers import row_number
from ...core.pages import go
from ...core.routing import Routes
from ..actions.support import endorse, lean, withdraw_endorsement
from ..models import Topic
from ..policy import Can

routes = Routes("support")


@routes.post("/topics/<int:topic_id>/endorsement", may=Can.ENDORSE, of=Topic, back="topics.show")
def endorsement(actor: Actor, topic: Topic) -> ResponseReturnValue:
    if request.form.get("withdraw"):
        withdraw_endorsement(actor, topic)
    else:
        endorse(actor, topic)
    return go("topics.show", topic_id=topic.id, anchor="endorsements")


@routes.post("/topics/<int:topic_id>/leaning", may=Can.LEAN, of=Topic, back="topics.show")
def leaning(actor: Actor, topic: Topic) -> ResponseReturnValue:
    lean(actor, topic, option_id=row_number(request.form.get("option")) or 0)
    return go("topics.show", topic_id=topic.id, anchor="options")
