"""What is said about a topic, and what is done about it."""

from secrets import token_hex

from ...core.actor import Actor
from ...core.db import db
from ...discussion.actions import moderating, reporting, speaking
from ...discussion.models import Comment
from ...discussion.words import Reason
from ..sources import Fields
from ..told import Told, TopicTold


def comment(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    answered = of.comments[step["reply_to"]] if "reply_to" in step else None
    said = speaking.speak(actor, of.topic, body=step["body"], once=token_hex(8), reply_to_id=answered)
    of.comments[step["id"]] = said.id


def report(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    reporting.report_comment(actor, _comment(of, step), reason=Reason(step["rule"]), note=step["reason"])


def hide(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    moderating.hide_comment(actor, _comment(of, step), reason=Reason(step["rule"]), note=step["reason"])


def _comment(of: TopicTold, step: Fields) -> Comment:
    return db.session.get_one(Comment, of.comments[step["id"]])
