"""Staff at the box: whoever enters a ballot for somebody at the counter has no part of his own in it."""

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.db import read
from ..core.errors import NotAllowed
from ..core.text import _
from .box import HeldVoter
from .election_words import PUT_FORWARD
from .models.elections import Candidate
from .models.rolls import Speaker

_vote, _voter, _person = (sa.bindparam(name, type_=sa.Integer) for name in ("vote", "voter", "person"))
_SPEAKS = sa.select(Speaker.id).where(Speaker.voter_id == _voter, Speaker.user_id == _person).exists()
_STANDS = (
    sa.select(Candidate.id)
    .where(
        Candidate.vote_id == _vote,
        Candidate.user_id == _person,
        Candidate.state.in_([sa.literal(state, Candidate.state.type) for state in PUT_FORWARD]),
    )
    .exists()
)
_PART = sa.select(_SPEAKS.label("speaks"), _STANDS.label("stands"))


def require_apart(actor: Actor, voter: HeldVoter) -> None:
    """Refuse staff who enter a ballot of a head that is theirs too, or of an election in which they stand."""
    (part,) = read(_PART, {"vote": voter.vote_id, "voter": voter.id, "person": actor.entered_by})
    if part.speaks:
        raise NotAllowed(_("这一户您自己也有份，别的共有人的票请另一位工作人员代录。"))
    if part.stands:
        raise NotAllowed(_("您是这次选举的候选人，选票请别人来录。"))
