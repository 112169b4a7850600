"""Files that are enclosed with a vote: pictures and plans of its matters, proofs of its scope."""

from flask.typing import ResponseReturnValue

from ...core import files
from ...core.actor import Actor
from ...core.routing import Routes
from ..models.votes import OwnersVote
from ..policy import Can

routes = Routes("vote_enclosures")


@routes.get("/owners-votes/<int:owners_vote_id>/files/<int:file_id>/<size>", may=Can.SEE, of=OwnersVote)
def file(actor: Actor, vote: OwnersVote, file_id: int, size: str) -> ResponseReturnValue:
    return files.send(vote, file_id, size)
