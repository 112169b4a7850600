"""The rule of this feature's own, in its three readings: may he, which polls, who."""

import pytest
import sqlalchemy as sa

from portal.accounts.models import User
from portal.core import access, clock
from portal.core.db import db
from portal.voting.models import Poll
from portal.voting.policy import Can
from portal.voting.queries.pages import poll_page
from portal.voting.words import RollKind, Secrecy
from tests.voting.conftest import CLOSES, VOTERS, Draft
from tests.world import PEOPLE, World

ON_ROLL = {
    RollKind.MEMBERS: VOTERS,
    RollKind.SEATS: ("chair", "manager", "owner"),
    RollKind.HOUSEHOLDS: VOTERS,
    RollKind.COMMITTEE: ("chair",),
}


@pytest.mark.parametrize("name", [*PEOPLE, "visitor"])
@pytest.mark.parametrize("kind", list(RollKind))
def test_check_clause_and_holders_agree(world: World, opened: Draft, name: str, kind: RollKind) -> None:
    poll = opened(roll_kind=kind)
    actor = world.actor(name)
    may = bool(access.may(actor, Can.CAST, poll))
    clause = sa.select(Poll.id).where(access.rows(actor, Poll, Can.CAST))
    holders = db.session.scalars(sa.select(User.id).where(access.holders(Can.CAST, poll))).all()
    assert may == (name in ON_ROLL[kind])
    assert (poll.id in db.session.scalars(clause).all()) == may
    assert (actor.id in holders) == may


@pytest.mark.parametrize("name", ["owner", "merchant"])
@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_the_row_of_a_page_answers_like_the_poll(
    world: World, opened: Draft, name: str, secrecy: Secrecy
) -> None:
    poll, actor = opened(secrecy=secrecy), world.actor(name)
    row = poll_page(actor, poll.id)
    assert access.may(actor, Can.CAST, row) == access.may(actor, Can.CAST, poll)


def test_after_the_hour_nobody_is_asked(world: World, poll: Poll) -> None:
    with clock.frozen(CLOSES):
        actor = world.actor("owner")
        assert not access.may(actor, Can.CAST, poll)
        assert db.session.scalars(sa.select(Poll.id).where(access.rows(actor, Poll, Can.CAST))).all() == []
        assert db.session.scalars(sa.select(User.id).where(access.holders(Can.CAST, poll))).all() == []
