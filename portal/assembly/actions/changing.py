"""A unit changes hands while people vote: the one change of a settled roll, logged, with its proof."""

from collections.abc import Sequence

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotAllowed
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.text import _
from ..atoms import not_his_home
from ..events import OwnerChanged, OwnerChangeNoted
from ..letter_events import ProxyRevoked
from ..lifecycle import PROXY
from ..models.papers import Proxy
from ..models.rolls import RollChange, Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..roll import changing, versions
from ..situation import within
from ..stages import VOTING
from ..words import ProxyState


@action(Can.CHANGE_OWNER)
def change_owner(
    actor: Actor, voter: Voter, *, unit_id: int, reason: str, proof: Sequence[Kept]
) -> RollChange:
    """Put a unit of a head under the owners that the register has today, as the next version of the roll. Where the
    head has voted the ballot stands, and only the change is kept.

    Nobody enters it of his own home. Raises Invalid with its field; Conflict out of the time of notice and voting, and
    where roll and register agree.
    """
    if not reason.strip():
        raise Invalid(_("请写明哪天过户、凭什么，大家都看得到。"), "reason")
    if not proof:
        raise Invalid(_("请附上过户的证明：产权证、合同备案或者法院文书。"), "proof")
    found = changing.differing_unit(actor, voter.vote_id, unit_id)
    if found is None or found.voter_id != voter.id:
        raise Conflict(_("这套房屋在登记簿上和名册上的业主一样，不用登记。请先到房屋登记里换业主。"))
    if found.own_head:
        raise NotAllowed(_(not_his_home.reason))
    taker = None if found.answered else changing.hold_taker(voter.vote_id, found.owner_set_id)
    vote = _while_voting(voter.vote_id)
    now = None if found.answered else changing.hand_on(vote, unit_id, voter, taker)
    if now is not None:
        _end_letters(actor, voter)
        versions.next_version(vote, reason, actor.now)
        vote.moved_at = actor.now
    assert actor.id is not None
    change = RollChange(
        vote_id=vote.id,
        unit_id=unit_id,
        place_path=found.place_path,
        voter_id=voter.id,
        new_voter_id=now.id if now else None,
        former=found.former,
        owners=found.owners,
        version=vote.roll_version if now else None,
        reason=reason.strip(),
        by_id=actor.id,
        at=actor.now,
    )
    store(change)
    attach(actor, change, proof, "proof")
    record(actor, vote, OwnerChanged(vote.id, vote.roll_version) if now else OwnerChangeNoted(vote.id))
    return change


def _while_voting(vote_id: int) -> OwnersVote:
    vote = lock(db.session.get_one(OwnersVote, vote_id))
    if not within(vote, VOTING):
        raise Conflict(_("公告以后、投票截止以前才登记过户。"))
    return vote


def _end_letters(actor: Actor, voter: Voter) -> None:
    """Whoever owns nothing any more gives nobody authority."""
    if voter.units:
        return
    alive = (ProxyState.SUBMITTED, ProxyState.ACCEPTED)
    for proxy in db.session.scalars(
        sa.select(Proxy).where(Proxy.voter_id == voter.id, Proxy.state.in_(alive))
    ):
        proxy.stopping = False
        PROXY.move(actor, proxy, ProxyRevoked(proxy.id))
