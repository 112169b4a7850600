"""Signing up and serving, a service from its plan to its end, certificates: by everybody in every state."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from portal.core.db import db, transaction, write
from portal.volunteering import events as e
from portal.volunteering.actions import arriving, certifying, confirming, planning, signing_up
from portal.volunteering.actions.planning import ShiftWords
from portal.volunteering.models.book import ServiceCertificate
from portal.volunteering.models.shifts import Service
from portal.volunteering.people import volunteer_of
from portal.volunteering.words import CertificateState, ServiceState, SignUpState
from tests.moves.trying import Attempt, Case, Family, Stage
from tests.volunteering.conftest import ELEVEN, NINE, SERVICE, joined, opened, registered
from tests.world import NOW, World

AFTER = ELEVEN + timedelta(minutes=1)


def put(thing: Any, state: StrEnum) -> None:
    """Take a thing to a state, whatever leads there."""
    with transaction():
        write(sa.update(type(thing).__table__).where(type(thing).id == thing.id).values(state=state))
    db.session.refresh(thing)


def signed_up(world: World, case: Case) -> Stage:
    """The tenant's sign-up for a shift that the owner hosts and whose team the chair leads."""
    for name in ("owner", "tenant", "chair"):
        registered(world, name)
    mine = joined(world, opened(world), "tenant")
    put(mine, case.state)
    return Stage(world, case, [mine])


def served(stage: Stage) -> None:
    """He came and left."""
    with transaction():
        stage.main.arrived_at, stage.main.left_at = NINE, ELEVEN


def came(stage: Stage) -> None:
    with transaction():
        stage.main.arrived_at = NINE


def main(stage: Stage) -> Any:
    return stage.main


def added(stage: Stage) -> None:
    """By the host, unasked."""
    with transaction():
        stage.main.added = True


SIGN_UPS = Family(
    "sign_up",
    AFTER,
    [Case(state, late=late) for state in SignUpState for late in (False, True)],
    signed_up,
    [
        Attempt(signing_up.withdraw, main, timed=True, event=e.SignUpWithdrawn),
        Attempt(signing_up.note, main),
        Attempt(arriving.refuse, main, ready=added, event=e.HelperRefused),
        Attempt(arriving.check_in, main, timed=True),
        Attempt(arriving.check_out, main, ready=came, timed=True),
        Attempt(arriving.mark_absent, main, timed=True),
        Attempt(
            arriving.correct_times,
            main,
            lambda _s: {"arrived_at": NINE, "left_at": ELEVEN, "because": "忘了"},
            timed=True,
        ),
        Attempt(confirming.confirm, main, ready=served, timed=True, event=e.ShiftConfirmed),
    ],
)


def service(world: World, case: Case) -> Stage:
    shift = opened(world)
    made = db.session.get_one(Service, shift.service_id)
    put(made, case.state)
    return Stage(world, case, [made])


def another(_stage: Stage) -> dict[str, Any]:
    return {"words": ShiftWords(AFTER + timedelta(days=1), AFTER + timedelta(days=1, hours=1), "东门", 3)}


SERVICES = Family(
    "service",
    AFTER,
    [Case(state, late=late) for state in ServiceState for late in (False, True)],
    service,
    [
        Attempt(planning.amend_service, main, lambda _s: {"words": SERVICE}),
        Attempt(planning.add_shift, main, another),
        Attempt(planning.open_service, main, timed=True, event=e.ServiceOpened),
        Attempt(planning.cancel_service, main, lambda _s: {"because": "下雨"}),
        Attempt(planning.close_service, main, timed=True, event=e.ServiceClosed),
    ],
)


def certificate(world: World, case: Case) -> Stage:
    """The tenant's; what its lines say is of no book, so nothing differs."""
    registered(world, "tenant")
    mine = volunteer_of(world.ids["tenant"])
    assert mine
    made = ServiceCertificate(
        user_id=mine.user_id,
        place_path=mine.place_path,
        state=case.state,
        number="2026-0001",
        token="token",
        since=NOW.date(),
        until=NOW.date(),
        minutes=120,
        lines=[],
        digest="",
        posted_until=AFTER if case.state is CertificateState.POSTED else None,
        once="asked",
        at=NOW,
        moved_at=NOW,
    )
    with transaction():
        db.session.add(made)
    return Stage(world, case, [made])


CERTIFICATES = Family(
    "service_certificate",
    AFTER,
    [Case(state, late=late) for state in CertificateState for late in (False, True)],
    certificate,
    [
        Attempt(certifying.post_certificate, main, event=e.CertificatePosted),
        Attempt(certifying.issue_certificate, main, timed=True, event=e.CertificateIssued),
        Attempt(
            certifying.issue_certificate,
            main,
            lambda _s: {"unposted_because": "街道规定"},
            variant="unposted",
        ),
        Attempt(certifying.decline_certificate, main, lambda _s: {"reason": "查无此事"}),
        Attempt(certifying.revoke_certificate, main, lambda _s: {"reason": "查实不是他"}),
        Attempt(certifying.object_to_certificate, main, lambda _s: {"text": "没来", "once": "o"}),
    ],
)
