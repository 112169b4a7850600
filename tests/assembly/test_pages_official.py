"""The way of a result file: read, looked at, taken; and what is said where that cannot be."""

import io
from typing import Any

from bs4 import BeautifulSoup

from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import VoteState
from tests.assembly.conftest import MakeVote
from tests.assembly.officialfile import official_file
from tests.assembly.paperwork import ballot
from tests.conftest import Client
from tests.world import World


def send(client: Client, vote: OwnersVote, data: bytes) -> Any:
    upload = {"file": (io.BytesIO(data), "result.csv")}
    return client.submit(f"/owners-votes/{vote.id}/official", upload, content_type="multipart/form-data")


def soup(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.get_data(), "html5lib")


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
