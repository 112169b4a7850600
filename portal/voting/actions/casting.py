"""Ballots in. The busiest minute of the portal: few statements, each prepared once, the counter last.

Several voters write at once (the poll's row is shared); closing it waits for them and they for it. The hour is read
from the clock again inside the transaction, because a ballot may have waited for its turn past it.
"""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from ...core import clock
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db, dialect, write
from ...core.errors import Conflict, Invalid, NotAllowed, Unmet
from ...core.eventlog import record
from ...core.text import _
from .. import receipts, rules
from ..events import BallotCast, BallotChanged
from ..held import HeldPoll
from ..marks import taken
from ..models import Ballot, Participation, Poll, PollOption, PollVoter
from ..papers import Choices
from ..policy import Can
from ..queries.counted import counted_receipt
from ..sealing import seal
from ..words import Channel, RollKind, Secrecy

_tables = Poll.metadata.tables
_participation, _paper, _turnout = (_tables[t] for t in ("participation", "secret_ballot", "turnout"))
_VOTED: dict[str, Any] = {
    "sqlite": sqlite.insert(_participation).on_conflict_do_nothing().returning(_participation.c.user_id),
    "postgresql": postgresql.insert(_participation)
    .on_conflict_do_nothing()
    .returning(_participation.c.user_id),
}
_NAMED = sa.insert(_tables["ballot"])
_SECRET = sa.insert(_paper)
_RECEIPT = sa.insert(_tables["secret_receipt"])
_COUNT = (
    sa.update(_turnout).where(_turnout.c.poll_id == sa.bindparam("poll")).values(cast=_turnout.c.cast + 1)
)
_COSTS = (
    sa.select(PollOption.cost).where(PollOption.poll_id == sa.bindparam("poll")).order_by(PollOption.position)
)
_HOME = sa.select(PollVoter.household_id).where(
    PollVoter.poll_id == sa.bindparam("poll"), PollVoter.user_id == sa.bindparam("me")
)
_REMARK = (
    sa.update(_paper)
    .where(_paper.c.poll_id == sa.bindparam("poll"), _paper.c.digest == sa.bindparam("key"))
    .values(marks=sa.bindparam("new"))
)


@action(Can.CAST, share=True)
def cast_ballot(actor: Actor, poll: Poll | HeldPoll, *, choices: Choices, once: str) -> str:
    """Cast a ballot: the choices as the method has them (`papers`), none for 弃权. Returns the receipt code.

    The same `once` again returns the same code and changes nothing. Raises Invalid for marks that the paper does
    not allow, Conflict for a second ballot, NotAllowed after the hour.
    """
    _in_time(poll)
    marks = taken(poll, choices, _costs(poll))
    voter = {"poll_id": poll.id, "user_id": actor.id, "household_id": _household(actor, poll)}
    if not write(_VOTED[dialect()], voter).rows:
        return _again(actor, poll, once)
    code = receipts.code_of(poll.id, f"{actor.id}/{once}")
    try:
        _drop(actor, poll, marks, code, once)
    except IntegrityError:
        raise Conflict(_("这张票没有投出，请刷新页面再投一次。")) from None
    record(actor, poll.box, BallotCast())
    write(_COUNT, {"poll": poll.id})
    return code


@action(Can.CAST, share=True)
def change_ballot(
    actor: Actor, poll: Poll | HeldPoll, *, choices: Choices, once: str, seen: int = 0, receipt: str = ""
) -> str:
    """Replace a ballot before the hour; the receipt code stays. Returns it.

    Of a named poll `seen` is the number of changes that the voter's page knew of, so that a page left open cannot
    undo a later change. Of a secret poll the `receipt` is the only way to the paper. Raises Conflict, or Invalid for
    marks or a receipt that will not do.
    """
    _in_time(poll)
    marks = taken(poll, choices, _costs(poll))
    if poll.secrecy is Secrecy.SECRET:
        return _remark(actor, poll, marks, receipt)
    return _replace(actor, poll, marks, once, seen)


def _in_time(poll: Poll | HeldPoll) -> None:
    if not rules.in_time(clock.now(), poll.closes_at):
        raise NotAllowed(_("已经过了截止时间，不能再投了。"))


def _household(actor: Actor, poll: Poll | HeldPoll) -> int | None:
    """Whose one vote this is. Asked for only where households have one."""
    if poll.roll_kind is not RollKind.HOUSEHOLDS:
        return None
    return db.session.scalar(_HOME, {"poll": poll.id, "me": actor.id})


def _costs(poll: Poll | HeldPoll) -> Sequence[int]:
    """Asked for only where a paper may cost too much."""
    if not poll.params.get("within_budget"):
        return ()
    return [cost or 0 for cost in db.session.scalars(_COSTS, {"poll": poll.id})]


def _drop(actor: Actor, poll: Poll | HeldPoll, marks: str, code: str, once: str) -> None:
    """Put the paper into the box."""
    if poll.secrecy is Secrecy.SECRET:
        digest = receipts.digest_of(poll.id, code)
        sealed = seal(poll.id, marks)
        paper = {"id": token_hex(16), "poll_id": poll.id, "marks": sealed, "digest": digest}
        write(_SECRET, paper)
        write(_RECEIPT, {"poll_id": poll.id, "code": code})
        return
    ballot = {
        "poll_id": poll.id,
        "user_id": actor.id,
        "marks": marks,
        "channel": _channel(actor),
        "entered_by_id": actor.entered_by,
        "at": actor.now,
        "receipt": code,
        "once": once,
        "changes": 0,
    }
    write(_NAMED, ballot)


def _again(actor: Actor, poll: Poll | HeldPoll, once: str) -> str:
    code = counted_receipt(poll, actor, once)
    if code is None and not db.session.get(Participation, (poll.id, actor.id)):
        raise Conflict(Unmet(_("您家已经有人投过了，一户一票，先投的算数。"), f"/polls/{poll.id}"))
    if code is None:
        change = f"/polls/{poll.id}/change"
        raise Conflict(Unmet(_("您已经投过票了，一人一票。想改主意，截止前可以改票。"), change))
    return code


def _replace(actor: Actor, poll: Poll | HeldPoll, marks: str, once: str, seen: int) -> str:
    mine = db.session.get(Ballot, (poll.id, actor.id), populate_existing=True)
    if mine is None:
        raise Conflict(Unmet(_("您还没有投过票。"), f"/polls/{poll.id}"))
    if mine.once == once:
        return mine.receipt
    if actor.entered_by is not None and mine.entered_by_id is None:
        raise NotAllowed(_("这张票是本人自己投的，只有本人能改。"))
    replaced = (
        sa.update(Ballot)
        .where(Ballot.poll_id == poll.id, Ballot.user_id == actor.id, Ballot.changes == seen)
        .values(
            marks=marks,
            once=once,
            at=actor.now,
            channel=_channel(actor),
            entered_by_id=actor.entered_by,
            changes=seen + 1,
        )
    )
    if not db.session.execute(replaced).rowcount:  # type: ignore[attr-defined]
        raise Conflict(Unmet(_("这张票后来已经改过，请看看现在的选择再改。"), f"/polls/{poll.id}"))
    record(actor, poll.box, BallotChanged())
    return mine.receipt


def _remark(actor: Actor, poll: Poll | HeldPoll, marks: str, receipt: str) -> str:
    """Of the voter only that he changed something is stated; on the paper nothing shows that it was changed."""
    if db.session.get(Participation, (poll.id, actor.id)) is None:
        raise Conflict(Unmet(_("您还没有投过票。"), f"/polls/{poll.id}"))
    code = receipts.read(receipt)
    changed = code and write(
        _REMARK, {"poll": poll.id, "key": receipts.digest_of(poll.id, code), "new": seal(poll.id, marks)}
    )
    if not code or not changed or not changed.rowcount:
        raise Invalid(_("没有这个回执码。请照回执上的 8 位码再填一次。"), "receipt")
    record(actor, poll.box, BallotChanged())
    return code


def _channel(actor: Actor) -> Channel:
    return Channel.ONLINE if actor.entered_by is None else Channel.STAFF
