"""What waits in accounts: family that asks one to act, posts of the owners' committee whose holder is an owner no more,
and owners whose name or phone is not the register's."""

from typing import Any

import sqlalchemy as sa

from ..core import waiting
from ..core.access import Condition
from ..core.columns import Instant, Rows
from ..core.eventlog import Entry
from ..core.prepared import prepared
from ..core.terms import in_term
from ..core.text import N_
from ..core.waiting import DAY, ME, Kind, lines, one_of, personal, those
from ..places.models import Place
from .events import MembershipEnded, MembershipLapsed
from .models import Grant, Membership, Relation, Relative, Role, User
from .policy import Can

ELECTED = (Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER)
"""Only an owner sits on the owners' committee; whether this one still may is for people to judge."""


def moved_out(user_id: Any) -> sa.ScalarSelect[Any]:
    """When the person of a column last ceased to belong to a unit; NULL if he never did."""
    ended = sa.select(sa.func.max(Entry.at)).where(
        Entry.story == sa.literal("user:") + sa.cast(user_id, sa.String),
        one_of(Entry.name, (MembershipLapsed.name, MembershipEnded.name)),
    )
    return ended.scalar_subquery()


def owns_under(user_id: Any, low: Any, high: Any) -> Condition:
    """Whether the person of a column belongs to a unit between two paths as its owner today."""
    return sa.exists().where(
        Membership.user_id == user_id,
        Membership.relation == Relation.OWNER,
        Membership.place_path >= low,
        Membership.place_path < high,
        in_term(Membership, DAY),
    )


@prepared
def _orphaned(mine: Condition) -> Rows:
    above = sa.func.substr(Grant.place_path, 1, sa.func.length(Grant.place_path) - 1) + sa.literal("0")
    since = sa.type_coerce(moved_out(Grant.user_id), Instant())
    return (
        lines("check_post", Grant, title=User.name, since=since, party="committee")
        .join(User, User.id == Grant.user_id)
        .where(
            mine,
            one_of(Grant.role, ELECTED),
            in_term(Grant, DAY),
            since.is_not(None),
            since >= Grant.granted_at,
        )
        .where(~owns_under(Grant.user_id, Grant.place_path, above))
    )


@prepared
def _asked(mine: Condition) -> Rows:
    return (
        lines("agree_relative", Relative, title=User.name, since=Relative.named_at, party="resident")
        .join(User, User.id == Relative.user_id)
        .where(mine, Relative.agreed_at.is_(None), Relative.ended_at.is_(None), Relative.ends > DAY)
    )


waiting.add(
    "agree_relative",
    Kind(N_("家人请您替他投票"), N_("看一看"), "hand-heart", "accounts.relative", "relative_id", True),
    those(Relative, Can.AGREE, _asked),
)
waiting.add(
    "check_post",
    Kind(N_("委员可能不再是业主"), N_("去核对"), "users-round", "accounts.ending", "grant_id", False),
    those(Grant, Can.END_GRANT, _orphaned),
)


def _doubted(kind: str, *which: Condition) -> Rows:
    return (
        lines(kind, Membership, subject=User.id, title=Place.label, since=User.created_at)
        .join(User, User.id == Membership.user_id)
        .join(Place, Place.id == Membership.unit_id)
        .where(*which, Membership.doubted.is_(True), in_term(Membership, DAY))
    )


@prepared
def _to_confirm(mine: Condition) -> Rows:
    return _doubted("confirm_owner", mine)


@prepared
def _own_doubt() -> Rows:
    return _doubted("owner_doubted", Membership.user_id == ME)


waiting.add(
    "confirm_owner",
    Kind(N_("业主身份等核对"), N_("去核对"), "badge-check", "accounts.person", "user_id", False),
    those(Membership, Can.CONFIRM_OWNER, _to_confirm),
)
waiting.add(
    "owner_doubted",
    Kind(N_("业主身份要到窗口核对"), N_("看缺什么"), "badge-check", "accounts.me", "user_id", True),
    personal(_own_doubt),
)
