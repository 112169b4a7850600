"""Opening and closing a session. It is emptied whenever somebody signs in or out, so that nobody can prepare a
session for another person."""

from typing import Any

from flask import session
from flask_login import login_user, logout_user

from . import devices
from .identity import AS_FAMILY, COMMUNITY, FOR, LANG, LARGE, STAMP, Account
from .models import User

CARD = "card"
"""Digest of the contact card in hand, on the way through signing in to the claim."""


def open_session(user: User) -> None:
    """This browser belongs to `user` from now on, for 30 days or until the stamp changes."""
    _empty(CARD)
    session.permanent = True
    login_user(Account(user))
    session[STAMP] = user.stamp
    devices.remember(user.id)


def close_session(community: str) -> None:
    """Back to a visitor, who goes on reading about the same community in the same language."""
    logout_user()
    _empty(LANG, LARGE)
    session[COMMUNITY] = community


def act_for(user_id: int, *, as_family: bool = False) -> None:
    session[FOR] = user_id
    session[AS_FAMILY] = as_family


def act_for_oneself() -> None:
    session.pop(FOR, None)
    session.pop(AS_FAMILY, None)


def _empty(*but: str) -> None:
    kept: dict[str, Any] = {key: session[key] for key in but if key in session}
    session.clear()
    session.update(kept)
