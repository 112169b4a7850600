"""Bodies and meetings for the tests of the house: in preparation, called with answers, called off, of a series."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.core.files import StoredFile
from portal.meetings.actions.agendas import Point, add_item, add_materials, add_topic
from portal.meetings.actions.arriving import check_in
from portal.meetings.actions.bodies import Rules, found_body
from portal.meetings.actions.calling import answer_invitation, call_meeting, invite
from portal.meetings.actions.motions import enter_second, put_motion, raise_motion
from portal.meetings.actions.parking import park_note
from portal.meetings.actions.planning import amend_meeting, cancel_meeting, plan_meeting, postpone_meeting
from portal.meetings.actions.repeating import start_series
from portal.meetings.actions.running import open_meeting
from portal.meetings.actions.turns import enter_speaker
from portal.meetings.hands import Rule
from portal.meetings.models import AgendaItem, Body, BodyMember, Invitation, Meeting
from portal.meetings.quorum import Presence
from portal.meetings.schedule import Every, Pattern, Shift
from portal.meetings.sides import Side
from portal.meetings.speaking import Stance
from portal.meetings.words import Interest, Kind, Reply
from portal.places.models import Place
from tests.assembly.letters import kept
from tests.world import NOW

RULES = Rules(
    "三方联席会", Presence.HALF, {Side.PROPERTY: Presence.ONE}, Rule.MORE_FOR, 3, 90, "社区二楼议事厅"
)
PATTERN = Pattern(Every.MONTH_DAYS, (5, 25))


def of_meetings(rows: Any) -> None:
    world = rows.world
    secretary, community = world.secretary, world.get(Place, "community")
    given = {"place": community, "kind": Kind.THREE_PARTY, "rules": RULES, "from_seats": True}
    body = rows.add(found_body(secretary, rows.named["council"], once="body", **given), "body")
    series = start_series(
        secretary, body, pattern=PATTERN, shift=Shift.NEXT, begins=19 * 60, starts=NOW.date(), once="series"
    )
    rows.addresses.append({"body_id": body.id, "series_id": series.id})
    for member in db.session.scalars(sa.select(BodyMember).where(BodyMember.body_id == body.id)):
        rows.addresses.append({"body_id": body.id, "member_id": member.id})
    preparing = planned(rows, body, "preparing", 8)
    add_topic(secretary, preparing, topic=rows.named["deliberating"])
    called = planned(rows, body, "called", 9)
    add_item(secretary, called, point=Point("物业通报", 20, side=Side.PROPERTY, presenter="陈立军"))
    add_materials(secretary, called, papers=[kept()])
    invite(secretary, called, who="质检站老刘", side=Side.OTHER, interest=Interest.INSPECTION)
    call_meeting(secretary, called)
    cancel_meeting(secretary, planned(rows, body, "called_off", 10), reason="场地漏水。")
    with clock.frozen(NOW - timedelta(days=2)):
        planned(rows, body, "missed", -1)
    postpone_meeting(secretary, planned(rows, body, "postponed", 12), reason="等报价。")
    for meeting in (preparing, called):
        of_meeting(rows, meeting)
    answer_invitation(world.owner, rows.named["invitation_owner"], reply=Reply.YES)
    of_room(rows, planned(rows, body, "in_session", 11))
    given |= {"kind": Kind.HEARING, "rules": replace(RULES, name="听证会")}
    hearing = rows.add(found_body(secretary, rows.named["council"], once="hearing", **given), "body_hearing")
    planned(rows, hearing, "hearing", 16)


def planned(rows: Any, body: Body, name: str, days: int) -> Meeting:
    secretary = rows.world.secretary
    starts_at = clock.at(clock.local(NOW).date() + timedelta(days=days), 9)
    meeting = plan_meeting(secretary, body, title="木栈道怎么修", starts_at=starts_at, minutes=90, once=name)
    amend_meeting(
        secretary,
        meeting,
        title=meeting.title,
        intro="木板松了三处。",
        starts_at=starts_at,
        minutes=90,
        venue=meeting.venue,
        chair="冯小霞",
        recorder="沈佳慧",
    )
    return rows.add(meeting, f"meeting_{name}")  # type: ignore[no-any-return]


def of_meeting(rows: Any, meeting: Meeting) -> None:
    """The addresses of its agenda, of those who are asked and of its materials."""
    for file in db.session.scalars(
        sa.select(StoredFile).where(StoredFile.subject == f"meeting:{meeting.id}")
    ):
        for size in ("full", "thumb"):
            rows.addresses.append({"meeting_id": meeting.id, "file_id": file.id, "size": size})
    for item in db.session.scalars(sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)):
        rows.addresses.append({"meeting_id": meeting.id, "item_id": item.id})
    for asked in db.session.scalars(sa.select(Invitation).where(Invitation.meeting_id == meeting.id)):
        own = asked.user_id == rows.world.ids["owner"]
        rows.add(asked, "invitation_owner" if own else "")
        rows.addresses.append({"meeting_id": meeting.id, "asked_id": asked.id})


def of_room(rows: Any, meeting: Meeting) -> None:
    """In session: everybody is there, a motion is being decided, one waits for a second, somebody wants to speak."""
    world, secretary = rows.world, rows.world.secretary
    add_item(secretary, meeting, point=Point("木栈道换什么板", 30))
    call_meeting(secretary, meeting)
    with clock.frozen(meeting.starts_at):
        secretary = world.secretary
        found = sa.select(Invitation).where(Invitation.meeting_id == meeting.id).order_by(Invitation.id)
        asked = list(db.session.scalars(found))
        for who in asked:
            check_in(secretary, meeting, invitation_id=who.id)
        open_meeting(secretary, meeting)
        turn = enter_speaker(secretary, meeting, invitation_id=asked[0].id, stance=Stance.FOR)
        note = park_note(secretary, meeting, text="东门的路灯也该换了", once="note")
        put, waiting = (
            raise_motion(secretary, meeting, text=text, moved_by_id=asked[0].id, once=text)
            for text in ("九月底前换成塑木板", "先修三处")
        )
        enter_second(secretary, put, invitation_id=asked[1].id)
        put_motion(secretary, put)
    rows.add(put, "motion_put", asked_id=asked[0].id)
    rows.add(waiting, "motion_moved")
    of_meeting(rows, meeting)
    rows.addresses.append({"meeting_id": meeting.id, "turn_id": turn.id})
    rows.addresses.append({"meeting_id": meeting.id, "note_id": note.id})
