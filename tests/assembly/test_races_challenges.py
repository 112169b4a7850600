"""What owners say of ballots that staff entered, answered by two at once, and against the count and the owner's own
ballot; with real commits on a database of their own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts import identity
from portal.assembly.actions.casting import cast_ballot
from portal.assembly.actions.challenging import answer_challenge, challenge_ballot, confirm_strike
from portal.assembly.actions.closing import close_vote
from portal.assembly.actions.counting import begin_count
from portal.assembly.box import AtVoter
from portal.assembly.challenges import Claim, Fate
from portal.assembly.models.box import Turnout
from portal.assembly.models.challenges import BallotChallenge
from portal.assembly.models.rolls import Voter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import VoteState
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import db
from portal.core.errors import Conflict, NotAllowed, Refusal
from tests.assembly.conftest import AFTER
from tests.assembly.test_races_ballots import Box, box  # noqa: F401
from tests.racing import together
from tests.world import NOW


def actor_of(number: int) -> Actor:
    return identity.actor_of(identity.load([number])[number])


@pytest.fixture
def raised(box: Box) -> int:  # noqa: F811
    """The owner of a head says that what the worker entered is not his."""
    voter, _number, person, _other = box.couples[0]
    with box.app.app_context(), clock.frozen(NOW):
        acting = replace(actor_of(person), entered_by=box.staff[0])
        code = cast_ballot(acting, AtVoter(voter), choices=["for", "for"], once="desk")
        head = db.session.get_one(Voter, voter)
        one = challenge_ballot(actor_of(person), head, receipt=code, claim=Claim.NOT_MINE, once="c")
        return one.id


def chairs(box: Box) -> tuple[int, int]:  # noqa: F811
    """Who answers: the secretary and the committee's chair."""
    from portal.accounts.models import Grant

    with box.app.app_context():
        chair = db.session.scalars(sa.select(Grant.user_id).where(Grant.role == "committee_chair")).first()
        assert chair is not None
        return box.staff[1], chair


def doing(box: Box, who: int, do: Callable[..., Any], number: int, **given: Any) -> Callable[[], Any]:  # noqa: F811
    def job() -> Any:
        with box.app.app_context(), clock.frozen(NOW):
            return do(actor_of(who), db.session.get_one(BallotChallenge, number), **given)

    return job


def stands(box: Box, number: int) -> tuple[Fate, int]:  # noqa: F811
    """What became of it, and the heads of the turnout."""
    with box.app.app_context():
        heads = db.session.scalar(sa.select(sa.func.sum(Turnout.heads))) or 0
        return db.session.get_one(BallotChallenge, number).fate, heads


def test_two_answers_at_once_are_one(box: Box, raised: int) -> None:  # noqa: F811
    secretary, chair = chairs(box)
    done = together(
        doing(box, secretary, answer_challenge, raised, strike=True, reason="签名不是他的"),
        doing(box, chair, answer_challenge, raised, strike=False, reason="签名是他的"),
    )
    assert sorted(isinstance(d, Refusal) for d in done) == [False, True]
    fate, heads = stands(box, raised)
    assert fate is (Fate.KEPT if isinstance(done[0], Refusal) else Fate.TO_STRIKE)
    assert heads == 1


def test_the_same_strike_by_two_forms_at_once_takes_one_head_out(box: Box, raised: int) -> None:  # noqa: F811
    secretary, chair = chairs(box)
    doing(box, secretary, answer_challenge, raised, strike=True, reason="签名不是他的")()
    done = together(*[doing(box, chair, confirm_strike, raised, accepted=True)] * 3)
    assert sum(isinstance(d, NotAllowed) for d in done) == 2
    assert stands(box, raised) == (Fate.STRUCK, 0)


def test_a_strike_and_the_owners_own_ballot_at_once_leave_one_head(box: Box, raised: int) -> None:  # noqa: F811
    secretary, chair = chairs(box)
    voter, _number, person, _other = box.couples[0]
    doing(box, secretary, answer_challenge, raised, strike=True, reason="签名不是他的")()
    done = together(
        doing(box, chair, confirm_strike, raised, accepted=True),
        lambda: box.cast(person, voter, "own", seen=0, word="against"),
    )
    assert not any(isinstance(d, Refusal) for d in done), done
    assert stands(box, raised) == (Fate.STRUCK, 1)


def test_a_strike_and_the_count_at_once(box: Box, raised: int) -> None:  # noqa: F811
    """The count waits for an open challenge; once it has begun nothing is struck out."""
    secretary, chair = chairs(box)
    doing(box, secretary, answer_challenge, raised, strike=True, reason="签名不是他的")()

    def closing() -> None:
        with box.app.app_context(), clock.frozen(AFTER):
            close_vote(actor_of(secretary), db.session.get_one(OwnersVote, box.vote_id))

    def counting() -> Any:
        with box.app.app_context(), clock.frozen(AFTER):
            return begin_count(actor_of(secretary), db.session.get_one(OwnersVote, box.vote_id))

    def striking() -> Any:
        with box.app.app_context(), clock.frozen(AFTER):
            one = db.session.get_one(BallotChallenge, raised)
            return confirm_strike(actor_of(chair), one, accepted=True)

    closing()
    struck, counted = together(striking, counting)
    assert not isinstance(struck, Refusal), struck
    assert isinstance(counted, Conflict)  # nobody counted the box, and perhaps it came before the strike
    fate, heads = stands(box, raised)
    assert (fate, heads) == (Fate.STRUCK, 0)
    with box.app.app_context():
        assert db.session.get_one(OwnersVote, box.vote_id).state is VoteState.CLOSED
