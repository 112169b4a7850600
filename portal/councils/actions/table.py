"""Councils and their seats."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from ...accounts.models import User
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid, Unmet
from ...core.eventlog import record
from ...core.text import _
from ...places.actions.lines import line
from ..events import CouncilFounded, SeatEnded, SeatTaken
from ..models import Council, Seat, StopCount
from ..policy import Can
from ..rules import MOST_ENDORSEMENTS, MOST_SCREENING_DAYS
from ..words import Party, Stop

LONGEST_NAME = 60


@action(Can.FOUND)
def found_council(
    actor: Actor, place: Any, *, name: str, endorsements_needed: int = 10, screening_days: int = 3
) -> Council:
    """Set up the council of a place. Raises Invalid for a name or a number that cannot be, Conflict if the place has
    one."""
    name = named(name)
    within(endorsements_needed, screening_days)
    if db.session.scalar(sa.select(Council.id).where(Council.place_path == place.place_path)):
        raise Conflict(Unmet(_("这里已经有议事会了。"), "/council"))
    council = Council(
        place_path=place.place_path,
        name=name,
        endorsements_needed=endorsements_needed,
        screening_days=screening_days,
    )
    store(council)
    store(*(StopCount(council_id=council.id, stop=s, place_path=council.place_path, topics=0) for s in Stop))
    record(actor, council, CouncilFounded())
    return council


def named(name: str) -> str:
    """The name of a council as it is kept. Raises Invalid."""
    return line(name, LONGEST_NAME, _("请写议事会叫什么。"), "name")


def within(endorsements_needed: int, screening_days: int) -> tuple[int, int]:
    """The numbers of a council. Raises Invalid for one that cannot be."""
    _check("endorsements_needed", endorsements_needed, MOST_ENDORSEMENTS)
    _check("screening_days", screening_days, MOST_SCREENING_DAYS)
    return endorsements_needed, screening_days


def _check(name: str, said: int, most: int) -> None:
    if not 1 <= said <= most:
        raise Invalid(_("请写 1 到 %(most)d。", most=most), name)


@action(Can.SEAT)
def give_seat(
    actor: Actor, council: Council, *, user_id: int, party: Party, ends: date | None = None
) -> Seat:
    """Seat a person for a party from today. Raises Invalid for somebody of another community, Conflict if he
    already has a seat."""
    person = db.session.get(User, user_id)
    if person is None or not council.place_path.startswith(person.place_path):
        raise Invalid(_("请选本社区的人。"), "user_id")
    seated = sa.select(Seat.id).where(
        Seat.council_id == council.id, Seat.user_id == user_id, Seat.ends.is_(None)
    )
    if db.session.scalar(seated):
        raise Conflict(_("这个人已经有席位了。"))
    seat = Seat(
        council_id=council.id,
        user_id=user_id,
        place_path=council.place_path,
        party=party,
        starts=actor.today,
        ends=ends,
    )
    store(seat)
    record(actor, council, SeatTaken(user_id, party))
    return seat


@action(Can.SEAT)
def end_seat(actor: Actor, seat: Seat) -> None:
    """End a seat today. Does nothing if it has ended."""
    if seat.ends is None or seat.ends > actor.today:
        seat.ends = actor.today
        record(actor, db.session.get_one(Council, seat.council_id), SeatEnded(seat.user_id, seat.party))
