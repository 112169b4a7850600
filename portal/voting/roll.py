"""The roll: who is on it, frozen with one statement, and the digest that proves it was not changed since."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from ..accounts.models import Grant, Membership, Relation, Role, User
from ..core.access import Condition, containing, under
from ..core.columns import Rows
from ..core.db import db
from ..core.terms import in_term
from ..councils.models import Seat
from ..places.models import Place, Unit
from ..places.queries.figures import COUNTED
from .models import Poll, PollVoter
from .words import RollKind

_NO_HOUSEHOLD = sa.cast(sa.null(), sa.Integer)


def _first_homes(path: str, day: date, *more: Condition) -> sa.Subquery:
    """Everybody who belongs to a unit under a place today, each once, with the membership he had first. A unit that
    is no separate part any more gives nobody a vote. `more`: which memberships alone."""
    return (
        sa.select(Membership.user_id, sa.func.min(Membership.id).label("first"))
        .join(Unit, Unit.id == Membership.unit_id)
        .where(under(Membership.place_path, path), in_term(Membership, day), COUNTED, *more)
        .group_by(Membership.user_id)
        .subquery()
    )


def _members(poll: Poll, day: date) -> Rows:
    return _at_home(_first_homes(poll.place_path, day), _NO_HOUSEHOLD)


def _households(poll: Poll, day: date) -> Rows:
    """Everybody of a home, so that any of them can cast its vote; who only works there is not of the household."""
    homes = _first_homes(poll.place_path, day, Membership.relation != Relation.WORKER)
    return _at_home(homes, Membership.unit_id)


def _at_home(homes: sa.Subquery, household: Any) -> Rows:
    return (
        sa.select(User.id, Membership.place_path, Place.label, household.label("household"))
        .join(homes, homes.c.user_id == User.id)
        .join(Membership, Membership.id == homes.c.first)
        .join(Place, Place.id == Membership.unit_id)
        .where(User.closed_at.is_(None))
    )


def _seated(poll: Poll, day: date) -> Rows:
    return _named(
        poll, day, sa.select(Seat.user_id).where(Seat.council_id == poll.council_id, in_term(Seat, day))
    )


def _committee(poll: Poll, day: date) -> Rows:
    """Of the owners' committee whose place holds the poll's; alternates are no members of it."""
    members = sa.select(Grant.user_id).where(
        Grant.role.in_((Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER)),
        Grant.place_path.in_(containing(poll.place_path)),
        in_term(Grant, day),
    )
    return _named(poll, day, members)


def _named(poll: Poll, day: date, people: sa.Select[*tuple[Any, ...]]) -> Rows:
    """People whatever their homes: with the first home of each in the community, if he has one."""
    homes = _first_homes(containing(poll.place_path)[0], day)
    return (
        sa.select(
            User.id,
            sa.func.coalesce(Membership.place_path, poll.place_path),
            sa.func.coalesce(Place.label, ""),
            _NO_HOUSEHOLD.label("household"),
        )
        .outerjoin(homes, homes.c.user_id == User.id)
        .outerjoin(Membership, Membership.id == homes.c.first)
        .outerjoin(Place, Place.id == Membership.unit_id)
        .where(User.id.in_(people), User.closed_at.is_(None))
    )


def who(poll: Poll, day: date) -> Rows:
    """(user, path, unit, household) of everybody who would be on the poll's roll on a day."""
    return _WHO[poll.roll_kind](poll, day)


_WHO = {
    RollKind.SEATS: _seated,
    RollKind.MEMBERS: _members,
    RollKind.HOUSEHOLDS: _households,
    RollKind.COMMITTEE: _committee,
}


def _votes(poll: Poll, household: Any) -> Any:
    """How many votes the rows of a roll have: a household has one."""
    return sa.func.count(household.distinct()) if poll.roll_kind is RollKind.HOUSEHOLDS else sa.func.count()


def size(poll: Poll, day: date) -> int:
    """How many that are; for the page before the opening."""
    rows = who(poll, day).subquery()
    return db.session.scalar(sa.select(_votes(poll, rows.c.household)).select_from(rows)) or 0


def freeze(poll: Poll, day: date) -> int:
    """Write the roll in one statement, whatever its length. Returns how many votes are on it."""
    chosen = who(poll, day).subquery()
    rows = sa.select(sa.literal(poll.id, sa.Integer), *chosen.c).order_by(chosen.c[0])
    columns = ["poll_id", "user_id", "place_path", "unit_label", "household_id"]
    db.session.execute(sa.insert(PollVoter).from_select(columns, rows, include_defaults=False))
    counted = sa.select(_votes(poll, PollVoter.household_id)).select_from(PollVoter)
    counted = counted.where(PollVoter.poll_id == poll.id)
    return db.session.scalar(counted) or 0


def lines(poll_id: int) -> list[tuple[int, str]]:
    """(account, unit) of a frozen roll, by account."""
    found = sa.select(PollVoter.user_id, PollVoter.unit_label).where(PollVoter.poll_id == poll_id)
    return [(row.user_id, row.unit_label) for row in db.session.execute(found.order_by(PollVoter.user_id))]


def text(poll_id: int, voters: Iterable[tuple[int, str]]) -> str:
    """The roll file: account numbers and units, no names, in the one spelling that the digest is made of."""
    roll = {"format": "portal-roll/1", "poll": poll_id, "voters": [list(v) for v in voters]}
    return json.dumps(roll, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
