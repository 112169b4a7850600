"""The roll: posting it, posting a new version, settling it."""

from collections.abc import Sequence

from ...core.actions import action
from ...core.actor import Actor
from ...core.errors import Conflict, Invalid
from ...core.files import Kept
from ...core.text import _
from ..events import RollAmended, RollFrozen, RollPosted
from ..guards import roll_can_be_made
from ..lifecycle import OWNERS_VOTE
from ..models.votes import OwnersVote
from ..policy import Can
from ..postings import hang_out
from ..roll import file, keeping
from ..roll.drawing import Drawn, Flawed, drawn_up
from ..terms import hung_out_until
from ..words import PostingKind


@action(Can.POST_ROLL)
def post_roll(actor: Actor, vote: OwnersVote, *, where: str, photos: Sequence[Kept] = ()) -> None:
    """Draw the roll up from the register and hang it out for objections. Raises Conflict with all that is missing."""
    keeping.keep(vote, _drawn(actor, vote))
    _hang_out(actor, vote, where, "", photos)
    OWNERS_VOTE.move(actor, vote, RollPosted(vote.id, vote.roll_version, vote.heads))


@action(Can.AMEND_ROLL)
def amend_roll(
    actor: Actor, vote: OwnersVote, *, reason: str, where: str, photos: Sequence[Kept] = ()
) -> None:
    """Draw the roll up anew as its next version, which hangs out like the first one."""
    if not reason.strip():
        raise Invalid(_("请写明改了什么、为什么改，大家都看得到。"), "reason")
    keeping.keep(vote, _drawn(actor, vote))
    _hang_out(actor, vote, where, reason, photos)
    OWNERS_VOTE.move(actor, vote, RollAmended(vote.id, vote.roll_version))


@action(Can.FREEZE)
def freeze_roll(actor: Actor, vote: OwnersVote) -> None:
    """The roll stands from now on. Raises Conflict if its rows are not those that were posted."""
    if file.digest(file.text(vote, file.kept_lines(vote.id))) != vote.roll_hash:
        raise Conflict(_("名册跟公示的那一版对不上，先不要确定。请联系管理员查清楚。"))
    OWNERS_VOTE.move(actor, vote, RollFrozen(vote.id, vote.roll_version))


def _drawn(actor: Actor, vote: OwnersVote) -> Drawn:
    drawn = drawn_up(vote)
    if isinstance(drawn, Flawed):
        raise Conflict(*roll_can_be_made(vote, actor))
    return drawn


def _hang_out(actor: Actor, vote: OwnersVote, where: str, reason: str, photos: Sequence[Kept]) -> None:
    vote.roll_until = hung_out_until(actor.now, vote.roll_days)
    hang_out(actor, vote, PostingKind.ROLL, where=where, until=vote.roll_until, reason=reason, photos=photos)
