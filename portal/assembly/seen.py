"""What somebody had before him when he pressed: two people at two screens do not take the same step twice, and nobody
signs a count that was made anew behind his back."""

from typing import Any

from ..core.errors import Conflict, Unmet
from ..core.text import _
from .models.votes import OwnersVote


def stamp(vote: Any) -> str:
    """Of a vote (or the row of its page) as it stands; another one after every step, extension and recount."""
    return str(vote.moved_at.isoformat())


def require_seen(vote: OwnersVote, seen: str) -> None:
    """Raises Conflict if a step was taken since the page with the stamp `seen` was made. "": nobody looked at a
    page."""
    if seen and seen != stamp(vote):
        sentence = _("刚刚有别人办过一步，这一页已经旧了。请看看现在的样子，再决定要不要办。")
        raise Conflict(Unmet(sentence, f"/owners-votes/{vote.id}"))
