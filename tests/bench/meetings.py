"""A meeting of a large body: all members are there, and hands are asked for."""

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from portal.core import clock
from portal.core.db import db, transaction
from portal.councils.actions.table import found_council
from portal.meetings.actions.arriving import check_in
from portal.meetings.actions.bodies import Rules, found_body
from portal.meetings.actions.calling import call_meeting
from portal.meetings.actions.motions import enter_second, put_motion, raise_motion
from portal.meetings.actions.planning import amend_meeting, plan_meeting
from portal.meetings.actions.running import open_meeting
from portal.meetings.hands import Rule
from portal.meetings.models import AgendaItem, BodyMember, Invitation, Meeting
from portal.meetings.quorum import Presence
from portal.meetings.room import Hand, Motion, Stake
from portal.meetings.sides import Side
from portal.meetings.words import Kind
from portal.places.models import Place

from .community import FIRST, Community, insert_many
from .plan import Phone, Room
from .sessions import signed_in

RULES = Rules("居民代表会议", Presence.HALF, {}, Rule.HALF_PRESENT, 0, 120, "社区礼堂")


def in_session(app: Flask, community: Community) -> Room:
    """Everybody has said that he has no stake, so that whoever taps is counted."""
    meeting = _called(community)
    secretary = community.world.secretary
    found = sa.select(Invitation.id).where(Invitation.meeting_id == meeting.id).order_by(Invitation.user_id)
    asked = list(db.session.scalars(found))
    for number in asked:
        check_in(secretary, meeting, invitation_id=number)
    open_meeting(secretary, meeting)
    item = db.session.scalars(
        sa.select(AgendaItem.id).where(
            AgendaItem.meeting_id == meeting.id, AgendaItem.taken_up_at.is_not(None)
        )
    ).one()
    with transaction():
        rows = ({"item_id": item, "invitation_id": number, "what": "", "at": clock.now()} for number in asked)
        insert_many(Stake, rows)
    motion = raise_motion(secretary, meeting, text="九月底前换成塑木板", moved_by_id=asked[0], once="motion")
    enter_second(secretary, motion, invitation_id=asked[1])
    put_motion(secretary, motion)
    phones = tuple(Phone(*signed_in(app, person)) for person in community.residents)
    return Room(f"/meetings/{meeting.id}/room/live", f"/motions/{motion.id}/hand", phones)


def _called(community: Community) -> Meeting:
    """Of a body whose members are all residents; it begins a minute from now."""
    secretary, world = community.world.secretary, community.world
    council = found_council(world.administrator, world.get(Place, "community"), name="社区议事会")
    place = world.get(Place, "community")
    body = found_body(
        secretary,
        council,
        place=place,
        kind=Kind.RESIDENTS_ASSEMBLY,
        rules=RULES,
        from_seats=False,
        once="room",
    )
    with transaction():
        member = {
            "body_id": body.id,
            "side": Side.RESIDENT,
            "post": "",
            "starts": secretary.today,
            "ends": None,
        }
        insert_many(BodyMember, ({**member, "user_id": n} for n in community.residents))
    starts_at = clock.now() + timedelta(minutes=1)
    meeting = plan_meeting(
        secretary, body, title="木栈道怎么修", starts_at=starts_at, minutes=120, once="room"
    )
    amend_meeting(
        secretary,
        meeting,
        title=meeting.title,
        intro="木板松了三处。",
        starts_at=starts_at,
        minutes=120,
        venue=RULES.venue,
        chair="冯小霞",
        recorder="沈佳慧",
    )
    call_meeting(secretary, meeting, late_because="等不得。")
    return meeting


def hands_shown() -> list[tuple[int, str]]:
    found = (
        sa.select(Invitation.user_id, Hand.choice)
        .join(Invitation, Invitation.id == Hand.invitation_id)
        .join(Motion, Motion.id == Hand.motion_id)
    )
    return [(int(person or 0) - FIRST, choice.value) for person, choice in db.session.execute(found)]
