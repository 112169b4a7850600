"""What an account holds."""

from datetime import date

import sqlalchemy as sa

from ...core.db import db, read
from ..models.ledger import Account, Line, Lot
from ..models.programme import Programme
from ..words import Owner


def programme_of(path: str) -> Programme | None:
    """The programme of the community that a place lies in; None where there is none yet."""
    community = "/" + path.strip("/").split("/")[0] + "/"
    return db.session.scalar(sa.select(Programme).where(Programme.place_path == community))


def wallet_of(place_path: str, user_id: int) -> Account | None:
    """The wallet of a person in a community; None if he never had points there."""
    wanted = sa.select(Account).where(
        Account.place_path == place_path, Account.key == f"{Owner.PERSON.value}:{user_id}"
    )
    return db.session.scalar(wanted)


def usable(account: Account, today: date) -> int:
    """What of a wallet can be used today: what lapsed is gone, whether or not the clock has come by."""
    fresh = sa.or_(Lot.expires_on.is_(None), Lot.expires_on > today)
    wanted = sa.select(sa.func.coalesce(sa.func.sum(Lot.left), 0))
    return int(read(wanted.where(Lot.account_id == account.id, fresh))[0][0])


def balance(account: Account) -> int:
    """What the books say an account holds."""
    wanted = sa.select(Line.balance).where(Line.account_id == account.id).order_by(Line.seq.desc()).limit(1)
    rows = read(wanted)
    return int(rows[0][0]) if rows else 0
