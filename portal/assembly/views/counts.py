"""Counting in public: the page of the count, closing, who stands by, signing."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import access, files
from ...core.actor import Actor
from ...core.files import keep_papers
from ...core.lifecycle import Move
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.closing import close_vote
from ..actions.counting import (
    AtScrutineer,
    begin_count,
    count_again,
    drop_scrutineer,
    name_scrutineer,
    sign_count,
    sign_on_paper,
)
from ..events import CountBegun, PreliminaryPosted, ResultCertified, VoteClosed
from ..forms.count import ScrutineerForm, SheetForm
from ..lifecycle import OWNERS_VOTE
from ..models.counts import Scrutineer, TallySheet
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.files import hanging_on
from ..queries.results import result_page
from ..words import VoteState

routes = Routes("owners_counts")
NEXT: dict[VoteState, Any] = {
    VoteState.OPEN: VoteClosed,
    VoteState.CLOSED: CountBegun,
    VoteState.COUNTING: PreliminaryPosted,
    VoteState.PRELIMINARY: ResultCertified,
}
"""The move that each stop of the count waits for."""


@routes.get("/owners-votes/<int:owners_vote_id>/count", may=Can.SEE, of=result_page)
def show(actor: Actor, vote: Any) -> ResponseReturnValue:
    return _count(actor, vote, ScrutineerForm())


@routes.post(
    "/owners-votes/<int:owners_vote_id>/closure", may=Can.CLOSE, of=OwnersVote, back="owners_counts.show"
)
def closure(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    close_vote(actor, vote)
    flash(_("投票截止了。把截止前收到的纸质票录完，就可以唱票。"))
    return go("owners_counts.show", owners_vote_id=vote.id)


@routes.post(
    "/owners-votes/<int:owners_vote_id>/count/begin",
    may=Can.COUNT,
    of=OwnersVote,
    back="owners_counts.show",
)
def begin(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    begin_count(actor, vote)
    flash(_("每一项都数出来了，请计票人、监票人核对后签字。"))
    return go("owners_counts.show", owners_vote_id=vote.id)


@routes.post(
    "/owners-votes/<int:owners_vote_id>/recount",
    may=Can.POST_PRELIMINARY,
    of=OwnersVote,
    back="owners_counts.show",
)
def recount(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    count_again(actor, vote)
    flash(_("重新数过了，先前的签字作废，请重新签字。"))
    return go("owners_counts.show", owners_vote_id=vote.id)


@routes.post(
    "/owners-votes/<int:owners_vote_id>/scrutineers",
    may=Can.NAME_SCRUTINEER,
    of=OwnersVote,
    back="owners_counts.show",
)
def name(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = ScrutineerForm()
    if form.validate_on_submit():
        with form.catching():
            name_scrutineer(actor, vote, role=form.counter, name=form.name.data, phone=form.phone.data or "")
            flash(_("登记好了。"))
            return go("owners_counts.show", owners_vote_id=vote.id, anchor="table")
    shown = result_page(actor, vote.id)
    return _count(actor, shown, form, 422)


@routes.post(
    "/owners-votes/<int:owners_vote_id>/scrutineers/<int:scrutineer_id>/removal",
    may=Can.NAME_SCRUTINEER,
    of=OwnersVote,
    back="owners_counts.show",
)
def drop(actor: Actor, vote: OwnersVote, scrutineer_id: int) -> ResponseReturnValue:
    drop_scrutineer(actor, vote, scrutineer_id=scrutineer_id)
    return go("owners_counts.show", owners_vote_id=vote.id, anchor="table")


@routes.get("/scrutineers/<int:scrutineer_id>", may=Can.SEE_SCRUTINEER, of=Scrutineer)
def stander(actor: Actor, scrutineer: Scrutineer) -> ResponseReturnValue:
    return go("owners_counts.show", owners_vote_id=scrutineer.vote_id, anchor="table")


def at_scrutineer(_actor: Actor, scrutineer_id: int) -> AtScrutineer:
    """The address of one who stands by, unread."""
    return AtScrutineer(scrutineer_id)


@routes.post(
    "/scrutineers/<int:scrutineer_id>/signature",
    may=Can.SIGN,
    of=at_scrutineer,
    back="owners_counts.stander",
)
def sign(actor: Actor, scrutineer: AtScrutineer) -> ResponseReturnValue:
    sign_count(actor, scrutineer, seen=request.form.get("seen", "")[:40])
    flash(_("签好了。"))
    return go("owners_counts.show", owners_vote_id=scrutineer.found.vote_id, anchor="table")


@routes.post(
    "/owners-votes/<int:owners_vote_id>/sheets",
    may=Can.SIGN_ON_PAPER,
    of=OwnersVote,
    back="owners_counts.show",
)
def sign_paper(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    shown = result_page(actor, vote.id)
    form = _sheet(shown)
    if form.validate_on_submit():
        with form.catching():
            sign_on_paper(
                actor,
                vote,
                signers=form.signers.data or (),
                sheet=keep_papers(form.sheet.data or (), _("签好字的唱票计票记录"), "sheet"),
                seen=(form.seen.data or "")[:40],
            )
            flash(_("签好字的记录存好了。"))
            return go("owners_counts.show", owners_vote_id=vote.id, anchor="table")
    return _count(actor, shown, ScrutineerForm(formdata=None), 422, form)


@routes.get(
    "/owners-votes/<int:owners_vote_id>/sheets/<int:tally_sheet_id>/files/<int:file_id>/<size>",
    may=Can.SEE_BALLOTS,
    of=OwnersVote,
)
def sheet(
    actor: Actor, vote: OwnersVote, tally_sheet_id: int, file_id: int, size: str
) -> ResponseReturnValue:
    return files.send(hanging_on(vote, TallySheet, tally_sheet_id), file_id, size)


def _count(
    actor: Actor,
    vote: Any,
    form: ScrutineerForm,
    status: int = 200,
    sheet: SheetForm | None = None,
) -> ResponseReturnValue:
    """The page of the count. What was counted is seen by who watches and who answers for it until it is posted."""
    inside = bool(access.may(actor, Can.SEE_BALLOTS, vote))
    return page(
        "assembly/counts/show.html",
        status,
        block="scrutineer_form" if sheet is None else "sheet_form",
        vote=vote,
        form=form,
        sheet=sheet or _sheet(vote),
        inside=inside,
        unmet=missing(actor, vote),
    )


def _sheet(vote: Any) -> SheetForm:
    """Those who sign on paper and have not."""
    still = [(s.id, s.name) for s in vote.table if s.user_id is None and s.signed_at is None]
    return SheetForm(still)


def missing(actor: Actor, vote: Any) -> tuple[Any, ...]:
    """What stands in the way of the next step, for those who may take it."""
    event = NEXT.get(vote.state)
    if event is None or not access.may(actor, _move(event).may, vote):
        return ()
    return OWNERS_VOTE.unmet(actor, vote, event)


def _move(event: Any) -> Move:
    return OWNERS_VOTE.moves[event]
