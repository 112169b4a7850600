"""When and where papers are counted in public: settled, and read by everybody who may want to come."""

from datetime import timedelta

import pytest

from portal.assembly.actions.opening import extend_vote
from portal.assembly.actions.planning import plan_count
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import VoteState
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Invalid, NotAllowed
from tests.assembly.conftest import CLOSES, MakeVote
from tests.assembly.test_pages_official import soup
from tests.conftest import Client
from tests.world import NOW, World

WHERE = "社区二楼会议室"
WHEN = CLOSES + timedelta(hours=2)


def planned(world: World, make_vote: MakeVote, state: VoteState = VoteState.OPEN) -> OwnersVote:
    vote = make_vote(state=state)
    plan_count(world.secretary, vote, at=max(WHEN, vote.closes_at), where=f" {WHERE} ")
    return vote


def test_it_lies_after_the_close_and_ahead(world: World, make_vote: MakeVote) -> None:
    vote = make_vote()
    for at, where, field in (
        (CLOSES - timedelta(minutes=1), WHERE, "at"),
        (WHEN, "  ", "where"),
    ):
        with pytest.raises(Invalid) as refused:
            plan_count(world.secretary, vote, at=at, where=where)
        assert refused.value.field == field
    closed = make_vote(state=VoteState.CLOSED)
    with pytest.raises(Invalid, match="还没到"):
        plan_count(world.secretary, closed, at=NOW, where=WHERE)
    for who in (world.worker, world.owner):
        with pytest.raises(NotAllowed):
            plan_count(who, vote, at=WHEN, where=WHERE)
    with pytest.raises(NotAllowed):
        plan_count(world.secretary, make_vote(state=VoteState.COUNTING), at=WHEN, where=WHERE)


@pytest.mark.parametrize("state", [VoteState.NOTICE, VoteState.OPEN, VoteState.CLOSED])
def test_owners_and_staff_read_it(
    state: VoteState, world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = planned(world, make_vote, state)
    for who in ("visitor", "owner", "tenant", "worker"):
        for page in ("", "/count", "/prints/notice"):
            text = client.sign_in(who).get(f"/owners-votes/{vote.id}{page}").text
            assert f"在{WHERE}公开唱票，谁都可以到场看" in "".join(text.split()), (who, page)


def test_what_was_settled_before_an_extension_says_nothing(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = planned(world, make_vote)
    extend_vote(world.secretary, vote, closes_at=CLOSES + timedelta(days=7), reason="票不够", where="东门")
    address = f"/owners-votes/{vote.id}"
    assert WHERE not in client.sign_in("owner").get(address).text
    text = client.sign_in("secretary").get(f"{address}/count").text
    assert "时间地点还没有定" in text
    assert f"{address}/count/plan" in text


def test_the_form(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    address = f"/owners-votes/{vote.id}/count/plan"
    client.sign_in("secretary")
    form = soup(client.get(address)).select_one("#plan_form")
    assert form is not None
    early = clock.local(CLOSES - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert client.submit(address, {"at": early, "where": WHERE}).status_code == 422
    sent = {"at": clock.local(WHEN).strftime("%Y-%m-%dT%H:%M"), "where": WHERE}
    assert client.submit(address, sent).headers["Location"].endswith("/count")
    db.session.rollback()
    settled = db.session.get_one(OwnersVote, vote.id, populate_existing=True)
    assert (settled.counts_at, settled.counts_where) == (WHEN, WHERE)
    assert client.sign_in("worker").get(address).status_code == 403
