"""Who could vote and what was given, as a count file states them: numbers with a letter before them, never a name.

`s12` owners on a title, `p7` one of them, `u3` a unit, `a5` an agent by his account, `n9` an agent by his letter.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core import clock
from ..core.db import read
from ..voting.counting.roll import DEVELOPER, WITH_THE_DEVELOPER
from ..voting.counting.weight import plain
from .models import Delivery, OwnerBallot, OwnersVote, Proxy, RollUnit, Speaker, Voter
from .words import PROVEN, Channel, ProxyState, Silence, VoterKind

Line = dict[str, Any]

_vote = sa.bindparam("vote", type_=sa.Integer)
_VOTERS = sa.select(Voter.id, Voter.owner_set_id, Voter.kind).where(Voter.vote_id == _vote).order_by(Voter.id)
_UNITS = (
    sa.select(
        RollUnit.voter_id, RollUnit.unit_id, RollUnit.area, RollUnit.use, RollUnit.state, RollUnit.building
    )
    .where(RollUnit.vote_id == _vote)
    .order_by(RollUnit.unit_id)
)
_MEMBERS = (
    sa.select(Speaker.id, Speaker.voter_id, Speaker.owner_id, Speaker.designated)
    .join(Voter, Voter.id == Speaker.voter_id)
    .where(Speaker.vote_id == _vote, Voter.kind == VoterKind.CO_OWNERS, Speaker.owner_id.is_not(None))
    .order_by(Speaker.owner_id)
)
_SERVED = (
    sa.select(Delivery.voter_id)
    .where(Delivery.vote_id == _vote, Delivery.way.in_(PROVEN), Delivery.warned.is_(True))
    .distinct()
    .order_by(Delivery.voter_id)
)
_PROXIES = sa.select(
    Proxy.id, Proxy.state, Proxy.agent_id, Proxy.agent_name, Proxy.matters, Proxy.moved_at
).where(Proxy.vote_id == _vote)
IN_ORDER = (OwnerBallot.at, OwnerBallot.voter_id, OwnerBallot.speaker_id, OwnerBallot.medium)
"""The order of ballots in every file: of time, then one that never changes."""
_BALLOTS = (
    sa.select(
        OwnerBallot.voter_id,
        OwnerBallot.speaker_id,
        OwnerBallot.choices,
        OwnerBallot.channel,
        OwnerBallot.proxy_id,
        OwnerBallot.at,
    )
    .where(OwnerBallot.vote_id == _vote)
    .order_by(*IN_ORDER)
)


class Members(NamedTuple):
    """Co-owners of each voter, who of them speaks for all, and which of them a speaker is."""

    of: Mapping[int, list[str]]
    designated: Mapping[int, str]
    speakers: Mapping[int, str]


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

    def on(self, position: int) -> Line:
        """The paper of one matter. A box left empty is null; an agent speaks only where his letter says so."""
        said = self.choices[position] if position < len(self.choices) else ""
        line = {**self.line, "choice": said or None}
        if self.authority is None:
            return line
        stood = self.authority.stood and position in self.authority.matters
        return {**line, "proxy": self.authority.agent, "authorised": stood}


class Roll(NamedTuple):
    """`electorate` of the count file, and the voters' names in it by their ids."""

    electorate: Line
    names: Mapping[int, str]
    members: Members


def roll_of(vote: OwnersVote) -> Roll:
    """The stored roll of a vote with, where silence may count, whom the paper reached with proof."""
    at = {"vote": vote.id}
    units, voters, members = read(_UNITS, at), read(_VOTERS, at), _members(vote)
    first = {u.voter_id: u.unit_id for u in reversed(units)}
    names = {v.id: _name(v) or f"u{first.get(v.id, 0)}" for v in voters}
    owners = {v.id: _name(v) for v in voters}
    electorate: Line = {"units": [_unit(u, owners[u.voter_id], members) for u in units]}
    developers = {u.voter_id for u in units if u.state in WITH_THE_DEVELOPER}
    if len(developers) == 1:
        electorate["developer"] = names[developers.pop()]
    if vote.silence is not Silence.NOT_PARTICIPATING:
        electorate["deliveries"] = [
            {"owner": names[d.voter_id], "proof": True, "warned": True} for d in read(_SERVED, at)
        ]
    return Roll(electorate, names, members)


def ballots_of(vote: OwnersVote, roll: Roll) -> list[Given]:
    """Every ballot there is, in the order of time, late ones and those of several papers of one voter too."""
    letters = _authorities(vote)
    return [_given(row, roll, letters) for row in read(_BALLOTS, {"vote": vote.id})]


def _name(voter: Any) -> str:
    """What the file calls a head; "" where nobody knows the owner: such a voter goes by his unit."""
    if voter.kind is VoterKind.UNKNOWN:
        return ""
    if voter.owner_set_id is not None:
        return f"s{voter.owner_set_id}"
    return DEVELOPER if voter.kind is VoterKind.DEVELOPER else f"v{voter.id}"


def _members(vote: OwnersVote) -> Members:
    of: dict[int, list[str]] = defaultdict(list)
    designated: dict[int, str] = {}
    speakers: dict[int, str] = {}
    for row in read(_MEMBERS, {"vote": vote.id}):
        person = f"p{row.owner_id}"
        of[row.voter_id].append(person)
        speakers[row.id] = person
        if row.designated:
            designated[row.voter_id] = person
    return Members(of, designated, speakers)


def _unit(unit: Any, owner: str, members: Members) -> Line:
    line = {"unit": f"u{unit.unit_id}", "area": plain(unit.area), "use": unit.use, "building": unit.building}
    if unit.state in WITH_THE_DEVELOPER:
        line["state"] = unit.state
    if owner:
        line["owner"] = owner
    together = members.of.get(unit.voter_id, [])
    if len(together) > 1:
        line["members"] = together
        if unit.voter_id in members.designated:
            line["designated"] = members.designated[unit.voter_id]
    return line


def _authorities(vote: OwnersVote) -> dict[int, Authority]:
    rows = sorted(read(_PROXIES, {"vote": vote.id}), key=lambda row: row.id)
    by_name: dict[str, str] = {}
    for row in rows:
        if row.agent_id is None:
            by_name.setdefault(row.agent_name, f"n{row.id}")
    return {row.id: _authority(row, by_name, vote) for row in rows}


def _authority(row: Any, by_name: Mapping[str, str], vote: OwnersVote) -> Authority:
    """A letter taken back after the close does not undo the ballot that was given with it."""
    after_close = row.state is ProxyState.REVOKED and row.moved_at >= vote.closes_at
    return Authority(
        agent=f"a{row.agent_id}" if row.agent_id is not None else by_name[row.agent_name],
        stood=row.state is ProxyState.ACCEPTED or after_close,
        matters=frozenset(_numbers(row.matters)),
    )


def _numbers(text: str) -> Iterable[int]:
    return (int(part) for part in text.split(",") if part.strip().isdigit())


def _given(row: Any, roll: Roll, letters: Mapping[int, Authority]) -> Given:
    line: Line = {
        "owner": roll.names[row.voter_id],
        "channel": row.channel.value,
        "time": clock.local(row.at).isoformat(timespec="microseconds"),
    }
    member = roll.members.speakers.get(row.speaker_id)
    if member:
        line["member"] = member
    authority = letters.get(row.proxy_id) if row.proxy_id is not None else None
    if row.channel is Channel.PROXY and authority is None:
        authority = Authority("n0", stood=False, matters=frozenset())
    return Given(line, row.choices.split(","), authority)
