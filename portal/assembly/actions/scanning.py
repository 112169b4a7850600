"""Pictures of papers as they came out of the box, and of doors where a paper was left or refused."""

from collections.abc import Sequence

import sqlalchemy as sa

from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotVisible
from ...core.eventlog import record
from ...core.files import MOST, Kept, attach, stored
from ...core.text import _
from ..events import BatchScanned, DeliveryPhotographed
from ..models.papers import Batch, Slip
from ..models.reaching import Delivery
from ..models.votes import OwnersVote
from ..policy import Can
from .batching import LARGEST
from .settling import TAKEN

MOST_SCANS = LARGEST
"""Of one batch: a picture a paper."""


@action(Can.SCAN_BATCH)
def keep_scans(
    actor: Actor, batch: Batch, *, scans: Sequence[Kept], voter_id: int | None = None, nth: int = 0
) -> int:
    """Keep pictures of the papers of a batch, whether it is still read in or lies in the box; how many. The same
    picture again is kept once. With `voter_id` the first is that of this one paper. Raises Invalid without any or with
    too many, NotVisible for a paper that is not in the batch, Conflict once the count has begun."""
    vote = lock(db.session.get_one(OwnersVote, batch.vote_id), share=True)
    if vote.state not in TAKEN:
        raise Conflict(_("已经开始计票，不能再放扫描件。"))
    new = _new(batch, scans, MOST_SCANS, "scans")
    if voter_id is not None:
        slip = db.session.get(Slip, (batch.id, voter_id, nth))
        if slip is None:
            raise NotVisible()
        slip.scan = scans[0].digest
    if new:
        attach(actor, batch, new, "scan")
        record(actor, batch, BatchScanned(batch.id, len(new)))
    return len(new)


@action(Can.PHOTOGRAPH_DELIVERY)
def photograph_delivery(actor: Actor, vote: OwnersVote, *, delivery_id: int, photos: Sequence[Kept]) -> int:
    """Keep pictures with an attempt of this vote that was entered before; how many. Raises Invalid without any or with
    too many, NotVisible."""
    delivery = db.session.scalar(
        sa.select(Delivery).where(Delivery.id == delivery_id, Delivery.vote_id == vote.id)
    )
    if delivery is None:
        raise NotVisible()
    new = _new(delivery, photos, MOST, "photos")
    if new:
        attach(actor, delivery, new, "photo")
        record(actor, vote, DeliveryPhotographed(delivery.id, len(new)))
    return len(new)


def _new(subject: Batch | Delivery, pictures: Sequence[Kept], most: int, field: str) -> list[Kept]:
    """Those that the subject does not have yet."""
    if not pictures:
        raise Invalid(_("请先选照片或 PDF。"), field)
    there = stored(subject)
    new = {kept.digest: kept for kept in reversed(pictures) if kept.digest not in there}
    if len(there) + len(new) > most:
        raise Invalid(_("这里最多存 %(most)d 份。", most=most), field)
    return list(reversed(new.values()))
