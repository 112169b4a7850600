"""A motion: for, against, abstain. It passes if enough took part and enough of those who count are for it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .case import Case
from .params import is_whole
from .share import MAJORITY, Share
from .unreadable import Unreadable

CHOICES = ("for", "against", "abstain")


class Needed(NamedTuple):
    """A share, and `of`: which papers count towards it (quorum), or are its whole (threshold)."""

    share: Share
    of: str


class Resolution(NamedTuple):
    """`cast` = `n_for` + `n_against` + `n_abstain` + `n_invalid`: every paper is in one of them."""

    passed: bool
    quorum_met: bool
    threshold_met: bool
    cast: int
    n_for: int
    n_against: int
    n_abstain: int
    n_invalid: int

    def as_json(self) -> dict[str, Any]:
        """With the keys of a case's `expected`."""
        return self._asdict()


SIMPLE = Needed(MAJORITY, of="for_against")


def recount(case: Case) -> dict[str, Any]:
    """`params`: `eligible`, `quorum`, `threshold`.

    No quorum stated: none is needed. No threshold stated: more than half of those for and against.
    """
    quorum = _rule(case.params.value("quorum"), "quorum", "counts", ("cast", "valid", "for_against"), True)
    bases = ("for_against", "cast", "valid", "eligible")
    threshold = _rule(case.params.value("threshold"), "threshold", "base", bases, False) or SIMPLE
    eligible = case.params.number("eligible")
    if eligible is None and (quorum or threshold.of == "eligible"):
        raise Unreadable("params.eligible: needed for this quorum or threshold")
    return count(case.ballots, eligible=eligible or 0, quorum=quorum, threshold=threshold).as_json()


def count(
    ballots: Iterable[Mapping[str, Any]], *, eligible: int, quorum: Needed | None, threshold: Needed = SIMPLE
) -> Resolution:
    """`{choice, count}`: the three words are the choices of every motion; any other mark, or none, is invalid.

    An invalid paper was cast. Nobody in the base, or nobody for: the threshold is not met, however low it is.
    """
    marks = dict.fromkeys(CHOICES, 0)
    invalid = 0
    for ballot in ballots:
        choice, papers = ballot.get("choice"), ballot.get("count", 1)
        if isinstance(choice, str) and choice in marks:
            marks[choice] += papers
        else:
            invalid += papers
    n_for, n_against, n_abstain = marks.values()
    valid = n_for + n_against + n_abstain
    wholes = {
        "cast": valid + invalid,
        "valid": valid,
        "for_against": n_for + n_against,
        "eligible": eligible,
    }
    base = wholes[threshold.of]
    quorum_met = quorum is None or quorum.share.reached_by(wholes[quorum.of], eligible)
    threshold_met = base > 0 and n_for > 0 and threshold.share.reached_by(n_for, base)
    return Resolution(
        passed=quorum_met and threshold_met,
        quorum_met=quorum_met,
        threshold_met=threshold_met,
        cast=valid + invalid,
        n_for=n_for,
        n_against=n_against,
        n_abstain=n_abstain,
        n_invalid=invalid,
    )


def _rule(stated: Any, name: str, of: str, words: tuple[str, ...], inclusive: bool) -> Needed | None:
    """A stated rule; nothing where it is null. Raises Unreadable."""
    if stated is None:
        return None
    if not isinstance(stated, Mapping):
        raise Unreadable(f"params.{name}: an object is needed")
    num, den = _fraction(stated, name)
    includes = stated.get("inclusive")
    includes = inclusive if includes is None else includes
    if not isinstance(includes, bool):
        raise Unreadable(f"params.{name}.inclusive: true or false is needed")
    word = stated.get(of)
    word = words[0] if word is None else word
    if word not in words:
        raise Unreadable(f"params.{name}.{of}: {word!r} is none of {', '.join(words)}")
    return Needed(Share(num, den, includes), word)


def _fraction(stated: Mapping[str, Any], name: str) -> tuple[int, int]:
    num, den = stated.get("num", -1), stated.get("den", 0)
    if not is_whole(num) or not is_whole(den) or num < 0 or den < 1:
        raise Unreadable(f"params.{name}: num/den is no fraction")
    return num, den
