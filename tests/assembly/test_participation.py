"""How many have voted, by building and channel, for everybody who may see the vote: counts, nobody, and never how."""

import pytest
from bs4 import BeautifulSoup

from portal.assembly.actions.casting import cast_ballot
from portal.assembly.box import AtVoter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.queries.participation import SMALL, Part, channels_of, parts_of, veiled
from portal.assembly.words import VoteState
from tests.assembly.conftest import MakeVote, voter_of
from tests.conftest import Client
from tests.world import World


def part(name: str, heads: int, heads_in: int = 0, **channels: int) -> Part:
    return Part(name, heads, heads_in, heads * 100, heads_in * 100, channels)


def voted(world: World, vote: OwnersVote) -> None:
    voter = AtVoter(voter_of(vote, "101").id)
    cast_ballot(world.owner, voter, choices=("for", "against"), once="one")


def test_large_buildings_have_their_own_line() -> None:
    lines = [part("一号楼", 40, 12, online=12), part("二号楼", SMALL, 3, paper=3)]
    assert veiled(lines) == lines
    assert channels_of(lines) == ["online", "paper"]


def test_small_ones_are_one_line() -> None:
    shown = veiled([part("甲", 4, 1, online=1), part("乙", 40, 12), part("丙", 7, 2, paper=2)])
    assert [(p.heads, p.heads_in, p.area_in) for p in shown] == [(40, 12, 1200), (11, 3, 300)]
    assert shown[1].channels == {"online": 1, "paper": 2}
    assert "甲" not in str(shown)


def test_too_few_together_take_the_smallest_of_the_others() -> None:
    shown = veiled([part("甲", 60), part("乙", 20, 5), part("丙", 3, 1)])
    assert (shown[0].name, shown[0].heads) == ("甲", 60)
    assert (shown[1].heads, shown[1].heads_in) == (23, 6)


def test_a_lone_building_is_the_whole_vote() -> None:
    assert [p.heads for p in veiled([part("甲", 4, 1)])] == [4]
    assert veiled([]) == []


def test_heads_and_channels_are_summed(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    voted(world, vote)
    lines = parts_of(vote.id)
    assert (sum(p.heads for p in lines), sum(p.heads_in for p in lines)) == (vote.heads, 1)
    assert channels_of(lines) == ["online"]


@pytest.mark.parametrize("who", ["visitor", "tenant", "owner", "secretary"])
def test_who_sees_the_vote_sees_how_many(world: World, make_vote: MakeVote, client: Client, who: str) -> None:
    vote = make_vote()
    voted(world, vote)
    if who != "visitor":
        client.sign_in(who)
    page = BeautifulSoup(client.get(f"/owners-votes/{vote.id}/participation").text, "html.parser")
    region = page.select_one("#progress")
    assert region is not None
    assert region["hx-trigger"] == "every 60s"
    assert "不一定都算参加" in region.text
    for word in ("王秀兰", "101", "against", "反对的"):
        assert word not in region.text


def test_another_community_sees_nothing(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    client.sign_in("neighbour")
    assert client.get(f"/owners-votes/{vote.id}/participation").status_code == 404


def test_it_stops_asking_when_the_vote_is_closed(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.CLOSED)
    assert "hx-trigger" not in client.get(f"/owners-votes/{vote.id}/participation").text.split("<main")[1]


@pytest.mark.parametrize("state", [VoteState.NOTICE, VoteState.ROLL_POSTED])
def test_before_the_opening_there_is_none(
    world: World, make_vote: MakeVote, client: Client, state: VoteState
) -> None:
    vote = make_vote(state=state)
    assert client.get(f"/owners-votes/{vote.id}/participation").location == f"/owners-votes/{vote.id}"


def test_the_page_of_the_vote_brings_it_up_to_date(world: World, make_vote: MakeVote, client: Client) -> None:
    """What htmx asks for every minute: the one section."""
    vote = make_vote()
    address = f"/owners-votes/{vote.id}"
    client.sign_in("owner")
    section = BeautifulSoup(client.get(address).text, "html.parser").select_one("#participation")
    assert section is not None
    assert section["hx-get"] == address
    voted(world, vote)
    headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#participation"}
    swapped = client.get(address, headers=headers).text
    assert swapped.lstrip().startswith("<section")
    assert "大约的数" in swapped


def test_while_it_is_open_no_figure_moves_with_one_voter(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    address = f"/owners-votes/{vote.id}/participation"
    before = client.get(address).text.split("<main")[1]
    assert "&lt;time" not in before
    voted(world, vote)
    after = client.get(address).text.split("<main")[1]
    assert [line for line in after.splitlines() if "%" in line] == [
        line for line in before.splitlines() if "%" in line
    ]
    assert "91.01" not in after
