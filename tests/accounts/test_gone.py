"""A unit that is no separate part any more: no card, no claim, no vote; what was stays readable."""

import pytest
import sqlalchemy as sa

from portal.accounts.actions.cards import issue_cards
from portal.accounts.actions.claims import claim_unit
from portal.accounts.models import Relation
from portal.accounts.queries.claims import find_units
from portal.core.db import db
from portal.core.errors import Conflict
from portal.places.actions.units import retire_unit
from portal.places.models import Place, Unit
from portal.voting.models import Poll
from portal.voting.roll import who
from portal.voting.words import RollKind
from tests.accounts.conftest import SECRET, Print, code_of
from tests.world import World


def retire(world: World, key: str) -> None:
    retire_unit(world.secretary, world.get(Unit, key))


def test_no_cards_are_printed_for_it(world: World) -> None:
    retire(world, "202")
    building = world.get(Place, "building")
    cards = issue_cards(world.secretary, building, relation=Relation.FAMILY, copies=1, days=60, secret=SECRET)
    assert sorted(card.label for card in cards) == [f"12号楼1单元{key}室" for key in ("101", "102", "201")]


def test_it_is_not_offered(world: World) -> None:
    assert len(find_units(world.paths["community"], "202")) == 1
    retire(world, "202")
    assert find_units(world.paths["community"], "202") == []


def test_a_card_of_it_claims_nothing(world: World, cards: Print) -> None:
    (card,) = cards("202")
    retire(world, "202")
    with pytest.raises(Conflict, match="注销"):
        claim_unit(world.auditor, code_of(card))


def test_it_gives_nobody_a_vote(world: World) -> None:
    poll = Poll(place_path=world.paths["estate"], roll_kind=RollKind.MEMBERS)
    before = {row[0] for row in db.session.execute(who(poll, world.secretary.today))}
    retire(world, "101")
    after = {row[0] for row in db.session.execute(who(poll, world.secretary.today))}
    assert before - after == {world.ids["owner"], world.ids["co_owner"]}
    assert world.ids["chair"] in after
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Poll)) == 0
