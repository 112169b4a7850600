"""Tasks: noted, begun with the sealed minutes, reported, done late, dropped; in the next meeting and at home."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.core.waiting import waiting_for
from portal.minutes.actions.tasks import (
    amend_task,
    begin_task,
    drop_task,
    move_task,
    note_task,
    report_task,
    strike_task,
)
from portal.minutes.models import Minutes, Task, TaskDuty, TaskReport
from portal.minutes.words import Duty, Heading, TaskState
from tests.minutes.conftest import DUE, UNTIL, core_item, errand, texts
from tests.world import World


def the_task(minutes: Minutes) -> Task:
    return db.session.scalars(sa.select(Task).where(Task.minutes_id == minutes.id)).one()


def test_noted_once_with_its_duties(world: World, draft: Minutes) -> None:
    item = core_item(draft)
    for _ in range(2):
        task = note_task(world.worker, draft, item_id=item.id, errand=errand(), once="one")
    duties = {d.duty: (d.who, d.user_id) for d in db.session.scalars(sa.select(TaskDuty))}
    assert duties == {
        Duty.LEAD: ("陈立军", world.ids["manager"]),
        Duty.HELP: ("王秀兰", world.ids["owner"]),
        Duty.SUPPORT: ("小区党员志愿队", None),
    }
    assert task.state is TaskState.NOTED
    assert texts(draft, Heading.TASKS, item.id) == [
        "换塑木板，先报样品。物业领办：陈立军，协办：王秀兰，帮办：小区党员志愿队；2026年7月25日以前办好。"
    ]


@pytest.mark.parametrize(("days", "lead"), [(-1, "陈立军"), (900, "陈立军"), (3, "")])
def test_somebody_leads_and_the_day_can_be_kept(world: World, draft: Minutes, days: int, lead: str) -> None:
    given = errand(lead=lead)
    wrong = type(given)(given.what, given.side, clock.today() + timedelta(days=days), given.duties)
    with pytest.raises(Invalid):
        note_task(world.worker, draft, item_id=core_item(draft).id, errand=wrong, once="one")


def test_who_may_note(world: World, draft: Minutes) -> None:
    for who in ("owner", "manager", "visitor", "neighbour"):
        with pytest.raises(NotVisible):
            note_task(world.actor(who), draft, item_id=core_item(draft).id, errand=errand(), once=who)
    with pytest.raises(NotVisible):
        note_task(world.worker, draft, item_id=0, errand=errand(), once="nowhere")


def test_mended_and_struck_before_the_seal(world: World, task: Task, complete: Minutes) -> None:
    item = core_item(complete)
    amend_task(world.worker, task, errand=errand("先换三块"))
    assert texts(complete, Heading.TASKS, item.id)[0].startswith("先换三块。")
    strike_task(world.worker, task)
    assert texts(complete, Heading.TASKS, item.id) == []
    assert db.session.scalars(sa.select(TaskDuty)).all() == []


def test_begins_when_the_minutes_are_sealed(world: World, sent: Minutes) -> None:
    task = the_task(sent)
    with pytest.raises(NotVisible):
        report_task(world.manager, task, text="开始了", done=False, once="r")
    with pytest.raises(NotAllowed):
        begin_task(world.secretary, task)


def test_reported_by_those_who_have_a_duty(world: World, sealed: Minutes) -> None:
    task = the_task(sealed)
    assert task.state == TaskState.OPEN
    for _ in range(2):
        report_task(world.owner, task, text="样品看过了", done=False, once="seen")
    assert len(db.session.scalars(sa.select(TaskReport)).all()) == 1
    for who in ("tenant", "visitor"):
        with pytest.raises(NotAllowed):
            report_task(world.actor(who), task, text="我说", done=False, once=who)
    with pytest.raises(NotVisible):
        report_task(world.neighbour, task, text="我说", done=False, once="n")
    with pytest.raises(Invalid):
        report_task(world.manager, task, text="", done=True, once="empty")
    with clock.frozen(clock.at(DUE + timedelta(days=3), 9)):
        report_task(world.manager, task, text="换好了", done=True, once="done")
        assert str(task.state) == "done"
        with pytest.raises(NotAllowed):
            report_task(world.manager, task, text="又换了", done=True, once="again")
    done = db.session.scalars(sa.select(Entry).where(Entry.name == "task.done")).one()
    assert (done.payload["days_late"], done.story) == (3, f"topic:{task.topic_id}")


def test_dropped_with_the_reason_by_who_convenes(world: World, sealed: Minutes) -> None:
    task = the_task(sealed)
    with pytest.raises(NotAllowed):
        drop_task(world.manager, task, reason="不想办")
    with pytest.raises(Invalid):
        drop_task(world.secretary, task, reason="")
    drop_task(world.secretary, task, reason="街道统一换")
    assert (task.state, task.dropped_because) == (TaskState.DROPPED, "街道统一换")


def test_nothing_is_amended_after_the_seal(world: World, sealed: Minutes) -> None:
    with pytest.raises(NotAllowed, match="定稿"):
        amend_task(world.worker, the_task(sealed), errand=errand("别的"))
    with pytest.raises(NotAllowed, match="定稿"):
        note_task(world.worker, sealed, item_id=core_item(sealed).id, errand=errand(), once="late")


def kinds(world: World, name: str) -> set[str]:
    return {w.kind for w in waiting_for(world.actor(name))}


def test_it_waits_for_whom_it_concerns(world: World, complete: Minutes) -> None:
    from portal.minutes.actions.confirming import confirm_rest, object_to_line, send_minutes
    from portal.minutes.models import MinutesLine
    from tests.minutes.conftest import tick

    assert "write_minutes" in kinds(world, "worker")
    assert "read_minutes" not in kinds(world, "owner")
    send_minutes(world.worker, complete, until=UNTIL)
    assert "write_minutes" not in kinds(world, "worker")
    assert "read_minutes" in kinds(world, "owner")
    assert "read_minutes" not in kinds(world, "tenant")
    confirm_rest(world.owner, complete)
    assert "read_minutes" not in kinds(world, "owner")
    line = db.session.scalars(sa.select(MinutesLine).order_by(MinutesLine.id)).first()
    assert line
    object_to_line(world.chair, complete, line_id=line.id, reason="少一人")
    assert "answer_minutes" in kinds(world, "worker")
    confirm_rest(world.chair, complete)
    from portal.minutes.actions.confirming import confirm_line

    confirm_line(world.chair, complete, line_id=line.id)
    assert "task" not in kinds(world, "manager")
    with clock.frozen(UNTIL):
        tick()
        assert "read_minutes" not in kinds(world, "manager")
        assert "task" in kinds(world, "manager")
        assert "task" not in kinds(world, "owner"), "who helps is not reminded"


def test_conflicts_of_two_who_note(world: World, draft: Minutes) -> None:
    for n in range(20):
        note_task(world.worker, draft, item_id=core_item(draft).id, errand=errand(f"事{n}"), once=f"n{n}")
    with pytest.raises((Invalid, Conflict)):
        note_task(world.worker, draft, item_id=core_item(draft).id, errand=errand(), once="more")


LATER = DUE + timedelta(days=10)


def test_a_day_is_moved_with_its_reason_and_late_stays_late(world: World, sealed: Minutes) -> None:
    task = the_task(sealed)
    for _ in range(2):
        moved = move_task(world.secretary, task, due_on=LATER, reason="厂家缺货", once="one")
    assert (task.due_on, task.promised_on, moved.moved_from) == (LATER, DUE, DUE)
    told = db.session.scalars(sa.select(Entry).where(Entry.name == "task.moved")).one()
    assert told.story == task.story
    waits = next(w for w in waiting_for(world.manager) if w.kind == "task")
    assert waits.due == task.due_at
    again = move_task(world.secretary, task, due_on=LATER + timedelta(days=1), reason="还缺", once="two")
    assert (again.moved_from, task.promised_on) == (LATER, DUE)
    with clock.frozen(clock.at(DUE + timedelta(days=3), 9)):
        report_task(world.manager, task, text="换好了", done=True, once="done")
        done = db.session.scalars(sa.select(Entry).where(Entry.name == "task.done")).one()
        assert done.payload["days_late"] == 3
        with pytest.raises(NotAllowed):
            move_task(world.secretary, task, due_on=LATER + timedelta(days=9), reason="再等", once="three")


def test_who_moves_a_day_and_where_to(world: World, sealed: Minutes) -> None:
    task = the_task(sealed)
    for days in (0, -1, 900):
        with pytest.raises(Invalid):
            move_task(world.secretary, task, due_on=DUE + timedelta(days=days), reason="缺货", once=f"{days}")
    with pytest.raises(Invalid):
        move_task(world.secretary, task, due_on=LATER, reason="", once="none")
    for who in ("manager", "owner", "visitor"):
        with pytest.raises(NotAllowed):
            move_task(world.actor(who), task, due_on=LATER, reason="缺货", once=who)
    for who in ("neighbour", "other_secretary"):
        with pytest.raises(NotVisible):
            move_task(world.actor(who), task, due_on=LATER, reason="缺货", once=who)


def test_nothing_is_moved_before_it_was_promised(world: World, task: Task) -> None:
    with pytest.raises(NotAllowed):
        move_task(world.secretary, task, due_on=LATER, reason="缺货", once="one")
    amend_task(world.worker, task, errand=errand("换三块"))
    assert task.promised_on == task.due_on == DUE
