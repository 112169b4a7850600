"""The pages in the room: door, room, wall, the clerk's laptop; with scripts and without."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from portal.accounts.models import User
from portal.core import clock, door
from portal.core.db import db, transaction
from portal.core.scanning import scan_of
from portal.meetings.actions import motions, turns
from portal.meetings.hands import Rule
from portal.meetings.models import Meeting
from portal.meetings.room import Motion, ParkedNote, Turn
from portal.meetings.speaking import Stance
from portal.meetings.tally import Choice
from portal.meetings.words import MeetingState, MotionState
from tests.conftest import Client, Statements
from tests.meetings.conftest import come, invitation_of, items_of, moved
from tests.world import World


def soup(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")


def text(reply: Any, selector: str) -> str:
    return " ".join(found.text for found in soup(reply).select(selector))


def refresh() -> None:
    db.session.expire_all()


def test_a_meeting_with_one_laptop_and_without_scripts(
    client: Client, world: World, evening: Meeting
) -> None:
    """From the door to the end, nobody but the clerk has a device."""
    place = f"/meetings/{evening.id}"
    ids = {
        name: invitation_of(evening, world.ids[name]).id
        for name in ("chair", "manager", "secretary", "owner")
    }
    client.sign_in("worker")
    assert "业委会到的人不够" in text(client.get(f"{place}/door"), "#door .alert")
    waiting = client.get(f"{place}/clerk")
    assert "业委会到的人不够" in text(waiting, "#live .alert"), "the clerk's page says what it waits for"
    assert "还没有人到" in text(waiting, "#live")
    assert not soup(waiting).select("form[action$='/opening']")
    for name in ("chair", "secretary", "owner"):
        assert client.submit(f"{place}/arrivals/{ids[name]}").status_code == 303
    assert client.submit(f"{place}/arrivals/{ids['manager']}", {"substitute": "小周"}).status_code == 303
    assert client.submit(f"{place}/guests", {"who": "路过的老李", "side": "other"}).status_code == 303
    shown = client.get(f"{place}/door")
    assert "到会 5 人" in text(shown, "#h-light")
    assert soup(client.get(f"{place}/clerk")).select("form[action$='/opening']"), "and then it has the button"
    assert client.submit(f"{place}/opening").location == f"{place}/clerk"
    item = items_of(evening)[1]
    assert client.submit(f"{place}/agenda/items/{item.id}/turn").status_code == 303
    for name, stance in (("owner", "for"), ("chair", "for"), ("manager", "against")):
        assert (
            client.submit(f"{place}/speakers", {"invitation_id": ids[name], "stance": stance}).status_code
            == 303
        )
    order = [t.text for t in soup(client.get(f"{place}/clerk")).select("#live ol.rows .row__title")]
    assert order == ["王秀兰", "小周", "顾建平"]
    first = db.session.scalars(sa.select(Turn).order_by(Turn.id)).first()
    assert first
    for step in ("turn", "end"):
        assert client.submit(f"{place}/speakers/{first.id}/{step}").status_code == 303
    stake = {"invitation_id": ids["secretary"], "what": "施工队是亲戚开的"}
    assert client.submit(f"{place}/stakes", stake).status_code == 303
    given = {"text": "九月底前换成塑木板", "moved_by_id": ids["owner"], "amends_id": 0, "once": "m"}
    for _ in range(2):
        assert client.submit(f"{place}/motions", given).status_code == 303
    motion = db.session.scalars(sa.select(Motion)).one()
    one = f"/motions/{motion.id}"
    client.submit(f"{one}/seconder", {"invitation_id": ids["chair"]})
    client.submit(f"{one}/putting")
    over = client.submit(f"{one}/count", {"n_for": "4", "n_against": "0", "n_abstain": "0"})
    assert over.status_code == 422
    assert "只有 3 人" in text(over, "#hands .alert")
    client.submit(f"{one}/count", {"n_for": "2", "n_against": "1", "n_abstain": "0"})
    assert client.submit(f"{one}/decision").status_code == 303
    assert "赞成 2，反对 1，弃权 0" in text(client.get(f"{place}/motions"), f"#motion-{motion.id}")
    for _ in range(2):
        client.submit(f"{place}/notes", {"text": "东门的路灯", "once": "n"})
    note = db.session.scalars(sa.select(ParkedNote)).one()
    topic = {"title": "东门换路灯", "category": "repair", "place_id": world.ids["estate"]}
    assert "/topics/" in client.submit(f"{place}/notes/{note.id}/topic", topic).location
    assert client.submit(f"{place}/closing").location.startswith("/minutes/")
    refresh()
    assert db.session.get_one(Meeting, evening.id).state is MeetingState.CLOSED
    assert "开完了" in text(client.sign_in("visitor").get(place), ".byline")


def test_coming_with_the_code_on_the_wall(
    client: Client, world: World, evening: Meeting, application: Flask
) -> None:
    place = f"/meetings/{evening.id}"
    wall = soup(client.sign_in("worker").get(f"{place}/wall"))
    code = wall.select_one(".wall__code").text  # type: ignore[union-attr]
    assert code.replace(" ", "") == door.code(
        application.config["SECRET_KEY"], f"meeting:{evening.id}", clock.now()
    )
    assert str(wall.select_one("img.wall__qr")["src"]).startswith("data:image/svg")  # type: ignore[index]
    page = soup(client.sign_in("owner").get(f"{place}/check-in?code=123456"))
    assert page.select_one("#code")["value"] == "123456"  # type: ignore[index]
    assert client.submit(f"{place}/check-in", {"code": "000000"}).status_code == 422
    assert client.submit(f"{place}/check-in", {"code": code}).location == f"{place}/room"
    card = page.select_one("section .wall__code").text  # type: ignore[union-attr]
    client.sign_in("worker")
    assert client.submit(f"{place}/cards", {"card": "1-000000"}).status_code == 422
    assert client.submit(f"{place}/cards", {"card": card}).status_code == 303
    assert invitation_of(evening, world.ids["owner"]).present


def test_before_the_opening_the_code_is_what_the_wall_is_for(
    client: Client, world: World, evening: Meeting
) -> None:
    place = f"/meetings/{evening.id}"
    client.sign_in("worker")
    before = soup(client.get(f"{place}/wall"))
    first = before.select_one(".wall--before > :first-child")
    assert first
    assert first.select_one("img.wall__qr")
    come(world, evening, "chair", "manager", "secretary", "owner")
    client.submit(f"{place}/opening")
    during = soup(client.get(f"{place}/wall"))
    assert not during.select(".wall--before")
    assert len(during.select("img.wall__qr")) == 1


def test_the_picture_of_a_code_leads_whoever_stands_at_the_door_to_one_button(
    client: Client, world: World, evening: Meeting, application: Flask
) -> None:
    place = f"/meetings/{evening.id}"
    page = soup(client.sign_in("owner").get(f"{place}/check-in"))
    card = page.select_one("section .wall__code").text  # type: ignore[union-attr]
    scan = f"{place}/door?card={card}"
    with application.test_request_context():
        assert page.select_one("section img.wall__qr")["src"] == scan_of(scan).picture  # type: ignore[index]
    assert client.get(scan).status_code == 403
    found = soup(client.sign_in("worker").get(scan))
    form = found.select_one(f'form[action="{place}/cards"]')
    assert form
    assert form.select_one("[name=card]")["value"] == card  # type: ignore[index]
    assert client.submit(f"{place}/cards", {"card": card}).status_code == 303
    assert invitation_of(evening, world.ids["owner"]).present


def test_codes_are_not_guessed(client: Client, evening: Meeting) -> None:
    client.sign_in("tenant")
    tried = [client.submit(f"/meetings/{evening.id}/check-in", {"code": "1"}).status_code for _ in range(11)]
    assert tried == [422] * 10 + [429]


def test_a_phone_in_the_room(client: Client, world: World, open_: Meeting) -> None:
    place = f"/meetings/{open_.id}"
    client.sign_in("owner")
    page = soup(client.get(f"{place}/room"))
    assert "利害关系" in page.select_one("#live").text  # type: ignore[union-attr]
    assert client.submit(f"{place}/room/turn", {"stance": "for"}).status_code == 409, "first the stake"
    client.submit(f"{place}/room/stake", {"none": "1"})
    assert client.submit(f"{place}/room/turn", {"stance": "for"}).status_code == 303
    assert "您举着手" in text(client.get(f"{place}/room"), "#h-me ~ p")
    client.submit(f"{place}/room/turn/withdrawal")
    motion = moved(world, open_)
    client.sign_in("chair")
    client.submit(f"{place}/room/stake", {"none": "1"})
    assert client.submit(f"/motions/{motion.id}/seconding").status_code == 303
    client.sign_in("secretary")
    assert client.submit(f"/motions/{motion.id}/putting").status_code == 303
    client.sign_in("chair")
    assert client.submit(f"/motions/{motion.id}/hand", {"choice": "for"}).status_code == 303
    pressed = soup(client.get(f"{place}/room")).select('.livebar [aria-pressed="true"]')
    assert [button.text for button in pressed] == ["赞成"]
    client.submit(f"{place}/room/notes", {"text": "快递柜太少", "once": "n"})
    assert db.session.scalars(sa.select(ParkedNote)).one().invitation_id


def test_what_stands_in_the_way_is_said_beside_the_clerks_button(
    client: Client, world: World, open_: Meeting
) -> None:
    place = f"/meetings/{open_.id}"
    ids = {name: invitation_of(open_, world.ids[name]).id for name in ("owner", "chair", "manager")}
    motion = moved(world, open_)
    amendment = moved(world, open_, "十月底前", amends_id=motion.id)
    client.sign_in("worker")
    page = client.get(f"{place}/motions")
    offered = [o["value"] for o in soup(page).select(f"#second-{motion.id} option")]
    assert str(ids["chair"]) in offered
    assert str(ids["owner"]) not in offered, "nobody seconds what he moved"
    own = client.submit(f"/motions/{motion.id}/seconder", {"invitation_id": ids["owner"]})
    assert own.status_code == 409
    assert "自己提的动议要别人来附议" in text(own, f"#motion-{motion.id} .alert")
    client.submit(f"/motions/{motion.id}/seconder", {"invitation_id": ids["chair"]})
    page = client.get(f"{place}/motions")
    assert "先定修改的提法" in text(page, f"#motion-{motion.id}")
    assert not soup(page).select(f'form[action="/motions/{motion.id}/putting"]')
    early = client.submit(f"/motions/{motion.id}/putting")
    assert early.status_code == 409
    assert "请先定修改" in text(early, f"#motion-{motion.id} .alert")
    client.submit(f"/motions/{amendment.id}/withdrawal")
    client.submit(f"/motions/{motion.id}/putting")
    client.submit(f"/motions/{motion.id}/count", {"n_for": "4", "n_against": "0", "n_abstain": "0"})
    client.submit(f"{place}/departures/{ids['manager']}")
    client.submit(f"{place}/departures/{ids['owner']}")
    page = client.get(f"{place}/motions")
    assert "还有 0 人没有表态" in text(page, "#hands")
    assert "来过，走了" in text(page, "aside")
    over = client.submit(f"/motions/{motion.id}/decision")
    assert over.status_code == 422
    assert "数了 4 只手" in text(over, "#hands #refused")


def test_what_is_said_is_written_down_meanwhile_and_begins_the_minutes(
    client: Client, world: World, open_: Meeting
) -> None:
    place = f"/meetings/{open_.id}"
    ids = {name: invitation_of(open_, world.ids[name]).id for name in ("owner", "manager")}
    client.sign_in("worker")
    client.submit(f"{place}/speakers", {"invitation_id": ids["owner"], "stance": "for"})
    turn = db.session.scalars(sa.select(Turn)).one()
    client.submit(f"{place}/speakers/{turn.id}/turn")
    form = soup(client.get(f"{place}/clerk")).select_one("#sayings form")
    assert form
    assert form.select_one("#said-who option[selected]")["value"] == str(ids["owner"])  # type: ignore[index]
    given = {"invitation_id": ids["owner"], "stance": "for", "said": "松了三处，老人摔过。"}
    for _ in range(2):
        assert client.submit(f"{place}/sayings", given).status_code == 303
    client.submit(f"{place}/sayings", {**given, "said": "先修再换。"})
    more = {"invitation_id": ids["manager"], "stance": "question", "said": "钱从哪里出？"}
    client.submit(f"{place}/sayings", more)
    assert client.submit(f"{place}/sayings", {**more, "said": "字" * 600}).status_code == 422
    assert "先修再换" in text(client.get(f"{place}/clerk"), "#sayings li")
    minutes = client.get(client.submit(f"{place}/closing").location)
    assert "居民（赞成）：松了三处，老人摔过。先修再换。" in minutes.text
    assert "物业（提问）：钱从哪里出？" in minutes.text


def test_nobody_closes_a_meeting_by_a_slip(client: Client, world: World, put: Motion, open_: Meeting) -> None:
    place = f"/meetings/{open_.id}"
    client.sign_in("worker")
    shown = soup(client.get(f"{place}/clerk"))
    assert not [f for f in shown.select(f'form[action="{place}/closing"]') if not f.find_parent("dialog")]
    assert "正在表态" in shown.select_one("#live").text  # type: ignore[union-attr]
    early = client.submit(f"{place}/closing")
    assert early.status_code == 409
    assert "请先点清结果" in text(early, "#closing .alert")


def test_names_stay_open_from_hand_to_hand(client: Client, world: World, put: Motion, open_: Meeting) -> None:
    client.sign_in("worker")
    page = f"/meetings/{open_.id}/motions"
    assert not soup(client.get(page)).select("#hands details[open]")
    asked = invitation_of(open_, world.ids["chair"]).id
    after = client.submit(f"/motions/{put.id}/hands/{asked}", {"choice": "for"}).location
    assert soup(client.get(after)).select("#hands details[open]")


def test_the_question_that_opens_the_vote_stands_in_its_box(
    client: Client, world: World, put: Motion, open_: Meeting
) -> None:
    place = f"/meetings/{open_.id}"
    client.sign_in("owner")
    shown = soup(client.get(f"{place}/room"))
    assert shown.select_one('.livebar form[action$="/room/stake"]')
    assert len(shown.select("#what")) == 1
    client.submit(f"{place}/room/stake", {"none": "1"})
    shown = soup(client.get(f"{place}/room"))
    assert len(shown.select(".livebar__btns")) == 1, (
        "one row of buttons: hands, and nothing that looks like them"
    )
    assert not shown.select('form[action$="/room/turn"]')


def test_a_stake_is_told_on_the_phone(client: Client, world: World, put: Motion, open_: Meeting) -> None:
    place = f"/meetings/{open_.id}"
    client.sign_in("owner")
    client.submit(f"{place}/room/stake", {"what": ""})
    assert "利害关系吗" in text(client.get(f"{place}/room"), "#live"), "nothing was said"
    client.submit(f"{place}/room/stake", {"what": "施工队是亲戚开的"})
    page = client.get(f"{place}/room")
    assert "回避" in text(page, "#live")
    assert not soup(page).select(".livebar button")
    assert client.submit(f"/motions/{put.id}/hand", {"choice": "for"}).status_code == 409


def test_who_is_not_there_is_offered_to_check_in(client: Client, put: Motion, open_: Meeting) -> None:
    page = soup(client.sign_in("tenant").get(f"/meetings/{open_.id}/room"))
    assert page.select_one("#live a[href$='/check-in']")
    assert not page.select("#live button")
    assert not soup(client.sign_in("visitor").get(f"/meetings/{open_.id}/room")).select(
        "#live button, #live a[href$='/check-in']"
    )


def test_a_page_that_is_up_to_date_costs_next_to_nothing(
    client: Client, world: World, put: Motion, open_: Meeting, statements: Statements
) -> None:
    client.sign_in("owner")
    shown = soup(client.get(f"/meetings/{open_.id}/room")).select_one("#live")
    assert shown
    address = str(shown["hx-get"])
    del statements[:]
    reply = client.fragment(address, "live")
    assert (reply.status_code, reply.data) == (204, b"")
    assert len(statements) <= 2, list(statements)
    motions.enter_hand(
        world.secretary, put, invitation_id=invitation_of(open_, world.ids["owner"]).id, choice=Choice.FOR
    )
    changed = client.fragment(address, "live")
    assert changed.status_code == 200
    assert soup(changed).select_one("#live")["hx-get"] != address  # type: ignore[index]
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        again = str(soup(changed).select_one("#live")["hx-get"])  # type: ignore[index]
        assert client.fragment(again, "live").status_code == 200, "each minute for its clocks"


def test_the_clerk_sees_hands_come_in(client: Client, world: World, put: Motion, open_: Meeting) -> None:
    client.sign_in("secretary")
    shown = soup(client.get(f"/meetings/{open_.id}/motions")).select_one("#shown_hands")
    assert shown
    assert client.fragment(str(shown["hx-get"]), "shown_hands").status_code == 204
    who = invitation_of(open_, world.ids["owner"]).id
    assert client.submit(f"/motions/{put.id}/hands/{who}", {"choice": "against"}).status_code == 303
    assert client.fragment(str(shown["hx-get"]), "shown_hands").status_code == 200
    speaker = turns.enter_speaker(world.secretary, open_, invitation_id=who, stance=Stance.QUESTION)
    live = soup(client.get(f"/meetings/{open_.id}/clerk")).select_one("#live")
    assert live
    assert client.fragment(str(live["hx-get"]), "live").status_code == 204
    client.submit(f"/meetings/{open_.id}/speakers/{speaker.id}/removal")
    assert client.fragment(str(live["hx-get"]), "live").status_code == 200


def test_what_stands_in_the_way_is_said(client: Client, world: World, evening: Meeting) -> None:
    come(world, evening, "owner")
    reply = client.sign_in("secretary").submit(f"/meetings/{evening.id}/opening")
    assert reply.status_code == 409
    assert soup(reply).select_one(f"a[href='/meetings/{evening.id}/door']")


@pytest.mark.parametrize("page", ["room", "clerk", "motions", "door", "wall", "check-in"])
def test_statements_do_not_grow(
    client: Client, world: World, put: Motion, open_: Meeting, statements: Statements, page: str
) -> None:
    client.sign_in("secretary")
    for _ in range(2):
        del statements[:]
        client.get(f"/meetings/{open_.id}/{page}")
    before = len(statements)
    for n in range(3):
        moved(world, open_, f"第{n}个动议")
    del statements[:]
    client.get(f"/meetings/{open_.id}/{page}")
    assert len(statements) <= before
    assert put.state is MotionState.PUT


def test_whoever_is_awaited_reads_it_at_home(client: Client, world: World, evening: Meeting) -> None:
    come(world, evening, "chair", "manager", "secretary")
    address = f"/meetings/{evening.id}/check-in"
    assert not soup(client.sign_in("owner").get("/")).select(f"a[href='{address}']"), (
        "not before it is opened"
    )
    client.sign_in("secretary").submit(f"/meetings/{evening.id}/opening")
    assert soup(client.sign_in("owner").get("/")).select(f"a[href='{address}']")
    assert not soup(client.sign_in("chair").get("/")).select(f"a[href='{address}']")


def test_an_item_that_runs_over_says_so(client: Client, world: World, open_: Meeting) -> None:
    """The pages of the room go on when its time is over: that is when people look at them."""
    client.sign_in("secretary")
    late = clock.now() + timedelta(minutes=200)
    with clock.frozen(late):
        for page in ("room", "wall", "clerk"):
            reply = client.get(f"/meetings/{open_.id}/{page}")
            assert reply.status_code == 200, page
            assert "时间到了，已超" in text(reply, "#h-item ~ p"), page


@pytest.mark.parametrize(
    ("rule", "result", "said", "aside"),
    [
        (
            Rule.HALF_MEMBERS,
            "没有通过",
            "全体成员 4 人里要 3 人赞成，还差 1 人。",
            "开会人数、全体成员里都算。",
        ),
        (
            Rule.HALF_PRESENT,
            "通过",
            "到会有表态权的 3 人里要 2 人赞成，够了。",
            "开会人数里算，表态的人数里不算。",
        ),
    ],
)
def test_a_result_says_why_in_heads_on_every_screen(
    client: Client, world: World, put: Motion, open_: Meeting, rule: Rule, result: str, said: str, aside: str
) -> None:
    """Two for, one against, one with a stake, of four: enough by one rule, one short by another."""
    with transaction():
        open_.rule = rule
    place = f"/meetings/{open_.id}"
    ids = {
        name: invitation_of(open_, world.ids[name]).id for name in ("chair", "manager", "owner", "secretary")
    }
    client.sign_in("worker")
    client.submit(f"{place}/stakes", {"invitation_id": ids["secretary"], "what": "施工队是亲戚开的"})
    for name, choice in (("chair", "for"), ("owner", "for"), ("manager", "against")):
        client.submit(f"/motions/{put.id}/hands/{ids[name]}", {"choice": choice})
    for page in ("room", "wall", "motions"):
        assert said in text(client.get(f"{place}/{page}"), "main"), page
    client.submit(f"/motions/{put.id}/decision")
    for page in ("room", "wall", "motions"):
        shown = soup(client.get(f"{place}/{page}"))
        tags = [tag.text.strip() for tag in shown.select(".tag")]
        assert result in tags, page
        for sentence in (said, f"1 人回避，不参加表态：{aside}"):
            assert sentence in shown.text, page


def test_who_sent_somebody_is_told_so_and_can_come_himself(
    client: Client, world: World, put: Motion, open_: Meeting, application: Flask
) -> None:
    place = f"/meetings/{open_.id}"
    asked = invitation_of(open_, world.ids["manager"]).id
    client.sign_in("worker")
    client.submit(f"{place}/departures/{asked}")
    client.submit(f"{place}/arrivals/{asked}", {"substitute": "小周"})
    assert "本人来了" in text(client.get(f"{place}/door"), "#door li button")
    client.sign_in("manager")
    shown = client.get(f"{place}/room")
    assert "小周替您在会上" in text(shown, "#live")
    assert not soup(shown).select("#live form")
    code = door.code(application.config["SECRET_KEY"], f"meeting:{open_.id}", clock.now())
    client.submit(f"{place}/check-in", {"code": code})
    assert soup(client.get(f"{place}/room")).select("#live form")
    assert "小周" not in text(client.sign_in("worker").get(f"{place}/door"), "#door")


def test_a_phone_number_at_the_door_is_answered_with_a_name(
    client: Client, world: World, evening: Meeting
) -> None:
    client.sign_in("worker")
    phone = db.session.get_one(User, world.ids["tenant"]).phone
    assert phone
    client.submit(f"/meetings/{evening.id}/guests", {"who": phone, "side": "resident"})
    said = text(client.get(f"/meetings/{evening.id}/door"), "#flash")
    assert "签到了" in said
    assert phone not in said


def test_strangers_to_the_meeting_read_motions_with_names_half_hidden(
    client: Client, world: World, open_: Meeting
) -> None:
    """Whoever sits there reads what was moved; everybody else what the minutes will tell, and nothing that was taken
    back."""
    moved(world, open_, text="王秀兰家12号楼1单元101的雨棚拆掉", once="named")
    motions.withdraw_motion(world.secretary, moved(world, open_, text="收回的话", once="gone"))
    place = f"/meetings/{open_.id}/room"
    for reader in ("visitor", "tenant"):
        shown = client.sign_in(reader).get(place).text
        assert "王**家12号楼*单元***的雨棚拆掉" in shown
        assert "王秀兰家" not in shown
        assert "收回的话" not in shown
    for reader in ("owner", "worker"):
        assert "王秀兰家12号楼1单元101的雨棚拆掉" in client.sign_in(reader).get(place).text
