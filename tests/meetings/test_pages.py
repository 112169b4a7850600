"""The pages before a meeting: whole and in fragments, for everybody who comes."""

import csv
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.accounts.models import User
from portal.core import clock, waiting
from portal.core.db import db, transaction
from portal.core.files import StoredFile
from portal.councils.models import Council, Topic
from portal.meetings.actions.agendas import add_materials
from portal.meetings.actions.calling import answer_invitation, call_meeting
from portal.meetings.actions.planning import cancel_meeting, miss_meeting
from portal.meetings.actions.repeating import start_series
from portal.meetings.models import Body, Invitation, Meeting, Series
from portal.meetings.schedule import Every, Pattern, Shift
from portal.meetings.words import MeetingState, Reply
from tests.assembly.letters import kept
from tests.conftest import Client, Statements
from tests.meetings.conftest import THURSDAY, invitation_of, planned_at
from tests.world import NOW, World

BODY = {
    "name": "三方联席会", "quorum": "half", "rule": "more_for", "notice_days": "3", "minutes": "90", "venue": "议事厅",
    "least_resident": "none", "least_committee": "one", "least_property": "one", "least_community": "one",
    "least_merchant": "none", "substitutes": "y", "once": "k", "from_seats": "y",
}  # fmt: skip


def soup(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")


def typed(days: int, hour: int = 19) -> str:
    return (clock.local(NOW) + timedelta(days=days)).strftime(f"%Y-%m-%dT{hour:02d}:00")


def test_from_a_body_to_the_notice(
    client: Client, world: World, council: Council, deliberating: Topic
) -> None:
    """The secretary's way, on pages alone and without scripts."""
    client.sign_in("secretary")
    form = soup(client.get("/bodies/new?kind=committee"))
    assert form.select_one("#rule option[selected]")["value"] == "half_members"  # type: ignore[index]
    reply = client.submit("/bodies/new?kind=three_party", {**BODY, "place_id": world.ids["community"]})
    assert reply.status_code == 303
    body = reply.location
    for who, side in (("顾建平", "committee"), ("陈立军", "property"), ("冯小霞", "community")):
        assert client.submit(f"{body}/members", {"who": who, "side": side}).status_code == 303
    days = {"every": "month_days", "month_days": "5、25", "nth": "1", "hour": "19:00", "shift": "next"}
    assert client.submit(f"{body}/series/new", {**days, "starts": "2026-06-16"}).status_code == 303
    shown = soup(client.get(body))
    assert "每月5日、25日 19:00" in shown.text
    meeting = shown.select_one("section .row__title a")["href"]  # type: ignore[index]
    page = soup(client.get(str(meeting)))
    assert "还没定谁主持" in page.select_one("#next").text  # type: ignore[union-attr]
    arranged = {
        "title": "六月第二次会",
        "starts_at": typed(9),
        "minutes": "90",
        "venue": "议事厅",
        "intro": "听答复",
    }
    people = {"chair": "冯小霞", "recorder": "沈佳慧", "once": "x"}
    assert client.submit(f"{meeting}/edit", {**arranged, **people}).status_code == 303
    choice = {"topic_id": deliberating.id, "core": "y"}
    assert client.submit(f"{meeting}/agenda/topics", choice).status_code == 303
    assert client.submit(f"{meeting}/call", {"late_because": ""}).status_code == 303
    page = soup(client.sign_in("visitor").get(str(meeting)))
    assert [b.text for b in page.select(".agenda b")][1] == deliberating.title
    assert "已发通知" in page.select_one(".byline").text  # type: ignore[union-attr]
    topic = soup(client.get(f"/topics/{deliberating.id}"))
    assert topic.select_one(f"#meetings a[href='{meeting}']")


def test_the_agenda_is_not_shown_before_the_notice(client: Client, ready: Meeting) -> None:
    for name in ("visitor", "owner", "manager"):
        page = soup(client.sign_in(name).get(f"/meetings/{ready.id}"))
        assert not page.select(".agenda li"), name
        assert "木板松了三处" not in client.get(f"/meetings/{ready.id}/notice").text
    assert soup(client.sign_in("worker").get(f"/meetings/{ready.id}")).select(".agenda li")


def test_a_call_that_lacks_something_comes_back(client: Client, world: World, body: Body) -> None:
    meeting = planned_at(world, body, NOW + timedelta(days=1))
    client.sign_in("secretary")
    page = soup(client.get(f"/meetings/{meeting.id}/call"))
    assert "通知晚了 2 天" in page.text
    assert page.select_one("#late_because")
    reply = client.submit(f"/meetings/{meeting.id}/call", {"late_because": ""})
    assert reply.status_code == 422
    assert soup(reply).select_one("#late_because-error")
    assert db.session.get_one(Meeting, meeting.id).state is MeetingState.PLANNED


def test_answering_from_the_first_page(client: Client, world: World, called: Meeting) -> None:
    mine = invitation_of(called, world.ids["owner"])
    kinds = [(w.kind, w.subject_id) for w in waiting.waiting_for(world.owner)]
    assert ("answer_invitation", mine.id) in kinds
    card = soup(client.sign_in("owner").get("/")).select_one("#todo")
    assert card is not None
    assert "19:00 开会" in card.text.replace("\u00a0", " ")
    assert "截止" not in card.text
    address = f"/invitations/{mine.id}/reply"
    assert soup(client.get(f"/meetings/{called.id}")).select_one(f"#next a[href='{address}']")
    empty = client.submit(address, {"reply": "substitute", "substitute": ""})
    assert (empty.status_code, bool(soup(empty).select_one("#substitute-error"))) == (422, True)
    assert client.submit(address, {"reply": "yes", "substitute": ""}).status_code == 303
    assert "答应来" in client.get(f"/meetings/{called.id}").text
    assert all(w.kind != "answer_invitation" for w in waiting.waiting_for(world.owner))
    for stranger in ("tenant", "neighbour", "other_secretary"):
        assert client.sign_in(stranger).get(address).status_code == 404


def test_a_notice_waits_for_those_who_call(client: Client, world: World, meeting: Meeting) -> None:
    found = {w.subject_id for w in waiting.waiting_for(world.secretary) if w.kind == "call_meeting"}
    assert found == {meeting.id}
    cards = soup(client.sign_in("secretary").get("/")).select("#todo li")
    (card,) = (c.text for c in cards if meeting.title in c.text)
    assert re.search(r"\b24:00\s截止", card)  # as the meeting's page says it, not 0:00 of the day after
    assert all(w.kind != "call_meeting" for w in waiting.waiting_for(world.owner))


def test_what_nobody_held_waits_for_those_who_call(world: World, called: Meeting) -> None:
    def told(name: str) -> bool:
        return any(w.kind == "tell_missed" for w in waiting.waiting_for(world.actor(name)))

    assert not told("secretary")
    with clock.frozen(THURSDAY + timedelta(hours=2)):
        assert [told(name) for name in ("secretary", "worker", "owner", "manager")] == [
            True,
            True,
            False,
            False,
        ]
        miss_meeting(world.secretary, called, reason="人没到齐。")
        assert not told("secretary")


def test_the_papers(client: Client, called: Meeting) -> None:
    client.sign_in("secretary")
    notice = soup(client.get(f"/meetings/{called.id}/notice"))
    assert notice.h1
    assert notice.h1.text == "会议通知"
    assert "拟表态" not in notice.text
    assert "回执" in notice.text
    assert "业委会：" in notice.text  # what each side needs stands there as well as the common share
    sheet = soup(client.get(f"/meetings/{called.id}/sign-in-sheet"))
    heads = ["序号", "组别", "姓名", "代表（谁来替）", "签到时间", "签名"]
    assert [th.text for th in sheet.select("thead th")] == heads
    assert [[td.text for td in row.select("td, th")][1:3] for row in sheet.select("tbody tr")[:4]] == [
        ["业委会", "顾建平"],
        ["社区", "冯小霞"],
        ["物业", "陈立军"],
        ["居民", "王秀兰"],
    ]
    assert client.sign_in("owner").get(f"/meetings/{called.id}/sign-in-sheet").status_code == 403


def test_moving_and_calling_off(client: Client, called: Meeting) -> None:
    client.sign_in("secretary")
    address = f"/meetings/{called.id}"
    assert client.submit(f"{address}/moving", {"starts_at": typed(10), "minutes": "90"}).status_code == 422
    moved = {"starts_at": typed(10), "minutes": "90", "reason": "撞上中考。"}
    assert client.submit(f"{address}/moving", moved).status_code == 303
    assert "撞上中考" in client.sign_in("visitor").get(address).text
    client.sign_in("secretary")
    assert client.submit(f"{address}/cancellation", {"reason": " "}).status_code == 422
    assert client.submit(f"{address}/cancellation", {"reason": "场地漏水。"}).status_code == 303
    assert "场地漏水" in client.sign_in("visitor").get(address).text


def test_inviting_and_what_the_map_misses(client: Client, world: World, called: Meeting) -> None:
    client.sign_in("secretary")
    address = f"/meetings/{called.id}/invitations"
    assert "还没请院内住户、施工方、残疾人、老人代表" in soup(client.get(address)).text
    guest = {"who": "质检站老刘", "side": "other", "interest": "contractor"}
    assert client.submit(address, guest).status_code == 303
    again = client.submit(address, guest)
    assert (again.status_code, bool(soup(again).select_one("#who-error"))) == (422, True)
    page = soup(client.get(address))
    assert "还没请院内住户、残疾人、老人代表" in page.text
    own = invitation_of(called, world.ids["owner"])
    interest = f"{address}/{own.id}/interest"
    assert soup(client.get(interest)).select_one("#interest option[value=courtyard]")
    assert client.submit(interest, {"interest": "courtyard"}).status_code == 303
    assert client.submit(interest, {"interest": "nobody"}).status_code == 422
    page = soup(client.get(address))
    assert "还没请残疾人、老人代表" in page.text
    withdrawal = next(f["action"] for f in page.select("form[action$='/withdrawal']"))
    assert client.submit(str(withdrawal)).status_code == 303
    assert "质检站老刘" not in client.get(address).text


def test_the_list_shows_what_is_ahead_and_goes_out_as_a_file(
    client: Client, world: World, called: Meeting, body: Body
) -> None:
    cancel_meeting(world.secretary, planned_at(world, body, THURSDAY + timedelta(days=7)), reason="放假。")
    client.sign_in("owner")
    rows = soup(client.get("/meetings")).select(".row")
    assert len(rows) == 2
    assert [r["id"] for r in soup(client.get("/meetings?state=called")).select(".row")] == [
        f"meeting-{called.id}"
    ]
    file = client.get("/meetings?format=csv&state=called")
    assert list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))[1][0] == called.title
    with clock.frozen(THURSDAY + timedelta(days=30)):
        assert not soup(client.get("/meetings")).select(".row")
        assert len(soup(client.get("/meetings?time=past")).select(".row")) == 2


def test_a_meeting_put_off_for_the_weekend_says_of_which_day_it_is(
    client: Client, world: World, body: Body
) -> None:
    twice = Pattern(Every.MONTH_DAYS, (5, 25))
    for shift, once in ((Shift.NEXT, "later"), (Shift.PREVIOUS, "earlier")):
        start_series(
            world.secretary, body, pattern=twice, shift=shift, begins=19 * 60, starts=NOW.date(), once=once
        )
    client.sign_in("owner")
    rows = soup(client.get("/meetings")).select(".row")
    told = [
        piece.get_text() for row in rows for piece in row.select(".row__meta > span") if "原定" in piece.text
    ]
    assert told == [
        "原定7月5日（周日），提前",
        "原定7月5日（周日），顺延",
        "原定7月25日（周六），提前",
        "原定7月25日（周六），顺延",
    ]
    late = db.session.scalars(
        sa.select(Meeting).where(Meeting.planned_on == date(2026, 7, 5)).order_by(Meeting.starts_at.desc())
    ).first()
    assert late is not None
    for address in (f"/meetings/{late.id}", f"/bodies/{body.id}"):
        assert "原定7月5日（周日），顺延" in soup(client.get(address)).get_text()


def test_calendars(client: Client, world: World, called: Meeting, body: Body) -> None:
    planned_at(world, body, THURSDAY + timedelta(days=7), title="还没发通知的会")
    council_id = body.council_id
    feed = client.sign_in("visitor").get(f"/councils/{council_id}/meetings.ics")
    assert feed.mimetype == "text/calendar"
    text = feed.data.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART:20260625T110000Z\r\n" in text
    page = soup(client.sign_in("owner").get("/meetings/calendar"))
    own = "/calendar/" + next(a.text for a in page.select("a") if "/calendar/" in a.text).rpartition("/")[2]
    client.sign_in(None)
    assert client.get(own).data.count(b"BEGIN:VEVENT") == 1
    answer_invitation(world.owner, invitation_of(called, world.ids["owner"]), reply=Reply.NO)
    assert client.get(own).data.count(b"BEGIN:VEVENT") == 0
    for wrong in ("1-" + "0" * 40, "x", own.split("/")[2].replace(".ics", "")[:-1] + "z"):
        assert client.get(f"/calendar/{wrong}.ics").status_code == 404
    with transaction():
        db.session.get_one(User, world.ids["owner"]).stamp = "new"
    assert client.get(own).status_code == 404, "signing out everywhere takes the address back"


@pytest.mark.parametrize("name", ["owner", "tenant", "manager", "merchant"])
def test_who_prepares_nothing(client: Client, ready: Meeting, name: str) -> None:
    client.sign_in(name)
    for rest in ("edit", "agenda", "invitations", "materials", "call", "moving", "cancellation"):
        assert client.get(f"/meetings/{ready.id}/{rest}").status_code == 403
    assert client.get("/bodies/new").status_code == 403
    page = soup(client.get(f"/meetings/{ready.id}"))
    assert not page.select(f"#next a[href^='/meetings/{ready.id}/call']")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"month_days": ""}, "month_days"), ({"month_days": "31"}, "month_days"),
        ({"hour": "25:00"}, "hour"), ({"hour": "七点"}, "hour"),
        ({"every": "weekdays"}, "weekdays"), ({"starts": "2026-06-01"}, "starts"), ({"starts": "x"}, "starts"),
    ],
)  # fmt: skip
def test_days_that_cannot_be(client: Client, body: Body, given: dict[str, str], field: str) -> None:
    client.sign_in("secretary")
    days = {"every": "month_days", "month_days": "5", "nth": "1", "hour": "19:00", "shift": "next"}
    reply = client.submit(f"/bodies/{body.id}/series/new", {**days, "starts": "2026-06-16", **given})
    assert reply.status_code == 422
    assert soup(reply).select_one(f"#{field}-error")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Series)) == 0


def test_a_page_costs_the_same_with_many_invited(
    client: Client, world: World, called: Meeting, statements: Statements
) -> None:
    client.sign_in("owner")
    client.get(f"/meetings/{called.id}")
    del statements[:]
    client.get(f"/meetings/{called.id}")
    before = len(statements)
    with transaction():
        for n in range(40):
            guest = {"name": f"第{n}位", "side": "resident", "member": False, "interest": None}
            db.session.add(
                Invitation(meeting_id=called.id, place_path=called.place_path, user_id=None, **guest)
            )
    del statements[:]
    client.get(f"/meetings/{called.id}")
    assert len(statements) <= before


def test_english(client: Client, world: World, called: Meeting) -> None:
    client.sign_in("owner")
    client.submit("/language", {"lang": "en", "next": f"/meetings/{called.id}"})
    page = soup(client.get(f"/meetings/{called.id}"))
    assert "Agenda" in page.text
    assert "The notice is out" in page.text


def test_places_offered_are_the_community_and_its_estates(
    client: Client, world: World, council: Council
) -> None:
    client.sign_in("secretary")
    offered = {int(o["value"]) for o in soup(client.get("/bodies/new")).select("#place_id option")}  # type: ignore[arg-type]
    assert offered == {world.ids["community"], world.ids["estate"]}


def test_draft_papers_are_for_those_who_prepare(client: Client, world: World, ready: Meeting) -> None:
    add_materials(world.secretary, ready, papers=[kept()])
    address = f"/meetings/{ready.id}"
    file = db.session.scalars(sa.select(StoredFile)).one()
    for name in ("visitor", "owner", "manager"):
        client.sign_in(name)
        assert not soup(client.get(address)).select("#h-files")
        assert client.get(f"{address}/files/{file.id}/full").status_code == (
            303 if name == "visitor" else 403
        )
    client.sign_in("worker")
    assert soup(client.get(address)).select("#h-files")
    call_meeting(world.secretary, ready)
    client.sign_in("visitor")
    assert soup(client.get(address)).select("#h-files")
    assert client.get(f"{address}/files/{file.id}/full").status_code == 200


def test_putting_off_and_what_was_not_held(client: Client, called: Meeting) -> None:
    address = f"/meetings/{called.id}"
    client.sign_in("secretary")
    assert client.submit(f"{address}/postponement", {"reason": " "}).status_code == 422
    with clock.frozen(THURSDAY + timedelta(hours=2)):
        page = soup(client.get(address))
        assert "没有开成" in page.select_one(".byline").text  # type: ignore[union-attr]
        links = {str(a["href"]).rpartition("/")[2] for a in page.select("#next a")}
        assert "missing" in links
        assert not links & {"moving", "cancellation", "postponement"}
        assert "现在不能签到" in client.get(f"{address}/door").text
        assert not soup(client.get(f"{address}/door")).select("#door form[action*=arrivals]")
        assert client.submit(f"{address}/missing", {"reason": ""}).status_code == 422
        assert client.submit(f"{address}/missing", {"reason": "业委会没有人来。"}).status_code == 303
        page = soup(client.sign_in("visitor").get(address))
        assert "业委会没有人来" in page.text
        assert "日子待定，原定" in page.select_one(".byline").text  # type: ignore[union-attr]
        assert soup(client.get("/meetings")).select(f"#meeting-{called.id}"), "it is still ahead"


def test_calendars_are_the_same_under_any_name(client: Client, called: Meeting, body: Body) -> None:
    feed = f"/councils/{body.council_id}/meetings.ics"
    usual = client.get(feed).text
    assert client.get(feed, headers={"Host": "evil.example"}).text == usual
    assert "URL" not in usual
    assert f"UID:meeting-{called.id}@" in usual
    client.application.config["PUBLIC_ADDRESS"] = "https://ting.example"
    try:
        text = client.get(feed, headers={"Host": "evil.example"}).text
    finally:
        client.application.config["PUBLIC_ADDRESS"] = ""
    assert f"URL:https://ting.example/meetings/{called.id}\r\n" in text
    assert f"UID:meeting-{called.id}@ting.example\r\n" in text


def test_stopping_fixed_days_on_a_page(client: Client, world: World, body: Body) -> None:
    client.sign_in("secretary")
    days = {"every": "month_days", "month_days": "5、25", "nth": "1", "hour": "19:00", "shift": "next"}
    given = {**days, "starts": "2026-06-16", "once": "k"}
    for _ in range(2):
        assert client.submit(f"/bodies/{body.id}/series/new", given).status_code == 303
    series = db.session.scalars(sa.select(Series)).one()
    address = f"/bodies/{body.id}/series/{series.id}/ending"
    assert "还没发通知的有 4 次" in client.get(address).text
    assert client.submit(address, {"cancel": "y", "reason": ""}).status_code == 422
    assert client.submit(address, {"cancel": "y", "reason": "有事才开。"}).status_code == 303
    off = sa.select(sa.func.count()).where(Meeting.state == MeetingState.CANCELLED)
    assert db.session.scalar(off) == 4
    assert "以后不排了" not in client.get(f"/bodies/{body.id}").text


def test_what_was_entered_for_somebody_says_so(client: Client, world: World, called: Meeting) -> None:
    mine = invitation_of(called, world.ids["owner"])
    address = f"/invitations/{mine.id}/reply"
    client.sign_in("worker")
    assert client.submit(address, {"reply": "no", "substitute": ""}).status_code == 303
    assert "沈佳慧代记" in client.get(f"/meetings/{called.id}/invitations").text
    shown = soup(client.sign_in("owner").get(f"/meetings/{called.id}")).select("#next")
    assert ["沈佳慧代记" in part.text for part in shown] == [True]
    assert client.submit(address, {"reply": "yes", "substitute": ""}).status_code == 303
    client.sign_in("worker")
    assert not soup(client.get(f"/meetings/{called.id}/invitations")).select(f"a[href='{address}']")
    assert client.submit(address, {"reply": "no", "substitute": ""}).status_code == 422
