"""A voter's paper: choose, look once more, receipt. Three taps, each an ordinary form."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Invalid, NotVisible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import marks
from ..actions.casting import cast_ballot, see_given
from ..ballotpaper import read_paper
from ..box import AtVoter
from ..models.rolls import Voter
from ..policy import Can
from ..queries.elections import asked_of
from ..queries.voters import paper_page
from .owners_votes import shown

routes = Routes("papers")


def at_voter(_actor: Actor, voter_id: int) -> AtVoter:
    """The address of a voter, unread."""
    return AtVoter(voter_id)


@routes.get("/voters/<int:voter_id>", may=Can.CAST, of=paper_page)
def show(actor: Actor, paper: Any) -> ResponseReturnValue:
    return shown(actor, paper.vote, paper)


@routes.get("/voters/<int:voter_id>/change", may=Can.CAST, of=paper_page)
def change(actor: Actor, paper: Any) -> ResponseReturnValue:
    if paper.own is None or paper.spoken_for:
        return go("papers.show", voter_id=paper.id)
    return shown(actor, paper.vote, paper, step="change")


@routes.post("/voters/<int:voter_id>/review", may=Can.CAST, of=paper_page, back="papers.show")
def review(actor: Actor, paper: Any) -> ResponseReturnValue:
    """Nothing is written: the voter sees once more what he chose."""
    sent = read_paper(request.form)
    try:
        marks.spoken(sent.choices, asked_of(paper.vote))
    except Invalid as refusal:
        return _mend(actor, paper, refusal)
    if paper.spoken_for or (paper.own is not None and sent.seen is None):
        return go("papers.show", voter_id=paper.id)
    return shown(actor, paper.vote, paper, step="review", sent=sent)


@routes.post("/voters/<int:voter_id>/ballot", may=Can.CAST, of=at_voter, back="papers.show")
def cast(actor: Actor, voter: AtVoter) -> ResponseReturnValue:
    sent = read_paper(request.form)
    try:
        cast_ballot(actor, voter, choices=sent.choices, once=sent.once, seen=sent.seen)
    except Invalid as refusal:
        paper = paper_page(actor, voter.id)
        if paper is None:
            raise NotVisible() from None
        return _mend(actor, paper, refusal)
    return go("papers.receipt", voter_id=voter.id)


@routes.post("/voters/<int:voter_id>/seen", may=Can.SEE_GIVEN, of=Voter, back="papers.receipt")
def seen(actor: Actor, voter: Voter) -> ResponseReturnValue:
    see_given(actor, voter)
    flash(_("记下了。"))
    return go("papers.receipt", voter_id=voter.id)


@routes.get("/voters/<int:voter_id>/receipt", may=Can.CAST, of=paper_page)
def receipt(actor: Actor, paper: Any) -> ResponseReturnValue:
    if paper.own is None:
        return go("papers.show", voter_id=paper.id)
    return page("assembly/papers/receipt.html", vote=paper.vote, paper=paper)


def _mend(actor: Actor, paper: Any, refusal: Invalid) -> ResponseReturnValue:
    """The paper comes back with what was marked and what to mend."""
    sent = read_paper(request.form)
    step = "choose" if sent.seen is None or paper.own is None else "change"
    return shown(actor, paper.vote, paper, 422, step=step, sent=sent, refusal=refusal)
