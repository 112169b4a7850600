"""What is refused before a meeting, all of it at once and with the page that cures it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import User
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, Invalid
from portal.councils.models import Council
from portal.councils.words import Category
from portal.meetings import feeds, inviting
from portal.meetings.actions.arriving import check_in
from portal.meetings.actions.bodies import add_member, amend_body
from portal.meetings.actions.calling import call_meeting, invite
from portal.meetings.actions.planning import move_meeting
from portal.meetings.actions.repeating import start_series
from portal.meetings.actions.running import open_meeting
from portal.meetings.hands import Rule
from portal.meetings.inviting import Asked
from portal.meetings.models import Body, Meeting
from portal.meetings.presence import attendance_of
from portal.meetings.quorum import Presence
from portal.meetings.schedule import Every, Pattern, Shift
from portal.meetings.sides import Side
from portal.meetings.words import Interest, Kind, MeetingState, Reply
from tests.conftest import Client
from tests.councils.test_pages import soup
from tests.meetings.conftest import RULES, THURSDAY, founded, planned_at, prepare
from tests.world import World

LOOSE = replace(RULES, name="业委会会议", quorum=Presence.ONE, substitutes=True)


def test_a_committee_goes_by_the_law_whatever_is_typed(world: World, council: Council) -> None:
    with pytest.raises(Invalid) as refusal:
        founded(world, council, kind=Kind.COMMITTEE, rules=LOOSE)
    assert [one.field for one in (refusal.value, *refusal.value.also)] == ["quorum", "rule", "substitutes"]
    assert "第三十八条" in refusal.value.reasons[1]
    strict = replace(LOOSE, quorum=Presence.HALF, rule=Rule.HALF_MEMBERS, substitutes=False)
    made = founded(world, council, kind=Kind.COMMITTEE, rules=strict)
    with pytest.raises(Invalid):
        amend_body(world.secretary, made, rules=LOOSE)


def test_members_of_the_owners_committee_are_those_the_owners_elected(world: World, council: Council) -> None:
    strict = replace(LOOSE, quorum=Presence.HALF, rule=Rule.HALF_MEMBERS, substitutes=False, notice_days=7)
    made = founded(world, council, kind=Kind.COMMITTEE, rules=strict)
    for who, side, field in (
        ("王秀兰", Side.COMMITTEE, "who"),
        ("冯小霞", Side.COMMITTEE, "who"),
        ("顾建平", Side.RESIDENT, "side"),
    ):
        with pytest.raises(Invalid) as refusal:
            add_member(world.secretary, made, who=who, side=side)
        assert refusal.value.field == field
    assert add_member(world.secretary, made, who="顾建平", side=Side.COMMITTEE).id


def test_all_that_is_wrong_stands_at_its_field(client: Client, world: World, council: Council) -> None:
    client.sign_in("secretary")
    typed = {
        "name": "业委会会议", "place_id": str(world.ids["community"]), "quorum": "one", "rule": "more_for",
        "notice_days": "7", "minutes": "90", "reply_days": "15", "substitutes": "y", "once": "law",
        **{f"least_{side}": "none" for side in Side if side is not Side.OTHER},
    }  # fmt: skip
    page = soup(client.submit("/bodies/new?kind=committee", typed))
    assert all(page.select_one(f"#{field}-error") for field in ("quorum", "rule", "substitutes"))


def test_two_bodies_of_one_name_at_one_place(
    client: Client, world: World, council: Council, body: Body
) -> None:
    with pytest.raises(Invalid) as refusal:
        founded(world, council, once="again")
    assert refusal.value.field == "name"
    assert refusal.value.unmet[0].cure == f"/bodies/{body.id}"
    amend_body(world.secretary, body, rules=RULES)


def test_an_hour_that_is_taken_leads_to_the_meeting_that_has_it(
    client: Client, body: Body, meeting: Meeting
) -> None:
    client.sign_in("secretary")
    at = {"starts_at": "2026-06-25T19:30", "minutes": "60", "title": "再开一个", "once": "twice"}
    reply = client.submit(f"/bodies/{body.id}/meetings/new", at)
    page = soup(reply)
    assert reply.status_code == 422
    assert "19:00 到 20:30" in page.select_one("#starts_at-error").text  # type: ignore[union-attr]
    assert page.select_one(f"#starts_at-error a[href='/meetings/{meeting.id}']")


def series(world: World, body: Body, begins: int, once: str, **given: Any) -> None:
    pattern = Pattern(Every.MONTH_DAYS, (25,))
    words: dict[str, Any] = {"pattern": pattern, "shift": Shift.KEEP, "starts": world.secretary.today}
    start_series(world.secretary, body, begins=begins, once=once, **{**words, **given})


def test_fixed_days_that_are_all_taken_are_refused(world: World, body: Body) -> None:
    series(world, body, 19 * 60 + 30, "first")
    with pytest.raises(Invalid, match="已经有") as refusal:
        series(world, body, 20 * 60, "second")
    assert refusal.value.field == "hour"
    assert refusal.value.unmet[0].cure.startswith("/meetings/")
    series(world, body, 21 * 60, "third")


def fixed(client: Client, body: Body, **given: str) -> Any:
    usual = {"every": "month_days", "month_days": "25", "hour": "19:00", "nth": "1", "shift": "keep"}
    return client.submit(
        f"/bodies/{body.id}/series/new", {**usual, "starts": "2026-06-16", "once": "s", **given}
    )


@pytest.mark.parametrize("typed", ["5、二十五", "5、abc", "每月5日和月底"])
def test_days_that_cannot_be_read_are_not_left_out(client: Client, body: Body, typed: str) -> None:
    client.sign_in("secretary")
    page = soup(fixed(client, body, month_days=typed))
    assert "没有看懂" in page.select_one("#month_days-error").text  # type: ignore[union-attr]


def test_what_came_of_fixed_days_is_said(client: Client, body: Body, meeting: Meeting) -> None:
    client.sign_in("secretary")
    shown = client.get(fixed(client, body, month_days="每月18日、25日和最后一天").location).text
    assert "5 次会已经排进日程" in shown
    assert "有 1 次碰上已经排好的会" in shown
    assert "有 1 次来不及按规定提前通知" in shown


def hearing(world: World, council: Council) -> Meeting:
    rules = replace(RULES, name="听证会", quorum=Presence.NONE, side_quorums={Side.RESIDENT: Presence.ONE})
    body = founded(world, council, kind=Kind.HEARING, rules=replace(rules, rule=Rule.NO_VOTE), once="hearing")
    return prepare(world, planned_at(world, body, THURSDAY))


def test_a_hearing_needs_somebody_of_every_side_and_guests_are_that(world: World, council: Council) -> None:
    meeting = hearing(world, council)
    invite(world.secretary, meeting, who="陈立军", side=Side.PROPERTY, interest=None)
    with pytest.raises(Conflict) as refusal:
        call_meeting(world.secretary, meeting)
    assert [u.cure for u in refusal.value.unmet] == [f"/meetings/{meeting.id}/invitations"]
    asked = invite(world.secretary, meeting, who="王秀兰", side=Side.RESIDENT, interest=None)
    call_meeting(world.secretary, meeting)
    light = attendance_of(meeting)
    assert (light.quorate, light.sides[Side.RESIDENT].members, light.total.members) == (False, 1, 0)
    with clock.frozen(THURSDAY):
        check_in(world.secretary, meeting, invitation_id=asked.id)
        open_meeting(world.secretary, meeting)
    assert meeting.state is MeetingState.OPEN


def test_who_comes_for_the_merchants_is_their_interest_too() -> None:
    asked = [Asked(Side.MERCHANT, None, Reply.YES)]
    (found,) = inviting.missing([Category.PARKING], asked)
    assert Interest.TRADERS not in found.unasked


def test_a_meeting_that_was_moved_stays_in_the_calendars(
    client: Client, world: World, called: Meeting
) -> None:
    move_meeting(
        world.secretary, called, starts_at=THURSDAY + timedelta(days=1), minutes=90, reason="礼堂停电。"
    )
    (line,) = feeds.of_person(world.get(User, "owner"))
    assert line.starts_at == THURSDAY + timedelta(days=1)
    feed = client.get(f"/councils/{db.session.get_one(Body, called.body_id).council_id}/meetings.ics").text
    assert "STATUS:TENTATIVE" in feed


def test_couriers_meet_at_night_and_past_midnight(client: Client, world: World, council: Council) -> None:
    rules = replace(RULES, name="新就业群体议事会", quorum=Presence.NONE, side_quorums={}, minutes=120)
    body = founded(world, council, kind=Kind.RIDERS, rules=rules, once="riders")
    client.sign_in("secretary")
    form = soup(client.get(f"/bodies/{body.id}/series/new"))
    assert form.select_one("#hour")["value"] == "22:00"  # type: ignore[index]
    series(world, body, 22 * 60 + 30, "night")
    (first,) = db.session.scalars(sa.select(Meeting).where(Meeting.body_id == body.id).limit(1))
    assert "—次日 0:30" in client.get(f"/meetings/{first.id}").text
    with pytest.raises(Invalid, match="22:30 到 00:30"):
        planned_at(world, body, first.starts_at + timedelta(hours=1, minutes=45))
