"""Staff at the box: whoever enters a ballot for somebody at the counter has no part of his own in it."""

from dataclasses import replace

from ..core.actor import Actor
from ..core.errors import NotAllowed
from ..core.text import _
from .atoms import not_of_the_head, not_standing_there
from .box import HeldVoter

MANY, PART = 10, 10
"""One person alone entered at least so many, and more than this part of all ballots."""


def conspicuous(entered: int, ballots: int) -> bool:
    """So many of the ballots were entered by one person that who watches the count should look at them."""
    return entered >= MANY and entered * PART > ballots


def require_apart(actor: Actor, voter: HeldVoter) -> None:
    """Refuse staff who enter a ballot of a head that is theirs too, or of an election in which they stand."""
    staff = replace(actor, id=actor.entered_by)
    for rule in (not_of_the_head, not_standing_there):
        if not (verdict := rule.check(staff, voter)):
            raise NotAllowed(_(verdict.reason))
