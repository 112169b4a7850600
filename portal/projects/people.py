"""Who can be put in charge of a project, and who can watch it: choices of a form."""

from typing import Any

import sqlalchemy as sa

from ..accounts.models import Grant, Role, User
from ..accounts.naming import shown
from ..core.access import under
from ..core.actor import Actor
from ..core.columns import Rows
from ..core.db import db
from ..core.directory import directory
from ..core.terms import in_term
from ..core.text import _
from ..councils.models import Endorsement, Seat
from ..decisions.models import Decision
from ..minutes.queries.teams import watching

MOST = 200
CHARGE_ROLES = (
    Role.SECRETARY,
    Role.SOCIAL_WORKER,
    Role.PROPERTY_MANAGER,
    Role.COMMITTEE_CHAIR,
    Role.COMMITTEE_MEMBER,
)


def _holding(actor: Actor, decision: Decision, roles: tuple[Role, ...]) -> Rows:
    return sa.select(Grant.user_id).where(
        Grant.role.in_(roles),
        under(Grant.place_path, decision.community_path),
        in_term(Grant, actor.today),
    )


def _seated(actor: Actor, decision: Decision) -> Rows:
    return sa.select(Seat.user_id).where(Seat.council_id == decision.council_id, in_term(Seat, actor.today))


def _choices(decision: Decision, *among: Any, watching: Any = None) -> list[tuple[int, str]]:
    """People out of these; of those who are `watching` already it is said."""
    found = (
        sa.select(
            User.id,
            shown(User).label("name"),
            (sa.false() if watching is None else User.id.in_(watching)).label("watches"),
        )
        .where(sa.or_(*(User.id.in_(ids) for ids in among)), directory.present(decision.place_path))
        .order_by(User.name, User.id)
        .limit(MOST)
    )
    rows = db.session.execute(found)
    return [(r.id, _("%(name)s（监督队）", name=r.name) if r.watches else r.name) for r in rows]


def for_charge(actor: Actor, decision: Decision) -> list[tuple[int, str]]:
    """People with a post or a seat."""
    return _choices(decision, _holding(actor, decision, CHARGE_ROLES), _seated(actor, decision))


def for_supervision(actor: Actor, decision: Decision) -> list[tuple[int, str]]:
    """People with a seat, the committee, the neighbours who endorsed the topic and those who joined a team that watches
    over it; at most `MOST`."""
    endorsed = sa.select(Endorsement.user_id).where(Endorsement.topic_id == decision.topic_id)
    committee = (Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER)
    holding, named = _holding(actor, decision, committee), watching(decision.topic_id)
    endorsed = endorsed.limit(MOST)
    return _choices(decision, _seated(actor, decision), holding, endorsed, named, watching=named)
