"""The council itself: who sits at the table, and who is given a seat."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Invalid
from ...core.numbers import row_number
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import queries
from ..actions.table import end_seat, give_seat
from ..courses import COURSE_WORD, in_words
from ..models import Council, Seat
from ..policy import Can
from ..words import Party

routes = Routes("council")


@routes.get("/council", may=Can.SEE_COUNCIL, of=queries.council_of)
def show(actor: Actor, council: Council) -> ResponseReturnValue:
    usually = [(_(COURSE_WORD[course]), words) for course, words in in_words(council.courses).items()]
    seats = queries.seats(council)
    return page("councils/council/show.html", council=council, seats=seats, usually=usually)


@routes.post("/council/seats", may=Can.SEAT, of=queries.council_of, back="council.show")
def create(actor: Actor, council: Council) -> ResponseReturnValue:
    party = request.form.get("party", "")
    if party not in set(Party):
        raise Invalid(_("请选他代表哪一方。"), "party")
    give_seat(actor, council, user_id=row_number(request.form.get("user_id")) or 0, party=Party(party))
    flash(_("已经请他就座。"))
    return go("council.show")


@routes.post("/council/seats/<int:seat_id>/ending", may=Can.SEAT, of=Seat, back="council.show")
def end(actor: Actor, seat: Seat) -> ResponseReturnValue:
    end_seat(actor, seat)
    flash(_("这一席已经结束。"))
    return go("council.show")
