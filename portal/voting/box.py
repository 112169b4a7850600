"""The box: papers as the count wants them, and what is done to secret papers when the box is opened."""

from collections.abc import Sequence
from secrets import token_hex

import sqlalchemy as sa

from ..core.db import db
from .countfile import case_of
from .counting import recount
from .models import Ballot, Participation, Poll, PollOption, SecretBallot, SecretReceipt, Turnout
from .sealing import unseal
from .words import Secrecy


def papers(poll: Poll) -> list[tuple[str, int]]:
    """(marks, how many) of every kind of paper in the box."""
    kept = SecretBallot if poll.secrecy is Secrecy.SECRET else Ballot
    counted = sa.select(kept.marks, sa.func.count()).where(kept.poll_id == poll.id).group_by(kept.marks)
    return [(marks, n) for marks, n in db.session.execute(counted)]


def titles(poll_id: int) -> list[str]:
    """What can be chosen, in the order of the paper."""
    return [title for title, _cost in options(poll_id)]


def options(poll_id: int) -> list[tuple[str, int | None]]:
    """(title, cost in 分) of what can be chosen, in the order of the paper."""
    found = sa.select(PollOption.title, PollOption.cost).where(PollOption.poll_id == poll_id)
    return [(title, cost) for title, cost in db.session.execute(found.order_by(PollOption.position))]


def case(poll: Poll) -> dict[str, object]:
    """Everything needed to count the poll again."""
    return case_of(poll, options(poll.id), papers(poll))


def counted(poll: Poll) -> dict[str, object]:
    return recount(case(poll))


def agrees(poll: Poll) -> bool:
    """As many papers as voters who took part as the counter says."""
    took_part = sa.select(sa.func.count()).where(Participation.poll_id == poll.id).scalar_subquery()
    said = sa.select(Turnout.cast).where(Turnout.poll_id == poll.id).scalar_subquery()
    row = db.session.execute(sa.select(took_part, said)).one()
    return len({sum(n for _, n in papers(poll)), *row}) == 1


def open_it(poll: Poll) -> None:
    """At the close: unseal secret papers and write them anew. Raises Unsealable."""
    if poll.secrecy is Secrecy.SECRET:
        _write_anew(poll, unseal(poll.id, _marks(poll)))


def put_away(poll: Poll) -> None:
    """Of a poll that is not counted: the papers stay sealed, and nothing leads to them any more."""
    if poll.secrecy is Secrecy.SECRET:
        _write_anew(poll, _marks(poll))


def _marks(poll: Poll) -> Sequence[str]:
    return db.session.scalars(sa.select(SecretBallot.marks).where(SecretBallot.poll_id == poll.id)).all()


def _write_anew(poll: Poll, marks: Sequence[str]) -> None:
    """Wipe what led from a receipt to its secret paper, and write papers and receipts anew in the order of random
    keys, all in this transaction: nothing of the order of casting is left in the rows."""
    codes = db.session.scalars(sa.select(SecretReceipt.code).where(SecretReceipt.poll_id == poll.id)).all()
    for kept in (SecretBallot, SecretReceipt):
        db.session.execute(sa.delete(kept).where(kept.poll_id == poll.id))
    if marks:
        fresh = sorted((token_hex(16), m) for m in marks)
        rows = [{"id": key, "poll_id": poll.id, "marks": m, "digest": None} for key, m in fresh]
        db.session.execute(sa.insert(SecretBallot), rows)
        db.session.execute(sa.insert(SecretReceipt), [{"poll_id": poll.id, "code": c} for c in sorted(codes)])
