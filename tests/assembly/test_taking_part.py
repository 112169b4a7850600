"""What participation is short of, and what papers that two people have not read yet would make of it."""

import pytest

from portal.assembly.actions.batching import enter_slip, start_batch
from portal.assembly.leaves.running import with_enough
from portal.assembly.queries.reaching import buildings
from portal.assembly.taking_part import Short, missing, short
from tests.assembly.conftest import MakeVote
from tests.assembly.papers import put_in
from tests.conftest import Client
from tests.world import NOW, World


@pytest.mark.parametrize(
    ("part", "whole", "lacking"),
    [
        (0, 3, 2),
        (2, 3, 0),
        (1, 3, 1),
        (0, 5, 4),
        (3, 5, 1),
        (4, 5, 0),
        (5, 5, 0),
        (0, 0, 0),
        (66666, 100000, 1),
    ],
)
def test_two_thirds_are_enough_and_less_is_not(part: int, whole: int, lacking: int) -> None:
    assert missing(part, whole) == lacking
    assert 3 * (part + lacking) >= 2 * whole
    assert lacking == 0 or 3 * (part + lacking - 1) < 2 * whole


def test_both_measures() -> None:
    assert short(4, 5, 10, 30) == Short(0, 10)
    assert short(4, 5, 20, 30).enough
    assert not short(4, 5, 19, 30).enough


def test_of_a_building_two_thirds_are_as_much_as_of_the_vote() -> None:
    told = with_enough([("1号楼", 66, 100), ("2号楼", 67, 100), ("3号楼", 2, 3)])
    assert [enough for *_, enough in told] == [False, True, True]


def test_papers_that_wait_for_the_second_person_are_told_beside(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    put_in(vote, "101", "for,for", by=world.ids["worker"])
    batch = start_batch(world.worker, vote, received_at=NOW, once="batch")
    for ticket in ("1", "4"):  # of 101 one has been counted already
        enter_slip(world.worker, batch, ticket=ticket, choices=["for", "for"], once=ticket, signer=0)
    lines = buildings(vote.id)
    assert (sum(line.handed for line in lines), sum(line.handed_area for line in lines)) == (1, 12050)
    page = client.sign_in("secretary").get(f"/owners-votes/{vote.id}/turnout").text
    assert "还差" in page
    assert "等第二个人录的纸质票" in page
    assert "等第二个人录的纸质票" not in client.sign_in("owner").get(f"/owners-votes/{vote.id}").text
