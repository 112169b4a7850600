"""The votes that the tests make are such as the procedure makes."""

import pytest

from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import VoterKind, VoteState
from tests.assembly.conftest import MakeVote, speaker_of, voter_of
from tests.world import UNITS, World


@pytest.mark.parametrize("state", VoteState)
def test_a_vote_in_every_state(make_vote: MakeVote, state: VoteState) -> None:
    vote = make_vote(state=state)
    assert vote.state is state
    assert vote.area == sum(UNITS.values())


def test_heads_and_those_who_speak_for_them(world: World, make_vote: MakeVote) -> None:
    vote: OwnersVote = make_vote()
    shared = voter_of(vote, "101")
    assert shared.kind is VoterKind.CO_OWNERS
    assert {speaker_of(world, vote, n).voter_id for n in ("owner", "co_owner")} == {shared.id}
    assert voter_of(vote, "201").id == speaker_of(world, vote, "chair").voter_id
    assert voter_of(vote, "shop").kind is VoterKind.UNKNOWN
