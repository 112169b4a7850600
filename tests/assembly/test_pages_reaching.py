"""Who has been reached and who has voted, on pages."""

import sqlalchemy as sa

from portal.assembly.actions.casting import cast_ballot
from portal.assembly.box import AtVoter
from portal.assembly.models.reaching import Delivery, DoorVisit
from portal.assembly.words import DeliveryWay, VoteState
from portal.core.db import db
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.test_reached import hung
from tests.conftest import Client, Statements
from tests.world import World


def test_participation_by_building_and_channel(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    cast_ballot(world.chair, AtVoter(voter_of(vote, "201").id), choices=["for", "against"], once="a")
    client.sign_in("worker")
    page = client.get(f"/owners-votes/{vote.id}/turnout").text
    assert "手机投票" in page
    assert "1 / 4" in page.replace("\u00a0", " ")
    assert "120.50㎡" in page
    assert "不同意" not in page


def test_the_pages_are_read_in_few_queries(
    world: World, make_vote: MakeVote, client: Client, statements: Statements
) -> None:
    vote = make_vote()
    client.sign_in("worker")
    for what in ("turnout", "deliveries", "batches", "proxies"):
        address = f"/owners-votes/{vote.id}/{what}"
        client.get(address)
        del statements[:]
        assert client.get(address).status_code == 200
        assert len(statements) <= 6, statements


def test_somebody_is_sent_round(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    client.sign_in("secretary")
    address = f"/owners-votes/{vote.id}/visits"
    client.submit(address, {"building": "12号楼", "visitor": str(world.ids["worker"])})
    assert db.session.get_one(DoorVisit, (vote.id, "12号楼")).visitor_id == world.ids["worker"]
    assert "沈佳慧" in client.get(f"/owners-votes/{vote.id}/turnout").text
    assert client.submit(address, {"building": "99号楼", "visitor": "0"}).status_code == 422
    client.sign_in("worker")
    assert "请您上门" in client.get("/").text


def test_deliveries_for_those_picked_and_for_all_shown(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    notice = str(hung(world, vote))
    address = f"/owners-votes/{vote.id}/deliveries"
    client.sign_in("worker")
    assert client.submit(address, {"way": "handed", "once": "a"}).status_code == 422
    picked = {"way": "handed", "once": "b", "warned": "y", "id": str(voter_of(vote, "102").id)}
    client.submit(address, picked)
    refused = {"way": "refused", "once": "c", "id": str(voter_of(vote, "202").id)}
    back = client.submit(address, refused)
    assert back.status_code == 422
    assert "拒收要写明两位见证人" in back.text
    posted = {"way": "posted", "once": "d", "all": "y"}
    assert "请选是哪一次公告" in client.submit(f"{address}?reached=none", posted | {"posting": "0"}).text
    done = client.submit(f"{address}?reached=none", posted | {"posting": notice})
    assert done.headers["Location"].endswith("/deliveries?reached=none")
    ways = sorted(str(w) for w in db.session.scalars(sa.select(Delivery.way)))
    assert ways == [DeliveryWay.HANDED, *[DeliveryWay.POSTED] * 4]
    assert "没有这样的业主" in client.get(f"{address}?reached=none").text


def test_who_has_not_voted_is_found(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    cast_ballot(world.chair, AtVoter(voter_of(vote, "201").id), choices=["for", "against"], once="a")
    client.sign_in("worker")
    address = f"/owners-votes/{vote.id}/deliveries"
    for asked, there, gone in (("voted=no", "101室", "201室"), ("voted=yes", "201室", "101室")):
        rows = client.get(f"{address}?{asked}").text.split('id="delivery_list"')[1]
        assert there in rows
        assert gone not in rows
    assert "顾建平" in client.get(f"{address}?format=csv").text
    for name in ("owner", "manager"):
        client.sign_in(name)
        assert client.get(address).status_code == 403


def test_an_owner_says_he_has_read_the_notice(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.NOTICE)
    voter = voter_of(vote, "201").id
    client.sign_in("chair")
    assert f"/voters/{voter}/acknowledgement" in client.get(f"/owners-votes/{vote.id}").text
    client.submit(f"/voters/{voter}/acknowledgement")
    assert "您点过" in client.get(f"/owners-votes/{vote.id}").text
