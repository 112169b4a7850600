"""Small questions to a council by any method, made up by hypothesis."""

from typing import Any

from hypothesis import strategies as st


@st.composite
def questions(draw: st.DrawFn, method: str) -> dict[str, Any]:
    """With ties, blanks and a choice of the rules, as chance has it."""
    options = list("甲乙丙丁戊"[: draw(st.integers(2, 5))])
    some = st.lists(st.sampled_from(options), unique=True)
    paper = {
        "resolution": st.fixed_dictionaries({"choice": st.sampled_from(["for", "against", "abstain", None])}),
        "plurality": st.fixed_dictionaries({"choice": st.sampled_from([*options, None])}),
        "score": st.fixed_dictionaries(
            {"scores": st.dictionaries(st.sampled_from(options), st.integers(0, 5))}
        ),
    }
    approve, ranking = (st.fixed_dictionaries({key: some}) for key in ("approve", "ranking"))
    marks = paper.get(method, approve if method in ("approval", "pb_greedy", "pb_mes") else ranking)
    case: dict[str, Any] = {
        "method": method,
        "options": options,
        "params": {"seats": draw(st.integers(1, 3))},
        "ballots": draw(st.lists(marks, max_size=8)),
    }
    if method == "resolution":
        case["params"] = _motion(draw, case["ballots"])
    if method == "score":
        case["params"] |= {"min": 0, "max": 5, "aggregate": draw(st.sampled_from(["sum", "mean"]))}
        case["params"]["unscored"] = draw(st.sampled_from(["min", "ignore"]))
    if method.startswith("pb_"):
        case["costs"] = {o: str(draw(st.integers(1, 60))) for o in options}
        case["budget"] = "100"
        case["params"]["completion"] = draw(st.sampled_from([None, "add1"]))
    return case


def _motion(draw: st.DrawFn, papers: list[Any]) -> dict[str, Any]:
    """What is needed to carry a motion, by any rule that a charter may have."""

    def share(**of: str) -> dict[str, Any]:
        den = draw(st.integers(1, 4))
        return {"num": draw(st.integers(0, den)), "den": den, "inclusive": draw(st.booleans()), **of}

    base = draw(st.sampled_from(["for_against", "cast", "valid", "eligible"]))
    quorum = share(counts=draw(st.sampled_from(["cast", "valid", "for_against"])))
    return {
        "eligible": 3 * len(papers) + draw(st.integers(0, 9)),
        "quorum": draw(st.sampled_from([None, quorum])),
        "threshold": share(base=base),
    }
