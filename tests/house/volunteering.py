"""Volunteers for the tests of the house: teams, a call-out, services in each state, hours, objections, certificates."""

from datetime import date, timedelta
from typing import Any

from portal.core import clock
from portal.core.db import db
from portal.volunteering.actions import calling_out, certifying, teams
from portal.volunteering.actions.arriving import check_in, check_out
from portal.volunteering.actions.confirming import confirm, correct_hours
from portal.volunteering.actions.planning import cancel_service
from portal.volunteering.models.shifts import Service, SignUp
from portal.volunteering.people import volunteer_of
from tests.volunteering.conftest import (
    ELEVEN,
    NINE,
    founded,
    joined,
    opened,
    planned,
    registered,
    shift_of,
)
from tests.volunteering.test_actions_around import SNOW
from tests.world import NOW

PAST = NOW - timedelta(days=7)
LAST_WEEK = NINE - timedelta(days=7)


def of_volunteering(rows: Any) -> None:
    world = rows.world
    for name in ("owner", "tenant", "chair", "manager"):
        rows.add(registered(world, name, skills="修鞋" if name == "owner" else ""), f"volunteer_{name}")
    rows.add(registered(world, "worker", date(2012, 1, 1)), "volunteer_worker")
    team = rows.add(founded(world), "volunteer_team")
    _members(rows, team)
    _called(rows, team)
    rows.add(planned(world, team, "planned"), "service_planned")
    _book(rows)
    shift = rows.add(opened(world, "ahead", needed=1), "shift_ahead")
    rows.add(db.session.get_one(Service, shift.service_id), "service_open")
    rows.add(joined(world, shift, "owner"), "sign_up_coming")
    rows.add(joined(world, shift, "manager"), "sign_up_waiting")
    gone = planned(world, team, "cancelled")
    rows.add(shift_of(world, gone), "shift_cancelled")
    cancel_service(world.secretary, gone, because="下雨")
    rows.add(gone, "service_cancelled")


def _members(rows: Any, team: Any) -> None:
    world = rows.world
    rows.add(teams.apply(world.owner, team, words="晚上有空"), "member_applied")
    rows.add(teams.invite(world.chair, team, who="孙朝晖"), "member_invited")
    member = teams.apply(world.tenant, team)
    teams.admit(world.chair, member, yes=True)
    rows.add(member, "member_in")


def _called(rows: Any, team: Any) -> None:
    world = rows.world
    standing = rows.add(calling_out.set_up(world.chair, team, words=SNOW, once="snow"), "standing")
    starts_at = NOW + timedelta(hours=1)
    call = calling_out.call_out(
        world.chair, standing, starts_at=starts_at, needed=20, words="扫到学校门口", once="call"
    )
    rows.add(call, "call_out")


def _book(rows: Any) -> None:
    """Last Saturday: the tenant served, the owner is to be confirmed, hours were corrected and certified."""
    world = rows.world
    with clock.frozen(PAST):
        shift = rows.add(opened(world, "past", starts_at=LAST_WEEK), "shift_past")
        came = [joined(world, shift, "tenant"), joined(world, shift, "manager")]
    with clock.frozen(LAST_WEEK):
        for one in came:
            check_in(world.chair, one)
    with clock.frozen(ELEVEN - timedelta(days=7)):
        for one in came:
            check_out(world.chair, one)
        entry = rows.add(confirm(world.owner, came[0]), "entry")
    rows.add(db.session.get_one(SignUp, came[0].id), "sign_up_confirmed")
    rows.add(db.session.get_one(SignUp, came[1].id), "sign_up_to_confirm")
    rows.add(correct_hours(world.worker, entry, minutes=100, because="早走了"), "entry_corrected")
    mine = volunteer_of(world.ids["tenant"])
    assert mine
    rows.add(certifying.object_to_hours(world.tenant, mine, text="少记了 20 分钟", once="o"), "objection")
    for name in ("asked", "posted", "issued"):
        certificate = certifying.ask_certificate(
            world.tenant, mine, since=date(2026, 1, 1), until=world.tenant.today, agrees=True, once=name
        )
        rows.add(certificate, f"certificate_{name}")
        if name == "posted":
            certifying.post_certificate(world.worker, certificate)
            text = "那天他没来"
            objected = certifying.object_to_certificate(world.owner, certificate, text=text, once="oc")
            rows.add(objected, "objection_to_certificate")
        if name == "issued":
            certifying.issue_certificate(world.worker, certificate, unposted_because="街道规定")
