"""Bodies with their members and series; meetings with their agenda and invitations."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import Id, PlacePath, word
from ..core.db import Model
from .hands import Rule
from .quorum import Presence
from .schedule import Every, Shift
from .sides import Side
from .words import Arrival, Interest, Kind, MeetingState, Reply


class Body(Model):
    """Who meets, and by which rules. `place_path` is what it is about: the community, or one estate."""

    __tablename__ = "body"

    id: Mapped[Id]
    council_id: Mapped[int] = mapped_column(sa.ForeignKey("council.id"), index=True)
    place_path: Mapped[PlacePath]
    place_label: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[Kind] = mapped_column(word(Kind))
    name: Mapped[str] = mapped_column(sa.String(60))
    quorum: Mapped[Presence] = mapped_column(word(Presence))
    """Of all members."""
    side_quorums: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """Side → how many of its members; a side that is left out need not come."""
    rule: Mapped[Rule] = mapped_column(word(Rule))
    notice_days: Mapped[int]
    minutes: Mapped[int]
    """How long its meetings usually last."""
    venue: Mapped[str] = mapped_column(sa.String(80))
    substitutes: Mapped[bool]
    """Whether a member may send somebody in his place."""
    reply_days: Mapped[int]
    """Days after a hearing within which a party answers in writing what was put to it."""
    founded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    founded_at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (
        sa.UniqueConstraint("founded_by_id", "once"),
        sa.Index("ix_body_place", "place_path", "id"),
    )


class BodyMember(Model):
    """A person who belongs to a body, for a side, from a day on, until another day if one is set."""

    __tablename__ = "body_member"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    side: Mapped[Side] = mapped_column(word(Side))
    post: Mapped[str] = mapped_column(sa.String(20))
    """As what, if not simply for the side: 小区主理人, 楼门长."""
    starts: Mapped[date]
    ends: Mapped[date | None]

    __table_args__ = (sa.UniqueConstraint("body_id", "user_id", "starts"),)


class Series(Model):
    """The days a body meets on by itself (`schedule`); its meetings are planned some weeks ahead."""

    __tablename__ = "series"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    every: Mapped[Every] = mapped_column(word(Every))
    days: Mapped[list[int]] = mapped_column(sa.JSON)
    nth: Mapped[int]
    shift: Mapped[Shift] = mapped_column(word(Shift))
    begins: Mapped[int]
    """Minutes after midnight."""
    starts: Mapped[date]
    ends: Mapped[date | None]
    planned_to: Mapped[date]
    """Up to which day its meetings are there."""
    started_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (
        sa.UniqueConstraint("started_by_id", "once"),
        sa.Index("ix_series_planned", "planned_to", "id"),
    )


class Meeting(Model):
    """One meeting of a body."""

    __tablename__ = "meeting"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    place_path: Mapped[PlacePath]
    state: Mapped[MeetingState] = mapped_column(word(MeetingState), default=MeetingState.PLANNED)
    title: Mapped[str] = mapped_column(sa.String(80))
    intro: Mapped[str] = mapped_column(sa.String(600))
    """What it is about, in the words of the notice."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    venue: Mapped[str] = mapped_column(sa.String(80))
    chair_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    recorder_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    series_id: Mapped[int | None] = mapped_column(sa.ForeignKey("series.id"))
    planned_on: Mapped[date | None]
    """The day of the pattern, of a meeting of a series."""
    provisional: Mapped[bool] = mapped_column(default=False)
    """Its day was found without the holidays of that year."""
    notice_days: Mapped[int]
    """So many days ahead its notice goes out. A body that asks for fewer later cannot make a late notice timely."""
    notice_by: Mapped[datetime]
    """Until when the notice is in time."""
    called_at: Mapped[datetime | None]
    quorum: Mapped[Presence | None] = mapped_column(word(Presence))
    """What the body went by when the notice went out (from here to `substitutes`); before that there is none."""
    side_quorums: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    rule: Mapped[Rule | None] = mapped_column(word(Rule))
    substitutes: Mapped[bool | None]
    short_notice_because: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why it was called late all the same; read by everybody."""
    core_because: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why it has more core topics than a meeting should."""
    moved_because: Mapped[str] = mapped_column(sa.String(300), default="")
    postponed_because: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why it waits for another day: put off, or nobody could hold it."""
    cancelled_because: Mapped[str] = mapped_column(sa.String(300), default="")
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_clock: Mapped[bool] = mapped_column(default=False)
    """Nobody closed it on its day; `closed_at` is then the end that the notice named, or the last item taken up."""
    version: Mapped[int] = mapped_column(default=0)
    """Counts what happened in the room, so that a page that is up to date costs nothing."""
    planned_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32))
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("series_id", "planned_on"),
        sa.UniqueConstraint("planned_by_id", "once"),
        sa.Index("ix_meeting_place_starts", "place_path", "starts_at", "id"),
        sa.Index("ix_meeting_body_starts", "body_id", "starts_at"),
        sa.Index("ix_meeting_state_notice", "state", "notice_by"),
    )

    @property
    def length(self) -> int:
        """How many minutes it is to last."""
        return round((self.ends_at - self.starts_at).total_seconds()) // 60


class AgendaItem(Model):
    """One point of a meeting: a topic of the council, or anything else that is to be told or done."""

    __tablename__ = "agenda_item"

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    position: Mapped[int]
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(80))
    minutes: Mapped[int]
    core: Mapped[bool]
    """A topic that this meeting is to settle."""
    side: Mapped[Side | None] = mapped_column(word(Side))
    presenter: Mapped[str] = mapped_column(sa.String(40))
    motion: Mapped[str] = mapped_column(sa.String(600))
    """What is put to the members, word for word: what, where, who pays, when."""
    taken_up_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    """The one that was taken up and is not done is the one being talked about."""
    once: Mapped[str | None] = mapped_column(sa.String(32))
    """Of the form it was typed on; a topic is on an agenda once anyway."""

    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "once"),
        sa.Index("ix_agenda_item_meeting", "meeting_id", "position"),
    )


SITS = "CASE WHEN substitute = '' THEN user_id ELSE substitute_id END"


class Invitation(Model):
    """Somebody who is asked to come, and what he said. Without an account he is a name that is told otherwise."""

    __tablename__ = "invitation"

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    place_path: Mapped[PlacePath]
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(40))
    """Of somebody without an account."""
    side: Mapped[Side] = mapped_column(word(Side))
    member: Mapped[bool]
    """A member of the body (应到), or asked in beside them (列席)."""
    interest: Mapped[Interest | None] = mapped_column(word(Interest))
    reply: Mapped[Reply] = mapped_column(word(Reply), default=Reply.WAITING)
    substitute: Mapped[str] = mapped_column(sa.String(40), default="")
    """Who comes in his place."""
    substitute_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """His account, if he has one and was named with its phone. No page says whether that is so."""
    sitter_id: Mapped[int | None] = mapped_column(sa.Computed(SITS, persisted=True), index=True)
    """Whose account sits on this seat, for statements; the database keeps it. See `sits`."""
    replied_at: Mapped[datetime | None]
    replied_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Who entered the reply: the person himself, or staff who were told."""
    uninvited: Mapped[bool] = mapped_column(default=False)
    """Nobody had asked him; he came."""
    arrived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    arrival: Mapped[Arrival | None] = mapped_column(word(Arrival))
    arrived_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Who kept the door when he came. None: the code on the wall let him in, which he does not keep himself."""

    __table_args__ = (sa.UniqueConstraint("meeting_id", "user_id"),)

    @property
    def present(self) -> bool:
        return self.arrived_at is not None and self.left_at is None

    @property
    def sits(self) -> int | None:
        """Whose account speaks and shows its hand from this seat: the substitute's, who may have none, or his own."""
        return self.substitute_id if self.substitute else self.user_id

    @property
    def vouched(self) -> bool:
        """Whether anybody but he himself says that whoever sits there came."""
        return self.arrived_at is not None and (self.sits is None or self.arrived_by_id != self.sits)

    @property
    def answered_himself(self) -> bool:
        return self.user_id is not None and self.replied_by_id == self.user_id

    @property
    def story(self) -> str:
        return f"meeting:{self.meeting_id}"
