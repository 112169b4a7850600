"""Small budget questions for tests."""

from typing import Any

from hypothesis import strategies as st

from portal.voting.counting import recount

BY_NAME = "lexicographic project id"
OPTIONS = ["操场", "路灯", "长椅", "花坛", "车棚"]


def case(
    method: str, costs: dict[str, Any], budget: Any, *ballots: tuple[str, int], **params: Any
) -> dict[str, Any]:
    """A ballot is (the approved projects, a letter each or parted by blanks; how many voters)."""
    papers = [{"approve": approved.split(), "count": count} for approved, count in ballots]
    return {
        "method": method,
        "options": list(costs),
        "costs": costs,
        "budget": budget,
        "ballots": papers,
        "params": params,
    }


def counted(*arguments: Any, **params: Any) -> dict[str, Any]:
    return recount(case(*arguments, **params))


@st.composite
def cases(draw: st.DrawFn, method: str) -> dict[str, Any]:
    options = OPTIONS[: draw(st.integers(1, 5))]
    approve = st.lists(st.sampled_from(options), unique=True)
    papers = st.fixed_dictionaries({"approve": approve, "count": st.integers(1, 5)})
    return {
        "method": method,
        "options": options,
        "costs": {option: str(draw(st.integers(1, 12))) for option in options},
        "budget": str(draw(st.integers(0, 30))),
        "ballots": draw(st.lists(papers, max_size=6)),
        "params": {
            "utility": draw(st.sampled_from(["cost", "cardinality"])),
            "completion": draw(st.sampled_from([None, "add1"])),
            "tie_break": draw(st.sampled_from([None, BY_NAME])),
        },
    }


def renamed(case: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {
        **case,
        "options": [names[option] for option in case["options"]],
        "costs": {names[option]: cost for option, cost in case["costs"].items()},
        "ballots": [{**b, "approve": [names[mark] for mark in b["approve"]]} for b in case["ballots"]],
    }


def single_papers(case: dict[str, Any]) -> dict[str, Any]:
    papers = [{"approve": b["approve"]} for b in reversed(case["ballots"]) for _ in range(b["count"])]
    return {**case, "ballots": papers}
