"""Paper ballots of owners: read by one person, read again by another, and by a third where the two differ."""

from random import Random
from secrets import token_hex

from ...assembly.actions import batching, sealing
from ...assembly.models.box import TOGETHER
from ...assembly.models.papers import Slip
from ...assembly.words import BatchState, Choice
from ...core.actor import Actor
from ...core.db import db
from ..papers import Paper, drawn, one_short
from ..sources import Fields
from ..told import Told, VoteTold


def enter(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """`misread`: so many at the end of the batch the first reader takes for the contrary of what they say."""
    rng = Random(f"{of.vote.title}/{step['id']}")
    said = one_short(of.vote, step["papers"], rng) if step["say"] == "short" else drawn(of.vote, step, rng)
    letters = [of.letters[key] for key in step.get("letters", [])]
    papers = [Paper.of_letter(letter, step["say_by_letter"]) for letter in letters] + said
    batch = batching.start_batch(actor, of.vote, received_at=told.moment(step["received"]), once=token_hex(8))
    right = len(papers) - step.get("misread", 0)
    for position, paper in enumerate(papers):
        batching.enter_slip(
            actor,
            batch,
            ticket=str(paper.number),
            choices=paper.says if position < right else [_contrary(word) for word in paper.says],
            by_proxy=paper.letter is not None,
            letter=str(paper.letter or ""),
            signer=TOGETHER,
            once=token_hex(8),
        )
    batching.hand_over_batch(actor, batch)
    of.batches[step["id"]], of.papers[step["id"]] = batch, papers


def check(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """The second reading of a batch, or the third of the papers that the two read differently."""
    batch, third = of.batches[step["to"]], of.batches[step["to"]].state is BatchState.THIRD
    for paper in of.papers[step["to"]]:
        slip = db.session.get_one(Slip, (batch.id, paper.voter_id, 0))
        if not third or slip.differs:
            batching.check_slip(
                actor,
                batch,
                ticket=str(paper.number),
                choices=paper.says,
                by_proxy=paper.letter is not None,
                letter=str(paper.letter or ""),
                signer=TOGETHER,
            )


def seal(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """How many papers nobody has read in at the close."""
    sealing.seal_box(actor, of.vote, papers=step["papers"], where=step["where"])


def count_again(told: Told, of: VoteTold, actor: Actor, step: Fields) -> None:
    """A second person finds as many."""
    there = sealing.seal_of(of.vote.id)
    assert there is not None
    sealing.confirm_seal(actor, sealing.AtSeal(there.id), papers=there.first)


def _contrary(word: str) -> str:
    return Choice.FOR if word == Choice.AGAINST else Choice.AGAINST
