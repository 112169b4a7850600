"""The page of a vote for everybody it may meet, and the paper in its three steps."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.assembly import shares
from portal.assembly.models.box import OwnerBallot
from portal.assembly.models.votes import OwnersVote
from portal.assembly.stages import PREPARED
from portal.assembly.words import RESULT_POSTED, VoteState
from portal.core.amounts import plain
from portal.core.db import db, transaction
from portal.core.waiting import waiting_for
from tests.assembly.conftest import MakeVote, speaker_of, voter_of
from tests.conftest import Client, Statements
from tests.world import NOW, World

BUDGET = 6


def page(client: Client, vote: OwnersVote, name: str | None) -> str:
    client.sign_in(name)
    answer = client.get(f"/owners-votes/{vote.id}")
    assert answer.status_code == 200
    return answer.text


def marks(*words: str) -> dict[str, str]:
    return {"matters": str(len(words)), **{f"choice-{n}": w for n, w in enumerate(words)}}


def test_an_owner_votes_in_three_taps(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    voter = voter_of(vote, "201").id
    paper = page(client, vote, "chair")
    assert "89.32" not in paper
    assert "120.50㎡" in paper
    assert f'action="/voters/{voter}/review"' in paper
    review = client.submit(f"/voters/{voter}/review", marks("for", "against"))
    assert review.status_code == 200
    hidden = dict(re.findall(r'name="(once)" value="([^"]*)"', review.text))
    said = re.findall(r'name="choice" value="([^"]*)"', review.text)
    assert said == ["for", "against"]
    done = client.submit(f"/voters/{voter}/ballot", {"choice": said, **hidden})
    assert done.headers["Location"] == f"/voters/{voter}/receipt"
    code = db.session.scalar(sa.select(OwnerBallot.receipt))
    receipt = client.get(f"/voters/{voter}/receipt").text
    assert str(code) in receipt
    assert "同意" not in receipt


def test_a_paper_that_is_not_finished_comes_back_with_its_marks(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    voter = voter_of(vote, "201").id
    client.sign_in("chair")
    back = client.submit(f"/voters/{voter}/review", marks("for", ""))
    assert back.status_code == 422
    assert 'value="for" checked' in back.text
    assert "choice-1-0" in back.text


def test_the_ballot_is_changed_from_what_it_was(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    voter = voter_of(vote, "201").id
    client.sign_in("chair")
    client.submit(f"/voters/{voter}/ballot", {"choice": ["for", "against"], "once": "a"})
    change = client.get(f"/voters/{voter}/change").text
    assert change.count(" checked") == 2
    client.submit(f"/voters/{voter}/ballot", {"choice": ["abstain", "against"], "once": "b", "seen": "0"})
    assert db.session.scalar(sa.select(OwnerBallot.choices)) == "abstain,against"
    assert "您已经投票" in page(client, vote, "chair")


def test_co_owners_see_that_they_differ_and_not_how(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    voter = voter_of(vote, "101").id
    for name, word in (("owner", "for"), ("co_owner", "against")):
        client.sign_in(name)
        client.submit(f"/voters/{voter}/ballot", {"choice": [word, "for"], "once": name})
    for name in ("owner", "co_owner"):
        told = page(client, vote, name)
        assert "你们几位投得不一样" in told
        assert re.search("第.1.项不一样", told)
    assert "王秀兰共有" in client.get(f"/voters/{voter}/receipt").text
    for name in ("owner", "co_owner"):
        assert odds(world, name) == [voter], "it waits for both, not for who voted last"
    with transaction():
        speaker_of(world, vote, "owner").designated = True
    assert odds(world, "co_owner") == [], "they settled on one of them"


def test_what_is_paid_every_month_is_told_to_each_for_his_own_area(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    fee = {"question": "物业费调到六角", "item": 4, "cost": None, "fee_now": 45, "fee_then": 60}
    vote = make_vote(matters=(fee,))
    area = voter_of(vote, "101").area
    more = shares.monthly(60, area) - shares.monthly(45, area)
    assert more > 0
    for shown in (page(client, vote, "owner"), client.get(f"/owners-votes/{vote.id}/prints/notice").text):
        assert "0.45\xa0元" in shown
        assert "0.60\xa0元" in shown
    assert plain(more) in page(client, vote, "owner")
    client.sign_in("secretary")
    assert plain(more) in client.get(f"/owners-votes/{vote.id}/prints/ballots").text
    assert "您家每月" not in page(client, vote, "tenant")


def odds(world: World, name: str) -> list[int]:
    """The voters for whom co-owners who differ are waited for, of a person."""
    return [w.subject_id for w in waiting_for(getattr(world, name)) if w.kind == "co_owners_differ"]


def test_co_owners_of_one_mind_have_nothing_to_settle(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    voter = voter_of(make_vote(), "101").id
    for name in ("owner", "co_owner"):
        client.sign_in(name)
        client.submit(f"/voters/{voter}/ballot", {"choice": ["for", "abstain"], "once": name})
    assert odds(world, "owner") == []


def test_who_does_not_vote_himself_finds_the_way_before_he_has_voted(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    voter = voter_of(vote, "101").id
    shown = page(client, vote, "owner")
    assert f'href="/voters/{voter}/proxies"' in shown
    assert f'href="/voters/{voter}/speakers"' in shown
    single = page(client, vote, "chair")
    assert "/proxies" in single
    assert "/speakers" not in single


def test_a_tenant_reads_that_he_may_speak_and_not_vote(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    shown = page(client, make_vote(), "tenant")
    assert "您登记的是租户" in shown
    assert "这次表决只有业主能投" in shown
    assert '<form class="slip"' not in shown


def test_a_visitor_is_asked_to_sign_in(world: World, make_vote: MakeVote, client: Client) -> None:
    assert "登录后看您有没有票" in page(client, make_vote(), "visitor")


def test_co_owners_who_settled_on_one_read_on_whom(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    with transaction():
        speaker_of(world, vote, "owner").designated = True
    assert "这一票由王秀兰投" in page(client, vote, "co_owner")


def test_past_the_hour_there_is_no_paper(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(closes_at=NOW - timedelta(minutes=1))
    assert "等公开唱票计票" in page(client, vote, "chair")


@pytest.mark.parametrize("state", [s for s in VoteState if s not in (*PREPARED, *RESULT_POSTED)])
@pytest.mark.parametrize("name", ["owner", "tenant", "secretary", "visitor"])
def test_everybody_gets_a_page_in_every_state(
    make_vote: MakeVote, client: Client, state: VoteState, name: str
) -> None:
    page(client, make_vote(state=state), name)


@pytest.mark.parametrize("state", RESULT_POSTED)
def test_once_counted_the_result_is_the_page(make_vote: MakeVote, client: Client, state: VoteState) -> None:
    vote = make_vote(state=state)
    answer = client.sign_in("owner").get(f"/owners-votes/{vote.id}")
    assert answer.headers["Location"] == f"/owners-votes/{vote.id}/result"


def test_staff_read_no_choice_and_no_paper(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    voter = voter_of(vote, "201").id
    client.sign_in("chair")
    client.submit(f"/voters/{voter}/ballot", {"choice": ["for", "against"], "once": "a"})
    client.sign_in("worker")
    for path in (f"/voters/{voter}", f"/voters/{voter}/receipt", f"/voters/{voter}/change"):
        assert client.get(path).status_code == 403


def test_strangers_find_nothing(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    client.sign_in("neighbour")
    assert client.get(f"/owners-votes/{vote.id}").status_code == 404
    assert client.get(f"/voters/{voter_of(vote, '201').id}").status_code == 404


def test_the_page_is_read_in_few_queries(
    world: World, make_vote: MakeVote, client: Client, statements: Statements
) -> None:
    vote = make_vote()
    page(client, vote, "owner")
    del statements[:]
    page(client, vote, "owner")
    assert len(statements) <= BUDGET, statements


def test_an_open_vote_waits_for_its_owners(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    client.sign_in("chair")
    assert f"/owners-votes/{vote.id}" in client.get("/").text
    client.submit(f"/voters/{voter_of(vote, '201').id}/ballot", {"choice": ["for", "for"], "once": "a"})
    assert f"/owners-votes/{vote.id}" not in client.get("/").text


def test_the_page_speaks_english(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    client.sign_in("owner")
    with client.session_transaction() as session:
        session["lang"] = "en"
    assert client.get(f"/owners-votes/{vote.id}").status_code == 200
