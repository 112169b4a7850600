"""Bodies: setting one up with its rules, and who belongs to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from ...accounts.models import Grant, Role
from ...core import clock
from ...core.access import containing
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.terms import in_term
from ...core.text import _
from ...councils.models import Council, Seat
from ...councils.words import Party
from .. import notice
from ..events import BodyAmended, BodyFounded, MemberAdded, MemberLeft
from ..hands import RULE_WORD, Rule
from ..models import Body, BodyMember, Invitation, Meeting
from ..people import somebody
from ..policy import Can
from ..quorum import Presence
from ..sides import Side
from ..words import LAW, Kind, MeetingState, Reply

SHORTEST, LONGEST = 15, 480
"""Minutes of a meeting."""
MOST_NOTICE = 30
MOST_REPLY = 60


@dataclass(frozen=True)
class Rules:
    """What a body goes by."""

    name: str
    quorum: Presence
    side_quorums: Mapping[Side, Presence]
    rule: Rule
    notice_days: int
    minutes: int
    venue: str = ""
    substitutes: bool = True
    reply_days: int = 15


@action(Can.FOUND)
def found_body(
    actor: Actor, council: Council, *, place: Any, kind: Kind, rules: Rules, from_seats: bool, once: str
) -> Body:
    """Set up who meets; with `from_seats` those who sit in the council are its members.

    The same `once` again returns the body it made before. Raises Invalid for a place outside the council's.
    """
    if known := made(Body, once, founded_by_id=actor.id):
        return known
    if place is None or not place.place_path.startswith(council.place_path):
        raise Invalid(_("请选本议事会范围内的社区或小区。"), "place_id")
    _name_free(place.place_path, rules.name)
    assert actor.id is not None
    body = Body(
        council_id=council.id,
        place_path=place.place_path,
        place_label=place.label,
        kind=kind,
        founded_by_id=actor.id,
        founded_at=actor.now,
        once=once,
        **_columns(kind, rules),
    )
    store(body)
    record(actor, body, BodyFounded(kind))
    if from_seats:
        seated = sa.select(Seat.user_id, Seat.party).where(Seat.council_id == council.id, in_term(Seat))
        if kind is Kind.COMMITTEE:
            seated = seated.where(Seat.party == Party.COMMITTEE)
        for seat in db.session.execute(seated.order_by(Seat.id)).all():
            _add(actor, body, seat.user_id, Side(seat.party.value))
    return body


@action(Can.RUN)
def amend_body(actor: Actor, body: Body, *, rules: Rules) -> None:
    """Change what a body goes by. Meetings that were called keep what they were called by; another number of days of
    notice is for meetings whose notice can still be in time, so that it excuses none that is late."""
    _name_free(body.place_path, rules.name, body.id)
    for column, value in _columns(body.kind, rules).items():
        setattr(body, column, value)
    preparing = sa.select(Meeting).where(
        Meeting.body_id == body.id, Meeting.state == MeetingState.PLANNED, Meeting.notice_by > actor.now
    )
    for meeting in db.session.scalars(preparing):
        meeting.notice_days = body.notice_days
        meeting.notice_by = notice.due(meeting.starts_at, body.notice_days)
    record(actor, body, BodyAmended())


@action(Can.RUN)
def add_member(
    actor: Actor, body: Body, *, who: str, side: Side, post: str = "", ends: date | None = None
) -> BodyMember:
    """Make somebody (by name or phone) a member from today until the day his term ends, if it has one; meetings in
    preparation that fall into it ask him too. `post`: as what, beside his side.

    Raises Invalid for nobody or several, for a day that has passed, and at the owners' committee for anybody who does
    not sit in it; Conflict for a member.
    """
    if ends is not None and ends <= actor.today:
        raise Invalid(_("任期结束的日子要在今天以后。"), "ends")
    person = somebody(actor, body.place_path, who, "who")
    belongs = sa.select(BodyMember.id).where(
        BodyMember.body_id == body.id, BodyMember.user_id == person.id, in_term(BodyMember)
    )
    if db.session.scalar(belongs):
        raise Conflict(_("这个人已经是成员了。"))
    if body.kind is Kind.COMMITTEE:
        _sits_in_committee(body, person.id, side)
    return _add(actor, body, person.id, side, post, ends)


def _sits_in_committee(body: Body, user_id: int, side: Side) -> None:
    """Members of the owners' committee are elected by the owners; no convener makes one. Others sit in. Raises
    Invalid."""
    if side is not Side.COMMITTEE:
        raise Invalid(_("业委会会议的成员都是业委会一方；别的人请到会上列席。"), "side")
    post = sa.select(Grant.id).where(
        Grant.user_id == user_id,
        Grant.role.in_((Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER)),
        sa.or_(
            Grant.place_path.startswith(body.place_path), Grant.place_path.in_(containing(body.place_path))
        ),
        in_term(Grant),
    )
    seat = sa.select(Seat.id).where(
        Seat.user_id == user_id,
        Seat.council_id == body.council_id,
        Seat.party == Party.COMMITTEE,
        in_term(Seat),
    )
    if db.session.scalar(post.limit(1)) is None and db.session.scalar(seat.limit(1)) is None:
        raise Invalid(_("业委会会议的成员要是在任的业委会委员；别的人请到会上列席。"), "who")


@action(Can.RUN)
def end_member(actor: Actor, body: Body, *, member_id: int) -> None:
    """End a membership today; meetings in preparation no longer ask him. Does nothing if it has ended."""
    member = db.session.get(BodyMember, member_id)
    if member is None or member.body_id != body.id:
        raise Invalid(_("没有这个成员，请刷新页面看看。"))
    if member.ends is not None and member.ends <= actor.today:
        return
    if member.starts == actor.today:
        db.session.delete(member)
    else:
        member.ends = actor.today
    preparing = sa.select(Meeting.id).where(Meeting.body_id == body.id, Meeting.state == MeetingState.PLANNED)
    db.session.execute(
        sa.delete(Invitation).where(
            Invitation.user_id == member.user_id,
            Invitation.member.is_(True),
            Invitation.meeting_id.in_(preparing),
        )
    )
    record(actor, body, MemberLeft(member.user_id, member.side))


def _add(
    actor: Actor, body: Body, user_id: int, side: Side, post: str = "", ends: date | None = None
) -> BodyMember:
    member = BodyMember(body_id=body.id, user_id=user_id, side=side, post=post, starts=actor.today, ends=ends)
    store(member)
    preparing = sa.select(Meeting).where(Meeting.body_id == body.id, Meeting.state == MeetingState.PLANNED)
    for meeting in db.session.scalars(preparing).all():
        _ask(body, meeting, member)
    record(actor, body, MemberAdded(user_id, side))
    return member


def ask_members(body: Body, meeting: Meeting) -> None:
    """Everybody who belongs to the body today is asked to a meeting that is being planned."""
    for member in _members(body):
        _ask(body, meeting, member)


def ask_anew(body: Body, meeting: Meeting) -> None:
    """For another day everybody answers anew and nobody is there yet; those who left the body since, and those who
    only came along, are asked no more."""
    members = {member.user_id for member in _members(body)}
    for asked in db.session.scalars(sa.select(Invitation).where(Invitation.meeting_id == meeting.id)).all():
        if asked.uninvited or (asked.member and asked.user_id not in members):
            db.session.delete(asked)
            continue
        asked.reply, asked.replied_at, asked.replied_by_id = Reply.WAITING, None, None
        asked.substitute, asked.substitute_id = "", None
        asked.arrived_at, asked.left_at, asked.arrival, asked.arrived_by_id = None, None, None, None
    db.session.flush()
    ask_members(body, meeting)


def _members(body: Body) -> Sequence[BodyMember]:
    found = sa.select(BodyMember).where(BodyMember.body_id == body.id, in_term(BodyMember))
    return db.session.scalars(found.order_by(BodyMember.id)).all()


def _ask(body: Body, meeting: Meeting, member: BodyMember) -> None:
    """Ask a member whose term lasts until then; whoever was asked as a guest comes as the member he has become."""
    if member.ends is not None and clock.local(meeting.starts_at).date() >= member.ends:
        return
    found = sa.select(Invitation).where(
        Invitation.meeting_id == meeting.id, Invitation.user_id == member.user_id
    )
    asked = db.session.scalar(found)
    if asked is not None:
        asked.member, asked.side = True, member.side
        return
    store(
        Invitation(
            meeting_id=meeting.id,
            place_path=body.place_path,
            user_id=member.user_id,
            name="",
            side=member.side,
            member=True,
            interest=None,
        )
    )


def _name_free(place_path: str, name: str, but: int = 0) -> None:
    """Two tables of one name at one place would be told apart by nobody. Raises Invalid."""
    same = sa.select(Body.id).where(Body.place_path == place_path, Body.name == name, Body.id != but)
    if other := db.session.scalar(same.limit(1)):
        raise Invalid(
            _("这里已经有一个“%(name)s”，请换个名字，或者用那一个。", name=name), "name", f"/bodies/{other}"
        )


def _against_law(kind: Kind, rules: Rules) -> Iterator[Invalid]:
    law = LAW.get(kind)
    if law is None:
        return
    if rules.quorum not in law.quorums:
        yield Invalid(_("按%(law)s，要过半数的人到会才能开。", law=_(law.written)), "quorum")
    if rules.rule not in law.rules:
        least = _(RULE_WORD[law.rules[0]])
        yield Invalid(_("按%(law)s，至少要“%(rule)s”。", law=_(law.written), rule=least), "rule")
    if law.in_person and rules.substitutes:
        yield Invalid(_("按%(law)s，委员要本人来，不能请别人替。", law=_(law.written)), "substitutes")


def _out_of_proportion(rules: Rules) -> Iterator[Invalid]:
    if not SHORTEST <= rules.minutes <= LONGEST:
        yield Invalid(_("一次会请写 %(least)d 到 %(most)d 分钟。", least=SHORTEST, most=LONGEST), "minutes")
    if not 0 <= rules.notice_days <= MOST_NOTICE:
        yield Invalid(_("提前通知请写 0 到 %(most)d 天。", most=MOST_NOTICE), "notice_days")
    if not 1 <= rules.reply_days <= MOST_REPLY:
        yield Invalid(_("书面答复请写 1 到 %(most)d 天。", most=MOST_REPLY), "reply_days")


def _columns(kind: Kind, rules: Rules) -> dict[str, Any]:
    """The columns of a body's rules. Raises Invalid for numbers out of all proportion, and for less than law asks."""
    if found := [*_against_law(kind, rules), *_out_of_proportion(rules)]:
        raise Invalid.of(found)
    asked = {
        side.value: least.value for side, least in rules.side_quorums.items() if least is not Presence.NONE
    }
    return {
        "name": rules.name,
        "quorum": rules.quorum,
        "side_quorums": asked,
        "rule": rules.rule,
        "notice_days": rules.notice_days,
        "minutes": rules.minutes,
        "venue": rules.venue,
        "substitutes": rules.substitutes,
        "reply_days": rules.reply_days,
    }
