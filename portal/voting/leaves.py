"""Small pieces of a poll's pages, as filters."""

from datetime import datetime
from typing import Any

from ..core.leaves_figures import num
from ..core.text import _
from . import leaves_paper, rules
from .rules import Standing
from .words import (
    CHANNEL_WORD,
    METHOD_WORD,
    OUTCOME_WORD,
    ROLL_WORD,
    SECRECY_WORD,
    STATE_WORD,
    PollState,
    RollKind,
    Secrecy,
)

AGREE, OPPOSE = "同意", "不同意"
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
}


def poll_word(word: str) -> str:
    """Any word of a poll, in words."""
    return _(_WORDS[word])


def poll_stage(poll: Any, now: datetime) -> tuple[str, str, str]:
    """Where a poll stands now: words, tone and icon of a tag. Past the hour it is being counted, tick or no tick."""
    state = PollState(poll.state)
    if state is PollState.OPEN and over(poll, now):
        return _("已截止，正在计票"), "warn", "hourglass"
    return (poll_word(state), *TONES[state])


def over(poll: Any, now: datetime) -> bool:
    """The hour has passed."""
    return not rules.in_time(now, poll.closes_at)


def why_on_roll(poll: Any) -> str:
    """Why this voter was given a paper, in one sentence."""
    if poll.roll_kind == RollKind.SEATS:
        return _("您在议事会有席位，所以给您票。一人一票。")
    return _("您登记住在%(place)s，所以给您票。一人一票，不看面积。", place=poll.place_label)


def who_is_on_roll(poll: Any) -> str:
    """Who is asked, for everybody."""
    if poll.roll_kind == RollKind.SEATS:
        return _("%(name)s的席位，一人一票。", name=poll.council_name)
    return _("登记在%(place)s的住户，一人一票，不看面积。", place=poll.place_label)


def who_sees(poll: Any) -> tuple[str, str]:
    """Who can see what I choose: heading and sentence."""
    if poll.secrecy == Secrecy.SECRET:
        return _("谁也查不到您选了什么"), _(
            "无记名：谁投了票、票上选了什么，分开存放，没有编号和时间能对上，书记也查不到。"
        )
    return _("邻居看不到您选了什么"), _(
        "记名：票上有您的名字。截止前谁也看不到；截止后只有核票的书记能看到。公布的只有合计数。"
    )


def result_mark(tally: dict[str, Any]) -> tuple[str, str]:
    """The result in one word, and the tone it is said in."""
    said = rules.standing(tally)
    if said is Standing.TIED:
        return _("票数相同"), "warn"
    if said is Standing.NOBODY:
        return _("没有有效票"), "warn"
    if tally["winners"] == [OPPOSE]:
        return _("未通过"), "danger"
    return (_("通过") if tally["winners"] == [AGREE] else _("有了结果")), "ok"


def result_text(poll: Any) -> str:
    """The result in a sentence or two, with heads and not only percent."""
    tally = poll.tally
    cast = tally["valid"] + tally["blank"] + tally["invalid"]
    start = _("名册上 %(voters)s 人，%(cast)s 人投了票", voters=num(poll.voters), cast=num(cast))
    blank = _("，其中 %(blank)s 人弃权", blank=num(tally["blank"])) if tally["blank"] else ""
    return start + blank + _("。") + _said(tally)


def _said(tally: dict[str, Any]) -> str:
    said = rules.standing(tally)
    if said is Standing.NOBODY:
        return _("没有一张有效票，这次定不下来。")
    if said is Standing.TIED:
        level = "”“".join(tally["tied"])
        votes = num(tally["tally"][tally["tied"][0]])
        return _("“%(level)s”都是 %(votes)s 票，分不出先后。", level=level, votes=votes)
    winner = tally["winners"][0]
    return _("“%(winner)s”得 %(votes)s 票，最多。", winner=winner, votes=num(tally["tally"][winner]))


FILTERS = leaves_paper.FILTERS | {
    f.__name__: f
    for f in (
        poll_word,
        poll_stage,
        over,
        why_on_roll,
        who_is_on_roll,
        who_sees,
        result_mark,
        result_text,
    )
}
