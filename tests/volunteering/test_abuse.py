"""What somebody tried who wanted more hours than he served, or for himself what is for others."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.volunteering.actions.arriving import add_helper, check_in, check_out, correct_times
from portal.volunteering.actions.confirming import confirm
from portal.volunteering.actions.planning import cancel_shift, open_service
from portal.volunteering.models.shifts import Service, Shift, SignUp
from tests.volunteering.conftest import ELEVEN, NINE, founded, joined, planned, registered, shift_of
from tests.world import World


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
        two = add_helper(world.tenant, second, who="王芳", arrived_at=NINE, left_at=ELEVEN)
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
        helper = add_helper(world.owner, shift, who="赵强", arrived_at=NINE, left_at=ELEVEN)
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
    return add_helper(for_the_host, shift, who="王芳", arrived_at=NINE, left_at=ELEVEN)


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
        add_helper(world.owner, shift, who="赵强", arrived_at=NINE, left_at=ELEVEN)
