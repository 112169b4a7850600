"""Which papers of an owners' vote count, and for every other one the reason.

A paper names its voter, or one of several co-owners; an agent gives it with a written authority. Whatever way a
paper came (online, on paper, through an agent), it is the same paper. Papers are taken in the order of their time.
Of several papers of one speaker one counts; co-owners are one voter, and must say the same. By a paper that all of
them signed they gave up what single ones had given before it. Where they settled on one of them, his papers and those
that name nobody are papers of one speaker.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from .assembly_rules import AssemblyRules
from .roll import Roll, Voter
from .word import Word

Mark = Hashable
"""What a paper says: for, against, abstain; or the candidates it marks."""


class Reason(Word):
    """Why a paper is not counted. The first six are refusals: as if no paper had been given at all."""

    NOT_ON_ROLL = "NOT_ON_ROLL"
    NOT_A_CO_OWNER = "NOT_A_CO_OWNER"
    NOT_DESIGNATED = "NOT_DESIGNATED"
    UNAUTHORISED = "UNAUTHORISED"
    LATE = "LATE"
    PROXY_CAP = "PROXY_CAP"
    DUPLICATE = "DUPLICATE"
    INVALID = "INVALID"
    BLANK = "BLANK"
    CO_OWNER_CONFLICT = "CO_OWNER_CONFLICT"


class Uncounted(NamedTuple):
    """A paper by its number, and why it does not count."""

    number: int
    owner: str
    reason: Reason


class Paper(NamedTuple):
    """`number`: what its register calls it. `mark` is None on a spoilt or blank paper.

    `moment` orders papers, whatever its unit; those of equal moments stand as they were given.
    """

    number: int
    owner: str
    mark: Mark | None
    moment: int = 0
    member: str = ""
    proxy: str = ""
    authorised: bool = True
    late: bool = False
    blank: bool = False
    joint: bool = False
    """Stated to be signed by all co-owners; of a paper that only names nobody this is not known."""

    def uncounted(self, reason: Reason) -> Uncounted:
        return Uncounted(self.number, self.owner, reason)

    @property
    def fault(self) -> Reason:
        """What is wrong with a paper that says nothing."""
        return Reason.BLANK if self.blank else Reason.INVALID


class Box(NamedTuple):
    """`marks`: of every voter who takes part, by number on the roll; None where he takes part with a spoilt paper.

    `answered`: voters who gave any paper that was taken, counted or not. `conflicts`: voters whose co-owners differ.
    """

    marks: dict[int, Mark | None]
    answered: frozenset[int]
    conflicts: list[int]
    uncounted: list[Uncounted]


def sorted_out(papers: Iterable[Paper], roll: Roll, rules: AssemblyRules) -> Box:
    """What every voter said. The list of the uncounted is in the order of time."""
    in_time = sorted(papers, key=lambda paper: paper.moment)
    taken, uncounted = _taken(in_time, roll, rules.proxy_cap)
    marks: dict[int, Mark | None] = {}
    conflicts: list[int] = []
    for number, given in taken.items():
        said = [_one(of_one, rules, uncounted) for of_one in _by_speaker(given, roll.voters[number])]
        if len(said) > 1:
            said = _since_all_signed(said, given, uncounted)
        said = _without_spoilt(said, rules, uncounted)
        if len({s.mark for s in said}) > 1:
            conflicts.append(number)
            uncounted += [s.uncounted(Reason.CO_OWNER_CONFLICT) for s in said]
            if rules.conflict_invalid and rules.invalid_participates:
                marks[number] = None
        elif said:
            marks[number] = said[0].mark
    named = {u.number for u in uncounted}
    order = {paper.number: place for place, paper in enumerate(in_time) if paper.number in named}
    uncounted.sort(key=lambda u: order[u.number])
    return Box(marks, frozenset(taken), sorted(conflicts), uncounted)


def _taken(
    in_time: Sequence[Paper], roll: Roll, proxy_cap: int | None
) -> tuple[dict[int, list[Paper]], list[Uncounted]]:
    """The papers that are taken, by voter; and those refused."""
    taken: dict[int, list[Paper]] = {}
    refused: list[Uncounted] = []
    clients: dict[str, set[int]] = {}
    for paper in in_time:
        voters = roll.find(paper.owner)
        if not voters:
            refused.append(paper.uncounted(Reason.NOT_ON_ROLL))
        for number in voters:
            voter = roll.voters[number]
            reason = _refusal(paper, voter) or _over_cap(paper, number, voter, clients, proxy_cap)
            if reason:
                refused.append(paper.uncounted(reason))
                continue
            taken.setdefault(number, []).append(paper)
    return taken, refused


def _by_speaker(given: list[Paper], voter: Voter) -> Iterable[list[Paper]]:
    """The papers of a voter by who speaks for him. Nearly all gave one, and a large estate has many voters."""
    if len(given) == 1:
        return (given,)
    speakers: dict[str, list[Paper]] = {}
    for paper in given:
        speakers.setdefault(_speaker(paper, voter), []).append(paper)
    return speakers.values()


def _refusal(paper: Paper, voter: Voter) -> Reason | None:
    speaker = _speaker(paper, voter)
    if speaker and speaker not in voter.members:
        return Reason.NOT_A_CO_OWNER
    if speaker and voter.designated and speaker != voter.designated:
        return Reason.NOT_DESIGNATED
    if not paper.authorised:
        return Reason.UNAUTHORISED
    return Reason.LATE if paper.late else None


def _over_cap(
    paper: Paper, number: int, voter: Voter, clients: dict[str, set[int]], proxy_cap: int | None
) -> Reason | None:
    """An owner's own paper and a co-owner's are no agent's. The cap counts owners, not papers."""
    if not paper.proxy or paper.proxy == paper.owner or paper.proxy in voter.members:
        return None
    of_agent = clients.setdefault(paper.proxy, set())
    if proxy_cap is not None and number not in of_agent and len(of_agent) >= proxy_cap:
        return Reason.PROXY_CAP
    of_agent.add(number)
    return None


def _speaker(paper: Paper, voter: Voter) -> str:
    """Which co-owner speaks; "" for the voter as one: who owns alone (an organisation may send whom it likes), or
    all co-owners on one paper. Where they settled on one of them, a paper that names nobody is his, so that of it
    and his own one counts, and neither stands against the other."""
    if not voter.members:
        return ""
    named = paper.member or (paper.owner if paper.owner in voter.members else "")
    return named or (voter.designated if voter.designated in voter.members else "")


def _one(given: Sequence[Paper], rules: AssemblyRules, uncounted: list[Uncounted]) -> Paper:
    """The paper of a speaker that counts: the last; or the first that is not spoilt, the first of all if all are."""
    valid = (paper for paper in given if paper.mark is not None)
    chosen = given[-1] if rules.last_counts else next(valid, given[0])
    for paper in given:
        if paper is not chosen:
            uncounted.append(paper.uncounted(paper.fault if paper.mark is None else Reason.DUPLICATE))
    return chosen


def _since_all_signed(said: list[Paper], given: Sequence[Paper], uncounted: list[Uncounted]) -> list[Paper]:
    """Without what single co-owners gave before the paper that all of them signed, if that one says anything. `given`:
    all papers of the voter by time."""
    joint = next((s for s in said if s.joint and s.mark is not None), None)
    if joint is None:
        return said
    before = given[: given.index(joint)]
    uncounted += [s.uncounted(Reason.DUPLICATE) for s in said if s in before]
    return [s for s in said if s not in before]


def _without_spoilt(said: list[Paper], rules: AssemblyRules, uncounted: list[Uncounted]) -> list[Paper]:
    """Spoilt papers are as if not given, unless the rules let them take part."""
    if rules.invalid_participates:
        return said
    uncounted += [s.uncounted(s.fault) for s in said if s.mark is None]
    return [s for s in said if s.mark is not None]
