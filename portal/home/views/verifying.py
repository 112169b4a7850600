"""One door for every paper of the portal that carries a code: honours, and certificates of volunteers' service."""

from flask import request
from flask.typing import ResponseReturnValue

from ...awards.queries.certificates import by_code
from ...awards.rules import read_code
from ...core.actor import Actor
from ...core.pages import go, page
from ...core.routing import PUBLIC, Routes
from ...volunteering.queries.people import verified

routes = Routes("verifying")
LONGEST = 32
"""Signs of a code."""


@routes.get("/verify", may=PUBLIC)
def ask(actor: Actor) -> ResponseReturnValue:
    """The form for a code that is typed from paper, or for its whole address."""
    typed = request.args.get("code", "").strip()[:200]
    code = typed.rstrip("/").rpartition("/")[2]
    code = read_code(code) or "".join(sign for sign in code if sign.isalnum())[:LONGEST]
    return (
        go("verifying.seen", code=code)
        if code
        else page("home/verify.html", honour=None, service=None, typed=typed)
    )


@routes.get("/verify/<code>", may=PUBLIC)
def seen(actor: Actor, code: str) -> ResponseReturnValue:
    """What the QR code of a paper leads to: genuine, revoked, or unknown. Whoever holds the code may look; it is long
    enough that nobody guesses one."""
    honour = by_code(read) if (read := read_code(code)) else None
    service = None if honour else verified(code[:LONGEST].lower())
    status = 200 if honour or service else 404
    return page(
        "home/verify.html", status, honour=honour, service=service, typed="" if status == 200 else code
    )


@routes.get("/honours", may=PUBLIC)
def old_door(actor: Actor) -> ResponseReturnValue:
    """Where papers of honour were checked before."""
    return go("verifying.ask", code=request.args.get("code") or None)


@routes.get("/honours/<code>", may=PUBLIC)
def old_paper(actor: Actor, code: str) -> ResponseReturnValue:
    """The address on papers of honour that were printed before."""
    return go("verifying.seen", code=code)
