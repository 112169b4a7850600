"""After the count: posting the preliminary result, certifying it, closing the file."""

from collections.abc import Sequence

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.digests import digest
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.files import Kept
from ...core.text import _
from ...councils.actions.line import after_vote
from ..countfile import count_text, matters_of, sums_text
from ..events import PreliminaryPosted, ResultCertified, VoteArchived
from ..lifecycle import OWNERS_VOTE
from ..models.box import OwnerBallot
from ..models.counts import Certificate
from ..models.votes import OwnersVote
from ..policy import Can
from ..postings import hang_out
from ..seen import require_seen
from ..terms import hung_out_until
from ..words import PostingKind
from .counting import clear_signatures, keep_count, require_same_count


@action(Can.POST_PRELIMINARY)
def post_preliminary(actor: Actor, vote: OwnersVote, *, where: str, photos: Sequence[Kept] = ()) -> None:
    """Hang out what was counted and take objections. Raises Conflict while a signature is missing or the count has
    changed since."""
    require_same_count(vote)
    _hang_out(actor, vote, where, "", photos)
    OWNERS_VOTE.move(actor, vote, PreliminaryPosted(vote.id))


@action(Can.CERTIFY)
def post_again(
    actor: Actor, vote: OwnersVote, *, where: str, reason: str, photos: Sequence[Kept] = (), seen: str = ""
) -> None:
    """An objection was right: count afresh and hang the result out once more, for the whole time. The signatures stood
    under the old count; the new one is signed before it can be certified. `seen`: the stamp of the page.

    Raises Invalid without the reason, which everybody reads; Conflict if somebody else posted it again meanwhile.
    """
    require_seen(vote, seen)
    if not reason.strip():
        raise Invalid(_("请写明为什么重新公示，大家都看得到。"), "reason")
    keep_count(actor, vote)
    clear_signatures(vote)
    _hang_out(actor, vote, where, reason, photos)
    vote.moved_at = actor.now
    record(actor, vote, PreliminaryPosted(vote.id))


@action(Can.CERTIFY)
def certify_vote(actor: Actor, vote: OwnersVote, *, where: str, photos: Sequence[Kept] = ()) -> None:
    """State the result over the digests of roll and count. The topic is decided if anything passed.

    Raises Conflict before the posting is over, while an objection has no answer or a signature is missing, or if the
    count has changed.
    """
    require_same_count(vote)
    passed = tuple(bool(m.result and m.result["passed"]) for m in matters_of(vote))
    OWNERS_VOTE.move(actor, vote, ResultCertified(vote.id, passed))
    assert actor.id is not None
    store(
        Certificate(
            vote_id=vote.id,
            place_path=vote.place_path,
            roll_hash=vote.roll_hash,
            count_hash=digest(count_text(vote)),
            sums_hash=digest(sums_text(vote)),
            ballots=_ballots(vote),
            certified_by_id=actor.id,
            at=actor.now,
        )
    )
    hang_out(actor, vote, PostingKind.FINAL, where=where, photos=photos)
    if vote.topic_id is not None:
        after_vote(actor, vote.topic_id, decided=any(passed))


@action(Can.ARCHIVE)
def archive_vote(actor: Actor, vote: OwnersVote) -> None:
    """The file is complete; everything in it stays readable to those who could read it."""
    OWNERS_VOTE.move(actor, vote, VoteArchived(vote.id))


def _hang_out(actor: Actor, vote: OwnersVote, where: str, reason: str, photos: Sequence[Kept]) -> None:
    vote.objections_until = hung_out_until(actor.now, vote.objection_days)
    hang_out(
        actor,
        vote,
        PostingKind.PRELIMINARY,
        where=where,
        until=vote.objections_until,
        reason=reason,
        photos=photos,
    )


def _ballots(vote: OwnersVote) -> int:
    given = sa.select(sa.func.count()).select_from(OwnerBallot).where(OwnerBallot.vote_id == vote.id)
    return db.session.scalar(given) or 0
