"""The paper: choose, look once more, receipt. Three taps, each an ordinary form."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict, Invalid, NotAllowed, NotVisible
from ...core.limits import limit
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.casting import cast_ballot, change_ballot
from ..forms import Paper, marked_again, marked_on, read_paper
from ..held import AtPoll
from ..marks import taken
from ..policy import Can
from ..queries.counted import counted_receipt
from ..queries.pages import poll_page
from ..words import Secrecy

routes = Routes("ballots")
TRIES, HOUR = 20, 3600
"""Receipt codes that one voter may try out in an hour to change a secret ballot."""


def at_poll(_actor: Actor, poll_id: int) -> AtPoll:
    """The address of a poll, unread."""
    return AtPoll(poll_id)


@routes.post("/polls/<int:poll_id>/review", may=Can.CAST, of=poll_page, back="polls.show")
def review(actor: Actor, poll: Any) -> ResponseReturnValue:
    """Nothing is written: the voter sees once more what he chose."""
    try:
        paper = read_paper(request.form)
        taken(poll, paper.choices, [o.cost or 0 for o in poll.options])
    except Invalid as refusal:
        return _mend(poll, refusal)
    if poll.voted and not paper.change:
        return go("polls.show", poll_id=poll.id)
    return page("voting/polls/show.html", poll=poll, step="review", paper=paper)


@routes.post("/polls/<int:poll_id>/ballot", may=Can.CAST, of=at_poll, back="polls.show")
def cast(actor: Actor, poll: AtPoll) -> ResponseReturnValue:
    try:
        paper = read_paper(request.form)
        code = _put_in(actor, poll, paper)
    except Invalid as refusal:
        return _mend(_shown(actor, poll), refusal)
    if poll.found.secrecy is Secrecy.NAMED:
        return go("ballots.receipt", poll_id=poll.id)
    return page("voting/ballots/receipt.html", poll=_shown(actor, poll), code=code, changed=paper.change)


@routes.get("/polls/<int:poll_id>/change", may=Can.CAST, of=poll_page)
def change(actor: Actor, poll: Any) -> ResponseReturnValue:
    if not poll.voted or poll.voted_by:
        return go("polls.show", poll_id=poll.id)
    marked = () if poll.marks is None else marked_again(poll.method, poll.marks)
    return page("voting/polls/show.html", poll=poll, step="change", marked=marked)


@routes.get("/polls/<int:poll_id>/receipt", may=Can.SEE, of=poll_page)
def receipt(actor: Actor, poll: Any) -> ResponseReturnValue:
    """The receipt of a named ballot; that of a secret one is shown once and kept by the voter alone."""
    if not poll.receipt:
        if poll.voted and not poll.voted_by:
            flash(_("无记名的回执码只在投出时显示一次，这里查不到。"))
        return go("polls.show", poll_id=poll.id)
    return page("voting/ballots/receipt.html", poll=poll, code=poll.receipt, changed=poll.changes > 0)


def _shown(actor: Actor, poll: AtPoll) -> Any:
    """The page of the poll. Raises NotVisible: a paper that was no paper never came to the action that says so."""
    found = poll_page(actor, poll.id)
    if found is None:
        raise NotVisible()
    return found


def _put_in(actor: Actor, poll: AtPoll, paper: Paper) -> str:
    """Cast or change. A paper that is in the box already keeps its receipt, even if this copy of it comes late."""
    if paper.change:
        if paper.receipt:
            limit("receipt", f"{poll.id}:{actor.id}", TRIES, HOUR)
        return change_ballot(
            actor, poll, choices=paper.choices, once=paper.once, seen=paper.seen, receipt=paper.receipt
        )
    try:
        return cast_ballot(actor, poll, choices=paper.choices, once=paper.once)
    except (NotAllowed, Conflict):
        known = counted_receipt(poll.found, actor, paper.once)
        if known is None:
            raise
        return known


def _mend(poll: Any, refusal: Invalid) -> ResponseReturnValue:
    """The paper comes back with what was marked and what to mend."""
    step = "change" if request.form.get("change") == "1" else "choose"
    marked = marked_on(request.form)
    return page(
        "voting/polls/show.html", 422, block="ballot", poll=poll, step=step, refusal=refusal, marked=marked
    )
