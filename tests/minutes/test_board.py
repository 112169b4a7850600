"""The tea board: said with a number, taken home on the spot, done; told with names half hidden."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.waiting import waiting_for
from portal.councils.models import Council
from portal.councils.words import Category
from portal.meetings.actions.arriving import check_in
from portal.meetings.actions.bodies import Rules, add_member
from portal.meetings.actions.calling import call_meeting
from portal.meetings.actions.parking import MOST_NOTES, leave_note, park_note, raise_note
from portal.meetings.actions.running import close_meeting, open_meeting
from portal.meetings.hands import Rule
from portal.meetings.models import Body, Meeting
from portal.meetings.quorum import Presence
from portal.meetings.room import ParkedNote
from portal.meetings.sides import Side
from portal.meetings.words import Kind
from portal.minutes.actions.claiming import claim_note, strike_note, take_on_note
from portal.minutes.actions.tasks import Errand, drop_task, report_task
from portal.minutes.board import Counted
from portal.minutes.models import Minutes, Task, TaskDuty, TaskReport
from portal.minutes.queries.boards import body_board, meeting_board
from portal.minutes.words import Duty, Heading, TaskState
from portal.places.models import Place
from tests.conftest import Client
from tests.meetings.conftest import MEMBERS, THURSDAY, founded, invitation_of, planned_at, prepare
from tests.minutes.conftest import texts
from tests.world import World

DAY = (THURSDAY + timedelta(days=10)).date()
RULES = Rules("书记下午茶", Presence.NONE, {}, Rule.NO_VOTE, 1, 90, "社区茶室")
LAMP = "东门的路灯不亮，王秀兰摔过一跤"


def errand(what: str = "换东门的路灯", lead: str = "陈立军", day: date = DAY) -> Errand:
    return Errand(what, Side.PROPERTY, day, {Duty.LEAD: lead})


def at_tea(world: World, council: Council, kind: Kind = Kind.TEA) -> Meeting:
    body = founded(world, council, kind=kind, rules=RULES)
    for who, side in MEMBERS:
        add_member(world.secretary, body, who=who, side=side)
    meeting = prepare(world, planned_at(world, body, THURSDAY))
    call_meeting(world.secretary, meeting)
    return meeting


@pytest.fixture
def tea(world: World, council: Council) -> Iterator[Meeting]:
    """In session, with its two members who came."""
    meeting = at_tea(world, council)
    with clock.frozen(THURSDAY - timedelta(minutes=15)):
        for name in ("owner", "manager"):
            check_in(world.secretary, meeting, invitation_id=invitation_of(meeting, world.ids[name]).id)
        open_meeting(world.secretary, meeting)
        yield meeting


@pytest.fixture
def lamp(world: World, tea: Meeting) -> ParkedNote:
    return park_note(world.secretary, tea, text=LAMP, once="lamp")


def board(world: World, tea: Meeting, who: str = "owner") -> dict[str, list[str]]:
    page = meeting_board(world.actor(who), tea.id)
    assert page is not None
    return {name: [card.text for card in cards] for name, cards in page.columns.items() if cards}


def test_what_is_said_has_its_number_and_hangs_with_names_half_hidden(
    world: World, tea: Meeting, lamp: ParkedNote
) -> None:
    second = leave_note(world.owner, tea, text="晾衣杆不够", once="rack")
    assert (lamp.serial, second.serial) == (1, 2)
    assert board(world, tea) == {"said": ["东门的路灯不亮，王**摔过一跤", "晾衣杆不够"]}


def test_the_clerk_writes_down_who_takes_it_and_it_begins_at_once(
    world: World, tea: Meeting, lamp: ParkedNote
) -> None:
    for _ in range(2):
        task = claim_note(world.secretary, tea, note_id=lamp.id, errand=errand(), once="one")
    assert task.state is TaskState.OPEN
    assert (task.note_id, task.minutes_id, task.due_on) == (lamp.id, None, DAY)
    assert board(world, tea) == {"claimed": ["东门的路灯不亮，王**摔过一跤"]}
    assert "task" in {w.kind for w in waiting_for(world.manager)}


def test_one_takes_it_on_oneself_for_the_side_one_came_for(
    world: World, tea: Meeting, lamp: ParkedNote
) -> None:
    task = take_on_note(world.owner, tea, note_id=lamp.id, what="我去找电工", due_on=DAY, once="own")
    lead = db.session.scalars(sa.select(TaskDuty).where(TaskDuty.task_id == task.id)).one()
    assert (task.side, lead.user_id) == (Side.RESIDENT, world.ids["owner"])
    with pytest.raises(NotAllowed):
        take_on_note(world.chair, tea, note_id=lamp.id, what="我来", due_on=DAY, once="absent")
    with pytest.raises(NotAllowed):
        claim_note(world.owner, tea, note_id=lamp.id, errand=errand(), once="no clerk")


def test_nobody_takes_what_somebody_has(world: World, tea: Meeting, lamp: ParkedNote) -> None:
    claim_note(world.secretary, tea, note_id=lamp.id, errand=errand(), once="one")
    with pytest.raises(Conflict):
        take_on_note(world.owner, tea, note_id=lamp.id, what="我来", due_on=DAY, once="two")
    topic = park_note(world.secretary, tea, text="停车", once="parking")
    raise_note(
        world.secretary,
        tea,
        note_id=topic.id,
        title="停车怎么划",
        category=Category.PARKING,
        place=world.get(Place, "community"),
    )
    with pytest.raises(Conflict):
        claim_note(world.secretary, tea, note_id=topic.id, errand=errand(), once="three")
    assert board(world, tea)["claimed"] == ["东门的路灯不亮，王**摔过一跤", "停车"]


def test_what_does_not_belong_there_is_struck_out_with_a_reason(
    client: Client, world: World, tea: Meeting, lamp: ParkedNote
) -> None:
    said = leave_note(world.owner, tea, text="五楼那家天天吵架", once="gossip")
    place = f"/meetings/{tea.id}/notes/{said.id}/striking"
    assert client.sign_in("owner").get(place).status_code == 403
    client.sign_in("secretary")
    assert client.submit(place, {"reason": ""}).status_code == 422
    assert client.submit(place, {"reason": "王秀兰说的是别人家里的事"}).status_code == 303
    assert client.get(place).status_code == 404
    strike_note(world.secretary, tea, note_id=said.id, reason="again changes nothing")
    assert board(world, tea) == {"said": ["东门的路灯不亮，王**摔过一跤"]}
    shown = client.sign_in("tenant").get(f"/meetings/{tea.id}/board").text
    assert "王**说的是别人家里的事" in shown
    assert "吵架" not in shown
    body = body_board(world.owner, tea.body_id)
    assert body is not None
    assert body.counted == Counted(1, 0, 0)
    with pytest.raises(Conflict):
        claim_note(world.secretary, tea, note_id=said.id, errand=errand(), once="struck")
    claim_note(world.secretary, tea, note_id=lamp.id, errand=errand(), once="one")
    with pytest.raises(Conflict):
        strike_note(world.secretary, tea, note_id=lamp.id, reason="somebody has it")
    late = leave_note(world.owner, tea, text="三楼那家也吵架", once="late")
    close_meeting(world.secretary, tea)
    minutes = db.session.scalars(sa.select(Minutes).where(Minutes.meeting_id == tea.id)).one()
    assert "五楼" not in "".join(texts(minutes, Heading.PARKED))
    strike_note(world.secretary, tea, note_id=late.id, reason="也是别人家里的事")
    assert "吵架" not in "".join(texts(minutes, Heading.PARKED)), "nor in minutes that are being written"


def test_of_what_was_said_twice_one_is_struck_out_of_the_minutes(world: World, council: Council) -> None:
    """At a table without a board, where lines have no numbers."""
    table = at_tea(world, council, kind=Kind.RESIDENTS_COUNCIL)
    with clock.frozen(THURSDAY):
        for who in ("owner", "manager"):
            check_in(world.secretary, table, invitation_id=invitation_of(table, world.ids[who]).id)
        open_meeting(world.secretary, table)
        notes = [park_note(world.secretary, table, text="加一盏灯", once=str(n)) for n in range(2)]
        close_meeting(world.secretary, table)
        minutes = db.session.scalars(sa.select(Minutes).where(Minutes.meeting_id == table.id)).one()
        strike_note(world.secretary, table, note_id=notes[1].id, reason="和前面的一样")
        assert texts(minutes, Heading.PARKED) == ["加一盏灯"]


def test_nobody_fills_the_board_alone(world: World, tea: Meeting) -> None:
    for n in range(MOST_NOTES):
        leave_note(world.owner, tea, text=f"第{n}件", once=str(n))
    assert leave_note(world.owner, tea, text="第0件", once="0").serial == 1, "sent twice it is there once"
    with pytest.raises(Conflict):
        leave_note(world.owner, tea, text="还有", once="more")
    leave_note(world.manager, tea, text="物业也说一件", once="his")
    park_note(world.secretary, tea, text="还有", once="clerk")


@pytest.mark.parametrize(("lead", "days"), [("", 3), ("陈立军", -3), ("陈立军", 900)])
def test_somebody_leads_by_a_day_that_can_be_kept(
    world: World, tea: Meeting, lamp: ParkedNote, lead: str, days: int
) -> None:
    wrong = errand(lead=lead, day=THURSDAY.date() + timedelta(days=days))
    with pytest.raises(Invalid):
        claim_note(world.secretary, tea, note_id=lamp.id, errand=wrong, once="one")


def test_given_back_with_a_reason_it_is_free_again_and_done_it_counts(
    world: World, tea: Meeting, lamp: ParkedNote
) -> None:
    task = claim_note(world.secretary, tea, note_id=lamp.id, errand=errand(), once="one")
    drop_task(world.secretary, task, reason="归路灯所管")
    assert list(board(world, tea)) == ["said"]
    task = claim_note(world.secretary, tea, note_id=lamp.id, errand=errand(), once="two")
    report_task(world.manager, task, text="换好了，王秀兰看过", done=True, once="done")
    assert list(board(world, tea)) == ["done"]
    assert db.session.scalars(sa.select(TaskReport.text)).one() == "换好了，王**看过"
    park_note(world.secretary, tea, text="晾衣杆不够", once="rack")
    page = body_board(world.owner, tea.body_id)
    assert page is not None
    assert page.counted == Counted(2, 1, 1)
    assert page.counted.rate == 50


def test_other_tables_have_no_board(world: World, open_: Meeting) -> None:
    note = park_note(world.secretary, open_, text="路灯", once="lamp")
    assert meeting_board(world.owner, open_.id) is None
    assert body_board(world.owner, open_.body_id) is None
    with pytest.raises(Conflict):
        claim_note(world.secretary, open_, note_id=note.id, errand=errand(), once="one")
    with pytest.raises(NotVisible):
        claim_note(world.secretary, open_, note_id=0, errand=errand(), once="one")


@pytest.mark.parametrize(
    ("done", "said", "rate"), [(0, 0, None), (31, 32, 96), (32, 32, 100), (199, 200, 99)]
)
def test_all_is_only_said_of_all(done: int, said: int, rate: int | None) -> None:
    assert Counted(said, said, done).rate == rate


def test_pages_of_the_board(client: Client, world: World, tea: Meeting, lamp: ParkedNote) -> None:
    address = f"/meetings/{tea.id}"
    client.sign_in("secretary")
    made = client.submit(
        f"{address}/notes/{lamp.id}/claim",
        {"what": "换灯", "side": "property", "lead": "陈立军", "due_on": DAY.isoformat(), "once": "a" * 32},
    )
    assert made.status_code == 303
    page = client.get(f"{address}/board")
    assert "王**摔过一跤" in page.text
    assert "王秀兰" not in page.text
    assert client.get(f"/tasks/{db.session.scalars(sa.select(Task.id)).one()}").status_code == 200
    assert "换灯" in client.get(f"{address}/wall").text
    assert client.get(f"/bodies/{tea.body_id}/board").status_code == 200
    assert f"{address}/board" in client.get(f"{address}/clerk").text


def test_kinds_with_a_board(world: World, council: Council) -> None:
    meeting = at_tea(world, council, Kind.RIDERS)
    assert db.session.get_one(Body, meeting.body_id).kind is Kind.RIDERS
    assert meeting_board(world.owner, meeting.id) is not None


def test_the_minutes_begin_with_who_took_what(world: World, tea: Meeting, lamp: ParkedNote) -> None:
    claim_note(world.secretary, tea, note_id=lamp.id, errand=errand(), once="one")
    park_note(world.secretary, tea, text="晾衣杆不够", once="rack")
    close_meeting(world.secretary, tea)
    minutes = db.session.scalars(sa.select(Minutes).where(Minutes.meeting_id == tea.id)).one()
    assert texts(minutes, Heading.PARKED) == [
        f"1号：{LAMP}。物业领办：陈立军；2026年7月5日以前办好。",
        "2号：晾衣杆不够",
    ]
