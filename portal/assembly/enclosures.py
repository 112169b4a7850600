"""What is enclosed with a vote: photographs and plans of a matter, proofs of the scope. They are files of the vote
itself, so that whoever may see the vote may read them; the purpose says what they are of. Inside actions."""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Invalid
from ..core.eventlog import reference
from ..core.files import FileLine, Kept, StoredFile, attach
from ..core.text import _
from .models.votes import OwnersVote

MOST = 6
"""Of each kind with one matter."""


PROOF = "proof"
"""The purpose of a file that shows why these owners decide."""


class Kind(StrEnum):
    """What a file of a matter shows."""

    NOW = "now"
    PLAN = "plan"
    PAPER = "paper"


class Enclosed(NamedTuple):
    """Bytes that come with a matter: how it is now, how it will be, plans and quotations."""

    now: Sequence[Kept] = ()
    plan: Sequence[Kept] = ()
    papers: Sequence[Kept] = ()


NOTHING = Enclosed()


class Shown(NamedTuple):
    """The files of one matter as pages show them."""

    now: tuple[FileLine, ...] = ()
    plan: tuple[FileLine, ...] = ()
    papers: tuple[FileLine, ...] = ()

    @property
    def photos(self) -> tuple[FileLine, ...]:
        return self.now + self.plan


def enclose(actor: Actor, vote: OwnersVote, matter_id: int, enclosed: Enclosed) -> None:
    """Attach what comes with a matter. Raises Invalid with the field for more than fit."""
    for kind, kept, field in (
        (Kind.NOW, enclosed.now, "now"),
        (Kind.PLAN, enclosed.plan, "plan"),
        (Kind.PAPER, enclosed.papers, "papers"),
    ):
        if kept and _count(vote, _purpose(kind, matter_id)) + len(kept) > MOST:
            raise Invalid(_("每一样最多放 %(most)d 份，请先去掉几份。", most=MOST), field)
        attach(actor, vote, kept, _purpose(kind, matter_id))


def prove(actor: Actor, vote: OwnersVote, proof: Sequence[Kept]) -> None:
    """Attach what shows why these owners decide. Raises Invalid for more than fit."""
    if proof and _count(vote, PROOF) + len(proof) > MOST:
        raise Invalid(_("每一样最多放 %(most)d 份，请先去掉几份。", most=MOST), "proof")
    attach(actor, vote, proof, PROOF)


def take_out_proofs(vote: OwnersVote, file_ids: Collection[int]) -> None:
    """Take some proofs of the scope out again."""
    _delete(vote, [PROOF], file_ids)


def is_proven(vote: OwnersVote) -> bool:
    """Whether something shows why these owners decide."""
    return _count(vote, PROOF) > 0


def proofs(files: Iterable[FileLine]) -> list[FileLine]:
    """The proofs of the scope among the files of a vote."""
    return [file for file in files if file.purpose == PROOF]


def take_out(vote: OwnersVote, matter_id: int, file_ids: Collection[int] | None = None) -> None:
    """Take some files of a matter out again, or all of them; before the notice nobody has voted upon them."""
    _delete(vote, [_purpose(kind, matter_id) for kind in Kind], file_ids)


def of_matter(files: Iterable[FileLine], matter_id: int) -> Shown:
    """The files of one matter among those of its vote."""
    by_kind: dict[Kind, list[FileLine]] = {kind: [] for kind in Kind}
    for file in files:
        kind, _colon, matter = file.purpose.partition(":")
        if matter == str(matter_id):
            by_kind[Kind(kind)].append(file)
    return Shown(tuple(by_kind[Kind.NOW]), tuple(by_kind[Kind.PLAN]), tuple(by_kind[Kind.PAPER]))


def with_files(matters: Iterable[Any], files: Sequence[FileLine]) -> list[Any]:
    """Matters as named tuples with the fields `id` and `files`, each with its own."""
    return [matter._replace(files=of_matter(files, matter.id)) for matter in matters]


def _delete(vote: OwnersVote, purposes: Sequence[str], file_ids: Collection[int] | None) -> None:
    gone = sa.delete(StoredFile).where(
        StoredFile.subject == reference(vote), StoredFile.purpose.in_(purposes)
    )
    if file_ids is not None:
        gone = gone.where(StoredFile.id.in_(file_ids))
    db.session.execute(gone)


def _purpose(kind: Kind, matter_id: int) -> str:
    return f"{kind.value}:{matter_id}"


def _count(vote: OwnersVote, purpose: str) -> int:
    there = sa.select(sa.func.count()).where(
        StoredFile.subject == reference(vote), StoredFile.purpose == purpose
    )
    return db.session.scalar(there) or 0
