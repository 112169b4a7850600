"""What is said about a topic, and what is done about it."""

from secrets import token_hex

from ...core.actor import Actor
from ...discussion.actions import moderating, reporting, speaking
from ...discussion.words import Reason
from ..sources import Fields
from ..told import Told, TopicTold, VoteTold


def comment(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    answered = of.comments[step["reply_to"]].id if "reply_to" in step else None
    of.comments[step["id"]] = speaking.speak(
        actor, of.topic, body=step["body"], once=token_hex(8), reply_to_id=answered
    )


def on_vote(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    answered = of.comments[step["reply_to"]].id if "reply_to" in step else None
    of.comments[step["id"]] = speaking.speak(
        actor, of.vote, body=step["body"], once=token_hex(8), reply_to_id=answered
    )


def agree(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    speaking.agree(actor, of.comments[step["to"]])


def report(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    reporting.report_comment(actor, of.comments[step["id"]], reason=Reason(step["rule"]), note=step["reason"])


def hide(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    moderating.hide_comment(actor, of.comments[step["id"]], reason=Reason(step["rule"]), note=step["reason"])
