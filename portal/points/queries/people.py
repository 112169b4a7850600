"""People as far as points need to know them: who is meant by a line somebody typed, and who is kin to whom."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from ...accounts import family
from ...accounts.models import Grant, User
from ...accounts.names import identifier
from ...core.alike import known_as
from ...core.db import db, read
from ...core.directory import directory
from ...core.errors import Invalid
from ...core.terms import in_term
from ...core.text import _
from ..models.thanks import Kin
from .posts import ON_DUTY


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
    related = kin_pairs(user_id).subquery()
    return {row[0] for row in read(sa.select(related.c.other).where(related.c.other.in_(sorted(asked))))}


def kin_pairs(of: int | None = None) -> sa.CompoundSelect[Any]:
    """Who is related to whom (`one`, `other`), each pair both ways; `of`: of one person only."""
    return family.pairs(of, (Kin.user_id, Kin.relative_id))


def by_name(place_path: str, name: str) -> int | None:
    """The one account of that name in the community, however it is spelled; None where there is none or several."""
    first = known_as(name)[:1]
    wanted = sa.select(User.id, User.name).where(
        User.place_path == place_path,
        User.closed_at.is_(None),
        sa.or_(
            User.name.startswith(first, autoescape=True), User.name.startswith(first.upper(), autoescape=True)
        ),
    )
    several = [row.id for row in read(wanted) if known_as(row.name) == known_as(name)]
    return several[0] if len(several) == 1 else None


def names_on_duty(place_path: str, but: int | None = None) -> list[str]:
    """The names, and nicknames, of those with a post in the community."""
    posted = sa.select(Grant.user_id).where(
        Grant.role.in_(ON_DUTY), Grant.place_path.startswith(place_path), in_term(Grant)
    )
    rows = read(sa.select(User.name, User.nickname).where(User.id.in_(posted), User.id.is_distinct_from(but)))
    return [name for row in rows for name in row if name]


def living_here(place_path: str, day: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Conditions over `User`: an open account of somebody who belongs to the community, or has a post in it."""
    assert directory.belonging
    return User.closed_at.is_(None), directory.belonging(place_path, day)
