"""Polls of every method, from the draft to the certified count."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.core.errors import Invalid
from portal.voting import box, countfile, rules
from portal.voting.actions.casting import cast_ballot, change_ballot
from portal.voting.actions.closing import certify_poll, close_due_polls
from portal.voting.actions.opening import amend_poll
from portal.voting.counting import recount
from portal.voting.models import Participation, Poll, PollOption
from portal.voting.papers import KIND, Choices, Kind
from portal.voting.terms import Line, Terms, terms_of
from portal.voting.words import Method, Outcome, PollState, RollKind, Secrecy
from tests.conftest import Statements
from tests.voting.conftest import AFTER, CLOSES, Draft, marks_of
from tests.voting.methods import GIVEN, MARKS, PAPERS, PROJECTS, WAYS
from tests.world import World

VOTERS = ("owner", "tenant", "chair")
SHARED_OUT = [m for m in Method if KIND[m] is Kind.BUDGET]


def put(world: World, poll: Poll, name: str, choices: Choices) -> str:
    return cast_ballot(world.actor(name), poll, choices=choices, once=f"once-{name}")


def close(poll: Poll) -> dict[str, Any]:
    with clock.frozen(AFTER):
        assert close_due_polls(system()) == 1
    assert poll.tally is not None
    return poll.tally


@pytest.mark.parametrize("secrecy", Secrecy)
@pytest.mark.parametrize("method", Method)
def test_from_the_draft_to_the_certificate(
    world: World, opened: Draft, method: Method, secrecy: Secrecy
) -> None:
    poll = opened(method=method, secrecy=secrecy, **GIVEN[method])
    for name, choices in zip(VOTERS, PAPERS[method], strict=True):
        put(world, poll, name, choices)
    assert MARKS[method] in marks_of(poll)
    tally = close(poll)
    assert method is Method.RESOLUTION or box.titles(poll.id)[1] in tally["winners"]
    certify_poll(world.secretary, poll, outcome=Outcome.SETTLED, reason="照结果办。")
    assert poll.state is PollState.CERTIFIED
    case = json.loads(countfile.text(box.case(poll), tally))
    assert recount(case) == case["expected"] == tally


@pytest.mark.parametrize("method", Method)
def test_only_blank_papers_decide_nothing(world: World, opened: Draft, method: Method) -> None:
    poll = opened(method=method, **GIVEN[method])
    for name in VOTERS:
        put(world, poll, name, ())
    assert rules.finding(close(poll)) is rules.Finding.NOBODY
    with pytest.raises(Invalid):
        certify_poll(world.secretary, poll, outcome=Outcome.SETTLED, reason="就这样。")


@pytest.mark.parametrize("method", Method)
def test_nobody_at_all_decides_nothing(world: World, opened: Draft, method: Method) -> None:
    poll = opened(method=method, **GIVEN[method])
    assert rules.finding(close(poll)) is rules.Finding.NOBODY


@pytest.mark.parametrize("secrecy", Secrecy)
@pytest.mark.parametrize("method", Method)
def test_a_paper_is_changed_until_the_hour(
    world: World, opened: Draft, method: Method, secrecy: Secrecy
) -> None:
    poll = opened(method=method, secrecy=secrecy, **GIVEN[method])
    code = put(world, poll, "owner", PAPERS[method][2])
    changed = PAPERS[method][0]
    assert change_ballot(world.owner, poll, choices=changed, once="c", receipt=code) == code
    assert marks_of(poll) == [MARKS[method]]


@pytest.mark.parametrize(
    ("method", "choices", "said"),
    [
        (Method.PLURALITY, (0, 1), "只能选一项"),
        (Method.APPROVAL, (0, 1, 2), "最多选 2 项"),
        (Method.SCORE, {0: 11}, "1 到 10 之间"),
        (Method.SCORE, {0: 0}, "1 到 10 之间"),
        (Method.SCORE, (1,), "票上的几项"),
        (Method.IRV, (0, 0), "票上的几项"),
        (Method.BORDA, {0: 1}, "票上的几项"),
        (Method.STV_MEEK, (4,), "票上的几项"),
        (Method.PB_MES, (0, 1), "超出总数 1600 元"),
        (Method.PB_GREEDY, (0, 2, 3), "超出总数 3700.50 元"),
    ],
)
def test_a_paper_that_will_not_do_leaves_nothing(
    world: World, opened: Draft, method: Method, choices: Choices, said: str
) -> None:
    poll = opened(method=method, **GIVEN[method])
    with pytest.raises(Invalid) as refused:
        put(world, poll, "owner", choices)
    assert said in str(refused.value)
    assert refused.value.field == "choices"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Participation)) == 0


@pytest.mark.parametrize("method", SHARED_OUT)
def test_a_paper_may_cost_more_than_there_is_where_the_rule_is_off(
    world: World, opened: Draft, method: Method
) -> None:
    poll = opened(method=method, options=PROJECTS, terms=Terms(budget=30_000_00, within_budget=False))
    put(world, poll, "owner", (0, 1, 2, 3))
    tally = close(poll)
    costs = {line.title: line.cost for line in PROJECTS}
    assert sum(costs[title] or 0 for title in tally["winners"]) <= 30_000_00


def test_the_order_of_a_ranking_is_kept(world: World, opened: Draft) -> None:
    """Papers that differ only in their order are different papers."""
    poll = opened(method=Method.IRV, **GIVEN[Method.IRV])
    put(world, poll, "owner", (2, 0))
    put(world, poll, "tenant", (0, 2))
    ballots = box.case(poll)["ballots"]
    assert isinstance(ballots, list)
    assert [b["ranking"] for b in ballots] == [["换木板", "拆掉改草地"], ["拆掉改草地", "换木板"]]


@pytest.mark.parametrize("method", Method)
def test_the_count_file_names_no_voter(world: World, opened: Draft, method: Method) -> None:
    poll = opened(method=method, secrecy=Secrecy.SECRET, **GIVEN[method])
    code = put(world, poll, "owner", PAPERS[method][0])
    tally = close(poll)
    text = countfile.text(box.case(poll), tally)
    assert code not in text
    assert "王秀兰" not in text or "王秀兰" in box.titles(poll.id)
    lines = json.loads(text)["ballots"]
    assert all(set(line) <= {"choice", "approve", "ranking", "scores", "count"} for line in lines)


def test_money_is_stated_in_yuan(opened: Draft) -> None:
    case = box.case(opened(method=Method.PB_MES, **GIVEN[Method.PB_MES]))
    assert case["budget"] == "30000.00"
    assert isinstance(case["costs"], Mapping)
    assert case["costs"]["快递柜顶棚"] == "9500.50"


@pytest.mark.parametrize("method", Method)
def test_terms_are_read_back_for_the_form(drafted: Draft, method: Method) -> None:
    poll = drafted(method=method, **GIVEN[method])
    params, budget = poll.params, poll.budget
    again = drafted(method=method, options=GIVEN[method]["options"], terms=terms_of(poll))
    assert (again.params, again.budget) == (params, budget)


def test_another_method_prints_the_paper_anew(world: World, drafted: Draft) -> None:
    poll = drafted(method=Method.PB_MES, **GIVEN[Method.PB_MES])
    amend_poll(
        world.secretary,
        poll,
        question="修不修？",
        options=[Line("修", 5_00, "先修一半"), "不修"],
        closes_at=CLOSES,
        method=Method.IRV,
        secrecy=Secrecy.SECRET,
        roll_kind=RollKind.SEATS,
    )
    printed = db.session.execute(sa.select(PollOption.title, PollOption.cost, PollOption.note)).all()
    assert [tuple(row) for row in printed] == [("修", None, "先修一半"), ("不修", None, "")]
    assert (poll.budget, poll.params) == (None, {"stop": "majority"})


def test_a_budget_that_will_not_do_changes_nothing(drafted: Draft) -> None:
    with pytest.raises(Invalid):
        drafted(method=Method.PB_MES, options=WAYS, terms=Terms(budget=1_00))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Poll)) == 0


@pytest.mark.parametrize("method", Method)
def test_a_ballot_costs_no_more_than_before(
    world: World, opened: Draft, statements: Statements, method: Method
) -> None:
    """One more is read where the paper may not cost too much: the costs."""
    poll = opened(method=method, **GIVEN[method])
    put(world, poll, "tenant", PAPERS[method][0])
    del statements[:]
    put(world, poll, "owner", PAPERS[method][0])
    written = [s for s in statements if s.startswith(("INSERT", "UPDATE"))]
    read = [s for s in statements if "FROM poll_option" in s]
    assert len(written) == 4, written
    assert len(read) == (method in SHARED_OUT), statements
