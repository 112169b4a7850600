"""Homes that change hands while people vote, on pages."""

from portal.assembly.words import VoteState
from tests.assembly.conftest import MakeVote
from tests.assembly.papers import put_in
from tests.assembly.test_actions_changes import REASON, amended, under
from tests.assembly.test_actions_convening import sell
from tests.assembly.test_actions_pictures import in_state
from tests.assembly.test_pages_evidence import fetch, table
from tests.assembly.test_pages_pictures import upload
from tests.conftest import Client
from tests.world import World


def test_a_convener_is_led_from_the_checklist_to_the_form(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    page = f"/owners-votes/{vote.id}/roll/changes"
    client.sign_in("chair")
    assert "去登记过户" not in client.get(f"/owners-votes/{vote.id}/checklist").text
    assert "没有要登记的" in client.get(page).text
    sell(world, "101", "李新")
    assert page in client.get(f"/owners-votes/{vote.id}/checklist").text
    form = f"{page}/units/{world.ids['101']}"
    assert form in client.get(page).text
    shown = client.get(form).text
    assert "这一票改由新业主投" in shown
    assert client.submit(form, {"reason": "", "proof": [upload()]}).status_code == 422
    assert client.submit(form, {"reason": REASON, "proof": []}).status_code == 422
    assert client.submit(form, {"reason": REASON, "proof": [upload()]}).status_code == 303
    listed = client.get(page).text
    assert "打印新业主的票" in listed
    assert "没有要登记的" in listed
    roll = client.get(f"/owners-votes/{vote.id}/roll").text
    assert REASON in roll
    assert "李新" in roll
    assert client.get(form).status_code == 404


def test_what_becomes_of_a_ballot_is_said(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    put_in(vote, "101", "for,for")
    sell(world, "101", "李新")
    form = f"/owners-votes/{vote.id}/roll/changes/units/{world.ids['101']}"
    assert "原业主已经投过这一票" in client.sign_in("secretary").get(form).text
    assert client.submit(form, {"reason": REASON, "proof": [upload()]}).status_code == 303
    assert "原业主投过的票照算" in client.get(f"/owners-votes/{vote.id}/roll/changes").text


def test_who_may_read_it(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    sell(world, "101", "李新")
    done = amended(world, vote, "101")
    page = f"/owners-votes/{vote.id}/roll/changes"
    statuses = {"worker": 200, "owner": 403, "manager": 403, "visitor": 303, "other_secretary": 404}
    for who, status in statuses.items():
        client.sign_in(None if who == "visitor" else who)
        assert client.get(page).status_code == status, who
    assert f"{page}/{done.id}/files/" in client.sign_in("worker").get(page).text


def test_the_new_owners_paper_is_printed_by_its_number(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote(VoteState.NOTICE)
    sell(world, "101", "李新")
    amended(world, vote, "101")
    number = under(vote, world, "101").number
    client.sign_in("secretary")
    printed = client.get(f"/owners-votes/{vote.id}/prints/ballots?after={number - 1}").text
    assert "李新" in printed
    assert "王秀兰" not in client.get(f"/owners-votes/{vote.id}/prints/ballots").text


def test_the_evidence_holds_it(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(VoteState.OPEN)
    sell(world, "101", "李新")
    amended(world, vote, "101")
    in_state(vote, VoteState.PRELIMINARY)
    pack = fetch(client, vote)
    assert table(pack, "01-roll/changes.csv")[0]["新票号"] == "6"
    assert any(name.startswith("01-roll/changes/") for name in pack.namelist())
