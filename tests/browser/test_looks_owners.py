"""The pages of an owners' vote: by day in Chinese on a phone, by night in English on a desk."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.people import Person
from tests.browser.test_looks import DESK

LOOKS: dict[str, dict[str, Any]] = {
    "phone": {},
    "night": {"locale": "en-GB", "viewport": DESK, "color_scheme": "dark"},
}
OPEN, SEATS, DECIDED = "一化小区续聘物业", "城馨丽锦业委会补选", "东府嘉和业主委员会换届"
"""Titles of the demo: matters that are being voted on, an election that is, a committee that was elected."""
PAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "li-min": {
        OPEN: ("", "/prints/notice"),
        DECIDED: ("/result", "/receipts", "/candidates", "/certificate", "/prints/result"),
    },
    "yao-yan": {SEATS: ("",)},
    "feng-xiaoxia": {
        OPEN: ("/checklist", "/roll", "/deliveries", "/turnout", "/proxies", "/batches", "BATCH", "/prints"),
        DECIDED: ("/checklist", "/count"),
    },
}
"""By who opens them. "" is the vote itself, for owners with their paper; BATCH: papers that are read again."""


def opened(person: Person, vote: str, page: str) -> None:
    """Go to a page of a vote."""
    if page == "BATCH":
        person.go(f"{vote}/batches")
        person.one("main a[href^='/batches/']").first.click()
    else:
        person.go(vote + page)


@pytest.mark.parametrize("look", list(LOOKS))
@pytest.mark.parametrize("key", list(PAGES))
def test_pages_of_an_owners_vote(arrive: Callable[..., Person], key: str, look: str) -> None:
    person = arrive(key, **LOOKS[look])
    person.go("/owners-votes")
    person.is_fine()
    votes = {
        title: person.page.get_by_role("link", name=title).first.get_attribute("href") or ""
        for title in PAGES[key]
    }
    if look == "night":
        person.press("English", inside=".foot")
        person.page.locator("html[lang=en]").wait_for()
    for title, pages in PAGES[key].items():
        for page in pages:
            opened(person, votes[title], page)
            person.is_fine()
    if look == "night":  # the person's own setting, stored: put it back
        person.go("/owners-votes")
        person.press("中文", inside=".foot")
        person.page.locator("html[lang=zh-CN]").wait_for()
