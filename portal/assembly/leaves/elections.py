"""Words of elections: who stands, what a ballot marks, who has a seat and how much the others are short of."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ...core.leaves_figures import num, share
from ...core.text import N_, _
from ...voting.counting.weight import Weight
from ...voting.explaining.figures import joined
from .. import marks
from ..election_words import (
    CANDIDATE_WORD,
    DECLARED_WORD,
    NOMINATOR_WORD,
    CandidateState,
    Declared,
    Nominator,
)
from ..jurisdictions import pack
from ..vacancies import still_open
from ..words import Choice
from .ballots import ballot_word
from .results import (
    MARKS,
    Bar,
    Result,
    area_cast,
    bar,
    heads_cast,
    joins_participation,
    missing,
    of,
    square,
)

TONES = {
    CandidateState.NOMINATED: ("warn", "hourglass"),
    CandidateState.QUALIFIED: ("ok", "user-round-check"),
    CandidateState.REFUSED: ("neutral", "ban"),
    CandidateState.STRUCK: ("neutral", "ban"),
    CandidateState.WITHDRAWN: ("neutral", "ban"),
}

NEXT = N_("候补")
"""Has the majority, no seat, and a place of an alternate."""


class Row(NamedTuple):
    """A candidate as he came out. `word`, `tone`, `icon`: of his tag; `short`: what he is short of a seat, in words."""

    key: str
    number: int
    name: str
    label: str
    votes: Weight
    bars: tuple[Bar, Bar]
    word: str
    tone: str
    icon: str
    short: str


def candidate_mark(state: str) -> tuple[str, str, str]:
    """Words, tone and icon of a nomination's tag."""
    return (_(CANDIDATE_WORD[CandidateState(state)]), *TONES[CandidateState(state)])


def nominator_word(word: str) -> str:
    return _(NOMINATOR_WORD[Nominator(word)])


def declared_words(declared: str) -> list[str]:
    """What a candidate declared of himself, a line each."""
    return [_(DECLARED_WORD[Declared(word)]) for word in declared.split(",") if word]


def barred_words(declared: str, jurisdiction: str) -> list[str]:
    """What of it keeps an owner off the committee by the rules of the place."""
    barred = pack(jurisdiction).barred
    return [_(DECLARED_WORD[word]) for word in barred if word in declared.split(",")]


def names_on(word: str, candidates: Iterable[Any]) -> str:
    """What a word of a ballot says, candidates by name: 1. 王芳、3. 李强."""
    numbers = marks.picked(word)
    if numbers is None:
        return ballot_word(word)
    names = {c.number: c.name for c in candidates}
    return joined(f"{n}. {names[n]}" if n in names else str(n) for n in numbers)


def boxes_on(candidates: Iterable[Any]) -> list[tuple[str, str, str]]:
    """The boxes of an election on a screen: every candidate alike, 弃权 the last."""
    rows = [
        (f"c{c.number}", f"{c.number}. {c.name}", joined(part for part in (c.label, c.company) if part))
        for c in candidates
    ]
    return [*rows, ("abstain", _("弃权"), _("算参加了投票，一位也不选"))]


def election_mark(result: Result) -> tuple[str, str]:
    """The result in one word, and the tone it is said in."""
    if not result["part_ok"]:
        return _("不成立"), "danger"
    if result["tied"]:
        left = result["seats"] - len(result["elected"])
        return _("选出 %(n)d 位，%(left)d 个名额并列", n=len(result["elected"]), left=left), "warn"
    if result["elected"]:
        word = _("选出 %(n)d 位", n=len(result["elected"]))
        if result["vacant"]:
            word = _("选出 %(n)d 位，空缺 %(vacant)d 个", n=len(result["elected"]), vacant=result["vacant"])
        return word, "ok"
    return _("没有选出"), "danger"


def election_sentence(result: Result) -> str:
    """The result in a few sentences: how many took part, how many are elected, what stays open and why."""
    total, part = of(result["total"]), of(result["part"])
    start = _(
        "名册上 %(total)s 位业主，%(part)s 位参加了表决。", total=num(total.heads), part=num(part.heads)
    )
    return start + joins_participation(result) + (_seats(result) if result["part_ok"] else "")


def _seats(result: Result) -> str:
    elected, tied, vacant = result["elected"], result["tied"], result["vacant"]
    said = _("要选 %(seats)d 位，选出 %(n)d 位", seats=result["seats"], n=len(elected))
    said += _("，空缺 %(vacant)d 个。", vacant=vacant) if vacant else _("。")
    if vacant:
        said += _("没有人的人数和面积都超过一半，名额就空着，再选一轮。")
    if tied:
        left = result["seats"] - len(elected)
        said += _(
            "%(n)d 位候选人不分先后，争最后 %(left)d 个名额，不按排名次序来定。", n=len(tied), left=left
        )
    next_in_line = len(result.get("alternates", ()))
    if next_in_line:
        said += _("候补委员 %(n)d 位，委员出缺时按得票多少补上。", n=next_in_line)
    return said


def candidate_rows(
    result: Result, candidates: Sequence[Any], chosen: Sequence[str] | None = None
) -> list[Row]:
    """Every candidate in the order of the paper. `chosen`: by lot, of those who were level."""
    part = of(result["part"])
    known = {f"c{c.number}": c for c in candidates}
    return [
        _row(key, line, known.get(key), part, _fate(key, line, result, chosen))
        for key, line in result["candidates"].items()
    ]


def _row(key: str, line: Mapping[str, Any], who: Any, part: Weight, fate: tuple[str, str, str]) -> Row:
    votes = of(line["votes"])
    lacks = missing(of([line["shortfall_area"], line["shortfall_heads"]]))
    short = "" if line["majority"] else _("%(short)s才过半", short=lacks)
    bars = (
        bar(_("人数"), votes.heads, part.heads, "1/2", bool(line["majority_heads"]), heads_cast),
        bar(_("面积"), votes.area, part.area, "1/2", bool(line["majority_area"]), area_cast),
    )
    name, label = (who.name, who.label) if who else (key, "")
    return Row(key, int(key[1:]), name, label, votes, bars, *fate, short)


def _fate(
    key: str, line: Mapping[str, Any], result: Result, chosen: Sequence[str] | None
) -> tuple[str, str, str]:
    """Words, tone and icon of what became of a candidate."""
    if not result["part_ok"]:
        return _("不成立"), "neutral", "circle"
    if key in result["elected"]:
        return _("当选"), "ok", "circle-check"
    if key in result["tied"]:
        return _drawn(key, result, chosen)
    if key in result.get("alternates", ()):
        return _(NEXT), "accent", "circle-dot"
    if key in result.get("alternates_tied", ()):
        return _("候补并列"), "warn", "scale"
    word = _("过半，名额已满") if line["majority"] else _("未过半")
    return word, "neutral", "circle-x"


def _drawn(key: str, result: Result, chosen: Sequence[str] | None) -> tuple[str, str, str]:
    """Of one who was level about the last seats."""
    if chosen is None:
        return _("并列"), "warn", "scale"
    if key in chosen:
        return _("抽签当选"), "ok", "circle-check"
    if len(result["tied"]) - len(chosen) <= result.get("places", 0):
        return _(NEXT), "accent", "circle-dot"
    return _("抽签未当选"), "neutral", "circle"


def shares_of(votes: Weight, result: Result, majority: bool) -> tuple[str, str]:
    """Of the heads and the area that took part, for a table; one that is no majority never looks like one."""
    part = of(result["part"])
    mark = None if majority else MARKS["1/2"]
    return share(votes.heads, part.heads, mark), share(votes.area, part.area, mark)


def both_elections(result: Result) -> list[tuple[str, str, str]]:
    """(line, with the silent, without them) where an election leans on silence."""
    plain = result["plain"]
    one, other = of(result["part"]), of(plain["part"])
    return [
        (_("参加人数"), num(one.heads), num(other.heads)),
        (_("参加面积"), square(one.area), square(other.area)),
        (_("结论"), election_mark(result)[0], election_mark(plain)[0]),
    ]


def seats_word(seats: int, alternates: int = 0) -> str:
    if alternates:
        return _("选 %(n)d 位，候补 %(more)d 位", n=seats, more=alternates)
    return _("选 %(n)d 位", n=seats)


def uncontested(candidates: int, seats: int) -> bool:
    """No more candidates than seats (等额)."""
    return candidates <= seats


def left_blank(result: Result) -> list[tuple[str, Weight]]:
    """What papers said that elects nobody."""
    return [(_("弃权"), of(result["abstained"])), (ballot_word(Choice.INVALID), of(result["invalid"]))]


def open_seats(vote: Any) -> int:
    """Seats of a counted vote that nobody has, level ones that no lot settled among them."""
    return sum(still_open(m, vote.lots.get(m.id)).seats for m in vote.matters if m.seats and m.result)


FILTERS: dict[str, Callable[..., Any]] = {
    "candidate_mark": candidate_mark,
    "nominator_word": nominator_word,
    "declared_words": declared_words,
    "barred_words": barred_words,
    "names_on": names_on,
    "boxes_on": boxes_on,
    "candidate_rows": candidate_rows,
    "left_blank": left_blank,
    "open_seats": open_seats,
    "seats_word": seats_word,
    "uncontested": uncontested,
}
