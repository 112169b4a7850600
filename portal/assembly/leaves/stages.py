"""Where an owners' vote is, as its pages ask; the states behind a question stand here once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ..situation import within
from ..stages import BEFORE_NOTICE, PREPARED, SIGNING, VOTING
from ..words import RESULT_POSTED, VoteState

S = VoteState


def vote_takes_ballots(vote: Any, now: datetime) -> bool:
    """`vote|vote_takes_ballots(now)`: open, and its hour has not come; a tick closes it minutes later."""
    return bool(vote.state == S.OPEN and now < vote.closes_at)


def vote_before_close(vote: Any) -> bool:
    """Announced, and its hour has not come: letters of authority are looked at and taken back, and homes that changed
    hands are entered. Those actions ask the same (`within`)."""
    return within(vote, VOTING)


def _in(*states: VoteState) -> Callable[[str], bool]:
    return frozenset(states).__contains__


FILTERS: dict[str, Callable[..., Any]] = {
    "vote_takes_ballots": vote_takes_ballots,
    "vote_before_close": vote_before_close,
    "vote_prepared": _in(*PREPARED),
    "vote_before_notice": _in(*BEFORE_NOTICE),
    "vote_announced": _in(*VOTING),
    "vote_under_way": _in(S.OPEN, S.CLOSED, S.COUNTING),
    "vote_awaits_result": _in(S.CLOSED, S.COUNTING),
    "vote_signed_now": _in(*SIGNING),
    "vote_hangs_out": _in(S.ROLL_POSTED, S.PRELIMINARY),
    "vote_result_posted": _in(*RESULT_POSTED),
    "vote_result_final": _in(S.FINAL, S.ARCHIVED),
}
