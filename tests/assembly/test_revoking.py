"""A letter of authority is taken back by whoever gave it; staff need the reason and a second person, and he is told."""

import pytest

from portal.assembly.actions.casting import vote_by_proxy
from portal.assembly.actions.revoking import ask_to_stop, keep_proxy, review_stop, revoke_proxy
from portal.assembly.models.papers import Proxy
from portal.assembly.words import ProxyState
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import db
from portal.core.errors import Invalid, NotAllowed
from portal.core.waiting import waiting_for
from tests.assembly.conftest import AFTER, MakeVote
from tests.assembly.letters import accepted, letter
from tests.conftest import Client
from tests.world import World

WHY = "委托人来信，说这份委托书不是他签的。"


def told(actor: Actor) -> bool:
    return any(w.kind == "proxy_stopped" for w in waiting_for(actor))


@pytest.mark.parametrize("name", ["secretary", "worker", "chair", "tenant"])
def test_nobody_but_who_gave_it_takes_a_letter_back_alone(
    world: World, make_vote: MakeVote, name: str
) -> None:
    proxy = accepted(world, make_vote(), "owner", "101")
    with pytest.raises(NotAllowed):
        revoke_proxy(world.actor(name), proxy)
    revoke_proxy(world.co_owner, proxy)
    assert proxy.state is ProxyState.REVOKED
    assert told(world.tenant)
    assert not told(world.owner)


def test_a_letter_that_staff_handed_in_is_the_owners_to_take_back(world: World, make_vote: MakeVote) -> None:
    proxy = letter(world, make_vote(), "worker", "101")
    with pytest.raises(NotAllowed):
        revoke_proxy(world.worker, proxy)
    revoke_proxy(world.owner, proxy)


def test_staff_say_why_and_a_second_one_looks_at_it(world: World, make_vote: MakeVote) -> None:
    proxy = accepted(world, make_vote(), "owner", "101")
    with pytest.raises(Invalid, match="为什么"):
        ask_to_stop(world.worker, proxy, reason="")
    ask_to_stop(world.worker, proxy, reason=WHY)
    vote_by_proxy(world.tenant, proxy, choices=["for", "for"], once="a")
    assert [told(a) for a in (world.owner, world.co_owner, world.tenant, world.worker)] == [
        True,
        True,
        True,
        False,
    ]
    assert any(w.kind == "review_stop" for w in waiting_for(world.secretary))
    assert not any(w.kind == "review_stop" for w in waiting_for(world.worker))
    with pytest.raises(NotAllowed, match="另一位召集人"):
        review_stop(world.worker, proxy, accepted=True)
    review_stop(world.secretary, proxy, accepted=True)
    assert (proxy.state, proxy.stop_because, proxy.stopped_by_id) == (
        ProxyState.REVOKED,
        WHY,
        world.ids["secretary"],
    )
    assert told(world.owner)
    assert told(world.tenant)
    with pytest.raises(NotAllowed):
        vote_by_proxy(world.tenant, proxy, choices=["for", "for"], once="b", seen=0)


def test_the_page_of_a_letter_that_was_taken_back_speaks_of_no_ballot_that_counts(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    proxy = accepted(world, make_vote(), "chair", "201")
    vote_by_proxy(world.tenant, proxy, choices=["for", "for"], once="a")
    page = client.sign_in("chair").get(f"/proxies/{proxy.id}").text
    assert "代投的票已经投出" in page
    assert "截止前可以改" in page
    with clock.frozen(AFTER):
        assert "截止前可以改" not in client.get(f"/proxies/{proxy.id}").text
    revoke_proxy(world.chair, proxy)
    page = client.get(f"/proxies/{proxy.id}").text
    assert "委托人收回了" in page
    assert "代投的票已经投出" not in page


def test_who_gave_it_says_that_it_stands(world: World, make_vote: MakeVote) -> None:
    proxy = accepted(world, make_vote(), "owner", "101")
    ask_to_stop(world.worker, proxy, reason=WHY)
    with pytest.raises(NotAllowed):
        keep_proxy(world.tenant, proxy)
    keep_proxy(world.co_owner, proxy)
    with pytest.raises(NotAllowed):
        review_stop(world.secretary, proxy, accepted=True)
    with pytest.raises(NotAllowed, match="只有他自己"):
        ask_to_stop(world.worker, proxy, reason=WHY)
    assert not told(world.owner)
    revoke_proxy(world.owner, proxy)


def test_the_second_one_does_not_agree(world: World, make_vote: MakeVote) -> None:
    proxy = accepted(world, make_vote(), "owner", "101")
    ask_to_stop(world.worker, proxy, reason=WHY)
    review_stop(world.secretary, proxy, accepted=False)
    assert (proxy.state, proxy.stopping) == (ProxyState.ACCEPTED, False)


def test_an_owner_of_the_head_is_no_staff_for_it(world: World, make_vote: MakeVote) -> None:
    proxy = accepted(world, make_vote(), "chair", "201")
    with pytest.raises(NotAllowed):
        ask_to_stop(world.chair, proxy, reason=WHY)
    ask_to_stop(world.worker, proxy, reason=WHY)
    with pytest.raises(NotAllowed):
        review_stop(world.chair, proxy, accepted=True)


def test_after_the_close_nothing_is_taken_back(world: World, make_vote: MakeVote) -> None:
    proxy = accepted(world, make_vote(), "owner", "101")
    ask_to_stop(world.worker, proxy, reason=WHY)
    with clock.frozen(AFTER):
        for done in (
            lambda: review_stop(world.secretary, proxy, accepted=True),
            lambda: keep_proxy(world.owner, proxy),
            lambda: revoke_proxy(world.owner, proxy),
        ):
            with pytest.raises(NotAllowed):
                done()


def test_the_pages_of_it(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    proxy = accepted(world, vote, "owner", "101")
    address = f"/proxies/{proxy.id}"
    client.sign_in("worker")
    assert "/revocation" not in client.get(address).text
    assert client.submit(f"{address}/stop", {"reason": ""}).status_code == 422
    client.submit(f"{address}/stop", {"reason": WHY})
    assert WHY in client.get(address).text
    assert 'value="yes"' not in client.get(address).text
    assert "委托要收回" in client.sign_in("tenant").get("/").text
    assert WHY in client.sign_in("owner").get(address).text
    client.submit(f"{address}/keeping", {})
    assert WHY not in client.get(address).text
    second = accepted(world, vote, "chair", "201", "merchant")
    client.sign_in("worker").submit(f"/proxies/{second.id}/stop", {"reason": WHY})
    client.sign_in("secretary").submit(f"/proxies/{second.id}/stop-review", {"accepted": "yes"})
    assert db.session.get_one(Proxy, second.id, populate_existing=True).state is ProxyState.REVOKED
    for name in ("chair", "merchant"):
        shown = client.sign_in(name).get(f"/proxies/{second.id}").text
        assert WHY in shown
        assert "沈佳慧" in shown
    assert f"/proxies/{second.id}" in client.get(f"/owners-votes/{vote.id}").text
