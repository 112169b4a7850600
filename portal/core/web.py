"""What every request gets: an id, a time, an actor, security headers and one line in the log."""

import json
import logging
import time
from typing import Any
from uuid import uuid4

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from htmx_flask import Htmx
from werkzeug.middleware.proxy_fix import ProxyFix

from .actor import Actor
from .text import LOCALES, speaking

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POWERS = "geolocation=(), microphone=(%s), camera=(self)"
"""What a page may ask the browser for."""
LARGEST_TEXT = 1024 * 1024
"""Bytes of a form without files: a thousand ticked rows and the longest text together are a tenth of it."""
csrf = CSRFProtect()
htmx = Htmx()
babel = Babel(configure_jinja=False)
"""For the libraries that ask it which language is spoken (Flask-WTF); our own words are `core.text`."""
log = logging.getLogger("portal.request")
_as_json = json.JSONEncoder(separators=(",", ":")).encode


class Portal(Flask):
    """Flask without what it asks of every function on every request: none of ours is a coroutine."""

    def ensure_sync(self, func: Any) -> Any:
        return func


class Sessions(SecureCookieSessionInterface):
    """Flask's own sessions; the signer is made once, since its key holds as long as the process."""

    _signer: Any = None

    def get_signing_serializer(self, app: Flask) -> Any:
        self._signer = self._signer or super().get_signing_serializer(app)
        return self._signer


def init_app(app: Flask) -> None:
    app.session_interface = Sessions()
    htmx.init_app(app)
    babel.init_app(app, locale_selector=lambda: LOCALES[speaking.get()])
    app.before_request(_begin)
    app.after_request(_end)
    proxies = app.config["TRUSTED_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, proxies, proxies, proxies, proxies)  # type: ignore[method-assign]


def guard(app: Flask) -> None:
    """Refuse forms of other sites, and bodies larger than anybody needs. After the features, so that the refusal
    is said in the actor's language."""
    app.before_request(_bound)
    csrf.init_app(app)


def open_microphone() -> None:
    """The page of this request has a form that records; on all others no script gets to hear anything."""
    g.microphone = "self"


def _bound() -> None:
    """Text is read into memory and taken apart before anybody looks at it, whoever sent it; files go to the disk,
    and a visitor has none to send."""
    if g.actor.id is None or not request.mimetype.startswith("multipart/"):
        request.max_content_length = LARGEST_TEXT


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if given.isalnum() and len(given) <= 36 else uuid4().hex
    g.started = time.perf_counter()
    g.actor = Actor()
    speaking.set("zh")


def _end(reply: Response) -> Response:
    reply.headers.extend(HEADERS)
    reply.headers["Permissions-Policy"] = POWERS % g.get("microphone", "")
    if request.is_secure:
        reply.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    reply.headers["X-Request-ID"] = g.get("request_id", "")
    log.info(_as_json(_line(reply)))
    return reply


def _line(reply: Response) -> dict[str, Any]:
    """Method, route and outcome: no address, no query, no agent, no name, so nothing in it is about a person
    but the number of his account."""
    spent = time.perf_counter() - g.get("started", time.perf_counter())
    return {
        "request": g.get("request_id", ""),
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else None,
        "status": reply.status_code,
        "ms": round(spent * 1000, 1),
        "account": g.actor.id if "actor" in g else None,
    }
