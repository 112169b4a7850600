"""Candidates in every state: while names are put forward, on the posted list, and once papers are marked."""

from datetime import timedelta
from typing import Any

from portal.assembly import election_events as ee
from portal.assembly.actions import nominating, objecting, rounds
from portal.assembly.election_words import CandidateState, Nominator
from portal.assembly.models.elections import ElectionLot
from portal.assembly.words import ObjectionKind, VoteState
from portal.core import clock
from portal.core.db import db, transaction
from tests.assembly.conftest import build_vote
from tests.assembly.electing import SEATS, candidate, election_of, owner_id
from tests.moves.of_votes import made, objected, same
from tests.moves.trying import Attempt, Case, Family, Stage
from tests.world import NOW, World

V, C = VoteState, CandidateState
LATE = NOW + timedelta(days=40)
BEFORE = (V.ROLL_POSTED, V.NOTICE)


def build(world: World, case: Case) -> Stage:
    """The owner stands; in most states he has agreed to."""
    vote = build_vote(world, V(case.state), matters=SEATS)
    posted = vote.state not in (V.DRAFT, V.ROLL_POSTED, V.FROZEN)
    stands = candidate(
        world,
        vote,
        "101",
        "王秀兰",
        int(posted),
        state=case.thing or C.QUALIFIED,
        user_id=world.ids["owner"],
        nominated_by_id=world.ids["co_owner"],
        once="stands",
    )
    return Stage(world, case, [stands, vote])


def himself(stage: Stage) -> Any:
    return stage.main


def vote(stage: Stage) -> Any:
    return stage.watched[1]


def objected_to_him(stage: Stage) -> None:
    there = Stage(stage.world, stage.case, [vote(stage)])
    objected(ObjectionKind.CANDIDATE, candidate_id=stage.main.id)(there)
    stage.made |= there.made


def chair_stands(stage: Stage) -> dict[str, Any]:
    return {
        "matter_id": election_of(vote(stage)).id,
        "owner_id": owner_id(stage.world, "201"),
        "statement": "把账目公开。",
        "declared": (),
        "once": "s",
    }


def neighbour(by: Nominator) -> Any:
    return lambda stage: {
        "matter_id": election_of(vote(stage)).id,
        "plate": "12号楼1单元201室",
        "name": "顾建平",
        "by": by,
        "once": "n",
    }


def level(stage: Stage) -> None:
    """Two candidates are level for the last seat, and two seats are left."""
    with transaction():
        election_of(vote(stage)).result = {
            "part_ok": True,
            "seats": 3,
            "elected": ["c1"],
            "tied": ["c2", "c3"],
            "candidates": {"c1": {}, "c2": {}, "c3": {}},
        }


def announced(stage: Stage) -> None:
    """The hour of the lot has come."""
    level(stage)
    hour = clock.now() - timedelta(hours=1)
    with transaction():
        db.session.add(
            ElectionLot(
                matter_id=election_of(vote(stage)).id,
                vote_id=vote(stage).id,
                source="彩票号码",
                digits=6,
                draws_at=hour,
                first_witness="甲",
                second_witness="乙",
                announced_by_id=stage.world.ids["chair"],
                announced_at=hour,
            )
        )


def lot(stage: Stage) -> dict[str, Any]:
    return {
        "matter_id": election_of(vote(stage)).id,
        "source": "双色球开奖号码",
        "digits": 6,
        "draws_at": clock.now() + timedelta(days=2),
        "first_witness": "甲",
        "second_witness": "乙",
    }


def number(stage: Stage) -> dict[str, Any]:
    return {"matter_id": election_of(vote(stage)).id, "seed": "02 07 11"}


CANDIDATES = Family(
    "candidate",
    LATE,
    [
        *(Case(state, thing) for state in BEFORE for thing in C),
        *(
            Case(state, thing)
            for state in (V.OPEN, V.CLOSED, V.FINAL)
            for thing in (C.NOMINATED, C.QUALIFIED)
        ),
    ],
    build,
    [
        Attempt(nominating.agree_to_stand, himself, same(statement="公开账目", declared=())),
        Attempt(nominating.qualify, himself, event=ee.CandidateQualified),
        Attempt(nominating.refuse, himself, same(reason="欠费"), event=ee.CandidateRefused),
        Attempt(nominating.withdraw, himself, event=ee.CandidateWithdrawn),
        Attempt(
            objecting.answer_objection,
            made("objection"),
            same(answer="查实了。", upheld=True),
            objected_to_him,
            "to him, upheld",
        ),
    ],
    lambda case: case.state is V.ROLL_POSTED,
)
ELECTIONS = Family(
    "owners_vote",
    LATE,
    [*(Case(state) for state in V), Case(V.NOTICE, late=True)],
    build,
    [
        Attempt(nominating.stand, vote, chair_stands),
        Attempt(nominating.nominate, vote, neighbour(Nominator.OWNER), variant="by an owner"),
        Attempt(nominating.nominate, vote, neighbour(Nominator.ORGANISER), variant="on paper"),
        Attempt(
            objecting.object_to_candidate,
            vote,
            lambda s: {"candidate_id": s.main.id, "text": "欠费", "once": "o"},
            timed=True,
        ),
        Attempt(rounds.call_round, vote, same(once="r"), level),
        Attempt(rounds.announce_lot, vote, lot, level),
        Attempt(rounds.draw_lot, vote, number, announced),
    ],
)
