"""What calendars subscribe to: the meetings of a council, and those that one person is asked to.

A calendar program signs in nowhere, so a person's feed has an address that nobody guesses: his number with a proof made
of the portal's key and his own stamp. Signing out everywhere makes a new stamp, and the old address is nobody's.
"""

import hashlib
import hmac
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from ..accounts.models import User
from ..core import access, clock
from ..core.actor import Actor
from ..core.columns import Rows
from ..core.db import db
from ..core.numbers import row_number
from ..councils.models import Council
from .models import Body, Invitation, Meeting
from .words import HELD, MeetingState, Reply

SINCE = timedelta(days=93)
"""How far back a calendar reaches."""
MOST = 300
OFF = (MeetingState.CANCELLED, MeetingState.POSTPONED)
"""A meeting that was called and is not held at its hour is struck out in the calendars that have it."""
SHOWN = (*HELD, *OFF)


def token(person: User, secret: str) -> str:
    """The last part of the address of a person's feed."""
    proof = hmac.new(secret.encode(), f"calendar:{person.id}:{person.stamp}".encode(), hashlib.sha256)
    return f"{person.id}-{proof.hexdigest()[:40]}"


def name(secret: str) -> str:
    """What a portal without an address of its own is called in calendars: the same for ever, and no other's."""
    proof = hmac.new(secret.encode(), b"calendar", hashlib.sha256)
    return f"{proof.hexdigest()[:12]}.yishiting"


def host(secret: str, site: str) -> str:
    """By what name calendars know the portal that is reached at an address, or at none of its own."""
    return urlsplit(site).hostname or name(secret)


def person_of(given: str, secret: str) -> User | None:
    """Whose feed an address names; None for one that was not given away, or not any more."""
    number = row_number(given.partition("-")[0])
    person = db.session.get(User, number) if number else None
    if person is None or person.closed_at is not None:
        return None
    return person if hmac.compare_digest(token(person, secret).encode(), given.encode()) else None


def of_council(actor: Actor, council: Council) -> list[Any]:
    """The called meetings of a council, for everybody."""
    return _rows(_meetings().where(Body.council_id == council.id, access.rows(actor, Meeting)))


def of_person(person: User) -> list[Any]:
    """The called meetings a person is asked to and has not said no to, and those he goes to in somebody's place."""
    mine = sa.select(Invitation.meeting_id).where(
        sa.or_(Invitation.user_id == person.id, Invitation.sitter_id == person.id),
        Invitation.reply != Reply.NO,
    )
    return _rows(_meetings().where(Meeting.id.in_(mine)))


def _meetings() -> Rows:
    return sa.select(
        Meeting.id,
        Meeting.title,
        Meeting.intro,
        Meeting.venue,
        Meeting.starts_at,
        Meeting.ends_at,
        Meeting.moved_at,
        Meeting.state,
    ).join(Body, Body.id == Meeting.body_id)


def _rows(found: Rows) -> list[Any]:
    called = Meeting.state.in_(SHOWN) & Meeting.called_at.is_not(None)
    moved = (Meeting.state == MeetingState.PLANNED) & (Meeting.moved_because != "")
    recent = found.where(called | moved, Meeting.starts_at >= clock.now() - SINCE)
    return list(db.session.execute(recent.order_by(Meeting.starts_at, Meeting.id).limit(MOST)))
