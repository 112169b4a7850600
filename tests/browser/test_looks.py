"""The pages people see most, in every look: dark, large text on a small screen, on a desk, in English."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.people import Person

DESK = {"width": 1280, "height": 900}
SMALL = {"width": 320, "height": 640}
LOOKS: dict[str, dict[str, Any]] = {
    "dark": {"color_scheme": "dark"},
    "desk": {"viewport": DESK},
    "small and large": {"viewport": SMALL},
    "English": {"locale": "en-GB", "viewport": DESK, "color_scheme": "dark"},
}
PAGES = {
    "li-min": ("/", "/topics", "TOPIC", "/polls", "POLL", "DECISION", "PROJECT", "/topics/new"),
    "feng-xiaoxia": ("/", "/desk", "/people", "/audit"),
}


def first(person: Person, page: str) -> str:
    """The address of the first topic, poll, decision or project in the list of the demo."""
    lists = {"TOPIC": "/topics?stop=rate", "POLL": "/polls", "DECISION": "/decisions", "PROJECT": "/projects"}
    if page not in lists:
        return page
    where = lists[page].partition("?")[0]
    person.go(lists[page])
    link = person.page.locator(f"main .rows a[href^='{where}/']").first
    return link.get_attribute("href") or ""


@pytest.mark.parametrize("look", list(LOOKS))
def test_pages_in_every_look(arrive: Callable[..., Person], look: str) -> None:
    for key, pages in PAGES.items():
        person = arrive(key, **LOOKS[look])
        if look == "small and large":
            person.one(".textswitch").click()
            person.page.locator("html[data-text=large]").wait_for()
        if look == "English":
            person.press("English", inside=".foot")
            person.page.locator("html[lang=en]").wait_for()
        for page in pages:
            person.go(first(person, page))
            person.is_fine()
        if look == "small and large":  # the person's own setting, stored: put it back
            person.one(".textswitch").click()
            person.page.locator("html:not([data-text])").wait_for()
        if look == "English":
            person.press("中文", inside=".foot")
            person.page.locator("html[lang=zh-CN]").wait_for()


def test_a_visitor_sees_the_community_and_no_names(arrive: Callable[..., Person]) -> None:
    visitor = arrive()
    visitor.go("/")
    visitor.is_fine()
    visitor.go("/topics")
    visitor.is_fine()
    assert "果果妈" not in visitor.one("main").inner_text()
    visitor.go("/sign-in")
    visitor.is_fine()


def test_a_page_that_is_not_there_helps(arrive: Callable[..., Person]) -> None:
    visitor = arrive()
    visitor.go("/topics/999999")
    visitor.sees("回首页")
    visitor.complaints.clear()
    visitor.is_fine()
