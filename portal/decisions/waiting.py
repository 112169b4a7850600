"""What waits around decisions: topics that were settled, decisions to post, objections to answer."""

import sqlalchemy as sa

from ..core import waiting
from ..core.access import Condition
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import Kind, lines, those
from ..councils.models import Topic
from ..councils.words import TopicState
from .models import Decision, Objection
from .policy import Can
from .words import DecisionState


@prepared
def _to_record(mine: Condition) -> Rows:
    """Topics that were settled by a vote and whose decision nobody has written down."""
    written = sa.exists().where(Decision.topic_id == Topic.id, Decision.state != DecisionState.REVOKED)
    return lines("record_decision", Topic, title=Topic.title, since=Topic.moved_at, due=Topic.due_at).where(
        mine, Topic.state == TopicState.DECIDED, ~written
    )


@prepared
def _to_post(mine: Condition) -> Rows:
    return lines(
        "post_decision", Decision, title=Decision.title, since=Decision.recorded_at, due=Decision.effect_from
    ).where(mine)


@prepared
def _to_answer(mine: Condition) -> Rows:
    return (
        lines(
            "answer_objection",
            Objection,
            title=Decision.title,
            since=Objection.raised_at,
            due=Decision.posted_until,
        )
        .join(Decision, Decision.id == Objection.decision_id)
        .where(
            mine,
            Decision.state == DecisionState.POSTED,
        )
    )


waiting.add(
    "record_decision",
    Kind(N_("请您记下决定"), N_("去记下"), "scale", "decisions.new_for_topic", "topic_id", False),
    those(Topic, Can.RECORD, _to_record),
)
waiting.add(
    "post_decision",
    Kind(N_("等您公示"), N_("去公示"), "megaphone", "posting.new", "decision_id", False),
    those(Decision, Can.POST, _to_post),
)
waiting.add(
    "answer_objection",
    Kind(N_("异议等您答复"), N_("去答复"), "reply", "objections.answer", "objection_id", False),
    those(Objection, Can.ANSWER, _to_answer),
)
