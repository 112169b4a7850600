"""A person with a browser: what he does on a page, in the words of the page."""

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

from portal.core import clock
from portal.demo.build import PASSWORD
from portal.demo.sources import people
from tests.demo import instance

from .serving import Portal

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PICTURES = Path(__file__).parents[2] / "portal" / "demo" / "pictures"
LEAVE_NO_STYLES = (
    """() => document.querySelectorAll('[style=""]').forEach((e) => e.removeAttribute('style'))"""
)
"""axe tries styles out and leaves the empty attribute; htmx would carry it into what it swaps, where it is refused."""
COVERED = """() => [...document.querySelectorAll('.row')].filter((row) => row.querySelector('.row__title a')).flatMap(
  (row) => [...row.querySelectorAll('a, button')].filter((one) => {
    if (one.closest('.row__title')) return false;
    for (let up = one; up !== row; up = up.parentElement) {
      const { position, zIndex } = getComputedStyle(up);
      if (position !== 'static' && zIndex !== 'auto') return false;
    }
    return true;
  }).map((one) => one.textContent.trim()))"""
"""The link of a row's title is spread over the whole row: what else can be pressed there has to lie above it."""
expect.set_options(timeout=20_000)


def loose(words: str) -> re.Pattern[str]:
    """These words, with or without spaces in between: hidden parts of a button and thin gaps count as spaces."""
    return re.compile(r"\s*".join(map(re.escape, words.replace(" ", ""))))


class Person:
    """One browser of one person. Whatever the console complains about or a request fails with fails the test."""

    def __init__(self, page: Page, portal: Portal) -> None:
        self.page = page
        self.portal = portal
        self.complaints: list[str] = []
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("console", self._hear)

    def _hear(self, said: ConsoleMessage) -> None:
        """A form that comes back with 422 is no fault, though the console reports it."""
        if said.type == "error" and "status of 422" not in said.text:
            self.complaints.append(said.text)

    # ---- moving about --------------------------------------------------------------------------

    def go(self, path: str) -> Response | None:
        return self.page.goto(path)

    def address(self, path: str) -> re.Pattern[str]:
        """What the address bar may show: a pattern of the path, whatever follows as fragment."""
        return re.compile(re.escape(self.portal.address) + path + "(#.*)?$")

    def path(self) -> str:
        return urlsplit(self.page.url).path

    def sign_in(self, key: str) -> None:
        """With the phone number and password that `flask demo sign-ins` prints."""
        self.come_in(people()[key]["phone"], PASSWORD, people()[key]["nickname"])

    def come_in(self, phone: str, password: str, shown: str) -> None:
        """At the door; `shown` is what the page then calls him."""
        self.go("/sign-in")
        self.one("#name").fill(phone)
        self.one("#password").fill(password)
        self.one("#sign_in_form [type=submit]").click()
        expect(self.page.locator("a.me")).to_contain_text(shown)

    def follow(self, words: str, inside: str = "main") -> None:
        self.page.locator(inside).get_by_role("link", name=loose(words)).first.click()

    # ---- forms ---------------------------------------------------------------------------------

    def control(self, label: str, inside: str = "main") -> Locator:
        """The field with this label (or a longer one that begins with it)."""
        controls = self.page.locator(inside).locator("input, textarea, select")
        return self.page.get_by_label(label).and_(controls).first

    def write(self, label: str, words: str, inside: str = "main") -> None:
        self.control(label, inside).fill(words)

    def write_hour(self, label: str, hour: datetime) -> None:
        self.write(label, f"{clock.local(hour):%Y-%m-%dT%H:%M}")

    def choose(self, label: str, words: str, inside: str = "main") -> None:
        self.control(label, inside).select_option(label=words)

    def tick(self, words: str, inside: str = "main") -> None:
        """Mark one of several cards."""
        radio = self.page.get_by_role("radio", name=words)
        self.page.locator(inside).locator("label").filter(has=radio).first.click()
        expect(self.page.locator(inside).get_by_role("radio", name=words).first).to_be_checked()

    def check(self, *words: str, inside: str = "main") -> None:
        for some in words:
            self.page.locator(inside).get_by_role("checkbox", name=some).check()

    def choose_like(self, label: str, words: str) -> None:
        """The choice whose words contain these."""
        control = self.control(label)
        said = control.locator("option").filter(has_text=words).first.inner_text()
        control.select_option(label=said)

    def press(self, words: str, inside: str = "main") -> None:
        self.page.locator(inside).get_by_role(
            "button", name=re.compile(f"^{loose(words).pattern}$")
        ).first.click()

    # ---- looking -------------------------------------------------------------------------------

    def sees(self, *words: str, inside: str = "main") -> None:
        for some in words:
            expect(self.page.locator(inside)).to_contain_text(some)

    def one(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def is_fine(self) -> None:
        """The page as it stands has no fault that a machine can find."""
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"
        found = [] if instance.ON_POSTGRESQL else violations(self.page)  # the same whatever database there is
        assert found == [], f"{self.page.url}: {found}"
        assert "</" not in self.one("body").inner_text(), f"{self.page.url}: markup that is read as text"
        wide, room = self.page.evaluate(
            "() => [document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]"
        )
        assert wide <= room, f"{self.page.url}: {wide} px wide in {room}"
        covered = self.page.evaluate(COVERED)
        assert covered == [], f"{self.page.url}: under the link of its row: {covered}"


def seat(person: Person, app: Flask, name: str) -> Person:
    """Signed in as somebody of the test world, who has no password."""
    client = app.test_client().sign_in(name)  # type: ignore[attr-defined]
    for cookie in client._cookies.values():
        person.page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": person.portal.address}]
        )
    return person


@cache
def _axe() -> str:
    return AXE.read_text()


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds, short: rule, help, and the elements."""
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate(f"() => {{ {_axe()} }}")
    found = page.evaluate("() => axe.run({resultTypes: ['violations']}).then((r) => r.violations)")
    page.evaluate(LEAVE_NO_STYLES)
    return [{"rule": v["id"], "help": v["help"], "at": [_where(n) for n in v["nodes"][:4]]} for v in found]


def _where(node: dict[str, Any]) -> str:
    """The element and the first thing that axe says about it."""
    said = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
    return f"{node['html'][:160]}: {said[0] if said else ''}"
