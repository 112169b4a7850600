"""What the matters of a vote cost: by floor or building for everybody, home by home for who speaks for it."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import costs
from ..actions.costs import rework_shares
from ..costs import Worked
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.costs import own_shares
from ..queries.papers import vote_page
from ..roll.drawing import Flawed, drawn_up

routes = Routes("owners_costs")
SHARES = "/owners-votes/<int:owners_vote_id>/shares"


@routes.get(SHARES, may=Can.SEE, of=vote_page)
def show(actor: Actor, vote: Any) -> ResponseReturnValue:
    amends = bool(access.may(actor, Can.AMEND, vote))
    worked = _worked(vote) if amends else []
    return page(
        "assembly/costs/show.html",
        vote=vote,
        amends=amends,
        own=own_shares(actor, vote.id),
        missing={one.matter.position: one for one, _stale in worked if one.gap},
        stale=any(stale for _one, stale in worked),
        preview={one.matter.position: one.lines for one, _stale in worked} if not vote.roll_version else {},
    )


@routes.post(f"{SHARES}/reworking", may=Can.AMEND, of=OwnersVote, back="owners_costs.show")
def rework(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    rework_shares(actor, vote)
    flash(_("按登记簿现在的楼层重新算好了。"))
    return go("owners_costs.show", owners_vote_id=vote.id)


def _worked(vote: Any) -> list[tuple[Worked, bool]]:
    """As it is on the roll; before there is one as it would be on today's register."""
    if vote.roll_version:
        return costs.of_vote(vote)
    drawn = drawn_up(vote)
    return [] if isinstance(drawn, Flawed) else costs.would_be(vote, drawn)
