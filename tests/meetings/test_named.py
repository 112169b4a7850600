"""Histories say which item, task or candidate an event is about: by number in the log, by name when it is read."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from portal.core.about import about
from portal.core.timeline import timeline
from portal.meetings.actions.motions import count_hands, decide_motion
from portal.meetings.events import ItemTakenUp
from portal.meetings.models import Meeting
from portal.meetings.room import Motion
from portal.minutes.actions.confirming import object_to_line, send_minutes
from portal.minutes.models import Minutes
from portal.minutes.words import Heading
from tests.conftest import Client, Statements
from tests.meetings.conftest import items_of
from tests.minutes.conftest import UNTIL, closed, complete, core_item, draft, lines  # noqa: F401
from tests.world import World


def story(world: World, meeting: Meeting, reader: str = "visitor") -> list[str]:
    return [str(line.text) for line in timeline(world.actor(reader), f"meeting:{meeting.id}", 60)]


def test_a_meeting_says_which_item_and_which_motion(
    client: Client, world: World, put: Motion, open_: Meeting
) -> None:
    count_hands(world.secretary, put, n_for=3, n_against=1, n_abstain=0)
    decide_motion(world.secretary, put)
    first, core = (item.title for item in items_of(open_)[:2])
    told = story(world, open_)
    for said in (f"会议进到下一项议程（{core}）", f"动议交给大家表态（{core}）", f"弃权 0（{core}）"):
        assert [line for line in told if line.endswith(said)], said
    assert f"会议进到下一项议程（{first}）" in told
    page = BeautifulSoup(client.sign_in("visitor").get(f"/meetings/{open_.id}").data, "html.parser")
    assert f"动议有人附议（{core}）" in page.select("#story")[0].text


def test_it_costs_one_statement_however_many(
    world: World, put: Motion, open_: Meeting, statements: Statements
) -> None:
    reader = world.actor("visitor")
    del statements[:]
    timeline(reader, f"meeting:{open_.id}", 60)
    assert len(statements) == 2
    del statements[:]
    timeline(reader, f"body:{open_.body_id}", 60)
    assert len(statements) == 1, "nothing is to be named there"


def test_minutes_say_which_item(
    world: World,
    complete: Minutes,  # noqa: F811
    open_: Meeting,
) -> None:
    core = core_item(complete)
    send_minutes(world.worker, complete, until=UNTIL)
    line = lines(complete, Heading.SAID, core.id)[0]
    object_to_line(world.owner, complete, line_id=line.id, reason="说的是下下周。")
    assert [t for t in story(world, open_, "owner") if t.endswith(f"提出异议（{core.title}）")]
    assert not [t for t in story(world, open_) if "提出异议" in t], (
        "while they are read they are not everybody's"
    )


def test_one_name_is_one_thing() -> None:
    def other(_actor: Any) -> Any:
        raise AssertionError

    with pytest.raises(LookupError, match="agenda_item"):
        about("agenda_item", "item_id", other, ItemTakenUp)
    with pytest.raises(LookupError, match="no nothing_id"):
        about("nothing", "nothing_id", other, ItemTakenUp)
