"""Every action tried by everybody in every situation, and what came of it; nothing that was tried stays.

An action either does something (and perhaps moves the thing on its way), or refuses and nothing has happened.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import ModuleType
from typing import Any, NamedTuple

import sqlalchemy as sa

from portal.accounts import identity
from portal.core import access, clock
from portal.core.actor import Actor, system
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible, Refusal
from portal.core.eventlog import Entry, Event
from portal.core.lifecycle import LIFECYCLES
from tests.world import NOW, PEOPLE, World

WORDS: dict[type[Refusal], str] = {
    NotVisible: "",
    NotAllowed: "",
    Conflict: "conflict",
    Invalid: "invalid",
}
"""How a refusal is written; "" for those who simply may not."""
REFUSED = set(WORDS.values())
BEHALF = "owner/worker"
"""A worker at the desk who acts for the owner."""
PORTAL = "portal"
"""What the clock does."""
Action = Callable[..., Any]


class Case(NamedTuple):
    """A situation. `state`: of the vote, poll or topic; `thing`: of what hangs on it; `late`: all hours have passed."""

    state: StrEnum
    thing: StrEnum | None = None
    late: bool = False

    @property
    def label(self) -> str:
        words = "/".join(str(s) for s in (self.state, self.thing) if s is not None)
        return f"{words}(late)" if self.late else words


@dataclass
class Stage:
    """A situation as it was set up. `watched`: the things whose states are looked at; `made`: rows by name."""

    world: World
    case: Case
    watched: Sequence[Any]
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def main(self) -> Any:
        return self.watched[0]

    def states(self) -> list[StrEnum]:
        return [thing.state for thing in self.watched]


def _nothing(_stage: Stage) -> dict[str, Any]:
    return {}


class Attempt(NamedTuple):
    """`values`: what the action is given besides; `ready`: what is put right before it; `variant`: tells two attempts
    of one action apart; `timed`: the hour makes a difference to it; `event`: the move of the first thing watched
    that it is to make, so that it must make it wherever the table allows it and refuse everywhere else; `also`: or this
    one, of what nobody has seen yet."""

    action: Action
    subject: Callable[[Stage], Any]
    values: Callable[[Stage], dict[str, Any]] = _nothing
    ready: Callable[[Stage], Any] = _nothing
    variant: str = ""
    timed: bool = False
    event: type[Event] | None = None
    also: type[Event] | None = None

    @property
    def name(self) -> str:
        module = self.action.__module__.rpartition(".")[2]
        return f"{module}.{self.action.__name__}" + (f", {self.variant}" if self.variant else "")


class Family(NamedTuple):
    """Situations of one kind, and what is tried in them. `at_home`: the table of the thing says all there is to say;
    elsewhere the vote around it stands in its way too."""

    name: str
    late: datetime
    cases: Sequence[Case]
    build: Callable[[World, Case], Stage]
    attempts: Sequence[Attempt]
    at_home: Callable[[Case], bool] = lambda _case: True


class Moved(NamedTuple):
    """A thing went from one state to another."""

    model: type[Any]
    before: StrEnum
    after: StrEnum


@dataclass
class Seen:
    """What came of the attempts: by attempt, person and case; all moves that were seen; and whatever went otherwise
    than the tables of moves and permissions say."""

    came: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    moves: set[Moved] = field(default_factory=set)
    astray: list[str] = field(default_factory=list)


def actions_of(package: ModuleType) -> set[Action]:
    """Every action of the modules of a package."""
    found: set[Action] = set()
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        own = (v for v in vars(module).values() if getattr(v, "__module__", "") == module.__name__)
        found |= {v for v in own if "may" in getattr(v, "__dict__", {})}
    return found


def people(world: World) -> dict[str, Actor]:
    """Everybody of the test world as he is at this hour."""
    actors = {"visitor": world.visitor, **{name: world.actor(name) for name in PEOPLE}}
    both = identity.load([world.ids["owner"], world.ids["worker"]])
    actors[BEHALF] = identity.actor_of(both[world.ids["owner"]], entered_by=both[world.ids["worker"]])
    return {**actors, PORTAL: system(clock.now())}


class _Undone(Exception):
    pass


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    try:
        with transaction():
            yield
            raise _Undone
    except _Undone:
        pass


def play(world: World, families: Sequence[Family]) -> Seen:
    seen = Seen()
    for family in families:
        for case in family.cases:
            with clock.frozen(NOW), undone():
                stage = family.build(world, case)
                with clock.frozen(family.late if case.late else NOW):
                    _on(stage, family, seen)
    return seen


def _on(stage: Stage, family: Family, seen: Seen) -> None:
    actors = people(stage.world)
    for attempt in family.attempts:
        if stage.case.late and not attempt.timed:
            continue
        with undone():
            attempt.ready(stage)
            entries = _entries()
            lines = seen.came.setdefault(f"{family.name}: {attempt.name}", {name: {} for name in actors})
            for name, actor in actors.items():
                where = f"{attempt.name}, {name}, {stage.case.label}"
                planned = _planned(attempt, stage, actor) if family.at_home(stage.case) else None
                said, moved = _tried(attempt, stage, actor)
                lines[name][stage.case.label] = said
                seen.moves |= moved
                seen.astray += [f"{where}: not in the table: {m}" for m in moved if not _in_table(m)]
                if planned is not None and planned != (said not in REFUSED):
                    seen.astray.append(f"{where}: the table says {planned}, it came to {said or 'a refusal'}")
            if _entries() != entries:
                seen.astray.append(f"{attempt.name}, {stage.case.label}: something stayed")


def _planned(attempt: Attempt, stage: Stage, actor: Actor) -> bool | None:
    """Whether the tables of moves and permissions let this person make the move now; None: it is to make none."""
    if attempt.event is None:
        return None
    table = LIFECYCLES[type(stage.main)]
    return any(
        access.may(actor, table.moves[event].may, stage.main) and not table.unmet(actor, stage.main, event)
        for event in (attempt.event, attempt.also)
        if event
    )


def _tried(attempt: Attempt, stage: Stage, actor: Actor) -> tuple[str, set[Moved]]:
    before = stage.states()
    try:
        with undone():
            attempt.action(actor, attempt.subject(stage), **attempt.values(stage))
            after = stage.states()
    except Refusal as refusal:
        return next(word for kind, word in WORDS.items() if isinstance(refusal, kind)), set()
    things = zip(stage.watched, before, after, strict=True)
    moved = [Moved(type(thing), old, new) for thing, old, new in things if old != new]
    if attempt.event and not moved:  # a roll posted anew
        moved = [Moved(type(stage.main), before[0], after[0])]
    turned = ", ".join(str(m.after) for m in moved if m.before != m.after)
    return f"→ {turned}" if turned else "done", set(moved)


def _in_table(moved: Moved) -> bool:
    moves = LIFECYCLES[moved.model].moves.values()
    return any(moved.before in m.sources and moved.after == m.target for m in moves)


def _entries() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Entry)) or 0
