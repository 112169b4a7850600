"""The tree of places, open to everybody."""

from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.pages import go, page
from ...core.routing import Routes
from ..models import Place, PlaceKind
from ..policy import Can
from ..queries import figures, tree

routes = Routes("places")


@routes.get("/places", may=Can.SEE)
def index(actor: Actor) -> ResponseReturnValue:
    """The actor's community; a visitor who chose none finds all of them."""
    community = tree.by_path(actor.community)
    if community is None:
        return page("places/tree/communities.html", communities=tree.communities())
    return go("places.show", place_id=community.id)


@routes.get("/places/<int:place_id>", may=Can.SEE, of=Place)
def show(actor: Actor, place: Place) -> ResponseReturnValue:
    """A place and what it is made of; a unit has a page of its own."""
    if place.kind is PlaceKind.UNIT:
        return go("units.show", unit_id=place.id)
    return page(
        "places/tree/show.html",
        node=place,
        around=tree.around(place),
        uses=figures.uses_at(place.place_path),
    )
