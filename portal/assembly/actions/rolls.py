"""The roll: posting it, posting a new version, settling it."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.digests import digest
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.files import Kept
from ...core.text import _
from ...councils.rules import number, serial_after
from ...places.models import Place
from ..events import OwnersUnknown, RollAmended, RollFrozen, RollPosted
from ..guards import roll_can_be_made
from ..lifecycle import OWNERS_VOTE
from ..models.rolls import UnknownOwner
from ..models.votes import OwnersVote
from ..policy import Can
from ..postings import hang_out
from ..roll import file, keeping
from ..roll.drawing import Drawn, Flawed, drawn_up
from ..roll.ownerless import ownerless, unstated
from ..seen import require_seen
from ..terms import hung_out_until
from ..words import PostingKind


@action(Can.POST_ROLL)
def post_roll(actor: Actor, vote: OwnersVote, *, where: str, photos: Sequence[Kept] = ()) -> None:
    """Draw the roll up from the register and hang it out for objections. It gets its number. Raises Conflict with
    all that is missing."""
    drawn = _drawn(actor, vote)
    vote.number = _next_number(lock(db.session.get_one(Place, vote.estate_id)), actor.today.year)
    keeping.keep(vote, drawn, "", actor.now)
    _hang_out(actor, vote, where, "", photos)
    OWNERS_VOTE.move(actor, vote, RollPosted(vote.id, vote.roll_version, vote.heads))


@action(Can.AMEND_ROLL)
def amend_roll(
    actor: Actor, vote: OwnersVote, *, reason: str, where: str, photos: Sequence[Kept] = (), seen: str = ""
) -> None:
    """Draw the roll up anew as its next version, which hangs out like the first one. `seen`: the stamp of the page.
    Raises Invalid without the reason, Conflict if somebody else took a step meanwhile or with all that is missing."""
    require_seen(vote, seen)
    if not reason.strip():
        raise Invalid(_("请写明改了什么、为什么改，大家都看得到。"), "reason")
    keeping.keep(vote, _drawn(actor, vote), reason, actor.now)
    _hang_out(actor, vote, where, reason, photos)
    OWNERS_VOTE.move(actor, vote, RollAmended(vote.id, vote.roll_version))


@action(Can.AMEND)
def state_unknown(actor: Actor, vote: OwnersVote, *, unit_ids: Collection[int], reason: str) -> int:
    """State why nobody knows the owner of some units; it stands on the cover of the roll. How many were stated; one
    that was stated before keeps its reason. Raises Invalid with its field."""
    if not reason.strip():
        raise Invalid(_("请写明查了哪里、为什么查不到业主，名册封面上要印。"), "reason")
    drawn = drawn_up(vote)
    there = set() if isinstance(drawn, Flawed) else {part.id for part in ownerless(drawn)}
    if isinstance(drawn, Flawed) or not unit_ids or not there >= set(unit_ids):
        raise Invalid(_("请勾选登记簿上没有业主的房屋。"), "units")
    assert actor.id is not None
    rows = [
        UnknownOwner(vote_id=vote.id, unit_id=p.id, reason=reason.strip(), by_id=actor.id, at=actor.now)
        for p in unstated(vote, drawn)
        if p.id in set(unit_ids)
    ]
    if rows:
        store(*rows)
        record(actor, vote, OwnersUnknown(vote.id, len(rows)))
    return len(rows)


@action(Can.FREEZE)
def freeze_roll(actor: Actor, vote: OwnersVote) -> None:
    """The roll stands from now on. Raises Conflict if its rows are not those that were posted."""
    if digest(file.text(vote, file.kept_lines(vote.id))) != vote.roll_hash:
        raise Conflict(_("名册跟公示的那一版对不上，先不要确定。请联系管理员查清楚。"))
    OWNERS_VOTE.move(actor, vote, RollFrozen(vote.id, vote.roll_version))


def _next_number(estate: Place, year: int) -> str:
    """The next of the estate, whose row is locked."""
    latest = sa.select(sa.func.max(OwnersVote.number)).where(
        OwnersVote.estate_id == estate.id, OwnersVote.number.like(f"{year}-%")
    )
    return number(year, serial_after(db.session.scalar(latest), year))


def _drawn(actor: Actor, vote: OwnersVote) -> Drawn:
    drawn = drawn_up(vote)
    if isinstance(drawn, Flawed):
        raise Conflict(*roll_can_be_made(vote, actor))
    return drawn


def _hang_out(actor: Actor, vote: OwnersVote, where: str, reason: str, photos: Sequence[Kept]) -> None:
    vote.roll_until = hung_out_until(actor.now, vote.roll_days)
    hang_out(actor, vote, PostingKind.ROLL, where=where, until=vote.roll_until, reason=reason, photos=photos)
