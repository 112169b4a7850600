"""Rewards in kind: by the table, by two people, within the budget, and in public without names."""

from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.places.models import Place
from portal.points.actions.rewarding import (
    approve_reward,
    note_payment,
    open_fund,
    propose_reward,
    refuse_reward,
)
from portal.points.models import Fund, Rate, Reward
from portal.points.queries import rewards
from tests.points.conftest import TODAY
from tests.world import World

# 122 cases came to 9,260 yuan: hazards, disputes, calls to the mayor's line, help for those in need.
TABLE = (("隐患", 8000, 72), ("纠纷", 6000, 26), ("热线", 8000, 19), ("帮扶", 8400, 5))


@pytest.fixture
def fund(world: World) -> Fund:
    rates = [(title, amount) for title, amount, _count in TABLE]
    place = world.get(Place, "community")
    return open_fund(world.secretary, place, name="随手报", source="民生资金", budget=926_000, rates=rates)


def propose(world: World, fund: Fund, title: str = "隐患", by: str = "worker", **more: Any) -> Reward:
    rate = db.session.query(Rate).filter_by(fund_id=fund.id, title=title).one()
    given = {
        "payee": "王秀兰",
        "what": "报了楼道充电。",
        "once": f"{title}{db.session.query(Reward).count()}",
        **more,
    }
    return propose_reward(world.actor(by), fund, rate_id=rate.id, **given)


def test_122_cases_of_9260_yuan_are_75_90_each(world: World, fund: Fund) -> None:
    for title, _amount, count in TABLE:
        for _case in range(count):
            approve_reward(world.secretary, propose(world, fund, title))
    line = rewards.funds(fund.place_path)[0]
    assert (line.cases, line.approved, line.average) == (122, 926_000, 7590)
    assert sum(kind.cases for kind in rewards.kinds(fund.id)) == 122
    with pytest.raises(Conflict):
        approve_reward(world.secretary, propose(world, fund))
    assert "payee" not in rewards.public(fund.id)[0]._fields


def test_another_person_approves_and_not_for_his_kin(world: World, fund: Fund) -> None:
    reward = propose(world, fund)
    assert propose(world, fund, once=reward.once).id == reward.id
    with pytest.raises(NotAllowed):
        approve_reward(world.worker, reward)
    with pytest.raises(NotAllowed, match="批了还没有发"):
        note_payment(world.worker, reward, paid_on=TODAY, receipt="1")
    approve_reward(world.secretary, reward)
    with pytest.raises(NotAllowed, match="已经有结论"):
        approve_reward(world.secretary, reward)
    with pytest.raises(Invalid):
        note_payment(world.worker, reward, paid_on=TODAY, receipt=" ")
    note_payment(world.worker, reward, paid_on=TODAY, receipt="2026-001")
    with pytest.raises(NotAllowed, match="批了还没有发"):
        note_payment(world.worker, reward, paid_on=TODAY, receipt="2026-002")
    assert rewards.funds(fund.place_path)[0].paid == 8000


@pytest.mark.parametrize("payee", ["沈 佳慧", "沈·佳慧", " 沈佳慧", "冯.小霞"])
def test_no_reward_to_oneself_or_staff_in_another_spelling(world: World, fund: Fund, payee: str) -> None:
    with pytest.raises(NotAllowed, match="职责"):
        propose(world, fund, payee=payee)


def test_a_neighbours_name_in_another_spelling_is_his_account(world: World, fund: Fund) -> None:
    assert propose(world, fund, payee="王 秀 兰").user_id == world.ids["owner"]


def test_no_reward_for_those_whose_work_it_is(world: World, fund: Fund) -> None:
    for name in ("worker", "secretary", "manager"):
        with pytest.raises(NotAllowed):
            propose(world, fund, user_id=world.ids[name], once=name)


def test_a_day_is_the_communitys_day(world: World, fund: Fund) -> None:
    """Proposed at two in the morning here, which is the evening before in Greenwich."""
    night = clock.at(TODAY + timedelta(days=1), 2)
    with clock.frozen(night):
        reward = propose(world, fund)
        approve_reward(world.secretary, reward)
        with pytest.raises(Invalid, match="提出以后"):
            note_payment(world.worker, reward, paid_on=TODAY, receipt="1")
        note_payment(world.worker, reward, paid_on=TODAY + timedelta(days=1), receipt="1")


def test_a_refusal_says_why_and_frees_nothing(world: World, fund: Fund) -> None:
    reward = propose(world, fund)
    with pytest.raises(Invalid):
        refuse_reward(world.secretary, reward, answer="")
    refuse_reward(world.secretary, reward, answer="没有核实。")
    with pytest.raises(NotAllowed, match="已经有结论"):
        approve_reward(world.secretary, reward)
    assert rewards.public(fund.id) == []


@pytest.mark.parametrize(
    "given",
    [{"budget": 0}, {"budget": 10**12}, {"rates": []}, {"rates": [("甲", 0)]}, {"rates": [("甲", 1)] * 2}],
)
def test_a_fund_that_cannot_be_meant(world: World, given: dict[str, Any]) -> None:
    usual = {"name": "基金", "source": "拨款", "budget": 100, "rates": [("甲", 1)], **given}
    with pytest.raises(Invalid):
        open_fund(world.secretary, world.get(Place, "community"), **usual)
