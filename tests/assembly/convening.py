"""Calling the owners together as a convener does it, step by step, for tests that need the real rows."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from portal.assembly.actions.drafting import Question, add_matter, draft_vote
from portal.assembly.actions.opening import announce, open_vote
from portal.assembly.actions.rolls import freeze_roll, post_roll, state_unknown
from portal.assembly.models.votes import OwnersVote
from portal.assembly.roll.drawing import Flawed, drawn_up
from portal.assembly.roll.ownerless import unstated
from portal.assembly.terms import Terms
from portal.assembly.words import Convener
from portal.core import clock
from portal.core.actor import Actor
from portal.core.files import Kept
from portal.places.models import Place
from tests.world import NOW, World

OPENS = clock.at(clock.local(NOW + timedelta(days=33)).date(), 9)
CLOSES = OPENS + timedelta(days=15)
FROZEN = clock.at(clock.local(NOW + timedelta(days=16)).date(), 10)
"""The morning after the roll of `posted` has hung out."""
WALLS = "各单元门口、东门公告栏"
UNKNOWN = "登记簿和物业都查过，联系不上原业主。"


def terms(**given: Any) -> Terms:
    words: dict[str, Any] = {
        "title": "12号楼更换电梯",
        "scope_reason": "电梯由全体业主共用，维修资金由全体业主列支。",
        "convener": Convener.COMMITTEE,
        "convener_name": "宝枫新城业主委员会",
        "jurisdiction": "national",
        "opens_at": OPENS,
        "closes_at": CLOSES,
    }
    return Terms(**(words | given))


def question(**given: Any) -> Question:
    words: dict[str, Any] = {
        "question": "用维修资金更换12号楼电梯",
        "wish": "replace_lift",
        "item": 5,
        "item_reason": "更换原有电梯，钱从维修资金里出。",
        "explanation": "三家报价，最低 45,600 元。",
        "cost": 4_560_000,
    }
    return Question(**(words | given))


def drafted(
    world: World,
    by: str = "chair",
    place: str = "estate",
    once: str = "once-1",
    parts: str = "",
    proof: Sequence[Kept] = (),
    **given: Any,
) -> OwnersVote:
    """A vote with one matter."""
    vote = draft_vote(
        world.actor(by), world.get(Place, place), terms=terms(**given), once=once, parts=parts, proof=proof
    )
    add_matter(world.actor(by), vote, asked=question())
    return vote


def without_owners(vote: OwnersVote, by: Actor) -> None:
    """State of every unit the register knows no owner of that nobody knows him."""
    drawn = drawn_up(vote)
    if not isinstance(drawn, Flawed) and (waiting := unstated(vote, drawn)):
        state_unknown(by, vote, unit_ids=[part.id for part in waiting], reason=UNKNOWN)


def posted(world: World, **given: Any) -> OwnersVote:
    vote = drafted(world, **given)
    without_owners(vote, world.chair)
    post_roll(world.chair, vote, where=WALLS)
    return vote


def frozen(world: World, **given: Any) -> OwnersVote:
    vote = posted(world, **given)
    with clock.frozen(FROZEN):
        freeze_roll(world.secretary, vote)
    return vote


def announced(world: World, **given: Any) -> OwnersVote:
    vote = frozen(world, **given)
    with clock.frozen(FROZEN):
        announce(world.secretary, vote, where=WALLS)
    return vote


def opened(world: World, **given: Any) -> OwnersVote:
    vote = announced(world, **given)
    with clock.frozen(OPENS):
        open_vote(world.secretary, vote)
    return vote
