"""Sessions without the sign-in page: opened by the portal itself, held as a browser would hold them."""

from flask import Flask, g
from flask import session as current
from flask_wtf.csrf import generate_csrf

from portal.accounts.models import User
from portal.accounts.sessions import open_session
from portal.core.db import db

from .load import HOST


def signed_in(app: Flask, account: int) -> tuple[str, str]:
    """The Cookie header of this account's session, and a CSRF token that fits it."""
    with app.test_request_context(environ_overrides={"REMOTE_ADDR": HOST}):
        g.pop("csrf_token", None)  # that of the account before, kept as long as the context around us lasts
        open_session(db.session.get_one(User, account))
        token = generate_csrf()
        content = dict(current)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(content)}", token
