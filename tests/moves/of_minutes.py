"""Minutes in every state, before their hour and after it, and the tasks they noted.

`late` is the end of the third day after the meeting: the time to read is over.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.core.files import Kept
from portal.meetings.actions import running
from portal.meetings.actions.arriving import admit
from portal.meetings.models import AgendaItem, Body
from portal.meetings.sides import Side
from portal.meetings.words import Kind
from portal.minutes import docx
from portal.minutes import events as e
from portal.minutes.actions import claiming, confirming, sealing, tasks, teams, templates, writing
from portal.minutes.actions import on_paper as signatures
from portal.minutes.models import Minutes, MinutesLine, MinutesMark, MinutesSection, Task, Team
from portal.minutes.words import Heading, MinutesState, Outcome, Stance, TaskState, TeamState
from tests.meetings.conftest import THURSDAY
from tests.minutes.conftest import DUE, errand
from tests.moves.of_meetings import EVENING, of, on_meeting
from tests.moves.of_meetings import S as Meet
from tests.moves.of_votes import same
from tests.moves.trying import Attempt, Case, Family, Stage
from tests.world import World

S, T = MinutesState, TaskState
AFTER = THURSDAY + timedelta(hours=2)
UNTIL = THURSDAY + timedelta(days=3)
OBJECTED = Stance.WRONG
TEMPLATE = Kept("样式.docx", docx.PACKED, 1, "0" * 64, "0" * 64)


def _closed(world: World, case: Case) -> Stage:
    """The meeting is over, its draft is there, a task is noted."""
    stage = on_meeting(world, Case(Meet.OPEN))
    meeting = stage.main
    with clock.frozen(EVENING):
        stage.made["guest"] = admit(world.secretary, meeting, who="马玉珍", side=Side.RESIDENT)
        running.close_meeting(world.secretary, meeting)
    minutes = db.session.scalars(sa.select(Minutes).where(Minutes.meeting_id == meeting.id)).one()
    item = db.session.scalars(
        sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).order_by(AgendaItem.position)
    ).first()
    assert item
    stage.made |= {"first": item, "meeting": meeting}
    with clock.frozen(AFTER):
        task = tasks.note_task(world.worker, minutes, item_id=item.id, errand=errand(), once="task")
        charge = teams.Charge("绿化监督队", "补种的草", UNTIL.date(), DUE)
        people = ["王秀兰", "陈立军"]
        team = teams.note_team(
            world.worker, minutes, item_id=item.id, charge=charge, people=people, once="team"
        )
    stage.made |= {"task": task, "team": team}
    stage.case, stage.watched = case, [minutes]
    return stage


def _section(minutes: Minutes, heading: Heading, item_id: int | None = None) -> MinutesSection:
    found = sa.select(MinutesSection).where(
        MinutesSection.minutes_id == minutes.id, MinutesSection.heading == heading
    )
    if item_id is not None:
        found = found.where(MinutesSection.item_id == item_id)
    return db.session.scalars(found).one()


def _complete(world: World, minutes: Minutes) -> None:
    """Every item has its outcome, every speaker his words."""
    items = sa.select(AgendaItem).where(AgendaItem.meeting_id == minutes.meeting_id)
    for item in db.session.scalars(items.order_by(AgendaItem.position)).all():
        of_item = _section(minutes, Heading.OUTCOME, item.id)
        writing.state_outcome(
            world.worker,
            minutes,
            item_id=item.id,
            version=of_item.version,
            kind=Outcome.NONE,
            said="没有议成。",
        )
        said = _section(minutes, Heading.SAID, item.id)
        writing.write_section(
            world.worker, minutes, section_id=said.id, version=said.version, text="业委会（赞成）：就这样。"
        )


def on_minutes(world: World, case: Case) -> Stage:
    """Minutes taken as far as this state by those who may; with `wrong`, an objection of the owner waits."""
    stage = _closed(world, case)
    minutes = stage.main
    with clock.frozen(AFTER):
        _complete(world, minutes)
        if case.state in (S.SENT, S.SEALED):
            confirming.send_minutes(world.worker, minutes, until=UNTIL)
        line = db.session.scalars(
            sa.select(MinutesLine).where(MinutesLine.minutes_id == minutes.id).order_by(MinutesLine.id)
        ).first()
        stage.made["line"] = line
        if case.thing is OBJECTED and line:
            confirming.object_to_line(world.owner, minutes, line_id=line.id, reason="少数了一个人")
            stage.made["mark"] = db.session.scalars(sa.select(MinutesMark)).one()
    if case.state is S.SEALED:
        with clock.frozen(UNTIL):
            sealing.seal_minutes(world.worker, minutes)
    return stage


def on_unwritten(world: World, case: Case) -> Stage:
    """A draft to which nobody has set his hand."""
    return _closed(world, case)


def on_task(world: World, case: Case) -> Stage:
    """The task of minutes that are being written (noted), or sealed."""
    sealed = case.state is not T.NOTED
    stage = on_minutes(world, Case(S.SEALED if sealed else S.SENT))
    task = stage.made["task"]
    with clock.frozen(UNTIL):
        if case.state is T.DONE:
            tasks.report_task(world.manager, task, text="换好了", done=True, once="done")
        if case.state is T.DROPPED:
            tasks.drop_task(world.secretary, task, reason="街道统一换")
    stage.case, stage.watched = case, [task]
    return stage


def minutes(stage: Stage) -> Minutes:
    return stage.main  # type: ignore[no-any-return]


def body(stage: Stage) -> Any:
    return db.session.get_one(Body, stage.main.body_id)


def more(stage: Stage) -> dict[str, Any]:
    section = _section(stage.main, Heading.MORE)
    return {"section_id": section.id, "version": section.version, "text": "另外说一句"}


def result(stage: Stage) -> dict[str, Any]:
    item = stage.made["first"]
    section = _section(stage.main, Heading.OUTCOME, item.id)
    words = {"kind": Outcome.AGAIN, "said": "下次再议。"}
    return {"item_id": item.id, "version": section.version, **words}


def on_paper(stage: Stage, **more: Any) -> dict[str, Any]:
    return {"invitation_id": stage.made["guest"].id, "signed_on": clock.local(AFTER).date(), **more}


def wrong_on_paper(stage: Stage) -> dict[str, Any]:
    return on_paper(stage, line_id=stage.made["line"].id, reason="不对")


def second_task(stage: Stage) -> dict[str, Any]:
    return {"item_id": stage.made["first"].id, "errand": errand("再报一次价"), "once": "second"}


def second_team(stage: Stage) -> dict[str, Any]:
    charge = teams.Charge("工地监督队", "木栈道", UNTIL.date(), DUE)
    return {"item_id": stage.made["first"].id, "charge": charge, "people": ["王秀兰"], "once": "more"}


NOTHING = same()


def on(action: Any, values: Any = NOTHING, subject: Any = minutes, **given: Any) -> Attempt:
    return Attempt(action, subject, values, timed=True, **given)


WRITING = [
    on(writing.write_section, more),
    on(writing.state_outcome, result),
    on(tasks.note_task, second_task),
    on(teams.note_team, second_team),
    on(confirming.send_minutes, same(until=UNTIL + timedelta(days=3)), event=e.MinutesSent),
    on(sealing.seal_minutes, event=e.MinutesSealed),
]
SIGNED = [on(signatures.enter_signature, on_paper), on(signatures.enter_objection, wrong_on_paper)]
MINUTES = Family(
    "minutes",
    UNTIL,
    [*(Case(state, late=True) for state in S), Case(S.SENT, OBJECTED, late=True)],
    on_minutes,
    [
        *WRITING,
        on(confirming.confirm_line, of("line", "line_id")),
        on(confirming.confirm_rest),
        on(confirming.object_to_line, of("line", "line_id", reason="不对")),
        on(confirming.answer_mark, of("mark", "mark_id", answer="没有错")),
        on(writing.add_addendum, same(text="补一句", once="addendum")),
        *SIGNED,
        on(templates.set_template, same(template=TEMPLATE), body),
    ],
)
READING = Family(
    "minutes, in time",
    UNTIL - timedelta(hours=1),
    [Case(S.SENT, late=True), Case(S.SENT, OBJECTED, late=True)],
    on_minutes,
    [
        on(writing.write_section, more),
        on(sealing.seal_minutes, event=e.MinutesSealed),
        on(confirming.confirm_line, of("line", "line_id")),
        on(confirming.confirm_rest),
        on(confirming.object_to_line, of("line", "line_id", reason="不对")),
        on(confirming.answer_mark, of("mark", "mark_id", answer="没有错")),
        *SIGNED,
    ],
)
UNWRITTEN = Family("minutes, unwritten", AFTER, [Case(S.DRAFT, late=True)], on_unwritten, WRITING)


def task(stage: Stage) -> Task:
    return stage.watched[0]  # type: ignore[no-any-return]


LATER = DUE + timedelta(days=10)
TASKS = Family(
    "task",
    UNTIL + timedelta(hours=1),
    [Case(state, late=True) for state in T],
    on_task,
    [
        on(tasks.amend_task, same(errand=errand("换三块")), task),
        on(tasks.begin_task, subject=task, event=e.TaskBegun),
        on(tasks.report_task, same(text="样品到了", done=False, once="seen"), task, variant="not done"),
        on(tasks.report_task, same(text="换好了", done=True, once="ready"), task, event=e.TaskDone),
        on(tasks.move_task, same(due_on=LATER, reason="厂家缺货", once="moved"), task),
        on(tasks.drop_task, same(reason="不换了"), task, event=e.TaskDropped),
    ],
)
STRIKING = Family(
    "task, struck",
    UNTIL,
    [Case(T.NOTED, late=True)],
    on_task,
    [on(tasks.strike_task, subject=lambda s: s.main)],
)


def on_board(world: World, case: Case) -> Stage:
    """A tea with something that was said and that nobody has."""
    stage = on_meeting(world, case)
    stage.made["body"].kind = Kind.TEA
    db.session.flush()
    return stage


def taken(stage: Stage) -> dict[str, Any]:
    return {**of("note", "note_id")(stage), "errand": errand(), "once": "taken"}


BOARDS = Family(
    "board",
    EVENING,
    [Case(state, late=True) for state in (Meet.CALLED, Meet.OPEN, Meet.CLOSED)],
    on_board,
    [
        on(claiming.claim_note, taken),
        on(claiming.strike_note, of("note", "note_id", reason="说的是某个人")),
        on(claiming.take_on_note, of("note", "note_id", what="我来", due_on=DUE, once="own")),
    ],
)


def on_team(world: World, case: Case) -> Stage:
    """The team of minutes that are being written (noted), or sealed."""
    sealed = case.state is TeamState.NAMED
    stage = on_minutes(world, Case(S.SEALED if sealed else S.DRAFT, late=True))
    stage.case, stage.watched = case, [stage.made["team"]]
    return stage


def team(stage: Stage) -> Team:
    return stage.made["team"]  # type: ignore[no-any-return]


TEAMS = Family(
    "team",
    UNTIL + timedelta(hours=1),
    [Case(state, late=True) for state in TeamState],
    on_team,
    [
        on(teams.name_team, subject=team, event=e.TeamNamed),
        on(teams.answer_team, same(agrees=True), team),
        on(teams.add_to_team, same(who="孙朝晖"), team),
    ],
)
TEAM_STRUCK = Family(
    "team, struck",
    UNTIL,
    [Case(TeamState.NOTED, late=True)],
    on_team,
    [on(teams.strike_team, subject=lambda s: s.main)],
)
