"""Hearings: what is put to a party becomes an official response it owes when the hearing is over."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.councils.models import Response, Topic
from portal.councils.words import Party
from portal.meetings.actions.arriving import check_in, check_out
from portal.meetings.actions.bodies import amend_body
from portal.meetings.actions.questions import put_question
from portal.meetings.actions.running import close_meeting, take_up
from portal.meetings.models import Body, Meeting
from portal.meetings.room import Question
from portal.meetings.words import Kind
from portal.minutes.models import Minutes
from portal.minutes.words import Heading
from tests.conftest import Client
from tests.meetings.conftest import RULES, THURSDAY, invitation_of, items_of
from tests.minutes.conftest import texts
from tests.world import World

WHEN = "绿化什么时候补种？"


def become(body: Body, kind: Kind) -> None:
    with transaction():
        body.kind = kind


@pytest.fixture
def hearing(world: World, open_: Meeting) -> Meeting:
    """In session, about a topic; answers are due within ten days."""
    body = db.session.get_one(Body, open_.body_id)
    amend_body(world.secretary, body, rules=replace(RULES, reply_days=10))
    become(body, Kind.HEARING)
    return open_


def put(world: World, hearing: Meeting, party: Party = Party.PROPERTY, **given: object) -> Question:
    asker = invitation_of(hearing, world.ids["owner"]).id
    words: dict[str, object] = {"text": WHEN, "asked_by_id": asker, "once": str(party)}
    return put_question(world.secretary, hearing, party=party, **{**words, **given})  # type: ignore[arg-type]


def test_closing_asks_every_party_in_writing(world: World, hearing: Meeting) -> None:
    for _ in range(2):
        put(world, hearing)
    put(world, hearing, Party.COMMITTEE)
    assert db.session.scalars(sa.select(Response)).all() == []
    close_meeting(world.secretary, hearing)
    owed = db.session.scalars(sa.select(Response).order_by(Response.id)).all()
    assert [(r.party, r.question) for r in owed] == [(Party.PROPERTY, WHEN), (Party.COMMITTEE, WHEN)]
    due = clock.local(THURSDAY).date() + timedelta(days=10)
    assert {clock.local(r.due_at).date() for r in owed} == {due}
    topic = db.session.get_one(Topic, owed[0].topic_id)
    assert (topic.held_by, topic.due_at) == (Party.PROPERTY, owed[0].due_at)
    minutes = db.session.scalars(sa.select(Minutes).where(Minutes.meeting_id == hearing.id)).one()
    item = next(i for i in items_of(hearing) if i.topic_id)
    assert texts(minutes, Heading.SAID, item.id) == [
        f"居民问物业：{WHEN}（2026年7月5日以前书面答复）",
        f"居民问业委会：{WHEN}（2026年7月5日以前书面答复）",
    ]


def test_the_public_does_not_read_who_lives_where(world: World, hearing: Meeting, client: Client) -> None:
    put(world, hearing, text="赵强家12栋2单元501漏水，199 0000 0009 打了三次，物业什么时候来？")
    close_meeting(world.secretary, hearing)
    (owed,) = db.session.scalars(sa.select(Response)).all()
    masked = "赵*家12栋*单元***漏水，199****0009 打了三次，物业什么时候来？"
    assert owed.question == masked
    shown = client.sign_in("tenant").get(f"/meetings/{hearing.id}/questions").text
    assert "赵*家" in shown
    assert not [told for told in ("赵强家", "单元501", "0000 0009") if told in shown]


def test_only_at_a_hearing_about_a_topic(world: World, hearing: Meeting) -> None:
    with pytest.raises(Invalid):
        put(world, hearing, Party.RESIDENT)
    absent = invitation_of(hearing, world.ids["owner"])
    check_out(world.secretary, hearing, invitation_id=absent.id)
    with pytest.raises(Invalid):
        put(world, hearing)
    check_in(world.secretary, hearing, invitation_id=absent.id)
    with pytest.raises(NotAllowed):
        put_question(world.owner, hearing, party=Party.PROPERTY, text="？", asked_by_id=absent.id, once="o")
    take_up(world.secretary, hearing, item_id=items_of(hearing)[0].id)
    with pytest.raises(Conflict):
        put(world, hearing)
    become(db.session.get_one(Body, hearing.body_id), Kind.TEA)
    with pytest.raises(Conflict):
        put(world, hearing)


def test_the_page_says_until_when_and_whether(world: World, hearing: Meeting, client: Client) -> None:
    client.sign_in("secretary")
    asker = invitation_of(hearing, world.ids["owner"]).id
    form = {"invitation_id": asker, "party": "property", "text": WHEN, "once": "form"}
    place = f"/meetings/{hearing.id}/questions"
    assert client.submit(place, {**form, "text": ""}).status_code == 422
    assert client.submit(place, form).status_code == 303
    assert "10 天内书面答复" in client.get(place).text
    assert client.submit(f"/meetings/{hearing.id}/closing").status_code == 303
    assert "等书面答复" in client.get(place).text
    owed = db.session.scalars(sa.select(Response)).one()
    client.sign_in("manager")
    assert client.submit(f"/responses/{owed.id}/edit", {"body": "下周三补种。"}).status_code == 303
    assert "已经书面答复" in client.get(place).text


@pytest.mark.parametrize("days", [0, 61])
def test_days_in_proportion(world: World, hearing: Meeting, days: int) -> None:
    with pytest.raises(Invalid):
        amend_body(
            world.secretary,
            db.session.get_one(Body, hearing.body_id),
            rules=replace(RULES, reply_days=days),
        )
