"""Bodies that decide by heads: the residents' assembly, and a meeting of the owners' committee."""

from typing import Any, NamedTuple

from .case import Case
from .gates import Verdict
from .names import stated
from .params import is_whole
from .share import MAJORITY
from .unreadable import Unreadable


class Meeting(NamedTuple):
    """`least_present` of the `members` make a quorum; `least_agree` carry the motion."""

    members: int
    present: int
    agree: int
    least_present: int
    least_agree: int

    @property
    def verdict(self) -> Verdict:
        if self.present < self.least_present:
            return Verdict.NO_QUORUM
        return Verdict.PASSED if self.agree >= self.least_agree else Verdict.REJECTED

    def as_json(self) -> dict[str, Any]:
        return {
            "members": self.members,
            "present": self.present,
            "agree": self.agree,
            "present_ok": self.present >= self.least_present,
            "agree_ok": self.agree >= self.least_agree,
            "passed": self.verdict is Verdict.PASSED,
            "result": self.verdict.value,
            "verdict": self.verdict.value,
            "shortfalls": {
                "present": max(0, self.least_present - self.present),
                "agree": max(0, self.least_agree - self.agree),
            },
        }


def residents_assembly(members: int, present: int, agree: int) -> Meeting:
    """More than half of those called are there, and more than half of those there agree (居民委员会组织法 9)."""
    return Meeting(members, present, agree, MAJORITY.least(members), MAJORITY.least(present))


def committee_meeting(members: int, present: int, agree: int) -> Meeting:
    """More than half of the members must be there, and more than half of all members agree.

    Nobody is there by proxy, and alternates are no members.
    """
    return Meeting(members, present, agree, MAJORITY.least(members), MAJORITY.least(members))


def recount_assembly(case: Case) -> dict[str, Any]:
    """`electorate` (or `params`): `reps_total` (or `members`), `present`, `agree`. Raises Unreadable."""
    return residents_assembly(*_heads(case)).as_json()


def recount_committee(case: Case) -> dict[str, Any]:
    """`electorate` (or `params`): `members`, `present`, `agree`. Raises Unreadable."""
    return committee_meeting(*_heads(case)).as_json()


def _heads(case: Case) -> tuple[int, int, int]:
    members, present, agree = (
        _number(case, "members", "reps_total"),
        _number(case, "present"),
        _number(case, "agree"),
    )
    if present > members:
        raise Unreadable("electorate: more are present than there are members")
    if agree > present:
        raise Unreadable("electorate: more agree than are present")
    return members, present, agree


def _number(case: Case, *keys: str) -> int:
    value = next((v for v in (stated(case, key) for key in keys) if v is not None), None)
    if not is_whole(value) or not isinstance(value, int) or value < 0:
        raise Unreadable(f"electorate.{keys[0]}: a whole number is needed")
    return value
