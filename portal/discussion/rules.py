"""The numbers of a discussion and the pure questions about a text."""

from datetime import timedelta

from ..core.text import N_
from .words import Reason, Uptake

MOST = 500
"""Characters of a comment."""
NOTE_MOST = 300
"""Characters of a note, an appeal or a ruling."""
EDITABLE = timedelta(minutes=15)
"""How long an author may mend his words."""
REPORTS_NEEDED = 3
"""Different people whose reports bring a comment to the moderators."""
URGENT = (Reason.PERSONAL_DATA, Reason.ILLEGAL)
"""Reasons for which one report is enough: a neighbour's phone number must not wait for two more readers."""
LOOK_WITHIN = timedelta(hours=24)
"""How soon moderators look at a reported comment."""
RULE_WITHIN = timedelta(days=3)
"""How soon an appeal is ruled on."""
PACE = (10, 600)
"""Comments a person may make in so many seconds."""
FIRST = 4
"""Comments of each party on a subject's page."""
REPLIES = 2
"""Replies shown under a comment; the rest is on the page of the thread."""
PAGE = 30
"""Comments on a page of one party, and replies on the page of a thread."""


def needs_moderator(open_reports: int, reason: Reason) -> bool:
    """Whether a comment with so many open reports, the last for `reason`, waits for a moderator."""
    return open_reports >= REPORTS_NEEDED or reason in URGENT


def taken_up(replies: int, agreements: int, uptake: Uptake | str | None) -> bool:
    """Whether others have answered or agreed; from then on the words stand, since their answers are read with them."""
    return replies > 0 or agreements > 0 or uptake is not None


def reason_missing(uptake: Uptake, reason: str) -> str:
    """The sentence to show if an answer to an opinion lacks its reason; only what was adopted whole needs none."""
    return (
        ""
        if uptake is Uptake.ADOPTED or reason.strip()
        else N_("没有全部采纳的，请写一句理由，提的人会看到。")
    )
