"""The lot: anybody who has the number draws the same, and nobody can choose it."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting import draw
from portal.voting.counting import recount
from portal.voting.draw import Flaw
from tests.world import NOW

NAMES = st.lists(st.text(min_size=1, max_size=8), min_size=2, max_size=6, unique=True)


def test_the_order_is_that_of_the_digests() -> None:
    seed, tied = "02 07 11", ["换木板", "加固基座", "拆掉"]
    by_hand = sorted(tied, key=lambda o: hashlib.sha256(f"{seed}{o}".encode()).hexdigest())
    assert draw.drawn(seed, tied) == by_hand


@pytest.mark.parametrize(
    "typed",
    [
        "03 08 11",
        "03  08 11",
        "03,08,11",
        "03，08，11",
        "０3 08 11",
        "03 08 11。",
        "030811",
        "03\u300008\u300011",
    ],
)
def test_no_spelling_of_a_number_draws_otherwise(typed: str) -> None:
    assert draw.digits(typed) == "030811"


@pytest.mark.parametrize("typed", ["", "，。", "第 03 期", "3a", "三"])
def test_letters_are_no_number(typed: str) -> None:
    assert draw.digits(typed) == ""


@given(st.text(max_size=20), NAMES, st.randoms())
def test_the_order_on_the_paper_does_not_matter(seed: str, tied: list[str], random: Any) -> None:
    shuffled = [*tied]
    random.shuffle(shuffled)
    assert draw.drawn(seed, tied) == draw.drawn(seed, shuffled)
    assert sorted(draw.drawn(seed, tied)) == sorted(tied)


def test_every_option_comes_first_about_as_often() -> None:
    firsts = [draw.drawn(str(n), "甲乙丙")[0] for n in range(3000)]
    assert all(900 < firsts.count(o) < 1100 for o in "甲乙丙")


class TestWhoGetsWhatIsLeft:
    def test_seats(self) -> None:
        case = {
            "method": "plurality",
            "options": ["甲", "乙", "丙"],
            "params": {"seats": 2},
            "ballots": [{"choice": "甲", "count": 3}, {"choice": "乙"}, {"choice": "丙"}],
        }
        tally = recount(case)
        assert draw.chosen(case, tally, ["丙", "乙"]) == ["丙"]

    @pytest.fixture
    def budget(self) -> dict[str, Any]:
        """Two projects as dear as the whole sum, and a cheap one that only fits if neither is taken."""
        return {
            "method": "pb_greedy",
            "options": ["灯", "坡道", "牌"],
            "costs": {"灯": "60", "坡道": "70", "牌": "35"},
            "budget": "100",
            "params": {"utility": "cost", "within_budget": True},
            "ballots": [
                {"approve": ["灯"], "count": 2},
                {"approve": ["坡道", "牌"]},
                {"approve": ["坡道", "牌"]},
            ],
        }

    @pytest.mark.parametrize(
        ("order", "chosen"), [("灯 坡道 牌", "灯 牌"), ("坡道 灯 牌", "坡道"), ("牌 坡道 灯", "牌 灯")]
    )
    def test_a_budget_never_spends_more_than_there_is(
        self, budget: dict[str, Any], order: str, chosen: str
    ) -> None:
        tally = recount(budget)
        assert set(tally["tied"]) == {"灯", "坡道", "牌"}
        got = draw.chosen(budget, tally, order.split())
        assert got == chosen.split()
        assert sum(int(budget["costs"][o]) for o in got) <= 100

    @pytest.mark.parametrize("first", ["灯", "坡道"])
    def test_equal_shares_stay_fair(self, first: str) -> None:
        """Both have the same supporters, who cannot pay for both, though the sum would reach."""
        case = {
            "method": "pb_mes",
            "options": ["灯", "坡道"],
            "costs": {"灯": "40", "坡道": "40"},
            "budget": "100",
            "params": {"utility": "cost"},
            "ballots": [{"approve": ["灯", "坡道"]}, {"approve": []}],
        }
        tally = recount(case)
        assert set(tally["tied"]) == {"灯", "坡道"}
        order = [first, *({"灯", "坡道"} - {first})]
        assert draw.chosen(case, tally, order) == [first]


class TestTheAnnouncement:
    GOOD = ("第 70 期", 6, NOW + timedelta(hours=1), ("张桂兰", "刘大明"), "冯小霞")

    def test_fine(self) -> None:
        assert draw.flaw(NOW, *self.GOOD) is None

    @pytest.mark.parametrize(
        ("change", "found"),
        [
            ({0: ""}, Flaw.NO_SOURCE),
            ({1: 0}, Flaw.NO_LENGTH),
            ({1: 101}, Flaw.NO_LENGTH),
            ({2: NOW}, Flaw.TOO_SOON),
            ({2: NOW + timedelta(days=31)}, Flaw.TOO_LATE),
            ({3: ("张桂兰", "张桂兰")}, Flaw.TWO_WITNESSES),
            ({3: ("张桂兰", "")}, Flaw.TWO_WITNESSES),
            ({3: ("张桂兰", "冯小霞")}, Flaw.TWO_WITNESSES),
        ],
    )
    def test_what_will_not_do(self, change: dict[int, Any], found: Flaw) -> None:
        given = [change.get(n, value) for n, value in enumerate(self.GOOD)]
        assert draw.flaw(NOW, *given) is found
