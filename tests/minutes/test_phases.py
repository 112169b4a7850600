"""Meetings on the way of a topic: only sealed minutes prove that one was held."""

import pytest

from portal.councils import phases
from portal.councils.actions.settling import set_course
from portal.councils.courses import Course, Phase
from portal.councils.models import Topic
from portal.meetings.models import Meeting
from portal.minutes.actions.confirming import send_minutes
from portal.minutes.models import Minutes
from portal.minutes.words import Outcome
from tests.minutes.conftest import UNTIL, written
from tests.world import World


def lacks(topic: Topic) -> list[tuple[str, str]]:
    """Beside the plan."""
    row = phases.of_topic(topic.id)
    return [(u.sentence, u.cure) for u in phases.lacking(row, topic.id, ())[:-1]]


@pytest.fixture(autouse=True)
def _asked_for(world: World, deliberating: Topic) -> None:
    set_course(world.chair, deliberating, course=Course.FUND, phases=[Phase.TABLED], because="先谈，再问。")


def test_before_it_was_called_there_is_nothing(deliberating: Topic, ready: Meeting) -> None:
    assert lacks(deliberating) == [("三方协同议事会还没有开过。请开一次会，把这个议题列入议程。", "/bodies")]


def test_called_it_has_an_hour(deliberating: Topic, called: Meeting) -> None:
    [(sentence, cure)] = lacks(deliberating)
    assert "纪要定稿以后才算" in sentence
    assert cure == f"/meetings/{called.id}"


def test_over_it_waits_for_its_minutes(deliberating: Topic, closed: Meeting) -> None:
    assert lacks(deliberating) == [("三方协同议事会开过了，纪要还没有定稿公布。", f"/meetings/{closed.id}")]


def test_sealed_minutes_are_the_proof(world: World, deliberating: Topic, draft: Minutes) -> None:
    from portal.core import clock
    from tests.minutes.conftest import tick

    written(world, draft, Outcome.STATUTORY)
    send_minutes(world.worker, draft, until=UNTIL)
    with clock.frozen(UNTIL):
        tick()
        assert lacks(deliberating) == []
        line = phases.way(phases.of_topic(deliberating.id))[0]
    assert (line.phase, line.mark) == (Phase.TABLED, "done")
    words, address, _at = line.seen[0]
    assert words.startswith("到了 4 人，纪〔")
    assert address == f"/minutes/{draft.id}"
