"""The story of a thing: its events, and those of everything that belongs to its file, newest first."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from markupsafe import Markup, escape

from .about import words_of
from .actor import Actor
from .db import read
from .directory import directory
from .eventlog import EVENTS, Entry, Visibility
from .leaves_text import masked
from .pages import filters
from .sentences import sentence
from .text import N_, words


class Line(NamedTuple):
    """One entry as a reader sees it."""

    at: datetime
    icon: str
    party: str
    text: Markup


@cache
def _statement(audience: tuple[Visibility, ...]) -> sa.Select[*tuple[Any, ...]]:
    people = directory.people
    return (
        sa.select(
            Entry.at, Entry.name, Entry.party, Entry.payload, people.name.label("person"), people.nickname
        )
        .outerjoin(people, people.id == Entry.actor_id)
        .where(Entry.story == sa.bindparam("story"), Entry.visibility.in_(audience))
        .order_by(Entry.id.desc())
        .limit(sa.bindparam("most"))
    )


def timeline(actor: Actor, story: str, most: int = 30) -> list[Line]:
    """The latest lines of a file (`topic:12`) that this actor may read, each with what it is about; two queries. The
    caller has checked that he may see the subject."""
    audience = (Visibility.PUBLIC, Visibility.MEMBERS) if actor.id else (Visibility.PUBLIC,)
    rows = read(_statement(audience), {"story": story, "most": most})
    return [line(actor, row, what) for row, what in zip(rows, words_of(actor, rows), strict=True)]


def line(actor: Actor, row: Any, what: str = "") -> Line:
    """One log row (at, name, party, payload, person, nickname) as a sentence, with what it is about behind it."""
    leaves = filters(actor.lang)
    text = sentence(row.name, row.payload, _who(actor, row, leaves["party_name"]), actor.lang, leaves)
    if what:
        text += escape(words(actor.lang).gettext(N_("（%(what)s）"))) % {"what": what}
    kind = EVENTS.get(row.name)
    return Line(row.at, kind.icon if kind else "circle", row.party, text)


def _who(actor: Actor, row: Any, party_name: Any) -> str:
    """Residents by name, masked for visitors; everybody else by party and name."""
    person = row.nickname or row.person or ""
    if not actor.id:
        person = masked(person)
    space = "" if actor.lang == "zh" or not person else " "
    return person if row.party == "resident" and person else f"{party_name(row.party)}{space}{person}"
