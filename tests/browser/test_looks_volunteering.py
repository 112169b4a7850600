"""The pages of volunteering and of points: by day in Chinese on a phone, by night in English on a desk."""

from collections.abc import Callable

import pytest

from tests.browser.people import Person
from tests.browser.test_looks_owners import LOOKS

PAGES: dict[str, tuple[str, ...]] = {
    "zhao-qiang": (
        "/volunteering",
        "/volunteer-teams",
        "/volunteering/mine",
        "/volunteering/mine/edit",
        "/volunteering/mine/certificates/new",
        "/volunteering/posted",
        "/points",
        "/points/flowers",
        "/rewards",
    ),
    "feng-xiaoxia": (
        "/volunteers",
        "/volunteer-teams/new",
        "/points/books",
        "/points/statement",
        "/points/hints",
        "/points/samples",
        "/points/grants/new",
    ),
}
"""By who opens them."""
FIRST: dict[str, tuple[tuple[str, str], ...]] = {
    "zhao-qiang": (
        ("/volunteering", "main .rows a[href^='/services/']"),
        ("/volunteer-teams", "main .rows a[href^='/volunteer-teams/']"),
        ("/points", "main a[href^='/points/entries/']"),
    ),
    "feng-xiaoxia": (
        ("/volunteering", "main .rows a[href^='/services/']"),
        ("/volunteers", "main .rows a[href^='/volunteers/']"),
        ("/volunteering/posted", "main .rows a[href^='/service-certificates/']"),
        ("/points/books", "main .rows a[href^='/points/grants/']"),
        ("/points/books", "main a[href*='/budget']"),
        ("/points/books", "main a[href^='/points/rules/']"),
        ("/rewards", "main .rows a[href^='/rewards/']"),
    ),
}
"""A list, and the link in it that is followed."""
ROUND = "main a[href^='/shifts/'][href$='/door'], main a[href^='/shifts/'][href$='/sheet']"
"""Of a service, for whoever runs it."""


@pytest.mark.parametrize("look", list(LOOKS))
@pytest.mark.parametrize("key", list(PAGES))
def test_pages_of_volunteering_and_points(arrive: Callable[..., Person], key: str, look: str) -> None:
    person = arrive(key, **LOOKS[look])
    if look == "night":
        person.press("English", inside=".foot")
        person.page.locator("html[lang=en]").wait_for()
    for page in PAGES[key]:
        looked(person, page)
    for page, link in FIRST[key]:
        person.go(page)
        looked(person, person.one(link).first.get_attribute("href") or "")
    if key == "feng-xiaoxia":
        person.go("/volunteering")
        person.go(person.one("main .rows a[href^='/services/']").first.get_attribute("href") or "")
        for address in [link.get_attribute("href") or "" for link in person.one(ROUND).all()][:2]:
            looked(person, address)
    if look == "night":  # the person's own setting, stored: put it back
        person.go("/points")
        person.press("中文", inside=".foot")
        person.page.locator("html[lang=zh-CN]").wait_for()


def looked(person: Person, page: str) -> None:
    answer = person.go(page)
    assert answer
    assert answer.ok, f"{page}: {answer.status}"
    person.is_fine()
