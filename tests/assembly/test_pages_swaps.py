"""What htmx swaps after a form was taken: everything on the page that has become another by it."""

import io

from portal.assembly.actions.casting import cast_ballot
from portal.assembly.box import AtVoter
from portal.assembly.words import VoteState
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.letters import photo
from tests.assembly.test_pages_batches import slip
from tests.conftest import Client
from tests.world import World


def test_after_a_ballot_the_whole_page_says_how_many_voted(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    voter = voter_of(vote, "201")
    cast_ballot(world.chair, AtVoter(voter.id), choices=["for", "for"], once="once")
    client.sign_in("chair")
    reply = client.fragment(f"/voters/{voter.id}/receipt", "ballot")
    assert reply.headers["HX-Retarget"] == "body"
    assert reply.headers["HX-Push-Url"] == f"/voters/{voter.id}/receipt"


def test_whoever_was_entered_for_the_count_stands_on_the_list(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(VoteState.CLOSED)
    client.sign_in("secretary")
    form = client.get(f"/owners-votes/{vote.id}/count").text
    assert 'hx-target="#counting"' in form
    client.submit(f"/owners-votes/{vote.id}/scrutineers", {"role": "scrutineer", "name": "何明"})
    swapped = client.fragment(f"/owners-votes/{vote.id}/count", "counting").text
    assert "<h1>唱票计票</h1>" in swapped
    assert "何明" in swapped
    assert "下一步还差" in swapped


def test_whoever_may_speak_stands_in_the_table(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    address = f"/voters/{voter_of(vote, 'shop').id}/speakers"
    client.sign_in("secretary")
    assert client.get(address).text.count('hx-target="#speaking"') == 1
    letter = (io.BytesIO(photo()), "letter.jpg")
    said = {"name": "郝少华", "capacity": "representative", "phone": "", "letter": letter}
    client.submit(f"{address}/new", said)
    assert "郝少华" in client.fragment(address, "speaking").text


def test_the_state_of_a_batch_is_over_what_was_entered(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    client.sign_in("worker")
    begun = client.submit(
        f"/owners-votes/{vote.id}/batches", {"received_at": "2026-06-16T09:00", "once": "a"}
    )
    batch = begun.headers["Location"]
    client.submit(f"{batch}/slips", slip("2", "for", "against"))
    client.submit(f"{batch}/hand-over")
    swapped = client.fragment(batch, "batch").text
    assert "<h1>第 1 批纸质票</h1>" in swapped
    assert "等第二个人再录一遍" in swapped
