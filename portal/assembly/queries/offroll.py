"""The homes of a reader beside the roll of a vote, for the page that tells him why he has no paper."""

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from ...accounts.models import Membership, Relation
from ...core import access
from ...core.actor import Actor
from ...core.nested import nested, unpack
from ...core.terms import in_term
from ...places.models import Owner, Place, Unit
from .. import offroll
from ..models.rolls import STANDS, RollUnit, Speaker, Voter
from ..models.votes import OwnersVote
from ..offroll import Home, Named
from ..policy import Can
from ..scopes import paths_of
from ..stages import PREPARED
from ..words import Standing, VoteState

MOST = 6
_me = sa.bindparam("me", type_=sa.Integer)
_other = sa.orm.aliased(Speaker)
_OWNERS = (
    sa.select(sa.func.count())
    .where(_other.voter_id == RollUnit.voter_id, _other.owner_id.is_not(None))
    .correlate(RollUnit)
    .scalar_subquery()
)
_HOMES = (
    sa.select(
        Place.label,
        Membership.place_path,
        Membership.relation,
        Unit.use,
        sa.func.coalesce(RollUnit.delivery, Unit.delivery),
        Membership.owner_id,
        Membership.doubted,
        Owner.owner_set_id == Unit.owner_set_id,
        RollUnit.id.is_not(None),
        _OWNERS.label("owners"),
        Speaker.id.is_not(None),
        Speaker.user_id != _me,
    )
    .select_from(Membership)
    .join(Unit, Unit.id == Membership.unit_id)
    .join(Place, Place.id == Unit.id)
    .outerjoin(Owner, Owner.id == Membership.owner_id)
    .outerjoin(RollUnit, sa.and_(RollUnit.unit_id == Unit.id, RollUnit.vote_id == OwnersVote.id))
    .outerjoin(
        Speaker, sa.and_(Speaker.voter_id == RollUnit.voter_id, Speaker.owner_id == Membership.owner_id)
    )
    .where(Membership.user_id == _me, in_term(Membership))
    .order_by(Membership.relation != sa.literal(Relation.OWNER, Membership.relation.type), Membership.id)
    .limit(MOST)
)
_NAMED = (
    sa.select(Voter.label, Speaker.standing)
    .join(Speaker, Speaker.voter_id == Voter.id)
    .where(
        Speaker.vote_id == OwnersVote.id,
        Speaker.user_id == _me,
        ~STANDS,
        Speaker.standing != Standing.REFUSED,
    )
    .order_by(Speaker.id)
    .limit(MOST)
)


def off_roll_columns() -> tuple[sa.Label[Any], ...]:
    """For the page of a vote, which has the reader as `me`; `with_reasons` reads them."""
    return nested(_HOMES, of=OwnersVote).label("homes"), nested(_NAMED, of=OwnersVote).label("named")


def with_reasons(actor: Actor, page: SimpleNamespace) -> None:
    """`reasons`: why the reader has no paper; none where he has one or is the agent of somebody, for visitors, for
    staff who live nowhere here, and while there is no roll."""
    homes, named = unpack(Home, page.homes), unpack(Named, page.named)
    no_roll = page.state in (*PREPARED, VoteState.VOID)
    has_one = no_roll or actor.id is None or page.mine or page.charges
    nobody = has_one or (not homes and not named and access.may(actor, Can.ORGANISE, page))
    page.reasons = [] if nobody else offroll.reasons(homes, named, page, paths_of(page))
