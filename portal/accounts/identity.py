"""From the session cookie to the actor: one query a request; and the conditions over people for access.

The session holds the account's number, its stamp and, while staff act for somebody, that person's number.
Flask-Login keeps the cookie honest; the actor is loaded here as plain columns, which costs half of an entity.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import Flask, g, request, session

from ..core import clock
from ..core.access import Condition, containing, under
from ..core.actor import Actor
from ..core.db import db
from ..core.directory import directory
from ..core.nested import nested
from ..core.text import LANGUAGES, speaking
from ..places.models import Place
from .models import PARTY, Grant, Membership, Role, User

ACCOUNT, STAMP, FOR, LANG, LARGE, COMMUNITY = "account", "stamp", "for", "lang", "large", "community"


def _in_term(table: Any, day: Any) -> Condition:
    """A half-open term of days."""
    return sa.and_(table.starts <= day, sa.or_(table.ends.is_(None), table.ends > day))


_day = sa.bindparam("day", type_=sa.Date)
_GRANTS = sa.select(Grant.role, Grant.place_path).where(Grant.user_id == User.id, _in_term(Grant, _day))
_HOMES = (
    sa.select(Membership.place_path, Place.label)
    .join(Place, Place.id == Membership.unit_id)
    .where(Membership.user_id == User.id, _in_term(Membership, _day))
    .order_by(Membership.id)
)
_PERSON = sa.select(
    User.id,
    User.name,
    User.nickname,
    User.stamp,
    User.lang,
    User.large_text,
    User.place_path,
    nested(_GRANTS, of=User).label("grants"),
    nested(_HOMES, of=User).label("homes"),
).where(User.id.in_(sa.bindparam("ids", expanding=True)), User.closed_at.is_(None))


def init_app(app: Flask) -> None:
    app.before_request(_identify)
    directory.people = User
    directory.present = present
    directory.holding = holding
    directory.belonging = belonging


def _identify() -> None:
    if request.endpoint == "static":
        return
    account, instead = session.get(ACCOUNT), session.get(FOR)
    people = load([i for i in (account, instead) if i]) if account else {}
    own = people.get(account) if account else None
    if own is None or own.stamp != session.get(STAMP):
        g.actor = _visitor()
    elif instead in people:
        g.actor = actor_of(people[instead], entered_by=own)
    else:
        g.actor = actor_of(own)
    speaking.set(g.actor.lang)


def load(ids: Sequence[int]) -> dict[int, Any]:
    """The people with these numbers and what they hold today, by number; one query."""
    rows = db.session.execute(_PERSON, {"ids": list(ids), "day": clock.today()})
    return {row.id: row for row in rows}


def actor_of(person: Any, entered_by: Any = None) -> Actor:
    """The actor a person is today; `entered_by` is the member of staff who acts for him."""
    grants = frozenset((role, path) for role, path in person.grants)
    shown = entered_by or person
    return Actor(
        id=person.id,
        name=person.nickname or person.name,
        party=party_of({role for role, _ in grants}),
        community=person.place_path,
        grants=grants,
        homes=tuple(path for path, _ in person.homes),
        unit_label=person.homes[0][1] if person.homes else "",
        entered_by=entered_by.id if entered_by else None,
        entered_by_name=entered_by.name if entered_by else "",
        lang=session.get(LANG, shown.lang) if request else person.lang,
        large_text=shown.large_text,
        now=clock.now(),
    )


def party_of(roles: set[str]) -> str:
    """The party somebody with these roles speaks for."""
    return next((PARTY[r] for r in Role if r in roles and r in PARTY), "resident")


def _visitor() -> Actor:
    spoken = session.get(LANG) or request.accept_languages.best_match(list(LANGUAGES)) or "zh"
    return Actor(
        community=session.get(COMMUNITY) or "/",
        lang=spoken,
        large_text=bool(session.get(LARGE)),
        now=clock.now(),
    )


def present(path: str) -> Condition:
    """People whose account is open and kept by the community of a place."""
    return sa.and_(User.closed_at.is_(None), User.place_path.in_(containing(path)))


def holding(role: str, path: str, day: date) -> Condition:
    """People who hold a role at a place or above it on a day."""
    posts = sa.select(Grant.user_id).where(
        Grant.role == role, Grant.place_path.in_(containing(path)), _in_term(Grant, day)
    )
    return User.id.in_(posts)


def belonging(path: str, day: date) -> Condition:
    """People who belong to a unit under a place, or hold a role in it, on a day."""
    living = sa.select(Membership.user_id).where(
        under(Membership.place_path, path), _in_term(Membership, day)
    )
    posted = sa.select(Grant.user_id).where(under(Grant.place_path, path), _in_term(Grant, day))
    return sa.or_(User.id.in_(living), User.id.in_(posted))
