"""What every action does, for whom and when, is a text that people review: a change is a change of moves.txt.

Beside it: nothing goes otherwise than the tables of moves and permissions say, and every line of a table is gone.
"""

from collections.abc import Iterator

import pytest
from flask import Flask

import portal.assembly.actions
import portal.awards.actions
import portal.meetings.actions
import portal.minutes.actions
import portal.partners.actions
import portal.surveys.actions
import portal.voting.actions
from portal.assembly.lifecycle import BATCH, CANDIDATE, OWNERS_VOTE, PROXY
from portal.awards.lifecycle import AWARD, NOMINEE
from portal.core.lifecycle import Lifecycle
from portal.meetings.lifecycle import MEETING, MOTION
from portal.minutes.lifecycle import MINUTES, TASK
from portal.partners.lifecycle import MERCHANT, OFFER, REDEMPTION, STATEMENT
from portal.surveys.lifecycle import SURVEY
from portal.volunteering.lifecycle import CERTIFICATE, OBJECTION, SERVICE, STANDING, TEAM
from portal.voting.lifecycle import POLL
from tests.conftest import rolled_back
from tests.moves import grid
from tests.moves.trying import Moved, Seen, actions_of, play
from tests.world import World

TABLES = (
    OWNERS_VOTE,
    PROXY,
    BATCH,
    CANDIDATE,
    POLL,
    MEETING,
    MOTION,
    MINUTES,
    TASK,
    SURVEY,
    TEAM,
    STANDING,
    SERVICE,
    OBJECTION,
    CERTIFICATE,
    MERCHANT,
    OFFER,
    REDEMPTION,
    STATEMENT,
    AWARD,
    NOMINEE,
)


@pytest.fixture(scope="module")
def seen(application: Flask, built: World) -> Iterator[Seen]:
    """Played once: every action, by everybody, in every situation."""
    with rolled_back(application):
        yield play(built, grid.FAMILIES)


def test_every_action_is_tried() -> None:
    tried = {attempt.action for family in grid.FAMILIES for attempt in family.attempts}
    packages = (
        portal.assembly.actions,
        portal.awards.actions,
        portal.meetings.actions,
        portal.minutes.actions,
        portal.partners.actions,
        portal.surveys.actions,
        portal.voting.actions,
    )
    there = set().union(*(actions_of(package) for package in packages))
    assert {f"{a.__module__}.{a.__name__}" for a in there - tried} == set(), (
        "an attempt in tests/moves/of_*.py"
    )


def test_what_comes_of_it_is_as_reviewed(seen: Seen) -> None:
    assert grid.FILE.read_text() == grid.text(seen), "look at it: python -m tests.moves.grid && git diff"


def test_nothing_goes_otherwise_than_the_tables_say(seen: Seen) -> None:
    assert seen.astray == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model.__name__)
def test_every_move_of_a_table_is_made_from_everywhere(seen: Seen, table: Lifecycle) -> None:
    steps = {Moved(table.model, s, move.target) for move in table.moves.values() for s in move.sources}
    assert steps - seen.moves == set()


@pytest.mark.parametrize("stranger", ["visitor", "neighbour", "other_secretary"])
def test_strangers_do_nothing(seen: Seen, stranger: str) -> None:
    assert {word for came in seen.came.values() for word in came[stranger].values()} == {""}
