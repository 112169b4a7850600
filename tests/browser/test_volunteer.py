"""A volunteer with his phone: he registers and signs up, comes and goes by the code at the place, his hours are
confirmed, his wallet says so, and a stranger checks the certificate."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal import create_app
from portal.core import clock
from portal.core.db import db
from tests import world as worlds
from tests.browser.people import Person, seat
from tests.browser.serving import Portal, serving
from tests.conftest import SETTINGS, client_of
from tests.points.conftest import open_books
from tests.volunteering.conftest import ELEVEN, NINE, SERVICE, opened, registered
from tests.world import NOW

QR = "#code .wall__code"


@pytest.fixture(scope="module")
def portal(address: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The test world with a service on Saturday, days before it; its host is the owner."""
    folder = tmp_path_factory.mktemp("volunteer")
    settings = {**SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": address("volunteer")}
    app = create_app(settings)
    with app.app_context(), clock.frozen(NOW):
        db.create_all()
        world = worlds.build()
        open_books(world)
        registered(world, "owner")
        opened(world)
        client_of(app, world)
    with serving(app) as portal:
        portal.now = NOW
        yield portal
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_from_signing_up_to_a_certificate(arrive: Callable[..., Person], portal: Portal) -> None:
    phone, host = (seat(arrive(), portal.app, name) for name in ("tenant", "owner"))
    service = signs_up(phone)
    portal.wait_until(NINE - timedelta(minutes=10))
    host.go(service)
    host.follow("现场签到")
    host.is_fine()
    door = host.path()
    comes(phone, host, door, portal)
    portal.wait_until(ELEVEN + timedelta(minutes=1))
    goes(phone, host, door)
    host.go(door)
    host.press("确认 2 小时：赵强")
    host.sees("时长已确认")
    phone.go("/points")
    phone.sees(f"志愿服务：{SERVICE.title}", "+2")
    phone.is_fine()
    phone.go("/volunteering/mine")
    phone.sees("2 小时", SERVICE.title)
    phone.is_fine()
    certified(phone, seat(arrive(), portal.app, "worker"), arrive(), portal)


def signs_up(phone: Person) -> str:
    phone.go("/volunteering/mine")
    phone.one("#born").fill("1990-05-01")
    phone.press("登记")
    expect(phone.page).to_have_url(phone.address("/volunteering.*"))
    phone.go("/volunteering")
    phone.follow(SERVICE.title)
    phone.check("风险提示我看完了")
    phone.one("main form[action$='/sign-ups'] [type=submit]").click()
    phone.sees("退报名")
    phone.is_fine()
    return phone.path()


def comes(phone: Person, host: Person, door: str, portal: Portal) -> None:
    """The code of some minutes ago, as a picture sent on would have it, is refused; the one on the wall is not."""
    old = code_at(host, door)
    portal.pass_time(minutes=3)
    place = door.replace("/door", "/check-in")
    phone.go(f"{place}?code={old}")
    phone.press("我到了")
    phone.one(".error-summary, .field__error").first.wait_for()
    phone.go(f"{place}?code={code_at(host, door)}")
    phone.press("我到了")
    phone.sees("您签过到了")
    phone.is_fine()


def goes(phone: Person, host: Person, door: str) -> None:
    phone.go(f"{door.replace('/door', '/check-in')}?code={code_at(host, door)}")
    phone.press("我走了")
    phone.sees("辛苦您")


def code_at(host: Person, door: str) -> str:
    host.go(door)
    return host.one(QR).inner_text().replace(" ", "")


def certified(phone: Person, worker: Person, stranger: Person, portal: Portal) -> None:
    phone.go("/volunteering/mine/certificates/new")
    phone.one("#since").fill("2026-06-01")
    phone.one("#until").fill("2026-06-20")
    phone.one("#agrees").check()
    phone.press("申请")
    phone.page.wait_for_url("**/service-certificates/*")
    paper = phone.path()
    worker.go(paper)
    worker.press("开始公示")
    worker.sees("公示到")
    portal.pass_time(days=8)
    worker.go(paper)
    worker.press("开出来")
    expect(worker.one("main")).not_to_contain_text("开证明")
    phone.go(f"{paper}/print")
    phone.sees("赵强", "120 分钟", inside="body")
    seen = phone.one(".sheet-small").inner_text()
    stranger.go("/verify/" + seen.rstrip("/").rpartition("/")[2])
    stranger.sees("真的", "赵*")
    assert "赵强" not in stranger.one("body").inner_text()
    stranger.is_fine()
