"""The page of an owners' vote, for everybody: what is asked, my paper or why there is none for me, how many voted."""

from typing import Any

from flask import redirect
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.actor import Actor
from ...core.pages import go, page
from ...core.routing import Routes
from ...discussion import subjects
from ..family import family_on_roll
from ..models.votes import OwnersVote
from ..policy import Can
from ..queries.entries import imported_entries
from ..queries.papers import vote_page
from ..queries.participation import SMALL, channels_of, parts_of
from ..queries.voters import paper_page
from ..situation import Situation, situation
from ..words import RESULT_POSTED, VoteState

routes = Routes("owners_votes")
subjects.open_on(
    OwnersVote,
    routes=routes,
    speak=Can.COMMENT,
    moderate=Can.MODERATE,
    path="/owners-votes",
    page=lambda vote: f"/owners-votes/{vote.id}/talk",
)


@routes.get("/owners-votes/<int:owners_vote_id>", may=Can.SEE, of=vote_page)
def show(actor: Actor, vote: Any) -> ResponseReturnValue:
    """Who speaks for one voter finds that voter's paper here; who speaks for several finds the way to each.

    Once counted, the result is the page.
    """
    one = len(vote.mine) == 1 and not vote.charges
    return shown(actor, vote, paper_page(actor, vote.mine[0].voter_id) if one else None)


@routes.get("/owners-votes/<int:owners_vote_id>/participation", may=Can.SEE, of=vote_page)
def participation(actor: Actor, vote: Any) -> ResponseReturnValue:
    """How many of each building have voted, for whoever may see the vote, from the opening to the count."""
    if vote.state not in (VoteState.OPEN, VoteState.CLOSED, VoteState.COUNTING):
        return go("owners_votes.show", owners_vote_id=vote.id)
    parts = parts_of(vote.id)
    return page(
        "assembly/owners_votes/participation.html",
        vote=vote,
        parts=parts,
        channels=channels_of(parts, every=vote.state == VoteState.OPEN),
        small=SMALL if len(parts) > 1 else 0,
    )


@routes.get("/owners-votes/<int:owners_vote_id>/talk", may=Can.SEE, of=OwnersVote)
def talk(actor: Actor, vote: OwnersVote) -> ResponseReturnValue:
    """What people ask and say about a vote that grew out of no topic; else that is said on the topic."""
    if vote.topic_id:
        return redirect(f"/topics/{vote.topic_id}#discussion", 303)
    return page("assembly/owners_votes/talk.html", vote=vote, talk=subjects.talk(actor, OwnersVote, vote))


def shown(actor: Actor, vote: Any, paper: Any, status: int = 200, **values: Any) -> ResponseReturnValue:
    """The page with the paper at one of its steps: choose (the first), review, change."""
    if vote.state in RESULT_POSTED:
        return go("owners_results.show", owners_vote_id=vote.id)
    here = situation(actor, vote, paper, clock.now())
    vote.family = family_on_roll(actor, vote.id) if here is Situation.NOT_ON_ROLL else []
    given: dict[str, Any] = {"step": "choose", "sent": None, "refusal": None, **values}
    given["imported"] = lambda: imported_entries(actor, vote)
    block = "ballot" if status >= 400 else None
    return page(
        "assembly/owners_votes/show.html",
        status,
        block=block,
        vote=vote,
        paper=paper,
        situation=here,
        **given,
    )
