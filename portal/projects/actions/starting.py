"""Starting a project from a decision: who, by when, with whose money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from ...accounts import identity
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid, Unmet
from ...core.eventlog import record
from ...core.text import _
from ...councils.actions.line import start_work
from ...councils.words import Party, TopicState
from ...decisions.models import Decision
from ...decisions.words import DecisionState
from .. import course, rules
from ..events import ContractSigned, ProjectBegun, ProjectPlanned
from ..lifecycle import PROJECT
from ..models import BudgetLine, FundingLine, Milestone, Project, Supervisor
from ..policy import Can
from ..words import ProjectState, Source


@dataclass(frozen=True)
class Step:
    """A milestone as planned. `weight`: its part of the whole, in any unit."""

    title: str
    due_on: date
    weight: int = 1


@dataclass(frozen=True)
class Use:
    """What money is meant for, in 分."""

    title: str
    amount: int


@dataclass(frozen=True)
class Share:
    """Where money comes from, in 分."""

    source: Source
    amount: int
    note: str = ""


@action(Can.START)
def start_project(
    actor: Actor,
    decision: Decision,
    *,
    title: str,
    summary: str,
    party: Party,
    in_charge_id: int,
    supervisor_ids: Sequence[int],
    milestones: Sequence[Step],
    budget: Sequence[Use],
    funding: Sequence[Share],
    once: str,
    contractor: str = "",
    begins_on: date | None = None,
) -> Project:
    """Carry a decision out. It is under way at once unless it begins on a later day or waits for
    its contract.

    The same `once` again returns the project it made before. Raises Invalid for people, days or sums that cannot
    be, Conflict if the decision is being carried out already.
    """
    if known := made(Project, once, started_by_id=actor.id):
        return known
    begins_on = begins_on or actor.today
    _free(decision)
    _check_steps(milestones, begins_on)
    _check_money(budget, funding)
    people = _people(actor, decision, in_charge_id, supervisor_ids)
    assert actor.id is not None
    steps = [rules.Step(s.weight, s.due_on, None) for s in milestones]
    project = Project(
        decision_id=decision.id,
        topic_id=decision.topic_id,
        place_path=decision.place_path,
        place_label=decision.place_label,
        title=title,
        summary=summary,
        party=party,
        in_charge_id=in_charge_id,
        contractor=contractor,
        begins_on=begins_on,
        ends_on=max(s.due_on for s in milestones),
        next_due_at=rules.next_due(steps, None),
        weight_all=rules.progress(steps)[1],
        budget=sum(u.amount for u in budget),
        started_by_id=actor.id,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(project)
    _store_parts(project, supervisor_ids, people, milestones, budget, funding)
    record(actor, project, ProjectPlanned(project.id, party, project.budget, project.ends_on))
    _topic_starts(actor, project)
    if begins_on <= actor.today and not PROJECT.unmet(actor, project, ProjectBegun):
        PROJECT.move(actor, project, ProjectBegun(project.id))
    return project


@action(Can.CONTRACT)
def sign_contract(actor: Actor, project: Project, *, contractor: str, on: date, amount: int) -> None:
    """State the contract that was signed: with whom, when, for how much; once, and in public.

    Raises Invalid with the field, Conflict before the decision has taken effect or where one was stated.
    """
    if project.contracted_on is not None:
        raise Conflict(Unmet(_("合同已经记下了，不能再改。"), f"/projects/{project.id}#contract"))
    decision = db.session.get_one(Decision, project.decision_id)
    if decision.state is not DecisionState.EFFECTIVE:
        raise Conflict(Unmet(_("决定生效以后才能签合同。"), f"/decisions/{decision.id}"))
    if not contractor.strip():
        raise Invalid(_("请写和谁签的。"), "contractor")
    if on > actor.today:
        raise Invalid(_("请写已经签了的日子。"), "on")
    if not 0 < amount <= project.budget:
        raise Invalid(_("合同价要大于 0，不能比预算高。不够的，先公开追加预算。"), "amount")
    project.contractor, project.contracted_on = contractor.strip()[:60], on
    project.contract_sum, project.contract_at = amount, actor.now
    record(actor, project, ContractSigned(project.id, amount))


@action(Can.BEGIN)
def begin_work(actor: Actor, project: Project) -> None:
    """The work has begun, on the planned day or another."""
    project.begins_on = actor.today
    PROJECT.move(actor, project, ProjectBegun(project.id))


def _free(decision: Decision) -> None:
    found = sa.select(Project.id).where(
        Project.decision_id == decision.id, Project.state != ProjectState.STOPPED
    )
    if running := db.session.scalar(found.limit(1)):
        raise Conflict(Unmet(_("这个决定已经立了项目。"), f"/projects/{running}"))


def _check_steps(milestones: Sequence[Step], begins_on: date) -> None:
    if not milestones:
        raise Invalid(_("至少写一个节点：做什么、哪天完成。"), "milestones")
    if len(milestones) > rules.MOST_LINES:
        raise Invalid(_("节点太多了，最多 %(most)d 个。", most=rules.MOST_LINES), "milestones")
    if any(s.due_on < begins_on for s in milestones):
        raise Invalid(_("节点的日子不能早于开工的日子。"), "milestones")
    if any(not s.title or s.weight < 1 for s in milestones):
        raise Invalid(_("每个节点都要写名称，占比至少是 1。"), "milestones")


def _check_money(budget: Sequence[Use], funding: Sequence[Share]) -> None:
    if max(len(budget), len(funding)) > rules.MOST_LINES:
        raise Invalid(_("预算和来源最多各写 %(most)d 行。", most=rules.MOST_LINES), "budget")
    if any(not u.title or u.amount <= 0 for u in budget):
        raise Invalid(_("每一行预算都要写用途和大于零的金额。"), "budget")
    if any(s.amount <= 0 for s in funding):
        raise Invalid(_("来源的金额要大于零，没有就不填。"), "funding")
    if not rules.balanced((u.amount for u in budget), (s.amount for s in funding)):
        raise Invalid(_("预算合计和资金来源合计要一分不差。"), "funding")


def _people(
    actor: Actor, decision: Decision, in_charge_id: int, supervisor_ids: Sequence[int]
) -> dict[int, str]:
    """Party by person. Raises Invalid for nobody, too many, strangers, and one who would watch himself."""
    if not supervisor_ids:
        raise Invalid(_("监督小组至少要有一个人。"), "supervisors")
    if len(set(supervisor_ids)) > rules.MOST_SUPERVISORS:
        raise Invalid(_("监督小组最多 %(most)d 个人。", most=rules.MOST_SUPERVISORS), "supervisors")
    if in_charge_id in supervisor_ids:
        raise Invalid(_("牵头负责的人不能监督自己。"), "supervisors")
    found = {id: identity.actor_of(row) for id, row in identity.load([in_charge_id, *supervisor_ids]).items()}
    inside = {id: a.party for id, a in found.items() if a.community == decision.community_path}
    if in_charge_id not in inside:
        raise Invalid(_("请选本社区的人来牵头。"), "in_charge")
    if missing := set(supervisor_ids) - set(inside):
        raise Invalid(_("监督小组里有 %(n)d 个人不在本社区。", n=len(missing)), "supervisors")
    return inside


def _store_parts(
    project: Project,
    supervisor_ids: Sequence[int],
    people: dict[int, str],
    milestones: Sequence[Step],
    budget: Sequence[Use],
    funding: Sequence[Share],
) -> None:
    at = {"project_id": project.id}
    store(
        *(
            Supervisor(**at, user_id=id, position=n, party=people[id])
            for n, id in enumerate(dict.fromkeys(supervisor_ids))
        ),
        *(
            Milestone(**at, position=n, title=s.title, weight=s.weight, planned_on=s.due_on, due_on=s.due_on)
            for n, s in enumerate(milestones)
        ),
        *(BudgetLine(**at, position=n, title=u.title, amount=u.amount) for n, u in enumerate(budget)),
        *(
            FundingLine(**at, position=n, source=s.source, amount=s.amount, note=s.note)
            for n, s in enumerate(funding)
        ),
    )


def _topic_starts(actor: Actor, project: Project) -> None:
    """The first project of a decision moves its topic on; a topic that somebody moved by hand stays."""
    topic = course.topic_of(project)
    if topic and topic.state in (TopicState.POSTED, TopicState.DECIDED):
        start_work(actor, topic, in_charge=project.party, due_at=rules.end_of(project.ends_on))
