"""Receipts after the count: which codes there are, and why a ballot did not count."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from ...core.db import db, read
from ...voting.counting.papers import Reason
from ..electorate import IN_ORDER, superseded
from ..models.box import OwnerBallot
from ..models.rolls import Voter
from ..struck import struck
from ..uncounted import Why, set_aside


def receipts(vote: Any, start: int, most: int) -> tuple[list[str], int]:
    """Receipt codes of all ballots, by code, and how many there are in all."""
    mine = OwnerBallot.vote_id == vote.id
    found = sa.select(OwnerBallot.receipt).where(mine).order_by(OwnerBallot.receipt)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(OwnerBallot).where(mine)) or 0
    return list(db.session.scalars(found.offset(start).limit(most))), total


def uncounted(vote: Any, matters: Iterable[Any]) -> dict[str, dict[int, Why]]:
    """Receipt code → position of the matter → why the ballot did not count there. Two ballots of a number are told
    apart by the order of the file; what an owner's own paper stands above is not in it."""
    counted = [matter for matter in matters if matter.result]
    if not counted:
        return {}
    mine = OwnerBallot.vote_id == vote.id
    gone = struck(OwnerBallot)
    aside = read(
        sa.select(OwnerBallot.receipt, gone.label("struck")).where(mine, gone | superseded(OwnerBallot))
    )
    found: dict[str, dict[int, Why]] = {
        row.receipt: dict.fromkeys((m.position for m in counted), set_aside(row.struck)) for row in aside
    }
    reasons = {
        (matter.position, line["ballot"]): Reason(line["reason"])
        for matter in counted
        for line in matter.result["uncounted"]
    }
    if not reasons:
        return found
    place = sa.func.row_number().over(order_by=IN_ORDER).label("place")
    numbered = sa.select(OwnerBallot.receipt, place).where(mine, ~superseded(OwnerBallot)).subquery()
    codes: dict[int, str] = {n: code for code, n in read(sa.select(numbered.c.receipt, numbered.c.place))}
    for (position, number), reason in reasons.items():
        found.setdefault(codes[number], {}).setdefault(position, reason)
    return found


def ballot_lines(vote: Any) -> list[Any]:
    """Every ballot with its unit and what it says, in the order of time; for those who check the count."""
    found = (
        sa.select(
            Voter.number,
            Voter.label,
            Voter.area,
            OwnerBallot.choices,
            OwnerBallot.channel,
            OwnerBallot.at,
            OwnerBallot.receipt,
        )
        .join(Voter, Voter.id == OwnerBallot.voter_id)
        .where(OwnerBallot.vote_id == vote.id)
        .order_by(*IN_ORDER)
    )
    return list(read(found))


def holds(vote: Any, code: str) -> bool:
    """Whether a code is that of a ballot in the box."""
    found = sa.select(OwnerBallot.receipt).where(OwnerBallot.vote_id == vote.id, OwnerBallot.receipt == code)
    return db.session.scalar(found) is not None
