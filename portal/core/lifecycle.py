"""Lifecycles: one stored `state`, one table of moves; buttons, steppers and diagrams are drawn from it.

Time never is state: an hour that has passed is a column that guards read; a tick fires ordinary moves.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import ORMExecuteState, Session

from . import access
from .access import Permission
from .actor import Actor
from .errors import Conflict, Unmet
from .eventlog import Event, record
from .text import _

Guard = Callable[[Any, Actor], Iterable[Unmet]]
"""(subject, actor) → what stands in the way; nothing when all is well."""

_moving: ContextVar[bool] = ContextVar("moving", default=False)


@dataclass(frozen=True)
class Move:
    """One line of the table: what is stated, who may state it, from where to where, unless what."""

    event: type[Event]
    may: Permission
    sources: tuple[StrEnum, ...]
    target: StrEnum
    unless: tuple[Guard, ...] = ()


class Lifecycle:
    """The moves of a model, keyed by the event that states them."""

    def __init__(self, model: type[Any], states: type[StrEnum], *moves: Move) -> None:
        self.model, self.states = model, states
        self.moves = {m.event: m for m in moves}
        if len(self.moves) != len(moves):
            raise LookupError(f"{model.__name__}: an event moves in two ways")
        sa.event.listen(model.state, "set", _guarded)
        LIFECYCLES[model] = self

    def unmet(self, actor: Actor, subject: Any, event: type[Event]) -> tuple[Unmet, ...]:
        """All that stands in the way of a move now: the state it is in, then every guard."""
        move = self.moves[event]
        if subject.state not in move.sources:
            return (Unmet(_("现在不能这样办，这件事已经到了下一步。请刷新页面看看。")),)
        return tuple(u for guard in move.unless for u in guard(subject, actor))

    def offers(self, actor: Actor, subject: Any) -> dict[type[Event], tuple[Unmet, ...]]:
        """The moves that exist now and that the actor may make, each with what stands in its way."""
        return {
            event: self.unmet(actor, subject, event)
            for event, move in self.moves.items()
            if subject.state in move.sources and access.may(actor, move.may, subject)
        }

    def move(self, actor: Actor, subject: Any, happened: Event) -> None:
        """Make a move on a locked row: check the state, collect all unmet guards, change it, state the event.

        Raises Conflict with every reason at once.
        """
        unmet = self.unmet(actor, subject, type(happened))
        if unmet:
            raise Conflict(*unmet)
        token = _moving.set(True)
        try:
            subject.state = self.moves[type(happened)].target
        finally:
            _moving.reset(token)
        if hasattr(subject, "moved_at"):
            subject.moved_at = actor.now
        record(actor, subject, happened)


LIFECYCLES: dict[type[Any], Lifecycle] = {}


def _no_statement(running: ORMExecuteState) -> None:
    """UPDATE statements pass by the listener of the attribute, so they are looked at here."""
    if not running.is_update:
        return
    statement: Any = running.statement
    written = {getattr(key, "key", key) for key in (*(statement._values or ()), *_given(running.parameters))}
    if "state" in written and any(m.__tablename__ == statement.table.name for m in LIFECYCLES):
        raise AssertionError(f"{statement.table.name}.state changes by a move only")


def _given(parameters: Any) -> Iterable[str]:
    rows = parameters if isinstance(parameters, (list, tuple)) else [parameters or {}]
    return (name for row in rows for name in row)


sa.event.listen(Session, "do_orm_execute", _no_statement)


def _guarded(target: Any, value: Any, _old: Any, _initiator: Any) -> None:
    if sa.inspect(target).key is not None and not _moving.get():
        raise AssertionError(f"{type(target).__name__}.state changes by a move only")
