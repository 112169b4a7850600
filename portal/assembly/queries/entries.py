"""What lies in the box for the reader himself, read back to him after the count: choices, channel, receipt, and what
became of it. Nobody else gets it, not even who enters something in his name."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.db import read
from ...voting.counting.papers import Reason
from ..electorate import IN_ORDER, superseded
from ..models.box import OfficialImport, OwnerBallot
from ..models.papers import Proxy
from ..models.rolls import Speaker, Voter
from ..struck import struck
from ..uncounted import Why, set_aside
from ..words import Channel

MOST = 50


class Entry(NamedTuple):
    """A ballot as it was recorded. `by`: who gave it, an agent too; none for one of all together. `left_out`:
    position of the matter → why it does not count there."""

    by: str | None
    choices: str
    channel: str
    at: datetime
    receipt: str
    left_out: dict[int, Why]


class Own(NamedTuple):
    """A voter whom the reader speaks for, with all ballots in the box for him."""

    label: str
    entries: list[Entry]


_mine, _giver = (sa.orm.aliased(Speaker) for _n in range(2))
_other = sa.orm.aliased(OwnerBallot)
_NUMBER = (
    sa.select(sa.func.count() + 1)
    .where(
        _other.vote_id == OwnerBallot.vote_id,
        ~superseded(_other),
        sa.tuple_(*(getattr(_other, c.key) for c in IN_ORDER)) < sa.tuple_(*IN_ORDER),
    )
    .correlate(OwnerBallot)
    .scalar_subquery()
)
"""What the count file calls a ballot: its place in the order of time."""
_OWN = (
    sa.select(
        Voter.id,
        Voter.label,
        sa.func.coalesce(_giver.name, Proxy.agent_name).label("by"),
        OwnerBallot.choices,
        OwnerBallot.channel,
        OwnerBallot.at,
        OwnerBallot.receipt,
        superseded(OwnerBallot).label("superseded"),
        struck(OwnerBallot).label("struck"),
    )
    .join(_mine, sa.and_(_mine.voter_id == Voter.id, _mine.user_id == sa.bindparam("me", type_=sa.Integer)))
    .outerjoin(OwnerBallot, sa.and_(OwnerBallot.vote_id == Voter.vote_id, OwnerBallot.voter_id == Voter.id))
    .outerjoin(_giver, _giver.id == OwnerBallot.speaker_id)
    .outerjoin(Proxy, Proxy.id == OwnerBallot.proxy_id)
    .where(Voter.vote_id == sa.bindparam("vote", type_=sa.Integer))
    .order_by(Voter.number, *IN_ORDER)
    .limit(MOST)
)
_NUMBERED = _OWN.add_columns(_NUMBER.label("number"))


def own_entries(actor: Actor, vote: Any, matters: Iterable[Any]) -> list[Own]:
    """Of every voter the reader speaks for in person, what is recorded; a voter without a ballot is there without
    entries. One query; where every ballot counts nothing is numbered."""
    if actor.id is None or actor.entered_by is not None:
        return []
    counted = [matter for matter in matters if matter.result]
    reasons = {
        (line["ballot"], matter.position): Reason(line["reason"])
        for matter in counted
        for line in matter.result["uncounted"]
    }
    found: dict[int, Own] = {}
    for row in read(_NUMBERED if reasons else _OWN, {"vote": vote.id, "me": actor.id}):
        own = found.setdefault(row.id, Own(row.label, []))
        if row.receipt is not None:
            number = row.number if reasons else 0
            left_out: dict[int, Why] = {at: why for (n, at), why in reasons.items() if n == number}
            if row.superseded or row.struck:
                left_out = dict.fromkeys((m.position for m in counted), set_aside(row.struck))
            own.entries.append(Entry(row.by, row.choices, row.channel, row.at, row.receipt, left_out))
    return list(found.values())


_TAKEN = sa.exists().where(OfficialImport.vote_id == sa.bindparam("vote", type_=sa.Integer))
_IMPORTED = (
    sa.select(
        Voter.id,
        Voter.label,
        sa.null().label("by"),
        OwnerBallot.choices,
        OwnerBallot.channel,
        OwnerBallot.at,
        OwnerBallot.receipt,
    )
    .join(_mine, sa.and_(_mine.voter_id == Voter.id, _mine.user_id == sa.bindparam("me", type_=sa.Integer)))
    .outerjoin(
        OwnerBallot,
        sa.and_(
            OwnerBallot.vote_id == Voter.vote_id,
            OwnerBallot.voter_id == Voter.id,
            OwnerBallot.channel == Channel.OFFICIAL,
        ),
    )
    .where(Voter.vote_id == sa.bindparam("vote", type_=sa.Integer), _TAKEN)
    .order_by(Voter.number, *IN_ORDER)
    .limit(MOST)
)


def imported_entries(actor: Actor, vote: Any) -> list[Own]:
    """What the authority's file says of every voter the reader speaks for in person, from the moment it is taken, so
    that an error is found before the count; nothing before. One query, none where no such file is expected."""
    if actor.id is None or actor.entered_by is not None or not vote.official_evote:
        return []
    found: dict[int, Own] = {}
    for row in read(_IMPORTED, {"vote": vote.id, "me": actor.id}):
        own = found.setdefault(row.id, Own(row.label, []))
        if row.receipt is not None:
            own.entries.append(Entry(row.by, row.choices, row.channel, row.at, row.receipt, {}))
    return list(found.values())
