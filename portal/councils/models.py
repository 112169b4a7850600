"""Councils, seats, topics and what is said officially about them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import Id, Money, PlacePath, word
from ..core.db import Model
from .courses import Course
from .words import LIVE, Category, Party, Stop, TopicState, Verdict

_LIVE = sa.column("state", sa.String).in_([state.value for state in LIVE])

_UNWRITTEN = sa.text("unwritten")


class Council(Model):
    """The council of a place, with the rules it gave itself."""

    __tablename__ = "council"

    id: Mapped[Id]
    place_path: Mapped[PlacePath] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    endorsements_needed: Mapped[int]
    """Households that must endorse a topic before it goes to screening by itself."""
    screening_days: Mapped[int]
    """Working days the community has to screen a topic."""
    courses: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """By `courses.Course`, the phases its topics go through before the owners vote; empty: as the templates have it."""
    changes: Mapped[int] = mapped_column(default=0)
    """How often its name or its numbers were changed."""


class CouncilBefore(Model):
    """What a council was called and asked for before it was changed."""

    __tablename__ = "council_before"

    id: Mapped[Id]
    council_id: Mapped[int] = mapped_column(sa.ForeignKey("council.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    endorsements_needed: Mapped[int]
    screening_days: Mapped[int]
    until: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))


class Seat(Model):
    """A person's seat in a council, for a party, from a day on, until another day if one is set."""

    __tablename__ = "seat"

    id: Mapped[Id]
    council_id: Mapped[int] = mapped_column(sa.ForeignKey("council.id"), index=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    place_path: Mapped[PlacePath]
    party: Mapped[Party] = mapped_column(word(Party))
    starts: Mapped[date]
    ends: Mapped[date | None]

    __table_args__ = (sa.UniqueConstraint("council_id", "user_id", "starts"),)


class StopCount(Model):
    """How many topics of a council stand at a stop; counted along with every move."""

    __tablename__ = "stop_count"

    council_id: Mapped[int] = mapped_column(sa.ForeignKey("council.id"), primary_key=True)
    stop: Mapped[Stop] = mapped_column(word(Stop), primary_key=True)
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    topics: Mapped[int]


class Topic(Model):
    """A matter for the council. `place_path` is the place it is about: a building, an estate, the community."""

    __tablename__ = "topic"

    id: Mapped[Id]
    council_id: Mapped[int] = mapped_column(sa.ForeignKey("council.id"))
    place_path: Mapped[PlacePath]
    place_label: Mapped[str] = mapped_column(sa.String(120))
    number: Mapped[str] = mapped_column(sa.String(12))
    """Year and serial within the council: 2026-011."""
    state: Mapped[TopicState] = mapped_column(word(TopicState), default=TopicState.GATHERING)
    category: Mapped[Category] = mapped_column(word(Category))
    title: Mapped[str] = mapped_column(sa.String(60))
    body: Mapped[str] = mapped_column(sa.Text)
    spot: Mapped[str] = mapped_column(sa.String(60))
    """Where exactly, in the proposer's words: 西门进来右手边."""
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    author_party: Mapped[Party] = mapped_column(word(Party))
    held_by: Mapped[Party] = mapped_column(word(Party))
    """The party that is to act next; residents while endorsements are gathered."""
    due_at: Mapped[datetime | None]
    """Until when it is to act."""
    households: Mapped[int] = mapped_column(default=0)
    """Households that endorsed; a person without a unit stands for himself."""
    comments_count: Mapped[int] = mapped_column(default=0)
    unwritten: Mapped[bool] = mapped_column(default=False)
    """It was told in a recording that nobody has written down yet."""
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"))
    once: Mapped[str] = mapped_column(sa.String(32))
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("council_id", "number"),
        sa.UniqueConstraint("author_id", "once"),
        sa.Index("ix_topic_place_moved", "place_path", "moved_at", "id"),
        sa.Index("ix_topic_state_moved", "state", "moved_at", "id"),
        sa.Index("ix_topic_council_moved", "council_id", "moved_at", "id"),
        sa.Index(
            "ix_topic_council_live",
            *("council_id", "moved_at", "id", "place_path", "state"),
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        sa.Index(
            "ix_topic_unwritten",
            "place_path",
            sqlite_where=_UNWRITTEN,
            postgresql_where=_UNWRITTEN,
        ),
        sa.Index("ix_topic_council_created", "council_id", "created_at", "id"),
        sa.Index("ix_topic_council_households", "council_id", "households", "id"),
    )


class TopicCourse(Model):
    """What somebody settled a topic goes through before the owners vote on it."""

    __tablename__ = "topic_course"

    topic_id: Mapped[int] = mapped_column(sa.ForeignKey("topic.id"), primary_key=True)
    course: Mapped[Course] = mapped_column(word(Course))
    phases: Mapped[list[Any]] = mapped_column(sa.JSON)
    """Words of `courses.Phase`; the plan is always one."""
    because: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why it does without what such a matter usually goes through; read by everybody."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]


class TopicOption(Model):
    """One way to settle a topic, with its price if known."""

    __tablename__ = "topic_option"

    id: Mapped[Id]
    topic_id: Mapped[int] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    position: Mapped[int]
    """0 is 甲, 1 is 乙."""
    title: Mapped[str] = mapped_column(sa.String(60))
    body: Mapped[str] = mapped_column(sa.String(500))
    pros: Mapped[str] = mapped_column(sa.String(300), default="")
    cons: Mapped[str] = mapped_column(sa.String(300), default="")
    cost: Mapped[Money | None]
    leanings: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.UniqueConstraint("topic_id", "position"),)


class Leaning(Model):
    """A person's present, non-binding preference among the options of a topic."""

    __tablename__ = "leaning"

    topic_id: Mapped[int] = mapped_column(sa.ForeignKey("topic.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    option_id: Mapped[int] = mapped_column(sa.ForeignKey("topic_option.id"))
    at: Mapped[datetime]


class Endorsement(Model):
    """A neighbour's support that a topic be heard. One household counts once, whoever of it came first."""

    __tablename__ = "endorsement"

    topic_id: Mapped[int] = mapped_column(sa.ForeignKey("topic.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    household: Mapped[str] = mapped_column(sa.String(200))
    """Path of the unit, or `user:7` for somebody without one."""
    at: Mapped[datetime]

    __table_args__ = (
        sa.Index("ix_endorsement_household", "topic_id", "household"),
        sa.Index("ix_endorsement_user_topic", "user_id", "topic_id"),
    )


class Screening(Model):
    """The reasoned answer whether a topic is heard; the proposer reads every word of it."""

    __tablename__ = "screening"

    id: Mapped[Id]
    topic_id: Mapped[int] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(word(Verdict))
    reason: Mapped[str] = mapped_column(sa.String(600))
    referred_to: Mapped[str] = mapped_column(sa.String(60))
    """The body it went to, if it was referred."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]


class ResponseState(StrEnum):
    ASKED = "asked"
    GIVEN = "given"


class Response(Model):
    """An official response: asked of a party by a date, given late or in time, rated by those who asked."""

    __tablename__ = "response"

    id: Mapped[Id]
    topic_id: Mapped[int] = mapped_column(sa.ForeignKey("topic.id"))
    place_path: Mapped[PlacePath]
    state: Mapped[ResponseState] = mapped_column(word(ResponseState), default=ResponseState.ASKED)
    party: Mapped[Party] = mapped_column(word(Party))
    question: Mapped[str] = mapped_column(sa.String(300))
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    body: Mapped[str] = mapped_column(sa.Text, default="")
    cost: Mapped[Money | None]
    """What it costs, if the answer is a work."""
    days: Mapped[int | None]
    """How many days the work takes."""
    given_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    given_at: Mapped[datetime | None]
    solved: Mapped[int] = mapped_column(default=0)
    unsolved: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        sa.Index("ix_response_waiting", "state", "party", "due_at"),
        sa.Index("ix_response_topic_state", "topic_id", "state"),
    )

    @property
    def story(self) -> str:
        return f"topic:{self.topic_id}"


class ResponseRating(Model):
    """Whether a response settled the question for one person; he may change his mind."""

    __tablename__ = "response_rating"

    response_id: Mapped[int] = mapped_column(sa.ForeignKey("response.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    solved: Mapped[bool]
    at: Mapped[datetime]
