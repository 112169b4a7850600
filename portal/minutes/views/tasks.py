"""Tasks: noting them in minutes, their public page, reports, dropping."""

from datetime import timedelta
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.exports import listed
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...councils.models import Council
from ...councils.policy import Can as CouncilCan
from ...councils.queries import council_of
from ...meetings.sides import Side
from ..actions import tasks as act
from ..actions.tasks import Errand
from ..forms import DropForm, MoveForm, ReportForm, TaskForm
from ..listings import TASKS
from ..models import Minutes, Task
from ..policy import Can
from ..queries import minutes as minutes_queries
from ..queries import tasks as queries
from ..words import Duty

routes = Routes("tasks")
NEW = "/minutes/<int:minutes_id>/items/<int:item_id>/tasks/new"
TASK = "/tasks/<int:task_id>"
USUAL_DAYS = 14


@routes.get("/tasks", may=CouncilCan.SEE_COUNCIL, of=council_of)
def index(actor: Actor, council: Council) -> ResponseReturnValue:
    asked = {"state": "open", **request.args}
    return listed(TASKS, actor, asked, "minutes/tasks/index.html", council=council)


@routes.get(TASK, may=Can.SEE_TASK, of=queries.task_page)
def show(actor: Actor, task: Any) -> ResponseReturnValue:
    return _shown(task)


@routes.get(NEW, may=Can.WRITE, of=minutes_queries.item_page)
def new(actor: Actor, minutes: Any) -> ResponseReturnValue:
    return _noting(minutes, TaskForm(due_on=actor.today + timedelta(days=USUAL_DAYS)))


@routes.post(NEW, may=Can.WRITE, of=minutes_queries.item_page)
def create(actor: Actor, minutes: Any) -> ResponseReturnValue:
    form = TaskForm()
    if form.validate_on_submit():
        with form.catching():
            act.note_task(
                actor,
                visible(actor, Minutes, minutes.id),
                item_id=minutes.item.id,
                errand=_errand(form),
                once=form.once.data,
            )
            flash(_("记下了，纪要定稿以后开始办。"))
            return go("minutes.show", minutes_id=minutes.id, anchor=f"item-{minutes.item.id}")
    return _noting(minutes, form, 422)


@routes.get(TASK + "/edit", may=Can.AMEND_TASK, of=queries.task_page)
def edit(actor: Actor, task: Any) -> ResponseReturnValue:
    typed = {duty.value: line.who for duty in Duty if (line := task.duties.get(duty))}
    return _amending(task, TaskForm(what=task.what, side=task.side, due_on=task.due_on, **typed))


@routes.post(TASK + "/edit", may=Can.AMEND_TASK, of=queries.task_page)
def update(actor: Actor, task: Any) -> ResponseReturnValue:
    form = TaskForm()
    if form.validate_on_submit():
        with form.catching():
            act.amend_task(actor, visible(actor, Task, task.id), errand=_errand(form))
            return go("minutes.show", minutes_id=task.minutes_id, anchor=f"item-{task.item_id}")
    return _amending(task, form, 422)


@routes.post(TASK + "/removal", may=Can.AMEND_TASK, of=Task, back="tasks.show")
def strike(actor: Actor, task: Task) -> ResponseReturnValue:
    number = task.minutes_id
    act.strike_task(actor, task)
    flash(_("划去了。"))
    return go("minutes.show", minutes_id=number)


@routes.post(TASK + "/reports", may=Can.REPORT, of=queries.task_page, back="tasks.show")
def report(actor: Actor, task: Any) -> ResponseReturnValue:
    form = ReportForm()
    if form.validate_on_submit():
        with form.catching():
            subject = visible(actor, Task, task.id)
            act.report_task(actor, subject, text=form.text.data, done=form.done.data, once=form.once.data)
            flash(_("办好了，大家都看得到。") if form.done.data else _("说清楚了，大家都看得到。"))
            return go("tasks.show", task_id=task.id)
    return _shown(task, 422, form)


@routes.get(TASK + "/moving", may=Can.MOVE_TASK, of=queries.task_page)
def moving(actor: Actor, task: Any) -> ResponseReturnValue:
    return _moving(task, MoveForm())


@routes.post(TASK + "/moving", may=Can.MOVE_TASK, of=queries.task_page)
def move(actor: Actor, task: Any) -> ResponseReturnValue:
    form = MoveForm()
    if form.validate_on_submit():
        with form.catching():
            assert form.due_on.data is not None
            subject = visible(actor, Task, task.id)
            given = {"reason": form.reason.data, "once": form.once.data}
            act.move_task(actor, subject, due_on=form.due_on.data, **given)
            flash(_("推后了，原定的日子和理由大家都看得到。"))
            return go("tasks.show", task_id=task.id)
    return _moving(task, form, 422)


@routes.get(TASK + "/dropping", may=Can.DROP, of=queries.task_page)
def dropping(actor: Actor, task: Any) -> ResponseReturnValue:
    return _dropping(task, DropForm())


@routes.post(TASK + "/dropping", may=Can.DROP, of=queries.task_page)
def drop(actor: Actor, task: Any) -> ResponseReturnValue:
    form = DropForm()
    if form.validate_on_submit():
        with form.catching():
            act.drop_task(actor, visible(actor, Task, task.id), reason=form.reason.data)
            flash(_("这件事不办了，理由大家都看得到。"))
            return go("tasks.show", task_id=task.id)
    return _dropping(task, form, 422)


def _errand(form: TaskForm) -> Errand:
    assert form.due_on.data is not None
    return Errand(form.what.data, Side(form.side.data), form.due_on.data, form.duties)


def _shown(task: Any, status: int = 200, form: ReportForm | None = None) -> ResponseReturnValue:
    return page("minutes/tasks/show.html", status, task=task, form=form or ReportForm())


def _noting(minutes: Any, form: TaskForm, status: int = 200) -> ResponseReturnValue:
    return page("minutes/tasks/new.html", status, block="task_form", minutes=minutes, form=form)


def _amending(task: Any, form: TaskForm, status: int = 200) -> ResponseReturnValue:
    return page("minutes/tasks/edit.html", status, block="task_form", task=task, form=form)


def _moving(task: Any, form: MoveForm, status: int = 200) -> ResponseReturnValue:
    return page("minutes/tasks/moving.html", status, block="moving_form", task=task, form=form)


def _dropping(task: Any, form: DropForm, status: int = 200) -> ResponseReturnValue:
    return page("minutes/tasks/dropping.html", status, block="dropping_form", task=task, form=form)
