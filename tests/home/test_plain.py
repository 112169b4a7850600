"""The pages about the portal, its health, and the bars around every page."""

from pathlib import Path

import pytest
from flask import Flask

from portal import create_app
from portal.home.release import release
from tests.home.test_front import shown, words

KEY = "tests"


def another(folder: Path, **given: object) -> Flask:
    """An application of its own, without tables."""
    return create_app({"TESTING": True, "SECRET_KEY": KEY, "PORTAL_INSTANCE": str(folder), **given})


@pytest.mark.parametrize("path", ["/rules", "/privacy", "/accessibility"])
@pytest.mark.parametrize("name", [None, "visitor", "owner"])
def test_plain_pages_are_for_everybody(client, path, name):
    page = shown(client.sign_in(name).get(path))
    assert len(page.select("h1")) == 1
    assert page.select(f"footer a[href='{path}']")


def test_they_ask_nothing_of_the_database(client, statements):
    client.sign_in("visitor")
    del statements[:]
    assert client.get("/privacy").status_code == 200
    assert not statements


def test_components_are_not_for_the_public(client, tmp_path):
    assert client.sign_in("owner").get("/components").status_code == 404
    reply = another(tmp_path, DEMO=True).test_client().get("/components")
    assert reply.status_code == 200


def test_robots(client):
    reply = client.sign_in(None).get("/robots.txt")
    assert reply.mimetype == "text/plain"
    assert "Disallow: /\n" in reply.text


def test_healthy(client):
    reply = client.sign_in(None).get("/healthz")
    assert reply.status_code == 200
    assert reply.json == {"status": "ok", "version": release()}
    assert release()[0].isdigit()


def test_not_healthy_without_a_database(tmp_path):
    nowhere = f"sqlite:///{tmp_path / 'missing' / 'portal.sqlite3'}"
    reply = another(tmp_path, SQLALCHEMY_DATABASE_URI=nowhere).test_client().get("/healthz")
    assert reply.status_code == 503
    assert reply.json == {"status": "database down", "version": release()}


def ways(page, selector: str) -> list[str]:
    return [a["href"] for a in page.select(selector)]


def test_a_resident_has_no_way_to_the_desk(client, council):
    page = shown(client.sign_in("owner").get("/"))
    assert ways(page, ".appnav a")[:2] == ["/", "/topics"]
    assert "/desk" not in ways(page, ".appnav a")
    assert ways(page, ".tabbar a")[0] == "/"
    assert ways(page, ".tabbar a")[-1] == "/me"
    assert words(page, ".appnav [aria-current=page]") == ["首页"]


@pytest.mark.parametrize(
    ("name", "there", "not_there"),
    [
        ("secretary", {"/desk", "/people", "/cards", "/audit", "/rosters"}, set()),
        ("worker", {"/desk", "/people", "/cards"}, {"/audit"}),
        ("manager", {"/desk", "/units"}, {"/audit", "/people", "/cards", "/rosters"}),
        ("chair", {"/desk", "/units"}, {"/audit", "/people", "/cards"}),
    ],
)
def test_the_bar_of_the_desk_has_what_a_post_may_do(client, council, name, there, not_there):
    page = shown(client.sign_in(name).get("/desk"))
    found = set(ways(page, ".desk__nav a"))
    assert there <= found
    assert not not_there & found


def test_every_way_leads_somewhere(client, council):
    page = shown(client.sign_in("secretary").get("/desk"))
    for address in {*ways(page, ".desk__nav a"), *ways(page, ".appnav a"), *ways(page, "footer a")}:
        if address.startswith("/"):
            assert client.get(address, follow_redirects=True).status_code == 200, address


def test_the_bar_names_the_community(client, council):
    assert words(shown(client.sign_in("neighbour").get("/rules")), ".brand__name") == ["龙山社区"]
    client.sign_in("visitor").get("/")
    assert words(shown(client.get("/rules")), ".brand__name") == ["梧桐社区"]
