"""Papers of an open secret poll say nothing to whoever has not the portal's key."""

import pytest
from flask import Flask

from portal.core import clock, ticks
from portal.core.actor import system
from portal.voting.actions.closing import annul_poll, close_due_polls
from portal.voting.models import Poll, SecretBallot
from portal.voting.papers import LONGEST_MARKS
from portal.voting.queries.sealed import locked_polls
from portal.voting.sealing import SEALED, Unsealable, seal, unseal
from portal.voting.words import PollState
from tests.voting.conftest import AFTER, marks_of, vote
from tests.voting.test_actions import rows
from tests.world import World


@pytest.mark.parametrize("marks", ["", "0", "1,2,0", "9" * LONGEST_MARKS])
def test_all_papers_look_alike(app: Flask, marks: str) -> None:
    sealed = [seal(7, marks) for _ in range(3)]
    assert len(set(sealed)) == 3
    assert {len(paper) for paper in sealed} == {SEALED}
    assert unseal(7, sealed) == [marks] * 3


def test_a_paper_belongs_to_its_poll(app: Flask) -> None:
    with pytest.raises(Unsealable):
        unseal(8, [seal(7, "1")])


def test_nothing_but_the_key_of_then_opens_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    before = seal(7, "1")
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key of the portal")
    with pytest.raises(Unsealable, match="SECRET_KEY_FALLBACKS"):
        unseal(7, [before])
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", ["tests"])
    assert unseal(7, [before, seal(7, "2")]) == ["1", "2"]


def test_a_poll_whose_key_is_lost_stays_open_to_be_counted_later(
    world: World, secret: Poll, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    vote(world, secret, "owner", 1)
    with clock.frozen(AFTER):
        with monkeypatch.context() as lost:
            lost.setitem(app.config, "SECRET_KEY", "another key of the portal")
            assert any(ran.failed for ran in ticks.run())
            assert [len(b.marks) for b in rows(SecretBallot)] == [SEALED]
        assert close_due_polls(system()) == 1
    assert marks_of(secret) == ["1"]


def test_open_polls_that_lack_their_key_are_counted(
    world: World, secret: Poll, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert locked_polls() == 0
    vote(world, secret, "owner", 1)
    assert locked_polls() == 0
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key of the portal")
    assert locked_polls() == 1
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", ["tests"])
    assert locked_polls() == 0


def test_of_a_void_poll_they_stay_sealed(world: World, secret: Poll) -> None:
    vote(world, secret, "owner", 1)
    before = rows(SecretBallot)[0].id
    annul_poll(world.secretary, secret, reason="选项写错了，重新来。")
    (paper,) = rows(SecretBallot)
    assert (secret.state, len(paper.marks), paper.digest) == (PollState.ANNULLED, SEALED, None)
    assert paper.id != before
