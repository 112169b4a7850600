"""What happened: plain fields, one entry a change, reactions in the same transaction."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import eventlog
from portal.core.actor import Actor
from portal.core.db import db, transaction
from portal.core.errors import Conflict
from portal.core.eventlog import EVENTS, Entry, Event, Visibility, event, on, record, reference
from tests.core.conftest import Make
from tests.core.things import State, ThingChanged, ThingClosed, ThingOpened
from tests.world import NOW, World


@pytest.fixture
def reactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reactions that a test registers are forgotten after it."""
    known = {kind: list(registered) for kind, registered in eventlog._reactions.items()}
    monkeypatch.setattr(eventlog, "_reactions", defaultdict(list, known))


@pytest.fixture
def names() -> Iterator[None]:
    """Events that a test declares are forgotten after it."""
    known = set(EVENTS)
    yield
    for name in set(EVENTS) - known:
        del EVENTS[name]


def last() -> Entry:
    found = db.session.scalar(sa.select(Entry).order_by(Entry.id.desc()).limit(1))
    assert found is not None
    return found


def test_an_entry_says_who_what_where_and_when(make: Make, world: World) -> None:
    thing = make("estate")
    with transaction():
        record(world.owner, thing, ThingOpened(count=3))
    entry = last()
    assert (entry.name, entry.subject, entry.story) == (
        "thing.opened",
        f"thing:{thing.id}",
        f"thing:{thing.id}",
    )
    assert (entry.actor_id, entry.entered_by_id, entry.party) == (world.ids["owner"], None, "resident")
    assert (entry.at, entry.place_path, entry.visibility) == (NOW, world.paths["estate"], Visibility.PUBLIC)
    assert entry.payload == {"count": 3}
    assert entry.request_id == ""


def test_staff_who_enter_for_somebody_are_named(make: Make, world: World) -> None:
    thing = make("estate")
    owner, here = world.ids["owner"], world.paths["community"]
    for_owner = Actor(id=owner, entered_by=world.ids["worker"], community=here, now=NOW)
    with transaction():
        record(for_owner, thing, ThingOpened())
    assert (last().actor_id, last().entered_by_id) == (world.ids["owner"], world.ids["worker"])


def test_the_payload_is_plain(make: Make, world: World) -> None:
    thing = make()
    days = (date(2026, 6, 16), date(2026, 6, 17))
    with transaction():
        record(world.owner, thing, ThingChanged(day=days[0], days=days, state=State.OPEN))
    db.session.expire_all()
    assert last().payload == {
        "day": "2026-06-16",
        "days": ["2026-06-16", "2026-06-17"],
        "state": "open",
        "maybe": None,
    }


def test_what_happens_to_a_part_belongs_to_the_story_of_the_whole(make: Make, world: World) -> None:
    thing = make()
    thing.story = "topic:7"  # type: ignore[attr-defined]
    with transaction():
        record(world.owner, thing, ThingOpened())
    assert (last().subject, last().story) == (reference(thing), "topic:7")


def test_an_event_outside_an_action_fails(make: Make, world: World) -> None:
    thing = make()
    with pytest.raises(AssertionError, match="inside an action"):
        record(world.owner, thing, ThingOpened())


def test_entries_stand_in_the_order_they_were_stated(make: Make, world: World, reactions: None) -> None:
    thing = make()
    seen: list[str] = []

    @on(ThingOpened)
    def first(actor: Actor, subject: Any, happened: ThingOpened) -> None:
        seen.append("first")
        record(actor, subject, ThingClosed())

    @on(ThingOpened)
    def second(actor: Actor, subject: Any, happened: ThingOpened) -> None:
        seen.append(f"second {happened.count}")

    on(ThingOpened)(first)
    with transaction():
        record(world.owner, thing, ThingOpened(count=2))
    assert seen == ["first", "second 2"]
    names = db.session.scalars(
        sa.select(Entry.name).where(Entry.subject == reference(thing)).order_by(Entry.id)
    )
    assert list(names) == ["thing.opened", "thing.closed"]


def test_a_reaction_that_refuses_takes_the_event_with_it(make: Make, world: World, reactions: None) -> None:
    thing = make()

    @on(ThingOpened)
    def refuse(actor: Actor, subject: Any, happened: ThingOpened) -> None:
        raise Conflict("不行")

    with pytest.raises(Conflict), transaction():
        record(world.owner, thing, ThingOpened())
    assert not db.session.scalar(
        sa.select(sa.func.count()).select_from(Entry).where(Entry.subject == reference(thing))
    )


def test_an_event_is_frozen() -> None:
    with pytest.raises(AttributeError):
        ThingOpened(count=1).count = 2  # type: ignore[misc]


@pytest.mark.parametrize(
    "hint",
    [
        str,
        float,
        dict,
        list[int],
        dict[int, int],
        frozenset[int],
        datetime,
        str | None,
        tuple[str, ...],
        object,
        bytes,
    ],
)
def test_an_event_carries_no_texts_and_no_floats(hint: Any, names: None) -> None:
    kind = type("Bad", (Event,), {"__annotations__": {"said": hint}})
    with pytest.raises(TypeError, match="said"):
        event("bad.said", "{who}说了", icon="check")(kind)
    assert "bad.said" not in EVENTS


@pytest.mark.parametrize(
    "hint", [int, bool, date, State, int | None, tuple[int, ...], tuple[date, State], State | None]
)
def test_an_event_carries_numbers_words_and_days(hint: Any, names: None) -> None:
    kind = type("Good", (Event,), {"__annotations__": {"said": hint}})
    event("good.said", "{who}说了", icon="check")(kind)
    assert EVENTS["good.said"] is kind


def test_a_name_is_declared_once(names: None) -> None:
    event("good.once", "{who}说了", icon="check")(type("One", (Event,), {"__annotations__": {}}))
    with pytest.raises(LookupError, match="twice"):
        event("good.once", "{who}说了", icon="check")(type("Two", (Event,), {"__annotations__": {}}))


@pytest.mark.parametrize("taken", ["name", "sentence", "icon", "visibility"])
def test_a_field_does_not_hide_a_word_of_the_declaration(taken: str, names: None) -> None:
    with pytest.raises(TypeError, match=taken):
        event("bad.field", "{who}说了", icon="check")(
            type("Bad", (Event,), {"__annotations__": {taken: int}})
        )
