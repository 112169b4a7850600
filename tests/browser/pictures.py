"""The pictures of the README: `python -m tests.browser.pictures` takes them from a journey in the demo and writes
them to docs/pictures/. Needs Chromium; takes about a minute."""

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, sync_playwright

from tests.demo import instance

from .chromium import FLAGS, PHONE, find_chromium
from .loop import Loop
from .people import Person
from .serving import Portal, serving

TARGET = Path(__file__).parents[2] / "docs" / "pictures"
DESK = {"width": 1280, "height": 860}
WANTED = {
    "topic-gathering": ("raise", PHONE),
    "topic-deliberating": ("topic", PHONE),
    "ballot": ("ballot", PHONE),
    "receipt": ("receipt", PHONE),
    "decision-posted": ("decision", PHONE),
    "project-rated": ("project", PHONE),
    "desk": ("desk", DESK),
    "poll-result": ("result", DESK),
}
"""Pages of the journey that are kept: name of the file, size of the window."""
COLOURS = 128


class Camera:
    """Takes each wanted page once, as it stands when the journey comes by."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def look(self, person: Person, page: str) -> None:
        if page not in WANTED or page in self.taken:
            return
        self.taken.add(page)
        name, size = WANTED[page]
        self.take(person, name, size)

    def take(self, person: Person, name: str, size: Any) -> None:
        page = person.page
        before = page.viewport_size
        page.set_viewport_size(size)
        page.evaluate(
            "() => { document.querySelectorAll('.toast').forEach((toast) => toast.remove());"
            " scrollTo({top: 0, behavior: 'instant'}); }"
        )
        _pictures_are_there(page.locator("main img"))
        shot = Image.open(io.BytesIO(page.screenshot()))
        small = shot.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        small.save(TARGET / f"{name}.png", optimize=True)
        if before:
            page.set_viewport_size(before)


def _pictures_are_there(images: Locator) -> None:
    for image in images.all():
        image.evaluate("image => { image.loading = 'eager'; return image.decode().catch(() => null); }")


def main() -> int:
    chromium = find_chromium()
    if chromium is None:
        print("no chromium on this machine", file=sys.stderr)  # noqa: T201
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="pictures-"))
    try:
        copy = instance.copied(instance.built(folder), folder / "instance")
        with sync_playwright() as playwright, serving(instance.application(copy)) as portal:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
            _take_all(browser, portal)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _take_all(browser: Browser, portal: Portal) -> None:
    camera = Camera()

    def arrive(key: str) -> Person:
        context = browser.new_context(
            base_url=portal.address, viewport=PHONE, locale="zh-CN", reduced_motion="reduce"
        )
        person = Person(context.new_page(), portal)
        person.sign_in(key)
        return person

    resident = arrive("wang-xiulan")
    camera.take(resident, "home", PHONE)
    camera.take(resident, "home-desk", DESK)
    Loop(arrive, portal, camera.look).whole()


if __name__ == "__main__":
    sys.exit(main())
