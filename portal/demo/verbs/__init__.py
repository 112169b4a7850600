"""The verbs of the stories, one feature a file. Each does what a person would do: it calls the action.

`VERBS` is the whole vocabulary of topics, `VOTE_VERBS` that of owners' votes; a verb of README.md that is missing here
is a feature that is not there yet.
"""

from collections.abc import Callable, Mapping

from ...core.actor import Actor
from ..sources import Fields
from ..told import Told, TopicTold, VoteTold
from . import (
    convening,
    counting,
    decisions,
    electing,
    owner_ballots,
    owner_papers,
    planning,
    projects,
    raising,
    reaching,
    responses,
    roll,
    screening,
    talk,
    voting,
)

Verb = Callable[[Told, TopicTold, Actor, Fields], None]
"""(all that was told, this topic, who does it, the step)."""
VoteVerb = Callable[[Told, VoteTold, Actor, Fields], None]

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
    "draft_plan": planning.draft,
    "answer_opinions": planning.answer,
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
    "close_project": projects.close,
}

VOTE_VERBS: Mapping[str, VoteVerb] = {
    "draft_vote": convening.draft,
    "post_roll": roll.post,
    "object_to_roll": roll.object_to,
    "answer_owner": convening.answer,
    "speak": talk.on_vote,
    "mend_title": roll.mend_title,
    "claim_title": roll.claim_title,
    "amend_roll": roll.amend,
    "freeze_roll": roll.freeze,
    "stand": electing.stand,
    "nominate": electing.nominate,
    "agree_to_stand": electing.agree,
    "qualify": electing.qualify,
    "object_to_candidate": electing.object_to,
    "call_round": electing.call_round,
    "official": electing.official,
    "announce": convening.announce,
    "extend": convening.extend,
    "assign_visits": reaching.assign,
    "deliver": reaching.deliver,
    "read_notice": reaching.read,
    "ballot": owner_ballots.cast,
    "give_letter": owner_ballots.give_letter,
    "review_letter": owner_ballots.review_letter,
    "ballot_by_letter": owner_ballots.cast_by_letter,
    "papers": owner_papers.enter,
    "check_papers": owner_papers.check,
    "seal_box": owner_papers.seal,
    "count_box": owner_papers.count_again,
    "name_counters": counting.name,
    "plan_count": counting.plan,
    "count": counting.count,
    "sign": counting.sign,
    "post_result": counting.post,
    "object_to_result": counting.object_to,
    "certify": counting.certify,
    "archive": counting.archive,
}
