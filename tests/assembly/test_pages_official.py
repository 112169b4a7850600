"""The way of a result file: read, looked at, taken; and what is said where that cannot be."""

import hashlib
import io
from typing import Any

import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.assembly.models.box import OfficialImport
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import VoteState
from portal.core.db import db
from tests.assembly.conftest import MakeVote
from tests.assembly.officialfile import official_file
from tests.assembly.paperwork import ballot
from tests.assembly.test_actions_pictures import in_state
from tests.assembly.test_pages_evidence import fetch, table
from tests.conftest import Client
from tests.world import World


def send(client: Client, vote: OwnersVote, data: bytes) -> Any:
    upload = {"file": (io.BytesIO(data), "result.csv")}
    return client.submit(f"/owners-votes/{vote.id}/official", upload, content_type="multipart/form-data")


def soup(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.get_data(), "html.parser")


def test_read_look_take(make_vote: MakeVote, client: Client, world: World) -> None:
    vote = make_vote(state=VoteState.OPEN, official_evote=True)
    ballot(vote, "102")
    client.sign_in("secretary")
    assert "还没有收过文件" in soup(client.get(f"/owners-votes/{vote.id}/official")).get_text()
    reply = send(client, vote, official_file(world, vote, "101", "102"))
    assert reply.status_code == 303
    address = reply.headers["Location"]
    shown = soup(client.get(address))
    assert "已经有票了" in shown.get_text()
    assert [row.th.get_text() for row in shown.select("tbody tr")] == ["4", "5"]  # type: ignore[union-attr]
    form = shown.select_one("form[action$='/taking']")
    assert form is not None
    table = client.get(f"{address}?format=csv").data.decode("utf-8-sig").splitlines()
    assert len(table) == 3
    assert client.get(f"{form['action']}").status_code == 303
    taken = client.submit(str(form["action"]))
    assert taken.status_code == 303
    after = soup(client.get(taken.headers["Location"])).get_text()
    assert "收下 2 行，成 1 张票；2 行没有收" in after
    again = client.submit(str(form["action"]))
    assert again.status_code == 409
    assert "已经收过" in soup(again).get_text()


def test_a_file_that_is_none_comes_back_with_the_reason(make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.CLOSED, official_evote=True)
    client.sign_in("chair")
    for data, words in ((b"a,b\n1,2\n", "没有找到表头"), (b"", "请选一个文件"), (b"%PDF-1.7 x", "PDF")):
        reply = send(client, vote, data) if data else client.submit(f"/owners-votes/{vote.id}/official")
        assert reply.status_code == 422
        assert words in soup(reply).get_text()


def test_nothing_to_take_offers_no_button(make_vote: MakeVote, client: Client, world: World) -> None:
    vote = make_vote(state=VoteState.OPEN, official_evote=True)
    client.sign_in("secretary")
    reply = send(client, vote, official_file(world, vote, "101", version="9"))
    shown = soup(client.get(reply.headers["Location"]))
    assert not shown.select("form[action$='/taking']")
    assert "名册版本不对" in shown.get_text()


def test_unknown_files_and_strangers_find_nothing(make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.OPEN, official_evote=True)
    here = f"/owners-votes/{vote.id}/official"
    client.sign_in("secretary")
    for address in ("0" * 64, "x", "..%2f..%2fsecret_key", "Z" * 64):
        assert client.get(f"{here}/{address}").status_code == 404
    assert client.sign_in("other_secretary").get(here).status_code == 404
    assert client.sign_in("owner").get(here).status_code == 403
    assert client.sign_in("visitor").get(here).status_code == 303


def test_a_vote_taken_by_the_portal_itself_has_no_such_page(make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(state=VoteState.OPEN)
    assert client.sign_in("secretary").get(f"/owners-votes/{vote.id}/official").status_code == 403


class TestTheFigureOfTheAuthority:
    def read_in(self, make_vote: MakeVote, client: Client, world: World) -> tuple[OwnersVote, str, str]:
        vote = make_vote(state=VoteState.CLOSED, official_evote=True)
        data = official_file(world, vote, "101", "102")
        client.sign_in("secretary")
        address = send(client, vote, data).headers["Location"]
        return vote, address, hashlib.sha256(data).hexdigest()

    def test_another_file_is_not_taken(self, make_vote: MakeVote, client: Client, world: World) -> None:
        _vote, address, digest = self.read_in(make_vote, client, world)
        assert digest in "".join(soup(client.get(address)).get_text().split())
        for stated, words in (("0" * 64, "不一样"), ("abc", "64 位")):
            reply = client.submit(f"{address}/taking", {"stated": stated})
            assert reply.status_code == 422
            assert words in soup(reply).get_text()
            assert stated in reply.text
        assert db.session.scalar(sa.select(OfficialImport.id)) is None

    def test_the_same_is_stated_wherever_the_count_is(
        self, make_vote: MakeVote, client: Client, world: World
    ) -> None:
        vote, address, digest = self.read_in(make_vote, client, world)
        taken = client.submit(f"{address}/taking", {"stated": f" {digest[:32].upper()} {digest[32:]}"})
        assert taken.status_code == 303
        assert "和主管部门给的校验值一致" in soup(client.get(taken.headers["Location"])).get_text()
        in_state(vote, VoteState.PRELIMINARY)
        shown = "".join(
            soup(client.sign_in("visitor").get(f"/owners-votes/{vote.id}/result")).get_text().split()
        )
        assert f"{digest}和主管部门给的校验值一致" in shown
        (line,) = table(fetch(client, vote), "07-official/imports.csv")
        assert (line["主管部门给的校验值"], line["是否一致"]) == (digest, "一致")

    def test_none_given_is_said_too(self, make_vote: MakeVote, client: Client, world: World) -> None:
        _vote, address, _digest = self.read_in(make_vote, client, world)
        taken = client.submit(f"{address}/taking", {"stated": ""})
        assert "主管部门没有给校验值" in soup(client.get(taken.headers["Location"])).get_text()


class TestWhatWasImportedForMe:
    def test_the_voter_reads_it_before_the_count(
        self, make_vote: MakeVote, client: Client, world: World
    ) -> None:
        vote = make_vote(state=VoteState.CLOSED, official_evote=True)
        page = f"/owners-votes/{vote.id}"
        assert "imported" not in client.sign_in("owner").get(page).text
        client.sign_in("secretary")
        address = send(client, vote, official_file(world, vote, "101")).headers["Location"]
        client.submit(f"{address}/taking")
        mine = soup(client.sign_in("owner").get(page)).select_one("#imported")
        assert mine is not None
        assert "同意" in mine.get_text()
        nothing = soup(client.sign_in("chair").get(page)).select_one("#imported")
        assert nothing is not None
        assert "没有您家的票" in nothing.get_text()
        assert soup(client.sign_in("tenant").get(page)).select_one("#imported") is None
