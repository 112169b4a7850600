"""The pages of partner merchants: by day in Chinese on a phone, by night in English on a desk."""

from collections.abc import Callable

import pytest

from tests.browser.people import Person
from tests.browser.test_looks_owners import LOOKS

STAFF, KEEPER = "feng-xiaoxia", "sun-chaohui"
PAGES = {
    STAFF: ("/mall", "/partners", "/partners/new", "/partners/statements", "/market", "/market/edit"),
    KEEPER: ("/mall/codes", "/mall/pin", "/partners/statements"),
}
OF_SHOP = {
    STAFF: ("", "/visits", "/keeper", "/desk", "/redemptions", "/offers/new", "/edit"),
    KEEPER: ("", "/desk", "/redemptions"),
}


@pytest.mark.parametrize("look", list(LOOKS))
@pytest.mark.parametrize("key", [STAFF, KEEPER])
def test_pages_of_partners(arrive: Callable[..., Person], key: str, look: str) -> None:
    person = arrive(key, **LOOKS[look])
    if look == "night":
        person.press("English", inside=".foot")
        person.page.locator("html[lang=en]").wait_for()
    for page in PAGES[key]:
        person.go(page)
        person.is_fine()
    person.go("/partners/statements")
    statement = person.one("main .rows a[href^='/partners/statements/']").first.get_attribute("href") or ""
    person.go("/partners?q=朝辉面馆")
    shop = person.one("main .rows a[href^='/partners/']").first.get_attribute("href") or ""
    person.go("/mall?q=吃面")
    offer = person.one("main .offers a[href^='/mall/offers/']").first.get_attribute("href") or ""
    for address in (statement, f"{statement}/sheet", offer, *(f"{shop}{page}" for page in OF_SHOP[key])):
        person.go(address)
        person.is_fine()
    if key == STAFF:
        person.go(f"{offer}/desk")
        person.is_fine()
    if look == "night":  # the person's own setting, stored: put it back
        person.go("/partners")
        person.press("中文", inside=".foot")
        person.page.locator("html[lang=zh-CN]").wait_for()
