"""Comments and what is done about them. `subject` is the log's name of what is spoken on: `topic:12`."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import Id, PlacePath, word
from ..core.db import Model
from .words import CommentState, Reason, Uptake


class Comment(Model):
    """What one person said about a subject, under the party he spoke for at that time."""

    __tablename__ = "comment"

    id: Mapped[Id]
    subject: Mapped[str] = mapped_column(sa.String(64))
    place_path: Mapped[PlacePath]
    """Of the subject."""
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Staff who wrote it down for the author (代录)."""
    party: Mapped[str] = mapped_column(sa.String(16))
    home: Mapped[str] = mapped_column(sa.String(60))
    """The building the author lived in when he spoke: 12号楼; empty for people without a unit."""
    body: Mapped[str] = mapped_column(sa.Text)
    """Plain text; an empty line parts paragraphs."""
    reply_to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("comment.id"))
    """The comment it answers; that one answers nothing itself."""
    asks: Mapped[bool] = mapped_column(default=False)
    """A question that a party is to answer, as whoever wrote it says (`questions`)."""
    agreements: Mapped[int] = mapped_column(default=0)
    replies: Mapped[int] = mapped_column(default=0)
    state: Mapped[CommentState] = mapped_column(word(CommentState), default=CommentState.SHOWN)
    version: Mapped[int] = mapped_column(default=1)
    once: Mapped[str] = mapped_column(sa.String(32))
    created_at: Mapped[datetime]
    editable_until: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    moved_at: Mapped[datetime]
    """When its state last changed."""
    look_by: Mapped[datetime | None]
    """Until when a moderator looks at its reports."""
    uptake: Mapped[Uptake | None] = mapped_column(word(Uptake))
    """What became of it in a draft of what is proposed, as last answered (`UptakeAnswer`)."""
    draft: Mapped[int | None]
    """The number of that draft."""

    __table_args__ = (
        sa.UniqueConstraint("author_id", "once"),
        sa.Index("ix_comment_agreed", "subject", "reply_to_id", "party", "agreements", "id"),
        sa.Index("ix_comment_newest", "subject", "reply_to_id", "party", "id"),
        sa.Index("ix_comment_replies", "reply_to_id", "id"),
        sa.Index("ix_comment_author", "author_id", "subject", "id"),
        sa.Index("ix_comment_state", "state", "place_path"),
    )


class Revision(Model):
    """The words of a comment before its author mended them."""

    __tablename__ = "comment_revision"

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(sa.Text)
    replaced_at: Mapped[datetime]


class UptakeAnswer(Model):
    """An answer to an opinion: which draft took it up, or why none did. A later answer stands beside the earlier."""

    __tablename__ = "comment_uptake"

    id: Mapped[Id]
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"))
    draft: Mapped[int]
    uptake: Mapped[Uptake] = mapped_column(word(Uptake))
    reason: Mapped[str] = mapped_column(sa.String(300))
    """Needed unless the opinion was adopted as it is."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    party: Mapped[str] = mapped_column(sa.String(16))
    at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_comment_uptake_latest", "comment_id", "id"),)


class PartyCount(Model):
    """How many comments of a party, replies left out, a subject has; counted along with every comment."""

    __tablename__ = "comment_count"

    subject: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    party: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    comments: Mapped[int]


class Agreement(Model):
    """A reader agrees with a comment."""

    __tablename__ = "comment_agreement"

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    at: Mapped[datetime]


class Report(Model):
    """A reader says that a comment breaks a rule. Open until a moderator has looked."""

    __tablename__ = "comment_report"

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True)
    reporter_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    reason: Mapped[Reason] = mapped_column(word(Reason))
    note: Mapped[str] = mapped_column(sa.String(300))
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class Hiding(Model):
    """A moderator's decision to hide a comment: under which rule, when, for which party; the comment is kept."""

    __tablename__ = "comment_hiding"

    id: Mapped[Id]
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), index=True)
    subject: Mapped[str] = mapped_column(sa.String(64))
    place_path: Mapped[PlacePath]
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    """Of the comment."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    party: Mapped[str] = mapped_column(sa.String(16))
    """The party the moderator acted for."""
    reason: Mapped[Reason] = mapped_column(word(Reason))
    note: Mapped[str] = mapped_column(sa.String(300))
    """What the author reads beside the rule; not public."""
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    __table_args__ = (sa.Index("ix_comment_hiding_at", "place_path", "at", "id"),)


class Appeal(Model):
    """The author's one objection to a hiding, and the ruling of somebody who did not hide it."""

    __tablename__ = "comment_appeal"

    hiding_id: Mapped[int] = mapped_column(sa.ForeignKey("comment_hiding.id"), primary_key=True)
    note: Mapped[str] = mapped_column(sa.String(300))
    at: Mapped[datetime]
    rule_by: Mapped[datetime]
    ruled_at: Mapped[datetime | None] = mapped_column(index=True)
    ruled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    upheld: Mapped[bool | None]
    """Whether the hiding stands."""
    answer: Mapped[str] = mapped_column(sa.String(300), default="")
