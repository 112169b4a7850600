"""Whether co-owners say the same, as the count will see it."""

from datetime import timedelta

import pytest

from portal.assembly.co_owners import AGENT, ALL, Said, differing
from portal.voting.counting import recount
from tests.voting.counting import owners
from tests.world import NOW

HE, SHE = 7, 8


def of(*said: tuple[int, str]) -> list[Said]:
    """In the order of time."""
    return [Said(who, NOW + timedelta(minutes=n), choices) for n, (who, choices) in enumerate(said)]


@pytest.mark.parametrize(
    ("said", "matters"),
    [
        ([(HE, "for,against"), (SHE, "for,for")], (1,)),
        ([(HE, "for,"), (SHE, "for,against")], ()),
        ([(HE, "for,for")], ()),
        ([], ()),
        ([(HE, "c1+c2,for"), (SHE, "c1,for")], (0,)),
        ([(HE, "invalid,for"), (SHE, "c1,for")], ()),
        ([(HE, "abstain"), (SHE, "against")], (0,)),
        ([(HE, "against"), (SHE, "for"), (ALL, "for")], ()),
        ([(HE, "against"), (ALL, "for"), (SHE, "abstain")], (0,)),
        ([(HE, "against"), (SHE, "for"), (ALL, "invalid")], (0,)),
        ([(HE, "against"), (AGENT, "for")], (0,)),
        ([(HE, "against,for"), (ALL, "for,"), (SHE, "for,against")], (1,)),
    ],
)
def test_where_they_differ(said: list[tuple[int, str]], matters: tuple[int, ...]) -> None:
    assert differing(of(*said), last_counts=False) == matters


def test_of_two_papers_of_one_of_them_the_one_that_counts() -> None:
    said = of((HE, "against"), (SHE, "for"), (HE, "for"))
    assert differing(said, last_counts=False) == (0,)
    assert differing(said, last_counts=True) == ()


@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("order", [(HE, SHE, ALL), (HE, ALL, SHE), (ALL, HE, SHE), (HE, SHE, HE)])
def test_the_count_says_the_same(order: tuple[int, ...], last: bool) -> None:
    for words in (("for", "against", "for"), ("for", "for", "against"), ("abstain", "for", "for")):
        said = of(*zip(order, words, strict=True))
        ballots = [
            {"owner": "h", "choice": s.choices, "time": n}
            | ({"member": str(s.who)} if s.who else {"joint": True})
            for n, s in enumerate(said)
        ]
        unit = {"unit": "u", "area": "1.00", "owner": "h", "members": [str(HE), str(SHE)]}
        got = recount(owners.case([unit], ballots, duplicate="last" if last else "first"))
        assert bool(got["conflicts"]) == bool(differing(said, last))
