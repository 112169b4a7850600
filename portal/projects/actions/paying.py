"""Money: paying with receipts, and raising the budget with the reason. Sums are exact."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.amounts import plain
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.text import _
from .. import rules
from ..events import BudgetRaised, ProjectPaid
from ..models import BudgetLine, FundingLine, Project, Spending
from ..policy import Can
from ..words import Source


@action(Can.SPEND)
def spend(
    actor: Actor,
    project: Project,
    *,
    amount: int,
    purpose: str,
    receipts: Sequence[Kept],
    once: str,
    spent_on: date | None = None,
    payee: str = "",
    budget_line_id: int | None = None,
) -> Spending:
    """Enter money that was paid (分), with its receipts. The same `once` again returns the first entry.

    Raises Invalid without a receipt, for a day to come, and for what the budget does not hold.
    """
    if known := made(Spending, once, by_id=actor.id):
        return known
    spent_on = spent_on or actor.today
    _check_amount(project, amount)
    if spent_on > actor.today:
        raise Invalid(_("付款的日子还没到。"), "spent_on")
    if not receipts:
        raise Invalid(_("每一笔支出都要有凭证，拍一张发票或收据。"), "receipts")
    if budget_line_id is not None:
        _own_line(project, budget_line_id)
    spending = Spending(
        project_id=project.id,
        place_path=project.place_path,
        budget_line_id=budget_line_id,
        amount=amount,
        purpose=purpose,
        payee=payee,
        spent_on=spent_on,
        by_id=actor.id,
        party=actor.party,
        at=actor.now,
        once=once,
    )
    store(spending)
    attach(actor, spending, receipts, "receipt")
    project.spent += amount
    project.spendings_count += 1
    record(actor, project, ProjectPaid(spending.id, amount))
    return spending


@action(Can.RAISE_BUDGET)
def raise_budget(
    actor: Actor,
    project: Project,
    *,
    title: str,
    amount: int,
    source: Source,
    reason: str,
    once: str,
    note: str = "",
) -> BudgetLine:
    """Add a budget line with its source, and say in public why. The same `once` again returns the first line.

    Raises Invalid for no money, or without a reason.
    """
    if known := made(BudgetLine, once, project_id=project.id):
        return known
    if amount <= 0:
        raise Invalid(_("金额要大于零。"), "amount")
    if not reason:
        raise Invalid(_("请写明为什么追加，大家都看得到。"), "reason")
    position = _next_position(BudgetLine, project)
    if position >= rules.MOST_LINES * 2:
        raise Invalid(_("预算已经追加太多次了，请重新商量。"), "amount")
    line = BudgetLine(
        project_id=project.id,
        position=position,
        title=title,
        amount=amount,
        reason=reason,
        added_at=actor.now,
        once=once,
    )
    origin = FundingLine(
        project_id=project.id,
        position=_next_position(FundingLine, project),
        source=source,
        amount=amount,
        note=note,
    )
    store(line, origin)
    project.budget += amount
    record(actor, project, BudgetRaised(line.id, amount))
    return line


def _check_amount(project: Project, amount: int) -> None:
    if amount <= 0:
        raise Invalid(_("金额要大于零。"), "amount")
    if too_much := rules.over(project.budget, project.spent, amount):
        sentence = _("这一笔会超出预算 %(over)s 元。要先请社区书记追加预算，写明原因。", over=plain(too_much))
        raise Invalid(sentence, "amount")


def _own_line(project: Project, line_id: int) -> None:
    line = db.session.get(BudgetLine, line_id)
    if line is None or line.project_id != project.id:
        raise Invalid(_("没有这一行预算，请刷新页面看看。"), "budget_line_id")


def _next_position(model: type[BudgetLine] | type[FundingLine], project: Project) -> int:
    latest = sa.select(sa.func.max(model.position)).where(model.project_id == project.id)
    position = db.session.scalar(latest)
    return 0 if position is None else position + 1
