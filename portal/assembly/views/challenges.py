"""An owner says that what staff entered in his name is wrong; it is answered, and a second person looks."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.db import db
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.challenging import answer_challenge, challenge_ballot, confirm_strike
from ..forms.challenges import AnsweredForm, ChallengeForm
from ..leaves.ballots import ballot_word
from ..models.challenges import BallotChallenge
from ..models.rolls import Voter
from ..policy import Can
from ..queries.challenges import challenge_page
from ..queries.voters import paper_page

routes = Routes("challenges")


@routes.get("/voters/<int:voter_id>/challenge", may=Can.CHALLENGE, of=paper_page)
def new(actor: Actor, paper: Any) -> ResponseReturnValue:
    entered = _entered(paper)
    asked = request.args.get("receipt", "") or (entered[0][0] if len(entered) == 1 else "")
    return _writing(paper, ChallengeForm(entered, receipt=asked))


@routes.post("/voters/<int:voter_id>/challenge", may=Can.CHALLENGE, of=paper_page, back="challenges.new")
def create(actor: Actor, paper: Any) -> ResponseReturnValue:
    form = ChallengeForm(_entered(paper))
    if form.validate_on_submit():
        made = challenge_ballot(
            actor,
            db.session.get_one(Voter, paper.id),
            receipt=form.receipt.data,
            claim=form.said,
            text=form.text.data,
            once=form.once.data,
        )
        flash(_("提好了。召集人会写明理由答复，您在这里看得到。"))
        return go("challenges.show", ballot_challenge_id=made.id)
    return _writing(paper, form, 422)


@routes.get("/ballot-challenges/<int:ballot_challenge_id>", may=Can.SEE_CHALLENGE, of=challenge_page)
def show(actor: Actor, challenge: Any) -> ResponseReturnValue:
    return _shown(challenge, AnsweredForm(formdata=None))


@routes.post(
    "/ballot-challenges/<int:ballot_challenge_id>/answer",
    may=Can.ANSWER_CHALLENGE,
    of=BallotChallenge,
    back="challenges.show",
)
def answer(actor: Actor, challenge: BallotChallenge) -> ResponseReturnValue:
    form = AnsweredForm()
    id_ = challenge.id
    if form.validate_on_submit():
        strike = form.strike.data == "yes"
        answer_challenge(actor, challenge, strike=strike, reason=form.reason.data)
        flash(_("记下了，等另一个人核对。") if strike else _("答复好了，这张票照旧计入。"))
        return go("challenges.show", ballot_challenge_id=id_)
    return _shown(challenge_page(actor, id_), form, 422)


@routes.post(
    "/ballot-challenges/<int:ballot_challenge_id>/confirmation",
    may=Can.CONFIRM_STRIKE,
    of=BallotChallenge,
    back="challenges.show",
)
def confirm(actor: Actor, challenge: BallotChallenge) -> ResponseReturnValue:
    accepted = request.form.get("accepted") == "yes"
    id_ = challenge.id
    confirm_strike(actor, challenge, accepted=accepted)
    flash(_("这张票划掉了，不计入。") if accepted else _("没有划掉，请召集人重新答复。"))
    return go("challenges.show", ballot_challenge_id=id_)


def _entered(paper: Any) -> list[tuple[str, str]]:
    """Ballots that staff entered for him and of which he has said nothing, in words."""
    return [
        (b.receipt, _("%(way)s，回执码 %(code)s", way=ballot_word(b.channel), code=b.receipt))
        for b in paper.challengeable
    ]


def _writing(paper: Any, form: ChallengeForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "assembly/challenges/new.html",
        status,
        block="challenge_form",
        vote=paper.vote,
        paper=paper,
        form=form,
    )


def _shown(challenge: Any, form: AnsweredForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "assembly/challenges/show.html", status, block="answered_form", challenge=challenge, form=form
    )
