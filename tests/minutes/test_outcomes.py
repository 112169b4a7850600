"""An outcome agrees with what was carried, names the body it goes to, and settles nothing that the owners decide."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Invalid
from portal.councils.models import Topic
from portal.meetings.actions.agendas import add_topic, fill_agenda
from portal.meetings.actions.calling import call_meeting
from portal.meetings.actions.running import close_meeting, open_meeting
from portal.meetings.models import AgendaItem, Body
from portal.minutes import prefilled
from portal.minutes.actions.confirming import send_minutes
from portal.minutes.models import Minutes
from portal.minutes.words import Heading, MinutesState, Outcome
from tests.conftest import Client
from tests.councils.test_pages import soup
from tests.meetings.conftest import come, items_of, planned_at, prepare
from tests.minutes.conftest import UNTIL, core_item, outcome, texts, tick, written
from tests.world import World

CARRIED = "会议议定：九月底前换成塑木板。"


def test_what_was_carried_is_not_said_to_be_open(world: World, draft: Minutes) -> None:
    for kind in (Outcome.AGAIN, Outcome.NONE):
        with pytest.raises(Invalid, match="对不上") as refusal:
            outcome(world, draft, core_item(draft), kind, CARRIED)
        assert refusal.value.field == "said"
    outcome(world, draft, core_item(draft), Outcome.AGAIN, "样品还没有送到，下次再议。")
    outcome(world, draft, core_item(draft), Outcome.RESOLVED, CARRIED)


def test_the_body_it_goes_to_stands_in_the_line(world: World, draft: Minutes) -> None:
    item = core_item(draft)
    outcome(world, draft, item, Outcome.PASSED_ON, "请来划线。", "城东交警大队")
    assert texts(draft, Heading.OUTCOME, item.id) == ["转给别的单位（城东交警大队）：请来划线。"]


def test_what_was_sent_to_the_owners_is_not_settled_at_a_later_meeting(
    world: World, draft: Minutes, body: Body, deliberating: Topic
) -> None:
    send_minutes(world.worker, written(world, draft, Outcome.STATUTORY), until=UNTIL)
    with clock.frozen(UNTIL):
        tick()
        assert draft.state is MinutesState.SEALED
        later = planned_at(world, body, UNTIL + timedelta(days=9))
        assert fill_agenda(world.secretary, later) == 0, "what the owners decide is offered to no table"
        add_topic(world.secretary, later, topic=deliberating)
        call_meeting(world.secretary, prepare(world, later))
    with clock.frozen(later.starts_at):
        come(world, later, "chair", "manager", "secretary", "owner")
        open_meeting(world.secretary, later)
        close_meeting(world.secretary, later)
        second = db.session.scalars(sa.select(Minutes).where(Minutes.meeting_id == later.id)).one()
        with pytest.raises(Invalid, match="会上不能代替") as refusal:
            outcome(world, second, core_item(second), Outcome.CONSENSUS)
        assert refusal.value.unmet[0].cure == f"/minutes/{draft.id}"
        outcome(world, second, core_item(second), Outcome.STATUTORY)


def test_what_is_left_to_the_owners_leaves_agendas_nobody_was_called_by(
    client: Client, world: World, draft: Minutes, body: Body, deliberating: Topic
) -> None:
    """The topic stands on the agenda of the meeting after it, too, when its minutes are sealed: one in preparation
    loses it, one that was called keeps its agenda and says so."""
    send_minutes(world.worker, written(world, draft, Outcome.STATUTORY), until=UNTIL)
    planned, called = (planned_at(world, body, UNTIL + timedelta(days=n)) for n in (9, 10))
    with transaction():
        for meeting in (planned, called):
            item = {"topic_id": deliberating.id, "title": "木栈道", "minutes": 30, "core": True}
            db.session.add(
                AgendaItem(meeting_id=meeting.id, position=1, side=None, presenter="", motion="", **item)
            )
        db.session.flush()
    call_meeting(world.secretary, prepare(world, called))
    with clock.frozen(UNTIL):
        tick()
        assert draft.state is MinutesState.SEALED
        assert [i.topic_id for i in items_of(planned) if i.topic_id] == []
        assert [i.topic_id for i in items_of(called) if i.topic_id] == [deliberating.id]
        assert "等业主大会来定" in client.sign_in("owner").get(f"/meetings/{called.id}").text


def test_what_nobody_took_keeps_its_number_on_a_board() -> None:
    note = SimpleNamespace(serial=4, text="晾衣杆不够", who=None)
    assert prefilled.parked([note], on_board=True) == ["4号：晾衣杆不够"]
    assert prefilled.parked([note]) == ["晾衣杆不够"]


def test_neighbours_read_who_has_a_task_and_who_helps(
    client: Client, sealed: Minutes, deliberating: Topic
) -> None:
    row = soup(client.sign_in("tenant").get(f"/topics/{deliberating.id}")).select_one("#tasks li")
    assert row is not None
    assert all(said in row.text for said in ("领办：陈立军", "协办", "王秀兰", "小区党员志愿队"))
    hidden = soup(client.sign_in("visitor").get(f"/topics/{deliberating.id}")).select_one("#tasks li")
    assert hidden is not None
    assert "陈立军" not in hidden.text
    assert "王秀兰" not in hidden.text
