"""The roll file: units, heads and owners by number, no name among them, in the one spelling its digest is made of.

Its `electorate` is that of the count file, so that whoever counts again reads the same roll.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.amounts import plain
from ...core.db import read
from ...voting.counting.roll import DEVELOPER
from ..models.rolls import RollUnit, Speaker, Voter
from ..models.votes import OwnersVote
from ..scopes import paths_of
from ..words import VoterKind
from .drawing import Drawn, member

FORMAT = "portal-owners-roll/1"


class Line(NamedTuple):
    """A unit on the roll; `owner` as `head_name` has it, `members` as the count names the owners on the title."""

    unit_id: int
    area: int
    use: str
    state: str
    building: str
    voter: int
    owner: str
    members: tuple[str, ...]
    developer: bool


def head_name(owner_set_id: int | None, kind: VoterKind, unit_id: int) -> str:
    """What the count calls a head: its owner set, the developer whom nobody named, else its unit."""
    if owner_set_id is not None:
        return f"s{owner_set_id}"
    return DEVELOPER if kind is VoterKind.DEVELOPER else f"u{unit_id}"


def drawn_lines(drawn: Drawn) -> list[Line]:
    """A roll that is not written yet."""
    return [
        Line(
            part.id,
            part.area or 0,
            part.use,
            part.state,
            part.building,
            head.number,
            head_name(head.owner_set_id, head.kind, part.id),
            tuple(sorted(member(o.id) for o in head.owners)),
            head.kind is VoterKind.DEVELOPER,
        )
        for head in drawn.heads
        for part in head.parts
    ]


def kept_lines(vote_id: int) -> list[Line]:
    """The roll of a vote as its rows have it; two queries. Speakers who are no owner of the register are left out:
    whom an organisation sends and who is guardian may change without a new roll."""
    owners: dict[int, list[str]] = {}
    for row in read(_OWNERS, {"vote": vote_id}):
        owners.setdefault(row.voter_id, []).append(member(row.owner_id))
    return [
        Line(
            row.unit_id,
            row.area,
            row.use,
            row.delivery,
            row.building,
            row.number,
            head_name(row.owner_set_id, row.kind, row.unit_id),
            tuple(sorted(owners.get(row.voter_id, ()))),
            row.kind is VoterKind.DEVELOPER,
        )
        for row in read(_UNITS, {"vote": vote_id})
    ]


def electorate(lines: Iterable[Line]) -> dict[str, Any]:
    """Of a count file, method dual_majority. Heads are as they were frozen, whatever the register says today."""
    units, developers = [], set()
    for line in lines:
        units.append(_unit(line))
        if line.developer:
            developers.add("+".join(line.members) or line.owner)
    stated = {"developer": next(iter(developers))} if len(developers) == 1 else {}
    return {"units": units, **stated}


def text(vote: OwnersVote, lines: Iterable[Line], version: int | None = None) -> str:
    """The file of one version of the roll."""
    said = {
        "format": FORMAT,
        "vote": vote.id,
        "version": vote.roll_version if version is None else version,
        "scope": vote.place_path if not vote.parts else paths_of(vote),
        "count_parking": vote.count_parking,
        "electorate": electorate(lines),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _unit(line: Line) -> Mapping[str, Any]:
    owner = {} if line.owner == f"u{line.unit_id}" else {"owner": line.owner}
    members = {"members": list(line.members)} if line.members else {}
    return {
        "unit": f"u{line.unit_id}",
        "area": plain(line.area),
        "use": line.use,
        "state": line.state,
        "building": line.building,
        "voter": line.voter,
        **owner,
        **members,
    }


_UNITS = (
    sa.select(
        RollUnit.unit_id,
        RollUnit.voter_id,
        RollUnit.area,
        RollUnit.use,
        RollUnit.delivery,
        RollUnit.building,
        Voter.number,
        Voter.owner_set_id,
        Voter.kind,
    )
    .join(Voter, Voter.id == RollUnit.voter_id)
    .where(RollUnit.vote_id == sa.bindparam("vote"))
    .order_by(Voter.number, RollUnit.id)
)
_OWNERS = sa.select(Speaker.voter_id, Speaker.owner_id).where(
    Speaker.vote_id == sa.bindparam("vote"), Speaker.owner_id.is_not(None)
)
