"""How a project moves. Lateness is never a state: it is read from the days of the milestones."""

from collections.abc import Iterable

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Unmet
from ..core.lifecycle import Lifecycle, Move
from ..core.text import _
from ..councils import phases
from . import events as e
from .models import Milestone, Project
from .policy import Can
from .words import ProjectState

S = ProjectState


def milestones_done(project: Project, _actor: Actor) -> Iterable[Unmet]:
    """All steps are reported before the whole is."""
    still = sa.select(sa.func.count()).where(Milestone.project_id == project.id, Milestone.done_on.is_(None))
    if open_ones := db.session.scalar(still):
        yield Unmet(_("还有 %(n)d 个节点没有完成。", n=open_ones), f"/projects/{project.id}#milestones")


def shown_after(project: Project, _actor: Actor) -> Iterable[Unmet]:
    """Neighbours see what it looks like now."""
    if project.after_file_id is None:
        yield Unmet(_("还没有一张修好以后的照片。"), f"/projects/{project.id}/updates/new")


def contract_signed(project: Project, _actor: Actor) -> Iterable[Unmet]:
    """What the owners decided on is built by a contract that everybody can read about."""
    if project.contracted_on is None and phases.goes_to_owners(project.topic_id):
        yield Unmet(_("还没有签合同。业主表决过的事，签了合同才开工。"), f"/projects/{project.id}/contract")


PROJECT = Lifecycle(
    Project,
    ProjectState,
    Move(e.ProjectBegun, Can.BEGIN, (S.PLANNED,), S.UNDERWAY, (contract_signed,)),
    Move(
        e.ProjectCompleted,
        Can.COMPLETE,
        (S.UNDERWAY,),
        S.AWAITING_ACCEPTANCE,
        (milestones_done, shown_after),
    ),
    Move(e.ProjectAccepted, Can.INSPECT, (S.AWAITING_ACCEPTANCE,), S.ACCEPTED),
    Move(e.ProjectRefused, Can.INSPECT, (S.AWAITING_ACCEPTANCE,), S.UNDERWAY),
    Move(e.ProjectClosed, Can.CLOSE, (S.ACCEPTED,), S.CLOSED),
    Move(e.ProjectStopped, Can.STOP, (S.PLANNED, S.UNDERWAY, S.AWAITING_ACCEPTANCE), S.STOPPED),
)
