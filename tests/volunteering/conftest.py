"""A team with a service of two shifts on Saturday 20 June 2026, and what people do around it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.core.db import db
from portal.places.models import Place
from portal.volunteering.actions.planning import (
    ServiceWords,
    ShiftWords,
    add_shift,
    open_service,
    plan_service,
)
from portal.volunteering.actions.registering import register
from portal.volunteering.actions.signing_up import sign_up
from portal.volunteering.actions.teams import TeamWords, found_team
from portal.volunteering.models.people import Team, Volunteer
from portal.volunteering.models.shifts import Service, Shift, SignUp
from portal.volunteering.words import Kind
from tests.world import World

NINE = clock.at(date(2026, 6, 20), 9)
"""Saturday in the week of the world."""
ELEVEN = NINE + timedelta(hours=2)
BORN = date(1958, 3, 2)
TEAM = TeamWords(name="夕阳红巡逻队", purpose="早晚各走一圈，看见坏了的就报。", base="小区东门岗亭")
SERVICE = ServiceWords(
    kind=Kind.CLEANING,
    title="清理北侧绿化带",
    body="捡垃圾、剪枯枝，工具由社区提供。",
    served="小区居民",
    risk="用剪刀要戴手套。",
)


def registered(world: World, name: str, born: date = BORN, skills: str = "") -> Volunteer:
    place = world.get(Place, "community")
    return register(world.actor(name), place, born=born, skills=skills, offers=bool(skills))


def founded(world: World, leader: str = "顾建平", once: str = "team") -> Team:
    return found_team(world.secretary, world.get(Place, "estate"), words=TEAM, leader=leader, once=once)


def planned(world: World, team: Team, once: str = "service", host: str = "王秀兰", **given: Any) -> Service:
    words = ServiceWords(**{**vars(SERVICE), **given})
    return plan_service(world.secretary, team, words=words, host=host, once=once)


def shift_of(
    world: World, service: Service, starts_at: datetime = NINE, hours: float = 2, needed: int = 2
) -> Shift:
    ends_at = starts_at + timedelta(hours=hours)
    words = ShiftWords(starts_at=starts_at, ends_at=ends_at, venue="12号楼北侧", needed=needed)
    return add_shift(world.secretary, service, words=words)


def opened(world: World, once: str = "service", **given: Any) -> Shift:
    """A service that is open, with one shift; `given` is of the shift."""
    team = db.session.query(Team).first() or founded(world)
    service = planned(world, team, once)
    shift = shift_of(world, service, **given)
    open_service(world.secretary, service)
    return shift


def joined(world: World, shift: Shift, name: str) -> SignUp:
    return sign_up(world.actor(name), shift, risk_read=True)


@pytest.fixture
def shift(world: World) -> Shift:
    """Two places; owner (who hosts), tenant, chair and co-owner are volunteers."""
    for name in ("owner", "tenant", "chair", "co_owner"):
        registered(world, name)
    return opened(world)
