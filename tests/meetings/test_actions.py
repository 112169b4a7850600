"""The verbs of meetings before the meeting, and all that can be wrong when they are called."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.councils.actions.screening import accept_topic, take_up
from portal.councils.actions.table import give_seat
from portal.councils.models import Council, Topic
from portal.councils.words import Party
from portal.meetings.actions import agendas
from portal.meetings.actions.agendas import Point
from portal.meetings.actions.bodies import add_member, amend_body, end_member, found_body
from portal.meetings.actions.calling import (
    answer_invitation,
    call_meeting,
    invite,
    set_interest,
    withdraw_invitation,
)
from portal.meetings.actions.planning import amend_meeting, cancel_meeting, move_meeting
from portal.meetings.actions.repeating import AHEAD, end_series, plan_due, start_series
from portal.meetings.models import AgendaItem, Body, BodyMember, Invitation, Meeting, Series
from portal.meetings.schedule import Every, Pattern, Shift
from portal.meetings.sides import Side
from portal.meetings.words import Interest, Kind, MeetingState, Reply
from portal.places.models import Place
from tests.meetings.conftest import RULES, THURSDAY, founded, invitation_of, planned_at, prepare
from tests.world import NOW, World

S = MeetingState
TWICE = Pattern(Every.MONTH_DAYS, (5, 25))
Raise = Callable[..., Topic]


def count(model: Any, *where: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0


def names(story: str) -> list[str]:
    return list(db.session.scalars(sa.select(Entry.name).where(Entry.story == story).order_by(Entry.id)))


def items(meeting: Meeting) -> list[AgendaItem]:
    found = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).order_by(AgendaItem.position)
    return list(db.session.scalars(found))


def at_table(world: World, raised: Raise, **given: object) -> Topic:
    topic = raised(**given)
    take_up(world.secretary, topic)
    accept_topic(world.secretary, topic, reason="列入协商。")
    return topic


def test_a_body_begins_with_the_seats_of_the_council(world: World, council: Council) -> None:
    give_seat(world.secretary, council, user_id=world.ids["chair"], party=Party.COMMITTEE)
    body = founded(world, council, from_seats=True)
    member = db.session.scalars(sa.select(BodyMember).where(BodyMember.body_id == body.id)).one()
    assert (member.user_id, member.side) == (world.ids["chair"], Side.COMMITTEE)
    assert body.side_quorums == {"committee": "one", "property": "one", "community": "one"}
    assert founded(world, council).id == body.id, "the same key gives the same body"


def test_a_body_stays_inside_its_council(world: World, council: Council) -> None:
    with pytest.raises(Invalid) as refused:
        founded(world, council, place=world.get(Place, "other_estate"))
    assert refused.value.field == "place_id"


@pytest.mark.parametrize("name", ["owner", "chair", "worker", "manager", "auditor"])
def test_who_may_not_found_a_body(world: World, council: Council, name: str) -> None:
    with pytest.raises(NotAllowed):
        found_body(
            world.actor(name),
            council,
            place=world.get(Place, "community"),
            kind=Kind.TEA,
            rules=RULES,
            from_seats=False,
            once="x",
        )


@pytest.mark.parametrize(
    ("given", "field"), [({"minutes": 10}, "minutes"), ({"notice_days": 31}, "notice_days")]
)
def test_rules_out_of_proportion(world: World, body: Body, given: dict[str, int], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        amend_body(world.secretary, body, rules=replace(RULES, **given))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_members_are_found_by_name_or_phone(world: World, body: Body) -> None:
    with pytest.raises(Invalid, match="没有叫"):
        add_member(world.secretary, body, who="不认识", side=Side.RESIDENT)
    with pytest.raises(Invalid, match="没有叫"):
        add_member(world.secretary, body, who="马德明", side=Side.RESIDENT)
    with pytest.raises(Conflict):
        add_member(world.secretary, body, who="顾建平", side=Side.COMMITTEE)
    member = add_member(world.secretary, body, who="19900000006", side=Side.RESIDENT)
    assert member.user_id == world.ids["tenant"]


def test_a_new_member_is_asked_to_what_is_planned_and_one_who_left_no_more(
    world: World, body: Body, meeting: Meeting
) -> None:
    member = add_member(world.secretary, body, who="赵强", side=Side.RESIDENT)
    assert invitation_of(meeting, world.ids["tenant"]).member
    end_member(world.secretary, body, member_id=member.id)
    assert count(Invitation, Invitation.user_id == world.ids["tenant"]) == 0


def test_planning_asks_the_members_and_opens_the_agenda(world: World, meeting: Meeting) -> None:
    assert count(Invitation, Invitation.meeting_id == meeting.id) == 4
    assert [(i.minutes, i.core) for i in items(meeting)] == [(5, False)]
    assert (meeting.venue, meeting.length) == (RULES.venue, 90)
    assert clock.local(meeting.notice_by).date() == date(2026, 6, 23)


def test_a_body_meets_once_at_a_time(world: World, body: Body, meeting: Meeting) -> None:
    with pytest.raises(Invalid) as refused:
        planned_at(world, body, THURSDAY + timedelta(minutes=89))
    assert refused.value.field == "starts_at"
    later = planned_at(world, body, THURSDAY + timedelta(minutes=90))
    with pytest.raises(Invalid):
        move_meeting(world.secretary, later, starts_at=THURSDAY, minutes=60, reason="早一点")
    cancel_meeting(world.secretary, meeting, reason="场地漏水。")
    move_meeting(world.secretary, later, starts_at=THURSDAY, minutes=60, reason="早一点")


@pytest.mark.parametrize("off", [timedelta(days=-1), timedelta(days=500)])
def test_hours_that_cannot_be(world: World, body: Body, off: timedelta) -> None:
    with pytest.raises(Invalid) as refused:
        planned_at(world, body, NOW + off)
    assert refused.value.field == "starts_at"


def test_a_series_plans_two_months(world: World, body: Body) -> None:
    start_series(
        world.secretary, body, pattern=TWICE, shift=Shift.NEXT, begins=19 * 60, starts=NOW.date(), once="s"
    )
    found = list(db.session.scalars(sa.select(Meeting).order_by(Meeting.starts_at)))
    days = [clock.local(m.starts_at) for m in found]
    assert [(d.month, d.day, d.hour) for d in days] == [
        (6, 25, 19), (7, 6, 19), (7, 27, 19), (8, 5, 19),
    ]  # fmt: skip
    assert [m.planned_on.day for m in found if m.planned_on] == [25, 5, 25, 5]


def test_the_clock_plans_on_and_each_day_once(world: World, body: Body) -> None:
    series = start_series(
        world.secretary, body, pattern=TWICE, shift=Shift.NEXT, begins=19 * 60, starts=NOW.date(), once="s"
    )
    first = db.session.scalars(sa.select(Meeting).order_by(Meeting.starts_at)).first()
    assert first
    cancel_meeting(world.secretary, first, reason="端午放假，大家都不在。")
    before = count(Meeting)
    assert plan_due(system()) == 0
    assert count(Meeting) == before, "a day that was called off does not come back"
    with clock.frozen(NOW + timedelta(days=20)):
        assert plan_due(system()) == 1
        assert count(Meeting) == before + 2
        assert series.planned_to == clock.today() + timedelta(days=AHEAD)
        end_series(world.secretary, body, series_id=series.id)
    with clock.frozen(NOW + timedelta(days=60)):
        assert plan_due(system()) == 0
        assert count(Meeting) == before + 2


@pytest.mark.parametrize(
    ("pattern", "begins", "field"),
    [
        (Pattern(Every.MONTH_DAYS, ()), 1140, "month_days"),
        (Pattern(Every.MONTH_DAYS, (31,)), 1140, "month_days"),
        (Pattern(Every.WEEKDAYS, (7,)), 1140, "weekdays"),
        (Pattern(Every.NTH_WEEKDAYS, (5,), 5), 1140, "nth"),
        (TWICE, -1, "hour"),
    ],
)
def test_patterns_that_cannot_be(world: World, body: Body, pattern: Pattern, begins: int, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        start_series(
            world.secretary,
            body,
            pattern=pattern,
            shift=Shift.NEXT,
            begins=begins,
            starts=NOW.date(),
            once="s",
        )
    assert refused.value.field == field
    assert count(Series) == 0


def test_a_topic_stands_on_one_agenda_ahead(
    world: World, body: Body, meeting: Meeting, deliberating: Topic
) -> None:
    agendas.add_topic(world.secretary, meeting, topic=deliberating)
    other = planned_at(world, body, THURSDAY + timedelta(days=7))
    with pytest.raises(Conflict, match="已经排在"):
        agendas.add_topic(world.secretary, other, topic=deliberating)
    cancel_meeting(world.secretary, meeting, reason="改到下周。")
    assert agendas.add_topic(world.secretary, other, topic=deliberating).core


def test_only_screened_topics_come_to_the_table(world: World, meeting: Meeting, raised: Raise) -> None:
    for wrong in (None, raised()):
        with pytest.raises(Invalid) as refused:
            agendas.add_topic(world.secretary, meeting, topic=wrong)
        assert refused.value.field == "topic_id"


def test_the_agenda_fills_with_two_topics_at_most(world: World, meeting: Meeting, raised: Raise) -> None:
    for n in range(3):
        at_table(world, raised, title=f"第{n}件")
    assert agendas.fill_agenda(world.secretary, meeting) == 2
    assert agendas.fill_agenda(world.secretary, meeting) == 0
    assert sum(item.core for item in items(meeting)) == 2


def test_points_change_their_place_and_go(world: World, meeting: Meeting, deliberating: Topic) -> None:
    added = agendas.add_topic(world.secretary, meeting, topic=deliberating)
    report = agendas.add_item(world.secretary, meeting, point=Point("物业通报", 10, core=True))
    assert not report.core, "only a topic is settled"
    agendas.raise_item(world.secretary, meeting, item_id=report.id)
    assert [i.title for i in items(meeting)][1:] == ["物业通报", deliberating.title]
    agendas.amend_item(world.secretary, meeting, item_id=added.id, point=Point("别的", 45, motion="加固基座"))
    assert (added.title, added.minutes, added.core) == (deliberating.title, 45, False)
    agendas.remove_item(world.secretary, meeting, item_id=report.id)
    assert [i.position for i in items(meeting)] == [0, 1]
    with pytest.raises(Invalid):
        agendas.remove_item(world.secretary, meeting, item_id=report.id)


def test_all_that_is_missing_is_said_at_once(world: World, council: Council) -> None:
    body = founded(world, council)
    meeting = planned_at(world, body, NOW + timedelta(days=2), venue="")
    meeting_id = meeting.id
    agendas.add_item(world.secretary, meeting, point=Point("很长的一项", 200))
    with pytest.raises(Conflict) as refused:
        call_meeting(world.secretary, meeting)
    cures = {u.cure.rpartition("/")[2] for u in refused.value.unmet}
    assert cures == {"edit", "agenda", "invitations", "moving"}
    assert len(refused.value.unmet) == 5
    assert db.session.get_one(Meeting, meeting_id).state is S.PLANNED


def test_a_notice_in_time(world: World, called: Meeting) -> None:
    assert (called.state, called.called_at) == (S.CALLED, NOW)
    assert names(f"meeting:{called.id}")[-1] == "meeting.called"


def test_a_late_notice_says_why(world: World, body: Body) -> None:
    meeting = prepare(world, planned_at(world, body, NOW + timedelta(days=1)))
    with pytest.raises(Conflict, match="晚了"):
        call_meeting(world.secretary, meeting)
    call_meeting(world.secretary, meeting, late_because="水管爆了，等不得。")
    assert meeting.short_notice_because


def test_a_third_core_topic_needs_a_reason(world: World, meeting: Meeting, raised: Raise) -> None:
    prepare(world, meeting)
    for n in range(3):
        added = agendas.add_topic(world.secretary, meeting, topic=at_table(world, raised, title=f"第{n}件"))
        agendas.amend_item(world.secretary, meeting, item_id=added.id, point=Point("", 20, core=True))
    with pytest.raises(Conflict, match="3 个核心议题"):
        call_meeting(world.secretary, meeting)
    agendas.allow_more_topics(world.secretary, meeting, reason="三件是一回事。")
    call_meeting(world.secretary, meeting)


def test_what_was_called_is_moved_not_amended(world: World, called: Meeting) -> None:
    with pytest.raises(NotAllowed, match="改期"):
        amend_meeting(
            world.secretary, called, title="x", intro="", starts_at=THURSDAY, minutes=60, venue="", chair="",
            recorder="",
        )  # fmt: skip
    mine = invitation_of(called, world.ids["owner"])
    answer_invitation(world.owner, mine, reply=Reply.YES)
    with pytest.raises(Invalid):
        move_meeting(world.secretary, called, starts_at=THURSDAY, minutes=90, reason="")
    move_meeting(
        world.secretary, called, starts_at=THURSDAY + timedelta(days=1), minutes=60, reason="撞上中考。"
    )
    db.session.refresh(mine)
    assert (called.state, called.called_at, mine.reply) == (S.PLANNED, None, Reply.WAITING)
    assert clock.local(called.notice_by).date() == date(2026, 6, 24)


def test_a_cancelled_meeting_is_over(world: World, called: Meeting) -> None:
    with pytest.raises(Invalid):
        cancel_meeting(world.secretary, called, reason="")
    cancel_meeting(world.secretary, called, reason="场地漏水。")
    with pytest.raises(NotAllowed):
        cancel_meeting(world.secretary, called, reason="再来一次")
    with pytest.raises(Conflict):
        answer_invitation(world.owner, invitation_of(called, world.ids["owner"]), reply=Reply.YES)


def test_coming_not_coming_somebody_else(world: World, called: Meeting) -> None:
    mine = invitation_of(called, world.ids["owner"])
    for reply, substitute in ((Reply.YES, ""), (Reply.NO, ""), (Reply.SUBSTITUTE, "王芳")):
        answer_invitation(world.owner, mine, reply=reply, substitute=substitute)
        assert (mine.reply, mine.substitute) == (reply, substitute)
    with pytest.raises(Invalid) as refused:
        answer_invitation(world.owner, mine, reply=Reply.SUBSTITUTE)
    assert refused.value.field == "substitute"
    for name in ("tenant", "neighbour"):
        with pytest.raises(NotVisible):
            answer_invitation(world.actor(name), mine, reply=Reply.NO)
    with clock.frozen(THURSDAY), pytest.raises(Conflict, match="签到"):
        answer_invitation(world.owner, mine, reply=Reply.NO)


def test_a_committee_meets_in_person(world: World, body: Body, ready: Meeting) -> None:
    amend_body(world.secretary, body, rules=replace(RULES, substitutes=False))
    call_meeting(world.secretary, ready)
    mine = invitation_of(ready, world.ids["owner"])
    with pytest.raises(Invalid, match="本人"):
        answer_invitation(world.owner, mine, reply=Reply.SUBSTITUTE, substitute="王芳")


def test_asking_others_in(world: World, called: Meeting) -> None:
    guest = invite(world.secretary, called, who="赵强", side=Side.RESIDENT, interest=Interest.COURTYARD)
    expert = invite(world.secretary, called, who="质检站老刘", side=Side.OTHER, interest=None)
    assert (guest.user_id, guest.member) == (world.ids["tenant"], False)
    assert (expert.user_id, expert.name) == (None, "质检站老刘")
    set_interest(world.secretary, called, invitation_id=expert.id, interest=Interest.INSPECTION)
    for who in ("赵强", "质检站老刘"):
        with pytest.raises(Conflict):
            invite(world.secretary, called, who=who, side=Side.OTHER, interest=None)
    withdraw_invitation(world.secretary, called, invitation_id=expert.id)
    with pytest.raises(Invalid, match="应到"):
        member = invitation_of(called, world.ids["owner"])
        withdraw_invitation(world.secretary, called, invitation_id=member.id)


@pytest.mark.parametrize("name", ["owner", "manager", "merchant", "auditor"])
def test_who_may_not_call(world: World, ready: Meeting, name: str) -> None:
    with pytest.raises(NotAllowed):
        call_meeting(world.actor(name), ready)


def test_another_community_sees_nothing(world: World, ready: Meeting, body: Body) -> None:
    with pytest.raises(NotVisible):
        call_meeting(world.other_secretary, ready)
    with pytest.raises(NotVisible):
        add_member(world.other_secretary, body, who="李红", side=Side.COMMUNITY)


def test_a_member_for_a_term_is_asked_while_it_lasts(world: World, body: Body, meeting: Meeting) -> None:
    """A resident who speaks for his estate until a day; meetings after it are not his any more."""
    day = THURSDAY.date()
    with pytest.raises(Invalid):
        add_member(world.secretary, body, who="孙朝晖", side=Side.MERCHANT, ends=clock.today())
    member = add_member(world.secretary, body, who="孙朝晖", side=Side.MERCHANT, post="小区主理人", ends=day)
    later = planned_at(world, body, THURSDAY - timedelta(days=1), once="before")
    asked = sa.select(Invitation.meeting_id).where(Invitation.user_id == member.user_id)
    assert db.session.scalars(asked).all() == [later.id], "his term ends on the day of the other"
    with clock.frozen(THURSDAY):
        again = planned_at(world, body, THURSDAY + timedelta(days=7), once="after")
        assert again.id not in db.session.scalars(asked).all()
