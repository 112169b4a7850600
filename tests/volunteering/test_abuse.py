"""What somebody tried who wanted more hours than he served, or for himself what is for others."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.actions.belonging import move_out
from portal.accounts.models import Membership
from portal.core import access, clock
from portal.core.actor import system
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.core.waiting import waiting_for
from portal.volunteering.actions import calling_out, certifying, teams
from portal.volunteering.actions.arriving import (
    add_helper,
    check_in,
    check_out,
    correct_times,
    mark_absent,
    refuse,
)
from portal.volunteering.actions.confirming import confirm, correct_hours
from portal.volunteering.actions.planning import (
    ServiceWords,
    ShiftWords,
    add_shift,
    amend_service,
    cancel_shift,
    open_service,
)
from portal.volunteering.actions.registering import answer_as_guardian, ask_guardian, enter_consent, lapse_due
from portal.volunteering.actions.signing_up import note
from portal.volunteering.models.people import Team
from portal.volunteering.models.shifts import Service, Shift, SignUp
from portal.volunteering.people import volunteer_of
from portal.volunteering.policy import Can
from portal.volunteering.words import MemberState, SignUpState
from tests.volunteering.conftest import ELEVEN, NINE, SERVICE, founded, joined, planned, registered, shift_of
from tests.volunteering.test_actions_around import SNOW
from tests.world import NOW, World

CAME = "临时来帮忙"
FAR = NOW + timedelta(days=367)


def of_another_team(world: World, **given: Any) -> Shift:
    service = planned(world, founded(world, leader="赵强", once="other"), "other", host="赵强")
    shift = shift_of(world, service, **given)
    open_service(world.secretary, service)
    return shift


def another_day(world: World, shift: Shift, **given: Any) -> Shift:
    return shift_of(world, db.session.get_one(Service, shift.service_id), **given)


def came(world: World, shift: Shift, name: str) -> SignUp:
    mine = joined(world, shift, name)
    with clock.frozen(NINE):
        check_in(world.chair, mine)
    with clock.frozen(ELEVEN):
        check_out(world.chair, mine)
    return mine


def test_who_has_not_checked_out_is_not_elsewhere_meanwhile(world: World, shift: Shift) -> None:
    long = another_day(world, shift, hours=3)
    short = of_another_team(world, starts_at=NINE + timedelta(minutes=30))
    mine = joined(world, long, "co_owner")
    with clock.frozen(NINE):
        check_in(world.owner, mine)
    with clock.frozen(ELEVEN + timedelta(minutes=35)), pytest.raises(Invalid, match="两处"):
        add_helper(
            world.tenant,
            short,
            who="王芳",
            because=CAME,
            arrived_at=NINE + timedelta(minutes=30),
            left_at=ELEVEN + timedelta(minutes=30),
        )
    with clock.frozen(NINE + timedelta(hours=3)):
        check_out(world.owner, mine)
        assert confirm(world.owner, mine).minutes == 180


def test_neither_leaving_nor_confirming_takes_two_places_at_once(world: World, shift: Shift) -> None:
    """However the times got there."""
    first, second = another_day(world, shift, hours=3), of_another_team(world)
    one = joined(world, first, "co_owner")
    with clock.frozen(ELEVEN):
        two = add_helper(world.tenant, second, who="王芳", arrived_at=NINE, left_at=ELEVEN, because=CAME)
        with transaction():
            one.arrived_at = NINE
        with pytest.raises(Conflict, match="两处"):
            check_out(world.owner, one)
        with transaction():
            one.left_at = ELEVEN
        for who, mine in ((world.owner, one), (world.secretary, two)):
            with pytest.raises(Conflict, match="两处"):
                confirm(who, mine)


def test_who_acts_for_the_host_does_not_confirm_himself(world: World, shift: Shift) -> None:
    registered(world, "worker")
    mine = came(world, shift, "worker")
    for_the_host = replace(world.owner, entered_by=world.ids["worker"], entered_by_name="沈佳慧")
    with clock.frozen(ELEVEN):
        with pytest.raises(NotAllowed, match="另一个人"):
            confirm(for_the_host, mine)
        with pytest.raises(NotAllowed, match="另一个人"):
            correct_times(for_the_host, mine, arrived_at=NINE, left_at=ELEVEN, because="忘了")
        assert confirm(world.owner, mine).minutes == 120


def test_a_host_writes_not_his_own_times(world: World, shift: Shift) -> None:
    mine = joined(world, shift, "owner")
    with clock.frozen(ELEVEN + timedelta(hours=5)):
        with pytest.raises(NotAllowed, match="另一个人"):
            correct_times(world.owner, mine, arrived_at=NINE, left_at=ELEVEN, because="忘了")
        with pytest.raises(Invalid, match="另一个人"):
            add_helper(world.owner, shift, who="王秀兰", arrived_at=NINE, left_at=ELEVEN)


def test_whoever_writes_the_times_does_not_confirm_them(world: World, shift: Shift) -> None:
    """A host alone gives no hours to his friends; nor do staff who write them for the host."""
    mine = joined(world, shift, "chair")
    with clock.frozen(ELEVEN):
        helper = add_helper(world.owner, shift, who="赵强", arrived_at=NINE, left_at=ELEVEN, because=CAME)
        correct_times(world.owner, mine, arrived_at=NINE, left_at=ELEVEN, because="忘了")
        for one in (helper, mine):
            with pytest.raises(NotAllowed, match="时间是您写的"):
                confirm(world.owner, one)
        assert confirm(world.chair, helper).minutes == 120
        by_staff = joined_and_written_by(world, shift)
        with pytest.raises(NotAllowed, match="时间是您写的"):
            confirm(world.worker, by_staff)


def joined_and_written_by(world: World, shift: Shift) -> SignUp:
    """By staff, for the host."""
    for_the_host = replace(world.owner, entered_by=world.ids["worker"], entered_by_name="沈佳慧")
    return add_helper(for_the_host, shift, who="王芳", arrived_at=NINE, left_at=ELEVEN, because=CAME)


def test_nobody_serves_longer_than_the_door_is_open(world: World, shift: Shift) -> None:
    hour = another_day(world, shift, hours=1)
    mine = joined(world, hour, "tenant")
    with clock.frozen(NINE + timedelta(hours=13)):
        for arrived, left in ((-timedelta(days=5), timedelta(hours=1)), (timedelta(), timedelta(hours=12))):
            with pytest.raises(Invalid, match="对不上"):
                correct_times(world.chair, mine, arrived_at=NINE + arrived, left_at=NINE + left, because="补")
        late = NINE + timedelta(hours=2)
        correct_times(world.chair, mine, arrived_at=NINE, left_at=late, because="收工具")
        with pytest.raises(Invalid, match="社区工作人员"):
            confirm(world.owner, mine, minutes=120, because="收工具")
        assert confirm(world.worker, mine, minutes=120, because="收工具").minutes == 120


def test_a_shift_that_was_called_off_gives_no_hours(world: World, shift: Shift) -> None:
    another_day(world, shift, starts_at=NINE + timedelta(days=1))
    cancel_shift(world.secretary, shift, because="下雨")
    with clock.frozen(ELEVEN), pytest.raises(Conflict, match="取消"):
        add_helper(world.owner, shift, who="赵强", arrived_at=NINE, left_at=ELEVEN, because=CAME)


def test_a_night_and_a_day_are_no_sixteen_hours(world: World, shift: Shift) -> None:
    """Twelve hours over midnight, and twelve more on the day it ended on."""
    evening = NINE + timedelta(hours=11)
    night = another_day(world, shift, starts_at=evening, hours=12)
    day = of_another_team(world, starts_at=evening + timedelta(hours=12), hours=8)
    end = evening + timedelta(hours=20)
    with clock.frozen(end):
        first = add_helper(
            world.owner, night, who="王芳", arrived_at=evening, left_at=night.ends_at, because=CAME
        )
        assert confirm(world.chair, first).minutes == 720
        second = add_helper(
            world.tenant, day, who="王芳", arrived_at=day.starts_at, left_at=end, because=CAME
        )
        with pytest.raises(Invalid, match="12 小时"):
            confirm(world.secretary, second)
        entry = confirm(world.secretary, second, minutes=240, because="后半天不在")
        with pytest.raises(Invalid, match="12 小时"):
            correct_hours(world.secretary, entry, minutes=241, because="多待了一分钟")


def test_the_holder_of_a_certificate_answers_no_objection_to_it(world: World, shift: Shift) -> None:
    registered(world, "worker")
    mine = came(world, shift, "worker")
    with clock.frozen(ELEVEN):
        confirm(world.owner, mine)
        own = volunteer_of(world.ids["worker"]) or pytest.fail("not registered")
        day = clock.local(NINE).date()
        paper = certifying.ask_certificate(world.worker, own, since=day, until=day, agrees=True, once="own")
        certifying.post_certificate(world.secretary, paper)
        said = certifying.object_to_certificate(world.tenant, paper, text="那天她没来", once="o")
        with pytest.raises(Invalid, match="还在等"):
            certifying.object_to_certificate(world.tenant, paper, text="真的没来", once="o2")
        with pytest.raises(NotAllowed, match="自己的证明"):
            certifying.answer_objection(world.worker, said, answer="来了")
        assert not access.may(world.worker, Can.ANSWER_OBJECTION, said)
        certifying.answer_objection(world.secretary, said, answer="签到在")


def test_nobody_floods_staff_with_objections(world: World, shift: Shift) -> None:
    own = volunteer_of(world.ids["tenant"]) or pytest.fail("not registered")
    for number in range(3):
        certifying.object_to_hours(world.tenant, own, text=f"少记了{number}", once=f"o{number}")
    with pytest.raises(Invalid, match="3 条异议"):
        certifying.object_to_hours(world.tenant, own, text="还有", once="o3")
    assert certifying.object_to_hours(world.tenant, own, text="少记了0", once="o0").text == "少记了0"


def test_who_moved_out_hosts_and_leads_no_more(world: World, shift: Shift) -> None:
    """The owner hosts, the chair leads; neither has another home or a post."""
    gone = replace(world.owner, homes=(), grants=frozenset())
    with pytest.raises(NotAllowed):
        add_helper(gone, shift, who="赵强")
    with pytest.raises(NotAllowed):
        cancel_shift(replace(world.chair, homes=(), grants=frozenset()), shift, because="不做了")


def test_who_moves_out_gives_his_place_back_and_is_in_no_team(world: World, shift: Shift) -> None:
    team = db.session.get_one(Team, shift.team_id)
    member = teams.apply(world.tenant, team)
    teams.admit(world.chair, member, yes=True)
    for name in ("tenant", "chair", "co_owner"):
        joined(world, shift, name)
    waiting = db.session.query(SignUp).filter_by(user_id=world.ids["co_owner"]).one()
    assert waiting.state is SignUpState.WAITING
    homes = db.session.query(Membership).filter_by(user_id=world.ids["tenant"]).all()
    for home in homes:
        move_out(world.secretary, home, on=world.secretary.today)
    assert (waiting.state, shift.taken, shift.queued) == (SignUpState.COMING, 2, 0)
    assert (member.state, team.members_count) == (MemberState.LEFT, 1)


def test_insurance_stays_once_people_sign_up(world: World) -> None:
    service = planned(world, founded(world), dangerous=True, insurance="意外险", risk="高处")
    shift_of(world, service)
    open_service(world.secretary, service)
    words = {name: getattr(service, name) for name in vars(SERVICE)}
    for change, why in (({"insurance": ""}, "保险"), ({"risk": ""}, "风险"), ({"dangerous": False}, "风险")):
        with pytest.raises(Invalid, match=why):
            amend_service(world.secretary, service, words=ServiceWords(**{**words, **change}))
    amend_service(
        world.secretary, service, words=ServiceWords(**{**words, "insurance": "意外险，保到 100 万"})
    )


def test_a_call_into_danger_is_insured_and_takes_no_minors(world: World) -> None:
    team = founded(world)
    for missing in ("risk", "insurance"):
        given: dict[str, Any] = {"dangerous": True, "insurance": "意外险", missing: ""}
        words = replace(SNOW, **given)
        with pytest.raises(Invalid) as refused:
            calling_out.set_up(world.chair, team, words=words, once=missing)
        assert refused.value.field == missing
    words = replace(SNOW, dangerous=True, insurance="意外险")
    standing = calling_out.set_up(world.chair, team, words=words, once="s")
    soon = NOW + timedelta(hours=1)
    call = calling_out.call_out(world.chair, standing, starts_at=soon, needed=5, words="", once="a")
    child = registered(world, "tenant", date(2011, 5, 1))
    enter_consent(world.worker, child, guardian="赵大明", agreed_on=date(2026, 6, 15))
    teams.accept(world.tenant, teams.invite(world.chair, team, who="赵强"), yes=True)
    with pytest.raises(Conflict, match="未成年人"):
        calling_out.answer_call(world.tenant, call, coming=True)


def test_nobody_is_called_out_twice_for_the_same_hours(world: World) -> None:
    team = founded(world)
    standing = calling_out.set_up(world.chair, team, words=SNOW, once="s")
    soon = NOW + timedelta(hours=1)
    first = calling_out.call_out(world.chair, standing, starts_at=soon, needed=5, words="", once="a")
    with pytest.raises(Invalid, match="召集过"):
        calling_out.call_out(
            world.chair, standing, starts_at=soon + timedelta(minutes=89), needed=5, words="", once="b"
        )
    later = soon + timedelta(minutes=90)
    calling_out.call_out(world.chair, standing, starts_at=later, needed=5, words="", once="c")
    cancel_shift(world.chair, db.session.get_one(Shift, first.shift_id), because="化了")
    calling_out.call_out(world.chair, standing, starts_at=soon, needed=5, words="", once="d")


def test_who_was_marked_absent_and_comes_after_all(world: World) -> None:
    team = founded(world)
    registered(world, "tenant")
    teams.accept(world.tenant, teams.invite(world.chair, team, who="赵强"), yes=True)
    standing = calling_out.set_up(world.chair, team, words=SNOW, once="s")
    soon = NOW + timedelta(hours=1)
    call = calling_out.call_out(world.chair, standing, starts_at=soon, needed=5, words="", once="a")
    calling_out.answer_call(world.tenant, call, coming=True)
    mine = db.session.query(SignUp).one()
    with clock.frozen(soon + timedelta(minutes=10)):
        mark_absent(world.chair, mine)
        with pytest.raises(Conflict, match="没有来"):
            calling_out.answer_call(world.tenant, call, coming=True)
        add_helper(world.chair, db.session.get_one(Shift, call.shift_id), who="赵强")
        assert (mine.state, mine.arrived_at is not None) == (SignUpState.COMING, True)


@pytest.mark.parametrize(
    ("field", "hour"), [("withdraw_by", NOW - timedelta(days=400)), ("sign_up_by", NOW), ("starts_at", FAR)]
)
def test_hours_that_cannot_be_meant(world: World, shift: Shift, field: str, hour: datetime) -> None:
    words: dict[str, Any] = {"starts_at": NINE, "ends_at": ELEVEN, "venue": "门口", "needed": 2, field: hour}
    if field == "starts_at":
        words["ends_at"] = hour + timedelta(hours=1)
    with pytest.raises(Invalid) as refused:
        add_shift(world.secretary, db.session.get_one(Service, shift.service_id), words=ShiftWords(**words))
    assert refused.value.field == field


def test_times_somebody_took_himself_are_not_written_over_without_a_word(world: World, shift: Shift) -> None:
    mine = came(world, shift, "tenant")
    end = NINE + timedelta(minutes=30)
    with clock.frozen(ELEVEN):
        with pytest.raises(Invalid, match="签过到"):
            add_helper(world.owner, shift, who="赵强", arrived_at=NINE, left_at=end)
        assert (mine.left_at, mine.timed_by_id) == (ELEVEN, None)
        why = "他提前走了，大家都看见"
        add_helper(world.owner, shift, who="赵强", arrived_at=NINE, left_at=end, because=why)
        assert (mine.left_at, mine.because) == (end, why)
        told = [wait for wait in waiting_for(world.tenant) if wait.kind == "times_written"]
        assert [wait.subject_id for wait in told] == [mine.id]
        with pytest.raises(NotAllowed):  # whoever wrote them down does not say for him that it is so
            note(replace(world.tenant, entered_by=world.ids["worker"], entered_by_name="沈佳慧"), mine)
        note(world.tenant, mine)
        assert "times_written" not in [wait.kind for wait in waiting_for(world.tenant)]


def test_who_never_signed_up_is_told_and_may_say_that_he_was_not_there(world: World, shift: Shift) -> None:
    with clock.frozen(ELEVEN):
        with pytest.raises(Invalid, match="没有报名"):
            add_helper(world.owner, shift, who="赵强", arrived_at=NINE, left_at=ELEVEN)
        put = add_helper(world.owner, shift, who="赵强", arrived_at=NINE, left_at=ELEVEN, because=CAME)
        assert "times_written" in [wait.kind for wait in waiting_for(world.tenant)]
        with pytest.raises(NotAllowed):
            refuse(world.owner, put)
        with pytest.raises(NotAllowed):
            refuse(replace(world.tenant, entered_by=world.ids["worker"], entered_by_name="沈佳慧"), put)
        refuse(world.tenant, put)
        assert put.state is SignUpState.WITHDRAWN
        with pytest.raises(NotAllowed):
            confirm(world.chair, put)
        with pytest.raises(Invalid, match="没有来"):
            add_helper(world.owner, shift, who="赵强", arrived_at=NINE, left_at=ELEVEN, because=CAME)
        own = joined_late(world, shift, "co_owner")
        with pytest.raises(NotAllowed, match="自己报的名"):
            refuse(world.co_owner, own)


def joined_late(world: World, shift: Shift, name: str) -> SignUp:
    with clock.frozen(NOW):
        return joined(world, shift, name)


def test_a_consent_ends_with_the_home_it_was_given_in(world: World, shift: Shift) -> None:
    """A child keeps its place, but nobody checks it in before somebody of its home agrees anew."""
    child = volunteer_of(world.ids["co_owner"])
    assert child
    with transaction():
        child.born = date(2012, 1, 1)
    ask_guardian(world.co_owner, child, guardian_id=world.ids["owner"])
    answer_as_guardian(world.owner, child, yes=True)
    mine = joined(world, shift, "co_owner")
    assert lapse_due(system(NOW)) == 0
    assert "child_without_consent" not in [wait.kind for wait in waiting_for(world.chair)]
    for home in db.session.scalars(sa.select(Membership).where(Membership.user_id == world.ids["owner"])):
        move_out(world.worker, home, on=world.worker.today)
    assert (child.guardian_id, child.guardian_agreed_on, mine.state) == (None, None, SignUpState.COMING)
    assert "child_without_consent" in [wait.kind for wait in waiting_for(world.chair)]
    assert "ask_guardian" in [wait.kind for wait in waiting_for(world.co_owner)]
    with clock.frozen(NINE), pytest.raises(Conflict, match="监护人同意"):
        check_in(world.chair, mine)
    with clock.frozen(ELEVEN), pytest.raises(Conflict, match="监护人同意"):
        correct_times(world.chair, mine, arrived_at=NINE, left_at=ELEVEN, because="忘了签到")


def test_a_consent_ends_on_the_day_the_home_does(world: World, shift: Shift) -> None:
    child = volunteer_of(world.ids["co_owner"])
    assert child
    with transaction():
        child.born = date(2012, 1, 1)
    ask_guardian(world.co_owner, child, guardian_id=world.ids["owner"])
    for home in db.session.scalars(sa.select(Membership).where(Membership.user_id == world.ids["owner"])):
        with transaction():
            home.ends = date(2026, 6, 18)
    assert lapse_due(system(NOW)) == 0
    with clock.frozen(NINE):
        assert lapse_due(system(NINE)) == 1
        assert child.guardian_id is None
