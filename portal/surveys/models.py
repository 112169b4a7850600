"""Questionnaires, who has answered them, and what was answered: two tables that nothing joins. And what came of it.

`survey_participation` says that a household or a person has answered, how and when. `survey_sheet` holds a sheet under
a random key, without time, household or serial, kept in the order of its keys on SQLite, sealed until the close and
written anew then, as secret papers of a poll are (`voting/models.py`). Under the seal, and until the close, a sheet
that was entered for others names their door, so that their own can take its place.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import Id, PlacePath, word
from ..core.db import Model
from .words import Channel, Kind, Knock, Per, SurveyState


class Questionnaire(Model):
    """A few questions put to those of a place (意见征询). No vote: nothing follows from it by itself."""

    __tablename__ = "questionnaire"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    place_label: Mapped[str] = mapped_column(sa.String(120))
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    state: Mapped[SurveyState] = mapped_column(word(SurveyState), default=SurveyState.DRAFT)
    title: Mapped[str] = mapped_column(sa.String(60))
    why: Mapped[str] = mapped_column(sa.String(600))
    """Why it is asked."""
    used_for: Mapped[str] = mapped_column(sa.String(300))
    """What the answers are used for."""
    per: Mapped[Per] = mapped_column(word(Per))
    closes_at: Mapped[datetime]
    """Not a state: an answer at or after this instant is refused whatever the state says."""
    asked: Mapped[int] = mapped_column(default=0)
    """Households or people there were when it was opened."""
    quota: Mapped[int | None]
    """Households of every building that should answer at least."""
    because: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why it was closed before its hour, or withdrawn."""
    drafted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    moved_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)
    """How often the draft was changed."""

    __table_args__ = (
        sa.UniqueConstraint("drafted_by_id", "once"),
        sa.Index("ix_questionnaire_place_moved", "place_path", "moved_at", "id"),
        sa.Index("ix_questionnaire_place_closes", "place_path", "closes_at", "id"),
        sa.Index("ix_questionnaire_state_closes", "state", "closes_at"),
    )

    @property
    def story(self) -> str:
        """What happens to a topic's questionnaire is part of the topic's story."""
        return f"topic:{self.topic_id}" if self.topic_id else f"questionnaire:{self.id}"

    @property
    def box(self) -> "AnswerBox":
        return AnswerBox(self.id, self.place_path)


@dataclass(frozen=True)
class AnswerBox:
    """The questionnaire as the subject of what is stated answer by answer: a story of its own, so that a topic's page
    does not read past thousands of lines that are for the audit alone."""

    __tablename__: ClassVar[str] = "questionnaire"
    id: int
    place_path: str

    @property
    def story(self) -> str:
        return f"answers:{self.id}"


class SurveyQuestion(Model):
    """One question. Answers name it by its position."""

    __tablename__ = "survey_question"

    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(word(Kind))
    text: Mapped[str] = mapped_column(sa.String(120))
    required: Mapped[bool]
    options: Mapped[list[str]] = mapped_column(sa.JSON)
    """What can be chosen; of a scale what its two ends mean, or nothing."""
    most: Mapped[int | None]
    """Of several options, at most so many."""


class SurveyParticipation(Model):
    """This household or this person has answered: once, by the database itself. Nothing here leads to a sheet."""

    __tablename__ = "survey_participation"

    id: Mapped[Id]
    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire.id"))
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    """The household, where each has one sheet."""
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """The person, where each has one."""
    building_id: Mapped[int | None] = mapped_column(sa.ForeignKey("place.id"))
    channel: Mapped[Channel] = mapped_column(word(Channel))
    displaced: Mapped[Channel | None] = mapped_column(word(Channel))
    """By which way somebody else had entered a sheet for them before they answered themselves; it is not counted."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    """Who sent it in: one of the household, the person, or who stood at the door."""
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Staff who acted for him."""
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (
        sa.UniqueConstraint("questionnaire_id", "unit_id"),
        sa.UniqueConstraint("questionnaire_id", "person_id"),
        sa.CheckConstraint("(unit_id IS NULL) <> (person_id IS NULL)", name="one_of_both"),
    )


class SurveySheet(Model):
    """What somebody answered: sealed while the questionnaire is open, then as `rules.written`."""

    __tablename__ = "survey_sheet"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    """Random."""
    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire.id"))
    content: Mapped[str] = mapped_column(sa.Text)

    __table_args__ = (
        sa.Index("ix_survey_sheet_questionnaire", "questionnaire_id", "id"),
        {"sqlite_with_rowid": False},
    )


class SurveyRemark(Model):
    """A text of a sheet that was chosen for everybody to read, without what leads to somebody. Nothing here says of
    which sheet it is."""

    __tablename__ = "survey_remark"

    id: Mapped[Id]
    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire.id"), index=True)
    position: Mapped[int]
    """Of the question."""
    text: Mapped[str] = mapped_column(sa.String(400))
    chosen_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (sa.UniqueConstraint("chosen_by_id", "once"),)


class SurveyOutcome(Model):
    """What was done because of the answers (据此), with the page where it can be read."""

    __tablename__ = "survey_outcome"

    id: Mapped[Id]
    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(400))
    address: Mapped[str] = mapped_column(sa.String(40), default="")
    """/topics/7 or /decisions/3, or nothing."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (sa.UniqueConstraint("by_id", "once"),)


class SurveyVisitor(Model):
    """Somebody who may ask at the doors for one questionnaire: a volunteer, named by those who ask."""

    __tablename__ = "survey_visitor"

    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True, index=True)
    named_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]


class SurveyKnock(Model):
    """Nobody opened, or they would not answer: the latest of it, and how often somebody came."""

    __tablename__ = "survey_knock"

    questionnaire_id: Mapped[int] = mapped_column(sa.ForeignKey("questionnaire.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    came: Mapped[Knock] = mapped_column(word(Knock))
    times: Mapped[int]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
