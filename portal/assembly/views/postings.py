"""What hung where, with the photographs of the walls."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import files
from ...core.actor import Actor
from ...core.errors import Invalid
from ...core.files import keep_photos
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.hanging import photograph_posting
from ..models.votes import OwnersVote, Posting
from ..policy import Can
from ..queries.convening import plan_page

routes = Routes("vote_postings")


@routes.get("/owners-votes/<int:owners_vote_id>/postings", may=Can.SEE, of=plan_page)
def index(actor: Actor, vote: Any) -> ResponseReturnValue:
    return page("assembly/postings/index.html", vote=vote)


@routes.post(
    "/owners-votes/<int:owners_vote_id>/postings/<int:vote_posting_id>/photos",
    may=Can.ORGANISE,
    of=OwnersVote,
    back="vote_postings.index",
)
def photograph(actor: Actor, vote: OwnersVote, vote_posting_id: int) -> ResponseReturnValue:
    try:
        photos = keep_photos(request.files.getlist("photos"), _("张贴的照片"))
        photograph_posting(actor, vote, posting_id=vote_posting_id, photos=photos)
        flash(_("照片存好了。"))
    except Invalid as refusal:
        flash(str(refusal), "error")
    return go("vote_postings.index", owners_vote_id=vote.id, anchor=f"posting-{vote_posting_id}")


@routes.get(
    "/vote-postings/<int:vote_posting_id>/files/<int:file_id>/<size>", may=Can.SEE_POSTING, of=Posting
)
def photo(actor: Actor, posting: Posting, file_id: int, size: str) -> ResponseReturnValue:
    return files.send(posting, file_id, size)
