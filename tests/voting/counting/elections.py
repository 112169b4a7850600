"""Small elections by ranking, made up by hypothesis, and the same papers handed in another way."""

import random
from collections.abc import Mapping
from typing import Any, NamedTuple

from hypothesis import strategies as st

OPTIONS = ["甲", "乙", "丙", "丁", "戊"]
Ballot = dict[str, Any]


class Election(NamedTuple):
    options: list[str]
    ballots: list[Ballot]
    seats: int


def papers(*lines: str) -> list[Ballot]:
    """`"4 A B"` is four papers that rank A before B; a bare number is blank papers."""
    split = [line.split() for line in lines]
    return [{"ranking": ranking, "count": int(number)} for number, *ranking in split]


@st.composite
def elections(draw: st.DrawFn) -> Election:
    options = OPTIONS[: draw(st.integers(1, len(OPTIONS)))]
    rankings = st.lists(st.sampled_from(options), unique=True, max_size=len(options))
    ballots = [
        {"ranking": ranking, "count": draw(st.integers(0, 9))}
        for ranking in draw(st.lists(rankings, max_size=8))
    ]
    return Election(options, ballots, draw(st.integers(0, 4)))


def one_by_one(ballots: list[Ballot], shuffler: random.Random) -> list[Ballot]:
    """The same papers, each a line of its own, in another order."""
    single = [{"ranking": b["ranking"]} for b in ballots for _ in range(b["count"])]
    shuffler.shuffle(single)
    return single


def renamed(ballots: list[Ballot], new_name: Mapping[str, str]) -> list[Ballot]:
    return [{**b, "ranking": [new_name[option] for option in b["ranking"]]} for b in ballots]
