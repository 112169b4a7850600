"""Every address says who may call it, and none breaks on a number nobody has."""

import re

import pytest
from flask import Flask

from portal.core import access
from portal.core.routing import PERMISSIONS, PUBLIC
from tests.conftest import Client

NOT_OURS = {"static"}


def test_every_route_says_who_may_call_it(application: Flask) -> None:
    endpoints = {rule.endpoint for rule in application.url_map.iter_rules()} - NOT_OURS
    assert endpoints
    assert endpoints - set(PERMISSIONS) == set()


def test_every_permission_of_a_route_has_a_rule(application: Flask) -> None:
    assert {p for p in PERMISSIONS.values() if p != PUBLIC} - set(access.RULES) == set()


def test_every_address_of_a_form_can_be_opened(application: Flask) -> None:
    """With scripting off a form that came back stands at the address of its POST; reloading it is a GET."""
    methods: dict[str, set[str]] = {}
    for rule in application.url_map.iter_rules():
        methods.setdefault(rule.rule, set()).update(rule.methods or ())
    assert sorted(rule for rule, known in methods.items() if "POST" in known and "GET" not in known) == []


NUMBERS = ("0", "2147483648", "9" * 30)
"""No row, beyond the column, beyond any integer of the databases."""


@pytest.mark.parametrize("who", ["owner", "secretary", "neighbour", None])
def test_no_address_breaks(
    who: str | None, application: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All GET addresses with numbers that name nothing: a refusal, a redirect or a page, never an error."""
    monkeypatch.setitem(application.config, "PROPAGATE_EXCEPTIONS", False)
    client.sign_in(who)
    broken = []
    for rule in application.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_OURS:
            continue
        for number in NUMBERS if rule.arguments else NUMBERS[:1]:
            address = re.sub(r"<(?:[^:>]*:)?[^>]*>", number, rule.rule)
            status = client.get(address).status_code
            if status >= 500:
                broken.append(f"{address}: {status}")
    assert broken == []


@pytest.mark.parametrize("who", ["owner", "secretary", None])
def test_no_form_is_taken_without_its_key(who: str | None, application: Flask, client: Client) -> None:
    client.sign_in(who)
    taken = []
    for rule in application.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            address = re.sub(r"<(?:[^:>]*:)?[^>]*>", "1", rule.rule)
            status = client.post(address, data={}).status_code
            if status != 400:
                taken.append(f"{address}: {status}")
    assert taken == []
