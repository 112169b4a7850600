"""What the owners decided on is built by a contract: stated once, in public, and before the works begin."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db, transaction, write
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.councils import phases
from portal.councils.courses import Phase
from portal.councils.models import Topic
from portal.councils.words import Category
from portal.decisions.models import Decision
from portal.decisions.words import DecisionState
from portal.projects.actions.starting import begin_work, sign_contract
from portal.projects.models import Project
from portal.projects.words import ProjectState
from tests.conftest import Client
from tests.projects.conftest import Start
from tests.world import NOW, World

TODAY = date(2026, 6, 16)
SIGNED: dict[str, Any] = {"contractor": "安居电梯有限公司", "on": TODAY, "amount": 1_800_000}


@pytest.fixture
def lift(posted: Decision, start: Start) -> Project:
    """Of a topic that goes to the owners by its nature; its decision hangs out still."""
    with transaction():
        db.session.get_one(Topic, posted.topic_id).category = Category.LIFT
    return start()


def effective(project: Project) -> None:
    mine = sa.update(Decision).where(Decision.id == project.decision_id)
    with transaction():
        write(mine.values(state=DecisionState.EFFECTIVE))
    db.session.expire_all()


def marks(project: Project) -> dict[Phase, str]:
    return {line.phase: line.mark for line in phases.way(phases.of_topic(project.topic_id or 0))}


def test_the_works_wait_for_the_contract_and_the_contract_for_the_decision(
    world: World, lift: Project
) -> None:
    assert lift.state.value == "planned"
    with pytest.raises(Conflict, match="签了合同才开工") as refused:
        begin_work(world.manager, lift)
    assert refused.value.unmet[0].cure == f"/projects/{lift.id}/contract"
    with pytest.raises(Conflict, match="生效以后"):
        sign_contract(world.secretary, lift, **SIGNED)
    effective(lift)
    assert marks(lift)[Phase.CONTRACT] != "done"
    sign_contract(world.secretary, lift, **SIGNED)
    assert marks(lift)[Phase.CONTRACT] == "done"
    assert marks(lift)[Phase.WORKS] != "done"
    begin_work(world.manager, lift)
    assert lift.state is ProjectState.UNDERWAY


def test_what_never_goes_to_the_owners_needs_none(project: Project) -> None:
    assert project.state is ProjectState.UNDERWAY


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"contractor": " "}, "contractor"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"amount": 0}, "amount"),
        ({"amount": 1_864_002}, "amount"),
    ],
)
def test_what_is_no_contract(world: World, lift: Project, given: dict[str, object], field: str) -> None:
    effective(lift)
    with pytest.raises(Invalid) as refused:
        sign_contract(world.secretary, lift, **{**SIGNED, **given})
    assert refused.value.field == field


def test_who_states_it_and_only_once(world: World, lift: Project) -> None:
    effective(lift)
    for name in ("owner", "tenant", "auditor", "neighbour", "other_secretary", "visitor"):
        with pytest.raises((NotAllowed, NotVisible)):
            sign_contract(world.actor(name), lift, **SIGNED)
    sign_contract(world.manager, lift, **SIGNED)
    with pytest.raises(Conflict, match="不能再改"):
        sign_contract(world.manager, lift, **SIGNED)


def test_everybody_reads_it(client: Client, world: World, lift: Project) -> None:
    effective(lift)
    address = f"/projects/{lift.id}"
    with clock.frozen(NOW):
        client.sign_in("secretary")
        assert f"{address}/contract" in client.get(address).text
        assert client.submit(f"{address}/contract", {"contractor": ""}).status_code == 422
        typed = {"contractor": "安居电梯有限公司", "on": TODAY.isoformat(), "amount": "18000"}
        assert client.submit(f"{address}/contract", typed).status_code == 303
        client.sign_in("visitor")
        assert "安居电梯有限公司" in client.get(address).text
        assert "签了合同" in client.get(f"/topics/{lift.topic_id}").text
