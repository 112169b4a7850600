"""Letters of authority and batches of papers in every state, while the vote is open and in its other states."""

from datetime import timedelta
from typing import Any

from portal.assembly import letter_events as le
from portal.assembly.actions import authorising, batching, casting, revoking, scanning, settling
from portal.assembly.models.papers import Batch, Proxy, Slip
from portal.assembly.words import BatchState, ProxyState, Standing, VoteState
from portal.core.db import db, transaction
from tests.assembly.conftest import build_vote, voter_of
from tests.assembly.letters import kept
from tests.moves.of_votes import CHOICES, box_seal, same
from tests.moves.trying import Attempt, Case, Family, Stage
from tests.world import NOW, World

V, P, B = VoteState, ProxyState, BatchState
LATE = NOW + timedelta(days=40)
OTHERS = tuple(s for s in V if s not in (V.OPEN, V.DRAFT))
PAPER = "201"


def letter(world: World, case: Case) -> Stage:
    """The owner gave it to the tenant, for the first matter; the worker says that it is to be taken back."""
    vote = build_vote(world, V(case.state))
    proxy = Proxy(
        vote_id=vote.id,
        voter_id=voter_of(vote, "101").id,
        place_path=voter_of(vote, "101").place_path,
        state=case.thing,
        agent_name="赵强",
        agent_id=world.ids["tenant"],
        stopping=case.thing is P.ACCEPTED,
        stop_asked_by_id=world.ids["worker"],
        matters="0",
        submitted_by_id=world.ids["owner"],
        at=NOW,
        moved_at=NOW,
        once="letter",
    )
    with transaction():
        db.session.add(proxy)
    return Stage(world, case, [proxy, vote])


def batch(world: World, case: Case) -> Stage:
    """One paper, read first by the worker, then by the secretary; a third person is asked where they differ."""
    vote = build_vote(world, V(case.state))
    read_twice = case.thing in (B.THIRD, B.AGREED)
    made = Batch(
        vote_id=vote.id,
        place_path=vote.place_path,
        number=1,
        state=case.thing,
        received_at=vote.opened_at or NOW,
        first_by_id=world.ids["worker"],
        second_by_id=world.ids["secretary"] if read_twice else None,
        moved_at=NOW,
        once="batch",
    )
    with transaction():
        db.session.add(made)
        db.session.flush()
        second = {B.THIRD: "against,against", B.AGREED: ",".join(CHOICES)}.get(B(case.thing or ""))
        db.session.add(
            Slip(
                batch_id=made.id,
                voter_id=voter_of(vote, PAPER).id,
                first=",".join(CHOICES),
                second=second,
                at=vote.opened_at or NOW,
                once="slip",
            )
        )
        if vote.state is V.CLOSED:
            db.session.add(
                box_seal(world, vote, standing=Standing.STANDS, confirmed_by_id=world.ids["worker"])
            )
    return Stage(world, case, [made, vote], {"voter": voter_of(vote, PAPER), "other": voter_of(vote, "102")})


def thing(stage: Stage) -> Any:
    return stage.main


def read(name: str, *words: str) -> Any:
    return lambda stage: {"ticket": str(stage.made[name].number), "choices": words}


def entered(name: str, *words: str, **more: Any) -> Any:
    return lambda stage: {**read(name, *words)(stage), "once": "further", **more}


LETTERS = Family(
    "proxy",
    LATE,
    [
        *(Case(V.OPEN, state, late) for state in P for late in (False, True)),
        *(Case(state, thing) for state in OTHERS for thing in (P.SUBMITTED, P.ACCEPTED)),
    ],
    letter,
    [
        Attempt(
            authorising.review_proxy,
            thing,
            same(accepted=True),
            variant="accepting",
            timed=True,
            event=le.ProxyAccepted,
        ),
        Attempt(
            authorising.review_proxy,
            thing,
            same(accepted=False, reason="没有签名"),
            variant="refusing",
            event=le.ProxyRefused,
        ),
        Attempt(revoking.revoke_proxy, thing, timed=True, event=le.ProxyRevoked),
        Attempt(revoking.ask_to_stop, thing, same(reason="委托人说不是他签的"), timed=True),
        Attempt(
            revoking.review_stop,
            thing,
            same(accepted=True),
            variant="accepting",
            timed=True,
            event=le.ProxyStopped,
        ),
        Attempt(revoking.review_stop, thing, same(accepted=False), variant="refusing", timed=True),
        Attempt(revoking.keep_proxy, thing, timed=True),
        Attempt(casting.vote_by_proxy, thing, same(choices=["for", ""], once="v"), timed=True),
    ],
    lambda case: case.state is V.OPEN and not case.late,
)
BATCHES = Family(
    "paper_batch",
    LATE,
    [
        *(Case(V.OPEN, state, late) for state in B for late in (False, True)),
        *(Case(state, thing) for state in (V.CLOSED, V.COUNTING, V.VOID) for thing in B),
    ],
    batch,
    [
        Attempt(batching.enter_slip, thing, entered("other", *CHOICES)),
        Attempt(batching.enter_slip, thing, entered("voter", *CHOICES), variant="a second paper unmarked"),
        Attempt(
            batching.enter_slip, thing, entered("voter", *CHOICES, further=True), variant="a second paper"
        ),
        Attempt(batching.remove_slip, thing, lambda s: {"voter_id": s.made["voter"].id}),
        Attempt(batching.hand_over_batch, thing),
        Attempt(batching.check_slip, thing, read("voter", *CHOICES), variant="the same", timed=True),
        Attempt(batching.check_slip, thing, read("voter", "for", "abstain"), variant="otherwise"),
        Attempt(settling.report_missing, thing, lambda s: {"voter_id": s.made["voter"].id}),
        Attempt(batching.take_over_batch, thing),
        Attempt(scanning.keep_scans, thing, lambda s: {"scans": [kept()]}),
    ],
)
