"""Whose paper somebody has in his hand, by its number: the home, who may sign for it, and what was read in or given
already. Never a choice, and of a paper that others still read never who signed it: they read without knowing."""

from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.db import read
from ...core.nested import nested, unpack
from ...core.text import _
from .. import tickets
from ..models.box import OwnerBallot
from ..models.papers import GONE, Batch, Proxy, Slip
from ..models.rolls import STANDS, Speaker, Voter
from ..words import BatchState, Medium, ProxyState, VoterKind


class Signer(NamedTuple):
    """Somebody who may sign. `online`: he has voted on a screen; `chosen`: the co-owners settled on him."""

    id: int
    name: str
    capacity: str
    chosen: bool
    online: bool


class ReadIn(NamedTuple):
    """A paper of this home that was read in. `signer`: who signed it, 0 all owners, None not to be known here or of
    one owner; `agent`: whose letter came with it."""

    batch_id: int
    batch: int
    state: str
    signer: int | None
    agent: str | None


class Letter(NamedTuple):
    """A letter of authority that was accepted. `online`: the agent has voted with it on a screen."""

    id: int
    agent: str
    online: bool


_screen = (OwnerBallot.vote_id == Voter.vote_id, OwnerBallot.voter_id == Voter.id)
_on_screen = sa.exists().where(*_screen, OwnerBallot.medium == Medium.ONLINE)
_SIGNERS = (
    sa.select(
        Speaker.id,
        Speaker.name,
        Speaker.capacity,
        Speaker.designated,
        _on_screen.where(OwnerBallot.speaker_id == Speaker.id, OwnerBallot.proxy_id == 0)
        .correlate(Speaker, Voter)
        .label("online"),
    )
    .where(Speaker.voter_id == Voter.id, STANDS)
    .order_by(Speaker.id)
)
_third = Slip.third.is_not(None)
_READ_IN = (
    sa.select(
        Batch.id,
        Batch.number,
        Batch.state,
        sa.case((_third, Slip.third_signer), else_=Slip.signer).label("signer"),
        Proxy.agent_name,
    )
    .select_from(Slip)
    .join(Batch, Batch.id == Slip.batch_id)
    .outerjoin(Proxy, Proxy.id == sa.case((_third, Slip.third_proxy_id), else_=Slip.proxy_id))
    .where(Slip.voter_id == Voter.id, ~GONE)
    .order_by(Batch.number, Slip.nth)
)
_LETTERS = (
    sa.select(
        Proxy.id,
        Proxy.agent_name,
        _on_screen.where(OwnerBallot.proxy_id == Proxy.id).correlate(Proxy, Voter).label("online"),
    )
    .where(Proxy.voter_id == Voter.id, Proxy.state == ProxyState.ACCEPTED)
    .order_by(Proxy.id)
)
_WHOSE = sa.select(
    Voter.number,
    Voter.label,
    Voter.kind,
    Voter.area,
    Voter.units,
    nested(_SIGNERS, of=Voter).label("signers"),
    nested(_READ_IN, of=Voter).label("papers"),
    nested(_LETTERS, of=Voter).label("letters"),
).where(
    Voter.vote_id == sa.bindparam("vote", type_=sa.Integer),
    Voter.number == sa.bindparam("number", type_=sa.Integer),
)


def whose(batch: Any, ticket: str) -> SimpleNamespace | None:
    """Of the batch's page; None for a number that no paper of this vote has. One query."""
    number = tickets.read(batch.vote_id, ticket)
    rows = read(_WHOSE, {"vote": batch.vote_id, "number": number}) if number is not None else []
    if not rows:
        return None
    found = SimpleNamespace(**rows[0]._mapping)
    found.signers = unpack(Signer, found.signers)
    found.letters = unpack(Letter, found.letters)
    lines = unpack(ReadIn, found.papers)
    found.papers = [_as_known(batch, line) for line in lines if _may_know(batch, line)]
    found.names = {s.id: s.name for s in found.signers}
    found.chosen = [s.name for s in found.signers if s.chosen]
    return found


def signing(found: Any) -> list[tuple[str, str]]:
    """Of co-owners: who may have signed the paper, all together (0) or one of them; empty for a head of one owner."""
    if found is None or found.kind is not VoterKind.CO_OWNERS:
        return []
    single = [(str(s.id), _("只有%(name)s签了", name=s.name)) for s in found.signers]
    return [("0", _("共有人都签了字")), *single]


def _may_know(batch: Any, line: ReadIn) -> bool:
    """Of his own batch only the first reader is told what lies in it."""
    return bool(line.batch_id != batch.id or batch.turn == "fill")


def _as_known(batch: Any, line: ReadIn) -> ReadIn:
    if line.batch_id == batch.id or line.state == BatchState.AGREED:
        return line
    return line._replace(signer=None, agent=None)
