"""How many papers lay in the box at the close, and how many were read in before and after it: columns for
whatever page shows a vote."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core.nested import nested, unpack
from ..models.papers import GONE, Batch, BoxCount, BoxSeal, Slip
from ..models.votes import OwnersVote
from ..sealing import NOBODYS, last_hour, left_over
from ..words import Channel

_stater, _second, _third, _counter = (sa.orm.aliased(User) for _n in range(4))


class _Seal(NamedTuple):
    id: int
    vote_id: int
    place_path: str
    papers: int | None
    """None before two people found as many: what one of them found nobody reads."""
    standing: str
    stated_by_id: int
    stated_by: str
    stated_at: datetime
    confirmed_by_id: int | None
    confirmed_by: str | None
    confirmed_at: datetime | None
    third_by: str | None

    @property
    def stands(self) -> bool:
        return self.papers is not None

    @property
    def counters(self) -> list[str]:
        """Whoever counted, in the order in which they did."""
        return [name for name in (self.stated_by, self.confirmed_by, self.third_by) if name]


class Found(NamedTuple):
    """What one of three found who found three numbers."""

    round: int
    papers: int
    by_id: int
    by: str
    at: datetime


class ReadIn(NamedTuple):
    """Papers of a channel: read in before the close, after it, and those that came after it; and what was read in
    once and nobody found in the box."""

    channel: str
    before: int
    after: int
    late: int
    missing: int


_SEAL = (
    sa.select(
        BoxSeal.id,
        BoxSeal.vote_id,
        BoxSeal.place_path,
        BoxSeal.papers,
        BoxSeal.standing,
        BoxSeal.stated_by_id,
        shown(_stater).label("stated_by"),
        BoxSeal.stated_at,
        BoxSeal.confirmed_by_id,
        shown(_second).label("confirmed_by"),
        BoxSeal.confirmed_at,
        shown(_third).label("third_by"),
    )
    .join(_stater, _stater.id == BoxSeal.stated_by_id)
    .outerjoin(_second, _second.id == BoxSeal.confirmed_by_id)
    .outerjoin(_third, _third.id == BoxSeal.third_by_id)
    .where(BoxSeal.vote_id == OwnersVote.id)
)
_ROUNDS = (
    sa.select(BoxCount.round, BoxCount.papers, BoxCount.by_id, shown(_counter).label("by"), BoxCount.at)
    .join(_counter, _counter.id == BoxCount.by_id)
    .where(BoxCount.vote_id == OwnersVote.id)
    .order_by(BoxCount.round, BoxCount.nth)
)
_letter = sa.case((Slip.third.is_not(None) & ~GONE, Slip.third_proxy_id), else_=Slip.proxy_id)
_channel = sa.case((_letter.is_(None), Channel.PAPER.value), else_=Channel.PROXY.value)
_late = Batch.received_at >= OwnersVote.closes_at
_after = Slip.at >= OwnersVote.closes_at
_READ_IN = (
    sa.select(
        _channel.label("channel"),
        sa.func.count().filter(~_late, ~_after, ~GONE).label("before"),
        sa.func.count().filter(~_late, _after, ~GONE).label("after"),
        sa.func.count().filter(_late, ~GONE).label("late"),
        sa.func.count().filter(GONE).label("missing"),
    )
    .select_from(Slip)
    .join(Batch, Batch.id == Slip.batch_id)
    .where(Batch.vote_id == OwnersVote.id)
    .group_by(_channel)
    .order_by(_channel)
)


def seal_columns() -> tuple[sa.Label[Any], ...]:
    """For a page of the vote; `with_seal` reads them."""
    return (
        nested(_SEAL, of=OwnersVote).label("seal"),
        nested(_ROUNDS, of=OwnersVote).label("box_counts"),
        nested(_READ_IN, of=OwnersVote).label("read_in"),
    )


def with_seal(page: SimpleNamespace, reader: int | None = None) -> None:
    """`seal`: None where nobody counted the box, or three found three numbers; `box_counts`: those; `read_in` by
    channel, `read_after` of all; `unread`: what lay in the box and is not read in; `seal_until`: the last hour for
    counting it. Shaped for the rules of access; `reader`: whoever asks."""
    found = unpack(_Seal, page.seal)
    page.read_in = unpack(ReadIn, page.read_in)
    page.read_after = sum(line.after for line in page.read_in)
    page.missing = sum(line.missing for line in page.read_in)
    page.seal_until = last_hour(page.closes_at)
    page.box_counts = unpack(Found, page.box_counts)
    page.counted_box = any(line.by_id == reader for line in page.box_counts)
    there = found[0] if found and found[0].standing != NOBODYS else None
    page.seal = _as_row(there, page, reader) if there else None
    page.unread = left_over(page.seal, page.read_after) if page.seal and page.seal.stands else None


def _as_row(seal: _Seal, vote: SimpleNamespace, reader: int | None) -> SimpleNamespace:
    known = {"vote": vote, "counted": vote.counted_box}
    if (stands := getattr(vote, "stands_for", None)) is not None:
        known["stands_for"] = stands
    more = {"stands": seal.stands, "counters": seal.counters, **known}
    return SimpleNamespace(**seal._asdict(), **more)
