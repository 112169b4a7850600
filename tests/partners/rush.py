"""One process of several that want the same thing at the same moment: `python -m tests.partners.rush ADDRESS`.

It reads a job a line (`redeem 5 7 key`) and says what came of it. `die` stops in the middle, with the piece taken, the
points put aside and nothing committed, until it is killed; `die_serving` with the code handed over. `same` has loaded
dice.
"""

import secrets
import signal
import sys
import tempfile
from collections.abc import Callable

from portal import create_app
from portal.accounts import identity
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import db, transaction
from portal.core.errors import NotAllowed
from portal.partners.actions.redeeming import cancel, redeem
from portal.partners.actions.settling import ask, give
from portal.partners.models import Offer, PartnerMerchant, Redemption
from portal.partners.refusals import Refused
from portal.points.refusals import Refused as BooksRefused
from tests.conftest import SETTINGS
from tests.world import NOW

Job = Callable[[int, int, str], object]


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def get(user_id: int, offer_id: int, key: str) -> None:
    redeem(_actor(user_id), db.session.get_one(Offer, offer_id), once=key)


def counter(user_id: int, merchant_id: int, code: str) -> None:
    ask(_actor(user_id), db.session.get_one(PartnerMerchant, merchant_id), typed=code)


def nod(user_id: int, redemption_id: int, _key: str) -> None:
    give(_actor(user_id), db.session.get_one(Redemption, redemption_id))


def back(user_id: int, redemption_id: int, _key: str) -> None:
    cancel(_actor(user_id), db.session.get_one(Redemption, redemption_id))


def die_at_the_counter(user_id: int, redemption_id: int, key: str) -> None:
    with transaction():
        nod(user_id, redemption_id, key)
        say("in the middle")
        signal.pause()


def die(user_id: int, offer_id: int, key: str) -> None:
    with transaction():
        get(user_id, offer_id, key)
        say("in the middle")
        signal.pause()


def same(user_id: int, offer_id: int, key: str) -> None:
    """Draw 000007 first, then 000008; wait for a line before it is committed."""
    drawn, fair = iter((7, 8, 9)), secrets.randbelow
    secrets.randbelow = lambda exclusive_upper_bound: next(drawn)
    try:
        with transaction():
            get(user_id, offer_id, key)
            if key == "first":
                say("in the middle")
                sys.stdin.readline()
    finally:
        secrets.randbelow = fair


def sell_out(first: int, offer_id: int, people: str) -> str:
    """Several people one after the other; what each was told."""
    return " ".join(
        attempt(get, first + n, offer_id, f"crowd {offer_id} {first + n}") for n in range(int(people))
    )


JOBS: dict[str, Job] = {
    "redeem": get,
    "ask": counter,
    "give": nod,
    "cancel": back,
    "die": die,
    "die_serving": die_at_the_counter,
    "same": same,
}


def _actor(user_id: int) -> Actor:
    return identity.actor_of(identity.load([user_id])[user_id])


def main(address: str) -> None:
    app = create_app({**SETTINGS, "PORTAL_INSTANCE": tempfile.mkdtemp(), "SQLALCHEMY_DATABASE_URI": address})
    say("ready")
    for line in sys.stdin:
        job, who, what, key = line.split()
        with app.app_context(), clock.frozen(NOW):
            if job == "crowd":
                say(sell_out(int(who), int(what), key))
            else:
                say(attempt(JOBS[job], int(who), int(what), key))


def attempt(job: Job, who: int, what: int, key: str) -> str:
    try:
        job(who, what, key)
    except (Refused, BooksRefused) as refused:
        return refused.why.value
    except NotAllowed:
        return "not_allowed"
    return "done"


if __name__ == "__main__":
    main(sys.argv[1])
