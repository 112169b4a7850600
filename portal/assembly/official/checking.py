"""Which rows of an official result count, and for every other one the reason. Pure.

A row says how one home voted on one matter. Rows of one voter are one ballot; homes of the same owner must agree.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from ...core import clock
from ...core.text import N_
from .. import marks
from ..marks import Asked
from ..words import Choice, Medium
from .reading import Row


class Why(StrEnum):
    """Why a row is not taken."""

    ROLL_VERSION = "roll_version"
    UNIT = "unit"
    ITEM = "item"
    CHOICE = "choice"
    CANDIDATES = "candidates"
    TOO_MANY = "too_many"
    CHANNEL = "channel"
    TIME = "time"
    EARLY = "early"
    LATE = "late"
    SOURCE = "source"
    DIGEST = "digest"
    ALREADY = "already"
    REPEATED = "repeated"
    DIFFERING = "differing"


WHY_WORD: dict[Why, str] = {
    Why.ROLL_VERSION: N_("名册版本不对：不是这次表决用的那一版"),
    Why.UNIT: N_("名册上没有这套房屋"),
    Why.ITEM: N_("表决票上没有这一项"),
    Why.CHOICE: N_("选择看不懂：要写同意、不同意或者弃权"),
    Why.CANDIDATES: N_("选择看不懂：要写候选人的编号，几位之间用 +，例如 1+3；或者弃权"),
    Why.TOO_MANY: N_("选的候选人比名额多"),
    Why.CHANNEL: N_("没有写投票渠道"),
    Why.TIME: N_("投票时间看不懂"),
    Why.EARLY: N_("投票时间早于开始时间"),
    Why.LATE: N_("投票时间晚于截止时间"),
    Why.SOURCE: N_("没有来源编号，或者同一个编号用在了几位业主身上"),
    Why.DIGEST: N_("校验码不是 64 位的 SHA-256"),
    Why.ALREADY: N_("这位业主在这里已经有票了"),
    Why.REPEATED: N_("同一套房屋的同一项写了不止一行"),
    Why.DIFFERING: N_("同一业主的几套房屋，同一项选得不一样"),
}

CHOICES = {
    "for": Choice.FOR, "agree": Choice.FOR, "yes": Choice.FOR, "同意": Choice.FOR, "赞成": Choice.FOR,
    "against": Choice.AGAINST, "disagree": Choice.AGAINST, "no": Choice.AGAINST, "不同意": Choice.AGAINST,
    "反对": Choice.AGAINST,
    "abstain": Choice.ABSTAIN, "弃权": Choice.ABSTAIN,
    "invalid": Choice.INVALID, "无效": Choice.INVALID,
}  # fmt: skip
PAPER = ("paper", "纸质", "纸质票", "书面")


class Ground(NamedTuple):
    """What rows are checked against. `versions`: what this roll may be called. `units`: voter by every name of a unit
    that names one; `answered`: voters from whom there is a ballot already."""

    versions: Collection[str]
    matters: Sequence[Asked]
    opens_at: datetime
    closes_at: datetime
    units: Mapping[str, int]
    answered: Collection[int]


class Ballot(NamedTuple):
    """One voter's paper as the rows say. `at`: when the last of them was cast."""

    voter_id: int
    choices: str
    medium: Medium
    at: datetime
    lines: int


class Checked(NamedTuple):
    """`refused` in the order of the file."""

    ballots: list[Ballot]
    refused: list[tuple[int, Why]]

    @property
    def rows(self) -> int:
        return sum(ballot.lines for ballot in self.ballots)


class _Vote(NamedTuple):
    """A row that says something by itself."""

    line: int
    voter_id: int
    unit: str
    position: int
    choice: str
    medium: Medium
    at: datetime
    source: str


def check(rows: Iterable[Row], ground: Ground) -> Checked:
    """Ballots by voter, in the order of the file."""
    refused: dict[int, Why] = {}
    read: list[_Vote] = []
    for row in rows:
        said = _one(row, ground)
        if isinstance(said, Why):
            refused[row.line] = said
        else:
            read.append(said)
    _sources(read, refused)
    _repeated(read, refused)
    _differing(read, refused)
    together: dict[int, list[_Vote]] = defaultdict(list)
    for vote in read:
        if vote.line not in refused:
            together[vote.voter_id].append(vote)
    ballots = [_ballot(voter, votes, len(ground.matters)) for voter, votes in together.items()]
    return Checked(ballots, sorted(refused.items()))


def _one(row: Row, ground: Ground) -> _Vote | Why:  # noqa: C901  (a list of conditions, one after the other)
    if row.roll_version.lower() not in ground.versions:
        return Why.ROLL_VERSION
    voter = ground.units.get(row.unit_id.lower())
    if voter is None:
        return Why.UNIT
    if not (row.item_no.isascii() and row.item_no.isdigit() and 1 <= int(row.item_no) <= len(ground.matters)):
        return Why.ITEM
    choice = _choice(row.choice, ground.matters[int(row.item_no) - 1])
    if isinstance(choice, Why):
        return choice
    if not row.channel:
        return Why.CHANNEL
    at = moment(row.cast_at)
    if at is None:
        return Why.TIME
    if at < ground.opens_at or at >= ground.closes_at:
        return Why.EARLY if at < ground.opens_at else Why.LATE
    if not row.source_ref:
        return Why.SOURCE
    if len(row.sha256) != 64 or not set(row.sha256.lower()) <= set("0123456789abcdef"):
        return Why.DIGEST
    if voter in ground.answered:
        return Why.ALREADY
    medium = Medium.PAPER if row.channel.lower() in PAPER else Medium.ONLINE
    return _Vote(
        row.line, voter, row.unit_id.lower(), int(row.item_no) - 1, choice, medium, at, row.source_ref
    )


def _choice(cell: str, asked: Asked) -> str | Why:
    """What a cell says to a question, or whom it elects: numbers of candidates as people join them."""
    known = CHOICES.get(cell.lower())
    if asked.seats is None:
        return known.value if known else Why.CHOICE
    if known in (Choice.ABSTAIN, Choice.INVALID):
        return known.value
    numbers = re.sub(r"[+＋、，,;；/\s]+", "+", cell.lower().replace("号", "")).strip("+").replace("c", "")
    if not re.fullmatch(r"\d{1,3}(\+\d{1,3})*", numbers):
        return Why.CANDIDATES
    picked = {int(n) for n in numbers.split("+")}
    if not picked <= set(asked.candidates):
        return Why.CANDIDATES
    return marks.ticks(picked) if len(picked) <= asked.seats else Why.TOO_MANY


def moment(text: str) -> datetime | None:
    """A moment as files write it; without an offset it is the community's wall clock. None: unreadable."""
    plain = text.replace("/", "-").replace("年", "-").replace("月", "-").replace("日", " ").strip()
    plain = " ".join(plain.split())
    try:
        at = datetime.fromisoformat(plain)
    except ValueError:
        return None
    if len(plain) < len("2026-06-16 09:20"):
        return None  # a day says not on which side of the hour it was
    return at if at.tzinfo else at.replace(tzinfo=clock.ZONE)


def _sources(read: list[_Vote], refused: dict[int, Why]) -> None:
    """A number of the other system names one voter's record."""
    voters: dict[str, set[int]] = defaultdict(set)
    for vote in read:
        voters[vote.source].add(vote.voter_id)
    refused.update({vote.line: Why.SOURCE for vote in read if len(voters[vote.source]) > 1})


def _repeated(read: list[_Vote], refused: dict[int, Why]) -> None:
    """Which of two rows holds cannot be known, so none of them does."""
    rows: dict[tuple[str, int], list[_Vote]] = defaultdict(list)
    for vote in read:
        rows[vote.unit, vote.position].append(vote)
    for same in rows.values():
        if len(same) > 1:
            for vote in same:
                refused.setdefault(vote.line, Why.REPEATED)


def _differing(read: list[_Vote], refused: dict[int, Why]) -> None:
    said: dict[tuple[int, int], set[str]] = defaultdict(set)
    left = [vote for vote in read if vote.line not in refused]
    for vote in left:
        said[vote.voter_id, vote.position].add(vote.choice)
    for vote in left:
        if len(said[vote.voter_id, vote.position]) > 1:
            refused[vote.line] = Why.DIFFERING


def _ballot(voter_id: int, votes: list[_Vote], matters: int) -> Ballot:
    words = [""] * matters
    for vote in votes:
        words[vote.position] = vote.choice
    medium = Medium.PAPER if all(v.medium is Medium.PAPER for v in votes) else Medium.ONLINE
    return Ballot(voter_id, ",".join(words), medium, max(v.at for v in votes), len(votes))
