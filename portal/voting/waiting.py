"""What waits in voting: my paper; for the desk, polls to close and results to certify."""

import sqlalchemy as sa

from ..core import waiting
from ..core.access import Condition
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import ME, NOW, Kind, lines, those
from .models import Participation, Poll, PollVoter
from .policy import Can
from .words import PollState


def _polls(kind: str, party: str) -> Rows:
    return lines(kind, Poll, title=Poll.question, since=Poll.moved_at, party=party, due=Poll.closes_at)


@prepared
def _to_vote(mine: Condition) -> Rows:
    """Open polls whose roll I am on and in which neither I nor my household has voted."""
    at_home = sa.select(PollVoter.household_id).where(
        PollVoter.poll_id == Participation.poll_id, PollVoter.user_id == ME
    )
    voted = sa.select(Participation.poll_id).where(
        Participation.poll_id == Poll.id,
        sa.or_(Participation.user_id == ME, Participation.household_id.in_(at_home)),
    )
    return _polls("vote", "resident").where(mine, ~voted.exists())


@prepared
def _to_open(mine: Condition) -> Rows:
    """The hour that was told has come, and something kept it from opening."""
    return lines(
        "open_poll", Poll, title=Poll.question, since=Poll.moved_at, party="community", due=Poll.opens_at
    ).where(mine, Poll.opens_at <= NOW)


@prepared
def _to_close(mine: Condition) -> Rows:
    return _polls("close_poll", "community").where(mine)


@prepared
def _to_certify(mine: Condition) -> Rows:
    return _polls("certify_poll", "community").where(mine, Poll.state == PollState.CLOSED)


waiting.add(
    "vote",
    Kind(N_("请您投票"), N_("去投票"), "vote", "polls.show", "poll_id", True),
    those(Poll, Can.CAST, _to_vote),
)
waiting.add(
    "open_poll",
    Kind(N_("表态该开始了"), N_("去看看"), "vote", "polls.show", "poll_id", False),
    those(Poll, Can.OPEN, _to_open),
)
waiting.add(
    "close_poll",
    Kind(N_("表态到时间了"), N_("去计票"), "hourglass", "polls.show", "poll_id", False),
    those(Poll, Can.CLOSE, _to_close),
)
waiting.add(
    "certify_poll",
    Kind(N_("表态等核定"), N_("去核定"), "badge-check", "results.ask", "poll_id", False),
    those(Poll, Can.CERTIFY, _to_certify),
)
