"""Who speaks for the heads of a roll: the owners on the titles, with the accounts that were recognised as them."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.db import db, in_parts, read
from ...places.reserve import write
from ..models.rolls import Speaker
from ..models.votes import OwnersVote
from ..words import Capacity, Standing
from .drawing import Head, Person


class Known(NamedTuple):
    """A speaker of the version before. `owner_id` is none for whom an organisation sent and for guardians;
    `for_owner_id` is then whom they speak for."""

    id: int
    voter_id: int
    owner_id: int | None
    for_owner_id: int | None
    user_id: int | None
    name: str

    def stays(self, wanted: Collection[tuple[int, int]]) -> bool:
        """Whether the owner whose word his is stands on the title still; who was sent where nobody knows one, stays."""
        owner = self.owner_id or self.for_owner_id
        return owner is None or (self.voter_id, owner) in wanted


def keep(vote: OwnersVote, heads: Mapping[int, Head]) -> None:
    """Owners who left the titles go, and who spoke for them; new ones come, accounts recognised since are put in.
    Inside an action."""
    wanted = {(id_, person.id) for id_, head in heads.items() for person in head.owners}
    before = [Known(*row) for row in read(_KNOWN, {"vote": vote.id})]
    known = [k for k in before if k.stays(wanted)]
    _drop([k.id for k in before if not k.stays(wanted)])
    owners = {(k.voter_id, k.owner_id): k for k in known if k.owner_id is not None}
    taken = {(k.voter_id, k.user_id) for k in known if k.owner_id is None}
    new, changed = [], []
    for id_, head in heads.items():
        for person in head.owners:
            user = None if (id_, person.user_id) in taken else person.user_id
            was = owners.get((id_, person.id))
            if was is None:
                new.append(speaker_row(vote, id_, head, person, user))
            elif (account := user or was.user_id, person.name) != (was.user_id, was.name):
                changed.append({"id": was.id, "user_id": account, "name": person.name})
    if changed:
        db.session.execute(sa.update(Speaker), changed)
    write(iter(new), Speaker)


def _drop(gone: list[int]) -> None:
    for some in in_parts(gone):
        db.session.execute(sa.delete(Speaker).where(Speaker.id.in_(some)))


def speaker_row(
    vote: OwnersVote, voter_id: int, head: Head, person: Person, user_id: int | None
) -> dict[str, Any]:
    """An owner as a speaker. Whoever was recognised as an organisation is whom it sends."""
    sent = person.organisation and user_id is not None
    return {
        "vote_id": vote.id,
        "voter_id": voter_id,
        "place_path": head.parts[0].place_path,
        "owner_id": person.id,
        "user_id": user_id,
        "name": person.name,
        "capacity": Capacity.REPRESENTATIVE if sent else Capacity.OWNER,
        "designated": False,
        "proposed": False,
        "standing": Standing.STANDS,
        "objection": "",
        "decision": "",
    }


_KNOWN = sa.select(*(getattr(Speaker, name) for name in Known._fields)).where(
    Speaker.vote_id == sa.bindparam("vote")
)
