"""Where the money goes: entering payments, raising the budget, the list with its receipts."""

import sqlalchemy as sa
from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import files
from ...core.actor import Actor
from ...core.db import db
from ...core.exports import listed
from ...core.files import keep_paper
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.paying import raise_budget, spend
from ..forms import BudgetForm, SpendingForm
from ..listings import SPENDINGS, of_project
from ..models import BudgetLine, Project, Spending
from ..policy import Can
from ..words import Source

routes = Routes("money")


@routes.get("/projects/<int:project_id>/spending", may=Can.SEE, of=Project)
def index(actor: Actor, project: Project) -> ResponseReturnValue:
    mine = of_project(SPENDINGS, project.id)
    return listed(mine, actor, request.args, "projects/money/index.html", project=project)


@routes.get("/projects/<int:project_id>/spending/new", may=Can.SPEND, of=Project)
def new(actor: Actor, project: Project) -> ResponseReturnValue:
    form = SpendingForm(_lines(project), spent_on=actor.today)
    return page("projects/money/new.html", project=project, form=form)


@routes.post("/projects/<int:project_id>/spending/new", may=Can.SPEND, of=Project)
def create(actor: Actor, project: Project) -> ResponseReturnValue:
    form = SpendingForm(_lines(project))
    if form.validate_on_submit():
        with form.catching():
            spend(
                actor,
                project,
                amount=form.amount.data or 0,
                purpose=form.purpose.data,
                payee=form.payee.data,
                spent_on=form.spent_on.data,
                budget_line_id=form.budget_line_id.data or None,
                receipts=[k for up in form.receipts.data or () if (k := keep_paper(up, "receipts"))],
                once=form.once.data,
            )
            flash(_("这笔支出和凭证已经公开。"))
            return go("projects.show", project_id=project.id, anchor="money")
    return page("projects/money/new.html", 422, block="spending_form", project=project, form=form)


@routes.get("/projects/<int:project_id>/budget/new", may=Can.RAISE_BUDGET, of=Project)
def budget(actor: Actor, project: Project) -> ResponseReturnValue:
    return page("projects/money/budget.html", project=project, form=BudgetForm())


@routes.post("/projects/<int:project_id>/budget/new", may=Can.RAISE_BUDGET, of=Project)
def add_budget(actor: Actor, project: Project) -> ResponseReturnValue:
    form = BudgetForm()
    if form.validate_on_submit():
        with form.catching():
            raise_budget(
                actor,
                project,
                title=form.title.data,
                amount=form.amount.data or 0,
                source=Source(form.source.data),
                note=form.note.data,
                reason=form.reason.data,
                once=form.once.data,
            )
            flash(_("预算追加了，原因大家都看得到。"))
            return go("projects.show", project_id=project.id, anchor="money")
    return page("projects/money/budget.html", 422, block="budget_form", project=project, form=form)


@routes.get("/spendings/<int:spending_id>/files/<int:file_id>/<size>", may=Can.SEE_SPENDING, of=Spending)
def file(actor: Actor, spending: Spending, file_id: int, size: str) -> ResponseReturnValue:
    return files.send(spending, file_id, size)


def _lines(project: Project) -> list[tuple[int, str]]:
    found = sa.select(BudgetLine.id, BudgetLine.title).where(BudgetLine.project_id == project.id)
    return [(row.id, row.title) for row in db.session.execute(found.order_by(BudgetLine.position))]
