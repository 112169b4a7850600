"""Accounts in the world of the tests: people with passwords, cards in hand."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.actions.cards import Card, issue_cards
from portal.accounts.actions.door import set_password
from portal.accounts.codes import digest
from portal.accounts.models import Code, CodePurpose, Relation, User
from portal.accounts.passwords import hashed
from portal.accounts.queries.claims import by_digest
from portal.core.db import db
from portal.core.eventlog import Entry
from portal.places.models import Place
from tests.world import PASSWORD, World

SECRET = "tests"
"""The SECRET_KEY of the tests' settings."""
Print = Callable[..., list[Card]]


def account(world: World, name: str) -> User:
    return db.session.get_one(User, world.ids[name])


def place(world: World, key: str) -> Place:
    return db.session.get_one(Place, world.ids[key])


def stated(name: str) -> list[Any]:
    """The events of this name, the oldest first."""
    return list(db.session.scalars(sa.select(Entry).where(Entry.name == name).order_by(Entry.id)))


def code_of(card: Card) -> Code:
    found = by_digest(digest(card.code, SECRET), CodePurpose.CLAIM)
    assert found is not None
    return found


@pytest.fixture
def with_password(world: World) -> World:
    """The owner and the secretary can sign in with their phones and `PASSWORD`."""
    for name in ("owner", "secretary"):
        set_password(world.actor(name), account(world, name), password_hash=hashed(PASSWORD, 1))
    return world


@pytest.fixture
def cards(world: World) -> Print:
    """Cards for a place of the world, printed by its secretary."""

    def make(
        key: str = "202", relation: Relation = Relation.FAMILY, copies: int = 1, days: int = 60
    ) -> list[Card]:
        giver = world.other_secretary if key.startswith("other") else world.secretary
        return issue_cards(
            giver, place(world, key), relation=relation, copies=copies, days=days, secret=SECRET
        )

    return make
