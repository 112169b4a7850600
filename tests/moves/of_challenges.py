"""What an owner says of a paper that staff read in, its answer and the second person, in every state of the vote."""

from typing import Any

from portal.assembly.actions import challenging
from portal.assembly.challenges import Claim, Fate
from portal.assembly.models.challenges import BallotChallenge
from portal.assembly.words import VoteState
from portal.core.db import db, transaction
from tests.assembly.papers import put_in
from tests.moves.of_votes import LATE, build, home, made, same, vote
from tests.moves.trying import Attempt, Case, Family, Stage
from tests.world import NOW


def read_in(stage: Stage) -> None:
    """Staff read a paper in."""
    stage.made["entered"] = put_in(vote(stage), "101", "for,for", by=stage.world.ids["worker"])


def challenged(fate: Fate) -> Any:
    """The owner says that it is not his; the secretary would strike it out."""

    def make(stage: Stage) -> None:
        read_in(stage)
        said = BallotChallenge(
            vote_id=vote(stage).id,
            voter_id=home(stage).id,
            place_path=home(stage).place_path,
            receipt=stage.made["entered"],
            changes=0,
            entered_by_id=stage.world.ids["worker"],
            claim=Claim.NOT_MINE,
            text="",
            by_id=stage.world.ids["owner"],
            at=NOW,
            due=NOW,
            fate=fate,
            answered_by_id=stage.world.ids["secretary"] if fate is Fate.TO_STRIKE else None,
            once="said",
        )
        with transaction():
            db.session.add(said)
        stage.made["challenge"] = said

    return make


CHALLENGES = Family(
    "ballot_challenge",
    LATE,
    [Case(state, late=late) for state in VoteState for late in (False, True)],
    build,
    [
        Attempt(
            challenging.challenge_ballot,
            home,
            lambda s: {"receipt": s.made["entered"], "claim": Claim.NOT_MINE, "once": "said"},
            read_in,
            timed=True,
        ),
        Attempt(
            challenging.answer_challenge,
            made("challenge"),
            same(strike=True, reason="看过原票"),
            challenged(Fate.WAITING),
            timed=True,
        ),
        Attempt(
            challenging.confirm_strike,
            made("challenge"),
            same(accepted=True),
            challenged(Fate.TO_STRIKE),
            timed=True,
        ),
    ],
)
