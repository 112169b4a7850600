"""What waits for whom: one list over all features, most urgent first, in one query."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import waiting
from portal.core.actor import Actor
from portal.core.columns import Rows
from portal.core.waiting import Kind, Wait, waiting_for
from tests.core.conftest import Make
from tests.core.things import State, Thing
from tests.world import NOW, World

KIND = Kind("议题", "去看", "check", "workshop.show", "thing_id", personal=True)


def waits(kind: str, state: State) -> Rows:
    return sa.select(
        sa.literal(kind).label("kind"),
        Thing.id.label("subject_id"),
        Thing.title.label("title"),
        sa.literal("community").label("party"),
        Thing.at.label("since"),
        Thing.closes_at.label("due"),
        Thing.place_path.label("place_path"),
    ).where(Thing.state == state)


def nobody(actor: Actor) -> Rows | None:
    return waits("never", State.CLOSED) if actor.id is None else None


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "KINDS", {})
    monkeypatch.setattr(waiting, "_sources", {})


def test_the_most_urgent_is_first_and_what_has_no_hour_last(make: Make, world: World, sources: None) -> None:
    waiting.add("draft", KIND, lambda actor: waits("draft", State.DRAFT))
    waiting.add("open", KIND, lambda actor: waits("open", State.OPEN))
    waiting.add("never", KIND, nobody)
    never = make(title="不急", at=NOW - timedelta(days=9))
    late = make(title="明天", closes_at=NOW + timedelta(days=1))
    soon = make(title="今天", closes_at=NOW + timedelta(hours=1), state=State.OPEN)
    found = waiting_for(world.owner)
    assert [w.subject_id for w in found] == [soon.id, late.id, never.id]
    assert found[0] == Wait(
        "open", soon.id, "今天", "community", NOW, NOW + timedelta(hours=1), soon.place_path
    )
    assert found[2].due is None


def test_the_nearer_hour_goes_before_his_own_and_all_are_counted(
    make: Make, world: World, sources: None
) -> None:
    waiting.add("work", KIND._replace(personal=False), lambda actor: waits("work", State.DRAFT))
    waiting.add("own", KIND, lambda actor: waits("own", State.OPEN))
    make(closes_at=NOW - timedelta(hours=1))
    make(closes_at=NOW + timedelta(hours=2))
    make(closes_at=NOW + timedelta(hours=2), state=State.OPEN)
    make(state=State.OPEN)
    first = waiting.waits(world.owner, 3)
    assert [w.kind for w in first.shown] == ["work", "own", "work"]
    assert first.total == 4


def test_one_query_and_a_limit(make: Make, world: World, sources: None, statements: list[str]) -> None:
    waiting.add("draft", KIND, lambda actor: waits("draft", State.DRAFT))
    for _ in range(4):
        make()
    owner = world.owner
    del statements[:]
    assert len(waiting_for(owner, limit=3)) == 3
    assert len(statements) == 1


def test_nothing_waits_where_nobody_says_so(world: World, sources: None, statements: list[str]) -> None:
    owner = world.owner
    waiting.add("never", KIND, nobody)
    del statements[:]
    assert waiting_for(owner) == []
    assert statements == []


def test_a_registration_that_is_made_again_is_one(make: Make, world: World, sources: None) -> None:
    make()
    for _ in range(2):
        waiting.add("draft", KIND, lambda actor: waits("draft", State.DRAFT))
    assert len(waiting_for(world.owner)) == 1
