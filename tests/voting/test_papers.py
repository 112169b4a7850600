"""Papers of every method: written down, read back, counted, and what is wrong with them."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.errors import Invalid
from portal.voting import papers
from portal.voting.counting import recount
from portal.voting.papers import KIND, LONGEST_MARKS, MOST_OPTIONS, Choices, Flaw, Kind, Sheet
from portal.voting.rules import Finding, finding
from portal.voting.terms import Line, Terms, budget, lines, params
from portal.voting.words import METHOD_GROUPS, METHOD_HOW, METHOD_WORD, Method
from tests.voting.methods import CHOOSING

ABC = ["甲", "乙", "丙"]
COSTS = (300, 200, 100)
TERMS = Terms(seats=2, budget=400)


def choices_for(method: Method) -> st.SearchStrategy[Any]:
    most = MOST_OPTIONS[KIND[method]]
    places = st.integers(0, most - 1)
    if KIND[method] is Kind.SCORES:
        return st.dictionaries(places, st.integers(0, 10), max_size=most)
    if KIND[method] is Kind.ONE:
        return st.lists(places, max_size=1)
    return st.lists(places, max_size=most, unique=True)


@given(st.sampled_from(Method).flatmap(lambda m: st.tuples(st.just(m), choices_for(m))))
def test_what_is_written_is_read_back(drawn: tuple[Method, Any]) -> None:
    method, choices = drawn
    marks = papers.written(method, choices)
    assert len(marks) <= LONGEST_MARKS
    back = papers.read(method, marks)
    if isinstance(choices, Mapping):
        assert back == choices
    elif KIND[method] is Kind.RANKING:
        assert list(back) == choices
    else:
        assert list(back) == sorted(choices)


@pytest.mark.parametrize("method", Method)
def test_every_method_has_its_words_and_its_group(method: Method) -> None:
    assert METHOD_WORD[method]
    assert METHOD_HOW[method].endswith("。")
    assert [m for _group, methods in METHOD_GROUPS for m in methods].count(method) == 1


@pytest.mark.parametrize(
    ("method", "choices", "marks", "ballot"),
    [
        (Method.PLURALITY, (1,), "1", {"choice": "乙"}),
        (Method.PLURALITY, (), "", {"choice": None}),
        (Method.APPROVAL, (2, 0), "0,2", {"approve": ["甲", "丙"]}),
        (Method.SCORE, {2: 3, 0: 5}, "0=5,2=3", {"scores": {"甲": 5, "丙": 3}}),
        (Method.SCORE, {}, "", {"scores": {}}),
        (Method.IRV, (2, 0, 1), "2>0>1", {"ranking": ["丙", "甲", "乙"]}),
        (Method.STV_MEEK, (1,), "1", {"ranking": ["乙"]}),
        (Method.BORDA, (), "", {"ranking": []}),
        (Method.PB_MES, (2, 1), "1,2", {"approve": ["乙", "丙"]}),
    ],
)
def test_a_paper_as_a_line_of_the_count_file(
    method: Method, choices: Choices, marks: str, ballot: dict[str, Any]
) -> None:
    assert papers.written(method, choices) == marks
    assert papers.ballot(method, marks, ABC) == ballot


def case(method: Method, *kinds: tuple[Choices, int]) -> dict[str, Any]:
    """A case as the count file states it."""
    money = {"costs": {"甲": "3.00", "乙": "2.00", "丙": "1.00"}, "budget": "4.00"}
    return {
        "method": method.value,
        "options": ABC,
        "params": params(method, TERMS, len(ABC)),
        **(money if KIND[method] is Kind.BUDGET else {}),
        "ballots": [
            papers.ballot(method, papers.written(method, choices), ABC) | {"count": n} for choices, n in kinds
        ],
    }


COUNTED: dict[Method, tuple[list[tuple[Choices, int]], list[str], list[str]]] = {
    Method.PLURALITY: ([((1,), 2), ((0,), 1), ((), 5)], ["乙"], []),
    # Two seats: one is sure, two compete for the other.
    Method.APPROVAL: ([((0, 1), 2), ((0, 2), 2), ((), 5)], ["甲"], ["乙", "丙"]),
    Method.SCORE: ([({0: 5, 1: 4}, 2), ({1: 4}, 2), ({}, 5)], ["乙"], []),
    # 乙 leaves first, and its papers make 丙 pass 甲.
    Method.IRV: ([((0,), 4), ((2,), 3), ((1, 2), 2), ((), 5)], ["丙"], []),
    Method.SCHULZE: ([((0, 1, 2), 3), ((1, 0), 2), ((), 5)], ["甲"], []),
    Method.RANKED_PAIRS: ([((0, 1, 2), 3), ((1, 0), 2), ((), 5)], ["甲"], []),
    # 2·3 + 1·2 for 甲, 1·3 + 2·2 for 乙, none for 丙: what is left out shares the places that are left.
    Method.BORDA: ([((0, 1), 3), ((1, 0), 2), ((), 5)], ["甲"], []),
    Method.STV_SCOTTISH: ([((0, 1), 6), ((2,), 2), ((), 5)], ["甲", "乙"], []),
    Method.STV_MEEK: ([((0, 1), 6), ((2,), 2), ((), 5)], ["甲", "乙"], []),
    Method.PB_GREEDY: ([((0, 2), 3), ((1,), 2)], ["甲", "丙"], []),
    Method.PB_MES: ([((0, 2), 3), ((1,), 3)], ["乙", "丙"], []),
}


@pytest.mark.parametrize("method", CHOOSING)
def test_papers_of_every_method_are_counted(method: Method) -> None:
    kinds, winners, tied = COUNTED[method]
    tally = recount(case(method, *kinds))
    assert (sorted(tally["winners"]), tally["tied"]) == (sorted(winners), tied)
    assert finding(tally) is (Finding.TIED if tied else Finding.DECIDED)


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("blank", [0, 3])
def test_blank_papers_alone_decide_nothing(method: Method, blank: int) -> None:
    assert finding(recount(case(method, ((), blank)))) is Finding.NOBODY


def sheet(method: Method, *, terms: Terms = TERMS, options: int = 3) -> Sheet:
    given = params(method, terms, options)
    return papers.sheet(method, options, given, budget(method, terms), COSTS)


@pytest.mark.parametrize(
    ("method", "choices", "found"),
    [
        (Method.PLURALITY, (), None),
        (Method.PLURALITY, (2,), None),
        (Method.PLURALITY, (3,), Flaw.UNKNOWN),
        (Method.PLURALITY, (-1,), Flaw.UNKNOWN),
        (Method.PLURALITY, (0, 1), Flaw.TOO_MANY),
        (Method.PLURALITY, {0: 1}, Flaw.OTHER_KIND),
        (Method.APPROVAL, (0, 1, 2), None),
        (Method.APPROVAL, (1, 1), Flaw.DOUBLED),
        (Method.SCORE, {0: 0, 2: 5}, None),
        (Method.SCORE, {0: 6}, Flaw.OFF_SCALE),
        (Method.SCORE, {0: -1}, Flaw.OFF_SCALE),
        (Method.SCORE, {3: 1}, Flaw.UNKNOWN),
        (Method.SCORE, (0,), Flaw.OTHER_KIND),
        (Method.SCORE, {}, None),
        (Method.IRV, (2, 0, 1), None),
        (Method.IRV, (2,), None),
        (Method.IRV, (2, 2), Flaw.DOUBLED),
        (Method.STV_SCOTTISH, (0, 3), Flaw.UNKNOWN),
        (Method.PB_MES, (0, 2), None),
        (Method.PB_MES, (0, 1), Flaw.OVER_BUDGET),
        (Method.PB_GREEDY, (0, 1, 2), Flaw.OVER_BUDGET),
        (Method.PB_GREEDY, (), None),
    ],
)
def test_what_is_wrong_with_a_paper(method: Method, choices: Choices, found: Flaw | None) -> None:
    assert papers.flaw(sheet(method), choices) is found


def test_fewest_and_most_are_the_papers_own() -> None:
    two = sheet(Method.APPROVAL, terms=Terms(min_choices=2, max_choices=2))
    assert papers.flaw(two, (0,)) is Flaw.TOO_FEW
    assert papers.flaw(two, (0, 1)) is None
    assert papers.flaw(two, (0, 1, 2)) is Flaw.TOO_MANY
    assert papers.flaw(two, ()) is None


def test_a_paper_may_cost_more_where_the_rule_is_off() -> None:
    loose = sheet(Method.PB_MES, terms=TERMS._replace(within_budget=False))
    assert papers.flaw(loose, (0, 1, 2)) is None


class TestTerms:
    @pytest.mark.parametrize(
        ("method", "terms", "field"),
        [
            (Method.APPROVAL, Terms(max_choices=0), "max_choices"),
            (Method.APPROVAL, Terms(max_choices=4), "max_choices"),
            (Method.APPROVAL, Terms(min_choices=3, max_choices=2), "min_choices"),
            (Method.APPROVAL, Terms(min_choices=0), "min_choices"),
            (Method.APPROVAL, Terms(seats=3), "seats"),
            (Method.SCORE, Terms(highest=0), "highest"),
            (Method.SCORE, Terms(highest=11), "highest"),
            (Method.SCORE, Terms(lowest=5), "lowest"),
            (Method.SCORE, Terms(lowest=-1), "lowest"),
            (Method.STV_SCOTTISH, Terms(), "seats"),
            (Method.STV_MEEK, Terms(seats=3), "seats"),
            (Method.STV_MEEK, Terms(seats=0), "seats"),
        ],
    )
    def test_what_will_not_do_names_its_field(self, method: Method, terms: Terms, field: str) -> None:
        with pytest.raises(Invalid) as refused:
            params(method, terms, 3)
        assert refused.value.field == field

    @pytest.mark.parametrize("method", Method)
    def test_terms_of_other_methods_are_passed_over(self, method: Method) -> None:
        usual = Terms(seats=2, budget=400)
        stated = usual._replace(min_choices=1, lowest=0, highest=5)
        assert params(method, stated, 3) == params(method, usual, 3)

    @pytest.mark.parametrize("sum_", [None, 0])
    def test_a_sum_is_needed_to_share_out(self, sum_: int | None) -> None:
        with pytest.raises(Invalid) as refused:
            budget(Method.PB_GREEDY, Terms(budget=sum_))
        assert refused.value.field == "budget"
        assert budget(Method.IRV, Terms(budget=400)) is None

    @pytest.mark.parametrize("cost", [None, 0, 401])
    def test_every_project_has_a_cost_that_can_be_paid(self, cost: int | None) -> None:
        with pytest.raises(Invalid) as refused:
            lines(Method.PB_MES, [Line("甲", 400), Line("乙", cost)], 400)
        assert refused.value.field == "options.1.cost"

    def test_costs_are_of_budgets_alone(self) -> None:
        printed = lines(Method.IRV, [Line("甲", 400, "修得快"), "乙"], None)
        assert printed == [Line("甲", None, "修得快"), Line("乙")]

    @pytest.mark.parametrize("method", CHOOSING)
    def test_as_many_options_as_a_paper_of_its_kind_holds(self, method: Method) -> None:
        to_spend = 400 if KIND[method] is Kind.BUDGET else None
        most = MOST_OPTIONS[KIND[method]]
        assert len(lines(method, [Line(str(n), 1) for n in range(most)], to_spend)) == most
        with pytest.raises(Invalid):
            lines(method, [Line(str(n), 1) for n in range(most + 1)], to_spend)
