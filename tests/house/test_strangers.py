"""Another community's people find nothing here, whatever number they try; visitors are at most asked to sign in."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.core.db import db
from tests.conftest import Client, client_of
from tests.house.addresses import filled, rules
from tests.house.rows import Rows
from tests.world import PEOPLE

STRANGERS = ("neighbour", "other_secretary")


@pytest.fixture
def client(application: Flask, rows: Rows) -> Client:
    db.session.expunge_all()  # only their addresses are needed; or each of them is forgotten after every request
    return client_of(application, rows.world)


def answer(client: Client, address: str) -> TestResponse:
    """Where a GET leads: the addresses of forms lead to their page, which then says no."""
    return client.get(address, follow_redirects=True)


def test_there_is_a_row_for_every_address(application: Flask, rows: Rows) -> None:
    """A feature with a new kind of row gives rows.py an example of it."""
    every = [*rules(application, "GET"), *rules(application, "POST")]
    assert {rule.rule for rule in every if not rows.for_rule(set(rule.arguments))} == set()


def test_these_rows_are_found_by_those_who_belong(application: Flask, rows: Rows, client: Client) -> None:
    """Every address shows a page to somebody of the community, so a refusal to strangers means something."""
    found, every = set(), {rule.rule for rule in rules(application, "GET")}
    for name in ("secretary", "owner", "tenant", "manager", "chair", "worker", "administrator"):
        client.sign_in(name)
        for rule, address in filled(application, rows, "GET"):
            if rule.rule not in found and answer(client, address).status_code == 200:
                found.add(rule.rule)
    assert every - found == set()


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_finds_nothing(who: str, application: Flask, rows: Rows, client: Client) -> None:
    client.sign_in(who)
    seen = [
        f"{address}: {status}"
        for _, address in filled(application, rows, "GET")
        if (status := answer(client, address).status_code) != 404
    ]
    assert seen == []


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_changes_nothing(who: str, application: Flask, rows: Rows, client: Client) -> None:
    client.sign_in(who)
    done = [
        f"{address}: {status}"
        for _, address in filled(application, rows, "POST")
        if (status := client.submit(address).status_code) != 404
    ]
    assert done == []


def test_a_visitor_of_another_community_finds_nothing(application: Flask, rows: Rows, client: Client) -> None:
    """He chose the neighbours' community to look at."""
    with client.session_transaction() as session:
        session["community"] = rows.world.paths["other_community"]
    seen = []
    for _, address in filled(application, rows, "GET"):
        reply = answer(client, address)
        if reply.status_code != 404 and reply.request.path != "/sign-in":
            seen.append(f"{address}: {reply.status_code}")
    assert seen == []


def test_strangers_are_of_another_community() -> None:
    assert {PEOPLE[name][1] for name in STRANGERS} == {"other_community"}
