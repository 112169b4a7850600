"""A meeting in the room: the clerk's laptop and two phones side by side, a line that drops, and one without scripts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserType, ViewportSize, expect

from portal import create_app
from portal.core import clock
from portal.core.db import db
from portal.councils.models import Council
from portal.meetings.actions.agendas import Point, add_item, add_topic
from portal.meetings.actions.bodies import add_member
from portal.meetings.actions.calling import call_meeting
from tests import world as worlds
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.people import Person, seat
from tests.browser.serving import Portal, serving
from tests.conftest import SETTINGS, client_of
from tests.meetings.conftest import MEMBERS, RULES, THURSDAY, founded, planned_at, prepare
from tests.moves.of_polls import topic_of
from tests.world import NOW, World

LAPTOP: ViewportSize = {"width": 1280, "height": 900}
PLAIN = "快递柜下午茶"
TEA = replace(RULES, name=PLAIN)
"""Another meeting of the same people, for whoever has no scripts."""
CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
WAIT_MS = 30_000
"""A page asks every five seconds; on a busy machine the answer takes its time."""


@pytest.fixture(scope="module")
def portal(address: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The test world a quarter of an hour before a meeting that everybody was called to."""
    folder = tmp_path_factory.mktemp("room")
    app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": address("room")})
    with app.app_context(), clock.frozen(NOW):
        db.create_all()
        world = worlds.build()
        _called(world)
        client_of(app, world)
    with serving(app) as portal:
        portal.now = THURSDAY - timedelta(minutes=15)
        yield portal
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _called(world: World) -> None:
    topic = topic_of(world)
    body = founded(world, db.session.get_one(Council, topic.council_id))
    for who, side in MEMBERS:
        add_member(world.secretary, body, who=who, side=side)
    meeting = planned_at(world, body, THURSDAY)
    add_topic(world.secretary, meeting, topic=topic)
    call_meeting(world.secretary, prepare(world, meeting))
    tea = founded(world, db.session.get_one(Council, topic.council_id), rules=TEA, once="tea")
    for who, side in MEMBERS:
        add_member(world.secretary, tea, who=who, side=side)
    plain = planned_at(world, tea, THURSDAY, title=PLAIN, once="plain")
    add_item(world.secretary, plain, point=Point("快递柜放哪里", 20))
    call_meeting(world.secretary, prepare(world, plain))


def test_a_laptop_and_two_phones(arrive: Callable[..., Person], portal: Portal, output_path: Path) -> None:
    clerk = seat(arrive(viewport=LAPTOP), portal.app, "worker")
    owner, manager = (seat(arrive(), portal.app, name) for name in ("owner", "manager"))
    clerk.go("/meetings")
    clerk.follow("木栈道怎么修")
    place = clerk.path()
    clerk.follow("门口签到")
    for name in ("顾建平", "冯小霞"):
        row = clerk.one("li.row").filter(has_text=name)
        row.get_by_role("button", name=re.compile("到了")).first.click()
        expect(clerk.one("li.row").filter(has_text=name).get_by_text("走了")).to_be_visible()
    code = clerk.one("#code .wall__code").inner_text()
    for phone in (owner, manager):
        phone.go(f"{place}/check-in")
        phone.write("墙上的六位数", code)
        phone.press("我到了")
        phone.sees("等着开会")
    clerk.go(f"{place}/door")
    clerk.sees("够开会人数")
    clerk.is_fine()
    clerk.press("宣布开会")
    clerk.sees("核对到会人数")
    clerk.press("谈这一项：木栈道松动")
    for phone in (owner, manager):
        phone.page.wait_for_function("() => document.querySelector('#h-me')", timeout=WAIT_MS)
        phone.press("没有利害关系")
    owner.sees("举手发言，一项最多两次")
    owner.page.wait_for_function("() => document.querySelector('#live').contains(document.activeElement)")
    owner.press("赞成", inside="#h-me ~ .livebar__btns")
    owner.sees("您举着手")
    clerk.one("#live").get_by_role("button", name=re.compile("请他讲")).click(timeout=WAIT_MS)
    clerk.sees("三分钟" if clerk.one("#live").get_by_text("三分钟").count() else "王秀兰", inside="#live")
    _motion(clerk, owner, manager, place)
    for person in (owner, manager):
        person.is_fine()


def _motion(clerk: Person, owner: Person, manager: Person, place: str) -> None:
    """Moved by the owner and seconded by the manager, each on his phone; two tap, two raise a hand in the room."""
    owner.write("动议原话", "九月底前换成塑木板")
    owner.press("提出动议", inside="#motion_form")
    owner.sees("等别的成员附议", inside="#flash")
    manager.one("#live").get_by_role("button", name=re.compile("附议")).click(timeout=WAIT_MS)
    manager.sees("有人附议")
    clerk.go(f"{place}/motions")
    clerk.press("请大家表态：九月底前换成塑木板")
    clerk.sees("点会场里举的手")
    _tapped_without_a_line(manager)
    for phone in (owner, manager):
        bar = phone.one(".livebar")
        bar.get_by_role("button", name="赞成").click(timeout=WAIT_MS)
        expect(bar.get_by_role("button", name="赞成")).to_have_attribute("aria-pressed", "true")
    expect(clerk.one("#shown_hands dd").first).to_have_text("2", timeout=WAIT_MS)
    clerk.write("赞成", "3")
    clerk.press("记下人数")
    clerk.sees("只有 2 人")
    clerk.write("赞成", "1")
    clerk.write("反对", "1")
    clerk.press("记下人数")
    expect(clerk.one("#shown_hands dd").first).to_have_text("3")
    clerk.is_fine()
    clerk.press("宣布结果")
    clerk.sees("赞成 3，反对 1，弃权 0")
    expect(owner.one("#live")).to_contain_text("赞成 3，反对 1，弃权 0", timeout=WAIT_MS)


def _tapped_without_a_line(phone: Person) -> None:
    """It says that nothing was sent, goes on saying so while the page asks anew, and can be tapped again."""
    tap = phone.one(".livebar").get_by_role("button", name="反对")
    expect(tap).to_be_visible(timeout=WAIT_MS)
    phone.page.context.set_offline(True)
    tap.click()
    expect(phone.one("#alert-lost")).to_contain_text("刚才点的没有送出去")
    phone.page.context.set_offline(False)
    phone.complaints.clear()
    with phone.page.expect_response(re.compile("/room/live"), timeout=WAIT_MS):
        pass
    expect(phone.one("#alert-lost")).to_be_visible()
    expect(tap).to_have_attribute("aria-pressed", "false")


def test_what_was_typed_while_the_line_was_down_is_sent_once(
    arrive: Callable[..., Person], portal: Portal
) -> None:
    """After the meeting above: the clerk's page is open, the line drops, and comes back."""
    clerk = seat(arrive(viewport=LAPTOP), portal.app, "worker")
    clerk.go("/meetings")
    clerk.follow("木栈道怎么修")
    clerk.follow("记录台")
    clerk.page.wait_for_url("**/clerk")  # with the script that keeps what is typed, before the line drops
    line = clerk.page.context
    line.set_offline(True)
    clerk.write("记下什么，另外再议", "停车位画线")
    clerk.press("记下", inside="#parking")
    expect(clerk.one("#alert-lost")).to_contain_text("连上网会自动送出")
    expect(clerk.control("记下什么，另外再议")).to_have_value("停车位画线")
    line.set_offline(False)
    note = clerk.one("#parking li").filter(has_text="停车位画线")
    expect(note).to_have_count(1, timeout=WAIT_MS)
    clerk.sees("断网时写的，已经送出去了", inside="#flash")
    expect(clerk.control("记下什么，另外再议")).to_have_value("")
    clerk.page.reload()
    expect(note).to_have_count(1)


def test_what_was_typed_is_there_after_a_reload(arrive: Callable[..., Person], portal: Portal) -> None:
    clerk = seat(arrive(viewport=LAPTOP), portal.app, "worker")
    clerk.go("/meetings")
    clerk.follow("木栈道怎么修")
    clerk.follow("记录台")
    clerk.page.wait_for_url("**/clerk")  # with the script that keeps what is typed, before the line drops
    line = clerk.page.context
    line.set_offline(True)
    clerk.write("记下什么，另外再议", "快递柜太少")
    clerk.press("记下", inside="#parking")
    expect(clerk.one("#alert-lost")).to_be_visible()
    line.set_offline(False)
    clerk.page.reload()
    expect(clerk.one("#parking li").filter(has_text="快递柜太少")).to_have_count(1, timeout=WAIT_MS)
    clerk.page.wait_for_function("() => localStorage.length === 0", timeout=WAIT_MS)


def test_the_laptops_camera_reads_a_card(
    arrive: Callable[..., Person], portal: Portal, browser_type: BrowserType, tmp_path: Path
) -> None:
    """A browser whose camera looks at the code on the manager's phone. It has no detector of its own."""
    manager = seat(arrive(), portal.app, "manager")
    clerk = seat(arrive(viewport=LAPTOP), portal.app, "worker")
    for person in (manager, clerk):
        person.go("/meetings")
        person.follow(PLAIN)
    place = clerk.path()
    manager.go(f"{place}/check-in")
    picture = tmp_path / "card.png"
    manager.one(".wall__qr").screenshot(path=picture)
    film = filmed(picture, tmp_path / "card.y4m")
    clerk.go(f"{place}/door")
    expect(clerk.one("[data-camera-open]")).to_be_visible()
    clerk.press("用相机扫")
    expect(clerk.one("dialog[open] [role=status]")).to_contain_text("没有")
    clerk.press("不扫了")
    looking = browser_type.launch(
        executable_path=find_chromium(), args=[*FLAGS, *CAMERA, f"--use-file-for-fake-video-capture={film}"]
    )
    try:
        context = looking.new_context(base_url=portal.address, viewport=LAPTOP, locale="zh-CN")
        laptop = seat(Person(context.new_page(), portal), portal.app, "worker")
        laptop.go(f"{place}/door")
        laptop.press("用相机扫")
        row = laptop.one("li.row").filter(has_text="陈立军")
        row.get_by_role("button", name=re.compile("走了")).click(timeout=WAIT_MS)
        expect(row.get_by_text("走了", exact=True)).to_be_visible()
        laptop.is_fine()
    finally:
        looking.close()


def filmed(picture: Path, film: Path) -> Path:
    """A picture as a film of one frame, for a camera that is a file: grey, with neutral colours."""
    seen = Image.new("L", (640, 480), 255)
    code = Image.open(picture).convert("L").resize((360, 360))
    seen.paste(code, (140, 60))
    frame = seen.tobytes() + bytes([128]) * (640 * 480 // 2)
    film.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip C420jpeg\nFRAME\n" + frame)
    return film


def test_a_meeting_without_javascript(arrive: Callable[..., Person], portal: Portal) -> None:
    """Plain forms, links and pages, from the door to the end; whoever wants to see what is new loads the page."""
    clerk = seat(arrive(viewport=LAPTOP, java_script_enabled=False), portal.app, "worker")
    owner = seat(arrive(java_script_enabled=False), portal.app, "owner")
    clerk.go("/meetings")
    clerk.follow(PLAIN)
    place = clerk.path()
    clerk.follow("门口签到")
    for name in ("顾建平", "冯小霞", "陈立军"):
        clerk.press(f"到了：{name}")
    owner.go(f"{place}/check-in")
    owner.write("墙上的六位数", clerk.one("#code .wall__code").inner_text())
    owner.press("我到了")
    owner.sees("等着开会")
    clerk.go(f"{place}/door")
    clerk.press("宣布开会")
    clerk.press("谈这一项：快递柜放哪里")
    owner.go(f"{place}/room")
    owner.follow("看最新")
    owner.press("没有利害关系")
    owner.press("提问", inside="#h-me ~ .livebar__btns")
    owner.sees("您举着手")
    clerk.go(f"{place}/clerk")
    clerk.press("请他讲：王秀兰")
    clerk.sees("王秀兰", inside="#live")
    clerk.go(f"{place}/motions")
    clerk.choose("谁提的", "顾建平")
    clerk.write("动议原话", "快递柜放在东门里侧")
    clerk.press("记下动议", inside="#motion_form")
    owner.go(f"{place}/room")
    owner.press("附议：快递柜放在东门里侧")
    clerk.go(f"{place}/motions")
    clerk.press("请大家表态：快递柜放在东门里侧")
    owner.go(f"{place}/room")
    owner.press("赞成", inside=".livebar")
    expect(owner.one(".livebar").get_by_role("button", name="赞成")).to_have_attribute("aria-pressed", "true")
    clerk.go(f"{place}/motions")
    clerk.write("赞成", "2")
    clerk.write("反对", "1")
    clerk.press("记下人数")
    clerk.press("宣布结果")
    clerk.sees("赞成 3，反对 1，弃权 0")
    clerk.go(f"{place}/clerk")
    clerk.follow("宣布散会")
    clerk.press("散会", inside="#close")
    owner.go(place)
    owner.sees("会开完了")
    assert clerk.complaints == owner.complaints == []
