"""What every reply carries, and what the log says of it."""

import hashlib
import json
import logging
import re

import pytest
from flask import Flask
from flask_babel import get_locale, refresh

from portal.core.text import speaking
from tests.conftest import Client
from tests.core.conftest import Make

WHERE = "/workshop/where"


@pytest.mark.parametrize("path", [WHERE, "/workshop/fail/500", "/nothing", "/static/icons.svg"])
def test_security_headers_on_every_reply(path: str, shop: Client) -> None:
    head = shop.get(path).headers
    policy = head["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert head["X-Content-Type-Options"] == "nosniff"
    assert head["Referrer-Policy"] == "same-origin"


def test_strict_transport_only_over_tls(shop: Client) -> None:
    assert "Strict-Transport-Security" not in shop.get(WHERE).headers
    assert "Strict-Transport-Security" in shop.get(WHERE, base_url="https://localhost").headers


def test_a_request_has_an_id(shop: Client) -> None:
    one, two = shop.get(WHERE).headers["X-Request-ID"], shop.get(WHERE).headers["X-Request-ID"]
    assert one != two
    assert shop.get(WHERE, headers={"X-Request-ID": "abc123"}).headers["X-Request-ID"] == "abc123"


@pytest.mark.parametrize("given", ["", "a b", "<x>", "x" * 37, "a-b"])
def test_an_id_nobody_should_send_is_replaced(given: str, shop: Client) -> None:
    assert shop.get(WHERE, headers={"X-Request-ID": given}).headers["X-Request-ID"] != given


def test_the_log_line_holds_no_personal_data(
    make: Make, shop: Client, caplog: pytest.LogCaptureFixture
) -> None:
    thing = make("101")
    shop.sign_in("owner")
    with caplog.at_level(logging.INFO, "portal.request"):
        shop.get(
            f"/workshop/things/{thing.id}?phone=19900000001",
            headers={
                "User-Agent": "Phone",
                "X-Forwarded-For": "198.51.100.7",
                "Referer": "http://localhost/secret",
            },
        )
    (line,) = [json.loads(r.message) for r in caplog.records if r.name == "portal.request"]
    assert line.keys() == {"request", "method", "route", "status", "ms", "account"}
    assert line["route"] == "/workshop/things/<int:thing_id>"
    assert (line["status"], line["account"]) == (200, Client.built.ids["owner"])


def test_cookies_are_closed(shop: Client) -> None:
    shop.sign_in("owner")
    with shop.session_transaction() as session:
        session["x"] = 1
    cookie = shop.get_cookie("portal")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_a_static_file_is_kept_under_an_address_of_its_bytes(client: Client) -> None:
    page = client.get("/sign-in").text
    found = re.search(r'href="(/static/css/portal\.css\?v=([0-9a-f]{8}))"', page)
    assert found
    sheet = client.get(found.group(1))
    assert hashlib.sha256(sheet.data).hexdigest().startswith(found.group(2))
    assert "max-age=86400" in sheet.headers["Cache-Control"]


def test_libraries_are_told_the_language(app: Flask) -> None:
    with app.test_request_context():
        for lang, locale in (("zh", "zh_Hans_CN"), ("en", "en")):
            refresh()
            token = speaking.set(lang)
            assert str(get_locale()) == locale
            speaking.reset(token)
