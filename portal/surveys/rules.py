"""The rules of questionnaires as pure functions: what may be asked, what may be answered, how a sheet is written."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from ..core.numbers import row_number
from .words import Flaw, Kind

MOST_QUESTIONS = 12
MOST_OPTIONS = 12
LONGEST_TEXT = 300
"""Characters of a free text."""
LARGEST = 1_000_000
LONGEST_OPEN = timedelta(days=60)
SCALE = (1, 2, 3, 4, 5)

Answer = int | list[int] | str
Answers = dict[int, Answer]
"""By the position of the question. One of: the option's number; several: their numbers, in order."""


@dataclass(frozen=True)
class Asked:
    """A question as far as its answers are concerned. `most`: of several, at most so many."""

    kind: Kind
    text: str = ""
    required: bool = False
    options: tuple[str, ...] = ()
    most: int | None = None


class Faulty(Exception):
    """An answer that cannot be taken."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(flaw)


def answer(asked: Asked, marked: Sequence[str]) -> Answer | None:
    """What was marked at one question, None for nothing. Raises Faulty."""
    given = [text for text in (t.replace("\0", "").strip() for t in marked) if text]
    if not given:
        if asked.required:
            raise Faulty(Flaw.EMPTY)
        return None
    return _READ[asked.kind](asked, given)


def sheet(questions: Sequence[Asked], marked: Mapping[int, Sequence[str]]) -> tuple[Answers, dict[int, Flaw]]:
    """All answers of a sheet, and what is wrong with them, by the position of the question."""
    answers: Answers = {}
    flaws: dict[int, Flaw] = {}
    for position, asked in enumerate(questions):
        try:
            given = answer(asked, marked.get(position, ()))
        except Faulty as fault:
            flaws[position] = fault.flaw
        else:
            if given is not None:
                answers[position] = given
    return answers, flaws


def _one(asked: Asked, given: list[str]) -> Answer:
    if len(given) > 1:
        raise Faulty(Flaw.TOO_MANY)
    return _option(given[0], len(asked.options))


def _several(asked: Asked, given: list[str]) -> Answer:
    chosen = sorted({_option(text, len(asked.options)) for text in given})
    if asked.most is not None and len(chosen) > asked.most:
        raise Faulty(Flaw.TOO_MANY)
    return chosen


def _scale(_asked: Asked, given: list[str]) -> Answer:
    if len(given) > 1:
        raise Faulty(Flaw.TOO_MANY)
    number = row_number(given[0])
    if number not in SCALE:
        raise Faulty(Flaw.UNKNOWN)
    return number


def _number(_asked: Asked, given: list[str]) -> Answer:
    if len(given) > 1:
        raise Faulty(Flaw.TOO_MANY)
    if not (given[0].isascii() and given[0].isdigit()):
        raise Faulty(Flaw.NO_NUMBER)
    number = row_number(given[0])
    if number is None or number > LARGEST:
        raise Faulty(Flaw.TOO_LARGE)
    return number


def _text(_asked: Asked, given: list[str]) -> Answer:
    if len(given) > 1:
        raise Faulty(Flaw.TOO_MANY)
    if len(given[0]) > LONGEST_TEXT:
        raise Faulty(Flaw.TOO_LONG)
    return given[0]


_READ = {Kind.ONE: _one, Kind.SEVERAL: _several, Kind.SCALE: _scale, Kind.NUMBER: _number, Kind.TEXT: _text}


def _option(text: str, options: int) -> int:
    number = row_number(text)
    if number is None or number >= options:
        raise Faulty(Flaw.UNKNOWN)
    return number


def in_time(now: datetime, closes_at: datetime) -> bool:
    """The hour itself is too late."""
    return now < closes_at


# ---- the sheet as it is kept ---------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """What one household or person answered, with the building (0: none) and what he is there, for cross tables."""

    answers: Answers
    building: int = 0
    relation: str = ""
    door: int = 0
    """Whose door it was entered for by somebody else: only while it is sealed, so that their own can take its place."""


def written(kept: Sheet) -> str:
    """A sheet in one spelling."""
    answers: dict[str, Any] = {str(position): kept.answers[position] for position in sorted(kept.answers)}
    whole = {"a": answers, "b": kept.building, "r": kept.relation} | ({"d": kept.door} if kept.door else {})
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Sheet:
    kept = json.loads(text)
    return Sheet(
        {int(position): given for position, given in kept["a"].items()},
        kept["b"],
        kept["r"],
        kept.get("d", 0),
    )


def widest(questions: Sequence[Asked]) -> int:
    """Bytes of the longest sheet there can be, so that all are sealed at one length."""
    return 80 + sum(12 + _bytes(asked) for asked in questions)


def _bytes(asked: Asked) -> int:
    """A character of a text is four bytes at most, a control character six when it is spelled out."""
    if asked.kind is Kind.TEXT:
        return 2 + 6 * LONGEST_TEXT
    return 2 + 3 * len(asked.options) + len(str(LARGEST))


# ---- what may be asked ---------------------------------------------------------------------------


def unaskable(questions: Sequence[Asked]) -> str:
    """Why a questionnaire cannot be put like this: a word of `UNASKABLE`, "" if it can."""
    if not questions:
        return "none"
    if len(questions) > MOST_QUESTIONS:
        return "too_many"
    return next((why for asked in questions if (why := _unaskable(asked))), "")


def _unaskable(asked: Asked) -> str:
    if not asked.text:
        return "no_text"
    if asked.kind not in (Kind.ONE, Kind.SEVERAL):
        return "ends" if len(asked.options) not in (0, 2) else ""
    if not 2 <= len(asked.options) <= MOST_OPTIONS:
        return "options"
    if len(set(asked.options)) < len(asked.options):
        return "alike"
    if asked.most is not None and not 1 <= asked.most <= len(asked.options):
        return "most"
    return ""


# ---- what is told --------------------------------------------------------------------------------

_ADDRESS = re.compile(r"/(?:topics|decisions)/[1-9]\d{0,9}")


def page_of(address: str, hosts: Collection[str] = ()) -> str | None:
    """A topic or a decision of this portal (one of `hosts`) by its address, as people copy it; "" for nothing, None for
    any other."""
    try:
        typed = urlsplit(address.strip())
    except ValueError:
        return None
    if not any(typed):
        return ""
    own = typed.scheme in ("http", "https") and typed.netloc.lower() in hosts
    bare = not (typed.scheme or typed.netloc)
    return typed.path if (own or bare) and _ADDRESS.fullmatch(typed.path) else None


# ---- at the doors --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Door:
    """A household: whether it answered, would not, and how often nobody was at home."""

    id: int
    answered: bool = False
    refused: bool = False
    missed: int = 0

    @property
    def left(self) -> bool:
        return not (self.answered or self.refused)


def next_door(doors: Sequence[Door]) -> int | None:
    """Where to knock next: the first, in the order given, of those where nobody was at home least often."""
    left = [door for door in doors if door.left]
    return min(left, key=lambda door: door.missed).id if left else None


def short_of(quota: int | None, households: int, answered: int) -> int:
    """How many more households a building needs to reach its quota; a small building cannot need more than it has."""
    return max(0, min(quota or 0, households) - answered)
