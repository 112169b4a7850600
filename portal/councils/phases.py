"""How far a topic is on its way to the owners' vote and the works. Every phase is told by the feature that knows it: it
registers a `Feed`, whose rows ride along in the query of whatever page shows a topic's way."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core.columns import Rows
from ..core.db import read
from ..core.errors import Unmet
from ..core.nested import nested, unpack
from .courses import GATES, Course, Own, Phase, left_out, of_course, usual
from .models import Council, Topic, TopicCourse
from .words import Category


class Trace(NamedTuple):
    """What there is of a phase. `done`: it is behind the topic; `state`, `words`, `n` and `of` as its feature means
    them."""

    done: bool
    id: int
    state: str
    at: datetime
    words: str
    n: int | None
    of: int | None


@dataclass(frozen=True)
class Feed:
    """`rows`: of a topic, as columns of `Trace`, what is done first. `told`: words and address of one. `lack`: what to
    do, of a phase that can be asked for before a vote, by the number of the topic and what there is."""

    phase: Phase
    rows: Callable[[Any], Rows]
    told: Callable[[Trace], tuple[str, str]]
    lack: Callable[[int, Sequence[Trace]], Unmet] | None = None


FEEDS: dict[Phase, Feed] = {}


@dataclass(frozen=True)
class Demand:
    """What has grown out of a topic and asks for phases itself. `rows`: of a topic; `course`: of one of them."""

    rows: Callable[[Any], Rows]
    course: Callable[..., Course]


DEMANDS: dict[str, Demand] = {}


def demand(name: str, given: Demand) -> None:
    """Register what asks for phases."""
    DEMANDS[name] = given


def feed(given: Feed) -> None:
    """Register who tells of a phase."""
    FEEDS[given.phase] = given


class Settled(NamedTuple):
    """What somebody settled about the phases of a topic."""

    course: str
    phases: list[str]
    because: str


AFTERWARDS = (Phase.ROLL, Phase.VOTE, Phase.CONTRACT, Phase.WORKS)


class Line(NamedTuple):
    """A phase as a page shows it. `mark`: done, now, todo, begun and left before it was done, or missed by what came
    after it. `seen`: words, address and
    hour of what there is of it."""

    phase: Phase
    mark: str
    seen: tuple[tuple[str, str, datetime], ...]


def columns(model: Any) -> list[Any]:
    """The columns of the way of a topic, for the query of a page that has `model` (topics) among its tables."""
    settled = sa.select(
        TopicCourse.course, sa.type_coerce(TopicCourse.phases, sa.JSON), TopicCourse.because
    ).where(TopicCourse.topic_id == model.id)
    return [
        model.category.label("phase_category"),
        sa.select(Council.courses)
        .where(Council.id == model.council_id)
        .correlate(model)
        .scalar_subquery()
        .label("phase_usual"),
        nested(settled, of=model).label("phase_settled"),
        *(nested(f.rows(model), of=model).label(f"phase_{phase.value}") for phase, f in FEEDS.items()),
        *(nested(d.rows(model), of=model).label(f"phase_{name}") for name, d in DEMANDS.items()),
    ]


def settled(row: Any) -> Settled | None:
    return next(iter(unpack(Settled, row.phase_settled or [])), None)


def own_of(row: Any) -> Own:
    """What the council of the topic settled for all of its topics."""
    own: Own = row.phase_usual or {}
    return own


def asked_for(row: Any, courses: Iterable[Course] = ()) -> tuple[Phase, ...]:
    """What comes before the roll. `courses`: of the matters on the paper. What somebody left out with a reason stays
    out, and nothing else does, since the reason was given for that alone; a template that was merely chosen does not
    shorten what the paper asks for."""
    known, category, gates = settled(row), Category(row.phase_category), {Phase.PLANNED}
    own = own_of(row)
    chosen = [Phase(word) for word in known.phases] if known else usual(category, own)
    without = left_out(category, Course(known.course), chosen, own) if known and known.because else ()
    wanted = {phase for course in courses for phase in of_course(course, own)}
    gates |= {*chosen, *wanted.difference(without)}
    return tuple(phase for phase in GATES if phase in gates)


def lacking(row: Any, topic_id: int, courses: Iterable[Course]) -> list[Unmet]:
    """What a topic still lacks before its roll is posted, each with the page where it is done."""
    found = []
    for phase in asked_for(row, courses):
        known = FEEDS.get(phase)
        if known and known.lack and not _done(traces := _traces(row, phase)):
            found.append(known.lack(topic_id, traces))
    return found


def way(row: Any) -> list[Line]:
    """The phases of a topic for a page; nothing of one that neither goes to the owners nor was meant to."""
    if row.phase_category is None:
        return []
    there = {phase: _traces(row, phase) for phase in FEEDS}
    if not (settled(row) or there.get(Phase.ROLL) or usual(Category(row.phase_category), own_of(row))):
        return []
    wanted = {*asked_for(row, _demanded(row)), *AFTERWARDS}
    shown = [phase for phase in Phase if phase in wanted or there.get(phase)]
    begun = [
        n for n, phase in enumerate(shown) if _done(there[phase]) or (there[phase] and phase in AFTERWARDS)
    ]
    behind = begun[-1] if begun else -1
    now = next((n for n, phase in enumerate(shown) if n >= behind and not _done(there[phase])), -1)
    return [_line(phase, there[phase], n - now if now >= 0 else -1) for n, phase in enumerate(shown)]


def goes_to_owners(topic_id: int | None) -> bool:
    """Whether a topic is on its way to the owners, or came from them."""
    return topic_id is not None and bool(way(of_topic(topic_id)))


def _line(phase: Phase, traces: list[Trace], ahead: int) -> Line:
    """`ahead`: how many phases after the present one; below 0, it should be behind the topic."""
    if _done(traces):
        mark = "done"
    elif ahead == 0:
        mark = "now"
    elif traces:
        mark = "begun"
    else:
        mark = "todo" if ahead > 0 else "missed"
    return Line(phase, mark, tuple((*FEEDS[phase].told(trace), trace.at) for trace in traces))


def _demanded(row: Any) -> set[Course]:
    """Of all that has grown out of the topic."""
    return {d.course(*given) for name, d in DEMANDS.items() for given in getattr(row, f"phase_{name}") or ()}


def _done(traces: Sequence[Trace]) -> bool:
    return bool(traces and traces[0].done)


def _traces(row: Any, phase: Phase) -> list[Trace]:
    return unpack(Trace, getattr(row, f"phase_{phase.value}", None) or [])


@cache
def _one() -> Rows:
    return sa.select(*columns(Topic)).where(Topic.id == sa.bindparam("topic", type_=sa.Integer))


def of_topic(topic_id: int) -> Any:
    """The way of one topic as a row; one query."""
    return read(_one(), {"topic": topic_id})[0]
