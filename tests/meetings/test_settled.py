"""A topic that has its result while it stands on an agenda: taken off where nobody was called, said where they were."""

from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.core.actor import system
from portal.core.db import db, transaction
from portal.core.errors import Conflict
from portal.core.eventlog import Entry
from portal.councils.actions.line import pass_on, put_to_vote, settle
from portal.councils.models import Topic
from portal.meetings.actions.agendas import remove_item
from portal.meetings.actions.calling import call_meeting
from portal.meetings.actions.planning import postpone_meeting
from portal.meetings.events import MeetingCalled
from portal.meetings.lifecycle import MEETING
from portal.meetings.models import AgendaItem, Meeting
from tests.conftest import Client
from tests.meetings.conftest import THURSDAY, invitation_of, items_of
from tests.world import World


def page_of(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")


def topics_on(meeting: Meeting) -> list[int | None]:
    return [item.topic_id for item in items_of(meeting) if item.topic_id]


def told(meeting: Meeting) -> list[Entry]:
    found = sa.select(Entry).where(
        Entry.name == "meeting.topic_taken_off", Entry.story == f"meeting:{meeting.id}"
    )
    return list(db.session.scalars(found))


def slipped(meeting: Meeting, topic: Topic) -> None:
    """It got its result in the very moment in which it was put on the agenda."""
    kept = next(item for item in items_of(meeting) if item.topic_id == topic.id)
    columns = AgendaItem.__table__.c
    row = {c.name: getattr(kept, c.name) for c in columns if c.name != "id"}
    settle(system(), topic)
    with transaction():
        db.session.execute(sa.insert(AgendaItem).values(**row))
    db.session.expire_all()


def test_it_is_taken_off_an_agenda_nobody_was_called_by(
    world: World, ready: Meeting, deliberating: Topic
) -> None:
    positions = len(items_of(ready))
    settle(system(), deliberating)
    assert topics_on(ready) == []
    assert [item.position for item in items_of(ready)] == list(range(positions - 1))
    assert [entry.payload for entry in told(ready)] == [{"topic_id": deliberating.id}]


def test_one_that_was_passed_on_too(world: World, ready: Meeting, deliberating: Topic) -> None:
    pass_on(system(), deliberating, to="街道办", reason="归街道管", by_id=world.ids["worker"])
    assert topics_on(ready) == []
    assert len(told(ready)) == 1


def test_one_that_waits_for_another_day_too(world: World, called: Meeting, deliberating: Topic) -> None:
    postpone_meeting(world.secretary, called, reason="停电")
    settle(system(), deliberating)
    assert topics_on(called) == []


def test_what_was_posted_stands_and_says_so(
    client: Client, world: World, called: Meeting, deliberating: Topic
) -> None:
    settle(system(), deliberating)
    assert topics_on(called) == [deliberating.id]
    assert told(called) == []
    shown = page_of(client.sign_in("visitor").get(f"/meetings/{called.id}")).select(".agenda")
    assert "已经有了结果" in shown[0].text


def test_nobody_is_called_to_what_is_settled(
    client: Client, world: World, ready: Meeting, deliberating: Topic
) -> None:
    slipped(ready, deliberating)
    unmet = MEETING.unmet(world.secretary, ready, MeetingCalled)
    assert [u.cure for u in unmet] == [f"/meetings/{ready.id}/agenda"]
    client.sign_in("secretary")
    checklist = page_of(client.get(f"/meetings/{ready.id}")).select("#next li")
    assert [li for li in checklist if "已经有了结果" in li.text]
    assert "已经有了结果，请拿掉" in page_of(client.get(f"/meetings/{ready.id}/agenda")).text
    with pytest.raises(Conflict):
        call_meeting(world.secretary, ready)
    item = next(i for i in items_of(ready) if i.topic_id)
    remove_item(world.secretary, ready, item_id=item.id)
    call_meeting(world.secretary, ready)


@pytest.mark.parametrize(("moves", "says"), [("voting", "正在表决"), ("deciding", "已经有了结果")])
def test_whoever_prepares_and_whoever_is_asked_read_it(
    client: Client, world: World, called: Meeting, deliberating: Topic, moves: str, says: str
) -> None:
    """A meeting that was called keeps its agenda: everybody reads that this point is not decided there, and those who
    prepare what they can do."""
    place = f"/meetings/{called.id}"
    assert "这个会定不了" not in client.sign_in("secretary").get(place).text
    if moves == "voting":
        put_to_vote(system(), deliberating, closes_at=THURSDAY)
    else:
        settle(system(), deliberating)
    page = page_of(client.get(place))
    told_them = [alert.text for alert in page.select(".alert") if "这个会定不了" in alert.text]
    assert len(told_them) == 1
    assert f"：{says}" in told_them[0]
    assert "先改期，再发通知" in told_them[0]
    for who, address, where in (
        ("owner", place, ".agenda"),
        ("owner", f"/invitations/{invitation_of(called, world.ids['owner']).id}/reply", ".alert"),
        ("visitor", f"{place}/notice", "ol"),
    ):
        shown = page_of(client.sign_in(who).get(address))
        assert says in " ".join(part.text for part in shown.select(where)), address
        assert "这个会定不了" not in shown.text


def test_whoever_is_about_to_call_reads_of_a_poll(
    client: Client, world: World, ready: Meeting, deliberating: Topic
) -> None:
    """A poll is no result: it may be told of at the meeting, so the notice may go out."""
    put_to_vote(system(), deliberating, closes_at=THURSDAY)
    client.sign_in("secretary")
    for page in ("agenda", "call"):
        shown = page_of(client.get(f"/meetings/{ready.id}/{page}"))
        assert "可以只通报" in " ".join(alert.text for alert in shown.select(".alert")), page
    call_meeting(world.secretary, ready)
