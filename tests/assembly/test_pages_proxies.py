"""Pages of letters and speakers."""

import io
import re
from dataclasses import replace

import sqlalchemy as sa

from portal.assembly.models.box import OwnerBallot
from portal.assembly.models.papers import Proxy
from portal.assembly.models.rolls import Speaker
from portal.assembly.words import ProxyState
from portal.core import clock
from portal.core.db import db
from portal.core.waiting import waiting_for
from tests.assembly.conftest import CLOSES, MakeVote, speaker_of, voter_of
from tests.assembly.letters import accepted, letter, phone_of, photo
from tests.conftest import Client
from tests.world import World


def test_an_owner_hands_in_a_letter_and_staff_check_it(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    address = f"/voters/{voter_of(vote, '201').id}/proxies"
    client.sign_in("chair")
    assert client.get(address).status_code == 200
    said = {
        "agent_name": "赵强",
        "phone": phone_of("tenant"),
        "matters": ["0", "1"],
        "once": "a",
        "declared": "y",
    }
    back = client.submit(address, said)
    assert back.status_code == 422
    assert "请拍一张委托书的照片" in back.text
    upload = (io.BytesIO(photo()), "委托书.jpg")
    done = client.submit(address, {**said, "letter": upload}, content_type="multipart/form-data")
    proxy = db.session.scalars(sa.select(Proxy)).one()
    assert done.headers["Location"] == f"/proxies/{proxy.id}"
    client.sign_in("secretary")
    shown = client.get(f"/proxies/{proxy.id}").text
    picture = re.search(r'href="(/proxies/\d+/files/\d+/full)"', shown)
    assert picture
    assert client.get(picture[1]).status_code == 200
    assert client.submit(f"/proxies/{proxy.id}/refusal", {"reason": ""}).status_code == 422
    client.submit(f"/proxies/{proxy.id}/acceptance", {})
    assert db.session.get_one(Proxy, proxy.id).state is ProxyState.ACCEPTED


def test_an_agent_votes_in_three_taps(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    proxy = accepted(world, vote, "chair", "201", matters=(1,))
    client.sign_in("tenant")
    assert f"/proxies/{proxy.id}" in client.get("/").text
    assert "请您代投的" in client.get(f"/owners-votes/{vote.id}").text
    paper = client.get(f"/proxies/{proxy.id}").text
    assert 'name="choice-1"' in paper
    assert 'name="choice-0"' not in paper
    review = client.submit(f"/proxies/{proxy.id}/review", {"matters": "2", "choice-1": "against"}).text
    said = re.findall(r'name="choice" value="([^"]*)"', review)
    once = re.search(r'name="once" value="([^"]*)"', review)
    assert once
    client.submit(f"/proxies/{proxy.id}/ballot", {"choice": said, "once": once[1]})
    assert db.session.scalar(sa.select(OwnerBallot.choices)) == ",against"
    assert "代投的票已经投出" in client.get(f"/proxies/{proxy.id}").text
    client.sign_in("chair")
    other = client.get(f"/proxies/{proxy.id}").text
    assert "代投的票已经投出" in other
    assert " checked" not in other


def test_neighbours_do_not_see_a_letter(world: World, make_vote: MakeVote, client: Client) -> None:
    proxy = letter(world, make_vote(), "chair", "201")
    for name, status in (("owner", 404), ("neighbour", 404), (None, 404)):
        client.sign_in(name)
        assert client.get(f"/proxies/{proxy.id}").status_code == status


def test_the_list_of_letters_and_its_file(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    letter(world, vote, "chair", "201")
    client.sign_in("worker")
    assert "赵强" in client.get(f"/owners-votes/{vote.id}/proxies").text
    assert "赵强" in client.get(f"/owners-votes/{vote.id}/proxies?format=csv").text
    client.sign_in("owner")
    assert client.get(f"/owners-votes/{vote.id}/proxies").status_code == 403


def test_a_letter_is_taken_back(world: World, make_vote: MakeVote, client: Client) -> None:
    proxy = letter(world, make_vote(), "chair", "201")
    client.sign_in("chair")
    client.submit(f"/proxies/{proxy.id}/revocation", {})
    assert "委托人收回了" in client.get(f"/proxies/{proxy.id}").text


def test_a_letter_that_came_late_for_its_check_waits_for_nobody(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    proxy = letter(world, make_vote(), "chair", "201")
    client.sign_in("secretary")
    assert "/acceptance" in client.get(f"/proxies/{proxy.id}").text
    assert "review_proxy" in {w.kind for w in waiting_for(world.secretary)}
    with clock.frozen(CLOSES):
        assert "/acceptance" not in client.get(f"/proxies/{proxy.id}").text
        assert "review_proxy" not in {w.kind for w in waiting_for(replace(world.secretary, now=CLOSES))}
        assert client.submit(f"/proxies/{proxy.id}/acceptance", {}).status_code == 403


def test_owners_of_the_home_are_told_of_a_letter_that_somebody_else_handed_in_and_take_it_back(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    proxy = letter(world, make_vote(), "worker", "101")
    assert [w.kind for w in waiting_for(world.owner) if "proxy" in w.kind] == ["proxy_given"]
    assert [w.kind for w in waiting_for(world.tenant) if w.kind == "proxy_given"] == []
    client.sign_in("owner")
    assert "收回委托" in client.get(f"/proxies/{proxy.id}").text
    client.submit(f"/proxies/{proxy.id}/revocation", {})
    assert db.session.get_one(Proxy, proxy.id, populate_existing=True).state is ProxyState.REVOKED
    assert [w.kind for w in waiting_for(world.owner) if "proxy" in w.kind] == []


def test_co_owners_settle_on_one(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    address = f"/voters/{voter_of(vote, '101').id}/speakers"
    other = speaker_of(world, vote, "co_owner").id
    client.sign_in("owner")
    offered = client.get(address).text
    assert f'value="{other}"' in offered
    assert "各投各的" not in offered
    client.submit(address, {"speaker": str(other)})
    assert db.session.get_one(Speaker, other).designated
    assert client.submit(address, {"speaker": ""}).status_code == 422


def test_staff_enter_whom_a_company_sends(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    address = f"/voters/{voter_of(vote, 'shop').id}/speakers"
    client.sign_in("worker")
    assert client.get(address).status_code == 200
    said = {"name": "孙朝晖", "capacity": "representative", "phone": phone_of("merchant")}
    assert client.submit(f"{address}/new", {**said, "phone": "19900009999"}).status_code == 422
    assert "单位盖章的委派书" in client.submit(f"{address}/new", said).text
    client.submit(f"{address}/new", {**said, "letter": (io.BytesIO(photo()), "letter.jpg")})
    assert "委派书：孙朝晖" in client.get(address).text
    client.sign_in("merchant")
    assert "/review" not in client.get(f"/owners-votes/{vote.id}").text
    one = db.session.scalars(sa.select(Speaker.id).where(Speaker.user_id == world.ids["merchant"])).one()
    client.sign_in("secretary").submit(f"/speakers/{one}/confirmation", {})
    client.sign_in("merchant")
    assert "/review" in client.get(f"/owners-votes/{vote.id}").text


def test_staff_say_whose_guardian_somebody_is(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    address = f"/voters/{voter_of(vote, '101').id}/speakers"
    whose = speaker_of(world, vote, "co_owner").owner_id
    client.sign_in("worker")
    assert "替哪一位共有人" in client.get(address).text
    said = {"name": "赵强", "capacity": "guardian", "phone": phone_of("tenant")}
    assert "请选他替哪一位共有人投。" in client.submit(f"{address}/new", said).text
    told = {**said, "for_owner": str(whose), "letter": (io.BytesIO(photo()), "letter.jpg")}
    assert client.submit(f"{address}/new", told).status_code == 303
    assert "替王芳" in client.get(address).text
    alone = f"/voters/{voter_of(vote, '201').id}/speakers"
    assert "替哪一位共有人" not in client.get(alone).text


def test_an_agent_without_an_account_is_said_plainly(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    address = f"/voters/{voter_of(vote, '201').id}/proxies"
    said = {"agent_name": "周代理", "phone": "19900009999", "matters": ["0"], "once": "a"}
    form = client.sign_in("chair").get(address).text
    assert "代理人不是物业公司的人" in form
    assert f"/owners-votes/{vote.id}/prints/letter" in form
    upload = {"letter": (io.BytesIO(photo()), "委托书.jpg")}
    back = client.submit(address, {**said, **upload}, content_type="multipart/form-data")
    assert back.status_code == 422
    upload = {"letter": (io.BytesIO(photo()), "委托书.jpg")}
    done = client.submit(
        address,
        {**said, **upload, "declared": "y"},
        content_type="multipart/form-data",
        follow_redirects=True,
    ).text
    assert "代理人有账号的用手机就能投，没有账号的投纸质票" in done  # the same for a number with an account
    assert "是纸质代理人" in done
    assert "纸质代理人" in client.sign_in("worker").get(f"/owners-votes/{vote.id}/proxies").text


def test_a_blank_letter_carries_the_declaration(make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    assert "代理人不是本小区物业公司的工作人员" in client.get(f"/owners-votes/{vote.id}/prints/letter").text
