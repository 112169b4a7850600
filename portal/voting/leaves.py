"""Small pieces of a poll's pages, as filters."""

from datetime import datetime
from typing import Any

from ..core.text import _
from ..councils.rules import is_draft
from . import leaves_paper, leaves_result, rules
from .occasions import poll_kind
from .words import (
    CHANNEL_WORD,
    METHOD_WORD,
    OUTCOME_WORD,
    ROLL_WORD,
    SECRECY_WORD,
    STATE_WORD,
    Outcome,
    PollState,
    RollKind,
    Secrecy,
)

_WORDS: dict[str, str] = {
    str(word): said
    for words in (STATE_WORD, METHOD_WORD, SECRECY_WORD, ROLL_WORD, OUTCOME_WORD, CHANNEL_WORD)
    for word, said in words.items()
}
TONES = {
    PollState.DRAFT: ("neutral", "circle"),
    PollState.OPEN: ("accent", "circle-dot"),
    PollState.CLOSED: ("warn", "hourglass"),
    PollState.CERTIFIED: ("ok", "badge-check"),
    PollState.ANNULLED: ("neutral", "ban"),
    PollState.PUT_AWAY: ("neutral", "archive"),
}


def poll_word(word: str) -> str:
    """Any word of a poll, in words."""
    return _(_WORDS[word])


def poll_stage(poll: Any, now: datetime) -> tuple[str, str, str]:
    """Where a poll stands now: words, tone and icon of a tag. Past the hour it is being counted, tick or no tick."""
    state = PollState(poll.state)
    if state is PollState.OPEN and over(poll, now):
        return _("已截止，正在计票"), "warn", "hourglass"
    if state is PollState.DRAFT and poll.opens_at is not None:
        return _("定了时间，还没开始"), "accent", "calendar-days"
    return (poll_word(state), *TONES[state])


def over(poll: Any, now: datetime) -> bool:
    """The hour has passed."""
    return not rules.in_time(now, poll.closes_at)


def why_on_roll(poll: Any) -> str:
    """Why this voter was given a paper, in one sentence."""
    if poll.roll_kind == RollKind.SEATS:
        return _("您在议事会有席位，所以给您票。一人一票。")
    if poll.roll_kind == RollKind.HOUSEHOLDS:
        return _("您家在名册上，一户一票：家里哪位大人先投，就算您家的，投了以后只有这位能改。")
    if poll.roll_kind == RollKind.COMMITTEE:
        return _("您是业委会委员，所以给您票。一人一票，不能委托别人投。")
    return _("您登记住在%(place)s，所以给您票。一人一票，不看面积。", place=poll.place_label)


def who_is_on_roll(poll: Any) -> str:
    """Who is asked, for everybody."""
    if poll.roll_kind == RollKind.SEATS:
        return _("%(name)s的席位，一人一票。", name=poll.council_name)
    if poll.roll_kind == RollKind.HOUSEHOLDS:
        return _("登记在%(place)s的住户，一户一票，不看人口和面积。", place=poll.place_label)
    if poll.roll_kind == RollKind.COMMITTEE:
        return _("业委会的主任和委员，一人一票，不能委托别人投。")
    return _("登记在%(place)s的住户，一人一票，不看面积。", place=poll.place_label)


def begins(poll: Any) -> bool:
    """When it begins was told, and it has not begun."""
    return poll.opens_at is not None and PollState(poll.state) is PollState.DRAFT


def numbered(number: str) -> str:
    """`vote.number|numbered`: of a draft that it has none yet."""
    return _("草稿，还没有编号") if is_draft(number) else _("第 %(number)s 号", number=number)


def no_statute(poll: Any) -> str:
    """What this vote is not, in one sentence."""
    if poll.occasion:
        return _("这是社区评选的投票：只有登记核实过的人有票，不能加票，也不能花钱买票。不是法定业主表决。")
    return _("这是议事会表态，供大家商量和决定用，不是法定业主表决。")


def outcome_of(poll: Any) -> str:
    """What follows from the certified result."""
    if poll.occasion and poll.outcome == Outcome.RETURNED:
        return _("这次不算，重新投")
    return poll_word(poll.outcome)


def who_sees(poll: Any) -> tuple[str, str]:
    """Who can see what I choose: heading and sentence."""
    if poll.secrecy == Secrecy.SECRET:
        return _("谁也查不到您选了什么"), _(
            "无记名：谁投了票、票上选了什么，分开存放，没有编号和时间能对上，书记也查不到。"
        )
    return _("邻居看不到您选了什么"), _(
        "记名：票上有您的名字。截止前谁也看不到；截止后只有核票的书记能看到。公布的只有合计数。"
    )


FILTERS = (
    leaves_paper.FILTERS
    | leaves_result.FILTERS
    | {
        f.__name__: f
        for f in (
            poll_word,
            poll_kind,
            no_statute,
            numbered,
            outcome_of,
            poll_stage,
            begins,
            over,
            why_on_roll,
            who_is_on_roll,
            who_sees,
        )
    }
)
