"""How far each building has been reached, by the latest attempt; whoever goes round finds his doors; a notice on the
wall is one of the postings."""

from datetime import timedelta

import pytest

from portal.assembly.actions.reaching import assign_visit, record_delivery
from portal.assembly.models.reaching import Delivery
from portal.assembly.models.votes import OwnersVote, Posting
from portal.assembly.queries.reaching import buildings
from portal.assembly.words import DeliveryWay, PostingKind, VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Invalid
from tests.assembly.conftest import BUILDING, SHOPS, MakeVote, voter_of
from tests.assembly.test_pages_evidence import fetch, table
from tests.assembly.test_pages_official import soup
from tests.conftest import Client
from tests.world import NOW, World

WALLS = "东门公告栏"
W = DeliveryWay


def tried(world: World, vote: OwnersVote, key: str, *ways: DeliveryWay, posting: int | None = None) -> None:
    for n, way in enumerate(ways):
        with clock.frozen(NOW + timedelta(hours=n)):
            actor = world.worker
            record_delivery(
                actor,
                vote,
                voter_ids=[voter_of(vote, key).id],
                way=way,
                warned=True,
                once=f"{key}-{n}",
                witnesses=("甲", "乙"),
                posting_id=posting,
            )


def hung(world: World, vote: OwnersVote, kind: PostingKind = PostingKind.NOTICE) -> int:
    posting = Posting(
        vote_id=vote.id, place_path=vote.place_path, kind=kind, where=WALLS, roll_version=1,
        by_id=world.ids["chair"], at=NOW - timedelta(days=1),
    )  # fmt: skip
    with transaction():
        db.session.add(posting)
    return posting.id


class TestByTheLatest:
    def test_totals_of_each_building(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = make_vote()
        tried(world, vote, "101", W.REFUSED, W.HANDED)
        tried(world, vote, "102", W.HANDED, W.REFUSED)
        tried(world, vote, "shop", W.MAIL)
        states = {b.name: b.states for b in buildings(vote.id)}
        assert states == {
            BUILDING: {"none": 2, "reached": 1, "refused": 1, "posted": 0},
            SHOPS: {"none": 0, "reached": 1, "refused": 0, "posted": 0},
        }
        assert [b.tried for b in buildings(vote.id)] == [2, 1]
        shown = soup(client.sign_in("worker").get(f"/owners-votes/{vote.id}/turnout")).select_one("#reached")
        assert shown is not None
        rows = [[cell.get_text(" ", strip=True).split(" ")[0] for cell in row.select("th, td")]
                for row in shown.select("tbody tr")]  # fmt: skip
        assert rows[-1] == ["合计", "2", "2", "1", "0"]
        assert any("reached=refused" in link["href"] for link in shown.select("a"))

    @pytest.mark.parametrize(
        ("reached", "there", "gone"), [("reached", "101室", "102室"), ("refused", "102室", "101室")]
    )
    def test_the_filter(
        self, reached: str, there: str, gone: str, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = make_vote()
        tried(world, vote, "101", W.REFUSED, W.HANDED)
        tried(world, vote, "102", W.HANDED, W.REFUSED)
        page = client.sign_in("worker").get(f"/owners-votes/{vote.id}/deliveries?reached={reached}").text
        rows = page.split('id="delivery_list"')[1]
        assert there in rows
        assert gone not in rows


class TestGoingRound:
    def test_who_has_one_building_finds_it(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = make_vote()
        assign_visit(world.secretary, vote, building=BUILDING, visitor_id=world.ids["worker"])
        client.sign_in("worker")
        assert f"/owners-votes/{vote.id}/visits/mine" in client.get("/").text
        page = client.get(f"/owners-votes/{vote.id}/visits/mine", follow_redirects=True).text
        rows = page.split('id="delivery_list"')[1]
        assert "101室" in rows
        assert "底商" not in rows

    def test_who_has_several_finds_them_all(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = make_vote()
        for building in (BUILDING, SHOPS):
            assign_visit(world.secretary, vote, building=building, visitor_id=world.ids["worker"])
        reply = client.sign_in("worker").get(f"/owners-votes/{vote.id}/visits/mine", follow_redirects=True)
        assert "round=mine" in reply.request.query_string.decode()
        rows = reply.text.split('id="delivery_list"')[1]
        assert "101室" in rows
        assert "底商" in rows

    def test_who_has_none_sees_all_who_are_silent(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = make_vote()
        reply = client.sign_in("chair").get(f"/owners-votes/{vote.id}/visits/mine")
        assert reply.headers["Location"].endswith("/deliveries?voted=no")
        assert client.sign_in("owner").get(f"/owners-votes/{vote.id}/visits/mine").status_code == 403


class TestOnTheWall:
    def test_it_is_one_of_the_postings(self, world: World, make_vote: MakeVote) -> None:
        vote, other = make_vote(), make_vote()
        result = hung(world, vote, PostingKind.PRELIMINARY)
        for wrong in (None, result, hung(world, other)):
            with pytest.raises(Invalid) as refused:
                tried(world, vote, "101", W.POSTED, posting=wrong)
            assert refused.value.field == "posting"
        posting = hung(world, vote)
        tried(world, vote, "101", W.POSTED, posting=posting)
        tried(world, vote, "102", W.HANDED, posting=posting)
        ways = {d.way: d.posting_id for d in db.session.query(Delivery)}
        assert ways == {W.POSTED: posting, W.HANDED: None}

    def test_its_days_are_seen(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = make_vote(state=VoteState.PRELIMINARY, closes_at=NOW + timedelta(days=6))
        posting = hung(world, vote)
        with transaction():
            db.session.add(
                Delivery(
                    vote_id=vote.id, voter_id=voter_of(vote, "101").id, place_path=vote.place_path, way=W.POSTED,
                    warned=True, posting_id=posting, by_id=world.ids["worker"], at=NOW, once="a",
                )
            )  # fmt: skip
        client.sign_in("worker")
        for page in (f"/owners-votes/{vote.id}/deliveries", f"/voters/{voter_of(vote, '101').id}/deliveries"):
            assert "到截止满6天" in "".join(client.get(page).text.split()), page
        (line,) = table(fetch(client, vote), "03-deliveries/deliveries.csv")
        assert line["公告序号"] == str(posting)
