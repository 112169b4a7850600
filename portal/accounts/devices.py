"""Browsers on which somebody has signed in before. Whoever guesses passwords elsewhere does not lock them out.

The cookie says nothing about anybody: a random token, and for each account a mark that only this portal can make.
"""

import hashlib
import hmac
import secrets
from typing import NamedTuple

from flask import Response, after_this_request, current_app, request

COOKIE = "portal-device"
MOST = 5
"""Accounts of one browser; a family shares a tablet."""
AGE = 365 * 24 * 3600


class Device(NamedTuple):
    token: str
    marks: tuple[str, ...] = ()

    def knows(self, user_id: int) -> bool:
        """Whether this account was opened here before."""
        wanted = _mark(self.token, user_id)
        return any(hmac.compare_digest(wanted, mark) for mark in self.marks)


def present() -> Device:
    """The browser of this request; a new one if it brings nothing of ours."""
    token, *marks = request.cookies.get(COOKIE, "").split(".")
    if not (token.isascii() and token.isalnum() and len(token) == 32):
        return Device(secrets.token_hex(16))
    return Device(token, tuple(mark for mark in marks[:MOST] if mark.isascii()))


def remember(user_id: int) -> None:
    """With the reply to this request the browser knows the account."""
    held = present()
    mine = _mark(held.token, user_id)
    marks = [mine, *(mark for mark in held.marks if mark != mine)][:MOST]

    @after_this_request
    def _kept(reply: Response) -> Response:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        value = ".".join((held.token, *marks))
        reply.set_cookie(
            COOKIE, value, max_age=AGE, path="/sign-in", secure=secure, httponly=True, samesite="Lax"
        )
        return reply


def _mark(token: str, user_id: int) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"device\0{token}\0{user_id}".encode(), hashlib.sha256).hexdigest()[:32]
