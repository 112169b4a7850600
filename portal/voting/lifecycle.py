"""How a poll moves. The hour is a column that guards read, never a state."""

from collections.abc import Iterable

from ..core import clock
from ..core.actor import Actor
from ..core.errors import Unmet
from ..core.lifecycle import Lifecycle, Move
from ..core.text import _
from . import events as e
from .models import Poll
from .policy import Can
from .rules import in_time
from .words import PollState

S = PollState


def hour_ahead(poll: Poll, _actor: Actor) -> Iterable[Unmet]:
    """A poll that would be over at once is not opened."""
    if not in_time(clock.now(), poll.closes_at):
        yield Unmet(_("截止时间已经过了，请先改一个时间。"), f"/polls/{poll.id}/edit")


def hour_passed(poll: Poll, _actor: Actor) -> Iterable[Unmet]:
    """Nobody closes a poll early."""
    if in_time(clock.now(), poll.closes_at):
        yield Unmet(_("还没到截止时间，不能提前截止。"))


POLL = Lifecycle(
    Poll,
    PollState,
    Move(e.PollOpened, Can.OPEN, (S.DRAFT,), S.OPEN, (hour_ahead,)),
    Move(e.PollClosed, Can.CLOSE, (S.OPEN,), S.CLOSED, (hour_passed,)),
    Move(e.PollCertified, Can.CERTIFY, (S.CLOSED,), S.CERTIFIED),
    Move(e.PollAnnulled, Can.ANNUL, (S.OPEN, S.CLOSED), S.ANNULLED),
    Move(e.PollPutAway, Can.ANNUL, (S.DRAFT,), S.PUT_AWAY),
)
