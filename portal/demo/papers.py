"""What stands on the paper ballots of an owners' vote, and whose they are: the same whenever the demo is built."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple, Self

import sqlalchemy as sa

from ..assembly.marks import NOTHING, words_of
from ..assembly.models.box import OwnerBallot
from ..assembly.models.papers import Proxy
from ..assembly.models.rolls import Speaker, Voter
from ..assembly.models.votes import OwnersVote
from ..assembly.words import Choice
from ..core.db import db
from .halving import subset
from .sources import Broken, Fields

TRIES = 2000
BLANK = "blank"


class Paper(NamedTuple):
    """One paper: the voter, his number on it, the marks in the order of the matters."""

    voter_id: int
    number: int
    area: int
    says: Sequence[str]
    letter: int | None = None
    """The letter that an agent gives it with."""

    @classmethod
    def of_letter(cls, letter: Proxy, says: Sequence[str]) -> Self:
        """What an agent without an account gives for his principal."""
        voter = db.session.get_one(Voter, letter.voter_id)
        return cls(voter.id, voter.number, voter.area, says, letter.id)


def drawn(vote: OwnersVote, step: Fields, rng: Random) -> list[Paper]:
    """As many papers as the step says, `say` dividing them matter by matter; `large` is what the largest homes say
    first. Raises ValueError where the numbers do not fit together."""
    voters = rng.sample(_undecided(vote), step["papers"])
    columns = [_shuffled(said, rng) for said in step["say"]]
    if large := step.get("large"):
        voters.sort(key=lambda paper: -paper.area)
        columns = [sorted(column, key=lambda word: word != large) for column in columns]
    return [
        paper._replace(says=list(says))
        for paper, says in zip(voters, zip(*columns, strict=True), strict=True)
    ]


def one_short(vote: OwnersVote, papers: int, rng: Random) -> list[Paper]:
    """Papers with which, beside all that lies in the box, more heads agree than not and the agreeing area is 0.01 m²
    short of more than half. Of a vote on one matter. Raises Broken if the areas of the place do not allow it."""
    part, agree, lead = _in_the_box(vote)
    free = _undecided(vote)
    for _ in range(TRIES):
        some = rng.sample(free, papers)
        whole = part + sum(paper.area for paper in some)
        found = subset([paper.area for paper in some], whole // 2 - agree)
        if found and lead + 2 * len(found) > papers:
            said = dict.fromkeys(found, Choice.FOR)
            return [p._replace(says=[said.get(n, Choice.AGAINST)]) for n, p in enumerate(some)]
    raise Broken(f"{vote.title}: the areas come to no result that is 0.01 m² short")


def _undecided(vote: OwnersVote) -> list[Paper]:
    """Voters of whom there is no ballot and who have no account to vote with."""
    given = sa.select(OwnerBallot.voter_id).where(OwnerBallot.vote_id == vote.id)
    accounts = sa.select(Speaker.voter_id).where(Speaker.vote_id == vote.id, Speaker.user_id.is_not(None))
    letters = sa.select(Proxy.voter_id).where(Proxy.vote_id == vote.id)
    left = sa.select(Voter.id, Voter.number, Voter.area).where(
        Voter.vote_id == vote.id, *(Voter.id.not_in(some) for some in (given, accounts, letters))
    )
    return [Paper(*row, ()) for row in db.session.execute(left.order_by(Voter.number))]


def _in_the_box(vote: OwnersVote) -> tuple[int, int, int]:
    """Area of those who took part, of those who agree, and by how many heads those who agree lead."""
    given = sa.select(OwnerBallot.choices, Voter.area).join(Voter, Voter.id == OwnerBallot.voter_id)
    part = agree = lead = 0
    for choices, area in db.session.execute(given.where(OwnerBallot.vote_id == vote.id)):
        agrees = words_of(choices)[0] == Choice.FOR
        part, agree = part + area, agree + area * agrees
        lead += 1 if agrees else -1
    return part, agree, lead


def _shuffled(said: Mapping[str, int], rng: Random) -> list[str]:
    words = [NOTHING if word == BLANK else word for word, times in said.items() for _ in range(times)]
    rng.shuffle(words)
    return words
