"""The agenda: filled from topics at the table, in an order, with minutes and a proposed motion; its materials."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.text import _
from ...councils.models import Topic
from ...councils.words import TopicState
from ..agenda import LONGEST_ITEM, MOST_CORE
from ..events import AgendaChanged, MaterialAdded, TopicTakenOff
from ..models import AgendaItem, Body, Meeting
from ..offering import at_the_table
from ..policy import Can
from ..sides import Side
from ..words import NOT_OVER, UNPOSTED

MOST_ITEMS = 20
TOPIC_MINUTES = 30


@dataclass(frozen=True)
class Point:
    """What stands on the agenda."""

    title: str
    minutes: int
    core: bool = False
    side: Side | None = None
    presenter: str = ""
    motion: str = ""


@action(Can.PREPARE)
def add_topic(actor: Actor, meeting: Meeting, *, topic: Topic | None, core: bool = True) -> AgendaItem:
    """Put a topic of the council on the agenda. Raises Invalid for one that is not at the table, Conflict for one
    that is on the agenda of a meeting ahead."""
    body = db.session.get_one(Body, meeting.body_id)
    if topic is None or topic.council_id != body.council_id or topic.state is not TopicState.DELIBERATING:
        raise Invalid(_("请选正在协商的议题。"), "topic_id")
    if title := db.session.scalar(_agenda_of(topic.id)):
        raise Conflict(_("这个议题已经排在“%(title)s”上了。", title=title))
    return _add(actor, meeting, Point(topic.title, TOPIC_MINUTES, core), topic.id)


@action(Can.PREPARE)
def fill_agenda(actor: Actor, meeting: Meeting) -> int:
    """Put the topics on the agenda that most households endorsed, as many as one meeting settles. Returns how many."""
    body = db.session.get_one(Body, meeting.body_id)
    core = sa.select(sa.func.count()).where(AgendaItem.meeting_id == meeting.id, AgendaItem.core.is_(True))
    room = max(0, MOST_CORE - (db.session.scalar(core) or 0))
    found = sa.select(Topic).where(at_the_table(body), ~_agenda_of(Topic.id).exists())
    topics = db.session.scalars(found.order_by(Topic.households.desc(), Topic.id).limit(room)).all()
    for topic in topics:
        _add(actor, meeting, Point(topic.title, TOPIC_MINUTES, core=True), topic.id)
    return len(topics)


@action(Can.PREPARE)
def add_item(actor: Actor, meeting: Meeting, *, point: Point, once: str | None = None) -> AgendaItem:
    """Put something on the agenda that is no topic of the council: a report, an election of a group. The same `once`
    again returns the item it made before."""
    if once and (known := made(AgendaItem, once, meeting_id=meeting.id)):
        return known
    item = _add(actor, meeting, point, None)
    item.once = once
    return item


@action(Can.PREPARE)
def amend_item(actor: Actor, meeting: Meeting, *, item_id: int, point: Point) -> None:
    """Change a point of the agenda; of a topic its own title stays."""
    item = _item(meeting, item_id)
    _check(point)
    item.title = item.title if item.topic_id else point.title
    item.minutes, item.core = point.minutes, point.core and item.topic_id is not None
    item.side, item.presenter, item.motion = point.side, point.presenter, point.motion
    record(actor, meeting, AgendaChanged(len(_items(meeting))))


@action(Can.PREPARE)
def raise_item(actor: Actor, meeting: Meeting, *, item_id: int) -> None:
    """One place earlier; the first stays where it is."""
    items, item = _items(meeting), _item(meeting, item_id)
    place = items.index(item)
    if place:
        items[place - 1], items[place] = item, items[place - 1]
        _number(items)
        record(actor, meeting, AgendaChanged(len(items)))


@action(Can.PREPARE)
def remove_item(actor: Actor, meeting: Meeting, *, item_id: int) -> None:
    """Take a point off the agenda; its topic is free for another meeting."""
    db.session.delete(_item(meeting, item_id))
    db.session.flush()
    items = _items(meeting)
    _number(items)
    record(actor, meeting, AgendaChanged(len(items)))


def take_off(actor: Actor, topic: Topic) -> None:
    """A topic has its result: it is taken off the agendas that nobody has been called by yet, which is said there. Of a
    meeting that was called the agenda stands as it was posted, and its page says that the topic is settled."""
    found = (
        sa.select(Meeting)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(AgendaItem.topic_id == topic.id, Meeting.state.in_(UNPOSTED))
    )
    for meeting in db.session.scalars(found.order_by(Meeting.id)).all():
        if lock(meeting).state not in UNPOSTED:
            continue
        for item in _items(meeting):
            if item.topic_id == topic.id:
                db.session.delete(item)
        db.session.flush()
        _number(_items(meeting))
        record(actor, meeting, TopicTakenOff(topic.id))


@action(Can.PREPARE)
def allow_more_topics(actor: Actor, meeting: Meeting, *, reason: str) -> None:
    """Say why this meeting settles more topics than one should; an empty reason takes it back."""
    meeting.core_because = reason
    record(actor, meeting, AgendaChanged(len(_items(meeting))))


@action(Can.INVITE)
def add_materials(actor: Actor, meeting: Meeting, *, papers: Sequence[Kept]) -> None:
    """Papers that everybody reads before; also after the notice went out. Raises Invalid for none."""
    if not papers:
        raise Invalid(_("请选一个文件。"), "papers")
    attach(actor, meeting, papers, "material")
    record(actor, meeting, MaterialAdded(len(papers)))


def _agenda_of(topic_id: object) -> sa.Select[str]:
    """The title of a meeting in preparation or called whose agenda has the topic."""
    return (
        sa.select(Meeting.title)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(AgendaItem.topic_id == topic_id, Meeting.state.in_(NOT_OVER))
        .limit(1)
    )


def _add(actor: Actor, meeting: Meeting, point: Point, topic_id: int | None) -> AgendaItem:
    _check(point)
    items = _items(meeting)
    if len(items) >= MOST_ITEMS:
        raise Invalid(_("议程最多 %(most)d 项。", most=MOST_ITEMS), "title")
    item = AgendaItem(
        meeting_id=meeting.id,
        position=len(items),
        topic_id=topic_id,
        title=point.title,
        minutes=point.minutes,
        core=point.core and topic_id is not None,
        side=point.side,
        presenter=point.presenter,
        motion=point.motion,
    )
    store(item)
    record(actor, meeting, AgendaChanged(len(items) + 1))
    return item


def _check(point: Point) -> None:
    if not 1 <= point.minutes <= LONGEST_ITEM:
        raise Invalid(_("一项请写 1 到 %(most)d 分钟。", most=LONGEST_ITEM), "minutes")


def _items(meeting: Meeting) -> list[AgendaItem]:
    found = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    return list(db.session.scalars(found.order_by(AgendaItem.position, AgendaItem.id)))


def _item(meeting: Meeting, item_id: int) -> AgendaItem:
    item = db.session.get(AgendaItem, item_id)
    if item is None or item.meeting_id != meeting.id:
        raise Invalid(_("没有这一项，请刷新页面看看。"))
    return item


def _number(items: list[AgendaItem]) -> None:
    for position, item in enumerate(items):
        item.position = position
