"""The versions of a roll as they were hung out, each with its file and digest for good."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.actions import store
from ...core.db import db, read
from ...core.digests import digest
from ..models.rolls import RollVersion
from ..models.votes import OwnersVote
from . import file


class Line(NamedTuple):
    """A version without its file, the latest first."""

    version: int
    hash: str
    reason: str
    at: datetime


def next_version(vote: OwnersVote, reason: str, at: datetime) -> None:
    """State the rows as they are now as the next version. Inside an action; two at once meet at the key."""
    vote.roll_version += 1
    text = file.text(vote, file.kept_lines(vote.id))
    vote.roll_hash = digest(text)
    store(
        RollVersion(
            vote_id=vote.id,
            version=vote.roll_version,
            hash=vote.roll_hash,
            file=text,
            reason=reason.strip(),
            at=at,
        )
    )


def versions(vote: Any) -> list[Line]:
    """One query, without the files."""
    found = sa.select(*(getattr(RollVersion, name) for name in Line._fields))
    mine = found.where(RollVersion.vote_id == vote.id).order_by(RollVersion.version.desc())
    return [Line(*row) for row in read(mine)]


def text_of(vote: OwnersVote, version: int) -> str | None:
    """The file of one version; None if there is none."""
    return db.session.scalar(
        sa.select(RollVersion.file).where(RollVersion.vote_id == vote.id, RollVersion.version == version)
    )


def files(vote: OwnersVote) -> Iterator[tuple[Line, str]]:
    """Every version with its file, the first first, one at a time."""
    for line in reversed(versions(vote)):
        yield line, text_of(vote, line.version) or ""
