"""Signed sessions without a sign-in page: what a browser would hold after one."""

from flask import Flask
from flask import session as current
from flask_wtf.csrf import generate_csrf

from portal.accounts import identity


def signed_in(app: Flask, account: int, stamp: str) -> tuple[str, str]:
    """The Cookie header of a person's session, and a CSRF token that fits it."""
    with app.test_request_context():
        token = generate_csrf()
        content = {identity.ACCOUNT: account, identity.STAMP: stamp, "csrf_token": current["csrf_token"]}
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(content)}", token
