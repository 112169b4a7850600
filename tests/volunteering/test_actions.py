"""Signing up, the waiting list, coming and going, hours that enter the book, corrections."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from portal.core import clock, door
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.core.waiting import waiting_for
from portal.places.models import Place
from portal.volunteering.actions.arriving import (
    add_helper,
    check_in,
    check_out,
    come,
    correct_times,
    mark_absent,
)
from portal.volunteering.actions.confirming import confirm, confirm_training, correct_hours
from portal.volunteering.actions.planning import (
    ServiceWords,
    ShiftWords,
    amend_service,
    cancel_service,
    cancel_shift,
    close_service,
    move_shift,
    open_service,
)
from portal.volunteering.actions.registering import (
    answer_as_guardian,
    ask_guardian,
    correct_born,
    enter_consent,
    register,
)
from portal.volunteering.actions.signing_up import note, sign_up, withdraw
from portal.volunteering.models.book import HoursEntry
from portal.volunteering.models.people import Volunteer
from portal.volunteering.models.shifts import Service, Shift, SignUp
from portal.volunteering.queries.record import trainings_of
from portal.volunteering.words import Kind, ServiceState, SignUpState
from tests.conftest import Client
from tests.volunteering.conftest import (
    BORN,
    ELEVEN,
    NINE,
    founded,
    joined,
    opened,
    planned,
    registered,
    shift_of,
)
from tests.world import NOW, World

S = SignUpState


def events(name: str) -> list[dict[str, object]]:
    found = sa.select(Entry.payload).where(Entry.name == name).order_by(Entry.id)
    return list(db.session.scalars(found))


# ---- signing up


def test_a_withdrawal_moves_the_next_up_and_tells_him(world: World, shift: Shift) -> None:
    first, _second = joined(world, shift, "owner"), joined(world, shift, "tenant")
    third, fourth = joined(world, shift, "chair"), joined(world, shift, "co_owner")
    assert (third.state, fourth.state) == (S.WAITING, S.WAITING)
    assert (shift.taken, shift.queued) == (2, 2)
    withdraw(world.owner, first)
    assert (first.state, third.state, fourth.state) == (S.WITHDRAWN, S.COMING, S.WAITING)
    assert third.moved_up_at == NOW
    assert third.told_at is None
    assert (shift.taken, shift.queued) == (2, 1)
    note(world.chair, third)
    assert third.told_at == NOW
    assert events("sign_up.moved_up") == [{"user_id": world.ids["chair"], "shift_id": shift.id}]
    again = joined(world, shift, "owner")
    assert again.id != first.id
    assert again.state is S.WAITING


def test_signing_up_twice_is_once(world: World, shift: Shift) -> None:
    assert joined(world, shift, "tenant").id == joined(world, shift, "tenant").id
    assert shift.taken == 1


def test_overlaps_and_more_than_twelve_hours_are_refused_with_the_reason(world: World, shift: Shift) -> None:
    joined(world, shift, "tenant")
    other = opened(world, "second", starts_at=NINE + timedelta(hours=1))
    with pytest.raises(Conflict, match="时间重叠"):
        joined(world, other, "tenant")
    right_after = opened(world, "third", starts_at=ELEVEN, hours=10)
    joined(world, right_after, "tenant")
    too_much = opened(world, "fourth", starts_at=NINE - timedelta(hours=1), hours=0.5)
    with pytest.raises(Conflict, match="一天最多 12 小时"):
        joined(world, too_much, "tenant")


def test_who_waits_has_promised_his_time_too(world: World) -> None:
    for name in ("owner", "tenant"):
        registered(world, name)
    narrow = opened(world, needed=1)
    joined(world, narrow, "owner")
    assert joined(world, narrow, "tenant").state is S.WAITING
    with pytest.raises(Conflict, match="时间重叠"):
        joined(world, opened(world, "second"), "tenant")


def test_the_risk_is_read_first(world: World, shift: Shift) -> None:
    with pytest.raises(Invalid, match="风险"):
        sign_up(world.tenant, shift)
    assert sign_up(world.tenant, shift, risk_read=True).risk_read_at == NOW


def test_nobody_signs_up_without_having_registered(world: World) -> None:
    shift = opened(world)
    with pytest.raises(Conflict, match="先登记") as refused:
        joined(world, shift, "tenant")
    assert [u.cure for u in refused.value.unmet] == ["/volunteering/register"]


def test_minors_need_their_guardians_consent(world: World) -> None:
    child = registered(world, "tenant", date(2011, 5, 1))
    shift = opened(world)
    with pytest.raises(Conflict, match="监护人"):
        joined(world, shift, "tenant")
    enter_consent(world.worker, child, guardian="赵大明", agreed_on=date(2026, 6, 15))
    assert joined(world, shift, "tenant").state is S.COMING
    correct_born(world.worker, child, born=date(2012, 5, 1))
    assert child.guardian_agreed_on is None


def test_a_guardian_agrees_with_his_own_account(world: World) -> None:
    child = registered(world, "co_owner", date(2011, 5, 1))
    for wrong in ("tenant", "co_owner"):
        with pytest.raises(Invalid, match="家人"):
            ask_guardian(world.co_owner, child, guardian_id=world.ids[wrong])
    with pytest.raises(NotVisible):
        answer_as_guardian(world.owner, child, yes=True)
    ask_guardian(world.co_owner, child, guardian_id=world.ids["owner"])
    assert consent(child) is None
    with pytest.raises(NotAllowed, match="监护人"):
        answer_as_guardian(world.co_owner, child, yes=True)
    with pytest.raises(NotAllowed, match="代办"):
        answer_as_guardian(replace(world.owner, entered_by=world.ids["worker"]), child, yes=True)
    answer_as_guardian(world.owner, child, yes=True)
    assert (child.guardian_name, consent(child)) == ("王秀兰", world.owner.today)
    assert joined(world, opened(world), "co_owner").state is S.COMING
    answer_as_guardian(world.owner, child, yes=False)
    assert (child.guardian_id, consent(child)) == (None, None)


def test_of_who_is_grown_up_a_guardian_reads_nothing_more(world: World, client: Client) -> None:
    child = registered(world, "co_owner", date(2008, 6, 17))
    ask_guardian(world.co_owner, child, guardian_id=world.ids["owner"])
    client.sign_in("owner")
    assert client.get(f"/volunteers/{child.id}").status_code == 200
    assert [wait.kind for wait in waiting_for(world.owner)] == ["agree_as_guardian"]
    with clock.frozen(NOW + timedelta(days=1)):
        assert client.get(f"/volunteers/{child.id}").status_code == 404
        assert waiting_for(world.owner) == []
        with pytest.raises(NotVisible):
            answer_as_guardian(world.owner, child, yes=True)


def consent(child: Volunteer) -> date | None:
    return child.guardian_agreed_on


def test_a_minor_is_no_guardian_and_makes_himself_no_older(world: World) -> None:
    child = registered(world, "co_owner", date(2011, 5, 1))
    registered(world, "owner", date(2010, 5, 1))
    with pytest.raises(Invalid, match="成年家人"):
        ask_guardian(world.co_owner, child, guardian_id=world.ids["owner"])
    with pytest.raises(NotAllowed):
        correct_born(world.co_owner, child, born=BORN)
    correct_born(world.worker, child, born=BORN)
    with pytest.raises(Invalid, match="成年了"):
        ask_guardian(world.co_owner, child, guardian_id=world.ids["owner"])


def test_consent_is_of_minors_and_of_a_day_that_has_come(world: World) -> None:
    child, grown = registered(world, "tenant", date(2011, 5, 1)), registered(world, "owner")
    with pytest.raises(Invalid, match="还没到"):
        enter_consent(world.worker, child, guardian="赵大明", agreed_on=date(2026, 6, 17))
    for wrong in ("", " ", "赵 强", "x1"):
        with pytest.raises(Invalid):
            enter_consent(world.worker, child, guardian=wrong, agreed_on=date(2026, 6, 15))
    with pytest.raises(Invalid, match="成年"):
        enter_consent(world.worker, grown, guardian="赵大明", agreed_on=date(2026, 6, 15))


def test_too_young_for_this_one_and_never_for_dangerous_ones(world: World) -> None:
    child = registered(world, "tenant", date(2009, 6, 21))
    enter_consent(world.worker, child, guardian="赵大明", agreed_on=date(2026, 6, 15))
    team = founded(world)
    service = planned(world, team, least_age=17)
    shift = shift_of(world, service)
    open_service(world.secretary, service)
    with pytest.raises(Conflict, match="满 17 岁，到那天是 16 岁"):
        joined(world, shift, "tenant")
    dangerous = planned(world, team, "dangerous", dangerous=True)
    shift = shift_of(world, dangerous)
    with pytest.raises(Conflict, match="保险"):
        open_service(world.secretary, dangerous)
    amend_service(
        world.secretary,
        dangerous,
        words=planned_words(dangerous, insurance="社区意外险"),
    )
    open_service(world.secretary, dangerous)
    with pytest.raises(Conflict, match="未成年人不能参加"):
        joined(world, shift, "tenant")


def planned_words(service: Service, **given: Any) -> ServiceWords:
    return ServiceWords(**{f: getattr(service, f) for f in ServiceWords.__dataclass_fields__} | given)


def test_deadlines(world: World, shift: Shift) -> None:
    mine = joined(world, shift, "tenant")
    with clock.frozen(shift.withdraw_by):
        with pytest.raises(NotAllowed, match="打电话给负责人"):
            withdraw(world.tenant, mine)
        withdraw(world.owner, mine)
    with clock.frozen(NINE), pytest.raises(NotAllowed, match="报名已经截止"):
        joined(world, shift, "chair")


def test_registering_is_once_and_with_a_day_of_birth_that_can_be(world: World) -> None:
    first = registered(world, "owner")
    assert registered(world, "owner").id == first.id
    assert registered(world, "tenant").serial == first.serial + 1
    for born in (date(2026, 7, 1), date(1890, 1, 1), date(2024, 1, 1)):
        with pytest.raises(Invalid):
            register(world.chair, world.get(Place, "community"), born=born)


# ---- planning


def test_who_signed_up_is_not_moved_to_another_hour(world: World, shift: Shift) -> None:
    later = ShiftWords(NINE + timedelta(hours=3), ELEVEN + timedelta(hours=3), "东门", 1)
    joined(world, shift, "tenant")
    joined(world, shift, "chair")
    with pytest.raises(Invalid, match="时间不能再改"):
        move_shift(world.owner, shift, words=later)
    same = ShiftWords(NINE, ELEVEN, "东门", 1)
    with pytest.raises(Invalid, match="已经报了 2 个人"):
        move_shift(world.owner, shift, words=same)
    waiting = joined(world, shift, "co_owner")
    move_shift(world.owner, shift, words=ShiftWords(NINE, ELEVEN, "东门", 3))
    assert waiting.state is S.COMING
    with pytest.raises(Invalid, match="风险"):
        service = db.session.get_one(Service, shift.service_id)
        amend_service(world.owner, service, words=planned_words(service, risk="没有风险"))


@pytest.mark.parametrize(
    ("starts", "hours", "needed", "field"),
    [
        (-200, 2, 2, "starts_at"),
        (0, 0, 2, "ends_at"),
        (0, 12.5, 2, "ends_at"),
        (0, 2, 0, "needed"),
        (0, 2, 501, "needed"),
    ],
)
def test_shifts_that_cannot_be(world: World, starts: int, hours: float, needed: int, field: str) -> None:
    service = planned(world, founded(world))
    with pytest.raises(Invalid) as refused:
        shift_of(world, service, NINE + timedelta(hours=starts), hours, needed)
    assert refused.value.field == field


def test_a_cancelled_shift_lets_everybody_go(world: World, shift: Shift) -> None:
    mine = joined(world, shift, "tenant")
    with pytest.raises(Invalid, match="为什么"):
        cancel_shift(world.owner, shift, because="")
    cancel_shift(world.owner, shift, because="下雨")
    assert mine.state is S.WITHDRAWN
    assert shift.taken == 0
    with pytest.raises(Conflict, match="取消"):
        joined(world, shift, "chair")


def test_cancelling_a_service_takes_a_reason(world: World, shift: Shift) -> None:
    mine, service = joined(world, shift, "tenant"), db.session.get_one(Service, shift.service_id)
    with pytest.raises(Conflict, match="为什么"):
        cancel_service(world.owner, service, because="")
    cancel_service(world.owner, service, because="下雨")
    assert (service.state, mine.state) == (ServiceState.CANCELLED, S.WITHDRAWN)


# ---- coming and going


def served(world: World, shift: Shift, name: str, minutes: int = 120) -> SignUp:
    """Somebody signed up, was there from nine on for so long."""
    mine = joined(world, shift, name)
    with clock.frozen(NINE):
        check_in(world.chair, mine)
    with clock.frozen(NINE + timedelta(minutes=minutes)):
        check_out(world.chair, mine)
    return mine


def test_by_the_code_at_the_place(world: World, shift: Shift) -> None:
    mine = joined(world, shift, "tenant")
    with clock.frozen(NINE - timedelta(minutes=29)):
        code = door.code("secret", f"shift:{shift.id}", clock.now())
        with pytest.raises(Invalid, match="码不对"):
            come(world.tenant, shift, code="000000" if code != "000000" else "1", secret="secret")
        come(world.tenant, shift, code=code, secret="secret")
        with pytest.raises(Conflict, match="没有报上"):
            come(world.co_owner, shift, code=code, secret="secret")
    with clock.frozen(ELEVEN):
        code = door.code("secret", f"shift:{shift.id}", clock.now())
        come(world.tenant, shift, code=code, secret="secret", leaving=True)
    assert (mine.arrived_at, mine.left_at) == (NINE - timedelta(minutes=29), ELEVEN)


def test_a_tap_at_the_door_does_not_make_times_his_own_that_the_host_wrote(
    world: World, shift: Shift
) -> None:
    """Who wrote the hours does not confirm them, whatever the other one taps afterwards."""
    with clock.frozen(ELEVEN + timedelta(minutes=5)):
        helper = add_helper(
            world.owner, shift, who="赵强", arrived_at=NINE, left_at=ELEVEN, because="临时来帮忙"
        )
        code = door.code("secret", f"shift:{shift.id}", clock.now())
        come(world.tenant, shift, code=code, secret="secret", leaving=True)
        assert helper.left_at == ELEVEN
        with pytest.raises(NotAllowed, match="您写的"):
            confirm(world.owner, helper)


def test_the_door_keeps_its_hours(world: World, shift: Shift) -> None:
    mine = joined(world, shift, "tenant")
    with pytest.raises(Conflict, match="半小时"):
        check_in(world.owner, mine)
    with clock.frozen(ELEVEN), pytest.raises(Conflict, match="补上时间"):
        check_in(world.owner, mine)


def test_nobody_is_at_two_places(world: World) -> None:
    """The first shift is over and he did not check out: the next does not take him before that is mended."""
    for name in ("owner", "tenant"):
        registered(world, name)
    first, second = opened(world), opened(world, "second", starts_at=ELEVEN)
    one, two = joined(world, first, "tenant"), joined(world, second, "tenant")
    with clock.frozen(NINE):
        check_in(world.owner, one)
    with clock.frozen(ELEVEN):
        with pytest.raises(Conflict, match="还没有签退"):
            check_in(world.owner, two)
        correct_times(world.owner, one, arrived_at=NINE, left_at=ELEVEN, because="忘了签退")
        check_in(world.owner, two)
    with clock.frozen(ELEVEN + timedelta(hours=2)):
        with pytest.raises(Invalid, match="两处"):
            correct_times(
                world.owner,
                two,
                arrived_at=ELEVEN - timedelta(minutes=20),
                left_at=ELEVEN + timedelta(hours=1),
                because="x",
            )
        check_out(world.owner, two)


def test_a_correction_says_why_and_what_can_be(world: World, shift: Shift) -> None:
    mine = joined(world, shift, "tenant")
    with clock.frozen(ELEVEN):
        for arrived, left, because in (
            (NINE, ELEVEN, ""),
            (ELEVEN, NINE, "x"),
            (NINE, ELEVEN + timedelta(minutes=1), "x"),
            (NINE - timedelta(hours=3), NINE - timedelta(hours=1), "x"),
        ):
            with pytest.raises(Invalid):
                correct_times(world.owner, mine, arrived_at=arrived, left_at=left, because=because)


def test_who_came_without_signing_up_is_added_and_takes_nobodys_place(world: World, shift: Shift) -> None:
    joined(world, shift, "owner")
    joined(world, shift, "chair")
    with clock.frozen(NINE):
        helper = add_helper(world.owner, shift, who="赵强", because="临时来帮忙")
    assert helper.added
    assert (helper.arrived_at, shift.taken) == (NINE, 2)
    with clock.frozen(ELEVEN):
        with pytest.raises(Invalid, match="还没有登记"):
            add_helper(world.owner, shift, who="孙朝晖")
        paper = add_helper(
            world.owner, shift, who="王芳", arrived_at=NINE, left_at=ELEVEN, because="临时来帮忙"
        )
    assert (paper.arrived_by, paper.left_at) == ("paper", ELEVEN)


# ---- the book


def test_confirmed_minutes_enter_the_book_once(world: World, shift: Shift) -> None:
    mine = served(world, shift, "tenant", 95)
    with clock.frozen(ELEVEN):
        entry = confirm(world.owner, mine, remark="很认真")
        with pytest.raises(NotAllowed):
            confirm(world.owner, mine)
    assert (entry.minutes, entry.day, mine.state) == (95, date(2026, 6, 20), S.CONFIRMED)
    assert events("sign_up.confirmed") == [
        {
            "entry_id": entry.id,
            "user_id": world.ids["tenant"],
            "minutes": 95,
            "team_id": shift.team_id,
            "service_id": shift.service_id,
            "shift_id": shift.id,
            "day": "2026-06-20",
        }
    ]


def test_a_host_does_not_confirm_himself(world: World, shift: Shift) -> None:
    mine = served(world, shift, "owner")
    with clock.frozen(ELEVEN):
        with pytest.raises(NotAllowed, match="另一个人"):
            confirm(world.owner, mine)
        assert confirm(world.chair, mine).by_id == world.ids["chair"]


def test_other_minutes_than_the_door_took_need_a_reason(world: World, shift: Shift) -> None:
    mine = served(world, shift, "tenant", 90)
    with clock.frozen(ELEVEN):
        with pytest.raises(Invalid, match="90 分钟不一样"):
            confirm(world.owner, mine, minutes=60)
        with pytest.raises(Invalid, match="在场的时间"):
            confirm(world.owner, mine, minutes=91, because="x")
        with pytest.raises(Invalid, match="零"):
            confirm(world.owner, mine, minutes=0, because="x")
        assert confirm(world.owner, mine, minutes=60, because="中间休息").reason == "中间休息"


def test_without_check_out_there_is_nothing_to_confirm(world: World, shift: Shift) -> None:
    mine, other = joined(world, shift, "tenant"), joined(world, shift, "chair")
    with clock.frozen(NINE):
        check_in(world.owner, mine)
    with clock.frozen(ELEVEN):
        with pytest.raises(Conflict, match="签退"):
            confirm(world.owner, mine)
        with pytest.raises(Conflict, match="签到"):
            confirm(world.owner, other)
        with pytest.raises(Conflict, match="签过到"):
            mark_absent(world.owner, mine)
        mark_absent(world.owner, other)
    assert other.state is S.ABSENT


def test_a_correction_is_a_line_of_its_own(world: World, shift: Shift) -> None:
    mine = served(world, shift, "tenant")
    with clock.frozen(ELEVEN):
        entry = confirm(world.owner, mine)
        with pytest.raises(NotVisible):
            correct_hours(world.owner, entry, minutes=60, because="算错了")
        first = correct_hours(world.worker, entry, minutes=60, because="算错了")
        second = correct_hours(world.worker, first, minutes=100, because="又查了一遍")
        with pytest.raises(Invalid, match="一样"):
            correct_hours(world.worker, entry, minutes=100, because="x")
        with pytest.raises(Invalid, match="负"):
            correct_hours(world.worker, entry, minutes=-1, because="x")
    assert (entry.minutes, first.minutes, second.minutes) == (120, -60, 40)
    assert {first.corrects_id, second.corrects_id} == {entry.id}
    total = sa.select(sa.func.sum(HoursEntry.minutes)).where(HoursEntry.user_id == world.ids["tenant"])
    assert db.session.scalar(total) == 100
    assert [e["minutes"] for e in events("hours.corrected")] == [-60, 40]


def test_the_database_keeps_the_book_as_it_was_written(world: World, shift: Shift) -> None:
    mine = served(world, shift, "tenant")
    with clock.frozen(ELEVEN):
        entry = confirm(world.owner, mine)
    where = HoursEntry.id == entry.id
    for wrong in (sa.update(HoursEntry).where(where).values(minutes=600), sa.delete(HoursEntry).where(where)):
        with pytest.raises(IntegrityError, match="is never changed"), transaction():
            db.session.execute(wrong)


def test_a_service_closes_when_everybody_is_settled(world: World, shift: Shift) -> None:
    mine, service = served(world, shift, "tenant"), db.session.get_one(Service, shift.service_id)
    with pytest.raises(Conflict, match="没有结束"):
        close_service(world.owner, service)
    with clock.frozen(ELEVEN):
        with pytest.raises(Conflict, match="1 个人"):
            close_service(world.owner, service)
        confirm(world.owner, mine)
        with pytest.raises(Conflict, match="不能说取消"):
            cancel_service(world.owner, service, because="x")
        close_service(world.owner, service)
    assert service.state is ServiceState.CLOSED


def test_opening_needs_a_shift_ahead(world: World) -> None:
    service = planned(world, founded(world))
    with pytest.raises(Conflict, match="班次"):
        open_service(world.secretary, service)


def test_a_training_is_confirmed_and_is_no_hours(world: World) -> None:
    registered(world, "tenant")
    service = planned(world, founded(world), kind=Kind.TRAINING, risk="")
    shift = shift_of(world, service)
    open_service(world.secretary, service)
    words = ServiceWords(Kind.CLEANING, service.title, service.body)
    with pytest.raises(Invalid, match="改成培训"):
        amend_service(world.secretary, service, words=words)
    mine = served(world, shift, "tenant")
    with clock.frozen(ELEVEN):
        with pytest.raises(Conflict, match="培训"):
            confirm(world.chair, mine)
        confirm_training(world.chair, mine)
        with pytest.raises(NotAllowed):
            confirm_training(world.chair, mine)
    assert (mine.state, mine.minutes) == (SignUpState.CONFIRMED, 120)
    assert (db.session.query(HoursEntry).count(), len(trainings_of(world.ids["tenant"]))) == (0, 1)
