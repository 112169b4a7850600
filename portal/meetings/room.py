"""What is said and decided in the room: turns to speak, motions, hands, stakes, notes for later."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column

from ..core.columns import Id, PlacePath, word
from ..core.db import Model
from ..councils.words import Party
from .models import Meeting
from .speaking import Stance
from .tally import Choice
from .words import MotionState


class Turn(Model):
    """Somebody who wants to speak on an item, and once he was called, what he had."""

    __tablename__ = "turn"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"))
    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"))
    stance: Mapped[Stance] = mapped_column(word(Stance))
    raised_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    said: Mapped[str] = mapped_column(sa.String(600), default="")
    """What he said, as the clerk wrote it down meanwhile; the minutes begin with it."""

    __table_args__ = (
        sa.Index("ix_turn_item", "item_id", "id"),
        sa.Index(
            "ix_turn_waiting",
            "item_id",
            "invitation_id",
            unique=True,
            sqlite_where=sa.text("called_at IS NULL"),
            postgresql_where=sa.text("called_at IS NULL"),
        ),
    )


class Stake(Model):
    """What somebody said when he was asked whether the matter of an item touches him or his family."""

    __tablename__ = "stake"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"))
    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"))
    what: Mapped[str] = mapped_column(sa.String(200))
    """Empty: it does not."""
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("item_id", "invitation_id"),)


class Motion(Model):
    """A sentence that is put to the members, or another wording of one (`amends_id`)."""

    __tablename__ = "motion"

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    place_path: Mapped[PlacePath]
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    amends_id: Mapped[int | None] = mapped_column(sa.ForeignKey("motion.id"))
    state: Mapped[MotionState] = mapped_column(word(MotionState), default=MotionState.MOVED)
    text: Mapped[str] = mapped_column(sa.String(600))
    moved_by_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"))
    seconded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invitation.id"))
    room_for: Mapped[int] = mapped_column(default=0)
    """Hands counted in the room, of people who are not known by name."""
    room_against: Mapped[int] = mapped_column(default=0)
    room_abstain: Mapped[int] = mapped_column(default=0)
    counted_at: Mapped[datetime | None]
    """From then on nobody shows a hand on the phone: he would count twice."""
    n_members: Mapped[int | None]
    """What it was decided with, from here on."""
    n_present: Mapped[int | None]
    n_aside: Mapped[int | None]
    """Members who were there and had a stake in it."""
    n_for: Mapped[int | None]
    n_against: Mapped[int | None]
    n_abstain: Mapped[int | None]
    lacking: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """Sides that had to be there and of whom too many had gone by then: it does not carry without them."""
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32))
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    chair_id: Mapped[int | None] = column_property(
        sa.select(Meeting.chair_id)
        .where(Meeting.id == sa.literal_column("motion.meeting_id"))
        .correlate_except(Meeting)
        .scalar_subquery()
    )
    recorder_id: Mapped[int | None] = column_property(
        sa.select(Meeting.recorder_id)
        .where(Meeting.id == sa.literal_column("motion.meeting_id"))
        .correlate_except(Meeting)
        .scalar_subquery()
    )

    __table_args__ = (sa.UniqueConstraint("entered_by_id", "once"),)

    @property
    def story(self) -> str:
        return f"meeting:{self.meeting_id}"


class Hand(Model):
    """A hand known by name: shown on the phone, or entered by the clerk."""

    __tablename__ = "hand"

    id: Mapped[Id]
    motion_id: Mapped[int] = mapped_column(sa.ForeignKey("motion.id"))
    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"))
    choice: Mapped[Choice] = mapped_column(word(Choice))
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("motion_id", "invitation_id"),)


class ParkedNote(Model):
    """Something that was said and does not belong to the item; it can become a topic of the council."""

    __tablename__ = "parked_note"

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invitation.id"))
    serial: Mapped[int]
    """Its number in the meeting, by which people speak of it."""
    text: Mapped[str] = mapped_column(sa.String(300))
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    parked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32))
    at: Mapped[datetime]
    struck_because: Mapped[str] = mapped_column(sa.String(200), default="")
    """Why it does not belong here and is shown to nobody; read by everybody in its place. Empty: it stands."""
    struck_at: Mapped[datetime | None]
    struck_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    __table_args__ = (
        sa.UniqueConstraint("parked_by_id", "once"),
        sa.UniqueConstraint("meeting_id", "serial"),
    )


class Question(Model):
    """What was put to a party at a hearing. It answers at once, and in writing within days of the close."""

    __tablename__ = "hearing_question"

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"))
    topic_id: Mapped[int] = mapped_column(sa.ForeignKey("topic.id"))
    party: Mapped[Party] = mapped_column(word(Party))
    text: Mapped[str] = mapped_column(sa.String(300))
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("invitation.id"))
    response_id: Mapped[int | None] = mapped_column(sa.ForeignKey("response.id"))
    """The official response that was asked for at the close; none where the topic had left the table by then."""
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32))
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("entered_by_id", "once"),)
