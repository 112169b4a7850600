"""Who speaks for the heads of a roll: the owners on the titles, with the accounts that were recognised as them."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.db import db, read
from ...places.reserve import write
from ..models.rolls import Speaker
from ..models.votes import OwnersVote
from ..words import Capacity
from .drawing import Head, Person


class Known(NamedTuple):
    """A speaker of the version before. `owner_id` is none for whom an organisation sent and for guardians."""

    id: int
    voter_id: int
    owner_id: int | None
    user_id: int | None
    name: str


def keep(vote: OwnersVote, heads: Mapping[int, Head]) -> None:
    """Owners who left the titles go, new ones come, accounts recognised since are put in. Inside an action."""
    known = [Known(*row) for row in read(_KNOWN, {"vote": vote.id})]
    owners = {(k.voter_id, k.owner_id): k for k in known if k.owner_id is not None}
    taken = {(k.voter_id, k.user_id) for k in known if k.owner_id is None}
    wanted = {(id_, person.id) for id_, head in heads.items() for person in head.owners}
    _drop([k.id for at, k in owners.items() if at not in wanted])
    new, changed = [], []
    for id_, head in heads.items():
        for person in head.owners:
            user = None if (id_, person.user_id) in taken else person.user_id
            before = owners.get((id_, person.id))
            if before is None:
                new.append(_row(vote, id_, head, person, user))
            elif (account := user or before.user_id, person.name) != (before.user_id, before.name):
                changed.append({"id": before.id, "user_id": account, "name": person.name})
    if changed:
        db.session.execute(sa.update(Speaker), changed)
    write(iter(new), Speaker)


def _drop(gone: list[int]) -> None:
    for some in _in_parts(gone):
        db.session.execute(sa.delete(Speaker).where(Speaker.id.in_(some)))


def _in_parts(numbers: list[int], size: int = 500) -> Iterator[list[int]]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))


def _row(vote: OwnersVote, voter_id: int, head: Head, person: Person, user_id: int | None) -> dict[str, Any]:
    """Whoever was recognised as an organisation is whom it sends."""
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
    }


_KNOWN = sa.select(Speaker.id, Speaker.voter_id, Speaker.owner_id, Speaker.user_id, Speaker.name).where(
    Speaker.vote_id == sa.bindparam("vote")
)
