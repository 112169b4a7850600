"""Minutes with their sections, lines and marks; what came of an item; tasks that live on."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import Id, PlacePath, word
from ..core.db import Model
from ..meetings.sides import Side
from .words import Duty, Heading, MinutesState, Outcome, Stance, TaskState, TeamState


class Minutes(Model):
    """The minutes of one meeting, from the draft to the sealed file."""

    __tablename__ = "minutes"

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), unique=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    council_id: Mapped[int] = mapped_column(sa.ForeignKey("council.id"))
    place_path: Mapped[PlacePath]
    community_path: Mapped[PlacePath]
    """Whose register its number stands in."""
    state: Mapped[MinutesState] = mapped_column(word(MinutesState), default=MinutesState.DRAFT)
    recorder_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    due_at: Mapped[datetime]
    """Until when they are to go out."""
    sent_at: Mapped[datetime | None]
    confirm_until: Mapped[datetime | None]
    """Not a state: a mark at or after this instant is refused whatever the state says."""
    sealed_at: Mapped[datetime | None]
    year: Mapped[int | None]
    serial: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(sa.String(20))
    """纪〔2026〕003号, once they are sealed."""
    text: Mapped[str] = mapped_column(sa.Text, default="")
    """What was sealed, in its one spelling, for the council."""
    public_text: Mapped[str] = mapped_column(sa.Text, default="")
    """The same with names half hidden, for everybody."""
    digest: Mapped[str] = mapped_column(sa.String(64), default="")
    public_digest: Mapped[str] = mapped_column(sa.String(64), default="")
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("community_path", "year", "serial"),
        sa.Index("ix_minutes_place_moved", "place_path", "moved_at", "id"),
        sa.Index("ix_minutes_state_until", "state", "confirm_until"),
    )

    @property
    def story(self) -> str:
        return f"meeting:{self.meeting_id}"


class MinutesSection(Model):
    """A heading with its lines. `version` counts how often it was written, so that two pens do not cross."""

    __tablename__ = "minutes_section"

    id: Mapped[Id]
    minutes_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes.id"))
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agenda_item.id"))
    heading: Mapped[Heading] = mapped_column(word(Heading))
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.UniqueConstraint("minutes_id", "item_id", "heading"),)


class MinutesLine(Model):
    """One line, which those who were there call right or wrong. `version` counts its wordings."""

    __tablename__ = "minutes_line"

    id: Mapped[Id]
    minutes_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes.id"), index=True)
    section_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes_section.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(1000))
    version: Mapped[int] = mapped_column(default=1)
    struck_at: Mapped[datetime | None]
    """Taken out after people had read it."""


class MinutesMark(Model):
    """What one person said of one wording of a line; he may change it until the hour. An objection has its answer.

    What somebody without an account signed on paper is entered for him: by whom, and the day beside his signature.
    """

    __tablename__ = "minutes_mark"

    id: Mapped[Id]
    minutes_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes.id"), index=True)
    line_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes_line.id"))
    version: Mapped[int]
    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"), index=True)
    stance: Mapped[Stance] = mapped_column(word(Stance))
    reason: Mapped[str] = mapped_column(sa.String(600), default="")
    at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    signed_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(sa.String(600), default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    __table_args__ = (sa.UniqueConstraint("line_id", "version", "invitation_id"),)


class ItemOutcome(Model):
    """What came of an item of the agenda, with the sentence people read."""

    __tablename__ = "item_outcome"

    id: Mapped[Id]
    minutes_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes.id"), index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"), unique=True)
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    place_path: Mapped[PlacePath]
    kind: Mapped[Outcome] = mapped_column(word(Outcome))
    said: Mapped[str] = mapped_column(sa.String(600))
    public_said: Mapped[str] = mapped_column(sa.String(900), default="")
    """The same with names half hidden, once the minutes are sealed."""
    passed_to: Mapped[str] = mapped_column(sa.String(60), default="")
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]

    @property
    def story(self) -> str:
        return f"topic:{self.topic_id}"


class Addendum(Model):
    """What is added to sealed minutes. Its digest takes in the one before, so none can be left out."""

    __tablename__ = "minutes_addendum"

    id: Mapped[Id]
    minutes_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(1000))
    public_text: Mapped[str] = mapped_column(sa.String(1000))
    digest: Mapped[str] = mapped_column(sa.String(64))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (
        sa.UniqueConstraint("by_id", "once"),
        sa.UniqueConstraint("minutes_id", "position"),
    )


class Task(Model):
    """Something somebody took home from a meeting: noted in its minutes for an item, or taken from its board
    (`note_id`) while people sit there."""

    __tablename__ = "task"

    id: Mapped[Id]
    minutes_id: Mapped[int | None] = mapped_column(sa.ForeignKey("minutes.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agenda_item.id"))
    note_id: Mapped[int | None] = mapped_column(sa.ForeignKey("parked_note.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    place_path: Mapped[PlacePath]
    recorder_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    state: Mapped[TaskState] = mapped_column(word(TaskState), default=TaskState.NOTED)
    what: Mapped[str] = mapped_column(sa.String(200))
    side: Mapped[Side] = mapped_column(word(Side))
    """The side of whoever leads."""
    due_on: Mapped[date]
    due_at: Mapped[datetime]
    """The end of that day."""
    promised_on: Mapped[date]
    """The day the minutes were sealed with. A later one changes who waits for what, not what is late."""
    promised_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    dropped_because: Mapped[str] = mapped_column(sa.String(300), default="")
    noted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32))
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("noted_by_id", "once"),
        sa.CheckConstraint(
            "(note_id IS NULL) = (minutes_id IS NOT NULL AND item_id IS NOT NULL)", name="task_from"
        ),
        sa.Index("ix_task_place_due", "place_path", "due_at", "id"),
        sa.Index("ix_task_body_state", "body_id", "state"),
    )

    @property
    def story(self) -> str:
        return f"topic:{self.topic_id}" if self.topic_id else f"meeting:{self.meeting_id}"


class TaskDuty(Model):
    """Who has which of the five duties: somebody with an account, or a body or a person by name."""

    __tablename__ = "task_duty"

    task_id: Mapped[int] = mapped_column(sa.ForeignKey("task.id"), primary_key=True)
    duty: Mapped[Duty] = mapped_column(word(Duty), primary_key=True)
    who: Mapped[str] = mapped_column(sa.String(60))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)


class TaskReport(Model):
    """How far it has come, in public; or why its day was moved."""

    __tablename__ = "task_report"

    id: Mapped[Id]
    task_id: Mapped[int] = mapped_column(sa.ForeignKey("task.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(600))
    done: Mapped[bool]
    moved_from: Mapped[date | None]
    moved_to: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    party: Mapped[str] = mapped_column(sa.String(16))
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (sa.UniqueConstraint("by_id", "once"),)


class Team(Model):
    """People an item sent to watch over something for a time, as the residents who look after the green do. Whoever is
    named belongs to it once he has agreed himself."""

    __tablename__ = "team"

    id: Mapped[Id]
    minutes_id: Mapped[int] = mapped_column(sa.ForeignKey("minutes.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"))
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    place_path: Mapped[PlacePath]
    recorder_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    state: Mapped[TeamState] = mapped_column(word(TeamState), default=TeamState.NOTED)
    name: Mapped[str] = mapped_column(sa.String(40))
    watches: Mapped[str] = mapped_column(sa.String(200))
    starts: Mapped[date]
    ends: Mapped[date]
    founded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32))
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("founded_by_id", "once"),)

    @property
    def story(self) -> str:
        return f"topic:{self.topic_id}" if self.topic_id else f"meeting:{self.meeting_id}"


class TeamMember(Model):
    """Somebody named for a team, and what he said himself."""

    __tablename__ = "team_member"

    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True, index=True)
    agrees: Mapped[bool | None]
    """None: he has said nothing yet."""
    answered_at: Mapped[datetime | None]
