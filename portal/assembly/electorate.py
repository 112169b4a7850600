"""Who could vote and what was given, as a count file states them: numbers with a letter before them, never a name.

`s12` owners on a title, `p7` one of them, `u3` a unit (the roll file names them so too), `a5` an agent by his account,
`n9` an agent by his letter, `g4` one who was named to speak for a head and does not stand,
`x0` whoever is behind a ballot that was struck out.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core import clock
from ..core.db import read
from . import agents, marks
from .models.box import TOGETHER, OwnerBallot
from .models.papers import Proxy
from .models.reaching import Delivery
from .models.rolls import STANDS, Speaker, Voter
from .models.votes import OwnersVote
from .roll.drawing import member
from .roll.file import electorate as file_electorate
from .roll.file import kept_lines
from .struck import struck
from .words import PROVEN, Channel, Choice, ProxyState, Silence, VoterKind

Line = dict[str, Any]

_vote = sa.bindparam("vote", type_=sa.Integer)
_VOTERS = sa.select(Voter.id, Voter.number).where(Voter.vote_id == _vote).order_by(Voter.id)
_owner = sa.func.coalesce(Speaker.owner_id, Speaker.for_owner_id)
_MEMBERS = (
    sa.select(
        Speaker.id,
        Speaker.voter_id,
        _owner.label("owner_id"),
        sa.and_(Speaker.designated, STANDS).label("designated"),
    )
    .join(Voter, Voter.id == Speaker.voter_id)
    .where(Speaker.vote_id == _vote, Voter.kind == VoterKind.CO_OWNERS, _owner.is_not(None))
    .order_by(Speaker.id)
)
"""Whose word a speaker's is: his own, or that of the one owner he is guardian of or sent by."""
_HALTED = sa.select(Speaker.id).where(Speaker.vote_id == _vote, ~STANDS)
_SERVED = (
    sa.select(Delivery.voter_id)
    .where(Delivery.vote_id == _vote, Delivery.way.in_(PROVEN), Delivery.warned.is_(True))
    .distinct()
    .order_by(Delivery.voter_id)
)
_PROXIES = sa.select(
    Proxy.id,
    Proxy.state,
    Proxy.agent_id,
    Proxy.agent_phone,
    Proxy.agent_name,
    Proxy.matters,
).where(Proxy.vote_id == _vote)
IN_ORDER = (
    OwnerBallot.at,
    OwnerBallot.voter_id,
    OwnerBallot.speaker_id,
    OwnerBallot.medium,
    OwnerBallot.proxy_id,
    OwnerBallot.nth,
)
"""The order of ballots in every file: of time, then one that never changes."""


def superseded(ballot: Any) -> sa.ColumnElement[bool]:
    """Whether family gave it or staff entered it for an owner who put his own paper, or that of all owners together,
    into the box in time: his own word is the last, whichever of two papers the assembly's rules would count. Such a
    ballot is in the list of receipts, but not in the count file, and has no number there."""
    own, vote = sa.orm.aliased(OwnerBallot), sa.orm.aliased(OwnersVote)
    his = sa.exists().where(
        own.vote_id == ballot.vote_id,
        own.voter_id == ballot.voter_id,
        own.speaker_id.in_((ballot.speaker_id, TOGETHER)),
        own.channel == Channel.PAPER,
        vote.id == own.vote_id,
        own.at < vote.closes_at,
        ~struck(own),
    )
    return sa.and_(sa.or_(ballot.kin != "", ballot.channel == Channel.DESK), his)


_BALLOTS = (
    sa.select(
        OwnerBallot.voter_id,
        OwnerBallot.speaker_id,
        OwnerBallot.choices,
        OwnerBallot.channel,
        OwnerBallot.proxy_id,
        OwnerBallot.at,
        struck(OwnerBallot).label("struck"),
    )
    .where(OwnerBallot.vote_id == _vote, ~superseded(OwnerBallot))
    .order_by(*IN_ORDER)
)


class Authority(NamedTuple):
    """A letter of authority: its agent, whether it stood at the close, and the matters it names."""

    agent: str
    stood: bool
    matters: frozenset[int]


class Given(NamedTuple):
    """A ballot before it is split by matters: `line` without its choice."""

    line: Line
    choices: list[str]
    authority: Authority | None

    def on(self, position: int, elects: bool = False) -> Line:
        """The paper of one matter. A box left empty is null; an agent speaks only where his letter says so. In an
        election the paper says whom it marks: nobody for 弃权, its word as it is where it is unclear."""
        said = self.choices[position] if position < len(self.choices) else ""
        line = {**self.line, **(_marks(said) if elects else {"choice": said or None})}
        if self.authority is None:
            return line
        stood = self.authority.stood and position in self.authority.matters
        return {**line, "proxy": self.authority.agent, "authorised": stood}


class Roll(NamedTuple):
    """`electorate` of the count file; voters and co-owners by the ids of their rows as the file names them."""

    electorate: Line
    names: Mapping[int, str]
    members: Mapping[int, str]
    shared: frozenset[int]
    """Heads of several owners."""
    halted: frozenset[int]
    """Speakers whose word does not count: an owner objected to them, or they were refused."""


def roll_of(vote: OwnersVote) -> Roll:
    """The roll as it was frozen, with what may be settled later: who speaks for co-owners and, where silence may
    count, whom the paper reached with proof."""
    at = {"vote": vote.id}
    lines = kept_lines(vote.id)
    first: dict[int, str] = {}
    for line in lines:
        first.setdefault(line.voter, line.owner)
    numbers = {row.id: row.number for row in read(_VOTERS, at)}
    names = {id_: first[number] for id_, number in numbers.items() if number in first}
    speakers = read(_MEMBERS, at)
    electorate = file_electorate(lines)
    _designate(electorate, {numbers[s.voter_id]: member(s.owner_id) for s in speakers if s.designated})
    if vote.silence is not Silence.NOT_PARTICIPATING:
        electorate["deliveries"] = [
            {"owner": names[d.voter_id], "proof": True, "warned": True}
            for d in read(_SERVED, at)
            if d.voter_id in names
        ]
    shared = frozenset(s.voter_id for s in speakers)
    halted = frozenset(row.id for row in read(_HALTED, at))
    return Roll(electorate, names, {s.id: member(s.owner_id) for s in speakers}, shared, halted)


def ballots_of(vote: OwnersVote, roll: Roll) -> list[Given]:
    """Every ballot that is not `superseded`, in the order of time, late ones and several papers of one voter too."""
    letters = _authorities(vote)
    return [_given(row, roll, letters) for row in read(_BALLOTS, {"vote": vote.id})]


def _designate(electorate: Line, designated: Mapping[int, str]) -> None:
    for unit in electorate["units"]:
        if unit["voter"] in designated:
            unit["designated"] = designated[unit["voter"]]


def _authorities(vote: OwnersVote) -> dict[int, Authority]:
    """By letter. Letters of one agent name him alike: by his account where any of them knows it."""
    rows = sorted(read(_PROXIES, {"vote": vote.id}), key=lambda row: row.id)
    same = agents.by_agent(agents.Letter(r.id, r.agent_id, r.agent_phone, r.agent_name) for r in rows)
    names: dict[int, str] = {}
    for row in rows:
        if row.agent_id is not None:
            names.setdefault(same[row.id], f"a{row.agent_id}")
    return {
        row.id: Authority(
            agent=names.get(same[row.id], f"n{same[row.id]}"),
            stood=row.state is ProxyState.ACCEPTED,
            matters=frozenset(_numbers(row.matters)),
        )
        for row in rows
    }


def _marks(said: str) -> Line:
    """A word that is no candidate spoils a paper, as more candidates than seats do."""
    numbers = marks.picked(said)
    if numbers is not None:
        return {"approve": [f"c{n}" for n in numbers]}
    if said == Choice.ABSTAIN:
        return {"approve": []}
    return {"approve": [said] if said else None}


def _numbers(text: str) -> Iterable[int]:
    return (int(part) for part in text.split(",") if part.strip().isdigit())


def _given(row: Any, roll: Roll, letters: Mapping[int, Authority]) -> Given:
    line: Line = {
        "owner": roll.names[row.voter_id],
        "channel": row.channel.value,
        "time": clock.local(row.at).isoformat(timespec="microseconds"),
    }
    if row.speaker_id in roll.members:
        line["member"] = roll.members[row.speaker_id]
    elif row.speaker_id == TOGETHER and row.voter_id in roll.shared and row.channel is Channel.PAPER:
        line["joint"] = True
    authority = letters.get(row.proxy_id)
    if row.speaker_id in roll.halted:
        authority = Authority(f"g{row.speaker_id}", stood=False, matters=frozenset())
    elif row.struck:
        authority = Authority("x0", stood=False, matters=frozenset())
    elif row.channel is Channel.PROXY and authority is None:
        authority = Authority("n0", stood=False, matters=frozenset())
    return Given(line, row.choices.split(","), authority)
