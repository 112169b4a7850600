"""How a decision moves. The end of the posting is a column that guards read, never a state."""

from collections.abc import Iterable

from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Unmet
from ..core.lifecycle import Lifecycle, Move
from ..core.text import _
from ..councils.models import Topic
from ..councils.words import TopicState
from . import events as e
from .models import Decision
from .policy import Can
from .words import DecisionState

S = DecisionState


def posting_over(decision: Decision, actor: Actor) -> Iterable[Unmet]:
    """No decision takes effect while it hangs out."""
    if decision.posted_until is None or actor.now < decision.posted_until:
        yield Unmet(_("公示期还没满，不能提前生效。"))


def effect_due(decision: Decision, actor: Actor) -> Iterable[Unmet]:
    """Nor before the day it names."""
    if actor.now < decision.effect_from:
        yield Unmet(_("还没到决定里写的生效时间。"))


def objections_answered(decision: Decision, _actor: Actor) -> Iterable[Unmet]:
    """Every objection is answered first, however long that takes."""
    if decision.objections_open:
        yield Unmet(
            _("还有 %(n)d 条异议没有答复，答复完才能生效。", n=decision.objections_open),
            f"/decisions/{decision.id}#objections",
        )


def no_work_begun(decision: Decision, _actor: Actor) -> Iterable[Unmet]:
    """What is being built is stopped first, where the reason and the money are told."""
    topic = db.session.get(Topic, decision.topic_id) if decision.topic_id else None
    if topic and topic.state in (TopicState.CARRIED_OUT, TopicState.RATING):
        yield Unmet(_("按这个决定已经开工，请先把项目停下来，说明原因和账目。"), f"/topics/{topic.id}")


DECISION = Lifecycle(
    Decision,
    DecisionState,
    Move(e.DecisionPosted, Can.POST, (S.DRAFT,), S.POSTED),
    Move(
        e.DecisionTookEffect,
        Can.TAKE_EFFECT,
        (S.POSTED,),
        S.EFFECTIVE,
        (posting_over, effect_due, objections_answered),
    ),
    Move(e.DecisionRevoked, Can.REVOKE, (S.DRAFT, S.POSTED, S.EFFECTIVE), S.REVOKED, (no_work_begun,)),
)
