"""Hanging out: what was put on which walls until when, with photographs; part of an action."""

from collections.abc import Sequence
from datetime import datetime

from ..core.actions import store
from ..core.actor import Actor
from ..core.errors import Invalid
from ..core.files import HTML, Kept, attach, keep_text
from ..core.text import _
from .models.votes import OwnersVote, Posting
from .prints import as_posted
from .queries.hung import KEPT
from .queries.prints import ROWS
from .words import PostingKind


def hang_out(
    actor: Actor,
    vote: OwnersVote,
    kind: PostingKind,
    *,
    where: str,
    until: datetime | None = None,
    reason: str = "",
    photos: Sequence[Kept] = (),
) -> Posting:
    """State that something was hung out, and keep it in the words it had, for what the vote says later may be another.

    Raises Invalid without the place: a posting that nobody can find is none.
    """
    if not where.strip():
        raise Invalid(_("请写张贴在哪里，例如各单元门口和东门公告栏。"), "where")
    assert actor.id is not None
    posting = Posting(
        vote_id=vote.id,
        place_path=vote.place_path,
        kind=kind,
        where=where.strip(),
        reason=reason.strip(),
        roll_version=vote.roll_version,
        until=until,
        by_id=actor.id,
        at=actor.now,
    )
    store(posting)
    attach(actor, posting, photos, "photo")
    attach(actor, posting, _in_its_words(actor, vote, kind), KEPT)
    return posting


def _in_its_words(actor: Actor, vote: OwnersVote, kind: PostingKind) -> list[Kept]:
    """The page that hangs there; of a roll only as far as it is a few sheets, for its file is kept with its version."""
    if kind is PostingKind.ROLL and vote.units > ROWS:
        return []
    return [keep_text(as_posted(actor, vote, kind), f"{kind.value}.html", HTML)]
