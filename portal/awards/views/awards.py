"""The list of awards, announcing one, and the award itself."""

from datetime import timedelta
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.exports import listed
from ...core.pages import go, page
from ...core.routing import PUBLIC, Routes
from ...core.text import _
from ...core.timeline import timeline
from ...places.models import Place
from ...places.queries.tree import place_of_post
from ...voting.words import RollKind, Secrecy
from ..actions.announcing import Announcement, Kind, announce_award
from ..forms import AwardForm
from ..listings import AWARDS, nominees_for
from ..models import Award
from ..policy import Can, staff
from ..queries import pages
from ..rules import MOST_EACH
from ..words import Days, Ties, Vacancy, Whom

routes = Routes("awards")
HERE = "/awards/<int:award_id>"
USUAL_DAYS, USUAL_HOUR = 14, 20


def _start(actor: Actor) -> Place | None:
    return place_of_post(actor, staff.roles)


@routes.get("/awards", may=PUBLIC)
def index(actor: Actor) -> ResponseReturnValue:
    return listed(AWARDS, actor, request.args, "awards/index.html", announces=bool(staff.facts(actor)))


@routes.get("/awards/new", may=Can.ANNOUNCE, of=_start)
def new(actor: Actor, start: Place) -> ResponseReturnValue:
    form = AwardForm(
        nominate_until=clock.at(actor.today + timedelta(days=USUAL_DAYS), USUAL_HOUR),
        vote_days=7,
        posting_days=5,
        posting_kind=Days.WORKING.value,
        roll_kind=RollKind.MEMBERS.value,
        secrecy=Secrecy.SECRET.value,
        ties=Ties.LOT.value,
        vacancy=Vacancy.NEXT.value,
        categories=[
            {"name": _("个人"), "whom": Whom.PERSON.value, "places": 5},
            {"name": _("集体"), "whom": Whom.GROUP.value, "places": 2},
        ],
    )
    return page("awards/new.html", form=form)


@routes.post("/awards/new", may=Can.ANNOUNCE, of=_start)
def create(actor: Actor, start: Place) -> ResponseReturnValue:
    form = AwardForm()
    if form.validate_on_submit():
        with form.catching(Conflict):
            award = announce_award(actor, start, said=_said(form), once=form.once.data)
            flash(_("评选发起了，大家现在就能提名。"))
            return go("awards.show", award_id=award.id)
    return page("awards/new.html", 422, block="award_form", form=form)


@routes.get(HERE, may=Can.SEE, of=pages.award_page)
def show(actor: Actor, award: Any) -> ResponseReturnValue:
    nominees = pages.nominees_of(actor, award.id)
    own = [n for n in nominees if actor.id is not None and (n.user_id == actor.id or n.nominated)]
    objections = pages.objections_of(actor, award.id) if award.posted_at else []
    asked = {o.nominee_id for o in objections if o.author_id == actor.id and o.answered_at is None}
    return page(
        "awards/show.html",
        award=award,
        may_nominate=award.own_nominations < MOST_EACH,
        may_object=any(n.honoured and n.id not in asked for n in nominees),
        on_paper={
            c.id: [n for n in nominees if n.category_id == c.id and n.state == "admitted"]
            for c in award.categories
        },
        own=own,
        objections=objections,
        story=timeline(actor, f"award:{award.id}"),
    )


@routes.get(HERE + "/nominees", may=Can.MANAGE, of=Award)
def nominees(actor: Actor, award: Award) -> ResponseReturnValue:
    return listed(nominees_for(award), actor, request.args, "awards/nominees.html", award=award)


def _said(form: AwardForm) -> Announcement:
    assert form.nominate_until.data is not None
    rows = [row.form for row in form.categories if row.form.name.data]
    return Announcement(
        title=form.title.data,
        criteria=form.criteria.data,
        categories=[Kind(r.name.data, Whom(r.whom.data), r.places.data or 0) for r in rows],
        nominate_until=form.nominate_until.data,
        order_source=form.order_source.data,
        vote_days=form.vote_days.data or 0,
        posting_days=form.posting_days.data or 0,
        posting_kind=Days(form.posting_kind.data),
        roll_kind=RollKind(form.roll_kind.data),
        secrecy=Secrecy(form.secrecy.data),
        ties=Ties(form.ties.data),
        vacancy=Vacancy(form.vacancy.data),
    )
