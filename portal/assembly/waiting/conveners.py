"""What waits for conveners: drafts to go on with, rolls whose posting is over, notices to send."""

from datetime import timedelta
from typing import Any

from ...core import waiting
from ...core.access import Condition
from ...core.columns import Rows
from ...core.prepared import prepared
from ...core.text import N_
from ...core.waiting import NO_HOUR, NOW, Kind, hour, lines, those
from ..models.votes import OwnersVote
from ..policy import Can
from ..words import VoteState

LATE = hour(-timedelta(minutes=15))
"""A tick opens votes within minutes of their hour; after that somebody has to look."""


def _votes(kind: str, due: Any) -> Rows:
    return lines(
        kind, OwnersVote, title=OwnersVote.title, since=OwnersVote.moved_at, party="committee", due=due
    )


@prepared
def _drafts(mine: Condition) -> Rows:
    return _votes("owners_vote_draft", NO_HOUR).where(mine, OwnersVote.state == VoteState.DRAFT)


@prepared
def _to_freeze(mine: Condition) -> Rows:
    return _votes("owners_vote_freeze", OwnersVote.roll_until).where(
        mine, OwnersVote.state == VoteState.ROLL_POSTED, OwnersVote.roll_until <= NOW
    )


@prepared
def _to_announce(mine: Condition) -> Rows:
    return _votes("owners_vote_notice", OwnersVote.opens_at).where(mine, OwnersVote.state == VoteState.FROZEN)


@prepared
def _not_opened(mine: Condition) -> Rows:
    """Something stands in the way of the opening, or the portal was down at that hour."""
    return _votes("owners_vote_not_opened", OwnersVote.opens_at).where(
        mine, OwnersVote.state == VoteState.NOTICE, OwnersVote.opens_at <= LATE
    )


def _step(tag: str, verb: str, icon: str) -> Kind:
    return Kind(tag, verb, icon, "vote_steps.checklist", "owners_vote_id", False)


waiting.add(
    "owners_vote_draft",
    _step(N_("表决还没公示名册"), N_("接着办"), "pencil"),
    those(OwnersVote, Can.POST_ROLL, _drafts),
)
waiting.add(
    "owners_vote_freeze",
    _step(N_("名册公示期满"), N_("去确定"), "lock"),
    those(OwnersVote, Can.FREEZE, _to_freeze),
)
waiting.add(
    "owners_vote_notice",
    _step(N_("名册定了，等公告"), N_("去公告"), "megaphone"),
    those(OwnersVote, Can.NOTICE, _to_announce),
)
waiting.add(
    "owners_vote_not_opened",
    _step(N_("到了时间没有开始投票"), N_("看看为什么"), "hourglass"),
    those(OwnersVote, Can.POSTPONE, _not_opened),
)
