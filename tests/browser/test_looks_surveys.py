"""The pages of questionnaires: by day in Chinese on a phone, by night in English on a desk."""

from collections.abc import Callable

import pytest

from tests.browser.people import Person
from tests.browser.test_looks_owners import LOOKS

PAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "feng-xiaoxia": {"": ("", "/doors", "/paper"), "?state=published": ("", "/result", "/texts")},
    "li-min": {"": ("",), "?state=published": ("/result",)},
}
"""By who opens them, of the first questionnaire in a list."""


@pytest.mark.parametrize("look", list(LOOKS))
@pytest.mark.parametrize("key", list(PAGES))
def test_pages_of_questionnaires(arrive: Callable[..., Person], key: str, look: str) -> None:
    person = arrive(key, **LOOKS[look])
    if look == "night":
        person.press("English", inside=".foot")
        person.page.locator("html[lang=en]").wait_for()
    for asked, pages in PAGES[key].items():
        person.go(f"/surveys{asked}")
        person.is_fine()
        first = person.one("main .rows a[href^='/surveys/']").first.get_attribute("href")
        for page in pages:
            person.go(f"{first}{page}")
            person.is_fine()
    if look == "night":  # the person's own setting, stored: put it back
        person.go("/surveys")
        person.press("中文", inside=".foot")
        person.page.locator("html[lang=zh-CN]").wait_for()
