"""Every page of the portal as people get it, once for all the tests that look at pages.

`python -m tests.house.crawl` renews queries.txt, the statements each page sends to the database.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlencode

import html5lib
import sqlalchemy as sa
from flask import Flask
from lxml.etree import _Element
from lxml.html import document_fromstring

from portal import create_app
from portal.core import clock
from portal.core.db import db
from portal.core.routing import PERMISSIONS
from tests import world as worlds
from tests.conftest import SETTINGS, Client, Statements, client_of, rolled_back
from tests.house.addresses import NOT_ROWS
from tests.house.rows import Rows, build
from tests.world import NOW, World

FILE = Path(__file__).with_name("queries.txt")
READERS = ("visitor", "owner", "secretary", "manager")
CHOOSER = "secretary"
"""Who tries every choice above the lists: whoever sees most of them."""
INSISTENT = (CHOOSER, "owner")
"""Who try all rows of an address; between them they come to every page there is. The others come after them."""
ON_POSTGRESQL = os.environ.get("PORTAL_TEST_DATABASE") == "postgresql"
"""There a page shows that its statements run; its markup, fragments and their number are looked at on SQLite."""
ROWS_EACH = 1 if ON_POSTGRESQL else 3
"""Pages of one address that a reader opens: its first rows are enough for its markup and its statements."""
REFUSED = 10
"""Rows after which anybody else is taken to be shut out of an address: he has tried all those that somebody before him
came to by then, and so many more."""
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def _blocks(templates: Iterable[Path]) -> set[str]:
    return {n for t in templates for n in re.findall(r"{%-? *block (\w+)", t.read_text())}


BLOCKS = _blocks(TEMPLATES.rglob("*.html")) - _blocks((TEMPLATES / "layout").glob("*.html"))
"""Names of blocks, without those of the frame; one that is also an id on a page can be swapped there."""
ENOUGH = 9
"""Statements of any page."""
NO_PAGES = {*NOT_ROWS, "health.healthz", "plain.robots"}


@dataclass(frozen=True)
class Page:
    """A page that somebody got. `statements`: how many the database was sent for it."""

    who: str
    rule: str
    address: str
    html: str
    statements: int
    fragments: dict[str, str]
    """What came when a block was asked for by itself, by its id."""
    choices: dict[str, int]
    """The status of every choice that a list on the page offers above itself, by its query."""

    @property
    def name(self) -> str:
        return f"{self.who} {self.address}"

    @cached_property
    def read(self) -> tuple[_Element, list[str]]:
        """The document, and what is wrong with its markup."""
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
        document = parser.parse(self.html)
        return document.getroot(), [f"{code} {data} {at}" for at, code, data in parser.errors]

    @property
    def root(self) -> _Element:
        return self.read[0]


def crawl(app: Flask, world: World) -> list[Page]:
    """Open everything that can be opened, as each of the readers."""
    seen = Statements()
    with rolled_back(app):
        rows = build(world)
        db.session.expunge_all()  # only their addresses are needed; or each of them is forgotten after every request
        sa.event.listen(sa.Engine, "before_cursor_execute", seen.note)
        try:
            client = client_of(app, world)
            addresses = _addresses(app, rows)
            found = [
                page
                for who in sorted(READERS, key=lambda who: who not in INSISTENT)
                for page in _opened(client, addresses, seen, who)
            ]
            return sorted(found, key=lambda page: READERS.index(page.who))
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", seen.note)


class Addresses:
    """Those of one rule. `came`: the ones that somebody got a page from."""

    def __init__(self, every: list[str]) -> None:
        self.every = every
        self.came: dict[str, None] = {}

    def to_try(self, who: str) -> list[str]:
        """Of the others those first that somebody came to."""
        if who in INSISTENT:
            return self.every
        every = [*self.came, *(each for each in self.every if each not in self.came)]
        return every[: len(self.came) + REFUSED]


def _opened(client: Client, of_rule: dict[str, Addresses], seen: Statements, who: str) -> Iterator[Page]:
    client.sign_in(who)
    for rule, addresses in sorted(of_rule.items()):
        found = 0
        for address in addresses.to_try(who):
            del seen[:]
            reply = client.get(address)
            if len(seen) > ENOUGH and not ON_POSTGRESQL:
                # the first look at a register goes on record, which is not what a page costs
                del seen[:]
                reply = client.get(address)
            if reply.status_code == 200 and reply.mimetype != "text/html":
                break  # files, some of which take seconds to draw
            if reply.status_code == 200:
                found += 1
                addresses.came[address] = None
                first = found == 1
                text, sent = reply.get_data(as_text=True), len(seen)
                parts = dict(_fragments(client, address, text)) if first and not ON_POSTGRESQL else {}
                choices = dict(_choices(client, address, text)) if first and who == CHOOSER else {}
                yield Page(who, rule, address, text, sent, parts, choices)
            if found == ROWS_EACH:
                break


def _fragments(client: Client, address: str, text: str) -> Iterator[tuple[str, str]]:
    """The blocks that are on a page, each as htmx gets it."""
    for target in sorted(BLOCKS & set(re.findall(r'id="(\w+)"', text))):
        reply = client.fragment(address, target)
        if reply.headers.get("HX-Retarget") is None:
            yield target, reply.get_data(as_text=True)


def _choices(client: Client, address: str, text: str) -> Iterator[tuple[str, int]]:
    """Every filter, every order and a search of the lists on a page, one at a time."""
    if 'class="filters' not in text:
        return
    forms = (
        form for form in document_fromstring(text).iter("form") if "filters" in (form.get("class") or "")
    )
    for form in forms:
        asked = [(each.get("name"), "一 a") for each in form.iter("input") if each.get("type") == "search"]
        for select in form.iter("select"):
            asked += [(select.get("name"), option.get("value") or "") for option in select.iter("option")]
        for query in (urlencode({name: value}) for name, value in asked if name and value):
            yield query, client.get(f"{form.get('action', address)}?{query}").status_code


def _addresses(app: Flask, rows: Rows) -> dict[str, Addresses]:
    """Rule → its addresses."""
    adapter = app.url_map.bind("localhost")
    found: dict[str, list[str]] = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in NO_PAGES or rule.endpoint not in PERMISSIONS:
            continue
        filled = rows.for_rule(set(rule.arguments)) if rule.arguments else [{}]
        found.setdefault(rule.rule, []).extend(adapter.build(rule.endpoint, a) for a in filled)
    return {rule: Addresses(addresses) for rule, addresses in found.items()}


def counts(pages: list[Page]) -> dict[str, dict[str, int]]:
    """Rule → reader → the most statements that one of its pages sent."""
    most: dict[str, dict[str, int]] = {}
    for page in pages:
        of = most.setdefault(page.rule, {})
        of[page.who] = max(of.get(page.who, 0), page.statements)
    return dict(sorted(most.items()))


def text(pages: list[Page]) -> str:
    head = "Statements a page sends to the database. Made by tests/house/crawl.py.\n"
    lines = [f"{'':60}" + "".join(f"{who:>10}" for who in READERS)]
    for rule, of in counts(pages).items():
        lines.append(f"{rule:60}" + "".join(f"{of.get(who, '-'):>10}" for who in READERS))
    return head + "\n".join(lines) + "\n"


def written() -> dict[str, dict[str, int]]:
    """What queries.txt says."""
    found = {}
    for line in FILE.read_text().splitlines()[2:]:
        rule, *numbers = re.split(r"\s+", line.strip())
        found[rule] = {who: int(n) for who, n in zip(READERS, numbers, strict=True) if n != "-"}
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = {"PORTAL_INSTANCE": folder, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/portal.sqlite3"}
        app = create_app({**SETTINGS, **place})
        with app.app_context(), clock.frozen(NOW):
            db.create_all()
            world = worlds.build()
            db.session.remove()
        FILE.write_text(text(crawl(app, world)))


if __name__ == "__main__":
    main()
