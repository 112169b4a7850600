"""What the pages of projects read: columns, not entities; each page a constant number of queries."""

from functools import cache
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from ..accounts.models import User
from ..accounts.naming import shown
from ..core import access, panels
from ..core.actor import Actor
from ..core.columns import Rows
from ..core.db import db
from ..core.files import StoredFile, files_column
from ..core.nested import nested, unpack
from ..decisions.models import Decision
from ..minutes.queries.teams import TeamBrief, about
from . import lines
from .models import (
    Acceptance,
    BudgetLine,
    Delay,
    FundingLine,
    Milestone,
    Project,
    ProjectRating,
    ProjectUpdate,
    Spending,
    Supervisor,
)

UPDATES_SHOWN = 10
SPENDINGS_SHOWN = 30
RATINGS_SHOWN = 10

_me = sa.bindparam("me", type_=sa.Integer)
author = sa.orm.aliased(User)
charge = sa.orm.aliased(User)
before = sa.orm.aliased(StoredFile)
after = sa.orm.aliased(StoredFile)

SPENDING_COLUMNS = (
    Spending.id,
    Spending.amount,
    Spending.purpose,
    Spending.payee,
    Spending.spent_on,
    Spending.party,
    BudgetLine.title.label("line"),
    files_column(Spending).label("papers"),
)
UPDATE_COLUMNS = (
    ProjectUpdate.id,
    ProjectUpdate.body,
    ProjectUpdate.party,
    shown(author).label("author"),
    ProjectUpdate.at,
    Milestone.title.label("milestone"),
    files_column(ProjectUpdate).label("files"),
)


def spendings(columns: tuple[Any, ...] = SPENDING_COLUMNS) -> Rows:
    return sa.select(*columns).outerjoin(BudgetLine, BudgetLine.id == Spending.budget_line_id)


def updates(columns: tuple[Any, ...] = UPDATE_COLUMNS) -> Rows:
    return (
        sa.select(*columns)
        .join(author, author.id == ProjectUpdate.by_id)
        .outerjoin(Milestone, Milestone.id == ProjectUpdate.milestone_id)
    )


def _of(model: Any, kind: Any, *order: Any) -> Rows:
    """The columns of `model` that a line shows, of one project."""
    return (
        sa.select(*(getattr(model, name) for name in kind._fields))
        .where(model.project_id == Project.id)
        .order_by(*order)
    )


def _budget() -> Rows:
    paid = (
        sa.select(sa.func.coalesce(sa.func.sum(Spending.amount), 0))
        .where(Spending.budget_line_id == BudgetLine.id)
        .correlate(BudgetLine)
        .scalar_subquery()
    )
    b = BudgetLine
    wanted = (b.id, b.title, b.amount, b.reason, b.added_at, sa.cast(paid, sa.BigInteger).label("paid"))
    return sa.select(*wanted).where(b.project_id == Project.id).order_by(b.position)


def _acceptances() -> Rows:
    a, decider = Acceptance, sa.orm.aliased(User)
    return (
        sa.select(
            a.id,
            a.report,
            a.reported_at,
            a.accepted,
            a.finding,
            a.defects,
            a.redo_by,
            shown(decider).label("decider"),
            a.decided_at,
        )
        .outerjoin(decider, decider.id == a.decided_by_id)
        .where(a.project_id == Project.id)
        .order_by(a.id.desc())
        .limit(10)
    )


def _supervisors() -> Rows:
    person = sa.orm.aliased(User)
    return (
        sa.select(Supervisor.user_id, shown(person).label("name"), Supervisor.party)
        .join(person, person.id == Supervisor.user_id)
        .where(Supervisor.project_id == Project.id)
        .order_by(Supervisor.position)
    )


def _ratings() -> Rows:
    rater = sa.orm.aliased(User)
    return (
        sa.select(shown(rater).label("author"), ProjectRating.stars, ProjectRating.body, ProjectRating.at)
        .join(rater, rater.id == ProjectRating.user_id)
        .where(ProjectRating.project_id == Project.id, ProjectRating.body != "")
        .order_by(ProjectRating.at.desc(), ProjectRating.user_id)
        .limit(RATINGS_SHOWN)
    )


def _by_stars() -> Rows:
    return (
        sa.select(ProjectRating.stars, sa.func.count().label("people"))
        .where(ProjectRating.project_id == Project.id)
        .group_by(ProjectRating.stars)
        .order_by(ProjectRating.stars.desc())
    )


_NESTED = {
    "milestones": (lines.MilestoneLine, _of(Milestone, lines.MilestoneLine, Milestone.position)),
    "delays": (lines.DelayLine, _of(Delay, lines.DelayLine, Delay.id.desc()).limit(20)),
    "budget_lines": (lines.BudgetRow, _budget()),
    "funding": (lines.FundingRow, _of(FundingLine, lines.FundingRow, FundingLine.position)),
    "spendings": (
        lines.SpendingLine,
        spendings()
        .where(Spending.project_id == Project.id)
        .order_by(Spending.spent_on.desc(), Spending.id.desc())
        .limit(SPENDINGS_SHOWN),
    ),
    "updates": (
        lines.UpdateLine,
        updates()
        .where(ProjectUpdate.project_id == Project.id)
        .order_by(ProjectUpdate.id.desc())
        .limit(UPDATES_SHOWN),
    ),
    "acceptances": (lines.AcceptanceLine, _acceptances()),
    "supervisors": (lines.SupervisorLine, _supervisors()),
    "ratings": (lines.RatingLine, _ratings()),
    "teams": (TeamBrief, about(Project.topic_id)),
}
"""Label on the page's row → how its rows are read, and the rows."""


@cache
def _project_page() -> Rows:
    """One row: the project, where it comes from, its people, money, diary and what I said of it."""
    mine = sa.and_(ProjectRating.project_id == Project.id, ProjectRating.user_id == _me)
    watching = sa.exists().where(Supervisor.project_id == Project.id, Supervisor.user_id == _me)
    return (
        sa.select(
            *Project.__table__.c,
            Decision.number.label("decision_number"),
            Decision.title.label("decision_title"),
            shown(charge).label("in_charge"),
            before.alt.label("before_alt"),
            after.alt.label("after_alt"),
            ProjectRating.stars.label("my_stars"),
            ProjectRating.body.label("my_words"),
            watching.label("supervised"),
            *(nested(rows, of=Project).label(name) for name, (_, rows) in _NESTED.items()),
            nested(_by_stars(), of=Project).label("by_stars"),
            *panels.columns(Project),
        )
        .join(Decision, Decision.id == Project.decision_id)
        .join(charge, charge.id == Project.in_charge_id)
        .outerjoin(before, before.id == Project.before_file_id)
        .outerjoin(after, after.id == Project.after_file_id)
        .outerjoin(ProjectRating, mine)
    )


def project_page(actor: Actor, project_id: int) -> SimpleNamespace | None:
    """Everything the project's page shows of it; one query. None if the actor may not see it."""
    found = _project_page().where(Project.id == project_id, access.rows(actor, Project))
    row = db.session.execute(found, {"me": actor.id}).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping)
    for name, (kind, _) in _NESTED.items():
        setattr(page, name, unpack(kind, getattr(row, name)))
    page.by_stars = dict(row.by_stars)
    page.story = f"topic:{page.topic_id}" if page.topic_id else f"decision:{page.decision_id}"
    return page
