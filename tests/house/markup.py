"""What a page of the portal must be, whoever reads it: faults as sentences, none for a good page."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
from flask import Flask
from lxml.etree import _Element, tostring
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.house.crawl import Page

STATIC = Path(__file__).resolve().parents[2] / "static"
ANEW = ("csrf_token", "once")
UNLABELLED = ("hidden", "submit", "button", "reset", "image")


def values(root: _Element, path: str) -> list[str]:
    """The values of attributes."""
    found = root.xpath(path)
    assert isinstance(found, list)
    return [str(value) for value in found]


def ids(root: _Element) -> list[str]:
    return values(root, "//@id")


def broken(page: Page) -> Iterator[str]:
    yield from page.read[1]


def repeated_ids(page: Page) -> Iterator[str]:
    yield from (f"id {i} {n} times" for i, n in Counter(ids(page.root)).items() if n > 1)


def forms_without_key(page: Page) -> Iterator[str]:
    for form in page.root.iter("form"):
        if form.get("method", "").lower() == "post" and not values(
            form, ".//input[@name='csrf_token']/@value"
        ):
            yield f"form {form.get('action')} has no csrf_token"


def headings(page: Page) -> Iterator[str]:
    """One h1, and no level is skipped on the way down."""
    found = [
        e for e in page.root.iter("h1", "h2", "h3", "h4", "h5", "h6") if not list(e.iterancestors("template"))
    ]
    levels = [int(e.tag[1]) for e in found]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    for before, heading, level in zip([0, *levels], found, levels, strict=False):
        if level > before + 1:
            yield f"h{level} after h{before}: {''.join(values(heading, './/text()')).strip()[:40]}"


def pictures_without_words(page: Page) -> Iterator[str]:
    yield from (f"img {e.get('src')} has no alt" for e in page.root.iter("img") if e.get("alt") is None)


def fields_without_label(page: Page) -> Iterator[str]:
    """Of those that anybody meets."""
    named = set(values(page.root, "//label/@for"))
    for element in page.root.iter("input", "select", "textarea"):
        if element.tag == "input" and element.get("type", "text") in UNLABELLED:
            continue
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            continue
        said = element.get("aria-label") or element.get("aria-labelledby") or element.get("id") in named
        if not said and not list(element.iterancestors("label")):
            yield f"{element.tag} {element.get('name')} has no label"


def names_of_nothing(page: Page) -> Iterator[str]:
    """References to elements by id that are not on the page."""
    known = set(ids(page.root))
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        for value in values(page.root, f"//@{attribute}"):
            yield from (f"{attribute}={i} is not on the page" for i in value.split() if i not in known)
    for value in values(page.root, "//@hx-target"):
        if re.fullmatch(r"#[\w-]+", value) and value[1:] not in known:
            yield f"hx-target={value} is not on the page"


def other_fragments(page: Page) -> Iterator[str]:
    """Blocks that differ, asked for by themselves, from what the page has at their id."""
    for target, fragment in page.fragments.items():
        whole, part = (plain(text, target) for text in (page.html, fragment))
        if whole != part:
            yield f"#{target} is another part than the page has"


def plain(text: str, target: str) -> str:
    """The element with an id as text, without the keys that every answer makes anew; "" if there is none."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    found = parser.parse(text).getroot().xpath(f"//*[@id='{target}']")
    if not found:
        return ""
    for field in found[0].iter("input"):
        if field.get("name") in ANEW:
            field.set("value", "")
    found[0].tail = None
    return str(tostring(found[0], encoding="unicode"))


def links_to_nothing(page: Page, app: Flask) -> Iterator[str]:
    """Addresses of the portal that no route serves, and anchors that are not on the page."""
    known = set(ids(page.root))
    for link in set(values(page.root, "//a/@href | //@hx-get")):
        if link.startswith("#"):
            if link != "#" and link[1:] not in known:
                yield f"{link} is not on the page"
        elif link.startswith("/"):
            yield from _served(app, link, "GET")
        elif not link.startswith(("tel:", "mailto:", "https://", "?")):
            yield f"{link} leads elsewhere"
    for link in set(values(page.root, "//form[@method='post']/@action | //@hx-post")):
        yield from _served(app, link, "POST")


def _served(app: Flask, link: str, method: str) -> Iterator[str]:
    path = urlsplit(link).path
    if path.startswith("/static/"):
        if not (STATIC / path.removeprefix("/static/")).exists():
            yield f"{link} is no file"
        return
    try:
        app.url_map.bind("localhost").match(path, method)
    except RequestRedirect:
        yield f"{link} is redirected"
    except HTTPException as refused:
        yield f"{method} {link}: {refused.code}"


CHECKS: dict[str, Callable[[Page], Iterator[str]]] = {
    "the markup is whole": broken,
    "ids are there once": repeated_ids,
    "forms carry their key": forms_without_key,
    "headings go down step by step": headings,
    "pictures have words": pictures_without_words,
    "fields have labels": fields_without_label,
    "ids that are named exist": names_of_nothing,
    "a fragment is part of its page": other_fragments,
}
