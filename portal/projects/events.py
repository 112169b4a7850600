"""What happens to projects."""

from datetime import date

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from ..councils.words import Party


@event("project.planned", N_("立了项目，{party:party_name}牵头，预算 {budget:money}"), icon="clipboard-list")
class ProjectPlanned(Event):
    project_id: int
    party: Party
    budget: int
    ends_on: date


@event("project.contracted", N_("{who}记下签了合同，{amount:money}"), icon="file-text")
class ContractSigned(Event):
    project_id: int
    amount: int


@event("project.begun", N_("开工了"), icon="hammer")
class ProjectBegun(Event):
    project_id: int


@event("project.updated", N_("{who}写了项目进展"), icon="camera")
class ProjectUpdated(Event):
    update_id: int


@event("project.paid", N_("{who}记了一笔支出 {amount:money}，凭证可以查看"), icon="receipt-text")
class ProjectPaid(Event):
    spending_id: int
    amount: int


@event("project.budget_raised", N_("{who}追加预算 {amount:money}"), icon="coins")
class BudgetRaised(Event):
    budget_line_id: int
    amount: int


@event("milestone.done", N_("完成一个节点，进度 {percent}%"), icon="square-check-big")
class MilestoneDone(Event):
    milestone_id: int
    percent: int
    days_late: int


@event("milestone.delayed", N_("{who}公布一个节点延期 {days:num} 天，写明了原因"), icon="hourglass")
class MilestoneDelayed(Event):
    milestone_id: int
    days: int
    due_on: date


@event("project.completed", N_("{party:party_name}报告完工，等监督小组验收"), icon="list-checks")
class ProjectCompleted(Event):
    acceptance_id: int
    party: Party


@event("project.accepted", N_("{who}代表监督小组验收通过"), icon="badge-check")
class ProjectAccepted(Event):
    acceptance_id: int


@event("project.refused", N_("{who}代表监督小组验收：有 {defects:num} 处要返工"), icon="undo-2")
class ProjectRefused(Event):
    acceptance_id: int
    defects: int
    redo_by: date


@event("project.rated", N_("{who}评价了项目"), icon="star", visibility=Visibility.STAFF)
class ProjectRated(Event):
    project_id: int


@event("project.closed", N_("{who}把项目归档"), icon="archive")
class ProjectClosed(Event):
    project_id: int
    spent: int


@event("project.stopped", N_("{who}停止了项目，写明了原因"), icon="ban")
class ProjectStopped(Event):
    project_id: int
    spent: int
