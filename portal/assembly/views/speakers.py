"""Who speaks for a voter: co-owners settle on one; staff enter guardians and whom organisations send."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core import files
from ...core.actor import Actor
from ...core.db import db
from ...core.files import keep_papers, lines_of
from ...core.pages import Reply, go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.speaking import designate_speaker, name_speaker
from ..forms.proxies import DesignationForm, SpeakerForm
from ..models.rolls import Voter
from ..models.votes import OwnersVote
from ..policy import ROLL_STANDS, Can, staff
from ..queries.voters import paper_page
from ..standing import within
from ..words import VoterKind

routes = Routes("speakers")


@routes.get("/voters/<int:voter_id>/speakers", may=Can.DESIGNATE, of=paper_page)
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
            flash(_("登记好了。"))
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
            flash(_("登记好了。"))
            return go("speakers.index", voter_id=paper.id)
    return _shown(actor, paper, 422, "speaker_form", speaker=form)


@routes.get("/voters/<int:voter_id>/letters/<int:file_id>/<size>", may=Can.SEE_VOTER, of=Voter)
def letter(actor: Actor, voter: Voter, file_id: int, size: str) -> ResponseReturnValue:
    return files.send(voter, file_id, size)


def _designation(actor: Actor, paper: Any) -> DesignationForm:
    """What this actor can settle: staff anything, a co-owner that the other one speaks."""
    desk = bool(staff.check(actor, paper))
    others = [(s.id, s.name) for s in paper.speakers if desk or not paper.me or s.id != paper.me.id]
    chosen = paper.chosen_speaker
    now = str(chosen.id) if chosen else None
    return DesignationForm(others, desk, data={"speaker": now})


def _co_owners(paper: Any) -> list[tuple[int, str]]:
    """For whom somebody may speak who is no owner himself, where there is a choice."""
    owners = [(s.owner_id, s.name) for s in paper.speakers if s.owner_id]
    return owners if paper.kind is VoterKind.CO_OWNERS else []


def _shown(actor: Actor, paper: Any, status: int = 200, block: str | None = None, **forms: Any) -> Reply:
    given = {"designation": _designation(actor, paper), "speaker": SpeakerForm(_co_owners(paper)), **forms}
    given["letters"] = lines_of("voter", paper.id)
    given["open"] = within(paper.vote, ROLL_STANDS)
    return page("assembly/speakers/index.html", status, block=block, paper=paper, vote=paper.vote, **given)
