"""The pages: from registering to a certificate that a stranger verifies; refusals land where they belong."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from portal.core import clock, door
from portal.core.db import db
from portal.volunteering.actions.arriving import check_in
from portal.volunteering.models.book import ServiceCertificate
from portal.volunteering.models.people import Team, Volunteer
from portal.volunteering.models.shifts import Service
from portal.volunteering.models.standing import CallOut
from tests.conftest import Client
from tests.volunteering.conftest import ELEVEN, NINE, founded, joined, opened, registered
from tests.volunteering.test_actions_around import called
from tests.world import World


def soup(reply: object) -> BeautifulSoup:
    return BeautifulSoup(reply.text, "html.parser")  # type: ignore[attr-defined]


def text(reply: object, where: str) -> str:
    found = soup(reply).select_one(where)
    return " ".join(found.get_text(" ", strip=True).split()) if found else ""


def test_from_the_list_to_a_place_in_a_shift(world: World, client: Client) -> None:
    shift = opened(world)
    client.sign_in("tenant")
    listed = client.get("/volunteering")
    assert text(listed, f"#service-{shift.service_id} .row__title") == "清理北侧绿化带"
    assert "登记" in text(client.get(f"/services/{shift.service_id}"), f"#shift-{shift.id}")
    refused = client.submit("/volunteering/register", {"born": ""})
    assert refused.status_code == 422
    assert client.submit("/volunteering/register", {"born": "1990-05-01"}).status_code == 303
    unread = client.submit(f"/shifts/{shift.id}/sign-ups")
    assert unread.status_code == 422
    assert "风险提示" in text(unread, ".error-summary, [role=alert]")
    assert client.submit(f"/shifts/{shift.id}/sign-ups", {"risk_read": "y"}).status_code == 303
    assert "报上名了" in text(client.get(f"/services/{shift.service_id}"), f"#shift-{shift.id}")
    with clock.frozen(NINE - timedelta(hours=3)):
        assert "志愿服务快开始了" in client.get("/").text


def test_nothing_found_and_too_many(world: World, client: Client) -> None:
    opened(world)
    client.sign_in("visitor")
    assert "没有这样的志愿服务" in client.get("/volunteering?q=没有的词").text
    assert "共 1 条" in text(client.get("/volunteering"), ".pager")


def test_what_a_visitor_sees_names_nobody(world: World, client: Client) -> None:
    for name in ("owner", "tenant"):
        registered(world, name)
    shift = opened(world)
    joined(world, shift, "tenant")
    shown = client.sign_in("visitor").get(f"/services/{shift.service_id}").text
    assert "赵强" not in shown
    assert "王秀兰" not in shown
    assert client.get("/volunteers").status_code in (302, 303, 403)


def test_the_code_at_the_place(world: World, client: Client, application: Flask) -> None:
    for name in ("owner", "tenant"):
        registered(world, name)
    shift = opened(world)
    joined(world, shift, "tenant")
    place = f"/shifts/{shift.id}"
    with clock.frozen(NINE):
        code = door.code(application.config["SECRET_KEY"], f"shift:{shift.id}", clock.now())
        wall = client.sign_in("owner").get(f"{place}/door")
        assert text(wall, "#code .wall__code").replace(" ", "") == code
        client.sign_in("tenant")
        assert client.submit(f"{place}/check-in", {"code": "1"}).status_code == 422
        assert client.submit(f"{place}/check-in", {"code": code}).status_code == 303
    with clock.frozen(ELEVEN):
        code = door.code(application.config["SECRET_KEY"], f"shift:{shift.id}", clock.now())
        assert "签退" in text(client.get(f"{place}/check-in"), "h1")
        client.submit(f"{place}/check-in", {"code": code, "leaving": "y"})
        assert "辛苦" in text(client.get(f"{place}/check-in"), "#code_form")


def test_from_the_door_to_a_certificate_that_a_stranger_verifies(world: World, client: Client) -> None:
    for name in ("owner", "tenant"):
        registered(world, name)
    shift = opened(world)
    mine = joined(world, shift, "tenant")
    with clock.frozen(NINE):
        check_in(world.owner, mine)
    with clock.frozen(ELEVEN + timedelta(hours=3)):
        client.sign_in("owner")
        forgotten = client.submit(f"/sign-ups/{mine.id}/confirmation")
        assert "签退" in text(forgotten, "#person")
        times = {
            "arrived_at": "2026-06-20T09:00",
            "left_at": "2026-06-20T11:00",
            "because": "忘了签退",
        }
        assert client.submit(f"/sign-ups/{mine.id}/times", times).status_code == 303
        assert "时间是您写的" in text(client.get(f"/shifts/{shift.id}/door"), "#door")
        assert client.submit(f"/sign-ups/{mine.id}/confirmation").status_code == 403
        client.sign_in("chair")
        assert "志愿时长等您确认" in client.get("/").text
        assert "确认 2 小时" in text(client.get(f"/shifts/{shift.id}/door"), "#door")
        assert client.submit(f"/sign-ups/{mine.id}/confirmation").status_code == 303
        client.sign_in("tenant")
        book = client.get("/volunteering/mine")
        assert "清理北侧绿化带" in text(book, ".table")
        asked = {"since": "2026-06-01", "until": "2026-06-20", "agrees": "y", "once": "k"}
        assert client.submit("/volunteering/mine/certificates/new", asked).status_code == 303
        certificate = db.session.scalar(sa.select(ServiceCertificate))
        assert certificate
        own = f"/service-certificates/{certificate.id}"
        assert client.get(f"{own}/print").status_code == 403
        assert f"{own}/print" not in client.get(own).text
        client.sign_in("worker")
        assert "申请志愿服务证明" in client.get("/desk").text
        assert client.submit(f"{own}/issue").status_code == 422
        assert client.submit(f"{own}/posting", {"days": "7"}).status_code == 303
        posted = client.sign_in("visitor").get("/volunteering/posted").text
        assert "赵*" in posted
        assert "赵强" not in posted + client.get(own).text
    with clock.frozen(ELEVEN + timedelta(days=8)):
        client.sign_in("worker").submit(f"{own}/issue")
        assert f"{own}/print" in client.sign_in("tenant").get(own).text
        paper = client.get(f"{own}/print").text
        assert "赵强" in paper
        assert "120 分钟" in paper
        seen = client.sign_in(None).get(f"/verify/{certificate.token}")
        assert "真的" in text(seen, ".alert")
        assert "赵*" in seen.text
        assert "赵强" not in seen.text
        assert "真的" in client.get(f"/verify?code={certificate.token.upper()}", follow_redirects=True).text
        assert client.get("/verify/0").status_code == 404


def test_a_call_is_answered_with_one_button(world: World, client: Client) -> None:
    registered(world, "chair")
    team = founded(world)
    called(world, team)
    call = db.session.scalar(sa.select(CallOut))
    assert call
    client.sign_in("chair")
    assert "召集，等您答复" in client.get("/").text
    assert client.submit(f"/call-outs/{call.id}/answer", {"coming": "1"}).status_code == 303
    assert "您说：来。" in text(client.get(f"/call-outs/{call.id}"), "#answer")
    assert "召集，等您答复" not in client.get("/").text


def test_who_is_no_volunteer_reads_what_to_do_when_he_is_called(world: World, client: Client) -> None:
    called(world, founded(world))
    call = db.session.scalar(sa.select(CallOut))
    assert call
    refused = client.sign_in("chair").submit(f"/call-outs/{call.id}/answer", {"coming": "1"})
    assert refused.status_code == 422
    assert soup(refused).select_one("#answer a[href='/volunteering/register']")


def test_a_team_from_its_founding_to_a_service(world: World, client: Client) -> None:
    client.sign_in("secretary")
    words = {"name": "理发队", "purpose": "每月给老人理发", "base": "党群中心", "once": "t"}
    assert client.submit("/volunteer-teams/new", {**words, "leader": "没有这个人"}).status_code == 422
    assert client.submit("/volunteer-teams/new", {**words, "leader": "顾建平"}).status_code == 303
    team = db.session.scalar(sa.select(Team))
    assert team
    client.sign_in("tenant").submit(f"/volunteer-teams/{team.id}/application", {"words": "会理发"})
    client.sign_in("chair")
    assert "申请加入志愿队" in client.get("/").text
    assert "会理发" in text(client.get(f"/volunteer-teams/{team.id}"), "#members")
    service = {"title": "六月理发", "kind": "elders", "body": "带推子", "once": "s"}
    assert client.submit(f"/volunteer-teams/{team.id}/services/new", service).status_code == 303
    made = db.session.scalar(sa.select(Service))
    assert made
    place = f"/services/{made.id}"
    assert client.sign_in("owner").get(place).status_code == 404
    client.sign_in("chair")
    shift = {
        "starts_at": "2026-06-20T09:00",
        "ends_at": "2026-06-20T08:00",
        "venue": "党群中心",
        "needed": "3",
    }
    assert "结束要在开始以后" in client.submit(f"{place}/shifts/new", shift).text
    client.submit(f"{place}/shifts/new", {**shift, "ends_at": "2026-06-20T11:00"})
    assert client.submit(f"{place}/opening").status_code == 303
    assert client.sign_in("owner").get(place).status_code == 200
    calendar = client.get("/volunteering/shifts.ics").text
    assert "SUMMARY:六月理发" in calendar


def test_the_sheet_has_everybody_and_room(world: World, client: Client) -> None:
    registered(world, "tenant")
    shift = opened(world)
    joined(world, shift, "tenant")
    sheet = client.sign_in("owner").get(f"/shifts/{shift.id}/sheet")
    assert len(soup(sheet).select("tbody tr")) == 9
    assert "赵强" in sheet.text


@pytest.mark.parametrize("name", ["owner", "worker"])
def test_staff_enter_a_guardians_consent(world: World, client: Client, name: str) -> None:
    child = registered(world, "tenant", date(2012, 1, 1))
    client.sign_in(name)
    reply = client.submit(
        f"/volunteers/{child.id}/consent", {"guardian": "赵大明", "agreed_on": "2026-06-15"}
    )
    assert reply.status_code == (303 if name == "worker" else 404)
    assert db.session.get_one(Volunteer, child.id).guardian_name == ("赵大明" if name == "worker" else "")


def test_a_child_names_his_guardian_who_agrees_on_his_own_phone(world: World, client: Client) -> None:
    child = registered(world, "co_owner", date(2012, 1, 1))
    client.sign_in("co_owner")
    assert "还没有监护人同意" in client.get("/volunteering/mine").text
    asked = client.submit("/volunteering/mine/guardian", {"guardian_id": world.ids["tenant"]})
    assert asked.status_code == 422
    client.submit("/volunteering/mine/guardian", {"guardian_id": world.ids["owner"]}, follow_redirects=True)
    assert "要您同意" in client.sign_in("owner").get("/").text
    assert "我同意" in client.get(f"/volunteers/{child.id}").text
    assert client.submit(f"/volunteers/{child.id}/agreement", {"agrees": "1"}).status_code == 303
    assert "收回同意" in client.get(f"/volunteers/{child.id}").text
    assert client.submit(f"/volunteers/{child.id}/agreement", {"agrees": "0"}).status_code == 303
    assert client.get(f"/volunteers/{child.id}").status_code == 404


def test_the_book_has_no_way_to_change_a_line(world: World, client: Client) -> None:
    shown = {rule.rule for rule in client.application.url_map.iter_rules() if "hours-entries" in rule.rule}
    assert shown == {"/hours-entries/<int:hours_entry_id>/correction"}
