"""The evidence pack, for those entitled to it."""

from datetime import UTC, datetime, timedelta

from flask import request, send_file
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Underway
from ...core.routing import Routes
from ..actions.evidence import note_evidence
from ..evidence.pack import pack
from ..models.votes import OwnersVote
from ..policy import Can
from .official import kept_files

routes = Routes("owners_vote_evidence")
PATIENCE = timedelta(minutes=15)
"""For how long a pack may say that it was begun then."""


@routes.get("/owners-votes/<int:owners_vote_id>/evidence.zip", may=Can.SEE_EVIDENCE, of=OwnersVote)
def evidence(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    """Written to the disk first and sent in pieces; stated when it is whole. Until its papers are drawn, the reader's
    page asks again with the hour at which he first did."""
    begun = _begun(actor.now)
    try:
        held = pack(actor, vote, kept_files(), begun)
    except Underway as waits:
        again = f"{request.path}?begun={int(begun.timestamp())}"
        raise Underway(str(waits), waits.retry_after, again) from None
    note_evidence(actor, vote)
    reply = send_file(held, "application/zip", True, f"evidence-{vote.number}.zip", max_age=0)
    reply.headers["Cache-Control"] = "private, no-store"
    return reply


def _begun(now: datetime) -> datetime:
    """When this pack was first asked for, if that was a moment ago."""
    text = request.args.get("begun", "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return now
    begun = datetime.fromtimestamp(int(text), UTC)
    return begun if now - PATIENCE < begun <= now else now
