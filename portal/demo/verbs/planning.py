"""The drafts of a plan, and what became of opinions."""

from secrets import token_hex

from ...core.actor import Actor
from ...discussion.words import Uptake
from ...plans import actions
from ..sources import Fields
from ..told import Told, TopicTold


def draft(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    cost = step.get("cost_yuan")
    actions.publish_draft(
        actor,
        of.topic,
        body=step["text"],
        changes=step.get("changes", ""),
        cost=cost * 100 if cost is not None else None,
        after=of.drafts,
        once=token_hex(8),
    )
    of.drafts += 1


def answer(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    answers = {
        of.comments[id].id: actions.Answer(Uptake(said["uptake"]), said.get("reason", ""))
        for id, said in step["to"].items()
    }
    actions.answer_opinions(actor, of.topic, answers=answers, after=of.drafts)
