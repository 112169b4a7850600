"""Teams, call-outs, objections and certificates."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.volunteering.actions import calling_out, certifying, teams
from portal.volunteering.actions.calling_out import StandingWords
from portal.volunteering.actions.confirming import confirm, correct_hours
from portal.volunteering.models.book import HoursEntry, ServiceCertificate
from portal.volunteering.models.people import Team, TeamMember
from portal.volunteering.models.shifts import Shift, SignUp
from portal.volunteering.models.standing import CallOut, CallReply
from portal.volunteering.people import volunteer_of
from portal.volunteering.words import CertificateState, Kind, MemberState, SignUpState
from tests.volunteering.conftest import ELEVEN, NINE, TEAM, founded, registered
from tests.volunteering.test_actions import served
from tests.world import NOW, World

SNOW = StandingWords(
    name="以雪为令", kind=Kind.SNOW, trigger="早上六点路面有积雪", venue="小区东门", minutes=90, risk="路滑"
)
M = MemberState


# ---- teams


@pytest.fixture
def team(world: World) -> Team:
    return founded(world)


def test_a_leader_is_the_first_member(world: World, team: Team) -> None:
    assert (team.leader_id, team.members_count) == (world.ids["chair"], 1)
    assert founded(world).id == team.id
    with pytest.raises(Invalid, match="没有叫"):
        founded(world, "没有这个人", "other")


def test_by_application(world: World, team: Team) -> None:
    mine = teams.apply(world.tenant, team, words="晚上有空")
    assert teams.apply(world.tenant, team).id == mine.id
    with pytest.raises(NotVisible):
        teams.admit(world.owner, mine, yes=True)
    teams.admit(world.chair, mine, yes=True)
    assert (mine.state, team.members_count) == (M.MEMBER, 2)
    teams.leave(world.tenant, mine)
    assert (mine.state, team.members_count) == (M.LEFT, 1)
    assert teams.apply(world.tenant, team).id != mine.id


def test_by_invitation(world: World, team: Team) -> None:
    asked = teams.invite(world.chair, team, who="赵强")
    with pytest.raises(NotAllowed):
        teams.accept(world.chair, asked, yes=True)
    teams.accept(world.tenant, asked, yes=False)
    assert asked.state is M.DECLINED
    again = teams.invite(world.chair, team, who="赵强")
    teams.accept(world.tenant, again, yes=True)
    with pytest.raises(Invalid, match="已经是队员"):
        teams.invite(world.chair, team, who="赵强")
    assert team.members_count == 2


def test_who_applied_and_is_invited_is_in_and_the_other_way_round(world: World, team: Team) -> None:
    teams.apply(world.tenant, team)
    assert teams.invite(world.chair, team, who="赵强").state is M.MEMBER
    teams.invite(world.chair, team, who="王秀兰")
    assert teams.apply(world.owner, team).state is M.MEMBER


def test_a_leader_leaves_when_somebody_else_leads(world: World, team: Team) -> None:
    first = db.session.scalar(sa.select(TeamMember).where(TeamMember.user_id == world.ids["chair"]))
    assert first
    with pytest.raises(Conflict, match="换一位队长"):
        teams.leave(world.chair, first)
    teams.hand_over(world.secretary, team, leader="赵强")
    teams.leave(world.chair, db.session.get_one(TeamMember, first.id))
    assert team.members_count == 1
    with pytest.raises(NotAllowed):
        teams.amend_team(world.chair, team, words=TEAM)
    teams.amend_team(world.tenant, team, words=TEAM)
    teams.end_team(world.secretary, team)
    with pytest.raises(NotAllowed, match="解散"):
        teams.apply(world.owner, team)


# ---- standing projects


def called(world: World, team: Team) -> CallOut:
    standing = calling_out.set_up(world.chair, team, words=SNOW, once="snow")
    starts_at = NOW + timedelta(hours=1)
    return calling_out.call_out(
        world.chair, standing, starts_at=starts_at, needed=20, words="扫到学校门口", once="call"
    )


def test_members_answer_a_call_in_one_tap(world: World, team: Team) -> None:
    for name in ("chair", "tenant"):
        registered(world, name)
    teams.accept(world.tenant, teams.invite(world.chair, team, who="赵强"), yes=True)
    call = called(world, team)
    with pytest.raises(NotVisible):
        calling_out.answer_call(world.owner, call, coming=True)
    calling_out.answer_call(world.tenant, call, coming=True)
    calling_out.answer_call(world.tenant, call, coming=True)
    shift = db.session.get_one(Shift, call.shift_id)
    assert shift.taken == 1
    calling_out.answer_call(world.tenant, call, coming=False)
    states = db.session.scalars(sa.select(SignUp.state).where(SignUp.shift_id == shift.id)).all()
    assert (states, shift.taken) == ([SignUpState.WITHDRAWN], 0)
    calling_out.answer_call(world.tenant, call, coming=True)
    reply = db.session.get_one(CallReply, (call.id, world.ids["tenant"]))
    assert reply.coming
    with clock.frozen(call.ends_at), pytest.raises(NotAllowed, match="过去"):
        calling_out.answer_call(world.chair, call, coming=True)


def test_a_call_is_for_now(world: World, team: Team) -> None:
    standing = calling_out.set_up(world.chair, team, words=SNOW, once="snow")
    for wrong in (NOW - timedelta(hours=1), NOW + timedelta(days=4)):
        with pytest.raises(Invalid, match="三天"):
            calling_out.call_out(world.chair, standing, starts_at=wrong, needed=20, words="", once="wrong")
    calling_out.end_standing(world.chair, standing)
    with pytest.raises(NotAllowed, match="不再做"):
        calling_out.call_out(world.chair, standing, starts_at=NOW, needed=2, words="", once="x")


# ---- objections and certificates


@pytest.fixture
def entry(world: World, shift: Shift) -> HoursEntry:
    """Two hours of the tenant."""
    mine = served(world, shift, "tenant")
    with clock.frozen(ELEVEN):
        return confirm(world.owner, mine)


def asked(world: World, once: str = "asked") -> ServiceCertificate:
    mine = volunteer_of(world.ids["tenant"])
    assert mine
    with clock.frozen(ELEVEN):
        return certifying.ask_certificate(
            world.tenant, mine, since=date(2026, 1, 1), until=date(2026, 6, 20), agrees=True, once=once
        )


def test_an_objection_gets_its_answer(world: World, entry: HoursEntry) -> None:
    mine = volunteer_of(world.ids["tenant"])
    assert mine
    objection = certifying.object_to_hours(world.tenant, mine, text="还有一次没记", once="o")
    assert certifying.object_to_hours(world.tenant, mine, text="还有一次没记", once="o").id == objection.id
    with pytest.raises(Invalid, match="答复"):
        certifying.answer_objection(world.worker, objection, answer="")
    certifying.answer_objection(world.worker, objection, answer="补记了")
    with pytest.raises(NotAllowed, match="答复过"):
        certifying.answer_objection(world.worker, objection, answer="再答")


def test_a_certificate_hangs_out_and_waits_for_answers(world: World, entry: HoursEntry) -> None:
    certificate = asked(world)
    assert (certificate.number, certificate.minutes) == ("2026-0001", 120)
    with pytest.raises(Conflict, match="先公示"):
        certifying.issue_certificate(world.worker, certificate)
    with pytest.raises(Invalid, match="至少 7 天"):
        certifying.post_certificate(world.worker, certificate, days=6)
    certifying.post_certificate(world.worker, certificate)
    objection = certifying.object_to_certificate(world.owner, certificate, text="那天他没来", once="o")
    with pytest.raises(Conflict) as refused:
        certifying.issue_certificate(world.worker, certificate)
    assert len(refused.value.reasons) == 2
    certifying.answer_objection(world.worker, objection, answer="签到和负责人都能证明")
    with clock.frozen(NOW + timedelta(days=7)):
        certifying.issue_certificate(world.worker, certificate)
    assert certificate.state is CertificateState.ISSUED
    with pytest.raises(Conflict, match="理由"):
        certifying.revoke_certificate(world.worker, certificate, reason="")
    certifying.revoke_certificate(world.worker, certificate, reason="查实不是他")


def test_a_certificate_that_need_not_hang_out_says_why(world: World, entry: HoursEntry) -> None:
    certificate = asked(world)
    certifying.issue_certificate(world.worker, certificate, unposted_because="街道规定入党材料不公示")
    assert certificate.state is CertificateState.ISSUED
    assert asked(world, "second").number == "2026-0002"


def test_what_was_corrected_since_is_not_certified(world: World, entry: HoursEntry) -> None:
    certificate = asked(world)
    correct_hours(world.worker, entry, minutes=60, because="早退")
    with pytest.raises(Invalid, match="更正"):
        certifying.issue_certificate(world.worker, certificate, unposted_because="x")
    certifying.decline_certificate(world.worker, certificate, reason="有更正，请另外申请")
    assert asked(world, "second").minutes == 60


def test_what_a_certificate_is_asked_with(world: World, entry: HoursEntry) -> None:
    mine = volunteer_of(world.ids["tenant"])
    assert mine
    day, today = date(2026, 6, 20), date(2026, 6, 16)
    with clock.frozen(NINE):
        for since, until, agrees in (
            (day, day, False),
            (day, today, True),
            (day, date(2026, 6, 21), True),
            (date(2026, 1, 1), today, True),
        ):
            with pytest.raises(Invalid):
                certifying.ask_certificate(
                    world.tenant, mine, since=since, until=until, agrees=agrees, once="wrong"
                )


def test_nobody_certifies_himself(world: World, shift: Shift) -> None:
    """A social worker who helped on Saturday."""
    registered(world, "worker")
    mine = served(world, shift, "worker")
    with clock.frozen(ELEVEN):
        confirm(world.owner, mine)
        own = volunteer_of(world.ids["worker"])
        assert own
        certificate = certifying.ask_certificate(
            world.worker, own, since=date(2026, 6, 20), until=date(2026, 6, 20), agrees=True, once="own"
        )
    with pytest.raises(NotAllowed, match="另一个人"):
        certifying.issue_certificate(world.worker, certificate, unposted_because="x")
    certifying.issue_certificate(world.secretary, certificate, unposted_because="x")
