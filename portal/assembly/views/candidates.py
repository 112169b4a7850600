"""Who stands: the list, putting oneself or a neighbour forward, one candidate with what can be done about him."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import elections, nominees
from ..actions.nominating import agree_to_stand, nominate, qualify, refuse, stand, withdraw
from ..actions.objecting import object_to_candidate
from ..election_events import CandidateQualified
from ..election_words import Nominator
from ..forms.count import ObjectionForm
from ..forms.elections import ConsentForm, NominationForm, RefusalForm, StandForm, lines_of
from ..lifecycle import CANDIDATE
from ..models.elections import Candidate
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.elections import candidate_page, candidates_seen
from ..queries.objections import answer_due
from ..queries.papers import vote_page
from ..words import ObjectionKind

routes = Routes("candidates")
LIST = "/owners-votes/<int:owners_vote_id>/candidates"
ONE = "/candidates/<int:candidate_id>"


@routes.get(LIST, may=Can.SEE, of=vote_page)
def index(actor: Actor, vote: Any) -> ResponseReturnValue:
    seen = candidates_seen(actor, vote.id)
    may_stand = bool(_own(actor, vote))
    return page("assembly/candidates/index.html", vote=vote, candidates=seen, may_stand=may_stand)


@routes.get(f"{LIST}/standing", may=Can.NOMINATE, of=OwnersVote)
def ask_own(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    own = _own(actor, vote)
    if not own:
        return go("candidates.ask_nomination", owners_vote_id=vote.id)
    first = own[0].owner_id if len(own) == 1 else None
    return _putting_forward(vote, StandForm(_matters(vote), own, data={"owner": first}))


@routes.post(f"{LIST}/standing", may=Can.NOMINATE, of=OwnersVote)
def put_forward(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = StandForm(_matters(vote), _own(actor, vote))
    if form.validate_on_submit():
        with form.catching(Conflict, on="matter"):
            candidate = stand(
                actor,
                vote,
                matter_id=form.matter.data,
                owner_id=form.owner.data,
                statement=form.statement.data,
                declared=form.points,
                once=form.once.data,
            )
            flash(_("报上名了。资格审查以后，名单跟表决公告一起贴出来。"))
            return go("candidates.show", candidate_id=candidate.id)
    return _putting_forward(vote, form, 422)


@routes.get(f"{LIST}/nomination", may=Can.NOMINATE, of=OwnersVote)
def ask_nomination(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    official = bool(access.may(actor, Can.NOMINATE_ON_PAPER, vote))
    usual = Nominator.ORGANISER if official else Nominator.OWNER
    return _nominating(vote, NominationForm(_matters(vote), official, data={"by": usual.value}))


@routes.post(f"{LIST}/nomination", may=Can.NOMINATE, of=OwnersVote)
def name(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = NominationForm(_matters(vote), bool(access.may(actor, Can.NOMINATE_ON_PAPER, vote)))
    if form.validate_on_submit():
        with form.catching(Conflict, on="name"):
            candidate = nominate(
                actor,
                vote,
                matter_id=form.matter.data,
                plate=form.plate.data,
                name=form.name.data,
                by=form.nominator,
                once=form.once.data,
            )
            flash(_("推荐收到了。本人同意、资格审查通过，才上名单。"))
            return go("candidates.show", candidate_id=candidate.id)
    return _nominating(vote, form, 422)


@routes.get(ONE, may=Can.SEE_CANDIDATE, of=candidate_page)
def show(actor: Actor, candidate: Any) -> ResponseReturnValue:
    return _shown(actor, candidate)


@routes.post(f"{ONE}/consent", may=Can.AGREE_TO_STAND, of=Candidate, back="candidates.show")
def consent(actor: Actor, candidate: Candidate) -> ResponseReturnValue:
    form = ConsentForm()
    if form.validate_on_submit():
        agree_to_stand(actor, candidate, statement=form.statement.data, declared=form.points)
        flash(_("记下了。审查以前还可以改。"))
        return go("candidates.show", candidate_id=candidate.id)
    return _shown(actor, candidate_page(actor, candidate.id), 422, "consent_form", consent=form)


@routes.post(f"{ONE}/qualification", may=Can.REVIEW_CANDIDATE, of=Candidate, back="candidates.show")
def accept(actor: Actor, candidate: Candidate) -> ResponseReturnValue:
    qualify(actor, candidate)
    flash(_("资格审查通过。"))
    return go("candidates.index", owners_vote_id=candidate.vote_id)


@routes.post(f"{ONE}/refusal", may=Can.REVIEW_CANDIDATE, of=Candidate, back="candidates.show")
def turn_down(actor: Actor, candidate: Candidate) -> ResponseReturnValue:
    form = RefusalForm()
    if form.validate_on_submit():
        with form.catching():
            refuse(actor, candidate, reason=form.reason.data)
            flash(_("记下了，他本人看得到理由。"))
            return go("candidates.index", owners_vote_id=candidate.vote_id)
    return _shown(actor, candidate_page(actor, candidate.id), 422, "review_form", review=form)


@routes.post(f"{ONE}/withdrawal", may=Can.WITHDRAW_CANDIDATE, of=Candidate, back="candidates.show")
def leave(actor: Actor, candidate: Candidate) -> ResponseReturnValue:
    withdraw(actor, candidate)
    flash(_("退出记下了。"))
    return go("candidates.show", candidate_id=candidate.id)


@routes.get(f"{LIST}/<int:candidate_id>/objections/new", may=Can.OBJECT_CANDIDATE, of=OwnersVote)
def ask_objection(actor: Actor, vote: OwnersVote, candidate_id: int) -> ResponseReturnValue:
    due = answer_due(actor.id, vote.id, ObjectionKind.CANDIDATE, candidate_id)
    return _objecting(actor, vote, candidate_id, ObjectionForm(), due=due)


@routes.post(f"{LIST}/<int:candidate_id>/objections/new", may=Can.OBJECT_CANDIDATE, of=OwnersVote)
def object_to(actor: Actor, vote: OwnersVote, candidate_id: int) -> ResponseReturnValue:
    form = ObjectionForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="text"):
            said = object_to_candidate(
                actor, vote, candidate_id=candidate_id, text=form.text.data, once=form.once.data
            )
            flash(_("异议收到了，每一条都会公开答复。"))
            return go("vote_objections.index", owners_vote_id=vote.id, anchor=f"objection-{said.id}")
    return _objecting(actor, vote, candidate_id, form, 422)


def _own(actor: Actor, vote: Any) -> list[nominees.Nominee]:
    """As whom he may stand: not who won a seat in the round before."""
    seated = elections.seated_before(vote.round_of_id)
    return [one for one in nominees.own(vote.id, actor.id, actor.name) if one.owner_id not in seated]


def _matters(vote: OwnersVote) -> list[tuple[int, str]]:
    return lines_of(elections.elections_of(vote.id))


def _putting_forward(vote: OwnersVote, form: StandForm, status: int = 200) -> ResponseReturnValue:
    return page("assembly/candidates/stand.html", status, block="stand_form", vote=vote, form=form)


def _nominating(vote: OwnersVote, form: NominationForm, status: int = 200) -> ResponseReturnValue:
    return page("assembly/candidates/nominate.html", status, block="nomination_form", vote=vote, form=form)


def _shown(
    actor: Actor, candidate: Any, status: int = 200, block: str | None = None, **forms: Any
) -> ResponseReturnValue:
    said = {"statement": candidate.statement, "declared": [w for w in candidate.declared.split(",") if w]}
    given = {"consent": ConsentForm(data=said), "review": RefusalForm(formdata=None), **forms}
    checks = access.may(actor, Can.REVIEW_CANDIDATE, candidate)
    unmet = CANDIDATE.unmet(actor, candidate, CandidateQualified) if checks else ()
    return page(
        "assembly/candidates/show.html", status, block=block, candidate=candidate, unmet=unmet, **given
    )


def _objecting(
    actor: Actor,
    vote: OwnersVote,
    candidate_id: int,
    form: ObjectionForm,
    status: int = 200,
    *,
    due: bool = False,
) -> ResponseReturnValue:
    candidate = candidate_page(actor, candidate_id)
    if candidate is None or candidate.vote_id != vote.id:
        return go("candidates.index", owners_vote_id=vote.id)
    return page(
        "assembly/objections/new.html",
        status,
        block="objection_form",
        vote=vote,
        form=form,
        kind=ObjectionKind.CANDIDATE,
        due=due,
        candidate=candidate,
    )
