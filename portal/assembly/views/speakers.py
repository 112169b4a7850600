"""Who speaks for a voter: co-owners settle on one; staff enter guardians and whom organisations send."""

from collections.abc import Callable
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import access, files
from ...core.actor import Actor
from ...core.db import db
from ...core.files import keep_papers, lines_of
from ...core.pages import Reply, go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.speaking import (
    decide_speaker,
    designate_speaker,
    name_speaker,
    object_to_speaker,
    review_designation,
    review_speaker,
)
from ..forms.proxies import DesignationForm, SpeakerForm, StandingForm
from ..models.rolls import Speaker, Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.voters import paper_page
from ..words import Standing, VoterKind

routes = Routes("speakers")


@routes.get("/voters/<int:voter_id>/speakers", may=Can.SEE_VOTER, of=paper_page)
def index(actor: Actor, paper: Any) -> ResponseReturnValue:
    return _shown(actor, paper)


@routes.post("/voters/<int:voter_id>/speakers", may=Can.DESIGNATE, of=paper_page)
def designate(actor: Actor, paper: Any) -> ResponseReturnValue:
    form = _designation(actor, paper)
    if form.validate_on_submit():
        with form.catching():
            signed = keep_papers(form.agreement.data or (), field="agreement")
            voter = db.session.get_one(Voter, paper.id)
            designate_speaker(actor, voter, speaker_id=form.chosen, agreement=signed)
            flash(
                _("登记好了。")
                if actor.entered_by is None and not access.may(actor, Can.ENTER_DESIGNATION, voter)
                else _("登记好了，等第二个人核对。")
            )
            return go("speakers.index", voter_id=paper.id)
    return _shown(actor, paper, 422, "designation_form", designation=form)


@routes.post("/voters/<int:voter_id>/speakers/new", may=Can.DESIGNATE, of=paper_page, back="speakers.index")
def create(actor: Actor, paper: Any) -> ResponseReturnValue:
    form = SpeakerForm(_co_owners(paper))
    if form.validate_on_submit():
        with form.catching():
            name_speaker(
                actor,
                db.session.get_one(OwnersVote, paper.vote_id),
                voter_id=paper.id,
                name=form.name.data,
                capacity=form.as_what,
                phone=form.phone.data,
                for_owner=form.whose,
                letter=keep_papers(form.letter.data or (), field="letter"),
            )
            flash(_("登记好了。另一位工作人员对照证明核对以后，他才能投。"))
            return go("speakers.index", voter_id=paper.id)
    return _shown(actor, paper, 422, "speaker_form", speaker=form)


@routes.post(
    "/speakers/<int:speaker_id>/confirmation", may=Can.REVIEW_SPEAKER, of=Speaker, back="speakers.show"
)
def confirm(actor: Actor, speaker: Speaker) -> ResponseReturnValue:
    return _judged(actor, speaker, lambda reason: review_speaker(actor, speaker, accepted=True))


@routes.post("/speakers/<int:speaker_id>/refusal", may=Can.REVIEW_SPEAKER, of=Speaker, back="speakers.show")
def refuse(actor: Actor, speaker: Speaker) -> ResponseReturnValue:
    return _judged(actor, speaker, lambda why: review_speaker(actor, speaker, accepted=False, reason=why))


@routes.post("/speakers/<int:speaker_id>/objection", may=Can.OBJECT_SPEAKER, of=Speaker, back="speakers.show")
def object_to(actor: Actor, speaker: Speaker) -> ResponseReturnValue:
    return _judged(actor, speaker, lambda reason: object_to_speaker(actor, speaker, reason=reason))


@routes.post("/speakers/<int:speaker_id>/decision", may=Can.DECIDE_SPEAKER, of=Speaker, back="speakers.show")
def decide(actor: Actor, speaker: Speaker) -> ResponseReturnValue:
    stands = request.form.get("stands") == "yes"
    return _judged(actor, speaker, lambda why: decide_speaker(actor, speaker, stands=stands, reason=why))


@routes.post(
    "/speakers/<int:speaker_id>/designation",
    may=Can.REVIEW_DESIGNATION,
    of=Speaker,
    back="speakers.show",
)
def settle(actor: Actor, speaker: Speaker) -> ResponseReturnValue:
    review_designation(actor, speaker, accepted=request.form.get("accepted") == "yes")
    flash(_("登记好了。"))
    return go("speakers.index", voter_id=speaker.voter_id)


@routes.get("/speakers/<int:speaker_id>", may=Can.SEE_SPEAKER, of=Speaker)
def show(actor: Actor, speaker: Speaker) -> ResponseReturnValue:
    return go("speakers.index", voter_id=speaker.voter_id)


@routes.get("/voters/<int:voter_id>/letters/<int:file_id>/<size>", may=Can.SEE_VOTER, of=Voter)
def letter(actor: Actor, voter: Voter, file_id: int, size: str) -> ResponseReturnValue:
    return files.send(voter, file_id, size)


def _judged(actor: Actor, speaker: Speaker, done: Callable[[str], None]) -> ResponseReturnValue:
    form = StandingForm()
    if form.validate_on_submit():
        with form.catching():
            done(form.reason.data or "")
            flash(_("登记好了。"))
            return go("speakers.index", voter_id=speaker.voter_id)
    paper = paper_page(actor, speaker.voter_id)
    return _shown(actor, paper, 422, "standing_forms", standing=form, about=speaker.id)


def _designation(actor: Actor, paper: Any) -> DesignationForm:
    """What this actor can settle: staff anything, a co-owner that the other one speaks."""
    desk = bool(access.may(actor, Can.ENTER_DESIGNATION, paper))
    there = [s for s in paper.speakers if s.standing == Standing.STANDS and s.user_id != actor.id]
    others = [(s.id, s.name) for s in there]
    chosen = paper.chosen_speaker
    now = str(chosen.id) if chosen else None
    return DesignationForm(others, desk, data={"speaker": now})


def _co_owners(paper: Any) -> list[tuple[int, str]]:
    """For whom somebody may speak who is no owner himself, where there is a choice."""
    owners = [(s.owner_id, s.name) for s in paper.speakers if s.owner_id]
    return owners if paper.kind is VoterKind.CO_OWNERS else []


def _shown(actor: Actor, paper: Any, status: int = 200, block: str | None = None, **forms: Any) -> Reply:
    given = {"designation": _designation(actor, paper), "speaker": SpeakerForm(_co_owners(paper)), **forms}
    given = {"standing": StandingForm(formdata=None), "about": None, **given}
    given["letters"] = lines_of("voter", paper.id)
    return page("assembly/speakers/index.html", status, block=block, paper=paper, vote=paper.vote, **given)
