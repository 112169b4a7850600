"""The verbs of the stories, one feature a file. Each does what a person would do: it calls the action.

`VERBS` is the whole vocabulary; a verb of README.md that is missing here is a feature that is not there yet.
"""

from collections.abc import Callable, Mapping

from ...core.actor import Actor
from ..sources import Fields
from ..told import Told, TopicTold
from . import decisions, projects, raising, responses, screening, talk, voting

Verb = Callable[[Told, TopicTold, Actor, Fields], None]
"""(all that was told, this topic, who does it, the step)."""

VERBS: Mapping[str, Verb] = {
    "raise": raising.raise_topic,
    "endorse": raising.endorse,
    "lean": raising.lean,
    "accept": screening.accept,
    "decline": screening.decline,
    "merge": screening.merge,
    "refer": screening.refer,
    "ask": responses.ask,
    "respond": responses.respond,
    "rate_response": responses.rate,
    "comment": talk.comment,
    "agree": talk.agree,
    "report_comment": talk.report,
    "hide_comment": talk.hide,
    "open_poll": voting.open_poll,
    "vote": voting.vote,
    "close_poll": voting.close_poll,
    "decide": decisions.decide,
    "publish": decisions.publish,
    "object": decisions.object_to,
    "answer_objection": decisions.answer,
    "start_project": projects.start,
    "update": projects.update,
    "spend": projects.spend,
    "milestone_done": projects.finish_milestone,
    "delay": projects.delay,
    "accept_project": projects.accept,
    "rate_project": projects.rate,
}
