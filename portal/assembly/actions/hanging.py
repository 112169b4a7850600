"""Photographs of what hangs on the walls, often taken a day later."""

from collections.abc import Sequence

import sqlalchemy as sa

from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid, NotVisible
from ...core.eventlog import record
from ...core.files import MOST, Kept, StoredFile, attach
from ...core.text import _
from ..events import PostingPhotographed
from ..models.votes import OwnersVote, Posting
from ..policy import Can

MOST_PHOTOS = 5 * MOST
"""Of one posting: a wall at every entrance of an ordinary building."""


@action(Can.ORGANISE)
def photograph_posting(actor: Actor, vote: OwnersVote, *, posting_id: int, photos: Sequence[Kept]) -> None:
    """Keep photographs with a posting of this vote. Raises Invalid without any or with too many, NotVisible."""
    posting = db.session.scalar(
        sa.select(Posting).where(Posting.id == posting_id, Posting.vote_id == vote.id)
    )
    if posting is None:
        raise NotVisible()
    if not photos:
        raise Invalid(_("请先选照片。"), "photos")
    kept = sa.select(sa.func.count()).where(
        StoredFile.subject == f"vote_posting:{posting.id}", StoredFile.purpose == "photo"
    )
    if (db.session.scalar(kept) or 0) + len(photos) > MOST_PHOTOS:
        raise Invalid(_("一处公示最多存 %(most)d 张照片。", most=MOST_PHOTOS), "photos")
    attach(actor, posting, photos, "photo")
    record(actor, vote, PostingPhotographed(posting.id, len(photos)))
