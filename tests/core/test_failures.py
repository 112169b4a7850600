"""Refusals and errors: a fragment gets an alert and keeps the page, everybody else a page that helps."""

import pytest

from tests.conftest import Client
from tests.core.conftest import Make
from tests.core.workshop import REFUSALS

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#main"}
STATUS = {
    **{kind: int(kind) for kind in REFUSALS if kind.isdigit()},
    "lost": 500,
    "400": 400,
    "405": 405,
    "413": 413,
}


@pytest.mark.parametrize("kind", STATUS)
def test_a_page_that_helps(kind: str, shop: Client) -> None:
    reply = shop.sign_in("owner").get(f"/workshop/fail/{kind}")
    assert reply.status_code == STATUS[kind]
    assert reply.mimetype == "text/html"
    assert reply.text.lower().startswith("<!doctype html>")
    assert 'href="/"' in reply.text
    assert reply.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("kind", STATUS)
def test_an_alert_for_a_fragment(kind: str, shop: Client) -> None:
    reply = shop.sign_in("owner").get(f"/workshop/fail/{kind}", headers=FRAGMENT)
    assert reply.status_code == STATUS[kind]
    assert (reply.headers["HX-Retarget"], reply.headers["HX-Reswap"]) == ("#alerts", "innerHTML")
    assert reply.headers["HX-Push-Url"] == "false"
    assert "<html" not in reply.text
    assert 'role="alert"' in reply.text
    assert "autofocus" in reply.text


@pytest.mark.parametrize("head", [{}, FRAGMENT])
def test_every_reason_is_said_with_its_cure(head: dict[str, str], shop: Client) -> None:
    text = shop.sign_in("owner").get("/workshop/fail/409", headers=head).text
    assert "要有标题" in text
    assert "要有金额" in text
    assert 'href="/title"' in text


def test_asked_too_often_says_when_to_come_back(shop: Client) -> None:
    reply = shop.get("/workshop/fail/429")
    assert reply.headers["Retry-After"] == "300"
    assert "5 分钟" in reply.text


@pytest.mark.parametrize("kind", ["500", "lost"])
@pytest.mark.parametrize("head", [{}, FRAGMENT])
def test_nothing_of_the_inside_is_shown(kind: str, head: dict[str, str], shop: Client) -> None:
    text = shop.get(f"/workshop/fail/{kind}", headers=head).text
    for inside in ("secret", "Traceback", "RuntimeError", "connection", "SELECT"):
        assert inside not in text


@pytest.mark.parametrize("kind", STATUS)
def test_error_pages_ask_nothing_of_the_database(kind: str, shop: Client, statements: list[str]) -> None:
    shop.sign_in(None)
    del statements[:]
    shop.get(f"/workshop/fail/{kind}")
    assert statements == []


def test_an_unknown_address(shop: Client) -> None:
    assert shop.get("/nothing/here").status_code == 404
    assert shop.get("/nothing/here", headers=FRAGMENT).headers["HX-Retarget"] == "#alerts"


def test_a_wrong_method_says_which_are_right(shop: Client) -> None:
    reply = shop.delete("/workshop/where")
    assert reply.status_code == 405


@pytest.mark.parametrize("head", [{}, FRAGMENT])
def test_a_form_without_its_key_is_explained(head: dict[str, str], make: Make, shop: Client) -> None:
    thing = make("101", author="owner")
    reply = shop.sign_in("owner").post(f"/workshop/things/{thing.id}", data={"title": "x"}, headers=head)
    assert reply.status_code == 400
    assert "没有提交" in reply.text
    assert make.__name__
    assert "路灯" in shop.get(f"/workshop/things/{thing.id}").text


@pytest.mark.parametrize("kind", ["404", "500"])
def test_errors_speak_the_actors_language(kind: str, shop: Client) -> None:
    shop.sign_in(None)
    text = shop.get(f"/workshop/fail/{kind}", headers={"Accept-Language": "en"}).text
    assert '<html lang="en"' in text


def test_an_error_does_not_speak_the_language_of_the_request_before(shop: Client) -> None:
    shop.sign_in(None)
    shop.get("/workshop/fail/404", headers={"Accept-Language": "en"})
    assert '<html lang="zh-CN"' in shop.post("/workshop/where", headers={"Accept-Language": "zh"}).text
