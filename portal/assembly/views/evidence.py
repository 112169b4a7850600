"""The evidence pack, for those entitled to it."""

from flask import send_file
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.routing import Routes
from ..actions.evidence import note_evidence
from ..evidence.pack import pack
from ..models.votes import OwnersVote
from ..policy import Can
from .official import kept_files

routes = Routes("owners_vote_evidence")


@routes.get("/owners-votes/<int:owners_vote_id>/evidence.zip", may=Can.SEE_EVIDENCE, of=OwnersVote)
def evidence(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    """Written to the disk first, in one reading of the database, and sent in pieces."""
    note_evidence(actor, vote)
    held = pack(actor, vote, kept_files())
    reply = send_file(held, "application/zip", True, f"evidence-{vote.number}.zip", max_age=0)
    reply.headers["Cache-Control"] = "private, no-store"
    return reply
