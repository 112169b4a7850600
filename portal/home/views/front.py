"""The first page, and the choice of a community where the portal has several."""

from typing import Any

from flask import request, session, url_for
from flask.typing import ResponseReturnValue

from ...accounts.identity import COMMUNITY
from ...core.actor import Actor
from ...core.columns import LARGEST_ID
from ...core.errors import NotVisible
from ...core.pages import go, leave, own_address, page
from ...core.routing import PUBLIC, Routes
from ...core.waiting import KINDS, Wait, waits
from ..chrome import NAME, holds
from ..queries import overview as read
from ..queries import topics

routes = Routes("home")
SHOWN = 5
"""Things that wait, on the first page."""


@routes.get("/", may=PUBLIC)
def index(actor: Actor) -> ResponseReturnValue:
    community = read.overview(actor)
    if community is None:
        return page("home/communities.html", communities=read.communities())
    if actor.id is None:
        _remember(actor, community.name)
        return page("home/visitor.html", **_shown(actor, community))
    mine = waits(actor, SHOWN)
    return page(
        "home/show.html",
        **_shown(actor, community),
        waits=mine,
        unread=mine.total,
        address=address,
        awaited=topics.awaited(actor),
        desk=holds(actor, "desk:open"),
    )


def _remember(actor: Actor, name: str) -> None:
    """Keep the name of a visitor's community for the bar of his other pages, which do not ask for it."""
    if actor.community != "/" and session.get(NAME) != name:
        session[NAME] = name


def _shown(actor: Actor, community: Any) -> dict[str, Any]:
    """What both first pages show."""
    return {
        "community": community,
        "community_name": community.name,
        "topics": topics.near(actor),
        "under_way": sum(community.stops.values()),
        "year": actor.today.year,
    }


def address(wait: Wait) -> str:
    """The page where a thing that waits is done."""
    kind = KINDS[wait.kind]
    values: dict[str, Any] = {kind.argument: wait.subject_id}
    return url_for(kind.endpoint, **values)


@routes.get("/communities", may=PUBLIC)
def communities(actor: Actor) -> ResponseReturnValue:
    return page("home/communities.html", communities=read.communities())


@routes.post("/communities", may=PUBLIC)
def choose(actor: Actor) -> ResponseReturnValue:
    """A visitor looks at one community; somebody who is signed in has his."""
    if actor.id is not None:
        return go("home.index")
    number = request.form.get("community", 0, type=int)
    chosen = read.community(number) if 0 < number <= LARGEST_ID else None
    if chosen is None:
        raise NotVisible()
    session[COMMUNITY], session[NAME] = chosen.place_path, chosen.name
    return leave(own_address(request.form.get("next")))
