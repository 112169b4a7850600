"""The pages around the count: who sees what when, forms that come back, files, both languages, few queries."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from portal.assembly.actions.announcing import certify_vote, post_preliminary
from portal.assembly.actions.closing import close_vote
from portal.assembly.actions.counting import begin_count, name_scrutineer
from portal.assembly.actions.objecting import object_to_result
from portal.assembly.actions.opening import void_vote
from portal.assembly.countfile import matters_of
from portal.assembly.leaves.ballots import entry_word
from portal.assembly.models.counts import Certificate, Scrutineer
from portal.assembly.models.rolls import RollUnit
from portal.assembly.models.votes import OwnersVote, VoteObjection
from portal.assembly.policy import Can
from portal.assembly.queries.entries import own_entries
from portal.assembly.seen import stamp
from portal.assembly.stages import SHOWN
from portal.assembly.words import Channel, Counter, Silence, VoteState
from portal.core import access, clock
from portal.core.db import db, transaction
from portal.core.digests import digest
from portal.voting.bundle import digest as program
from portal.voting.counting import recount
from tests.assembly.conftest import AFTER, MakeVote, speaker_of, voter_of
from tests.assembly.letters import photo
from tests.assembly.papers import put_in
from tests.assembly.signing import on_paper
from tests.assembly.test_actions_count import WALL, counted, posted, seat
from tests.conftest import Client, Statements
from tests.world import NOW, World


def page(client: Client, vote: OwnersVote, who: str, rest: str = "/result") -> str:
    reply = client.sign_in(who).get(f"/owners-votes/{vote.id}{rest}")
    assert reply.status_code == 200, reply.get_data(as_text=True)[:2000]
    return str(reply.get_data(as_text=True))


def plain(html: str) -> str:
    """The text without marks, spaces as typed."""
    return re.sub(r"<[^>]*>", "", html).replace("\u00a0", " ")


def status(client: Client, vote: OwnersVote, who: str, rest: str) -> int:
    return int(client.sign_in(who).get(f"/owners-votes/{vote.id}{rest}").status_code)


def failed_by_a_hundredth(world: World, make_vote: MakeVote) -> OwnersVote:
    """Three heads with 195.00㎡ agree, two with 195.00㎡ do not: 0.01㎡ is missing to more than half."""
    vote = make_vote(state=VoteState.CLOSED, matters=({"question": "换电梯", "wish": "", "item": 5},))
    areas = {"101": 10000, "102": 10500, "201": 5000, "202": 4500, "shop": 9000}
    with transaction():
        for key, area in areas.items():
            own = RollUnit.voter_id == voter_of(vote, key).id
            db.session.execute(sa.update(RollUnit).where(own).values(area=area))
    for key, said in (
        ("101", "for"),
        ("201", "for"),
        ("202", "for"),
        ("102", "against"),
        ("shop", "against"),
    ):
        put_in(vote, key, said)
    seat(world, vote)
    begin_count(world.secretary, vote)
    return vote


def sign_and_post(world: World, vote: OwnersVote) -> None:
    on_paper(world.secretary, vote)
    post_preliminary(world.secretary, vote, where=WALL)


class TestResult:
    def test_nobody_sees_it_before_it_is_posted(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = counted(world, make_vote)
        for who in ("owner", "secretary", "visitor"):
            for rest in ("/result", "/sums.json", "/certificate", "/result?format=csv"):
                assert status(client, vote, who, rest) == (303 if who == "visitor" else 403), (who, rest)

    def test_the_list_says_what_was_passed_from_the_posting_on_and_of_a_void_vote_never(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        def listed() -> tuple[str, str]:
            client.sign_in("visitor")
            sheet = client.get("/owners-votes?format=csv").get_data(as_text=True).lstrip("\ufeff")
            (row,) = csv.DictReader(io.StringIO(sheet))
            return row["通过的事项"], row["未通过的事项"]

        vote = counted(world, make_vote)
        assert any(m.result for m in matters_of(vote))
        assert listed() == ("", "")
        sign_and_post(world, vote)
        assert any(listed())
        void_vote(world.secretary, vote, reason="有人证明送达不齐。", where=WALL)
        assert listed() == ("", "")

    @pytest.mark.parametrize("who", ["owner", "tenant", "visitor", "secretary", "manager"])
    def test_everybody_reads_the_sentence_and_the_bars(
        self, world: World, make_vote: MakeVote, client: Client, who: str
    ) -> None:
        vote = posted(world, make_vote)
        text = page(client, vote, who)
        assert "名册上 5 位业主，4 位参加了表决。" in plain(text)
        assert text.count('class="tbar"') == 8
        assert "第二百七十八条第一款第（五）项" in text

    def test_short_by_a_hundredth_is_said_so(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = failed_by_a_hundredth(world, make_vote)
        sign_and_post(world, vote)
        text = page(client, vote, "owner")
        assert "未通过" in text
        assert "同意面积差 0.01㎡，未过半" in plain(text)

    def test_a_silence_rule_shows_both_counts(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = posted(world, make_vote, silence=Silence.FOLLOW_MAJORITY)
        text = page(client, vote, "owner")
        assert "两种算法都列出来" in text
        assert "没有送达凭证" in text

    def test_no_choices_by_building(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = posted(world, make_vote)
        rows = list(
            csv.reader(io.StringIO(page(client, vote, "owner", "/result?format=csv").lstrip("\ufeff")))
        )
        houses = [row for row in rows if row[1].startswith("12号楼")]
        assert houses == [
            ["用维修资金更换12号楼电梯", "12号楼、东门底商参加", "4", ""],
            ["把东门绿地改成充电棚", "12号楼、东门底商参加", "4", ""],
        ]

    def test_few_queries_whatever_there_is(
        self, world: World, make_vote: MakeVote, client: Client, statements: Statements
    ) -> None:
        vote = posted(world, make_vote)
        for name in ("tenant", "owner", "chair"):
            object_to_result(world.actor(name), vote, text="少算一票", once=name)
        for who in ("secretary", "owner", "visitor"):
            client.sign_in(who)
            client.get(f"/owners-votes/{vote.id}/result")
            for rest in ("result", "count", "certificate", "receipts", "objections"):
                del statements[:]
                client.get(f"/owners-votes/{vote.id}/{rest}")
                assert 0 < len(statements) <= 6, (who, rest, list(statements))

    def test_another_community_finds_nothing(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = posted(world, make_vote)
        for rest in ("/result", "/count", "/objections", "/receipts", "/certificate"):
            assert status(client, vote, "neighbour", rest) == 404

    def test_english(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = posted(world, make_vote)
        client.sign_in("owner").submit("/language", {"lang": "en", "next": "/"})
        assert client.get(f"/owners-votes/{vote.id}/result").status_code == 200


class TestReceipts:
    def test_all_codes_and_what_became_of_them(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        one, other = (speaker_of(world, vote, n).id for n in ("owner", "co_owner"))
        yes = put_in(vote, "101", "for,for", speaker_id=one, channel=Channel.ONLINE)
        no = put_in(vote, "101", "against,for", speaker_id=other, channel=Channel.ONLINE)
        late = put_in(vote, "201", "for,for", at=vote.closes_at)
        good = put_in(vote, "102", "for,for")
        seat(world, vote)
        begin_count(world.secretary, vote)
        sign_and_post(world, vote)
        text = page(client, vote, "visitor", "/receipts?format=csv").lstrip("\ufeff")
        fates = dict(list(csv.reader(io.StringIO(text)))[1:])
        assert fates == {
            yes: "1 项没有计入：共有人意见不一致",
            no: "1 项没有计入：共有人意见不一致",
            late: "没有计入：截止以后才收到",
            good: "计入",
        }
        assert f"{late}：没有计入：截止以后才收到" in page(
            client, vote, "tenant", f"/result?code={late.lower()}"
        )

    def test_a_code_that_is_not_there(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = posted(world, make_vote)
        for code in ("7K3M-92QD", "xx", "'; drop"):
            assert "没有找到" in page(client, vote, "owner", f"/result?code={code}")
        part = client.fragment(f"/owners-votes/{vote.id}/result?code=7K3M-92QD", "check")
        assert part.get_data(as_text=True).lstrip().startswith("<section")

    def test_nobody_voted(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        seat(world, vote)
        begin_count(world.secretary, vote)
        sign_and_post(world, vote)
        assert "不成立" in page(client, vote, "owner")
        assert "一张票也没有" in page(client, vote, "owner", "/receipts")


class TestFiles:
    def test_the_count_file_is_for_those_who_check(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = posted(world, make_vote)
        for rest in ("/count.json", "/count/ballots"):
            for who in ("owner", "tenant", "manager", "worker"):
                assert status(client, vote, who, rest) == 403, (who, rest)
            assert status(client, vote, "chair", rest) == 200

    def test_its_digest_is_on_the_certificate(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = posted(world, make_vote)
        with clock.frozen(NOW + timedelta(days=8)):
            certify_vote(world.secretary, vote, where=WALL)
            text = page(client, vote, "secretary", "/count.json")
            paper = page(client, vote, "visitor", "/certificate")
        hash_ = db.session.get_one(Certificate, vote.id).count_hash
        assert digest(text) == hash_
        assert hash_[:32] in paper
        names = [f"owners-vote-{vote.id}-{what}.json" for what in ("sums", "count")]
        lines = [f"{way} {name}" for way in ("python3 recount.pyz", "flask recount") for name in names]
        assert sorted(lines, key=paper.index) == lines
        assert 'href="/recount.pyz"' in paper
        assert program()[:32] in paper
        for case in json.loads(text):
            assert recount(case) == case["expected"]

    def test_no_name_is_in_any_public_file(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = posted(world, make_vote)
        for rest in ("/sums.json", "/result?format=csv", "/receipts?format=csv"):
            text = page(client, vote, "visitor", rest)
            assert not any(name in text for name in ("王秀兰", "王芳", "顾建平", "1990000"))
        assert "王" not in page(client, vote, "secretary", "/count.json")

    def test_sums_pass_the_same_gates(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = posted(world, make_vote)
        for case in json.loads(page(client, vote, "visitor", "/sums.json")):
            said = recount(case)
            assert {k: said[k] for k in case["expected"]} == case["expected"]

    def test_who_stands_by_checks_ballot_by_ballot(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote, other = make_vote(state=VoteState.CLOSED), make_vote(state=VoteState.CLOSED)
        for one in (vote, other):
            seat(world, one)
        name_scrutineer(world.secretary, vote, role=Counter.SCRUTINEER, name="王秀兰", phone="19900000004")
        assert status(client, vote, "owner", "/count.json") == 403
        for one in (vote, other):
            begin_count(world.secretary, one)
        assert status(client, vote, "owner", "/count.json") == 200
        assert status(client, other, "owner", "/count.json") == 403
        assert "数出来的票" in page(client, vote, "owner", "/count")
        helped = replace(world.owner, entered_by=world.ids["worker"])
        assert access.may(world.owner, Can.SEE_BALLOTS, vote)
        assert not access.may(helped, Can.SEE_BALLOTS, vote)

    def test_the_list_to_compare_with_the_papers(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = counted(world, make_vote)
        client.sign_in("secretary")
        reply = client.get(f"/owners-votes/{vote.id}/count/ballots?format=xlsx")
        rows = list(load_workbook(io.BytesIO(reply.data)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
        assert len(rows) == 5
        assert rows[0][0] == "票号"
        assert rows[1][0:4] == (1, "12号楼1单元101室", "89.32", "纸质票")
        assert rows[1][5:8] == ("同意", "同意", "计入")


class TestCountPage:
    def test_what_was_counted_is_for_who_watches(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = counted(world, make_vote)
        for who in ("owner", "tenant", "visitor", "worker"):
            assert "数出来的票" not in page(client, vote, who, "/count")
        for who in ("secretary", "chair"):
            assert "数出来的票" in page(client, vote, who, "/count")

    def test_the_whole_way_by_forms(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        for key in ("101", "102", "201", "shop"):
            put_in(vote, key, "for,for")
        path = f"/owners-votes/{vote.id}"
        client.sign_in("secretary")
        people: tuple[dict[str, Any], ...] = (
            {"role": "teller", "name": "计票员甲"},
            {"role": "scrutineer", "name": "监票员乙"},
            {"role": "scrutineer", "name": "王秀兰", "phone": "19900000004"},
        )
        for person in people:
            assert client.submit(f"{path}/scrutineers", person).status_code == 303
        assert client.submit(f"{path}/count/begin").status_code == 303
        people_there = db.session.scalars(sa.select(Scrutineer).where(Scrutineer.vote_id == vote.id)).all()
        (own,) = (s.id for s in people_there if s.user_id)
        text = page(client, vote, "owner", "/count")
        assert "数出来的票" in text
        assert "核对无误，签字" in text
        assert client.submit(f"/scrutineers/{own}/signature").status_code == 303
        client.sign_in("secretary")
        signers = [s.id for s in people_there if not s.user_id]
        assert client.submit(f"/scrutineers/{signers[0]}/signature").status_code == 403
        sheet = {"signers": signers, "sheet": (io.BytesIO(photo()), "sheet.jpg")}
        assert client.submit(f"{path}/sheets", {**sheet, "sheet": ""}).status_code == 422
        assert client.submit(f"{path}/sheets", sheet).status_code == 303
        assert client.submit(f"{path}/preliminary", {"where": ""}).status_code == 422
        assert client.submit(f"{path}/preliminary", {"where": WALL}).status_code == 303
        client.sign_in("tenant")
        assert client.submit(f"{path}/objections/new", {"text": ""}).status_code == 422
        assert client.submit(f"{path}/objections/new", {"text": "少算一票", "once": "o"}).status_code == 303
        objection = db.session.scalars(sa.select(VoteObjection)).one()
        client.sign_in("worker")
        assert "少算一票" in page(client, vote, "worker", "/objections?answered=waiting")
        answer = f"/vote-objections/{objection.id}/answer"
        assert client.get(answer).status_code == 200
        assert client.submit(answer, {"answer": "没有少"}).status_code == 422
        assert client.submit(answer, {"answer": "没有少", "upheld": "no"}).status_code == 303
        with clock.frozen(NOW + timedelta(days=8)):
            client.sign_in("secretary")
            assert client.get(f"{path}/certification").status_code == 200
            assert client.submit(f"{path}/certification", {"where": WALL}).status_code == 303
            assert client.submit(f"{path}/archive").status_code == 303
        db.session.refresh(vote)
        assert vote.state.value == "archived"

    def test_a_form_that_came_back_keeps_what_was_typed(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        reply = client.sign_in("secretary").submit(
            f"/owners-votes/{vote.id}/scrutineers",
            {"role": "teller", "name": "计票员甲", "phone": "19900009999"},
        )
        assert reply.status_code == 422
        text = reply.get_data(as_text=True)
        assert "计票员甲" in text
        assert "没有用这个手机号的账号" in text

    def test_steps_that_cannot_be_taken_say_why(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        assert "至少两位监票人" in page(client, vote, "secretary", "/count")
        reply = client.submit(f"/owners-votes/{vote.id}/count/begin")
        assert reply.status_code == 409

    @pytest.mark.parametrize("state", SHOWN)
    def test_it_opens_in_every_state(
        self, world: World, make_vote: MakeVote, client: Client, state: VoteState
    ) -> None:
        vote = make_vote(state=state)
        for who in ("secretary", "owner", "visitor"):
            page(client, vote, who, "/count")
            page(client, vote, who, "/objections")

    def test_objecting_to_the_roll(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = make_vote(state=VoteState.ROLL_POSTED)
        text = page(client, vote, "owner", "/roll/objections/new")
        assert "哪一户的姓名" in text
        assert status(client, vote, "owner", "/objections/new") == 403
        reply = client.submit(f"/owners-votes/{vote.id}/roll/objections/new", {"text": "面积错", "once": "o"})
        assert reply.status_code == 303
        assert client.get(reply.headers["Location"]).status_code == 200


class TestCodesFromTheClose:
    """From the close on everybody finds the codes; what became of each is said with the result."""

    @pytest.mark.parametrize("who", ["owner", "visitor", "tenant"])
    def test_the_codes_are_there_from_the_close_and_say_nothing_else(
        self, world: World, make_vote: MakeVote, client: Client, who: str
    ) -> None:
        vote = make_vote()
        code = put_in(vote, "201", "against,invalid", at=vote.closes_at)
        assert status(client, vote, who, "/receipts") == (303 if who == "visitor" else 403)
        with clock.frozen(AFTER):
            close_vote(world.secretary, vote)
        for _state in ("closed", "counting"):
            text = page(client, vote, who, "/receipts")
            assert code in text
            assert "没有计入" not in text + page(client, vote, who, "/receipts?format=csv")
            assert "在票箱里" in page(client, vote, who, f"/receipts?code={code}")
            assert "不在清单里" in page(client, vote, who, "/receipts?code=2222-2222")
            if vote.state is VoteState.CLOSED:
                seat(world, vote)
                with clock.frozen(AFTER):
                    begin_count(world.secretary, vote)
        sign_and_post(world, vote)
        assert "截止以后才收到" in page(client, vote, who, "/receipts")

    def test_the_vote_leads_there(self, make_vote: MakeVote, client: Client) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        for rest in ("", "/count"):
            assert f'href="/owners-votes/{vote.id}/receipts"' in page(client, vote, "owner", rest)


class TestOnesOwnVote:
    """What was recorded is read back to whose it is, and to nobody else."""

    def misread(self, world: World, make_vote: MakeVote) -> OwnersVote:
        """101 gave a paper; its second matter was read as unclear. 201 gave one too late."""
        vote = make_vote(state=VoteState.CLOSED)
        put_in(vote, "101", "for,invalid")
        put_in(vote, "201", "against,for", at=vote.closes_at)
        for key in ("102", "202", "shop"):
            put_in(vote, key, "for,for")
        seat(world, vote)
        begin_count(world.secretary, vote)
        return vote

    def test_choices_channel_receipt_and_what_became_of_it(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = self.misread(world, make_vote)
        sign_and_post(world, vote)
        for who in ("owner", "co_owner"):
            mine = BeautifulSoup(page(client, vote, who), "html.parser").select_one("#mine")
            assert mine is not None
            rows = [
                [c.get_text(" ", strip=True) for c in r.select("th, td")] for r in mine.select("tbody tr")
            ]
            assert rows == [
                ["用维修资金更换12号楼电梯", "同意", "计入"],
                ["把东门绿地改成充电棚", "无效", "没有计入：票面看不清选了什么"],
            ]
            assert "纸质票" in mine.text
            assert "-000P" in mine.text
            assert mine.select_one(f'a[href="/owners-votes/{vote.id}/objections/new"]')
        late = BeautifulSoup(page(client, vote, "chair"), "html.parser").select_one("#mine")
        assert late is not None
        assert late.text.count("没有计入：截止以后才收到") == 2

    def test_who_has_no_ballot_in_the_box_is_told_so(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = make_vote(state=VoteState.CLOSED)
        put_in(vote, "201", "for,for")
        seat(world, vote)
        begin_count(world.secretary, vote)
        sign_and_post(world, vote)
        assert "票箱里没有您家的票" in page(client, vote, "owner")
        assert "没有您家的票" not in page(client, vote, "chair")

    @pytest.mark.parametrize("who", ["tenant", "visitor", "secretary", "manager", "worker"])
    def test_nobody_else_sees_it(self, world: World, make_vote: MakeVote, client: Client, who: str) -> None:
        vote = self.misread(world, make_vote)
        sign_and_post(world, vote)
        assert 'id="mine"' not in page(client, vote, who)

    def test_nor_who_acts_for_him(self, world: World, make_vote: MakeVote) -> None:
        vote = self.misread(world, make_vote)
        helped = replace(world.owner, entered_by=world.ids["worker"])
        assert own_entries(helped, vote, matters_of(vote)) == []
        assert own_entries(world.owner, vote, matters_of(vote))

    def test_the_candidates_a_paper_marks_are_named(self) -> None:
        matter = SimpleNamespace(position=1, candidates=[SimpleNamespace(number=2, name="王芳")])
        assert entry_word("for,c2", matter) == "王芳"
        assert entry_word("for", matter) == "没有选"


class TestTheCorrectedResult:
    def test_it_is_signed_on_the_page_of_the_count(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = posted(world, make_vote)
        assert "存签好字的记录" not in page(client, vote, "secretary", "/count")
        old = stamp(vote)
        with clock.frozen(NOW + timedelta(hours=1)):
            address = f"/owners-votes/{vote.id}/preliminary/again"
            asked = page(client, vote, "secretary", "/preliminary/again")
            assert "先前的签字作废" in asked
            sent = {"where": WALL, "reason": "一张票看错了", "seen": old}
            assert client.sign_in("secretary").submit(address, sent).status_code == 303
            assert client.sign_in("chair").submit(address, sent).status_code == 409
            signing = page(client, vote, "secretary", "/count")
        assert "存签好字的记录" in signing
        assert "重新数过，等重新签字" in signing
        person = db.session.scalars(sa.select(Scrutineer.id).where(Scrutineer.vote_id == vote.id)).first()
        sign = f"/owners-votes/{vote.id}/sheets"
        client.sign_in("secretary")
        for seen, status in ((old, 409), (stamp(vote), 303)):
            signed_paper = {"signers": person, "sheet": (io.BytesIO(photo()), "sheet.jpg"), "seen": seen}
            assert client.submit(sign, signed_paper).status_code == status
