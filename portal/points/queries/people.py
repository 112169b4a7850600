"""People as far as points need to know them: who is meant by a line somebody typed, and who is kin to whom."""

from collections.abc import Iterable

import sqlalchemy as sa

from ...accounts.models import Membership, Relative, User
from ...accounts.names import identifier
from ...core.db import db, read
from ...core.errors import Invalid
from ...core.terms import in_term
from ...core.text import _
from ..models.thanks import Kin


def found(place_path: str, typed: Iterable[str], field: str) -> list[User]:
    """Who is meant by names or phone numbers, each once. Raises Invalid for one that nobody or several people have."""
    people: dict[int, User] = {}
    for line in typed:
        person = _one(place_path, line, field)
        people[person.id] = person
    return list(people.values())


def _one(place_path: str, line: str, field: str) -> User:
    who = sa.or_(User.phone == identifier(line), User.name == line.strip())
    wanted = sa.select(User).where(User.place_path == place_path, User.closed_at.is_(None), who).limit(2)
    several = list(db.session.scalars(wanted))
    if not several:
        raise Invalid(_("社区里没有找到「%(who)s」，请写姓名或手机号。", who=line.strip()[:30]), field)
    if len(several) > 1:
        raise Invalid(_("有几位都叫「%(who)s」，请写手机号。", who=line.strip()[:30]), field)
    return several[0]


def kin_of(user_id: int, others: Iterable[int]) -> set[int]:
    """Those of the others who are related to him: as staff declared, as family that acts for the other, or at home
    together."""
    asked = set(others)
    if not asked:
        return set()
    mine = sa.select(Membership.unit_id).where(Membership.user_id == user_id, in_term(Membership))
    related = sa.union(
        sa.select(Kin.relative_id).where(Kin.user_id == user_id),
        sa.select(Kin.user_id).where(Kin.relative_id == user_id),
        sa.select(Relative.relative_id).where(Relative.user_id == user_id),
        sa.select(Relative.user_id).where(Relative.relative_id == user_id),
        sa.select(Membership.user_id).where(Membership.unit_id.in_(mine), in_term(Membership)),
    ).subquery()
    return {row[0] for row in read(sa.select(related.c[0]).where(related.c[0].in_(sorted(asked))))}


def by_name(place_path: str, name: str) -> int | None:
    """The one account of that name in the community; None where there is none or several."""
    wanted = sa.select(User.id).where(
        User.place_path == place_path, User.closed_at.is_(None), User.name == name.strip()
    )
    several = read(wanted.limit(2))
    return several[0][0] if len(several) == 1 else None
