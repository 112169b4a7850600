"""A resident's phone and a merchant's phone side by side: the code is shown, typed in, denied, typed in again,
nodded to, handed over on both, and refused the second time. Once with scripts and once without."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserType

from portal import create_app
from portal.core import clock
from portal.core.db import db
from tests import world as worlds
from tests.browser.chromium import FLAGS, PHONE, find_chromium
from tests.browser.people import Person, seat
from tests.browser.serving import Portal, serving
from tests.conftest import SETTINGS, client_of
from tests.partners.conftest import open_mall
from tests.world import NOW

OFFER = "豆浆油条一份"


@pytest.fixture(scope="module")
def portal(address: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The test world with a shop and points in two wallets."""
    folder = tmp_path_factory.mktemp("redeeming")
    app = create_app(
        {**SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": address("redeeming")}
    )
    with app.app_context(), clock.frozen(NOW):
        db.create_all()
        world = worlds.build()
        open_mall(world).offer()
        client_of(app, world)
    with serving(app) as portal:
        portal.now = NOW
        yield portal
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(("who", "scripts"), [("owner", True), ("tenant", False)], ids=["scripts", "plain"])
def test_a_code_is_handed_over_once(
    arrive: Callable[..., Person], portal: Portal, who: str, scripts: bool
) -> None:
    resident, keeper = (
        seat(arrive(java_script_enabled=scripts), portal.app, name) for name in (who, "merchant")
    )
    resident.go("/mall")
    resident.sees("您有 20 分可以用", OFFER)
    resident.follow("兑换：" + OFFER)
    resident.press("换一份")
    resident.sees("给店员看这个码")
    digits = resident.one("main .code").inner_text()
    keeper.go("/partners")
    keeper.follow("晖记早餐")
    keeper.follow("核销台")
    keeper.write("兑换码", digits)
    keeper.press("核销")
    keeper.sees("等客人在自己的手机上点头")
    for person, press, sees in ((resident, "不是我", "给店员看这个码"), (keeper, "", "不要给")):
        if not scripts:
            person.go(person.path())
        if press:
            person.press(press)
        person.sees(sees)
    keeper.write("兑换码", digits)
    keeper.press("核销")
    if not scripts:
        resident.go(resident.path())
    resident.press("是我，给")
    resident.sees("已核销")
    if not scripts:
        keeper.go(keeper.path())
    keeper.sees("核销好了", OFFER)
    keeper.write("兑换码", digits)
    keeper.press("核销")
    keeper.sees("这个码已经用过或退回了，不能再用")
    if scripts:
        for person in (resident, keeper):
            person.is_fine()
    resident.go("/mall")
    resident.sees("您有 14 分可以用")


@pytest.fixture
def camera(browser_type: BrowserType, tmp_path: Path) -> Iterator[Callable[..., Browser]]:
    """A browser whose camera sees a picture, and nothing else."""
    started: list[Browser] = []

    def seeing(picture: bytes) -> Browser:
        sight = Image.new("RGB", (640, 480), "gray")
        sight.paste(Image.open(io.BytesIO(picture)).convert("RGB").resize((400, 400)), (120, 40))
        film = tmp_path / "sight.mjpeg"
        sight.save(film, "JPEG", quality=90)
        flags = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
        file = f"--use-file-for-fake-video-capture={film}"
        started.append(browser_type.launch(executable_path=find_chromium(), args=[*FLAGS, *flags, file]))
        return started[-1]

    yield seeing
    for browser in started:
        browser.close()


def test_a_code_is_scanned_by_the_camera(
    arrive: Callable[..., Person], camera: Callable[..., Browser], portal: Portal
) -> None:
    """From the screen of the one phone through the lens of the other: nobody types, nobody presses a second time."""
    resident = seat(arrive(), portal.app, "owner")
    resident.go("/mall")
    resident.follow("兑换：" + OFFER)
    resident.press("换一份")
    shown = resident.one("main img.qr").screenshot()
    page = camera(shown).new_context(base_url=portal.address, viewport=PHONE, locale="zh-CN").new_page()
    keeper = seat(Person(page, portal), portal.app, "merchant")
    keeper.go("/partners")
    keeper.follow("晖记早餐")
    keeper.follow("核销台")
    keeper.press("用相机扫")
    keeper.sees("等客人在自己的手机上点头")
    resident.press("是我，给")
    resident.sees("已核销")
    keeper.sees("核销好了")
    keeper.is_fine()


def test_what_the_shop_reads_of_others_is_the_offer_only(
    arrive: Callable[..., Person], portal: Portal
) -> None:
    keeper = seat(arrive(), portal.app, "merchant")
    keeper.go("/partners")
    keeper.follow("晖记早餐")
    keeper.follow("核销台")
    said = keeper.one("main").inner_text()
    assert "王秀兰" not in said
    assert "赵强" not in said
    keeper.is_fine()
