"""Signing in, wrong passwords, new passwords. Hashes are made before, outside the transaction."""

from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ...core import clock
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db, transaction
from ...core.errors import Conflict
from ...core.eventlog import record
from ...core.text import _
from .. import identity, lockout
from ..events import PasswordSet, PasswordWay, SignedOutEverywhere, UserLocked, UserSignedIn, UserUnlocked
from ..models import Code, CodePurpose, Stranger, User, new_stamp
from ..policy import Can


@action(Can.ENTER)
def sign_in(actor: Actor, user: User, *, renewed_hash: str | None = None) -> User:
    """The password was right. `renewed_hash`: the same password at today's cost."""
    lockout.forget(user)
    _forget_strangers(actor.now)
    user.signed_in_at = actor.now
    user.password_hash = renewed_hash or user.password_hash
    record(actor, user, UserSignedIn())
    return user


@action(Can.COUNT_FAILURE)
def count_failure(actor: Actor, user: User) -> None:
    """The password was wrong; the tenth in a row locks the account for a while."""
    if lockout.count(user, actor.now):
        record(actor, user, UserLocked(failures=lockout.MOST))


def stranger_locked(name: str) -> bool:
    """Whether a name that nobody has is locked, as an account would be."""
    seen = db.session.get(Stranger, _key(name))
    return seen is not None and lockout.is_locked(seen, clock.now())


def count_stranger(name: str) -> None:
    """Count a wrong try under a name that nobody has, as for an account, in a short transaction of its own.
    It is about no person, so nothing is stated."""
    now = clock.now()
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    tried = insert(Stranger).values(key=_key(name), failures=0, seen_at=now)
    held = tried.on_conflict_do_update(index_elements=["key"], set_={"seen_at": now}).returning(Stranger)
    with transaction():
        seen = db.session.scalars(held, execution_options={"populate_existing": True}).one()
        lockout.count(seen, now)


def _forget_strangers(now: datetime) -> None:
    """Names nobody has, after a day. Done when somebody enters, so that it tells nothing to who does not."""
    db.session.execute(sa.delete(Stranger).where(Stranger.seen_at < now - timedelta(days=1)))


def _key(name: str) -> str:
    return sha256(name.encode()).hexdigest()


@action(Can.UNLOCK)
def unlock(actor: Actor, user: User) -> None:
    """Somebody at the desk saw the person."""
    lockout.forget(user)
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
    lockout.forget(user)
    _renew(user, password_hash)
    record(identity.himself(user), user, PasswordSet(PasswordWay.CODE))
    return user


def _renew(user: User, password_hash: str) -> None:
    user.password_hash = password_hash
    user.stamp = new_stamp()
