"""Minutes for the tests of the house: a draft, one that is being read with an objection, one that is sealed."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.meetings.actions.agendas import add_topic
from portal.meetings.actions.arriving import admit, check_in
from portal.meetings.actions.bodies import Rules, found_body
from portal.meetings.actions.calling import call_meeting
from portal.meetings.actions.parking import park_note
from portal.meetings.actions.running import close_meeting, open_meeting
from portal.meetings.actions.turns import enter_speaker, give_turn
from portal.meetings.hands import Rule as Hands
from portal.meetings.models import AgendaItem, Invitation, Meeting
from portal.meetings.quorum import Presence
from portal.meetings.sides import Side
from portal.meetings.speaking import Stance
from portal.meetings.words import Kind
from portal.minutes.actions.claiming import claim_note
from portal.minutes.actions.confirming import confirm_rest, object_to_line, send_minutes
from portal.minutes.actions.sealing import seal_minutes
from portal.minutes.actions.tasks import Errand, note_task, report_task
from portal.minutes.actions.teams import Charge, note_team
from portal.minutes.actions.writing import add_addendum, state_outcome, write_section
from portal.minutes.models import Minutes, MinutesLine, MinutesMark, MinutesSection, Task
from portal.minutes.words import BY_HAND, Duty, Heading, Outcome
from portal.places.models import Place
from tests.house.meetings import planned


def of_minutes(rows: Any) -> None:
    world = rows.world
    for name, days in (("draft", 12), ("sent", 13), ("sealed", 14)):
        meeting = planned(rows, rows.named["body"], f"minutes_{name}", days)
        minutes = held(rows, meeting, name)
        with clock.frozen(meeting.starts_at + timedelta(hours=2)):
            if name != "draft":
                sent(rows, minutes)
        until = minutes.confirm_until
        if name == "sealed" and until:
            with clock.frozen(until):
                seal_minutes(world.worker, minutes)
                add_addendum(world.worker, minutes, text="王秀兰要防滑的。", once="addendum")
                task = db.session.scalars(sa.select(Task).where(Task.minutes_id == minutes.id)).one()
                report_task(world.manager, task, text="样品到了", done=False, once="report")
        elif name == "sent":
            objected(rows, minutes)
        addresses(rows, minutes)
    at_tea(rows)


def at_tea(rows: Any) -> None:
    """A table without much form: one thing that was said is free, one has somebody."""
    world = rows.world
    secretary, community = world.secretary, world.get(Place, "community")
    rules = Rules("书记下午茶", Presence.NONE, {}, Hands.NO_VOTE, 1, 90, "社区茶室")
    given = {"place": community, "kind": Kind.TEA, "rules": rules, "from_seats": True}
    body = rows.add(found_body(secretary, rows.named["council"], once="tea", **given), "body_tea")
    meeting = planned(rows, body, "tea", 15)
    call_meeting(secretary, meeting)
    with clock.frozen(meeting.starts_at):
        found = sa.select(Invitation).where(Invitation.meeting_id == meeting.id).order_by(Invitation.id)
        for who in list(db.session.scalars(found)):
            check_in(world.secretary, meeting, invitation_id=who.id)
        open_meeting(world.secretary, meeting)
        said = [
            park_note(world.secretary, meeting, text=text, once=text) for text in ("路灯不亮", "晾衣杆不够")
        ]
        errand = Errand(
            "换灯", Side.PROPERTY, meeting.starts_at.date() + timedelta(days=9), {Duty.LEAD: "陈立军"}
        )
        task = claim_note(world.secretary, meeting, note_id=said[0].id, errand=errand, once="tea")
    rows.add(task)
    rows.addresses += [{"meeting_id": meeting.id, "note_id": note.id} for note in said]


def held(rows: Any, meeting: Meeting, name: str) -> Minutes:
    """Everybody came, one spoke, one thing was noted for later; the last has a topic."""
    world = rows.world
    if name == "sealed":
        add_topic(world.secretary, meeting, topic=rows.named["told"])
    call_meeting(world.secretary, meeting)
    with clock.frozen(meeting.starts_at):
        secretary = world.secretary
        found = sa.select(Invitation).where(Invitation.meeting_id == meeting.id).order_by(Invitation.id)
        asked = list(db.session.scalars(found))
        for who in asked:
            check_in(secretary, meeting, invitation_id=who.id)
        open_meeting(secretary, meeting)
        admit(secretary, meeting, who="马玉珍", side=Side.RESIDENT)
        turn = enter_speaker(secretary, meeting, invitation_id=asked[0].id, stance=Stance.FOR)
        give_turn(secretary, meeting, turn_id=turn.id)
        park_note(secretary, meeting, text="东门的路灯也该换了", once=f"note-{name}")
        close_meeting(secretary, meeting)
        minutes = db.session.scalars(sa.select(Minutes).where(Minutes.meeting_id == meeting.id)).one()
        item = items_of(minutes)[0]
        errand = Errand(
            "换塑木板", Side.PROPERTY, meeting.starts_at.date() + timedelta(days=20), {Duty.LEAD: "陈立军"}
        )
        note_task(world.worker, minutes, item_id=item.id, errand=errand, once=f"task-{name}")
        starts = meeting.starts_at.date()
        charge = Charge("绿化监督队", "补种的草", starts, starts + timedelta(days=300))
        of = items_of(minutes)[-1].id
        team = note_team(
            world.worker, minutes, item_id=of, charge=charge, people=["王秀兰"], once=f"team-{name}"
        )
    rows.add(team, f"team_{name}")
    return rows.add(minutes, f"minutes_{name}", meeting_id=meeting.id)  # type: ignore[no-any-return]


def items_of(minutes: Minutes) -> list[AgendaItem]:
    found = sa.select(AgendaItem).where(AgendaItem.meeting_id == minutes.meeting_id)
    return list(db.session.scalars(found.order_by(AgendaItem.position)))


def sent(rows: Any, minutes: Minutes) -> None:
    world = rows.world
    for item in items_of(minutes):
        sections = sa.select(MinutesSection).where(MinutesSection.item_id == item.id)
        of = {s.heading: s for s in db.session.scalars(sections)}
        kind = Outcome.CONSENSUS if item.topic_id else Outcome.HEARD
        state_outcome(
            world.worker,
            minutes,
            item_id=item.id,
            version=of[Heading.OUTCOME].version,
            kind=kind,
            said="就这么办。",
        )
        write_section(
            world.worker,
            minutes,
            section_id=of[Heading.SAID].id,
            version=of[Heading.SAID].version,
            text="居民（赞成）：九月底前换。",
        )
    send_minutes(world.worker, minutes, until=clock.now() + timedelta(days=2))


def objected(rows: Any, minutes: Minutes) -> None:
    world = rows.world
    with clock.frozen(minutes.sent_at or clock.now()):
        lines = sa.select(MinutesLine).where(MinutesLine.minutes_id == minutes.id).order_by(MinutesLine.id)
        first = db.session.scalars(lines).first()
        assert first
        object_to_line(world.owner, minutes, line_id=first.id, reason="少数了一个人。")
        confirm_rest(world.chair, minutes)


def addresses(rows: Any, minutes: Minutes) -> None:
    """Everything of the minutes that an address names."""
    own = {"minutes_id": minutes.id}
    written = sa.select(MinutesSection.id).where(
        MinutesSection.minutes_id == minutes.id, MinutesSection.heading.in_(BY_HAND)
    )
    rows.addresses += [{**own, "section_id": n} for n in db.session.scalars(written)]
    rows.addresses += [{**own, "item_id": item.id} for item in items_of(minutes)]
    for name, model in (("line_id", MinutesLine), ("mark_id", MinutesMark)):
        found = sa.select(model.id).where(model.minutes_id == minutes.id).order_by(model.id).limit(3)
        rows.addresses += [{**own, name: n} for n in db.session.scalars(found)]
    came = sa.select(Invitation.id).where(Invitation.meeting_id == minutes.meeting_id).order_by(Invitation.id)
    rows.addresses += [{**own, "asked_id": n} for n in db.session.scalars(came)]
    for task in db.session.scalars(sa.select(Task).where(Task.minutes_id == minutes.id)):
        rows.add(task, minutes_id=minutes.id)
