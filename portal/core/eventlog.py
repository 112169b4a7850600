"""What happened: every change states one event in the same transaction; timelines, audit and notices read it.

An event is a frozen dataclass in the past tense, declared in a feature's `events.py`. Its fields are ids,
numbers, words of an enum, days and booleans: never names, phone numbers, texts or choices of a ballot.
The sentence people read is made when it is read, from the event's one sentence.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, ClassVar, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints

import sqlalchemy as sa
from flask import g, has_request_context
from sqlalchemy.orm import Mapped, mapped_column

from .actor import Actor
from .columns import Id, PlacePath, word
from .db import Model, write


class Visibility(StrEnum):
    """Who reads an event in a timeline. The audit shows all of them to those who may audit."""

    PUBLIC = "public"
    MEMBERS = "members"
    STAFF = "staff"


@dataclass(frozen=True)
class Event:
    """Base of all events. Subclasses are frozen dataclasses of plain values and say the four class words."""

    name: ClassVar[str] = ""
    sentence: ClassVar[str] = ""
    """One sentence with {fields}; `{who}` is who did it. Formats after a colon are leaves: {cost:money}."""
    icon: ClassVar[str] = "check"
    visibility: ClassVar[Visibility] = Visibility.PUBLIC


class Entry(Model):
    """One event as it was stated. Append-only; it outlives the people it mentions, so it has no foreign keys."""

    __tablename__ = "event_log"

    id: Mapped[Id]
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(sa.String(64))
    actor_id: Mapped[int | None] = mapped_column(index=True)
    entered_by_id: Mapped[int | None]
    """Staff who entered it for the actor."""
    party: Mapped[str] = mapped_column(sa.String(16))
    subject: Mapped[str] = mapped_column(sa.String(64))
    """`topic:12`."""
    story: Mapped[str] = mapped_column(sa.String(64))
    """The file it belongs to: what happens to a topic's poll is part of the topic's story."""
    place_path: Mapped[PlacePath]
    visibility: Mapped[Visibility] = mapped_column(word(Visibility))
    payload: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    request_id: Mapped[str] = mapped_column(sa.String(36))

    __table_args__ = (
        sa.Index("ix_event_log_story", "story", "id"),
        sa.Index("ix_event_log_place", "place_path", "id"),
        sa.Index("ix_event_log_subject", "subject", "id"),
    )


E = TypeVar("E", bound=Event)
EVENTS: dict[str, type[Event]] = {}
Reaction = Callable[[Actor, Any, Any], None]
_reactions: dict[type[Event], list[Reaction]] = defaultdict(list)
_PLAIN = (int, bool, date)


@dataclass_transform(frozen_default=True)
@dataclass_transform(frozen_default=True)
def event(
    name: str, sentence: str, icon: str, visibility: Visibility = Visibility.PUBLIC
) -> Callable[[type[E]], type[E]]:
    """Declare an event: name (`topic.raised`), sentence, icon and who reads it. Makes it a frozen dataclass."""

    def declare(cls: type[E]) -> type[E]:
        if taken := set(cls.__annotations__) & {"name", "sentence", "icon", "visibility"}:
            raise TypeError(f"{name}: {', '.join(taken)} is a word of the declaration, not a field")
        kind = dataclass(frozen=True)(cls)
        kind.name, kind.sentence, kind.icon, kind.visibility = name, sentence, icon, visibility
        for part, hint in get_type_hints(kind).items():
            if get_origin(hint) is not ClassVar and not _plain(hint):
                raise TypeError(f"{name}.{part}: an event carries ids, numbers, words, days; not {hint}")
        if EVENTS.setdefault(name, kind) is not kind:
            raise LookupError(f"{name} is declared twice")
        return kind

    return declare


def _plain(hint: Any) -> bool:
    if get_origin(hint) in (tuple, Union, UnionType):
        return all(_plain(a) for a in get_args(hint) if a not in (Ellipsis, type(None)))
    return isinstance(hint, type) and (hint in _PLAIN or issubclass(hint, StrEnum))


def on(kind: type[E]) -> Callable[[Callable[[Actor, Any, E], None]], Callable[[Actor, Any, E], None]]:
    """Register a reaction `(actor, subject, event)`, run in the transaction that states the event."""

    def register(reaction: Callable[[Actor, Any, E], None]) -> Callable[[Actor, Any, E], None]:
        if reaction not in _reactions[kind]:
            _reactions[kind].append(reaction)
        return reaction

    return register


def reference(thing: Any) -> str:
    """`topic:12`: how the log and files name a row."""
    return f"{thing.__tablename__}:{thing.id}"


_ENTER = sa.insert(Entry.metadata.tables[Entry.__tablename__])
"""Straight into the table: every action states an event, and a mapped object would double what that costs."""


def record(actor: Actor, subject: Any, happened: Event) -> None:
    """State an event about `subject` in the running transaction, then let upper features react to it."""
    entry = {
        "at": actor.now,
        "name": happened.name,
        "actor_id": actor.id,
        "entered_by_id": actor.entered_by,
        "party": actor.party,
        "subject": reference(subject),
        "story": getattr(subject, "story", None) or reference(subject),
        "place_path": subject.place_path,
        "visibility": happened.visibility,
        "payload": _payload(happened),
        "request_id": g.get("request_id", "") if has_request_context() else "",
    }
    write(_ENTER, entry)
    for reaction in _reactions[type(happened)]:
        reaction(actor, subject, happened)


def _payload(happened: Event) -> Mapping[str, Any]:
    return {part.name: _as_json(getattr(happened, part.name)) for part in fields(happened)}


def _as_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_as_json(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value
