"""Signing in, wrong passwords, new passwords. Hashes are made before, outside the transaction."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ...core import clock
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db, transaction
from ...core.digests import digest
from ...core.errors import Conflict
from ...core.eventlog import record
from ...core.text import _
from .. import identity, lockout
from ..events import PasswordSet, PasswordWay, SignedOutEverywhere, UserLocked, UserSignedIn, UserUnlocked
from ..models import Code, CodePurpose, Stranger, User, new_stamp
from ..policy import Can

EVERYWHERE, NOWHERE = "", "nowhere"
"""The place of all places, and of who does not say where he is."""
HALF = 32


@action(Can.ENTER)
def sign_in(actor: Actor, user: User, *, place: str = NOWHERE, renewed_hash: str | None = None) -> User:
    """The password was right. `renewed_hash`: the same password at today's cost. Other places stay as they are."""
    lockout.forget(user)
    keys = [_key(named(user), place), _key(named(user), EVERYWHERE)]
    _forget(Stranger.key.in_(keys))
    _forget(Stranger.seen_at < actor.now - timedelta(days=1))
    user.signed_in_at = actor.now
    user.password_hash = renewed_hash or user.password_hash
    record(actor, user, UserSignedIn())
    return user


@action(Can.COUNT_FAILURE)
def count_failure(actor: Actor, user: User, *, place: str = NOWHERE, alone: bool = False) -> None:
    """The password was wrong; the tenth in a row from a place shuts that place out for a while. `alone`: the place
    is the person's own, so it does not slow the others."""
    user.failures += 1
    if _count(named(user), place, alone):
        user.locked_until = actor.now + lockout.LOCKED
        record(actor, user, UserLocked(failures=lockout.MOST))


def count_stranger(name: str, place: str) -> None:
    """Count a wrong try under a name that nobody has, as for an account, in a short transaction of its own.
    It is about no person, so nothing is stated."""
    with transaction():
        _count(name, place, False)


def is_shut(name: str, place: str) -> bool:
    """Whether nobody comes in under a name from a place now."""
    seen = db.session.get(Stranger, _key(name, place))
    return seen is not None and lockout.is_locked(seen, clock.now())


def named(user: User) -> str:
    """What the wrong passwords of an account are counted under, whichever of its names was typed."""
    return f"account {user.id}"


def _count(name: str, place: str, alone: bool) -> bool:
    now = clock.now()
    if not alone:
        lockout.slow(_tried(name, EVERYWHERE, now), now)
    return lockout.count(_tried(name, place, now), now)


def _tried(name: str, place: str, now: datetime) -> Stranger:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    tried = insert(Stranger).values(key=_key(name, place), failures=0, seen_at=now)
    held = tried.on_conflict_do_update(index_elements=["key"], set_={"seen_at": now}).returning(Stranger)
    return db.session.scalars(held, execution_options={"populate_existing": True}).one()


def _forget(which: sa.ColumnElement[bool]) -> None:
    """Done when somebody enters or is seen at the desk, so that it tells nothing to who does not."""
    db.session.execute(sa.delete(Stranger).where(which))


def _key(name: str, place: str) -> str:
    """One half for the name, so that everything about it can be found."""
    return _half(name) + (_half(place) if place else "0" * HALF)


def _half(text: str) -> str:
    return digest(text)[:HALF]


def _let_in(user: User) -> None:
    """From everywhere."""
    lockout.forget(user)
    _forget(Stranger.key.startswith(_half(named(user))))


@action(Can.UNLOCK)
def unlock(actor: Actor, user: User) -> None:
    """Somebody at the desk saw the person."""
    _let_in(user)
    record(actor, user, UserUnlocked())


@action(Can.SET_PASSWORD)
def set_password(actor: Actor, user: User, *, password_hash: str) -> User:
    """His own new password; all other sessions end."""
    _renew(user, password_hash)
    record(actor, user, PasswordSet(PasswordWay.OWN))
    return user


@action(Can.SIGN_OUT_EVERYWHERE)
def sign_out_everywhere(actor: Actor, user: User) -> None:
    user.stamp = new_stamp()
    record(actor, user, SignedOutEverywhere())


@action(Can.RESET)
def reset_password(actor: Actor, code: Code, *, password_hash: str) -> User:
    """A new password with the code told at the counter: all sessions end, the lock is lifted, the code is used up.

    Raises Conflict if the code is no good (any more).
    """
    user = db.session.get(User, code.user_id or 0, with_for_update=True, populate_existing=True)
    fit = code.purpose is CodePurpose.PASSWORD and code.usable(actor.now)
    if not fit or user is None or user.closed_at is not None:
        raise Conflict(_("这个重设码不能用了。请到社区窗口再要一个。"))
    code.used_at = actor.now
    _let_in(user)
    _renew(user, password_hash)
    record(identity.himself(user), user, PasswordSet(PasswordWay.CODE))
    return user


def _renew(user: User, password_hash: str) -> None:
    user.password_hash = password_hash
    user.stamp = new_stamp()
