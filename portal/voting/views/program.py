"""The counting program, for everybody: with a count file it says on any computer what the portal says."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.routing import PUBLIC, Routes
from ..bundle import PROGRAM, bundle, digest

routes = Routes("program")
HEAD = {
    "Content-Disposition": f'attachment; filename="{PROGRAM}"',
    "Cache-Control": "public, max-age=3600",
}


@routes.get(f"/{PROGRAM}", may=PUBLIC)
def download(actor: Actor) -> ResponseReturnValue:
    """The same bytes for everybody until the next version; nothing of this community is in them."""
    reply = Response(bundle(), 200, HEAD, content_type="application/zip")
    reply.set_etag(digest())
    return reply.make_conditional(request)
