"""Reaching voters: who has been reached and has voted, deliveries, door visits."""

from collections.abc import Iterable
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import clock, files
from ...core.actor import Actor
from ...core.errors import Invalid
from ...core.exports import listed
from ...core.files import keep_photos
from ...core.numbers import row_number
from ...core.pages import Reply, filters, go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.reaching import MOST_AT_ONCE, acknowledge, assign_visit, record_delivery, visitors
from ..actions.scanning import photograph_delivery
from ..forms.reaching import DeliveryForm, VisitForm
from ..leaves.convening import posting_word
from ..models.reaching import Delivery
from ..models.rolls import Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.attempts import attempts_on, made_to
from ..queries.convening import plan_page
from ..queries.files import hanging_on
from ..queries.hung import NOTICES, notices_of
from ..queries.reaching import REACHED, buildings, channels_of, rounds_of, voters_of
from ..queries.voters import paper_page
from ..taking_part import short
from ..words import DeliveryWay

routes = Routes("deliveries")
FILTERS = ("building", "reached", "voted", "round", "q")


@routes.get("/owners-votes/<int:owners_vote_id>/turnout", may=Can.ORGANISE, of=OwnersVote)
def turnout(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    return _turnout(vote, VisitForm(visitors(vote)))


@routes.post(
    "/owners-votes/<int:owners_vote_id>/visits",
    may=Can.ASSIGN_VISIT,
    of=OwnersVote,
    back="deliveries.turnout",
)
def assign(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = VisitForm(visitors(vote))
    if form.validate_on_submit():
        with form.catching():
            assign_visit(actor, vote, building=form.building.data, visitor_id=form.visitor.data or None)
            flash(_("上门的人安排好了。"))
            return go("deliveries.turnout", owners_vote_id=vote.id)
    return _turnout(vote, form, 422)


@routes.get("/owners-votes/<int:owners_vote_id>/deliveries", may=Can.ORGANISE, of=plan_page)
def index(actor: Actor, vote: Any) -> ResponseReturnValue:
    template, form = "assembly/deliveries/index.html", _form(actor, vote.postings)
    return listed(voters_of(vote.id, actor.id), actor, request.args, template, vote=vote, form=form)


@routes.get("/owners-votes/<int:owners_vote_id>/visits/mine", may=Can.ORGANISE, of=OwnersVote)
def mine(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    """The doors of the one who goes round: his building, or all of his buildings, and there who has not voted."""
    mine = rounds_of(actor, vote)
    asked: dict[str, Any] = {"building": mine[0]} if len(mine) == 1 else {"round": "mine"} if mine else {}
    return go("deliveries.index", owners_vote_id=vote.id, voted="no", **asked)


@routes.post("/owners-votes/<int:owners_vote_id>/deliveries", may=Can.DELIVER, of=OwnersVote)
def create(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    form = _form(actor, notices_of(vote))
    shown = voters_of(vote.id, actor.id).read(actor, request.args)
    if form.validate_on_submit():
        with form.catching():
            if form.all.data:
                chosen = [row.id for row in shown.all_rows(MOST_AT_ONCE + 1)]
            else:
                chosen = [n for n in map(row_number, request.form.getlist("id")) if n]
            photos = keep_photos(form.photos.data or (), _("送达或拒收的照片"))
            entered = record_delivery(
                actor,
                vote,
                voter_ids=chosen,
                way=form.how,
                warned=form.warned.data,
                witnesses=(form.witness_one.data, form.witness_two.data),
                note=form.note.data,
                posting_id=form.posting.data,
                photos=photos,
                once=form.once.data,
            )
            flash(_("登记了 %(n)d 户。", n=entered))
            if form.how is DeliveryWay.REFUSED and entered and not photos:
                flash(_("拒收没有照片。请点开这一户的送达记录补一张：门牌、票和见证人。"), "warn")
            kept = {k: v for k, v in request.args.items() if k in FILTERS}
            return go("deliveries.index", owners_vote_id=vote.id, **kept)
    template = "assembly/deliveries/index.html"
    return page(template, 422, block="delivery_form", list=shown, vote=vote, form=form)


@routes.get("/voters/<int:voter_id>/deliveries", may=Can.SEE_VOTER, of=paper_page)
def of_voter(actor: Actor, paper: Any) -> ResponseReturnValue:
    """Every attempt to reach a voter: for those who go round, and for himself."""
    attempts = attempts_on(paper.id)
    return page("assembly/deliveries/voter.html", paper=paper, vote=paper.vote, attempts=attempts)


@routes.post(
    "/owners-votes/<int:owners_vote_id>/deliveries/<int:delivery_id>/photos",
    may=Can.PHOTOGRAPH_DELIVERY,
    of=OwnersVote,
    back="deliveries.index",
)
def photograph(actor: Actor, vote: OwnersVote, delivery_id: int) -> ResponseReturnValue:
    delivery = hanging_on(vote, Delivery, delivery_id)
    try:
        photos = keep_photos(request.files.getlist("photos"), _("送达或拒收的照片"))
        photograph_delivery(actor, vote, delivery_id=delivery_id, photos=photos)
        flash(_("照片存好了。"))
    except Invalid as refusal:
        flash(str(refusal), "error")
    return go("deliveries.of_voter", voter_id=delivery.voter_id)


@routes.get(
    "/voters/<int:voter_id>/deliveries/<int:delivery_id>/files/<int:file_id>/<size>",
    may=Can.SEE_VOTER,
    of=Voter,
)
def photo(actor: Actor, voter: Voter, delivery_id: int, file_id: int, size: str) -> ResponseReturnValue:
    return files.send(made_to(voter, delivery_id), file_id, size)


@routes.post("/voters/<int:voter_id>/acknowledgement", may=Can.ACKNOWLEDGE, of=Voter, back="papers.show")
def read(actor: Actor, voter: Voter) -> ResponseReturnValue:
    acknowledge(actor, voter)
    flash(_("记下了：您已经看到公告。"))
    return go("owners_votes.show", owners_vote_id=voter.vote_id)


def _form(actor: Actor, postings: Iterable[Any]) -> DeliveryForm:
    return DeliveryForm([(p.id, _told(actor, p)) for p in postings if p.kind in NOTICES])


def _told(actor: Actor, posting: Any) -> str:
    """A posting is told apart by its day and its walls."""
    day = filters(actor.lang)["day"](clock.local(posting.at).date(), clock.local(actor.now))
    return f"{posting_word(posting.kind)} {day.striptags()} {posting.where}"


def _turnout(vote: OwnersVote, form: VisitForm, status: int = 200) -> Reply:
    lines = buildings(vote.id)
    heads, area = sum(line.heads_in for line in lines), sum(line.area_in for line in lines)
    handed, handed_area = sum(line.handed for line in lines), sum(line.handed_area for line in lines)
    block = "buildings" if status >= 400 else None
    return page(
        "assembly/deliveries/turnout.html",
        status,
        block=block,
        vote=vote,
        lines=lines,
        handed=(handed, handed_area),
        short=short(heads, vote.heads, area, vote.area),
        then=short(heads + handed, vote.heads, area + handed_area, vote.area),
        channels=channels_of(lines),
        reached={key: word for key, (word, _ways) in REACHED.items()},
        form=form,
    )
