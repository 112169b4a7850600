"""The secretary's afternoon tea: what people said there, who took it home, and what is done by now."""

from collections.abc import Callable, Iterator
from datetime import date

import sqlalchemy as sa

from ..core.db import db
from ..meetings.actions.arriving import check_in
from ..meetings.actions.bodies import Rules, add_member, found_body
from ..meetings.actions.calling import call_meeting
from ..meetings.actions.parking import park_note
from ..meetings.actions.planning import amend_meeting, plan_meeting
from ..meetings.actions.running import close_meeting, open_meeting
from ..meetings.models import AgendaItem, Body, Invitation, Meeting
from ..meetings.room import ParkedNote
from ..meetings.sides import Side
from ..meetings.words import USUAL, Kind
from ..minutes.actions.claiming import claim_note, take_on_note
from ..minutes.actions.confirming import send_minutes
from ..minutes.actions.tasks import Errand, report_task
from ..minutes.actions.writing import state_outcome
from ..minutes.models import Minutes, MinutesSection, Task
from ..minutes.words import Duty, Heading, Outcome
from .plan import AT_TABLE, Deed, Person
from .sitting import phone
from .sources import moment
from .told import Told

NAME, VENUE = "书记下午茶", "社区一楼茶室"
HOST, CLERK, MANAGER, VOICE = "feng-xiaoxia", "ma-hui", "chen-hao", "zhou-jianguo"
MEMBERS: dict[Person, Side] = {
    HOST: Side.COMMUNITY,
    CLERK: Side.COMMUNITY,
    MANAGER: Side.PROPERTY,
    VOICE: Side.RESIDENT,
    "qin-jinlian": Side.RESIDENT,
}
SAID = (
    "17号楼门口的长椅断了一条腿",
    "晾衣杆不够，被子晒不过来",
    "老年食堂的菜单想提前一天知道",
    "孩子放学到五点半没地方去",
    "东门的路灯晚上一闪一闪",
    "快递车堵在单元门口",
)
TAKEN: dict[int, tuple[str, Side, Person, int]] = {
    0: ("换长椅的腿，先围起来", Side.PROPERTY, MANAGER, -4),
    1: ("院子南边加两排晾衣杆", Side.PROPERTY, MANAGER, 6),
    2: ("菜单头一天下午贴在门口，发到网上", Side.COMMUNITY, CLERK, -5),
    4: ("约路灯所来看线路", Side.COMMUNITY, HOST, 3),
}
"""Which of them: the task, the side, who leads, until which day."""


def over_tea(day_zero: date) -> Iterator[Deed]:
    """Everything that happened, each at its hour."""
    for at, do in STEPS:
        yield Deed(moment(at, day_zero), AT_TABLE, fields={"do": do})


def _found(told: Told) -> None:
    usual = USUAL[Kind.TEA]
    rules = Rules(NAME, usual.quorum, usual.sides, usual.rule, usual.notice_days, 60, VENUE)
    secretary = told.actor(HOST)
    community = told.places["", ""]
    body = found_body(
        secretary,
        told.council,
        place=community,
        kind=Kind.TEA,
        rules=rules,
        from_seats=False,
        once="demo-tea",
    )
    for who, side in MEMBERS.items():
        add_member(secretary, body, who=phone(told, who), side=side)


def _call(told: Told) -> None:
    secretary, starts_at = told.actor(HOST), told.moment("-7 15:00")
    body = db.session.scalars(sa.select(Body).where(Body.name == NAME)).one()
    meeting = plan_meeting(secretary, body, title=NAME, starts_at=starts_at, minutes=60, once="demo-tea")
    amend_meeting(
        secretary,
        meeting,
        title=NAME,
        intro="泡壶茶，有什么说什么；说了的当场有人领。",
        starts_at=starts_at,
        minutes=60,
        venue=VENUE,
        chair=phone(told, HOST),
        recorder=phone(told, CLERK),
    )
    call_meeting(secretary, meeting)


def _hold(told: Told) -> None:
    meeting, clerk = _tea(), told.actor(CLERK)
    asked = sa.select(Invitation.id).where(Invitation.meeting_id == meeting.id).order_by(Invitation.id)
    for number in db.session.scalars(asked).all():
        check_in(clerk, meeting, invitation_id=number)
    open_meeting(clerk, meeting)
    notes = [park_note(clerk, meeting, text=text, once=f"demo-tea-{n}") for n, text in enumerate(SAID)]
    for n, (what, side, who, day) in TAKEN.items():
        errand = Errand(what, side, told.day(day), {Duty.LEAD: phone(told, who)})
        claim_note(clerk, meeting, note_id=notes[n].id, errand=errand, once=f"demo-taken-{n}")
    own, by = "我去和快递小哥说，停到西墙边", told.day(-3)
    take_on_note(told.actor(VOICE), meeting, note_id=notes[5].id, what=own, due_on=by, once="demo-own")


def _close(told: Told) -> None:
    close_meeting(told.actor(CLERK), _tea())


def _write(told: Told) -> None:
    clerk = told.actor(CLERK)
    minutes = db.session.scalars(sa.select(Minutes).where(Minutes.meeting_id == _tea().id)).one()
    for item in db.session.scalars(sa.select(AgendaItem).where(AgendaItem.meeting_id == minutes.meeting_id)):
        section = sa.select(MinutesSection.version).where(
            MinutesSection.item_id == item.id, MinutesSection.heading == Heading.OUTCOME
        )
        version = db.session.scalars(section).one()
        said = "大家说了六件事，五件当场有人领。"
        state_outcome(clerk, minutes, item_id=item.id, version=version, kind=Outcome.HEARD, said=said)
    send_minutes(clerk, minutes, until=told.moment("-5 18:00"))


def _report(said: int, who: Person, text: str, done: bool) -> Callable[[Told], None]:
    def report(told: Told) -> None:
        of = sa.select(Task).join(ParkedNote, ParkedNote.id == Task.note_id)
        task = db.session.scalars(of.where(ParkedNote.text == SAID[said])).one()
        report_task(told.actor(who), task, text=text, done=done, once=f"demo-tea-{said}")

    return report


def _tea() -> Meeting:
    found = sa.select(Meeting).join(Body, Body.id == Meeting.body_id).where(Body.name == NAME)
    return db.session.scalars(found).one()


STEPS: tuple[tuple[str, Callable[[Told], None]], ...] = (
    ("-13 09:00", _found),
    ("-12 09:00", _call),
    ("-7 15:00", _hold),
    ("-7 16:00", _close),
    ("-6 09:30", _write),
    ("-6 17:00", _report(2, CLERK, "今天起下午三点贴明天的菜单。", True)),
    ("-5 11:00", _report(0, MANAGER, "腿换好了，坐两个人没问题。", True)),
    ("-3 17:30", _report(5, VOICE, "说好了，都停西墙边，画了线。", True)),
    ("-2 09:00", _report(4, HOST, "路灯所明天来人看线路。", False)),
)
"""When what happened, as in the stories: days from day zero and the hour."""
