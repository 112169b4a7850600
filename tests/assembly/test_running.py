"""What everybody sees of an open vote tells nobody which home has just voted."""

import re

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.assembly.leaves.running import coarse
from portal.assembly.models.box import Turnout
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import Channel, VoteState
from portal.core.db import db, transaction
from tests.assembly.conftest import MakeVote, voter_of
from tests.conftest import Client

EVERYBODY = (None, "visitor", "owner", "tenant", "manager")


@pytest.mark.parametrize(
    ("part", "heads", "shown"),
    [(9, 5, 0), (499, 5, 0), (500, 5, 50), (660, 10, 50), (669, 60, 65), (669, 120, 66), (669, 1000, 66)],
)
def test_whole_percents_in_steps_of_at_least_two_heads(part: int, heads: int, shown: int) -> None:
    assert coarse(part, 1000, heads) == shown
    assert coarse(0, 0, 0) == 0


def came(vote: OwnersVote, *keys: str) -> None:
    """These homes have voted on the web."""
    voters = [voter_of(vote, key) for key in keys]
    with transaction():
        db.session.execute(sa.delete(Turnout).where(Turnout.vote_id == vote.id))
        for building in {v.building for v in voters}:
            mine = [v for v in voters if v.building == building]
            by = {"vote_id": vote.id, "building": building, "channel": Channel.ONLINE}
            db.session.add(Turnout(**by, heads=len(mine), area=sum(v.area for v in mine)))


def words(client: Client, path: str) -> str:
    page = BeautifulSoup(client.get(path).data, "html.parser")
    main = page.select_one("main")
    assert main is not None
    return re.sub(r"\s+", "", main.get_text())


@pytest.mark.parametrize("who", EVERYBODY)
def test_one_more_ballot_changes_nothing_that_neighbours_see(
    client: Client, make_vote: MakeVote, who: str | None
) -> None:
    vote = make_vote(state=VoteState.OPEN)
    client.sign_in(who)
    pages = (f"/owners-votes/{vote.id}", "/owners-votes", "/owners-votes?format=csv")
    seen = []
    for keys in (("201",), ("201", "shop")):
        came(vote, *keys)
        seen.append([words(client, path) if "csv" not in path else client.get(path).text for path in pages])
    assert seen[0] == seen[1]
    assert "%" in seen[0][0]


def test_after_the_close_everybody_sees_it_exactly(client: Client, make_vote: MakeVote) -> None:
    vote = make_vote(state=VoteState.CLOSED)
    came(vote, "201", "202")
    assert "2人投了，共5人" in words(client.sign_in("owner"), f"/owners-votes/{vote.id}")


def test_who_goes_round_sees_it_exactly(client: Client, make_vote: MakeVote) -> None:
    vote = make_vote(state=VoteState.OPEN)
    came(vote, "201", "202")
    assert "2人投了，共5人" in words(client.sign_in("secretary"), f"/owners-votes/{vote.id}/turnout")
