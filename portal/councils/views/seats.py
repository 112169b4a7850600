"""The council itself: who sits at the table."""

from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.pages import page
from ...core.routing import Routes
from .. import queries
from ..models import Council
from ..policy import Can

routes = Routes("council")


@routes.get("/council", may=Can.SEE_COUNCIL, of=queries.council_of)
def show(actor: Actor, council: Council) -> ResponseReturnValue:
    return page("councils/council/show.html", council=council, seats=queries.seats(council))
