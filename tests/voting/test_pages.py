"""The pages as people meet them: without scripting, as fragments, as files, and for those who may not."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.accounts import identity
from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.core.digests import digest
from portal.core.waiting import waiting_for
from portal.councils.models import Topic
from portal.voting.actions.closing import annul_poll, certify_poll, close_due_polls
from portal.voting.actions.opening import open_poll
from portal.voting.counting import recount
from portal.voting.models import Ballot, Certification, Poll, PollOption
from portal.voting.words import Outcome, PollState, Secrecy
from tests.conftest import Client, Statements
from tests.voting.conftest import AFTER, CLOSES, Draft, marks_of, vote
from tests.world import World

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


def soup(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.get_data(as_text=True), "html.parser")


def text(reply: Any) -> str:
    page = soup(reply)
    for place in page("wbr"):  # where a long title may break
        place.decompose()
    page.smooth()
    return " ".join(page.get_text(" ").split())


def hidden(reply: Any, form: str = "#ballot") -> dict[str, list[str]]:
    """What the form would send along by itself."""
    found: dict[str, list[str]] = {}
    for field in soup(reply).select(f"{form} input[type=hidden]"):
        if field["name"] != "csrf_token":
            found.setdefault(str(field["name"]), []).append(str(field["value"]))
    return found


def closed(poll: Poll) -> None:
    with clock.frozen(AFTER):
        assert close_due_polls(system()) == 1


class TestThePaper:
    def test_it_says_what_kind_of_vote_it_is(self, client: Client, poll: Poll) -> None:
        page = soup(client.sign_in("owner").get(f"/polls/{poll.id}"))
        words = page.get_text(" ")
        for said in (
            "表决票",
            "议事会表态",
            "不是法定业主表决",
            "您登记住在",
            "邻居看不到您选了什么",
            "截止",
        ):
            assert said in words
        assert page.select_one("form#ballot") is not None

    def test_all_choices_are_alike(self, client: Client, poll: Poll) -> None:
        page = soup(client.sign_in("owner").get(f"/polls/{poll.id}"))
        cards = page.select("#ballot .choice")
        assert [c.get_text(strip=True) for c in cards] == ["换木板", "加固基座", "拆掉改草地", "弃权"]
        assert {tuple(c["class"]) for c in cards} == {("choice",)}
        assert not page.select("#ballot input[name=choice][checked]")

    def test_three_taps_without_scripting(self, client: Client, poll: Poll) -> None:
        client.sign_in("owner")
        review = client.submit(f"/polls/{poll.id}/review", {"choice": "1"})
        assert "加固基座" in text(review)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == 0
        cast = client.submit(f"/polls/{poll.id}/ballot", hidden(review))
        assert cast.status_code == 303
        receipt = client.get(cast.headers["Location"])
        assert "票已投出" in text(receipt)
        assert CODE.search(text(receipt))
        assert "您已经投票" in text(client.get(f"/polls/{poll.id}"))

    def test_the_same_post_twice_leads_to_the_same_receipt(self, client: Client, poll: Poll) -> None:
        client.sign_in("owner")
        sent = {"choice": "1", "once": "k" * 32}
        replies = [client.submit(f"/polls/{poll.id}/ballot", sent, follow_redirects=True) for _ in range(2)]
        assert len({tuple(CODE.findall(text(r))) for r in replies}) == 1
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == 1

    def test_a_reply_lost_over_the_hour_still_finds_its_receipt(self, client: Client, secret: Poll) -> None:
        client.sign_in("owner")
        sent = {"choice": "1", "once": "k" * 32}
        first = client.submit(f"/polls/{secret.id}/ballot", sent)
        with clock.frozen(AFTER):
            again = client.submit(f"/polls/{secret.id}/ballot", sent)
            late = client.submit(f"/polls/{secret.id}/ballot", {**sent, "once": "j" * 32})
        assert again.status_code == 200
        assert CODE.findall(text(first)) == CODE.findall(text(again))
        assert late.status_code == 403

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({}, "请先选一项"),
            ({"choice": ["0", "1"]}, "只能选一项"),
            ({"choice": ["blank", "1"]}, "选了弃权"),
            ({"choice": "换木板"}, "请从票上的几项里选"),
            ({"choice": "99"}, "请从票上的几项里选"),
            ({"choice": "９"}, "请从票上的几项里选"),
        ],
    )
    @pytest.mark.parametrize("step", ["review", "ballot"])
    def test_a_paper_marked_wrongly_comes_back(
        self, client: Client, poll: Poll, sent: dict[str, Any], said: str, step: str
    ) -> None:
        reply = client.sign_in("owner").submit(f"/polls/{poll.id}/{step}", sent)
        assert reply.status_code == 422
        errors = soup(reply).select("[role=alert]")
        assert any(said in error.text for error in errors)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == 0

    def test_blank_is_chosen_not_fallen_into(self, client: Client, poll: Poll) -> None:
        client.sign_in("owner").submit(f"/polls/{poll.id}/ballot", {"choice": "blank"})
        assert db.session.scalar(sa.select(Ballot.marks)) == ""

    def test_the_fragment_is_the_paper_alone(self, client: Client, poll: Poll) -> None:
        client.sign_in("owner")
        part = client.fragment(f"/polls/{poll.id}", "ballot").get_data(as_text=True)
        assert part.lstrip().startswith('<form class="slip" id="ballot"')
        assert "<html" not in part

    def test_addresses_of_forms_lead_back(self, client: Client, poll: Poll) -> None:
        client.sign_in("owner")
        for step in ("review", "ballot", "opening", "closure"):
            reply = client.get(f"/polls/{poll.id}/{step}")
            assert (reply.status_code, reply.headers["Location"]) == (303, f"/polls/{poll.id}")

    def test_in_english_no_chinese_sentence_of_an_error_breaks(self, client: Client, poll: Poll) -> None:
        client.sign_in("owner")
        with client.session_transaction() as session:
            session[identity.LANG] = "en"
        assert client.get(f"/polls/{poll.id}").status_code == 200


class TestWhoGetsNone:
    @pytest.mark.parametrize("name", ["visitor", "merchant", "secretary", "manager"])
    def test_the_page_says_why_and_offers_no_paper(self, client: Client, poll: Poll, name: str) -> None:
        page = soup(client.sign_in(name).get(f"/polls/{poll.id}"))
        assert page.select_one("form#ballot") is None
        words = page.get_text(" ")
        assert "名册" in words
        assert client.submit(f"/polls/{poll.id}/ballot", {"choice": "1"}).status_code == 403
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == 0

    def test_another_community_finds_nothing(self, client: Client, poll: Poll) -> None:
        client.sign_in("neighbour")
        for path in ("", "/receipt", "/change", "/roll", "/receipts", "/count.json"):
            assert client.get(f"/polls/{poll.id}{path}").status_code == 404
        assert client.submit(f"/polls/{poll.id}/ballot", {"choice": "1"}).status_code == 404

    def test_a_draft_is_not_found_by_residents(self, client: Client, drafted: Draft) -> None:
        poll = drafted()
        assert client.sign_in("owner").get(f"/polls/{poll.id}").status_code == 404
        assert "样票" in text(client.sign_in("chair").get(f"/polls/{poll.id}"))

    def test_past_the_hour_the_page_says_so_before_any_tick(self, client: Client, poll: Poll) -> None:
        vote_words = "已截止，正在计票"
        with clock.frozen(CLOSES):
            page = soup(client.sign_in("owner").get(f"/polls/{poll.id}"))
            assert vote_words in page.get_text(" ")
            assert page.select_one("form#ballot") is None
            assert client.submit(f"/polls/{poll.id}/ballot", {"choice": "1"}).status_code == 403
        assert poll.state is PollState.OPEN

    def test_staff_entering_for_somebody(self, world: World, client: Client, secret: Poll) -> None:
        client.sign_in("worker")
        with client.session_transaction() as session:
            session[identity.FOR] = world.ids["owner"]
        page = client.get(f"/polls/{secret.id}")
        assert "只能本人投" in text(page)
        assert soup(page).select_one("form#ballot") is None
        reply = client.submit(f"/polls/{secret.id}/ballot", {"choice": "1"})
        assert reply.status_code == 403

    def test_staff_entering_a_named_ballot(self, world: World, client: Client, poll: Poll) -> None:
        client.sign_in("worker")
        with client.session_transaction() as session:
            session[identity.FOR] = world.ids["owner"]
        reply = client.submit(f"/polls/{poll.id}/ballot", {"choice": "1"}, follow_redirects=True)
        assert "工作人员代录" in text(reply)
        assert db.session.scalar(sa.select(Ballot.entered_by_id)) == world.ids["worker"]

    def test_staff_see_no_running_choices_through_the_voters_eyes(
        self, world: World, client: Client, poll: Poll
    ) -> None:
        vote(world, poll, "owner", 1)
        chosen = db.session.get_one(PollOption, (poll.id, 1)).title
        client.sign_in("owner")
        assert f"选的是：{chosen}" in text(client.get(f"/polls/{poll.id}"))
        client.sign_in("worker")
        with client.session_transaction() as session:
            session[identity.FOR] = world.ids["owner"]
        for path in ("", "/receipt"):
            assert "选的是" not in text(client.get(f"/polls/{poll.id}{path}"))
        assert not soup(client.get(f"/polls/{poll.id}/change")).select("input[checked]")


class TestChanging:
    def test_a_named_ballot(self, client: Client, poll: Poll) -> None:
        client.sign_in("owner").submit(f"/polls/{poll.id}/ballot", {"choice": "1"})
        form = client.get(f"/polls/{poll.id}/change")
        checked = soup(form).select_one("#ballot input[name=choice][checked]")
        assert checked is not None
        assert checked["value"] == "1"
        review = client.submit(f"/polls/{poll.id}/review", {**hidden(form), "choice": "2"})
        done = client.submit(f"/polls/{poll.id}/ballot", hidden(review), follow_redirects=True)
        assert "票已改好" in text(done)
        assert db.session.scalar(sa.select(Ballot.marks)) == "2"

    def test_a_secret_ballot_by_its_receipt(self, client: Client, secret: Poll) -> None:
        client.sign_in("owner")
        cast = client.submit(f"/polls/{secret.id}/ballot", {"choice": "1"})
        (code,) = CODE.findall(text(cast))[:1]
        form = client.get(f"/polls/{secret.id}/change")
        assert not soup(form).select("#ballot input[name=choice][checked]")
        sent = {**hidden(form), "choice": "2", "receipt": code.lower()}
        review = client.submit(f"/polls/{secret.id}/review", sent)
        done = client.submit(f"/polls/{secret.id}/ballot", hidden(review))
        assert "票已改好" in text(done)
        assert marks_of(secret) == ["2"]
        wrong = client.submit(f"/polls/{secret.id}/ballot", {**hidden(review), "receipt": "ZZZZ-ZZZZ"})
        assert wrong.status_code == 422
        assert "没有这个回执码" in text(wrong)

    def test_receipts_cannot_be_tried_out_for_ever(self, client: Client, secret: Poll) -> None:
        client.sign_in("owner").submit(f"/polls/{secret.id}/ballot", {"choice": "1"})
        sent = {"change": "1", "choice": "2", "receipt": "ZZZZ-ZZZZ"}
        tries = [client.submit(f"/polls/{secret.id}/ballot", sent).status_code for _ in range(21)]
        assert set(tries[:20]) == {422}
        assert tries[20] == 429

    def test_a_secret_receipt_is_shown_once(self, client: Client, secret: Poll) -> None:
        client.sign_in("owner")
        cast = client.submit(f"/polls/{secret.id}/ballot", {"choice": "1"})
        (code,) = CODE.findall(text(cast))[:1]
        for path in ("", "/receipt", "/change"):
            assert code not in text(client.get(f"/polls/{secret.id}{path}", follow_redirects=True))


class TestBeforeTheClose:
    @pytest.mark.parametrize("name", ["visitor", "owner", "chair", "secretary", "worker", "administrator"])
    def test_nobody_sees_running_choices(self, world: World, client: Client, poll: Poll, name: str) -> None:
        for n, voter in enumerate(("chair", "tenant", "co_owner")):
            vote(world, poll, voter, n % 2)
        client.sign_in(name)
        for path in ("receipts", "count.json", "result.csv", "ballots.csv", "certification"):
            refused = 303 if name == "visitor" else 403
            assert client.get(f"/polls/{poll.id}/{path}").status_code == refused
        assert " 2 票" not in text(client.get(f"/polls/{poll.id}"))

    def test_who_has_voted_is_for_those_who_remind(self, world: World, client: Client, poll: Poll) -> None:
        vote(world, poll, "tenant", 1)
        reply = client.sign_in("worker").get(f"/polls/{poll.id}/roll")
        rows = {
            tuple(c.get_text(strip=True) for c in tr.select("th,td")) for tr in soup(reply).select("tbody tr")
        }
        assert ("赵强", "12号楼1单元102室", "投了") in rows
        assert ("王秀兰", "12号楼1单元101室", "还没投") in rows
        assert len(rows) == 4
        sheet = client.get(f"/polls/{poll.id}/roll?voted=no&format=csv").get_data(as_text=True)
        assert "王秀兰" in sheet
        assert "赵强" not in sheet
        for name in ("owner", "chair", "manager", "auditor"):
            assert client.sign_in(name).get(f"/polls/{poll.id}/roll").status_code == 403

    def test_the_roll_file_has_the_stored_digest(self, client: Client, poll: Poll) -> None:
        from hashlib import sha256

        body = client.sign_in("secretary").get(f"/polls/{poll.id}/roll.json").get_data()
        assert sha256(body).hexdigest() == poll.roll_hash


class TestTheResult:
    @pytest.fixture
    def done(self, world: World, poll: Poll) -> Poll:
        vote(world, poll, "owner", 1)
        vote(world, poll, "tenant", 1)
        vote(world, poll, "chair")
        closed(poll)
        return poll

    def test_the_sentence_comes_first(self, client: Client, done: Poll) -> None:
        with clock.frozen(AFTER):
            words = text(client.sign_in("visitor").get(f"/polls/{done.id}"))
        assert "名册上 4 人，3 人投了票，其中 1 人弃权。“加固基座”得 2 票，最多。" in words.replace(
            "\xa0", " "
        )
        assert "不是法定业主表决" in words
        assert done.roll_hash[:32] in words

    def test_my_code_is_found_and_a_wrong_one_is_not(self, world: World, client: Client, done: Poll) -> None:
        code = db.session.scalar(sa.select(Ballot.receipt).where(Ballot.user_id == world.ids["owner"]))
        assert code
        client.sign_in("visitor")
        typed = code.lower().replace("-", "")
        assert "计入了" in text(client.fragment(f"/polls/{done.id}?code={typed}", "check"))
        assert "没有找到" in text(client.get(f"/polls/{done.id}?code=ZZZZ-ZZZZ"))
        assert "没有找到" in text(client.get(f"/polls/{done.id}?code=%00<b>"))

    def test_the_public_list_holds_every_code_and_no_choice(self, client: Client, done: Poll) -> None:
        page = soup(client.sign_in("visitor").get(f"/polls/{done.id}/receipts"))
        codes = {c.get_text() for c in page.select("code")}
        assert codes == set(db.session.scalars(sa.select(Ballot.receipt)))
        assert "加固基座" not in page.select_one("main").get_text()  # type: ignore[union-attr]
        sheet = client.get(f"/polls/{done.id}/receipts?format=csv").get_data(as_text=True)
        assert all(code in sheet for code in codes)

    def test_the_count_file_is_what_the_certificate_says(
        self, world: World, client: Client, done: Poll
    ) -> None:
        certify_poll(world.secretary, done, outcome=Outcome.SETTLED)
        body = client.sign_in("visitor").get(f"/polls/{done.id}/count.json").get_data(as_text=True)
        assert digest(body) == db.session.scalar(sa.select(Certification.count_hash))
        case = json.loads(body)
        assert recount(case) == case["expected"] == done.tally

    def test_certifying_by_form(self, client: Client, done: Poll) -> None:
        client.sign_in("secretary")
        assert client.get(f"/polls/{done.id}/certification").status_code == 200
        empty = client.submit(f"/polls/{done.id}/certification", {"outcome": "returned"})
        assert empty.status_code == 422
        assert "请写明理由" in text(empty)
        assert client.submit(f"/polls/{done.id}/certification", {"outcome": "nonsense"}).status_code == 422
        fine = client.submit(f"/polls/{done.id}/certification", {"outcome": "settled"})
        assert fine.status_code == 303
        assert "按结果定下来" in text(client.get(f"/polls/{done.id}"))
        assert client.sign_in("owner").get(f"/polls/{done.id}/certification").status_code == 403

    def test_named_papers_are_for_the_secretary_alone(self, client: Client, done: Poll) -> None:
        sheet = client.sign_in("secretary").get(f"/polls/{done.id}/ballots.csv").get_data(as_text=True)
        assert "王秀兰" in sheet
        assert "加固基座" in sheet
        for name in ("owner", "chair", "worker", "auditor"):
            assert client.sign_in(name).get(f"/polls/{done.id}/ballots.csv").status_code == 403

    def test_secret_papers_are_for_nobody(self, world: World, client: Client, secret: Poll) -> None:
        vote(world, secret, "owner", 1)
        closed(secret)
        assert client.sign_in("secretary").get(f"/polls/{secret.id}/ballots.csv").status_code == 403

    def test_a_tie_is_said_and_no_winner_named(self, world: World, client: Client, poll: Poll) -> None:
        vote(world, poll, "owner", 0)
        vote(world, poll, "tenant", 1)
        closed(poll)
        words = text(client.sign_in("visitor").get(f"/polls/{poll.id}"))
        assert "票数相同" in words
        assert "“换木板”“加固基座”都是 1 票" in words.replace("\xa0", " ")

    def test_nobody_voted(self, client: Client, poll: Poll) -> None:
        closed(poll)
        words = text(client.sign_in("visitor").get(f"/polls/{poll.id}"))
        assert "没有有效票" in words
        assert "NaN" not in words
        assert "一张票也没有" in text(client.get(f"/polls/{poll.id}/receipts"))

    def test_a_void_poll_says_why_and_shows_no_count(self, world: World, client: Client, poll: Poll) -> None:
        vote(world, poll, "owner", 0)
        annul_poll(world.secretary, poll, reason="选项写错了，重新来。")
        words = text(client.sign_in("owner").get(f"/polls/{poll.id}"))
        assert "选项写错了" in words
        assert client.get(f"/polls/{poll.id}/count.json").status_code == 403


class TestPreparing:
    def test_from_the_topic_to_the_open_poll(self, client: Client, topic: Topic) -> None:
        client.sign_in("secretary")
        form = client.get(f"/topics/{topic.id}/polls/new")
        values = [str(i["value"]) for i in soup(form).select("input[name^=options]") if i.get("value")]
        assert values == ["换木板", "加固基座", "拆掉改草地"]
        sent = {
            "question": "木栈道按哪一种办法修？",
            "options-0-title": "换木板",
            "options-1-title": "加固基座",
            "method": "plurality",
            "secrecy": "secret",
            "roll_kind": "members",
            "closes_at": "2026-06-20T20:00",
            **{k: v[0] for k, v in hidden(form, "#poll_form").items()},
        }
        made = client.submit(f"/topics/{topic.id}/polls/new", sent)
        assert made.status_code == 303
        again = client.submit(f"/topics/{topic.id}/polls/new", sent)
        assert again.headers["Location"] == made.headers["Location"]
        address = made.headers["Location"]
        assert "名册上有 4 人" in text(client.get(address)).replace("\xa0", " ")
        assert client.get(f"{address}/edit").status_code == 200
        assert client.submit(f"{address}/opening").status_code == 303
        assert "您不在这次表态的名册上" in text(client.get(address))
        poll = db.session.scalars(sa.select(Poll)).one()
        assert poll.state is PollState.OPEN
        assert clock.local(poll.closes_at).hour == 20

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"question": ""}, "请写清楚要大家定什么"),
            ({"options-1-title": ""}, "请写 2 到 8 个选项"),
            ({"options-1-title": "换木板"}, "不能重复"),
            ({"options-1-title": "弃权"}, "不用写"),
            ({"closes_at": "2020-01-01T20:00"}, "还没到的时间"),
            ({"closes_at": "someday"}, "请选日期和时间"),
            ({"method": "approval", "max_choices": "7"}, "最多能选几项"),
            ({"secrecy": "whispered"}, "请从给出的几项里选"),
        ],
    )
    def test_a_form_to_mend(self, client: Client, topic: Topic, changed: dict[str, str], said: str) -> None:
        sent = {
            "question": "修不修？",
            "options-0-title": "换木板",
            "options-1-title": "加固基座",
            "method": "plurality",
            "secrecy": "secret",
            "roll_kind": "members",
            "closes_at": "2026-06-20T20:00",
        }
        reply = client.sign_in("secretary").submit(f"/topics/{topic.id}/polls/new", {**sent, **changed})
        assert reply.status_code == 422
        assert said in text(reply).replace("\xa0", " ")

    def test_others_do_not_get_the_form(self, client: Client, topic: Topic) -> None:
        for name in ("owner", "worker", "manager"):
            assert client.sign_in(name).get(f"/topics/{topic.id}/polls/new").status_code == 403


class TestElsewhere:
    def test_the_topic_shows_the_poll_and_the_way_to_vote(
        self, world: World, client: Client, poll: Poll
    ) -> None:
        page = soup(client.sign_in("owner").get(f"/topics/{poll.topic_id}"))
        assert page.select_one(f'#next a[href="/polls/{poll.id}"]') is not None
        assert page.select_one("#polls") is not None
        vote(world, poll, "owner", 1)
        after = soup(client.get(f"/topics/{poll.topic_id}"))
        assert after.select_one(f'#next a[href="/polls/{poll.id}"]') is None
        closed(poll)
        assert "得 1 票" in soup(client.get(f"/topics/{poll.topic_id}")).get_text().replace("\xa0", " ")

    def test_drafts_show_only_to_who_conducts(self, client: Client, drafted: Draft) -> None:
        poll = drafted()
        assert f"/polls/{poll.id}" in client.sign_in("secretary").get(f"/topics/{poll.topic_id}").text
        assert f"/polls/{poll.id}" not in client.sign_in("owner").get(f"/topics/{poll.topic_id}").text

    def test_what_waits(self, world: World, poll: Poll) -> None:
        def kinds(name: str) -> list[str]:
            return [w.kind for w in waiting_for(world.actor(name)) if "poll" in w.kind or w.kind == "vote"]

        assert kinds("owner") == ["vote"]
        assert kinds("merchant") == []
        assert kinds("secretary") == []
        vote(world, poll, "owner", 1)
        assert kinds("owner") == []
        with clock.frozen(AFTER):
            assert kinds("tenant") == []
            assert kinds("secretary") == ["close_poll"]
            close_due_polls(system())
            assert kinds("secretary") == ["certify_poll"]
            assert kinds("other_secretary") == []

    def test_the_list_and_its_files(self, client: Client, poll: Poll) -> None:
        client.sign_in("owner")
        assert "木栈道按哪一种办法修" in text(client.get("/polls"))
        assert "没有找到这样的表态" in text(client.get("/polls?q=飞船"))
        assert "还没开始" not in client.get("/polls?format=csv").get_data(as_text=True)
        assert client.get("/polls?format=xlsx").status_code == 200
        assert "木栈道按哪一种办法修" not in text(client.sign_in("neighbour").get("/polls"))

    def test_the_list_names_no_winner_of_an_annulled_poll(
        self, world: World, client: Client, poll: Poll
    ) -> None:
        vote(world, poll, "owner", 1)
        closed(poll)
        client.sign_in("owner")
        winner = db.session.get_one(PollOption, (poll.id, 1)).title
        assert winner in client.get("/polls?format=csv").get_data(as_text=True)
        annul_poll(world.secretary, poll, reason="选项写错了，重新来。")
        assert winner not in client.get("/polls?format=csv").get_data(as_text=True)


class TestCost:
    @pytest.mark.parametrize("path", ["", "/change", "/roll", "/receipts"])
    def test_pages_ask_few_questions(
        self, world: World, client: Client, statements: Statements, poll: Poll, path: str
    ) -> None:
        vote(world, poll, "owner", 1)
        if path == "/receipts":
            closed(poll)
        client.sign_in("secretary" if path == "/roll" else "owner")
        del statements[:]
        assert client.get(f"/polls/{poll.id}{path}").status_code == 200
        assert len(statements) <= 4, statements

    def test_the_topic_page_stays_within_its_budget(
        self, client: Client, statements: Statements, poll: Poll
    ) -> None:
        client.sign_in("owner")
        del statements[:]
        client.get(f"/topics/{poll.topic_id}")
        assert len(statements) <= 6, statements

    @pytest.mark.parametrize("secrecy", list(Secrecy))
    def test_a_ballot_is_few_statements(
        self, world: World, client: Client, statements: Statements, opened: Draft, secrecy: Secrecy
    ) -> None:
        poll = opened(secrecy=secrecy)
        client.sign_in("owner")
        token = client.token()
        del statements[:]
        client.post(f"/polls/{poll.id}/ballot", data={"choice": "1", "csrf_token": token})
        written = [s for s in statements if not s.startswith("SELECT")]
        assert len(written) == (5 if secrecy is Secrecy.SECRET else 4), written
        assert written[-1].startswith("UPDATE turnout")
        assert len(statements) - len(written) <= 5, statements

    def test_opening_costs_the_same_for_any_roll(
        self, world: World, statements: Statements, drafted: Draft
    ) -> None:
        poll = drafted(closes_at=CLOSES + timedelta(hours=1))
        del statements[:]
        open_poll(world.secretary, poll)
        assert sum("INSERT INTO poll_voter" in s for s in statements) == 1
        assert len(statements) <= 22, statements
