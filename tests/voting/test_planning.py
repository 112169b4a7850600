"""A poll that begins at an hour which everybody was told: by the clock, under the same guards as by hand."""

from datetime import timedelta

import pytest

from portal.core import clock, diary
from portal.core.actor import system
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.waiting import waiting_for
from portal.councils.models import Topic
from portal.voting.actions.closing import annul_poll
from portal.voting.actions.opening import amend_poll, open_poll
from portal.voting.actions.planning import drop_plan, open_due_polls, plan_poll
from portal.voting.words import PollState
from tests.conftest import Client
from tests.voting.conftest import CLOSES, Draft, vote
from tests.world import NOW, World

OPENS = NOW + timedelta(days=1)


def test_the_clock_opens_it_at_its_hour_and_not_before(world: World, drafted: Draft, topic: Topic) -> None:
    poll = drafted()
    plan_poll(world.secretary, poll, opens_at=OPENS)
    with clock.frozen(OPENS - timedelta(seconds=1)):
        assert open_due_polls(system()) == 0
        with pytest.raises(NotAllowed):
            open_poll(system(), poll)
    with clock.frozen(OPENS):
        assert open_due_polls(system()) == 1
        assert open_due_polls(system()) == 0
        vote(world, poll, "owner", 0)
    assert (poll.state, poll.opened_at) == (PollState.OPEN, OPENS)


def test_an_hour_that_was_missed_waits_for_somebody(world: World, drafted: Draft) -> None:
    """What kept it from opening may end days later: nobody expects it to open then."""
    missed = drafted()
    plan_poll(world.secretary, missed, opens_at=OPENS)
    with clock.frozen(OPENS + timedelta(hours=1, seconds=1)):
        assert open_due_polls(system()) == 0
        assert "open_poll" in [wait.kind for wait in waiting_for(world.secretary)]
        open_poll(world.secretary, missed)
    assert missed.state is PollState.OPEN


@pytest.mark.parametrize("opens_at", [NOW, NOW - timedelta(minutes=1), CLOSES, CLOSES + timedelta(days=1)])
def test_an_hour_that_will_not_do(world: World, drafted: Draft, opens_at: object) -> None:
    poll = drafted()
    with pytest.raises(Invalid) as refusal:
        plan_poll(world.secretary, poll, opens_at=opens_at)  # type: ignore[arg-type]
    assert (refusal.value.field, poll.opens_at) == ("opens_at", None)


def test_what_keeps_it_from_opening_keeps_it_from_being_planned(world: World, drafted: Draft) -> None:
    late, second, third = drafted(), drafted(), drafted()
    plan_poll(world.secretary, late, opens_at=OPENS)
    open_poll(world.secretary, second)
    with pytest.raises(Conflict, match="协商"):
        plan_poll(world.secretary, third, opens_at=OPENS)
    with clock.frozen(OPENS):
        assert open_due_polls(system()) == 0
    assert late.state is PollState.DRAFT


@pytest.mark.parametrize("name", ["owner", "manager", "worker", "other_secretary"])
def test_others_plan_nothing(world: World, drafted: Draft, name: str) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        plan_poll(world.actor(name), drafted(), opens_at=OPENS)


def test_what_was_told_stands_until_it_is_taken_back(world: World, drafted: Draft) -> None:
    poll = drafted()
    plan_poll(world.secretary, poll, opens_at=OPENS)
    words = {"question": "别的", "options": ["甲", "乙"], "closes_at": CLOSES}
    kinds = {"method": poll.method, "secrecy": poll.secrecy, "roll_kind": poll.roll_kind}
    with pytest.raises(NotAllowed):
        amend_poll(world.secretary, poll, **words, **kinds)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        plan_poll(world.secretary, poll, opens_at=OPENS)
    drop_plan(world.secretary, poll)
    amend_poll(world.secretary, poll, **words, **kinds)  # type: ignore[arg-type]
    plan_poll(world.secretary, poll, opens_at=OPENS)
    annul_poll(world.secretary, poll, reason="先不问了")
    assert (poll.state, poll.opens_at) == (PollState.PUT_AWAY, None)


def test_everybody_reads_when_it_begins(client: Client, world: World, drafted: Draft, topic: Topic) -> None:
    poll = drafted()
    client.sign_in("owner")
    assert client.get(f"/polls/{poll.id}").status_code == 404
    client.sign_in("secretary")
    assert "定时开始" in client.get(f"/polls/{poll.id}").text
    late = {"opens_at": "2020-01-01T09:00"}
    refused = client.submit(f"/polls/{poll.id}/plan", late)
    assert refused.status_code == 422
    assert "请给一个还没到的时间" in refused.text
    hour = clock.local(OPENS).strftime("%Y-%m-%dT%H:%M")
    assert client.submit(f"/polls/{poll.id}/plan", {"opens_at": hour}).status_code == 303
    assert "改一改" not in client.get(f"/polls/{poll.id}").text
    client.sign_in("owner")
    for address in (f"/polls/{poll.id}", "/polls", f"/topics/{topic.id}"):
        assert "定了时间，还没开始" in client.get(address).text
    assert "开始表态" not in client.get(f"/polls/{poll.id}").text
    assert client.get(f"/polls/{poll.id}/plan").status_code == 403
    told = [(e.uid, e.starts_at) for e in diary.coming(poll.place_path, clock.now())]
    assert (f"poll-{poll.id}-opens", poll.opens_at) in told
    assert (f"poll-{poll.id}-closes", CLOSES) in told


def test_one_that_cannot_open_waits_for_somebody_to_look(
    client: Client, world: World, drafted: Draft
) -> None:
    poll = drafted()
    plan_poll(world.secretary, poll, opens_at=OPENS)
    second = drafted()
    open_poll(world.secretary, second)
    with clock.frozen(OPENS):
        assert "表态该开始了" in client.sign_in("secretary").get("/desk").text
        page = client.get(f"/polls/{poll.id}").text
        assert "议题现在不在协商这一站" in page
        assert "现在开始表态？" not in page
