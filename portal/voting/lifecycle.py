"""How a poll moves. The hour is a column that guards read, never a state."""

from collections.abc import Iterable

from ..core import clock
from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Unmet
from ..core.lifecycle import Lifecycle, Move
from ..core.text import _
from ..councils.models import Topic
from ..councils.words import TopicState
from . import events as e
from . import roll
from .models import Poll
from .policy import Can
from .rules import in_time
from .words import PollState

S = PollState


def hour_ahead(poll: Poll, _actor: Actor) -> Iterable[Unmet]:
    """A poll that would be over at once is not opened."""
    if not in_time(clock.now(), poll.closes_at):
        yield Unmet(_("截止时间已经过了，请先改一个时间。"), f"/polls/{poll.id}/edit")


def at_the_table(poll: Poll, _actor: Actor) -> Iterable[Unmet]:
    """A topic that is voted on already, or was settled meanwhile, is not put to the vote."""
    topic = db.session.get(Topic, poll.topic_id) if poll.topic_id is not None else None
    if topic is not None and topic.state is not TopicState.DELIBERATING:
        yield Unmet(_("议题现在不在协商这一站，不能开始表态。"), f"/topics/{poll.topic_id}")


def somebody_asked(poll: Poll, actor: Actor) -> Iterable[Unmet]:
    """By the roll if it is frozen already, else by what it would be today."""
    if not (poll.voters or roll.size(poll, actor.today)):
        yield Unmet(_("名册上一个人也没有，请换一种名册，或先登记住户和席位。"), f"/polls/{poll.id}/edit")


BEFORE_OPENING = (hour_ahead, at_the_table, somebody_asked)


def hour_passed(poll: Poll, _actor: Actor) -> Iterable[Unmet]:
    """Nobody closes a poll early."""
    if in_time(clock.now(), poll.closes_at):
        yield Unmet(_("还没到截止时间，不能提前截止。"))


POLL = Lifecycle(
    Poll,
    PollState,
    Move(e.PollOpened, Can.OPEN, (S.DRAFT,), S.OPEN, BEFORE_OPENING),
    Move(e.PollClosed, Can.CLOSE, (S.OPEN,), S.CLOSED, (hour_passed,)),
    Move(e.PollCertified, Can.CERTIFY, (S.CLOSED,), S.CERTIFIED),
    Move(e.PollAnnulled, Can.ANNUL, (S.OPEN, S.CLOSED), S.ANNULLED),
    Move(e.PollPutAway, Can.ANNUL, (S.DRAFT,), S.PUT_AWAY),
)
