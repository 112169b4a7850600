"""Pages of accounts, by subject: the door, claims, my page, people, posts, acting, cards."""

from flask import Flask

from ...core.errors import NotAllowed
from . import acting, cards, claims, door, me, people, posts, relatives  # noqa: F401  (each registers its routes)
from .door import sign_in_first
from .room import routes as routes


def init_app(app: Flask) -> None:
    app.register_error_handler(NotAllowed, sign_in_first)
