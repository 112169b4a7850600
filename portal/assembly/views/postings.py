"""What hung where, with the photographs of the walls."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import access, files
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid, NotVisible
from ...core.files import keep_photos
from ...core.pages import go, page
from ...core.printing import pdf
from ...core.routing import Routes
from ...core.text import _
from ..actions.hanging import photograph_posting
from ..models.votes import OwnersVote, Posting
from ..policy import Can
from ..queries.convening import plan_page
from ..queries.hung import page_of
from ..words import PostingKind
from .prints import paper_file

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
    return files.send(posting, file_id, size, purpose="photo")


@routes.get("/vote-postings/<int:vote_posting_id>/paper.pdf", may=Can.SEE_POSTING, of=Posting)
def paper(actor: Actor, posting: Posting) -> ResponseReturnValue:
    """What hung there, in the words it had; the roll for those who may see it."""
    vote = db.session.get_one(OwnersVote, posting.vote_id)
    access.require(actor, Can.SEE_ROLL if posting.kind is PostingKind.ROLL else Can.SEE, vote)
    text = page_of(posting)
    if text is None:
        raise NotVisible()
    return paper_file(pdf(text), f"{posting.kind.value}-{vote.number}-{posting.id}")
