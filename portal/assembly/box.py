"""The box: how a ballot gets in. A few prepared statements, in one order: the voter, the vote, the ballot, the event,
the turnout last, since its row is everybody's.

The voter's row is held alone, so that co-owners who vote at the same moment are one head in the turnout; the vote's row
is shared, so that closing the vote waits for ballots under way and they for it. The hour is read after both.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from ..core import clock
from ..core.actor import Actor
from ..core.columns import LARGEST_ID
from ..core.db import dialect, read, write
from ..core.errors import Conflict, NotAllowed
from ..core.finding import At
from ..core.text import _
from .models.votes import Matter, OwnersVote
from .struck import struck
from .words import Channel, Medium, Standing, VoteState

_tables = OwnersVote.metadata.tables
_vote, _voter, _speaker, _ballot, _turnout = (
    _tables[name] for name in ("owners_vote", "voter", "speaker", "owner_ballot", "owners_turnout")
)
_other = _speaker.alias("other_speaker")


@dataclass(frozen=True)
class HeldVoter:
    """A voter under lock, and who of the actor's he is: what the rules, the log and the box need of him."""

    __tablename__: ClassVar[str] = "voter"

    id: int
    vote_id: int
    place_path: str
    building: str
    area: int
    units: int
    speaker_id: int | None
    """The actor as one who may speak for this voter."""
    spoken_for: bool
    """The co-owners settled on somebody else."""

    @property
    def speaks(self) -> bool:
        return self.speaker_id is not None


def _stands(speaker: Any) -> sa.ColumnElement[bool]:
    return speaker.c.standing == sa.literal(Standing.STANDS, speaker.c.standing.type)  # type: ignore[no-any-return]


_HOLD = (
    sa.select(
        _voter.c.id,
        _voter.c.vote_id,
        _voter.c.place_path,
        _voter.c.building,
        _voter.c.area,
        _voter.c.units,
        _speaker.c.id.label("speaker_id"),
        sa.exists()
        .where(
            _other.c.voter_id == _voter.c.id,
            _other.c.designated.is_(True),
            _stands(_other),
            _other.c.user_id.is_distinct_from(sa.bindparam("me", type_=sa.Integer)),
        )
        .label("spoken_for"),
    )
    .join(
        _speaker,
        sa.and_(
            _speaker.c.voter_id == _voter.c.id,
            _speaker.c.user_id == sa.bindparam("me", type_=sa.Integer),
            _stands(_speaker),
        ),
        isouter=True,
    )
    .where(_voter.c.id == sa.bindparam("voter"))
    .with_for_update(of=_voter, key_share=True)
)


def hold_voter(voter_id: int, user_id: int | None) -> HeldVoter | None:
    """The voter with this number, held to the end of the transaction."""
    found = read(_HOLD, {"voter": voter_id, "me": user_id}) if voter_id <= LARGEST_ID else []
    if not found:
        return None
    row = found[0]
    return HeldVoter(**{**row._mapping, "spoken_for": bool(row.spoken_for)})


class AtVoter(At[HeldVoter]):
    """A voter by the number in an address, for the action that casts his ballot: one statement finds and holds him
    and says whether the actor speaks for him."""

    def hold(self, actor: Actor, *, share: bool) -> HeldVoter | None:
        held = hold_voter(self.id, actor.id)
        return held if held and held.place_path.startswith(actor.community) else None


_asked = sa.select(sa.func.count()).where(Matter.vote_id == _vote.c.id).scalar_subquery()
_elects = sa.exists().where(Matter.vote_id == _vote.c.id, Matter.seats.is_not(None))
_any = _ballot.alias("any_ballot")
_answered = sa.exists().where(
    _any.c.vote_id == _vote.c.id, _any.c.voter_id == sa.bindparam("voter"), ~struck(_any.c)
)
_SLOT = (
    _ballot.c.vote_id == sa.bindparam("vote"),
    _ballot.c.voter_id == sa.bindparam("voter"),
    _ballot.c.speaker_id == sa.bindparam("speaker"),
    _ballot.c.medium == sa.bindparam("on", type_=_ballot.c.medium.type),
    _ballot.c.proxy_id == sa.bindparam("letter"),
    _ballot.c.nth == 0,
)
_SHARE = (
    sa.select(
        _vote.c.id,
        _vote.c.state,
        _vote.c.opens_at,
        _vote.c.closes_at,
        _vote.c.official_evote,
        _vote.c.proxy_cap,
        _asked.label("matters"),
        _elects.label("elects"),
        _answered.label("answered"),
        _ballot.c.receipt,
        _ballot.c.once,
        _ballot.c.changes,
        _ballot.c.entered_by_id,
    )
    .join(_ballot, sa.and_(*_SLOT), isouter=True)
    .where(_vote.c.id == sa.bindparam("vote"))
    .with_for_update(read=True, of=_vote)
)
_PAPERS = sa.select(sa.func.count()).where(
    _ballot.c.vote_id == sa.bindparam("vote"),
    _ballot.c.voter_id == sa.bindparam("voter"),
    _ballot.c.medium == Medium.PAPER,
)
_PUT = sa.insert(_ballot)
_REPLACE = sa.update(_ballot).where(*_SLOT, _ballot.c.changes == sa.bindparam("seen"))
_insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def _counted(insert: Any) -> Any:
    row = insert(_turnout)
    more = {
        "heads": _turnout.c.heads + row.excluded.heads,
        "area": _turnout.c.area + row.excluded.area,
    }
    return row.on_conflict_do_update(index_elements=["vote_id", "building", "channel"], set_=more)


_UNCOUNT = (
    sa.update(_turnout)
    .where(
        _turnout.c.vote_id == sa.bindparam("of_vote"),
        _turnout.c.building == sa.bindparam("of_building"),
        _turnout.c.channel == sa.bindparam("by", type_=_turnout.c.channel.type),
    )
    .values(heads=_turnout.c.heads - 1, area=_turnout.c.area - sa.bindparam("less"))
)
_COUNT = {name: _counted(insert) for name, insert in _insert.items()}


def share_vote(voter: HeldVoter, speaker_id: int, medium: Medium, letter: int = 0) -> Any:
    """The vote as it is now, shared to the end of the transaction, with what lies in the box for this slot: columns
    state, opens_at, closes_at, official_evote, proxy_cap, matters (how many), elects (one of them is an election),
    answered (the voter gave some ballot, and not all were struck out), receipt, once, changes (None: this slot is
    empty), entered_by_id."""
    return read(_SHARE, _slot(voter, speaker_id, medium, letter))[0]


def _slot(voter: HeldVoter, speaker_id: int, medium: Medium, letter: int) -> dict[str, Any]:
    where = {"vote": voter.vote_id, "voter": voter.id, "speaker": speaker_id, "on": medium}
    return where | {"letter": letter}


def papers_in(voter: HeldVoter) -> int:
    """How many papers of the voter lie in the box, whoever signed them."""
    found = read(_PAPERS, {"vote": voter.vote_id, "voter": voter.id})
    return int(found[0][0])


def in_time(vote: Any) -> datetime:
    """Now, if ballots are taken now. Raises NotAllowed with what holds instead."""
    now = clock.now()
    if vote.state is not VoteState.OPEN:
        raise NotAllowed(_("现在不在投票时间。"))
    if now >= vote.closes_at:
        raise NotAllowed(_("已经过了截止时间，不能再投了。"))
    return now


def put_in(voter: HeldVoter, ballot: dict[str, Any]) -> None:
    """A new ballot. `ballot`: columns of OwnerBallot except vote and voter. Raises Conflict."""
    try:
        write(_PUT, {"vote_id": voter.vote_id, "voter_id": voter.id, "nth": 0, "changes": 0, **ballot})
    except IntegrityError:
        raise Conflict(_("这张票没有投出，请刷新页面再投一次。")) from None


def replace(voter: HeldVoter, seen: int, ballot: dict[str, Any]) -> bool:
    """Another paper in the place of the one that had been changed `seen` times; False if it was changed since."""
    slot = _slot(voter, ballot["speaker_id"], ballot["medium"], ballot["proxy_id"])
    replaced = write(_REPLACE.values({**ballot, "changes": seen + 1}), {**slot, "seen": seen})
    return bool(replaced.rowcount)


def uncount_head(voter: HeldVoter, channel: Channel) -> None:
    """Its only ballot was struck out."""
    row = {"of_vote": voter.vote_id, "of_building": voter.building, "by": channel, "less": voter.area}
    write(_UNCOUNT, row)


def count_head(voter: HeldVoter, channel: Channel) -> None:
    """One more head in the turnout, by the channel of its first ballot."""
    row = {
        "vote_id": voter.vote_id,
        "building": voter.building,
        "channel": channel,
        "heads": 1,
        "area": voter.area,
    }
    write(_COUNT[dialect()], row)
