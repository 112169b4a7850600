"""Whether a ballot is in the box, asked by what the voter holds."""

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.db import db
from .. import receipts
from ..held import HeldPoll
from ..models import Ballot, Poll, SecretReceipt
from ..words import Secrecy


def counted_receipt(poll: Poll | HeldPoll, actor: Actor, once: str) -> str | None:
    """The receipt of the ballot that this one-time key cast, None if it cast none. True after the hour too: a reply
    lost on its way must not leave a voter thinking that he was too late."""
    if poll.secrecy is Secrecy.SECRET:
        code = receipts.code_of(poll.id, f"{actor.id}/{once}")
        return code if in_list(poll, code) else None
    found = sa.select(Ballot.receipt).where(
        Ballot.poll_id == poll.id, Ballot.user_id == actor.id, Ballot.once == once
    )
    return db.session.scalar(found)


def in_list(poll: Poll | HeldPoll, code: str) -> bool:
    """Whether a receipt code belongs to a ballot of the poll."""
    if poll.secrecy is Secrecy.SECRET:
        found = sa.select(SecretReceipt.code).where(
            SecretReceipt.poll_id == poll.id, SecretReceipt.code == code
        )
    else:
        found = sa.select(Ballot.receipt).where(Ballot.poll_id == poll.id, Ballot.receipt == code)
    return db.session.scalar(found) is not None


def receipt_codes(poll: Poll) -> list[str]:
    """All receipt codes of a poll, by code; for the public list after the close."""
    column = SecretReceipt.code if poll.secrecy is Secrecy.SECRET else Ballot.receipt
    found = sa.select(column).where(column.class_.poll_id == poll.id).order_by(column)
    return list(db.session.scalars(found))
