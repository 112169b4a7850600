"""One process of several that use the same books at the same moment: `python -m tests.points.rush ADDRESS`.

It reads a job a line (`hold 5 key`) and says what came of it. `die` stops in the middle of an operation, with the entry
written and nothing committed, until it is killed.
"""

import signal
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from portal import create_app
from portal.accounts import identity
from portal.core import clock
from portal.core.actor import Actor, system
from portal.core.db import db, transaction
from portal.core.errors import Conflict
from portal.points.actions.answering import appeal
from portal.points.actions.earning import earn
from portal.points.actions.opening import open_merchant, open_wallet
from portal.points.actions.spending import confirm, hold, release
from portal.points.models import Entry, Pool, Programme
from portal.points.refusals import Refused
from portal.points.words import Deed
from tests.conftest import SETTINGS
from tests.world import NOW

Job = Callable[[Actor, Programme, int, str], object]


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def one_hold(actor: Actor, programme: Programme, user_id: int, key: str) -> None:
    wallet = open_wallet(actor, programme, user_id=user_id)
    hold(actor, wallet, amount=8, key=key, until=NOW + timedelta(minutes=15), source="offer:1")


def twelve(actor: Actor, programme: Programme, user_id: int, key: str) -> None:
    pool = db.session.scalars(sa.select(Pool)).one()
    for n in range(12):
        earn(actor, programme, pool=pool, user_id=user_id, amount=3, key=f"{key}:{n}", deed=Deed.OTHER)


def one_confirm(actor: Actor, programme: Programme, hold_id: int, key: str) -> None:
    shop = open_merchant(actor, programme, merchant_id=1)
    confirm(actor, db.session.get_one(Entry, hold_id), merchant=shop, key=key)


def one_release(actor: Actor, _programme: Programme, hold_id: int, key: str) -> None:
    release(actor, db.session.get_one(Entry, hold_id), key=key)


def one_appeal(_actor: Actor, _programme: Programme, entry_id: int, text: str) -> None:
    entry = db.session.get_one(Entry, entry_id)
    assert entry.user_id
    appeal(identity.actor_of(identity.load([entry.user_id])[entry.user_id]), entry, text=text)


def die(actor: Actor, programme: Programme, user_id: int, key: str) -> None:
    with transaction():
        one_hold(actor, programme, user_id, key)
        say("in the middle")
        signal.pause()


JOBS: dict[str, Job] = {
    "hold": one_hold, "earn": twelve, "confirm": one_confirm, "release": one_release, "appeal": one_appeal,
    "die": die,
}  # fmt: skip


def main(address: str) -> None:
    app = create_app({**SETTINGS, "PORTAL_INSTANCE": tempfile.mkdtemp(), "SQLALCHEMY_DATABASE_URI": address})
    say("ready")
    for line in sys.stdin:
        job, whose, key = line.split()
        with app.app_context(), clock.frozen(NOW):
            programme = db.session.scalars(sa.select(Programme)).one()
            say(attempt(JOBS[job], programme, int(whose), key))


def attempt(job: Job, programme: Programme, whose: int, key: str) -> str:
    try:
        job(system(), programme, whose, key)
    except Refused as refused:
        return refused.why.value
    except Conflict:
        return "Conflict"
    return "done"


if __name__ == "__main__":
    main(sys.argv[1])
