"""Small pieces of a topic's page, as filters: where it stands, what comes next, whether an answer was prompt."""

from datetime import timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from ..core.files import FileLine
from ..core.text import N_, _, speaking
from .courses import PHASE_NOTE, PHASE_WORD, Phase
from .queries import ResponseLine
from .words import STATE_WORD, STOP, STOP_WORD, Stop, TopicState

ORDER = tuple(Stop)
_DOT = Markup('<span class="route__stop" data-state="%s"><span class="route__dot"></span></span>')
_MINI = Markup('<span class="route route--mini" aria-hidden="true">%s</span><span><b>%s</b>%s</span>')
NEXT_WORDS: dict[TopicState, str] = {
    TopicState.GATHERING: N_("觉得该办，就联署一户；够数了社区必须答复。"),
    TopicState.SCREENING: N_("社区正在看这件事，到时间前会答复。还可以联署。"),
    TopicState.DELIBERATING: N_("说说您的想法，选一个倾向的方案。"),
    TopicState.VOTING: N_("正在表决，到点自动截止。"),
    TopicState.DECIDED: N_("决定已经有了，接下来公示。"),
    TopicState.POSTED: N_("公示期间可以提异议。"),
    TopicState.CARRIED_OUT: N_("正在办，进展会带照片写在这里。"),
    TopicState.RATING: N_("办好了，请您看看办得怎么样。"),
}


def stop_number(topic: Any) -> int:
    """1 for 征集 to 7 for 评价; 0 off the line."""
    stop = STOP.get(topic.state)
    return ORDER.index(stop) + 1 if stop else 0


def state_word(topic: Any) -> str:
    return _(STATE_WORD[topic.state])


def next_stop(topic: Any) -> str:
    number = stop_number(topic)
    return _(STOP_WORD[ORDER[number]]) if 0 < number < len(ORDER) else _("办结归档")


def next_words(topic: Any, account: int | None) -> str:
    if topic.state == TopicState.DELIBERATING and not topic.options:
        return _("说说您的想法，各方都看得到。")
    words = NEXT_WORDS.get(topic.state)
    return _(words) if words else _("这件事已经结束，资料留在这里供查看。")


def stop_line(topic: Any) -> Markup:
    """The small line of a card with its stop in words."""
    return _stop_line(topic.state, speaking.get())


@cache
def _stop_line(state: TopicState, _lang: str) -> Markup:
    here = SimpleNamespace(state=state)
    now = stop_number(here)
    if not now:
        return Markup("<span><b>%s</b></span>") % state_word(here)
    dots = Markup("").join(
        _DOT % ("done" if n < now else "now" if n == now else "todo") for n in range(1, len(ORDER) + 1)
    )
    return _MINI % (dots, _(STOP_WORD[ORDER[now - 1]]), _("，下一站%(stop)s", stop=next_stop(here)))


def count_stops(counts: dict[Stop, int], chosen: str) -> list[tuple[str, int, bool, str]]:
    """What `route_count` draws: (word, count, chosen, address)."""
    return [
        (_(STOP_WORD[stop]), n, stop.value == chosen, f"/topics?stop={stop.value}")
        for stop, n in counts.items()
    ]


def promptness(response: ResponseLine) -> tuple[str, str, str]:
    """Whether an answer came in time, said in public: words, tone and icon of a tag."""
    gap = (response.given_at or response.due_at) - response.due_at
    days = abs(gap).days
    if gap > timedelta(0):
        return _("晚了 %(days)d 天回应", days=days) if days else _("晚了不到一天"), "danger", "triangle-alert"
    return _("提前 %(days)d 天回应", days=days) if days else _("按时回应"), "ok", "circle-check"


def paper_links(papers: list[list[Any]], address: str) -> list[tuple[str, str]]:
    """Files of a nested row as (name, address)."""
    return [(f.name, f"{address}/files/{f.id}/full") for f in map(FileLine._make, papers)]


def at_place(response: ResponseLine, place_path: str) -> SimpleNamespace:
    """A nested response as a thing that access can judge."""
    return SimpleNamespace(party=response.party, state=response.state, place_path=place_path)


def phase_word(phase: Phase) -> str:
    return _(PHASE_WORD[phase])


def phase_note(phase: Phase) -> str:
    return _(PHASE_NOTE[phase])


FILTERS = {
    f.__name__: f
    for f in (
        stop_number,
        state_word,
        next_stop,
        next_words,
        stop_line,
        count_stops,
        promptness,
        paper_links,
        at_place,
        phase_word,
        phase_note,
    )
}
