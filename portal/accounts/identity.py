"""From the session cookie to the actor: one query a request; and the conditions over people for access.

The session holds the account's number, its stamp and, while staff act for somebody, that person's number.
Flask-Login keeps the session (its keys, its protection, who must sign in first); the actor is loaded here as
plain columns, which costs half of an entity.
"""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask import Flask, g, request, session
from flask_login import LoginManager, UserMixin, current_user

from ..core import access, clock
from ..core.access import Condition, containing, under
from ..core.actor import Actor
from ..core.db import read
from ..core.directory import directory
from ..core.nested import nested
from ..core.terms import in_term
from ..core.text import LANGUAGES, speaking
from ..places.models import Place
from .models import DUTIES, PARTY, Grant, Membership, Relative, Role, User
from .naming import shown_name
from .policy import Can

ACCOUNT, STAMP, FOR, LANG, LARGE, COMMUNITY = "_user_id", "stamp", "for", "lang", "large", "community"
AS_FAMILY = "family"
"""Keys of the session; the first is Flask-Login's own."""

login = LoginManager()
login.session_protection = "basic"


_day = sa.bindparam("day", type_=sa.Date)
_GRANTS = sa.select(Grant.role, Grant.place_path).where(Grant.user_id == User.id, in_term(Grant, _day))
_HOMES = (
    sa.select(Membership.place_path, Place.label)
    .join(Place, Place.id == Membership.unit_id)
    .where(Membership.user_id == User.id, in_term(Membership, _day))
    .order_by(Membership.id)
)
_COMMUNITY = sa.select(Place.name).where(Place.place_path == User.place_path).scalar_subquery()
_PERSON = sa.select(
    User.id,
    User.name,
    User.nickname,
    User.stamp,
    User.lang,
    User.large_text,
    User.place_path,
    _COMMUNITY.label("community_name"),
    nested(_GRANTS, of=User).label("grants"),
    nested(_HOMES, of=User).label("homes"),
).where(User.closed_at.is_(None))
_PEOPLE = _PERSON.where(User.id.in_(sa.bindparam("ids", expanding=True)))
_ONE_OR_TWO = _PERSON.where(User.id.in_((sa.bindparam("one"), sa.bindparam("two"))))
"""Of every request: a list that is made longer on each run costs as much again."""
_BOUND = sa.select(Relative.kinship).where(
    Relative.relative_id == sa.bindparam("relative"),
    Relative.user_id == sa.bindparam("user"),
    Relative.agreed_at.is_not(None),
    Relative.ended_at.is_(None),
    Relative.ends > _day,
    ~sa.exists().where(
        Grant.user_id == Relative.relative_id,
        Grant.role == Role.PROPERTY_MANAGER,
        in_term(Grant, _day),
    ),
)
"""Whoever came to work for the property company is family no longer, as far as voting goes."""


class Account(UserMixin):  # type: ignore[misc]
    """Who is signed in, for Flask-Login, and the person he acts for if there is one: rows of `load`."""

    def __init__(self, own: Any, person: Any = None, kin: str = "") -> None:
        self.id, self.own, self.person, self.kin = own.id, own, person, kin


def init_app(app: Flask) -> None:
    login.init_app(app, add_context_processor=False)
    login.user_loader(_account)
    app.before_request(_identify)
    app.jinja_env.globals["shown_name"] = shown_name
    directory.people = User
    directory.present = present
    directory.holding = holding
    directory.belonging = belonging


def _identify() -> None:
    if request.endpoint == "static":
        return
    account = current_user._get_current_object() if ACCOUNT in session else None
    if not isinstance(account, Account):
        g.actor = _visitor()
    elif account.person is not None:
        g.actor = actor_of(account.person, entered_by=account.own, kin=account.kin)
    else:
        g.actor = actor_of(account.own)
    speaking.set(g.actor.lang)


def _account(number: int | str) -> Account | None:
    """The account of this session: open, and with the stamp the session was given."""
    instead = session.get(FOR)
    people = load([int(number), *([instead] if instead else [])])
    own = people.get(int(number))
    if own is None or own.stamp != session.get(STAMP):
        return None
    person = people.get(instead) if instead else None
    if person is None:
        return Account(own)
    if session.get(AS_FAMILY):
        kin = kinship_of(own.id, person.id)
        return Account(own, person, kin) if kin else Account(own)
    return Account(own, person if may_act(own, person) else None)


def may_act(own: Any, person: Any) -> bool:
    """Whether `own` may act for `person` today, by the rule that let him begin."""
    ordinary = not any(role in DUTIES for role, _path in person.grants)
    acted_for = SimpleNamespace(id=person.id, place_path=person.place_path, ordinary=ordinary)
    return bool(access.may(actor_of(own), Can.ACT_FOR, acted_for))


def load(ids: Sequence[int]) -> dict[int, Any]:
    """The people with these numbers and what they hold today, by number; one query."""
    if len(ids) > 2:
        rows = read(_PEOPLE, {"ids": list(ids), "day": clock.today()})
    else:
        rows = read(_ONE_OR_TWO, {"one": ids[0], "two": ids[-1], "day": clock.today()})
    return {row.id: row for row in rows}


def kinship_of(relative_id: int, user_id: int) -> str:
    """What a person is to the one he acts for as family today; "" if he is not bound to him (any more)."""
    found = read(_BOUND, {"relative": relative_id, "user": user_id, "day": clock.today()})
    return str(found[0].kinship) if found else ""


def actor_of(person: Any, entered_by: Any = None, kin: str = "") -> Actor:
    """The actor a person is today; `entered_by`: who acts for him, staff or (with `kin`) family, who has none of the
    person's posts."""
    grants = frozenset((role, path) for role, path in person.grants) if not kin else frozenset()
    shown = entered_by or person
    return Actor(
        id=person.id,
        name=person.nickname or person.name,
        party=party_of({role for role, _ in grants}),
        community=person.place_path,
        community_name=person.community_name or "",
        grants=grants,
        homes=tuple(path for path, _ in person.homes),
        unit_label=person.homes[0][1] if person.homes else "",
        entered_by=entered_by.id if entered_by else None,
        entered_by_name=entered_by.name if entered_by else "",
        kin=kin,
        lang=session.get(LANG, shown.lang) if request else person.lang,
        large_text=session.get(LARGE, shown.large_text) if request else person.large_text,
        now=clock.now(),
    )


def himself(user: User) -> Actor:
    """The actor that `user` is, for what he does before there is a session."""
    return actor_of(load([user.id])[user.id])


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
        Grant.role == role, Grant.place_path.in_(containing(path)), in_term(Grant, day)
    )
    return User.id.in_(posts)


def belonging(path: str, day: date) -> Condition:
    """People who belong to a unit under a place, or hold a role in it, on a day."""
    living = sa.select(Membership.user_id).where(under(Membership.place_path, path), in_term(Membership, day))
    posted = sa.select(Grant.user_id).where(under(Grant.place_path, path), in_term(Grant, day))
    return sa.or_(User.id.in_(living), User.id.in_(posted))
