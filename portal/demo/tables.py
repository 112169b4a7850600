"""The meetings: the three parties at one table on the 5th and the 25th, the next of them in preparation; and one of an
estate that is on now."""

import sqlalchemy as sa

from ..core import clock
from ..core.actor import Actor
from ..core.db import db
from ..core.eventlog import Entry
from ..meetings.actions.agendas import Point, add_item, amend_item, fill_agenda
from ..meetings.actions.bodies import Rules, found_body
from ..meetings.actions.planning import amend_meeting
from ..meetings.actions.repeating import start_series
from ..meetings.models import AgendaItem, Body, Meeting
from ..meetings.schedule import Every, Pattern, Shift
from ..meetings.sides import Side
from ..meetings.words import USUAL, Kind
from .sitting import call, hold, phone
from .told import Told

NAME, VENUE = "三方协同联席会", "社区二楼议事厅"
TWICE = Pattern(Every.MONTH_DAYS, (5, 25))
BEGINS = 19 * 60
SECRETARY, RECORDER = "feng-xiaoxia", "ma-hui"


def set_tables(told: Told) -> None:
    """When the last story has been told: the meeting that is on, then the body's fixed days and its next meeting."""
    last = db.session.scalar(sa.select(sa.func.max(Entry.at))) or clock.now()
    sitting = call(told, last)
    with clock.frozen(last):
        secretary = told.actor(SECRETARY)
        body = table()
        start_series(
            secretary,
            body,
            pattern=TWICE,
            shift=Shift.NEXT,
            begins=BEGINS,
            starts=secretary.today,
            once="demo-twice",
        )
        following = sa.select(Meeting).where(Meeting.body_id == body.id, Meeting.series_id.is_not(None))
        if meeting := db.session.scalars(following.order_by(Meeting.starts_at)).first():
            _prepared(told, meeting, secretary)
    if sitting:
        hold(told, sitting)


def table() -> Body:
    """The three parties' table."""
    return db.session.scalars(sa.select(Body).where(Body.name == NAME)).one()


def found_table(told: Told) -> None:
    usual = USUAL[Kind.THREE_PARTY]
    rules = Rules(
        NAME,
        usual.quorum,
        usual.sides,
        usual.rule,
        usual.notice_days,
        usual.minutes,
        VENUE,
        usual.substitutes,
    )
    found_body(
        told.actor(SECRETARY),
        told.council,
        place=told.places["", ""],
        kind=Kind.THREE_PARTY,
        rules=rules,
        from_seats=True,
        once="demo-three-party",
    )


def _prepared(told: Told, meeting: Meeting, secretary: Actor) -> None:
    amend_meeting(
        secretary,
        meeting,
        title=meeting.title,
        intro="听一听这半个月办得怎么样，再把两件联署多的事商量出结果。",
        starts_at=meeting.starts_at,
        minutes=meeting.length,
        venue=VENUE,
        chair=phone(told, SECRETARY),
        recorder=phone(told, RECORDER),
    )
    add_item(secretary, meeting, point=Point("物业答复上次定下的事", 15, side=Side.PROPERTY))
    fill_agenda(secretary, meeting)
    topics = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.core.is_(True))
    for item in db.session.scalars(topics.order_by(AgendaItem.position)).all():
        motion = f"“{item.title}”照今天商量的办法办，由物业牵头，下次会上报进度。"
        amend_item(
            secretary, meeting, item_id=item.id, point=Point(item.title, 30, core=True, motion=motion[:600])
        )
