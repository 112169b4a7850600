"""What holds of a meeting once its notice went out or its hour has come, and who answers for whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.councils.models import Council, Topic
from portal.meetings.actions import agendas, arriving, motions, running
from portal.meetings.actions.agendas import Point
from portal.meetings.actions.bodies import add_member, amend_body, end_member
from portal.meetings.actions.calling import answer_invitation, call_meeting, invite
from portal.meetings.actions.planning import (
    amend_meeting,
    cancel_meeting,
    miss_meeting,
    move_meeting,
    postpone_meeting,
)
from portal.meetings.actions.repeating import MOST_SERIES, end_series, start_series
from portal.meetings.hands import Rule
from portal.meetings.models import Body, BodyMember, Invitation, Meeting, Series
from portal.meetings.presence import attendance_of
from portal.meetings.quorum import Presence
from portal.meetings.schedule import Every, Pattern, Shift
from portal.meetings.sides import Side
from portal.meetings.words import MeetingState, MotionState, Reply
from portal.places.models import Place
from tests.meetings.conftest import RULES, THURSDAY, come, founded, invitation_of, moved, planned_at, prepare
from tests.meetings.test_actions import TWICE, count, names
from tests.world import NOW, World

S = MeetingState
AFTER = THURSDAY + timedelta(days=1)
LATER = THURSDAY + timedelta(days=7)


def asked(meeting: Meeting) -> dict[int | None, Invitation]:
    found = db.session.scalars(sa.select(Invitation).where(Invitation.meeting_id == meeting.id))
    return {one.user_id: one for one in found}


# ---- the hour has passed


@pytest.mark.parametrize("state", ["planned", "called"])
def test_what_has_passed_is_not_rewritten(world: World, ready: Meeting, state: str) -> None:
    if state == "called":
        call_meeting(world.secretary, ready)
    before = (ready.state, ready.starts_at)
    with clock.frozen(AFTER):
        for act in (
            lambda: move_meeting(world.secretary, ready, starts_at=LATER, minutes=60, reason="改天"),
            lambda: cancel_meeting(world.secretary, ready, reason="不开了"),
            lambda: postpone_meeting(world.secretary, ready, reason="改天"),
            lambda: invite(world.secretary, ready, who="赵强", side=Side.RESIDENT, interest=None),
            lambda: agendas.add_item(world.secretary, ready, point=Point("补一项", 5)),
            lambda: call_meeting(world.secretary, ready, late_because="忘了"),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert (ready.state, ready.starts_at) == before


@pytest.mark.parametrize("called_first", [True, False])
def test_a_meeting_that_nobody_held_is_told_and_gets_another_day(
    world: World, ready: Meeting, called_first: bool
) -> None:
    if called_first:
        call_meeting(world.secretary, ready)
    with pytest.raises(NotAllowed, match="还没到"):
        miss_meeting(world.secretary, ready, reason="人没到齐")
    with clock.frozen(AFTER):
        with pytest.raises(Invalid):
            miss_meeting(world.secretary, ready, reason="")
        miss_meeting(world.worker, ready, reason="业委会没有人来。")
        assert (ready.state, ready.postponed_because) == (S.POSTPONED, "业委会没有人来。")
        move_meeting(world.secretary, ready, starts_at=LATER, minutes=60, reason="下周再开。")
    assert (ready.state, ready.postponed_because, ready.starts_at) == (S.PLANNED, "", LATER)
    assert names(f"meeting:{ready.id}")[-2:] == ["meeting.missed", "meeting.moved"]


def test_put_off_without_a_day(world: World, body: Body, called: Meeting, deliberating: Topic) -> None:
    postpone_meeting(world.secretary, called, reason="等施工方的报价。")
    assert (called.state, called.postponed_because) == (S.POSTPONED, "等施工方的报价。")
    other = planned_at(world, body, THURSDAY, once="other")
    with pytest.raises(Conflict, match="已经排在"):
        agendas.add_topic(world.secretary, other, topic=deliberating)
    with pytest.raises(Conflict):
        answer_invitation(world.owner, invitation_of(called, world.ids["owner"]), reply=Reply.YES)
    with clock.frozen(LATER):
        cancel_meeting(world.secretary, called, reason="报价一直没有来。")
    assert (called.state, called.cancelled_because) == (S.CANCELLED, "报价一直没有来。")


def test_the_door_keeps_its_hours(world: World, called: Meeting) -> None:
    mine = invitation_of(called, world.ids["owner"])
    with pytest.raises(Conflict, match="两小时"):
        arriving.check_in(world.worker, called, invitation_id=mine.id)
    with clock.frozen(THURSDAY + timedelta(minutes=90)), pytest.raises(Conflict, match="没有开成"):
        arriving.check_in(world.worker, called, invitation_id=mine.id)


def test_nobody_opens_a_meeting_when_all_have_gone_home(world: World, evening: Meeting) -> None:
    come(world, evening, "chair", "manager", "secretary", "owner")
    with clock.frozen(THURSDAY + timedelta(days=2)), pytest.raises(Conflict) as refused:
        running.open_meeting(world.secretary, evening)
    assert [u.cure for u in refused.value.unmet] == [f"/meetings/{evening.id}/missing"]


# ---- what it was called by


def test_a_called_meeting_keeps_the_rules_of_its_notice(world: World, body: Body, called: Meeting) -> None:
    with clock.frozen(THURSDAY - timedelta(minutes=15)):
        amend_body(
            world.secretary,
            body,
            rules=replace(
                RULES, quorum=Presence.NONE, side_quorums={}, rule=Rule.UNANIMOUS, substitutes=False
            ),
        )
        come(world, called, "owner", "secretary")
        assert not attendance_of(called).quorate
        with pytest.raises(Conflict):
            running.open_meeting(world.secretary, called)
        manager = invitation_of(called, world.ids["manager"])
        arriving.check_in(world.secretary, called, invitation_id=manager.id, substitute="小周")
        come(world, called, "chair")
        running.open_meeting(world.secretary, called)
        motion = moved(world, called)
        motions.enter_second(
            world.secretary, motion, invitation_id=invitation_of(called, world.ids["chair"]).id
        )
        motions.put_motion(world.secretary, motion)
        motions.count_hands(world.secretary, motion, n_for=3, n_against=1, n_abstain=0)
        motions.decide_motion(world.secretary, motion)
        assert motion.state is MotionState.CARRIED, "more for than against, as the notice said"


def test_a_moved_meeting_is_called_by_the_rules_of_then(world: World, body: Body, called: Meeting) -> None:
    amend_body(world.secretary, body, rules=replace(RULES, quorum=Presence.ALL))
    assert (called.quorum, called.rule) == (Presence.HALF, Rule.MORE_FOR)
    move_meeting(world.secretary, called, starts_at=LATER, minutes=90, reason="撞上中考。")
    assert (called.quorum, called.rule) == (None, None)
    call_meeting(world.secretary, called)
    assert (called.quorum, called.rule) == (Presence.ALL, Rule.MORE_FOR)


def test_a_late_notice_is_not_made_timely_by_other_rules(world: World, body: Body) -> None:
    meeting = prepare(world, planned_at(world, body, NOW + timedelta(days=2)))
    amend_body(world.secretary, body, rules=replace(RULES, notice_days=0))
    prepare(world, meeting)
    assert meeting.notice_days == 3
    with pytest.raises(Conflict, match="晚了"):
        call_meeting(world.secretary, meeting)
    amend_body(world.secretary, body, rules=RULES)
    early = planned_at(world, body, THURSDAY)
    amend_body(world.secretary, body, rules=replace(RULES, notice_days=1))
    assert (early.notice_days, clock.local(early.notice_by).day) == (1, 25), "one that can still be in time"


# ---- who is asked


def test_a_moved_meeting_asks_those_who_belong_to_the_body_then(
    world: World, body: Body, called: Meeting
) -> None:
    chair = db.session.scalars(sa.select(BodyMember.id).where(BodyMember.user_id == world.ids["chair"])).one()
    end_member(world.secretary, body, member_id=chair)
    add_member(world.secretary, body, who="赵强", side=Side.RESIDENT)
    guest = invite(world.secretary, called, who="孙朝晖", side=Side.MERCHANT, interest=None)
    answer_invitation(world.merchant, guest, reply=Reply.YES)
    with clock.frozen(THURSDAY):
        come(world, called, "owner")
        arriving.admit(world.secretary, called, who="路过的老李", side=Side.OTHER)
        miss_meeting(world.secretary, called, reason="人没到齐。")
        move_meeting(world.secretary, called, starts_at=LATER, minutes=90, reason="下周再开。")
    now = asked(called)
    assert set(now) == {world.ids[name] for name in ("manager", "secretary", "owner", "tenant", "merchant")}
    assert {one.reply for one in now.values()} == {Reply.WAITING}
    assert not now[world.ids["owner"]].present, "he came to the one that was not held"
    assert (now[world.ids["tenant"]].member, now[world.ids["merchant"]].member) == (True, False)


def test_a_guest_who_becomes_a_member_comes_as_one(world: World, body: Body, meeting: Meeting) -> None:
    guest = invite(world.secretary, meeting, who="赵强", side=Side.OTHER, interest=None)
    add_member(world.secretary, body, who="赵强", side=Side.RESIDENT)
    db.session.refresh(guest)
    assert (guest.member, guest.side) == (True, Side.RESIDENT)
    assert count(Invitation, Invitation.user_id == world.ids["tenant"]) == 1


def test_his_own_reply_is_his(world: World, called: Meeting) -> None:
    mine = invitation_of(called, world.ids["owner"])
    answer_invitation(world.worker, mine, reply=Reply.NO)
    assert (mine.reply, mine.replied_by_id) == (Reply.NO, world.ids["worker"])
    answer_invitation(world.secretary, mine, reply=Reply.YES)
    answer_invitation(world.owner, mine, reply=Reply.NO)
    for staff in (world.secretary, replace(world.owner, entered_by=world.ids["worker"])):
        with pytest.raises(Conflict, match="他自己已经回复"):
            answer_invitation(staff, mine, reply=Reply.YES)
    assert (mine.reply, mine.replied_by_id) == (Reply.NO, world.ids["owner"])


def test_a_phone_tells_nobody_a_name_of_another_place(world: World, council: Council) -> None:
    estate = founded(world, council, place=world.get(Place, "estate"))
    meeting = planned_at(world, estate, THURSDAY)
    elsewhere = "19900000008"  # the auditor has neither a home nor a post in the estate
    near = invite(world.chair, meeting, who="19900000006", side=Side.RESIDENT, interest=None)
    assert near.user_id == world.ids["tenant"]
    with pytest.raises(Invalid, match="写姓名") as refused:
        invite(world.chair, meeting, who=elsewhere, side=Side.OTHER, interest=None)
    assert refused.value.field == "who"
    assert invite(world.secretary, meeting, who=elsewhere, side=Side.OTHER, interest=None).user_id


# ---- what is typed twice, and too much


def test_a_form_that_comes_twice_makes_one_item(world: World, meeting: Meeting) -> None:
    first, second = (
        agendas.add_item(world.secretary, meeting, point=Point("物业通报", 10), once="k") for _ in range(2)
    )
    assert first.id == second.id


def started(world: World, body: Body, once: str, days: int = 0) -> Series:
    return start_series(
        world.secretary,
        body,
        pattern=Pattern(Every.MONTH_DAYS, (5, 25)),
        shift=Shift.KEEP,
        begins=9 * 60 + int(once or 0) * 100,
        starts=NOW.date() + timedelta(days=days),
        once=once,
    )


def test_a_body_has_so_many_fixed_days(world: World, body: Body) -> None:
    assert started(world, body, "0").id == started(world, body, "0").id
    with pytest.raises(Invalid) as refused:
        started(world, body, "7", days=401)
    assert refused.value.field == "starts"
    for n in range(1, MOST_SERIES):
        started(world, body, str(n))
    with pytest.raises(Invalid, match="先停掉一个"):
        started(world, body, "6")


def test_stopping_a_series_calls_off_what_nobody_was_called_to(world: World, body: Body) -> None:
    series = start_series(
        world.secretary, body, pattern=TWICE, shift=Shift.NEXT, begins=1140, starts=NOW.date(), once="s"
    )
    first = db.session.scalars(sa.select(Meeting).order_by(Meeting.starts_at)).first()
    assert first
    call_meeting(world.secretary, prepare(world, first))
    cancelled = end_series(world.secretary, body, series_id=series.id, cancelled_because="改成有事才开。")
    assert (cancelled, first.state) == (3, S.CALLED)
    off = sa.select(Meeting.cancelled_because).where(Meeting.state == S.CANCELLED)
    assert set(db.session.scalars(off)) == {"改成有事才开。"}


def test_amending_asks_for_an_hour_ahead(world: World, ready: Meeting) -> None:
    with clock.frozen(AFTER), pytest.raises(NotAllowed):
        amend_meeting(
            world.secretary, ready, title="x", intro="", starts_at=LATER, minutes=60, venue="", chair="",
            recorder="",
        )  # fmt: skip
