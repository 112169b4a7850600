"""All pages, as a visitor, an owner, the secretary and the property manager get them."""

from collections.abc import Iterable

import pytest
from flask import Flask

from tests.house import markup
from tests.house.crawl import ENOUGH, Page, counts, crawl, written
from tests.world import World

LISTED = {"/": 6, "/topics": 6, "/topics/<int:topic_id>": 6}
"""Pages whose budget was promised."""
ON_RECORD = dict.fromkeys(
    (
        f"{on}/comments/<int:comment_id>/original"
        for on in ("/topics/<int:topic_id>", "/owners-votes/<int:owners_vote_id>")
    ),
    11,
)
"""Pages that write each time they are read: who read the words of a hidden comment is on record."""


@pytest.fixture(scope="module")
def pages(application: Flask, built: World) -> list[Page]:
    return crawl(application, built)


def faults(found: Iterable[tuple[Page, str]]) -> dict[str, str]:
    """Each fault once for each rule, with a page that has it."""
    once: dict[str, str] = {}
    for page, fault in found:
        once.setdefault(f"{page.rule}: {fault}", page.name)
    return once


def test_there_are_pages(pages: list[Page]) -> None:
    assert len({page.rule for page in pages}) > 60


@pytest.mark.parametrize("what", markup.CHECKS)
def test_on_every_page(what: str, pages: list[Page]) -> None:
    check = markup.CHECKS[what]
    assert faults((page, fault) for page in pages for fault in check(page)) == {}


def test_there_are_fragments(pages: list[Page]) -> None:
    assert len({target for page in pages for target in page.fragments}) > 15


def test_lists_answer_every_choice_above_them(pages: list[Page]) -> None:
    """Filters, orders and a search are statements of their own: each must run on this database."""
    answers = {f"{page.name}?{query}": status for page in pages for query, status in page.choices.items()}
    assert len(answers) > 200
    assert {name: status for name, status in answers.items() if status != 200} == {}


def test_links_lead_somewhere(application: Flask, pages: list[Page]) -> None:
    assert faults((p, f) for p in pages for f in markup.links_to_nothing(p, application)) == {}


def test_no_page_asks_too_much(pages: list[Page]) -> None:
    over = {
        rule: of
        for rule, of in counts(pages).items()
        if max(of.values()) > (LISTED | ON_RECORD).get(rule, ENOUGH)
    }
    assert over == {}


def test_no_page_asks_more_than_was_reviewed(pages: list[Page]) -> None:
    known = written()
    more = {
        f"{rule} {who}": f"{known.get(rule, {}).get(who, 'not written')}, now {n}"
        for rule, of in counts(pages).items()
        for who, n in of.items()
        if n > known.get(rule, {}).get(who, -1)
    }
    assert more == {}, "look at the change: python -m tests.house.crawl && git diff"
