"""The two meetings that were held: the minutes of the first are sealed and published, of the second somebody who was
there says that a line is wrong. Nobody has answered him yet."""

from collections.abc import Callable, Iterator
from datetime import date

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.db import db
from ..councils.words import TopicState
from ..meetings.actions.agendas import Point, add_item, add_topic
from ..meetings.actions.arriving import check_in
from ..meetings.actions.calling import call_meeting
from ..meetings.actions.motions import count_hands, decide_motion, enter_second, put_motion, raise_motion
from ..meetings.actions.parking import park_note
from ..meetings.actions.planning import amend_meeting, plan_meeting
from ..meetings.actions.running import close_meeting, open_meeting, take_up
from ..meetings.actions.turns import enter_speaker, give_turn
from ..meetings.models import AgendaItem, Invitation, Meeting
from ..meetings.sides import Side
from ..meetings.speaking import Stance
from ..minutes.actions.confirming import confirm_rest, object_to_line, send_minutes
from ..minutes.actions.tasks import Errand, note_task, report_task
from ..minutes.actions.writing import state_outcome, write_section
from ..minutes.models import Minutes, MinutesLine, MinutesSection, Task
from ..minutes.words import Duty, Heading, Outcome
from .plan import AT_TABLE, Deed
from .sitting import phone
from .sources import moment
from .tables import NAME, RECORDER, SECRETARY, VENUE, found_table, table
from .told import Told

MANAGER, CHAIR = "chen-hao", "zhou-jianguo"
FIRST, SECOND = "night-parking", "common-income"
"""The stories whose topics are on the two agendas."""
REPORT = "物业答复上次定下的事"
REPAIRS = "物业通报上半年修了什么"
HEARD = {
    REPAIRS: (
        "物业：修了三处漏水、换了两部电梯的门，东门的道闸等配件。\n居民：道闸等了一个月，请写个日子。",
        "听了修好的和没修好的；道闸的配件到货，物业在门口贴一声。",
    ),
    REPORT: (
        "物业：划黄线要街道批临时占道，批下来两天能划完。\n居民：那先把劝导的牌子立起来。",
        "听了物业的答复：牌子先立，黄线批下来就划。",
    ),
}
GROUP = "推选消防通道劝导小组"


def around_the_table(day_zero: date) -> Iterator[Deed]:
    """Everything that happened, each at its hour."""
    for at, do in STEPS:
        yield Deed(moment(at, day_zero), AT_TABLE, fields={"do": do})


def _plan_first(told: Told) -> None:
    _planned(told, "-20 19:00", FIRST, "夜里的消防通道怎么留出来", group=True)


def _plan_second(told: Told) -> None:
    _planned(told, "-4 19:00", SECOND, "公共收益怎么公开", group=False)


def _planned(told: Told, at: str, story: str, intro: str, group: bool) -> None:
    secretary, starts_at = told.actor(SECRETARY), told.moment(at)
    meeting = plan_meeting(
        secretary, table(), title=NAME, starts_at=starts_at, minutes=90, once=f"demo-{story}", venue=VENUE
    )
    amend_meeting(
        secretary,
        meeting,
        title=NAME,
        intro=f"听一听上次的事办得怎么样，再商量{intro}。",
        starts_at=starts_at,
        minutes=90,
        venue=VENUE,
        chair=phone(told, SECRETARY),
        recorder=phone(told, RECORDER),
    )
    report = REPAIRS if group else REPORT
    add_item(secretary, meeting, point=Point(report, 15, side=Side.PROPERTY, presenter="陈浩"))
    if group:
        add_item(secretary, meeting, point=Point(GROUP, 10, side=Side.COMMITTEE))
    known = told.topics.get(story)
    if known and known.topic.state is TopicState.DELIBERATING:
        add_topic(secretary, meeting, topic=known.topic)


def _call(told: Told) -> None:
    call_meeting(told.actor(SECRETARY), _latest())


def _hold_first(told: Told) -> None:
    """The group is elected by hands; what to charge for parking finds no majority."""
    meeting = _opened(told)
    for item in items(meeting):
        take_up(told.actor(SECRETARY), meeting, item_id=item.id)
        if item.title == GROUP:
            _decided(told, meeting, "推选消防通道劝导小组五人，三方各出一人，居民两人，任期半年。", against=0)
        elif item.topic_id:
            _speaks(told, meeting, Side.RESIDENT, Stance.FOR)
            _speaks(told, meeting, Side.PROPERTY, Stance.QUESTION)
            _decided(told, meeting, "占消防通道过夜的车，每次收二十元清障费。", against=7)
    park_note(told.actor(RECORDER), meeting, text="东门的路灯晚上不亮，和停车一起看看", once="demo-parked")


def _hold_second(told: Told) -> None:
    meeting = _opened(told)
    for item in items(meeting):
        take_up(told.actor(SECRETARY), meeting, item_id=item.id)
        if item.topic_id:
            for side, stance in ((Side.RESIDENT, Stance.QUESTION), (Side.PROPERTY, Stance.FOR)):
                _speaks(told, meeting, side, stance)
            _decided(told, meeting, "公共收益按季度张贴，收入、支出、余额各列一张表，贴在各门口。", against=0)


def _close(told: Told) -> None:
    close_meeting(told.actor(SECRETARY), _latest())


def _opened(told: Told) -> Meeting:
    """All members but the last come through the door."""
    meeting, secretary = _latest(), told.actor(SECRETARY)
    for who in asked(meeting)[:-1]:
        check_in(secretary, meeting, invitation_id=who.id)
    open_meeting(secretary, meeting)
    return meeting


def _decided(told: Told, meeting: Meeting, text: str, against: int) -> None:
    """Moved by the committee, seconded by the residents; everybody there raises his hand."""
    clerk = told.actor(RECORDER)
    there = [i for i in asked(meeting) if i.present and i.member]
    mover = next(i for i in there if i.side is Side.COMMITTEE)
    second = next(i for i in there if i.side is Side.RESIDENT)
    motion = raise_motion(
        clerk, meeting, text=text, moved_by_id=mover.id, once=f"demo-{meeting.id}-{text}"[:32]
    )
    enter_second(clerk, motion, invitation_id=second.id)
    put_motion(clerk, motion)
    count_hands(clerk, motion, n_for=len(there) - against - 1, n_against=against, n_abstain=1)
    decide_motion(clerk, motion)


def _speaks(told: Told, meeting: Meeting, side: Side, stance: Stance) -> None:
    who = next(i for i in asked(meeting) if i.present and i.side is side)
    clerk = told.actor(RECORDER)
    turn = enter_speaker(clerk, meeting, invitation_id=who.id, stance=stance)
    give_turn(clerk, meeting, turn_id=turn.id)


def _write_first(told: Told) -> None:
    clerk, minutes = told.actor(RECORDER), _minutes()
    for item in _items_of(minutes):
        if item.title == GROUP:
            outcome(clerk, minutes, item, Outcome.RESOLVED, "会议议定：推选消防通道劝导小组五人，任期半年。")
        elif item.topic_id:
            said = "居民（赞成）：救护车进不来是要命的事，先把通道空出来。\n物业（提问）：收了费，钱归谁、谁来收？"
            write(clerk, minutes, item, Heading.SAID, said)
            write(clerk, minutes, item, Heading.AGREED, "先划黄线、先劝导，不先罚。")
            sentence = "会议未形成一致意见，拟在数清夜间停车以后再议收费；先划线、先劝导。"
            outcome(clerk, minutes, item, Outcome.AGAIN, sentence)
        else:
            heard_only(clerk, minutes, item, "三方都有人，够开会人数。第一次坐到一张桌上，没有上次定下的事。")
    item = _items_of(minutes)[-1]
    for errand in _errands(told):
        note_task(clerk, minutes, item_id=item.id, errand=errand, once=errand.what[:32])
    send_minutes(clerk, minutes, until=told.moment("-16 18:00"))


def _errands(told: Told) -> list[Errand]:
    helpers = {Duty.ASSIGN: "小区党支部", Duty.SUPPORT: "在职党员志愿队"}
    manager, chair, secretary = phone(told, MANAGER), phone(told, CHAIR), phone(told, SECRETARY)
    return [
        Errand("消防通道划黄线、立牌子", Side.PROPERTY, told.day(-6), {Duty.LEAD: manager, **helpers}),
        Errand(
            "把夜间停车数一遍，贴出来",
            Side.COMMITTEE,
            told.day(-9),
            {Duty.LEAD: chair, Duty.HELP: "物业秩序部"},
        ),
        Errand("和学校商量操场夜间借停", Side.COMMUNITY, told.day(20), {Duty.LEAD: secretary}),
    ]


def _read_first(told: Told) -> None:
    for who in (MANAGER, CHAIR, SECRETARY):
        confirm_rest(told.actor(who), _minutes())


def _report(told: Told) -> None:
    task = db.session.scalars(sa.select(Task).where(Task.side == Side.COMMITTEE)).one()
    said = "数了三个晚上，平均差四十一个车位，表贴在三个门口。"
    report_task(told.actor(CHAIR), task, text=said, done=True, once="counted")


def _write_second(told: Told) -> None:
    clerk, minutes = told.actor(RECORDER), _minutes()
    for item in _items_of(minutes):
        if item.topic_id:
            said = "居民（提问）：广告的钱有多少？\n物业（赞成）：愿意按季度贴，上半年的账月底前整理好。"
            write(clerk, minutes, item, Heading.SAID, said)
            sentence = "会议议定：公共收益按季度张贴，收入、支出、余额各列一张表。"
            outcome(clerk, minutes, item, Outcome.CONSENSUS, sentence)
            errand = Errand(
                "整理上半年的公共收益账，贴出来",
                Side.PROPERTY,
                told.day(12),
                {Duty.LEAD: phone(told, MANAGER)},
            )
            note_task(clerk, minutes, item_id=item.id, errand=errand, once="demo-accounts")
        else:
            opening = "缺一位成员，够开会人数。上次三件事：车位数完了，黄线过了说好的日子，和学校还在谈。"
            heard_only(clerk, minutes, item, opening)
    send_minutes(clerk, minutes, until=told.moment("2 18:00"))


def _object(told: Told) -> None:
    minutes = _minutes()
    lines = sa.select(MinutesLine).where(MinutesLine.minutes_id == minutes.id).order_by(MinutesLine.id.desc())
    line = next(x for x in db.session.scalars(lines) if "月底前" in x.text)
    chair = told.actor(CHAIR)
    object_to_line(
        chair, minutes, line_id=line.id, reason="物业说的是“十五号以前”，不是“月底前”，我当场记了。"
    )
    confirm_rest(chair, minutes)


def heard_only(clerk: Actor, minutes: Minutes, item: AgendaItem, opening: str) -> None:
    """What was only told: the property manager's report, or how the meeting opened."""
    said, heard = HEARD.get(item.title, ("", opening))
    if said:
        write(clerk, minutes, item, Heading.SAID, said)
    outcome(clerk, minutes, item, Outcome.HEARD, heard)


def write(clerk: Actor, minutes: Minutes, item: AgendaItem, heading: Heading, text: str) -> None:
    section = _section(minutes, item, heading)
    write_section(clerk, minutes, section_id=section.id, version=section.version, text=text)


def outcome(clerk: Actor, minutes: Minutes, item: AgendaItem, kind: Outcome, said: str) -> None:
    version = _section(minutes, item, Heading.OUTCOME).version
    state_outcome(clerk, minutes, item_id=item.id, version=version, kind=kind, said=said)


def _section(minutes: Minutes, item: AgendaItem, heading: Heading) -> MinutesSection:
    found = sa.select(MinutesSection).where(
        MinutesSection.minutes_id == minutes.id,
        MinutesSection.item_id == item.id,
        MinutesSection.heading == heading,
    )
    return db.session.scalars(found).one()


def _latest() -> Meeting:
    found = sa.select(Meeting).where(Meeting.body_id == table().id).order_by(Meeting.id.desc())
    return db.session.scalars(found.limit(1)).one()


def _minutes() -> Minutes:
    return db.session.scalars(sa.select(Minutes).order_by(Minutes.id.desc()).limit(1)).one()


def asked(meeting: Meeting) -> list[Invitation]:
    found = sa.select(Invitation).where(Invitation.meeting_id == meeting.id).order_by(Invitation.id)
    return list(db.session.scalars(found))


def items(meeting: Meeting) -> list[AgendaItem]:
    found = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    return list(db.session.scalars(found.order_by(AgendaItem.position)))


def _items_of(minutes: Minutes) -> list[AgendaItem]:
    return items(db.session.get_one(Meeting, minutes.meeting_id))


STEPS: tuple[tuple[str, Callable[[Told], None]], ...] = (
    ("-32 10:00", found_table),
    ("-30 10:00", _plan_first),
    ("-26 10:00", _call),
    ("-20 19:00", _hold_first),
    ("-20 20:25", _close),
    ("-19 10:30", _write_first),
    ("-18 20:00", _read_first),
    ("-12 10:00", _plan_second),
    ("-10 15:00", _report),
    ("-9 10:00", _call),
    ("-4 19:00", _hold_second),
    ("-4 20:20", _close),
    ("-2 10:30", _write_second),
    ("-1 20:10", _object),
)
"""When what happened, as in the stories: days from day zero and the hour."""
