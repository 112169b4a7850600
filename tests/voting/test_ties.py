"""Ties: nothing breaks them but a lot announced before its number is known, or another vote."""

import shlex
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.core.eventlog import Entry
from portal.councils.models import Topic
from portal.councils.words import TopicState
from portal.voting import draw
from portal.voting.actions.closing import certify_poll, close_due_polls
from portal.voting.actions.ties import announce_lot, call_run_off, draw_lot
from portal.voting.leaves_result import lot_command
from portal.voting.models import Certification, Poll, PollOption
from portal.voting.terms import Line, Terms
from portal.voting.tie_models import TieBreak
from portal.voting.tie_words import TieWay
from portal.voting.words import Method, Outcome, PollState
from tests.conftest import Client, Statements
from tests.voting.conftest import AFTER, Draft, vote
from tests.voting.test_pages import closed, soup, text
from tests.world import World

DRAWS = AFTER + timedelta(days=1)
SAID: dict[str, Any] = {
    "source": "双色球第 2026070 期红球",
    "digits": 6,
    "draws_at": DRAWS,
    "first_witness": "张桂兰",
    "second_witness": "刘大明",
}
TYPED = {**SAID, "draws_at": "2026-06-20T20:30"}


@pytest.fixture
def tied(world: World, poll: Poll) -> Poll:
    """Closed, with two options level."""
    vote(world, poll, "owner", 0)
    vote(world, poll, "tenant", 1)
    closed(poll)
    return poll


@pytest.fixture
def announced(world: World, tied: Poll) -> Poll:
    with clock.frozen(AFTER):
        announce_lot(world.secretary, tied, **SAID)
    return tied


def drawn(world: World, poll: Poll, seed: str = "02 07 11") -> TieBreak:
    with clock.frozen(DRAWS):
        draw_lot(world.secretary, poll, seed=seed)
    return db.session.get_one(TieBreak, poll.id)


class TestTheLot:
    def test_announced_then_drawn(self, world: World, announced: Poll) -> None:
        lot = drawn(world, announced)
        order = draw.drawn("020711", ["换木板", "加固基座"])
        assert lot.seed == "020711"
        assert (lot.drawn, lot.chosen) == (order, order[:1])
        assert lot.drawn_at == DRAWS
        events = db.session.scalars(sa.select(Entry.name).order_by(Entry.id.desc()).limit(2)).all()
        assert events == ["lot.drawn", "lot.announced"]

    def test_not_before_the_number_is_known(self, world: World, announced: Poll) -> None:
        with clock.frozen(DRAWS - timedelta(seconds=1)), pytest.raises(Conflict, match="还没出来"):
            draw_lot(world.secretary, announced, seed="020711")

    def test_not_without_saying_before_which_number(self, world: World, tied: Poll) -> None:
        with clock.frozen(DRAWS), pytest.raises(Conflict, match="请先公布"):
            draw_lot(world.secretary, tied, seed="020711")

    def test_once(self, world: World, announced: Poll) -> None:
        first = drawn(world, announced).drawn
        with pytest.raises(Conflict, match="只抽一次"):
            drawn(world, announced, "080711")
        assert db.session.get_one(TieBreak, announced.id).drawn == first

    def test_an_announcement_stands(self, world: World, announced: Poll) -> None:
        with clock.frozen(AFTER), pytest.raises(Conflict, match="不能再改"):
            announce_lot(world.secretary, announced, **{**SAID, "source": "另一个号码"})

    def test_a_number_is_needed(self, world: World, announced: Poll) -> None:
        with pytest.raises(Invalid) as refused:
            drawn(world, announced, "")
        assert refused.value.field == "seed"

    @pytest.mark.parametrize("typed", ["2 07 11", "7 11", "02 07 11 00"])
    def test_with_as_many_digits_as_were_announced(self, world: World, announced: Poll, typed: str) -> None:
        """A nought left out, or one more, would be another number to choose from."""
        with pytest.raises(Invalid, match="6 位数字") as refused:
            drawn(world, announced, typed)
        assert refused.value.field == "seed"
        assert db.session.get_one(TieBreak, announced.id).drawn is None

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"draws_at": AFTER}, "draws_at"),
            ({"draws_at": AFTER + timedelta(days=40)}, "draws_at"),
            ({"second_witness": "张桂兰"}, "second_witness"),
            ({"first_witness": "冯小霞"}, "second_witness"),
            ({"source": ""}, "source"),
            ({"digits": 0}, "digits"),
            ({"digits": 101}, "digits"),
        ],
    )
    def test_what_will_not_do(self, world: World, tied: Poll, given: dict[str, Any], field: str) -> None:
        with clock.frozen(AFTER), pytest.raises(Invalid) as refused:
            announce_lot(world.secretary, tied, **{**SAID, **given})
        assert refused.value.field == field
        assert db.session.get(TieBreak, tied.id) is None

    def test_no_lot_without_a_tie(self, world: World, poll: Poll) -> None:
        vote(world, poll, "owner", 0)
        closed(poll)
        with clock.frozen(AFTER), pytest.raises(Conflict, match="没有并列"):
            announce_lot(world.secretary, poll, **SAID)
        with clock.frozen(AFTER), pytest.raises(Conflict, match="没有并列"):
            call_run_off(world.secretary, poll)

    @pytest.mark.parametrize("name", ["owner", "chair", "worker", "manager", "auditor", "administrator"])
    def test_who_may_not(self, world: World, tied: Poll, name: str) -> None:
        with clock.frozen(AFTER), pytest.raises(NotAllowed):
            announce_lot(world.actor(name), tied, **SAID)


class TestCertifyingATie:
    def test_not_settled_without_a_lot(self, world: World, announced: Poll) -> None:
        with pytest.raises(Invalid) as refused:
            certify_poll(world.secretary, announced, outcome=Outcome.SETTLED, reason="就这样定。")
        assert refused.value.field == "outcome"

    def test_settled_by_the_lot(self, world: World, announced: Poll) -> None:
        drawn(world, announced)
        with clock.frozen(DRAWS):
            certify_poll(world.secretary, announced, outcome=Outcome.SETTLED)
        assert announced.state is PollState.CERTIFIED
        assert db.session.get_one(Topic, announced.topic_id).state is not TopicState.VOTING

    def test_back_to_the_table_with_a_reason(self, world: World, tied: Poll) -> None:
        with pytest.raises(Invalid, match="理由"):
            certify_poll(world.secretary, tied, outcome=Outcome.RETURNED)
        certify_poll(world.secretary, tied, outcome=Outcome.RETURNED, reason="再商量商量。")
        assert db.session.get_one(Topic, tied.topic_id).state is TopicState.DELIBERATING


class TestTheRunOff:
    def test_the_tied_options_go_on_a_new_paper(self, world: World, tied: Poll) -> None:
        with clock.frozen(AFTER):
            again = call_run_off(world.secretary, tied)
        printed = sa.select(PollOption.title).where(PollOption.poll_id == again.id)
        titles = db.session.scalars(printed.order_by(PollOption.position))
        assert list(titles) == ["换木板", "加固基座"]
        assert (again.state, again.method, again.secrecy) == (PollState.DRAFT, tied.method, tied.secrecy)
        assert again.closes_at > AFTER
        assert tied.state is PollState.CERTIFIED
        stated = db.session.get_one(Certification, tied.id)
        assert (stated.outcome, stated.reason) == (Outcome.RETURNED, "票数相同，并列的几项再投一轮。")
        lot = db.session.get_one(TieBreak, tied.id)
        assert (lot.way, lot.run_off_id) == (TieWay.RUN_OFF, again.id)

    def test_instead_of_a_lot_that_was_announced(self, world: World, announced: Poll) -> None:
        with clock.frozen(AFTER):
            call_run_off(world.secretary, announced)
        lot = db.session.get_one(TieBreak, announced.id)
        assert (lot.way, lot.source) == (TieWay.RUN_OFF, SAID["source"])

    def test_not_after_the_lot_was_drawn(self, world: World, announced: Poll) -> None:
        drawn(world, announced)
        with clock.frozen(DRAWS), pytest.raises(Conflict, match="签已经抽过"):
            call_run_off(world.secretary, announced)

    def test_seats_that_are_left(self, world: World, opened: Draft) -> None:
        poll = opened(method=Method.APPROVAL, terms=Terms(seats=2, max_choices=3))
        vote(world, poll, "owner", 0, 1)
        vote(world, poll, "tenant", 0, 2)
        closed(poll)
        with clock.frozen(AFTER):
            again = call_run_off(world.secretary, poll)
        assert again.params["seats"] == 1
        assert again.options_count == 2

    def test_money_that_is_left(self, world: World, opened: Draft) -> None:
        projects = [Line("灯", 40_000), Line("坡道", 50_000), Line("沙坑", 50_000)]
        poll = opened(method=Method.PB_GREEDY, options=projects, terms=Terms(budget=100_000))
        vote(world, poll, "owner", 0, 1)
        vote(world, poll, "tenant", 0, 2)
        closed(poll)
        assert poll.tally
        assert (poll.tally["winners"], poll.tally["tied"]) == (["灯"], ["坡道", "沙坑"])
        with clock.frozen(AFTER):
            again = call_run_off(world.secretary, poll)
        assert again.budget == 60_000


class TestPages:
    def test_the_whole_way_by_form(self, world: World, client: Client, tied: Poll) -> None:
        client.sign_in("secretary")
        address = f"/polls/{tied.id}"
        with clock.frozen(AFTER):
            assert client.get(f"{address}/tie").status_code == 200
            assert "去处理并列" in text(client.get(address))
            refused = client.submit(f"{address}/lot", {**TYPED, "second_witness": "张桂兰"})
            assert refused.status_code == 422
            assert "两位不同的见证人" in text(refused)
            assert "双色球" in str(soup(refused).select_one("input[name=source]"))
            assert client.submit(f"{address}/lot", TYPED).status_code == 303
            assert "等号码出来" in text(client.sign_in("visitor").get(address))
        late = DRAWS + timedelta(hours=12)
        with clock.frozen(late):
            client.sign_in("secretary")
            assert "出来的号码" in text(client.get(f"{address}/tie"))
            assert client.submit(f"{address}/draw", {"seed": " "}).status_code == 422
            assert client.submit(f"{address}/draw", {"seed": "02 07 11"}).status_code == 303
            winner = draw.drawn("020711", ["换木板", "加固基座"])[0]
            assert f"抽签定了：{winner}" in text(client.get(f"{address}/tie"))
            client.sign_in("visitor")
            page = client.get(address)
            assert f"抽签定了“{winner}”" in text(page)
            first = draw.key("020711", winner)
            assert first[:32] in text(page)
            assert f"printf '%s' '020711{winner}' | sha256sum" in text(page)
            assert f"抽签定了“{winner}”" in text(client.get(f"/topics/{tied.topic_id}"))

    def test_the_command_is_safe_to_copy(self) -> None:
        lot = TieBreak(seed="7", drawn=["'; reboot #", "乙"])
        words = shlex.split(lot_command(lot).removesuffix(" | sha256sum"))
        assert words == ["printf", "%s", "7'; reboot #"]

    def test_the_file_says_what_the_lot_decided(self, world: World, client: Client, announced: Poll) -> None:
        lot = drawn(world, announced)
        sheet = client.sign_in("visitor").get(f"/polls/{announced.id}/result.csv").get_data(as_text=True)
        assert lot.chosen
        assert f"抽签定了,{lot.chosen[0]}" in sheet

    def test_before_the_hour_there_is_nothing_to_draw(self, client: Client, announced: Poll) -> None:
        client.sign_in("secretary")
        with clock.frozen(AFTER):
            page = soup(client.get(f"/polls/{announced.id}/tie"))
            assert page.select_one("input[name=seed]") is None
            assert client.submit(f"/polls/{announced.id}/draw", {"seed": "020711"}).status_code == 409

    def test_the_run_off_by_button(self, client: Client, tied: Poll) -> None:
        with clock.frozen(AFTER):
            made = client.sign_in("secretary").submit(f"/polls/{tied.id}/run-off")
            assert made.status_code == 303
            assert "换木板" in text(client.get(made.headers["Location"]))
            assert "再投一轮" in text(client.get(f"/polls/{tied.id}"))
            hidden = client.sign_in("owner").get(f"/polls/{tied.id}")
            assert made.headers["Location"] not in hidden.get_data(as_text=True)

    def test_certifying_points_to_it(self, client: Client, tied: Poll) -> None:
        page = soup(client.sign_in("secretary").get(f"/polls/{tied.id}/certification"))
        assert page.select_one(f'a[href="/polls/{tied.id}/tie"]') is not None
        assert [radio["value"] for radio in page.select("[name=outcome]")] == ["returned"]
        refused = client.submit(f"/polls/{tied.id}/certification", {"outcome": "settled", "reason": "定了"})
        assert refused.status_code == 422
        assert "先抽签或再投一轮" in text(refused)

    def test_who_may_not(self, client: Client, tied: Poll) -> None:
        for name in ("owner", "chair", "worker", "auditor"):
            client.sign_in(name)
            assert client.get(f"/polls/{tied.id}/tie").status_code == 403
            for verb in ("lot", "draw", "run-off"):
                assert client.submit(f"/polls/{tied.id}/{verb}", TYPED).status_code == 403

    def test_without_a_tie_one_goes_on_to_certify(self, world: World, client: Client, poll: Poll) -> None:
        vote(world, poll, "owner", 0)
        closed(poll)
        reply = client.sign_in("secretary").get(f"/polls/{poll.id}/tie")
        assert reply.headers["Location"].endswith("/certification")

    def test_a_tied_result_costs_one_question_more(
        self, client: Client, statements: Statements, announced: Poll
    ) -> None:
        client.sign_in("visitor").get(f"/polls/{announced.id}")
        del statements[:]
        client.get(f"/polls/{announced.id}")
        assert len(statements) <= 3, statements


def test_the_tick_breaks_no_tie(tied: Poll) -> None:
    with clock.frozen(DRAWS):
        close_due_polls(system())
    assert tied.state is PollState.CLOSED
    assert db.session.get(TieBreak, tied.id) is None
