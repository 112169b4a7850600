"""A meeting that is over, its minutes as a draft, ready to go out, sent out, and sealed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock, ticks
from portal.core.db import db
from portal.meetings.actions.arriving import admit
from portal.meetings.actions.motions import count_hands, decide_motion
from portal.meetings.actions.parking import park_note
from portal.meetings.actions.running import close_meeting
from portal.meetings.actions.turns import enter_speaker, give_turn
from portal.meetings.models import AgendaItem, Invitation, Meeting
from portal.meetings.room import Motion
from portal.meetings.sides import Side
from portal.meetings.speaking import Stance
from portal.minutes.actions.confirming import send_minutes
from portal.minutes.actions.tasks import Errand, note_task
from portal.minutes.actions.writing import state_outcome, write_section
from portal.minutes.models import Minutes, MinutesLine, MinutesSection, Task
from portal.minutes.words import Duty, Heading, Outcome
from tests.councils.conftest import council, deliberating, raised, topic  # noqa: F401
from tests.meetings.conftest import (  # noqa: F401
    THURSDAY,
    body,
    called,
    evening,
    invitation_of,
    items_of,
    meeting,
    open_,
    put,
    ready,
)
from tests.world import World

UNTIL = THURSDAY + timedelta(days=3)
"""Until when those who were there read."""
NOT_YET = "样品还没有送到，再等一等。"
SAID = "会议议定：九月底前换成塑木板。"
DUE = (THURSDAY + timedelta(days=30)).date()


@pytest.fixture
def closed(world: World, open_: Meeting, put: Motion) -> Meeting:  # noqa: F811
    """A motion carried with three against one, the manager spoke, a note was parked."""
    count_hands(world.secretary, put, n_for=3, n_against=1, n_abstain=0)
    decide_motion(world.secretary, put)
    speaker = invitation_of(open_, world.ids["manager"]).id
    turn = enter_speaker(world.secretary, open_, invitation_id=speaker, stance=Stance.FOR)
    give_turn(world.secretary, open_, turn_id=turn.id)
    park_note(world.secretary, open_, text="东门的路灯也该换了", once="note")
    close_meeting(world.secretary, open_)
    return open_


@pytest.fixture
def guest(world: World, put: Motion) -> Invitation:  # noqa: F811
    """Somebody without an account who came in while the meeting was on. Asked for before the minutes."""
    at = db.session.get_one(Meeting, put.meeting_id)
    return admit(world.secretary, at, who="马玉珍", side=Side.RESIDENT)


@pytest.fixture
def draft(closed: Meeting) -> Minutes:
    return db.session.scalars(sa.select(Minutes).where(Minutes.meeting_id == closed.id)).one()


def core_item(minutes: Minutes) -> AgendaItem:
    found = sa.select(AgendaItem).where(
        AgendaItem.meeting_id == minutes.meeting_id, AgendaItem.core.is_(True)
    )
    return db.session.scalars(found).one()


def section(minutes: Minutes, heading: Heading, item_id: int | None = None) -> MinutesSection:
    found = sa.select(MinutesSection).where(
        MinutesSection.minutes_id == minutes.id, MinutesSection.heading == heading
    )
    if item_id is not None:
        found = found.where(MinutesSection.item_id == item_id)
    return db.session.scalars(found.order_by(MinutesSection.position)).first()  # type: ignore[return-value]


def lines(minutes: Minutes, heading: Heading, item_id: int | None = None) -> list[MinutesLine]:
    of = section(minutes, heading, item_id)
    found = sa.select(MinutesLine).where(MinutesLine.section_id == of.id, MinutesLine.struck_at.is_(None))
    return list(db.session.scalars(found.order_by(MinutesLine.position)))


def texts(minutes: Minutes, heading: Heading, item_id: int | None = None) -> list[str]:
    return [line.text for line in lines(minutes, heading, item_id)]


def write(world: World, minutes: Minutes, heading: Heading, text: str, item_id: int | None = None) -> None:
    of = section(minutes, heading, item_id)
    write_section(world.worker, minutes, section_id=of.id, version=of.version, text=text)


def outcome(
    world: World, minutes: Minutes, item: AgendaItem, kind: Outcome, said: str = "", to: str = ""
) -> None:
    said = said or (NOT_YET if kind in (Outcome.AGAIN, Outcome.NONE) else SAID)
    of = section(minutes, Heading.OUTCOME, item.id)
    state_outcome(
        world.worker, minutes, item_id=item.id, version=of.version, kind=kind, said=said, passed_to=to
    )


def errand(what: str = "换塑木板，先报样品", **duties: str) -> Errand:
    who = {Duty.LEAD: "陈立军", Duty.HELP: "王秀兰", Duty.SUPPORT: "小区党员志愿队"}
    return Errand(what, Side.PROPERTY, DUE, {**who, **{Duty(k): v for k, v in duties.items()}})


def written(world: World, minutes: Minutes, kind: Outcome = Outcome.RESOLVED, to: str = "") -> Minutes:
    """Everything that is asked before they go out."""
    for item in items_of(db.session.get_one(Meeting, minutes.meeting_id)):
        if item.topic_id:
            write(world, minutes, Heading.SAID, "物业（赞成）：样品下周送到门口给大家看。", item.id)
            outcome(world, minutes, item, kind, to=to)
        else:
            outcome(world, minutes, item, Outcome.HEARD, "到会人数够。")
    return minutes


@pytest.fixture
def complete(world: World, draft: Minutes) -> Minutes:
    """Nothing is missing; the manager leads a task."""
    written(world, draft)
    note_task(world.worker, draft, item_id=core_item(draft).id, errand=errand(), once="task")
    return draft


@pytest.fixture
def task(complete: Minutes) -> Task:
    return db.session.scalars(sa.select(Task).where(Task.minutes_id == complete.id)).one()


@pytest.fixture
def sent(world: World, complete: Minutes) -> Minutes:
    send_minutes(world.worker, complete, until=UNTIL)
    return complete


@pytest.fixture
def sealed(sent: Minutes) -> Iterator[Minutes]:
    """The hour is over and the clock has sealed them; it is that hour."""
    with clock.frozen(UNTIL):
        tick()
        yield sent


def tick() -> None:
    from portal.core.actor import system

    ticks.JOBS["seal_minutes"](system())
