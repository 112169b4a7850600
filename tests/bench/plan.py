"""What is measured: the shape that a subject (an application with its data) hands to the harness.

A subject is a module with the functions of `Subject`. `tests.bench.seed` is the portal; `tests.bench.sample`
is a small application that keeps the harness itself honest. Its functions run in a process of their own whose
environment (DATABASE_URL, PORTAL_INSTANCE, SECRET_KEY) is that of the servers measured
afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from flask import Flask


@dataclass(frozen=True)
class Page:
    """A page to fetch. `cookie` is a whole Cookie header; empty for a visitor. `goal` is the ratio to bare
    Flask that the project wants to keep; it is shown, never asserted."""

    name: str
    path: str
    cookie: str = ""
    goal: float | None = None


@dataclass(frozen=True)
class Ballot:
    """One voter's paper, ready to post: the page it stands on, session cookie, form body with its CSRF token.

    Below the page lie the steps of the voter: `/review` (the second look, the same form), `/ballot` and `/receipt`.
    """

    page: str
    cookie: str
    body: str


@dataclass(frozen=True)
class Box:
    """An open vote and the papers of its voters."""

    name: str
    ballots: tuple[Ballot, ...]


@dataclass(frozen=True)
class Phone:
    """Of somebody who is in the room: his session and its CSRF token."""

    cookie: str
    token: str


@dataclass(frozen=True)
class Room:
    """A meeting in session with a motion before its members: where phones ask, and where they show a hand."""

    live: str
    hand: str
    phones: tuple[Phone, ...]


@dataclass(frozen=True)
class OwnersSteps:
    """A vote of all owners of an estate, step by step in this order."""

    post_roll: Callable[[], int]
    """Draws the roll up and hangs it out; how many units are on it."""
    vote: Callable[[], None]
    """Everything up to the count; not measured."""
    count: Callable[[], None]
    result: Callable[[], "Page"]
    """Posts the result; its page."""


@dataclass(frozen=True)
class Plan:
    """What a seeded database offers. Each ballot is posted once, by its own voter."""

    pages: tuple[Page, ...]
    boxes: tuple[Box, ...] = ()
    missing: tuple[str, ...] = ()
    """What the subject cannot offer yet. The run says so and ends with an error."""


class Subject(Protocol):
    APP: str
    """Where a WSGI server finds the application, such as "wsgi:app"."""

    def make_app(self) -> Flask:
        """The application on the database of the environment, for counting queries."""

    def build(self, scale: int, voters: int) -> Plan:
        """Fill the empty database (migrations included). `scale` multiplies what a community gathers in
        years: topics, comments on other topics, events. The pages show the same amount at every scale."""

    def ballots_counted(self) -> dict[str, int]:
        """How many ballots the database holds by the name of their box, to be compared with those acknowledged."""

    def prepare_room(self, phones: int) -> Room:
        """A meeting with so many members who are all there, and a motion that hands are asked for."""

    def hands_shown(self) -> list[tuple[int, str]]:
        """Every hand in the database: the number of the phone it came from, and what it was for."""

    def prepare_owners_vote(self, owners: int) -> OwnersSteps:
        """An estate with so many units, each with an owner and his account, and a vote without its roll yet."""

    def prepare_import(self) -> Callable[[bytes, str], int]:
        """Make everything ready that is not part of importing a roster. What it returns takes a file and its
        name, reads and writes it, and tells how many units were taken; that is what is measured."""
