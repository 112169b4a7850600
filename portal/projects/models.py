"""Projects and all that is told about them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import Id, Money, PlacePath, word
from ..core.db import Model
from ..councils.words import Party
from .words import ProjectState, Source


class Project(Model):
    """A decision being carried out. `place_path` is that of the decision."""

    __tablename__ = "project"

    id: Mapped[Id]
    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("decision.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    place_path: Mapped[PlacePath]
    place_label: Mapped[str] = mapped_column(sa.String(120))
    state: Mapped[ProjectState] = mapped_column(word(ProjectState), default=ProjectState.PLANNED)
    title: Mapped[str] = mapped_column(sa.String(80))
    summary: Mapped[str] = mapped_column(sa.String(600))
    party: Mapped[Party] = mapped_column(word(Party))
    """The party in charge."""
    in_charge_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    contractor: Mapped[str] = mapped_column(sa.String(60))
    contracted_on: Mapped[date | None]
    """The day the contract was signed, as it says."""
    contract_sum: Mapped[Money | None]
    contract_at: Mapped[datetime | None]
    """When it was entered."""
    begins_on: Mapped[date]
    ends_on: Mapped[date]
    """The day of the last milestone as it is planned now."""
    next_due_at: Mapped[datetime | None]
    """Until when something is owed next: a milestone, the mending of defects, the acceptance."""
    redo_by: Mapped[date | None]
    """Until when the defects the supervisors found are to be mended."""
    weight_done: Mapped[int] = mapped_column(default=0)
    weight_all: Mapped[int]
    budget: Mapped[Money]
    spent: Mapped[Money] = mapped_column(default=0)
    before_update_id: Mapped[int | None]
    before_file_id: Mapped[int | None]
    after_update_id: Mapped[int | None]
    after_file_id: Mapped[int | None]
    """The latest pair of photos, for cards and lists."""
    stars_sum: Mapped[int] = mapped_column(default=0)
    ratings_count: Mapped[int] = mapped_column(default=0)
    updates_count: Mapped[int] = mapped_column(default=0)
    spendings_count: Mapped[int] = mapped_column(default=0)
    stopped_because: Mapped[str] = mapped_column(sa.String(600), default="")
    started_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32))
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("started_by_id", "once"),
        sa.CheckConstraint("spent <= budget", name="within_budget"),
        sa.Index("ix_project_place_moved", "place_path", "moved_at", "id"),
        sa.Index("ix_project_state_due", "state", "next_due_at"),
        # The last finished that has pictures and lies in a place is found in the index alone.
        sa.Index(
            "ix_project_state_accepted",
            *("state", "accepted_at", "id", "place_path", "before_file_id", "after_file_id"),
        ),
    )

    @property
    def story(self) -> str:
        return f"topic:{self.topic_id}" if self.topic_id else f"decision:{self.decision_id}"


class Supervisor(Model):
    """A neighbour or committee member who watches the work and accepts it; the first speaks for all."""

    __tablename__ = "project_supervisor"

    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True, index=True)
    position: Mapped[int]
    party: Mapped[str] = mapped_column(sa.String(16))


class Milestone(Model):
    """A step with its day. `planned_on` stays what was promised first."""

    __tablename__ = "milestone"

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(60))
    weight: Mapped[int] = mapped_column(default=1)
    planned_on: Mapped[date]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(sa.String(300), default="")

    __table_args__ = (sa.UniqueConstraint("project_id", "position"),)


class Delay(Model):
    """A new day for a milestone, and why. Public, and never taken away."""

    __tablename__ = "delay"

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    milestone_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"))
    was_due_on: Mapped[date]
    due_on: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.String(600))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    party: Mapped[str] = mapped_column(sa.String(16))
    at: Mapped[datetime]


class BudgetLine(Model):
    """What money is meant for. A line added later says why."""

    __tablename__ = "budget_line"

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(60))
    amount: Mapped[Money]
    reason: Mapped[str] = mapped_column(sa.String(300), default="")
    added_at: Mapped[datetime | None]
    """None for the lines the project began with."""
    once: Mapped[str | None] = mapped_column(sa.String(32))

    __table_args__ = (
        sa.UniqueConstraint("project_id", "position"),
        sa.UniqueConstraint("project_id", "once"),
        sa.CheckConstraint("amount > 0", name="positive"),
    )


class FundingLine(Model):
    """Where money comes from. All lines together are the budget, to the 分."""

    __tablename__ = "funding_line"

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    position: Mapped[int]
    source: Mapped[Source] = mapped_column(word(Source))
    amount: Mapped[Money]
    note: Mapped[str] = mapped_column(sa.String(120), default="")

    __table_args__ = (
        sa.UniqueConstraint("project_id", "position"),
        sa.CheckConstraint("amount > 0", name="positive"),
    )


class Spending(Model):
    """Money that was paid. Its receipts are its files."""

    __tablename__ = "spending"

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"))
    place_path: Mapped[PlacePath]
    budget_line_id: Mapped[int | None] = mapped_column(sa.ForeignKey("budget_line.id"), index=True)
    amount: Mapped[Money]
    purpose: Mapped[str] = mapped_column(sa.String(120))
    payee: Mapped[str] = mapped_column(sa.String(60))
    spent_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    party: Mapped[str] = mapped_column(sa.String(16))
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (
        sa.UniqueConstraint("by_id", "once"),
        sa.CheckConstraint("amount > 0", name="positive"),
        sa.Index("ix_spending_project_spent", "project_id", "spent_on", "id"),
    )


class ProjectUpdate(Model):
    """A page of the diary of the work, with photos before, after and on the way."""

    __tablename__ = "project_update"

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    place_path: Mapped[PlacePath]
    milestone_id: Mapped[int | None] = mapped_column(sa.ForeignKey("milestone.id"))
    """The milestone it reports as done."""
    body: Mapped[str] = mapped_column(sa.String(2000))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    party: Mapped[str] = mapped_column(sa.String(16))
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (sa.UniqueConstraint("by_id", "once"),)


class Acceptance(Model):
    """One round: the report that the work is complete, and what the supervisors said to it."""

    __tablename__ = "acceptance"

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    report: Mapped[str] = mapped_column(sa.String(1000))
    reported_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    reported_at: Mapped[datetime]
    accepted: Mapped[bool | None]
    """None until the supervisors have said."""
    finding: Mapped[str] = mapped_column(sa.String(1000), default="")
    defects: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    redo_by: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]


class ProjectRating(Model):
    """What one person says of the finished work; he may change it until the project is closed."""

    __tablename__ = "project_rating"

    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    stars: Mapped[int]
    body: Mapped[str] = mapped_column(sa.String(500))
    at: Mapped[datetime]

    __table_args__ = (sa.CheckConstraint("stars BETWEEN 1 AND 5", name="one_to_five"),)
