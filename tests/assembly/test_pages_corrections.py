"""Pages on which what was wrong is put right, as people meet them."""

import hashlib
from datetime import timedelta

from bs4 import BeautifulSoup

from portal.assembly.actions.objecting import answer_objection, object_to_result, object_to_roll
from portal.core import clock
from tests.assembly import convening
from tests.assembly.conftest import MakeVote
from tests.assembly.convening import FROZEN
from tests.assembly.test_actions_count import posted
from tests.conftest import Client
from tests.world import NOW, World


def shown(client: Client, who: str, address: str) -> BeautifulSoup:
    reply = client.sign_in(who).get(address)
    assert reply.status_code == 200, reply.get_data(as_text=True)[:800]
    return BeautifulSoup(reply.data, "html.parser")


def links(page: BeautifulSoup) -> list[str]:
    return [str(a["href"]) for a in page.select("main a[href]")]


class TestUpheldObjections:
    def test_the_checklist_leads_to_both_ways_out(self, world: World, client: Client) -> None:
        vote = convening.posted(world)
        address = f"/owners-votes/{vote.id}"
        objection = object_to_roll(world.owner, vote, text="面积写错了", once="o")
        answer = f"/vote-objections/{objection.id}/answer"
        assert "确实不用改的，答复以后写明理由" in shown(client, "chair", answer).text
        said = {"upheld": "yes", "answer": "查到了，更正。"}
        assert client.submit(answer, said).status_code == 303
        listed = shown(client, "chair", f"{address}/objections")
        assert f"{address}/roll/amendment" in links(listed)
        assert f"/vote-objections/{objection.id}/unchanged" in links(listed)
        with clock.frozen(FROZEN):
            step = shown(client, "secretary", f"{address}/checklist").select_one("#step-freeze")
            assert step is not None
            assert "还没有更正" in step.text
            assert [str(a["href"]) for a in step.select("a")] == [f"{address}/objections"]
        mine = shown(client, "owner", f"{address}/objections")
        assert "等更正名册" in mine.text
        assert f"{address}/roll/amendment" not in links(mine)

    def test_why_the_roll_stays_is_read_by_everybody(self, world: World, client: Client) -> None:
        vote = convening.posted(world)
        objection = object_to_roll(world.owner, vote, text="电话写错了", once="o")
        answer_objection(world.chair, objection, answer="电话改好了。", upheld=True)
        address = f"/vote-objections/{objection.id}/unchanged"
        shown(client, "chair", address)
        assert client.submit(address, {"reason": ""}).status_code == 422
        assert client.submit(address, {"reason": "电话不在名册上。"}).status_code == 303
        page = shown(client, "tenant", f"/owners-votes/{vote.id}/objections")
        assert "电话不在名册上。" in page.text
        assert "等更正名册" not in page.text
        assert client.sign_in("owner").get(address).status_code == 403

    def test_an_upheld_objection_to_the_result_leads_to_the_correction(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = posted(world, make_vote)
        objection = object_to_result(world.owner, vote, text="看错了", once="o")
        with clock.frozen(NOW + timedelta(days=1)):
            answer_objection(world.chair, objection, answer="查到了。", upheld=True)
        again = f"/owners-votes/{vote.id}/preliminary/again"
        assert again in links(shown(client, "secretary", f"/owners-votes/{vote.id}/certification"))
        assert again in links(shown(client, "secretary", f"/owners-votes/{vote.id}/objections"))
        assert "等更正结果" in shown(client, "owner", f"/owners-votes/{vote.id}/objections").text


class TestUnknownOwners:
    def test_they_are_entered_or_stated_and_the_cover_says_so(self, world: World, client: Client) -> None:
        vote = convening.drafted(world)
        address = f"/owners-votes/{vote.id}/roll"
        draft = shown(client, "chair", address)
        assert "3 套房屋登记簿上没有业主" in draft.text.replace("\u00a0", " ")
        assert f"{address}/posting" not in links(draft)
        assert f"{address}/unknown" in links(draft)
        page = shown(client, "chair", f"{address}/unknown")
        units = [world.ids[key] for key in ("102", "202", "shop")]
        assert [f"/units/{unit}/owners" for unit in units] == [
            h for h in links(page) if h.startswith("/units/")
        ]
        assert client.submit(f"{address}/unknown", {"reason": "查不到"}).status_code == 422
        assert client.submit(f"{address}/unknown", {"units": units, "reason": ""}).status_code == 422
        sent = {"units": units, "reason": "登记簿和物业都查过。"}
        assert client.submit(f"{address}/unknown", sent).status_code == 303
        assert "没有要处理的" in shown(client, "chair", f"{address}/unknown").text
        assert f"{address}/posting" in links(shown(client, "chair", address))
        assert client.submit(f"{address}/posting", {"where": "东门公告栏"}).status_code == 303
        for where in (address, f"/owners-votes/{vote.id}/prints/roll"):
            assert "理由：登记簿和物业都查过。" in shown(client, "owner", where).text

    def test_only_conveners_state_it(self, world: World, client: Client) -> None:
        vote = convening.posted(world)
        for who in ("owner", "manager"):
            reply = client.sign_in(who).get(f"/owners-votes/{vote.id}/roll/unknown")
            assert reply.status_code == 403


class TestVersions:
    def test_the_roll_page_lists_them_with_their_files(self, world: World, client: Client) -> None:
        vote = convening.posted(world)
        first, address = vote.roll_hash, f"/owners-votes/{vote.id}/roll"
        assert "历次版本" not in shown(client, "owner", address).text
        with clock.frozen(NOW + timedelta(days=1)):
            asked = shown(client, "chair", f"{address}/amendment").select_one("input[name=seen]")
            assert asked is not None
            sent = {"where": "东门公告栏", "reason": "101室更正", "seen": asked["value"]}
            assert client.submit(f"{address}/amendment", sent).status_code == 303
            assert client.submit(f"{address}/amendment", sent).status_code == 409
            page = shown(client, "owner", address)
        assert "历次版本" in page.text
        assert first in page.text
        for version, digest in ((1, first), (2, vote.roll_hash)):
            reply = client.get(f"{address}.json?version={version}")
            assert hashlib.sha256(reply.data).hexdigest() == digest
        assert client.get(f"{address}.json").data == client.get(f"{address}.json?version=2").data
        assert client.get(f"{address}.json?version=3").status_code == 404
