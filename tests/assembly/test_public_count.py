"""When and where papers are counted in public: settled, and read by everybody who may want to come."""

from datetime import timedelta

import pytest

from portal.assembly.actions.counting import begin_count, name_scrutineer
from portal.assembly.actions.opening import extend_vote
from portal.assembly.actions.planning import plan_count
from portal.assembly.actions.sealing import AtSeal, confirm_seal, seal_box
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import Counter, VoteState
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed
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


# ---- the box is opened in public, with every paper of it in hand -----------------------------------


def ready(world: World, make_vote: MakeVote, **given: object) -> OwnersVote:
    """Closed, and everybody who is to stand by is named."""
    vote = make_vote(state=VoteState.CLOSED, **given)
    for role, name in (
        (Counter.TELLER, "钱会计"),
        (Counter.SCRUTINEER, "何明"),
        (Counter.SCRUTINEER, "余国庆"),
    ):
        name_scrutineer(world.secretary, vote, role=role, name=name)
    return vote


def test_nobody_opens_the_box_unannounced_or_before_the_hour(world: World, make_vote: MakeVote) -> None:
    vote = ready(world, make_vote, counts_at=None)
    with pytest.raises(Conflict, match="还没有公布") as refused:
        begin_count(world.secretary, vote)
    assert refused.value.unmet[0].cure == f"/owners-votes/{vote.id}/count/plan"
    plan_count(world.secretary, vote, at=NOW + timedelta(minutes=10), where=WHERE)
    with pytest.raises(Conflict, match="还没有到"):
        begin_count(world.secretary, vote)
    with clock.frozen(NOW + timedelta(minutes=10)):
        begin_count(world.secretary, vote)
    assert vote.state is VoteState.COUNTING


def test_what_was_settled_before_an_extension_announces_nothing(world: World, make_vote: MakeVote) -> None:
    vote = ready(world, make_vote, counts_at=NOW - timedelta(days=3))
    with pytest.raises(Conflict, match="还没有公布"):
        begin_count(world.secretary, vote)


def test_nor_while_papers_that_were_sealed_are_not_read_in(world: World, make_vote: MakeVote) -> None:
    vote = ready(world, make_vote)
    seal = seal_box(world.secretary, vote, papers=2, where=WHERE)
    confirm_seal(world.worker, AtSeal(seal.id), papers=2)
    with pytest.raises(Conflict, match="还有 2 张") as refused:
        begin_count(world.secretary, vote)
    assert refused.value.unmet[0].cure == f"/owners-votes/{vote.id}/batches"


def test_or_somebody_answers_for_it_in_public(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = ready(world, make_vote, counts_at=None)
    address = f"/owners-votes/{vote.id}"
    assert "等不了？写明理由" in client.sign_in("secretary").get(f"{address}/checklist").text
    client.submit(f"{address}/overrides", {"rule": "count", "reason": "业主都在场，当场就唱。"})
    begin_count(world.secretary, db.session.get_one(OwnersVote, vote.id))
    assert "当场就唱" in client.get(f"{address}/checklist").text
