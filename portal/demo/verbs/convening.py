"""Owners' votes: drafted, announced, extended; objections answered."""

from secrets import token_hex

from ...assembly import shares
from ...assembly.actions import drafting, objecting, opening
from ...assembly.actions.drafting import Question
from ...assembly.enclosures import Enclosed
from ...assembly.jurisdictions import NATIONAL
from ...assembly.terms import Terms
from ...assembly.words import Convener, Sharing
from ...core.actor import Actor
from ..sources import Fields
from ..told import Told, VoteTold


def draft(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """The vote with everything on its paper."""
    topic = step.get("topic")
    of.vote = drafting.draft_vote(
        actor,
        told.places[step["estate"], step.get("building", "")],
        terms=_terms(told, step),
        once=token_hex(8),
        topic_id=told.topics[topic].topic.id if topic else None,
    )
    for matter in step["matters"]:
        enclosed = Enclosed(*(told.album.pictures(matter.get(kind, [])) for kind in ("now", "plan")))
        drafting.add_matter(actor, of.vote, asked=_question(matter), enclosed=enclosed)


def announce(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    photos = told.album.pictures(step.get("photos", []))
    opening.announce(actor, of.vote, where=step["where"], photos=photos)


def extend(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    opening.extend_vote(
        actor, of.vote, closes_at=told.moment(step["closes"]), reason=step["reason"], where=step["where"]
    )


def answer(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    objection = of.objections[step["to"]]
    objecting.answer_objection(actor, objection, answer=step["body"], upheld=step["upheld"])


def _terms(told: Told, step: Fields) -> Terms:
    return Terms(
        title=step["title"],
        scope_reason=step["scope_reason"],
        convener=Convener(step["convener"]),
        convener_name=step["convener_name"],
        jurisdiction=NATIONAL,
        opens_at=told.moment(step["opens"]),
        closes_at=told.moment(step["closes"]),
        official_evote=step.get("official", False),
        official_where=step.get("official_where", ""),
    )


def _question(matter: Fields) -> Question:
    return Question(
        question=matter["question"],
        wish=matter["wish"],
        item=matter["item"],
        item_reason=matter["item_reason"],
        explanation=matter["explanation"].strip(),
        for_words=matter.get("for_words", ""),
        against_words=matter.get("against_words", ""),
        cost=matter["cost_yuan"] * 100 if "cost_yuan" in matter else None,
        subsidy=matter.get("subsidy_yuan", 0) * 100,
        fee_now=matter.get("fee_now"),
        fee_then=matter.get("fee_then"),
        sharing=Sharing(matter.get("sharing", "area")),
        coefficients=shares.read_table(matter.get("coefficients", "")),
        seats=matter.get("seats"),
    )
