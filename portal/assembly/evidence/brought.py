"""Pictures and PDFs that people brought: of walls, doors, letters, papers and signed sheets, with a list of them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core import clock
from ...core.db import read
from ...core.directory import directory
from ...core.exports import harmless
from ...core.files import JPEG, StoredFile, location, named
from ...core.text import N_, _
from ..models.counts import TallySheet
from ..models.papers import Batch, Proxy
from ..models.reaching import Delivery
from ..models.rolls import RollChange, Voter
from ..models.votes import OwnersVote, Posting
from .archive import Archive
from .table import MARK, line_of

HEAD = (N_("文件"), N_("属于第几号"), N_("是什么"), N_("交来时的文件名"), N_("存入时间"), N_("谁存的"))


class Shelf(NamedTuple):
    """Files of one model. `number`: what the lists of the pack call its rows; `sealed`: they show choices, so only
    those who may check ballots get them."""

    folder: str
    model: Any
    number: Any
    sealed: bool = False


SHELVES = (
    Shelf("01-roll/letters", Voter, Voter.number),
    Shelf("01-roll/changes", RollChange, RollChange.id),
    Shelf("02-postings/photos", Posting, Posting.id),
    Shelf("03-deliveries/photos", Delivery, Voter.number),
    Shelf("05-proxies/letters", Proxy, Proxy.id),
    Shelf("06-batches/scans", Batch, Batch.number, sealed=True),
    Shelf("08-count/sheets", TallySheet, TallySheet.id, sealed=True),
)


def add(archive: Archive, vote: OwnersVote, choices: bool) -> None:
    """Put them in as they were stored, each picture once a row it belongs to, and the list of whose they are."""
    lines = [line_of([_(head) for head in HEAD])]
    for shelf in SHELVES:
        if choices or not shelf.sealed:
            lines += _shelve(archive, shelf, vote)
    archive.add("00-files.csv", [MARK, *lines])


def _shelve(archive: Archive, shelf: Shelf, vote: OwnersVote) -> Iterator[bytes]:
    there: dict[tuple[str, int], str] = {}
    for row in read(_found(shelf, vote)):
        name = there.get((row.digest, row.number))
        if name is None:
            ending = "jpg" if row.kind == JPEG else "pdf"
            name = there[row.digest, row.number] = f"{shelf.folder}/{row.number}-{row.id}.{ending}"
            archive.add_file(name, location(row.digest))
        at = clock.local(row.stored_at).isoformat(timespec="seconds")
        yield line_of([harmless(cell) for cell in (name, row.number, row.alt, row.name, at, row.by)])


def _found(shelf: Shelf, vote: OwnersVote) -> sa.Select[Any]:
    people, f, model = directory.people, StoredFile, shelf.model
    found = (
        sa.select(
            shelf.number.label("number"),
            f.id,
            f.kind,
            f.digest,
            f.alt,
            f.name,
            f.stored_at,
            people.name.label("by"),
        )
        .select_from(model)
        .join(f, f.subject == named(model))
        .outerjoin(people, people.id == f.stored_by_id)
    )
    if model is Delivery:
        found = found.join(Voter, Voter.id == Delivery.voter_id)
    return found.where(model.vote_id == vote.id, f.purpose != "paper").order_by(f.id)
