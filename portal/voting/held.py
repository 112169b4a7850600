"""A poll under the hands of somebody who votes: what rules, paper, box and log need of it, and nothing more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa

from ..core import access
from ..core.access import Condition
from ..core.actor import Actor
from ..core.db import read
from ..core.finding import At
from ..core.prepared import prepared
from .models import BallotBox, Poll, PollVoter
from .words import Method, PollState, RollKind, Secrecy


@dataclass(frozen=True, slots=True)
class HeldPoll:
    """Columns of the poll. `rolled`: whether the actor stands on its roll."""

    __tablename__: ClassVar[str] = Poll.__tablename__

    id: int
    place_path: str
    state: PollState
    method: Method
    options_count: int
    params: dict[str, Any]
    budget: int | None
    secrecy: Secrecy
    closes_at: datetime
    roll_kind: RollKind
    rolled: bool

    @property
    def box(self) -> BallotBox:
        return BallotBox(self.id, self.place_path)


class AtPoll(At[HeldPoll]):
    """A poll by the number in an address, for the actions that take its ballots."""

    def hold(self, actor: Actor, *, share: bool) -> HeldPoll | None:
        found = read(_held(access.rows(actor, Poll), share), {"id": self.id, "me": actor.id})
        return HeldPoll(*found[0]) if found else None


@prepared
def _held(seen: Condition, share: bool) -> sa.Select[*tuple[Any, ...]]:
    me = sa.bindparam("me", type_=sa.Integer)
    rolled = sa.exists().where(PollVoter.poll_id == Poll.id, PollVoter.user_id == me)
    columns = (
        Poll.id, Poll.place_path, Poll.state, Poll.method, Poll.options_count, Poll.params, Poll.budget, Poll.secrecy,
        Poll.closes_at, Poll.roll_kind,
    )  # fmt: skip
    found = sa.select(*columns, rolled).where(Poll.id == sa.bindparam("id"), seen)
    return found.with_for_update(read=share, of=Poll)
