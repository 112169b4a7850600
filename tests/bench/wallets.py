"""A wallet with as many movements as somebody would have after a life of helping."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db, transaction
from portal.places.models import Place
from portal.points import posting
from portal.points.actions.opening import issue, open_programme
from portal.points.models import Account, Entry, Line, Lot, LotMove, Pool
from portal.points.words import Deed, Kind
from tests.world import NOW

from .community import Community, insert_many

MOVEMENTS = 10_000
FIRST = 1_000_000
"""Ids of the movements, far from those that are given."""


def fill(community: Community, resident: int, movements: int = MOVEMENTS) -> None:
    """Points earned, one a movement, entered as the portal enters them; the books are right afterwards."""
    world = community.world
    programme = open_programme(
        world.secretary, world.get(Place, "community"), pool="社区积分池", month_cap=10_000
    )
    pool = db.session.scalars(sa.select(Pool).where(Pool.programme_id == programme.id)).one()
    issue(world.secretary, pool, amount=movements, key="measured", reason="测量")
    with transaction():
        wallet = posting.wallet(community.path, resident)
        source = db.session.get_one(Account, pool.account_id)
        numbers = range(movements)
        insert_many(Entry, (_entry(community.path, source, wallet, resident, n) for n in numbers))
        insert_many(Line, _lines(source, wallet, movements))
        insert_many(Lot, (_lot(wallet, n, movements) for n in numbers))
        moves = ({"entry_id": FIRST + n, "lot_id": FIRST + n, "amount": 1} for n in numbers)
        insert_many(LotMove, moves)


def _entry(path: str, pool: Account, wallet: Account, resident: int, n: int) -> dict[str, Any]:
    return {
        "id": FIRST + n, "place_path": path, "kind": Kind.EARN, "key": f"measured:{n}", "at": NOW,
        "day": clock.local(NOW).date(), "amount": 1, "giver_id": pool.id, "taker_id": wallet.id,
        "user_id": resident, "deed": Deed.OTHER, "source": "", "note": f"第 {n} 件好事",
    }  # fmt: skip


def _lines(pool: Account, wallet: Account, movements: int) -> Iterator[dict[str, Any]]:
    """The pool's first line is its budget."""
    for n in range(movements):
        entry = FIRST + n
        left = movements - n - 1
        yield {"account_id": pool.id, "seq": n + 2, "entry_id": entry, "amount": -1, "balance": left}
        yield {"account_id": wallet.id, "seq": n + 1, "entry_id": entry, "amount": 1, "balance": n + 1}


def _lot(wallet: Account, n: int, movements: int) -> dict[str, Any]:
    """They lapse over two years, so that the purse has many days to look at."""
    day = clock.local(NOW).date() + timedelta(31 + n * 700 // movements)
    return {
        "id": FIRST + n, "account_id": wallet.id, "entry_id": FIRST + n, "amount": 1, "left": 1, "expires_on": day
    }  # fmt: skip
