"""The pages of awards: by day in Chinese on a phone, by night in English on a desk."""

from collections.abc import Callable

import pytest

from tests.browser.people import Person
from tests.browser.test_looks_owners import LOOKS

PAGES: dict[str, tuple[str, ...]] = {
    "?state=nominating": ("", "/nominees", "/nominees/new", "/counter"),
    "?state=honoured": ("",),
}
"""Of the first award in a list."""


@pytest.mark.parametrize("look", list(LOOKS))
def test_pages_of_awards(arrive: Callable[..., Person], look: str) -> None:
    person = arrive("feng-xiaoxia", **LOOKS[look])
    if look == "night":
        person.press("English", inside=".foot")
        person.page.locator("html[lang=en]").wait_for()
    for asked, pages in PAGES.items():
        person.go(f"/awards{asked}")
        person.is_fine()
        first = person.one("main .rows a[href^='/awards/']").first.get_attribute("href")
        for page in pages:
            person.go(f"{first}{page}")
            person.is_fine()
    honoured = arrive("tian-siyuan", **LOOKS[look])
    honoured.go(first or "")
    honoured.follow("打印我的证书")
    honoured.page.wait_for_url("**/award-certificates/*")
    paper = person.one("main a[href^='/award-certificates/']").first.get_attribute("href")
    for address in (paper or "", "/verify"):
        person.go(address)
        person.is_fine()
    if look == "night":  # the person's own setting, stored: put it back
        person.go("/awards")
        person.press("中文", inside=".foot")
        person.page.locator("html[lang=zh-CN]").wait_for()
