"""Finding the person whose name or phone a convener typed."""

from typing import Any

from ..accounts import finding
from ..accounts.models import User
from ..core.actor import Actor
from ..core.db import db
from .policy import CONVENERS


def known(actor: Actor, path: str, typed: str, field: str) -> User | None:
    """The one open account under this name or phone; None if there is none. Raises Invalid."""
    return finding.known(actor, path, typed, field, CONVENERS)


def somebody(actor: Actor, path: str, typed: str, field: str) -> User:
    """The same, where it must be somebody. Raises Invalid."""
    return finding.somebody(actor, path, typed, field, CONVENERS)


def name_of(asked: Any) -> str:
    """What somebody who is asked goes by."""
    person = db.session.get(User, asked.user_id) if asked.user_id else None
    return (person.nickname or person.name) if person else asked.name
