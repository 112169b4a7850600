"""All addresses of the portal that name a row, filled with rows that exist."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from tests.house.rows import Rows

NOT_ROWS = {
    "static", "accounts.scan_code", "desk.take", "calendars.person",
    "verifying.seen", "verifying.old_paper",
}  # fmt: skip
"""Arguments that name no row: a file of the house; the code of a card, which whoever holds it may try; a line of
the reader's own desk, which only leads on to the page of the row; a calendar's secret address, which is its own key;
the code of a certificate, which anybody may check."""


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """Routes with arguments that take a method."""
    for rule in app.url_map.iter_rules():
        if rule.arguments and method in (rule.methods or ()) and rule.endpoint not in NOT_ROWS:
            yield rule


def filled(app: Flask, rows: Rows, method: str) -> Iterator[tuple[Rule, str]]:
    """(rule, address) for every rule and every row that fits it."""
    adapter = app.url_map.bind("localhost")
    for rule in rules(app, method):
        for address in rows.for_rule(set(rule.arguments)):
            yield rule, adapter.build(rule.endpoint, address)
