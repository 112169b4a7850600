"""An owners' vote of a 60-unit building on phones, from its roster to the certificate and the second count."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser import founding
from tests.browser.meeting import Meeting
from tests.browser.people import Person
from tests.browser.serving import Portal, serving
from tests.demo import instance
from tests.postgres import Server


@pytest.fixture(scope="module")
def portal(server: Server | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A community that has just been founded, and nothing of the demo."""
    folder = tmp_path_factory.mktemp("founded")
    app = instance.application(folder, server("founded") if server else "", DEMO=False)
    founding.found(app)
    with serving(app) as portal:
        yield portal


def test_a_whole_vote_of_a_building(arrive: Callable[..., Person], portal: Portal, tmp_path: Path) -> None:
    looked_at: set[str] = set()

    def look(person: Person, page: str) -> None:
        if page not in looked_at:
            looked_at.add(page)
            person.is_fine()

    meeting = Meeting(arrive, portal, look)
    meeting.whole()
    said = meeting.count_again(tmp_path)
    assert said["verdict"] == "passed"
    assert said["total"] == ["6159.65", 41]
    assert said["part"] == ["4553.32", 35]
    assert said["agree"] == ["3394.95", 25]
    assert (said["choices"]["against"][1], said["choices"]["abstain"][1]) == (7, 3)
    assert [one["reason"] for one in said["uncounted"]] == ["INVALID"]
