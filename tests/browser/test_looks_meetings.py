"""The pages of meetings: by day in Chinese on a phone, by night in English on a desk; the wall on its screen."""

from collections.abc import Callable

import pytest

from portal.demo.sitting import NAME as SITTING
from portal.demo.tables import NAME as SERIES
from tests.browser.people import Person
from tests.browser.test_looks_owners import LOOKS

LIVE, NEXT = "27号楼油烟怎么排", SERIES
"""Titles of the demo: a meeting that is on, and one in preparation."""
PAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "qin-jinlian": {LIVE: ("", "/notice", "/room")},
    "ma-lixin": {LIVE: ("/check-in",)},
    "feng-xiaoxia": {
        LIVE: ("", "/door", "/room", "/clerk", "/motions", "/wall", "/sign-in-sheet"),
        NEXT: ("", "/notice", "/agenda", "/invitations", "/call", "/edit", "/materials", "/postponement"),
    },
}
"""By who opens them; "" is the meeting itself."""
LISTS = ("/meetings", "/meetings?time=", "/meetings/calendar", "/bodies")
BROKEN = """() => [...document.querySelectorAll('.tally dt, .livebar__btns .btn')].filter((e) => {
  const words = document.createRange();
  words.selectNodeContents(e.querySelector(':not(.vh)') ? e : e.firstChild);
  return new Set([...words.getClientRects()].filter((r) => r.width > 1).map((r) => Math.round(r.top))).size > 1;
}).map((e) => e.textContent)"""
"""Which of these short words do not stand on one line."""
WALL = {"width": 1920, "height": 1080}


@pytest.mark.parametrize("look", list(LOOKS))
@pytest.mark.parametrize("key", list(PAGES))
def test_pages_of_meetings(arrive: Callable[..., Person], key: str, look: str) -> None:
    person = arrive(key, **LOOKS[look])
    person.go("/meetings")
    person.is_fine()
    meetings = {title: _address(person, title) for title in PAGES[key]}
    if look == "night":
        person.press("English", inside=".foot")
        person.page.locator("html[lang=en]").wait_for()
    for title, pages in PAGES[key].items():
        for page in pages:
            person.go(meetings[title] + page)
            person.is_fine()
            if page == "/room":
                person.page.evaluate("document.documentElement.dataset.text = 'large'")
                assert person.page.evaluate(BROKEN) == [], "for, against and abstain are never cut"
    for page in LISTS:
        person.go(page)
        person.is_fine()
    if look == "night":  # the person's own setting, stored: put it back
        person.go("/meetings")
        person.press("中文", inside=".foot")
        person.page.locator("html[lang=zh-CN]").wait_for()


def test_bodies_and_the_wall(arrive: Callable[..., Person]) -> None:
    secretary = arrive("feng-xiaoxia", viewport=WALL)
    secretary.go("/meetings")
    meeting = _address(secretary, LIVE)
    secretary.go(f"{meeting}/wall")
    secretary.sees("正在表态", "扫码签到")
    secretary.is_fine()
    secretary.go("/bodies")
    secretary.follow(SITTING)
    secretary.is_fine()
    secretary.go("/bodies")
    secretary.follow(SERIES)
    secretary.is_fine()
    secretary.follow("以后不排了")
    secretary.is_fine()


@pytest.mark.parametrize("look", list(LOOKS))
@pytest.mark.parametrize("key", ["feng-xiaoxia", "ma-lixin", ""])
def test_minutes_tasks_and_plans(arrive: Callable[..., Person], key: str, look: str) -> None:
    """As the secretary, as somebody who was there, and as a visitor."""
    person = arrive(key, **LOOKS[look])
    plan = f"/topics/{topic_number(person)}"
    for page in (
        "/minutes",
        "/tasks",
        *_first(person, "/minutes"),
        *_first(person, "/tasks"),
        f"{plan}/drafts",
    ):
        person.go(page)
        person.is_fine()
    person.go(f"{plan}/opinions")
    person.is_fine()


def topic_number(person: Person) -> str:
    """Of the topic with a plan."""
    person.go("/topics?q=27部老旧电梯")
    return (person.one(".topic-card h3 a").first.get_attribute("href") or "").rpartition("/")[2]


def _first(person: Person, path: str) -> list[str]:
    """The first things of a list, and their papers if they have any."""
    person.go(path)
    links = person.page.locator(f"main a[href^='{path}/']").evaluate_all(
        "(all) => all.map((a) => a.pathname)"
    )
    own = list(dict.fromkeys(links))[:2]
    assert own, path
    return [*own, *(f"{one}/print" for one in own if path == "/minutes")]


def _address(person: Person, title: str) -> str:
    return person.page.get_by_role("link", name=title).first.get_attribute("href") or ""
