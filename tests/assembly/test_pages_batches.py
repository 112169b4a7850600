"""Reading papers in, on pages."""

import re

import sqlalchemy as sa

from portal.assembly.actions.casting import cast_ballot
from portal.assembly.box import AtVoter
from portal.assembly.models.box import OwnerBallot
from portal.assembly.models.papers import Batch
from portal.assembly.words import BatchState
from portal.core.db import db
from tests.assembly.conftest import MakeVote, voter_of
from tests.conftest import Client
from tests.world import World


def slip(ticket: str, *words: str) -> dict[str, str]:
    said = {f"choice-{n}": w for n, w in enumerate(words)}
    return {"ticket": ticket, "matters": str(len(words)), **said}


def test_two_people_read_a_batch(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    client.sign_in("worker")
    address = f"/owners-votes/{vote.id}/batches"
    assert "还没有录过纸质票" in client.get(address).text
    assert client.submit(address, {"received_at": "2026-06-17T09:00", "once": "a"}).status_code == 422
    done = client.submit(address, {"received_at": "2026-06-16T09:00", "once": "a"})
    batch = done.headers["Location"]
    assert "/hand-over" not in client.get(batch).text
    refused = client.submit(f"{batch}/hand-over")
    assert (refused.status_code, "一张票也没有录" in refused.text) == (409, True)
    assert client.submit(f"{batch}/slips", slip("77", "for", "against")).status_code == 422
    assert client.submit(f"{batch}/slips", slip("2", "for")).status_code == 422
    assert client.submit(f"{batch}/slips", slip("2", "for", "")).status_code == 422
    assert client.submit(f"{batch}/slips", slip("2", "for", "none")).status_code == 303
    assert "没有选" in client.get(batch).text
    client.submit(f"{batch}/hand-over")
    assert "请另一个人来录" in client.get(batch).text
    client.sign_in("secretary")
    assert "纸质票等第二个人录" in client.get("/desk").text
    second = client.get(batch).text
    assert "第二遍" in second
    assert "没有选" not in second
    back = client.submit(f"{batch}/checks", slip("4", "for", "for"))
    assert back.status_code == 422
    assert "这一批里没有这张票" in back.text
    client.submit(f"{batch}/checks", slip("2", "for", "against"))
    assert db.session.scalar(sa.select(Batch.state)) is BatchState.THIRD
    client.sign_in("chair")
    third = client.get(batch).text
    assert "看票裁定" in third
    assert "第 1 遍：" in third.replace("\u00a0", " ")
    client.submit(f"{batch}/checks", slip("2", "for", "against"))
    assert db.session.scalar(sa.select(OwnerBallot.choices)) == "for,against"
    shown = client.get(batch).text
    assert "已经进票箱" in shown
    assert "已入票箱（其中 1 张由第三个人裁定）" in shown.replace("\u00a0", " ")
    assert "不同意" not in shown
    assert "第 1 批" in client.get(address).text.replace("\u00a0", " ")


def test_a_slip_is_taken_out_and_somebody_else_goes_on(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    client.sign_in("worker")
    started = client.submit(
        f"/owners-votes/{vote.id}/batches", {"received_at": "2026-06-16T09:00", "once": "a"}
    )
    batch = started.headers["Location"]
    for ticket in ("2", "4"):
        client.submit(f"{batch}/slips", slip(ticket, "for", "for"))
    page = client.get(batch).text
    assert page.count("/removals") >= 2
    voter = page.split('name="voter" value="')[1].split('"')[0]
    client.submit(f"{batch}/removals", {"voter": voter})
    client.submit(f"{batch}/hand-over")
    client.sign_in("secretary")
    client.submit(f"{batch}/turn")
    client.sign_in("chair")
    assert "我来录" in client.get(batch).text
    client.submit(f"{batch}/turn")
    client.submit(f"{batch}/checks", slip("4", "for", "for"))
    assert db.session.scalar(sa.select(Batch.state)) is BatchState.AGREED


def test_neighbours_see_no_batch(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    client.sign_in("worker")
    started = client.submit(
        f"/owners-votes/{vote.id}/batches", {"received_at": "2026-06-16T09:00", "once": "a"}
    )
    for name, status in (("owner", 404), ("neighbour", 404)):
        client.sign_in(name)
        assert client.get(started.headers["Location"]).status_code == status


def test_of_co_owners_it_is_asked_who_signed(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    client.sign_in("worker")
    batch = client.submit(
        f"/owners-votes/{vote.id}/batches", {"received_at": "2026-06-16T09:10", "once": "b"}
    ).headers["Location"]
    read = {"ticket": "1", "matters": "2", "choice-0": "for", "choice-1": "against", "once": "s"}
    asked = client.submit(f"{batch}/slips", read)
    assert asked.status_code == 422
    assert "共有人都签了字" in asked.text
    assert "只有王芳签了" in asked.text
    assert client.submit(f"{batch}/slips", read | {"signed": "0"}).status_code == 303


def test_whose_paper_it_is_stands_there_before_it_is_sent(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    home = AtVoter(voter_of(vote, "101").id)
    cast_ballot(world.owner, home, choices=("for", "for"), once="screen")
    start = f"/owners-votes/{vote.id}/batches"
    first = client.sign_in("worker").submit(start, {"received_at": "2026-06-16T09:10", "once": "b"})
    batch = first.headers["Location"]
    shown = client.fragment(f"{batch}?ticket=1", "whose").text
    for words in ("能签字的", "王芳", "共有人都签了字", "王秀兰</b>", "在手机上投了"):
        assert words in shown
    assert "同意" not in shown
    assert "没有这个票号" in client.fragment(f"{batch}?ticket=99", "whose").text
    read = {"ticket": "1", "matters": "2", "choice-0": "for", "choice-1": "against"}
    (signed,) = re.findall(r'value="(\d+)"[^>]*><[^>]*><b>只有王芳签了', shown)
    client.submit(f"{batch}/slips", {**read, "signed": signed, "once": "s"})
    again = client.get(f"{batch}?ticket=1").text  # without scripts too
    assert "纸质票：第 1 批有一张，只有王芳签了，还没录完" in again.replace("\u00a0", " ")
    client.submit(f"{batch}/hand-over")
    other = client.sign_in("secretary").submit(start, {"received_at": "2026-06-16T09:10", "once": "c"})
    beside = client.fragment(f"{other.headers['Location']}?ticket=1", "whose").text.replace("\u00a0", " ")
    assert "第 1 批有一张，还没录完" in beside  # he may be the one who reads it again
    assert "第 1 批" not in client.fragment(f"{batch}?ticket=1", "whose").text.replace("\u00a0", " ")
