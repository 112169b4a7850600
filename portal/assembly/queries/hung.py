"""Postings in the words they had."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from ...core.db import read
from ...core.files import StoredFile, location, named
from ..models.votes import OwnersVote, Posting
from ..words import PostingKind

KEPT = "paper"
"""Of a file of a posting: what hung there, no photograph of it."""
_PAPERS = (
    sa.select(Posting.id, Posting.kind, StoredFile.digest)
    .join(StoredFile, StoredFile.subject == named(Posting))
    .where(StoredFile.purpose == KEPT)
    .order_by(Posting.id, StoredFile.id)
)


class Hung(NamedTuple):
    """The page of a posting."""

    id: int
    kind: PostingKind
    digest: str

    @property
    def text(self) -> str | None:
        """None where the bytes are gone."""
        path = location(self.digest)
        return path.read_text("utf-8") if path.is_file() else None


def papers_of(vote_id: int) -> list[Hung]:
    """Everything that was hung out in a vote, in its order."""
    return [Hung(*row) for row in read(_PAPERS.where(Posting.vote_id == vote_id))]


def page_of(posting: Posting) -> str | None:
    """The page of one posting; None where there is none."""
    rows = read(_PAPERS.where(Posting.id == posting.id))
    return Hung(*rows[0]).text if rows else None


def digest_column() -> sa.ScalarSelect[str]:
    """The digest of the page of a posting, as a column of a query of postings."""
    kept = sa.select(StoredFile.digest).where(
        StoredFile.subject == named(Posting), StoredFile.purpose == KEPT
    )
    return kept.order_by(StoredFile.id).limit(1).correlate(Posting).scalar_subquery()


NOTICES = (PostingKind.NOTICE, PostingKind.POSTPONED, PostingKind.EXTENSION)


class Notice(NamedTuple):
    """A notice of the vote that hangs out for those whom nothing else reaches."""

    id: int
    kind: PostingKind
    where: str
    at: datetime


def notices_of(vote: OwnersVote) -> list[Notice]:
    """The last first; one query."""
    found = sa.select(Posting.id, Posting.kind, Posting.where, Posting.at).where(
        Posting.vote_id == vote.id, Posting.kind.in_(NOTICES)
    )
    return [Notice(*row) for row in read(found.order_by(Posting.id.desc()))]
