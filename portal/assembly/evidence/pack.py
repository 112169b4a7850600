"""The evidence pack as a whole: its contents, then an index of them as PDF and as a list of digests."""

from datetime import datetime
from typing import IO, Any

from ...core import access, clock
from ...core.actor import Actor
from .. import countfile
from ..models.votes import OwnersVote
from ..policy import Can
from ..prints import Print
from .archive import Archive, Entry
from .contents import fill

LISTED = 60
"""Files of a folder that the index names; the list of digests has all of them."""


def pack(actor: Actor, vote: OwnersVote, official: Any, begun: datetime) -> IO[bytes]:
    """The ZIP as an open file that is gone when it is closed. Choices are in it only for those who may check
    ballots. `begun`: when it was first asked for; it stands in the index, which is the same until it is drawn.

    Raises CannotPrint, Underway while one of its papers is being drawn, TooMany."""
    archive = Archive(clock.local(begun))
    try:
        choices = bool(access.may(actor, Can.SEE_BALLOTS, vote))
        said = fill(archive, actor, vote, official, choices)
        archive.add("SHA256SUMS", sums(archive.entries).encode())
        archive.add("00-index.pdf", _index(actor, vote, archive.entries, said, begun))
        return archive.close()
    except BaseException:
        archive.abandon()
        raise


def sums(entries: list[Entry]) -> str:
    """As `sha256sum -c` reads it."""
    return "".join(f"{entry.digest}  {entry.name}\n" for entry in entries if entry.digest)


def _index(actor: Actor, vote: OwnersVote, entries: list[Entry], said: list[str], begun: datetime) -> bytes:
    folders: dict[str, list[Entry]] = {}
    for entry in entries:
        folders.setdefault(entry.name.partition("/")[0] if "/" in entry.name else "", []).append(entry)
    values = {
        "vote": vote,
        "folders": {name: folders[name] for name in sorted(folders)},
        "listed": LISTED,
        "said": said,
        "missing": [entry.name for entry in entries if not entry.digest],
        "recounted": next(filter({e.name for e in entries}.__contains__, _counts(vote)), ""),
        "made_at": begun,
        "made_by": actor.name,
    }
    return Print("assembly/prints/evidence.html", values, "index").as_pdf(actor)


def _counts(vote: OwnersVote) -> list[str]:
    """What the counting program reads, the fuller first."""
    return [f"08-count/{countfile.name(vote, what)}" for what in ("count", "sums")]
