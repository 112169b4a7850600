"""Nobody decides in his own matter: what he raised, handed in, owns or stands for is looked at by somebody else; the
page says so and offers nothing."""

from dataclasses import replace
from typing import Any

import pytest

from portal.assembly.actions.announcing import certify_vote
from portal.assembly.actions.authorising import review_proxy
from portal.assembly.actions.challenging import answer_challenge, challenge_ballot, confirm_strike
from portal.assembly.actions.changing import change_owner
from portal.assembly.actions.counting import name_scrutineer
from portal.assembly.actions.nominating import refuse, withdraw
from portal.assembly.actions.objecting import (
    answer_objection,
    leave_roll_unchanged,
    object_to_result,
    object_to_roll,
)
from portal.assembly.actions.opening import void_vote
from portal.assembly.actions.rounds import draw_lot
from portal.assembly.challenges import Claim
from portal.assembly.election_words import CandidateState
from portal.assembly.models.papers import Proxy
from portal.assembly.words import Counter, ProxyState, VoteState
from portal.core.db import transaction
from portal.core.errors import NotAllowed
from portal.core.waiting import waiting_for
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.electing import SEATS, candidate
from tests.assembly.letters import kept, letter
from tests.assembly.papers import put_in
from tests.assembly.test_actions_convening import sell
from tests.conftest import Client
from tests.world import World


def test_his_own_objection_is_answered_by_another_convener(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(VoteState.PRELIMINARY)
    said = object_to_result(world.secretary, vote, text="数得不对", once="o")
    with pytest.raises(NotAllowed, match="您自己提的"):
        answer_objection(world.secretary, said, answer="查过了。", upheld=False)
    pages = [f"/owners-votes/{vote.id}/objections", f"/owners-votes/{vote.id}/result"]
    client.sign_in("secretary")
    assert not any(f"/vote-objections/{said.id}/answer" in client.get(page).text for page in pages)
    assert client.get(f"/vote-objections/{said.id}/answer").status_code == 403
    client.sign_in("worker")
    assert all(f"/vote-objections/{said.id}/answer" in client.get(page).text for page in pages)
    answer_objection(world.worker, said, answer="查过了。", upheld=False)


def test_nor_does_he_say_that_the_roll_stays_all_the_same(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(VoteState.ROLL_POSTED)
    said = object_to_roll(world.chair, vote, text="面积不对", once="o")
    answer_objection(world.secretary, said, answer="是写错了。", upheld=True)
    with pytest.raises(NotAllowed, match="您自己提的"):
        leave_roll_unchanged(world.chair, said, reason="不改了")
    page, button = f"/owners-votes/{vote.id}/objections", f"/vote-objections/{said.id}/unchanged"
    assert button not in client.sign_in("chair").get(page).text
    assert button in client.sign_in("worker").get(page).text
    leave_roll_unchanged(world.worker, said, reason="登记簿已经对了")
    assert button not in client.get(page).text


def test_a_letter_entered_at_the_desk_is_looked_at_by_somebody_else(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    at_desk = replace(world.owner, entered_by=world.ids["worker"], grants=frozenset())
    proxy: Proxy = letter(world, vote, "owner", "101", acting=at_desk)
    assert proxy.entered_by_id == world.ids["worker"]
    with pytest.raises(NotAllowed, match="另一位召集人"):
        review_proxy(world.worker, proxy, accepted=True)
    assert "/acceptance" not in client.sign_in("worker").get(f"/proxies/{proxy.id}").text
    assert "review_proxy" not in {w.kind for w in waiting_for(world.worker)}
    review_proxy(world.secretary, proxy, accepted=True)
    assert proxy.state is ProxyState.ACCEPTED


def test_a_home_of_his_own_is_handed_on_by_another_convener(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    sell(world, "201", "李新")
    home = f"/owners-votes/{vote.id}/roll/changes/units/{world.ids['201']}"
    words: dict[str, Any] = {"unit_id": world.ids["201"], "reason": "办了过户登记。", "proof": (kept(),)}
    with pytest.raises(NotAllowed, match="您自己的房屋"):
        change_owner(world.chair, voter_of(vote, "201"), **words)
    page = client.sign_in("chair").get(f"/owners-votes/{vote.id}/roll/changes").text
    assert home not in page
    assert "您自己的房屋" in page
    assert client.get(home).status_code == 403
    assert home in client.sign_in("secretary").get(f"/owners-votes/{vote.id}/roll/changes").text
    change_owner(world.secretary, voter_of(vote, "201"), **words)


def test_what_he_said_of_a_ballot_others_answer_and_strike(world: World, make_vote: MakeVote) -> None:
    """A social worker who speaks for a head as its guardian, and so raises it himself."""
    vote = make_vote()
    code = put_in(vote, "201", "for,for", by=world.ids["secretary"])
    said = challenge_ballot(world.chair, voter_of(vote, "201"), receipt=code, claim=Claim.WRONG, once="c")
    with transaction():
        said.by_id = world.ids["worker"]
    with pytest.raises(NotAllowed, match="您自己提的"):
        answer_challenge(world.worker, said, strike=True, reason="是我提的")
    with transaction():
        said.by_id, said.entered_by_id = world.ids["tenant"], world.ids["manager"]
    answer_challenge(world.secretary, said, strike=True, reason="看过原票")
    with transaction():
        said.by_id = world.ids["worker"]
    with pytest.raises(NotAllowed, match="您自己提的"):
        confirm_strike(world.worker, said, accepted=True)


class TestACandidate:
    """The chair stands for the committee again."""

    def test_neither_refuses_nor_withdraws_a_rival(
        self, world: World, make_vote: MakeVote, client: Client
    ) -> None:
        vote = make_vote(VoteState.ROLL_POSTED, matters=SEATS)
        candidate(world, vote, "201", "顾建平", user_id=world.ids["chair"])
        rival = candidate(world, vote, "101", "王芳", state=CandidateState.NOMINATED)
        with pytest.raises(NotAllowed, match="候选人"):
            refuse(world.chair, rival, reason="不要他")
        with pytest.raises(NotAllowed):
            withdraw(world.chair, rival)
        page = f"/candidates/{rival.id}"
        told = client.sign_in("chair").get(page).text
        assert f"{page}/qualification" not in told
        assert f"{page}/withdrawal" not in told
        told = client.sign_in("secretary").get(page).text
        assert f"{page}/qualification" in told
        assert f"{page}/withdrawal" in told
        refuse(world.secretary, rival, reason="欠费")

    def test_answers_no_objection_in_his_election(self, world: World, make_vote: MakeVote) -> None:
        vote = make_vote(VoteState.PRELIMINARY, matters=SEATS)
        candidate(world, vote, "201", "顾建平", 1, user_id=world.ids["chair"])
        said = object_to_result(world.owner, vote, text="数得不对", once="o")
        with pytest.raises(NotAllowed, match="候选人"):
            answer_objection(world.chair, said, answer="数对了。", upheld=False)
        answer_objection(world.worker, said, answer="数对了。", upheld=False)

    def test_takes_no_step_of_its_count(self, world: World, make_vote: MakeVote, client: Client) -> None:
        vote = make_vote(VoteState.PRELIMINARY, matters=SEATS)
        candidate(world, vote, "201", "顾建平", 1, user_id=world.ids["chair"])
        matter = 0
        for step in (
            lambda: certify_vote(world.chair, vote, where="东门"),
            lambda: void_vote(world.chair, vote, reason="重来", where="东门"),
            lambda: draw_lot(world.chair, vote, matter_id=matter, seed="1"),
            lambda: name_scrutineer(world.chair, vote, role=Counter.TELLER, name="何明"),
        ):
            with pytest.raises(NotAllowed, match="候选人"):
                step()
        page = f"/owners-votes/{vote.id}/count"
        assert f"/owners-votes/{vote.id}/certification" not in client.sign_in("chair").get(page).text
        assert f"/owners-votes/{vote.id}/certification" in client.sign_in("secretary").get(page).text
        assert client.sign_in("chair").get(f"/owners-votes/{vote.id}/certification").status_code == 403
