"""Family at the box: whoever votes for an owner as his family changes nothing that the owner gave, and acts for no more
owners than the assembly's rules let one person."""

from typing import Any

import sqlalchemy as sa

from ..accounts.identity import kinship_of
from ..accounts.models import Relative
from ..accounts.queries.relatives import ACTS_FOR, RelativeLine
from ..core import clock
from ..core.actor import Actor
from ..core.db import read
from ..core.errors import NotAllowed
from ..core.text import _
from .box import HeldVoter
from .models.box import OwnerBallot
from .models.papers import Proxy
from .models.rolls import Speaker
from .words import Channel, Medium, ProxyState

_people = OwnerBallot.metadata.tables["user"]
_vote, _voter, _person = (sa.bindparam(name, type_=sa.Integer) for name in ("vote", "voter", "person"))
_HELD = sa.select(_people.c.id).where(_people.c.id == _person).with_for_update(key_share=True)
_ON_PAPER = sa.select(OwnerBallot.receipt).where(
    OwnerBallot.vote_id == _vote,
    OwnerBallot.voter_id == _voter,
    OwnerBallot.medium == Medium.PAPER,
    OwnerBallot.channel == Channel.PAPER,
)
"""The owner's own paper; that of an agent is another's."""
_AS_FAMILY = sa.select(OwnerBallot.voter_id).where(
    OwnerBallot.vote_id == _vote, OwnerBallot.entered_by_id == _person, OwnerBallot.kin != ""
)
_OTHERS = sa.union(
    sa.select(OwnerBallot.voter_id).where(
        OwnerBallot.vote_id == _vote,
        OwnerBallot.entered_by_id == _person,
        OwnerBallot.kin != "",
        OwnerBallot.voter_id != _voter,
    ),
    sa.select(Proxy.voter_id).where(
        Proxy.vote_id == _vote,
        Proxy.agent_id == _person,
        Proxy.state == ProxyState.ACCEPTED,
        Proxy.voter_id != _voter,
    ),
).subquery()
_ON_ROLL = ACTS_FOR.where(
    sa.exists().where(Speaker.vote_id == _vote, Speaker.user_id == Relative.user_id).correlate(Relative)
)
_HOW_MANY = sa.select(sa.func.count().label("n")).select_from(_OTHERS)


def require_family(actor: Actor, voter: HeldVoter, vote: Any) -> None:
    """Refuse family whose bond ended meanwhile, who would touch what somebody else gave, or who acts for as many
    owners as one may (letters of authority counted too). `vote`: as `box.share_vote`."""
    assert actor.id is not None
    assert actor.entered_by is not None
    if not kinship_of(actor.entered_by, actor.id):
        raise NotAllowed(_("家人代办已经取消或者到期了，不能再替他投。"))
    given = vote.receipt is not None and vote.entered_by_id != actor.entered_by
    if given or read(_ON_PAPER, {"vote": vote.id, "voter": voter.id}):
        raise NotAllowed(_("这一票已经有了，不是您替他投的，家人不能改。要改请他本人改。"))
    if vote.proxy_cap is None:
        return
    read(_HELD, {"person": actor.entered_by})
    if acts_for(vote.id, actor.entered_by, voter.id) >= vote.proxy_cap:
        raise NotAllowed(_("议事规则规定一个人最多替 %(n)d 位业主投，您已经满了。", n=vote.proxy_cap))


def family_on_roll(actor: Actor, vote_id: int) -> list[RelativeLine]:
    """Those on the roll of a vote for whom the actor may act as family; one query, none for a visitor and for who acts
    for somebody already."""
    if actor.id is None or actor.entered_by is not None:
        return []
    found = read(_ON_ROLL, {"vote": vote_id, "me": actor.id, "day": clock.today()})
    return [RelativeLine(*row) for row in found]


def voted_for(vote_id: int, person_id: int) -> set[int]:
    """The voters of a vote for whom somebody has voted as family."""
    return {row.voter_id for row in read(_AS_FAMILY, {"vote": vote_id, "person": person_id})}


def acts_for(vote_id: int, person_id: int, but: int) -> int:
    """For how many owners of a vote somebody acts, as family or by a letter, not counting the voter `but`."""
    return int(read(_HOW_MANY, {"vote": vote_id, "person": person_id, "voter": but})[0].n)
