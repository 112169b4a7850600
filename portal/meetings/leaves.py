"""Small pieces of the pages of meetings, as filters."""

from datetime import datetime
from typing import Any

from markupsafe import Markup

from ..core import clock
from ..core.leaves_marks import marks
from ..core.text import N_, _
from ..councils.words import CATEGORY_WORD
from . import agenda, presence, schedule
from .hands import RULE_WORD, Rule
from .inviting import Missing
from .offering import SETTLED, standing_words
from .quorum import PRESENCE_WORD, Presence
from .schedule import SHIFT_WORD
from .sides import SIDE_WORD, Side
from .speaking import STANCE_WORD, Stance
from .tally import CHOICE_WORD, Choice
from .verdicts import why, why_decided
from .words import (
    AHEAD,
    INTEREST_WORD,
    KIND_WORD,
    MOTION_TONE,
    MOTION_WORD,
    REPLY_TONE,
    REPLY_WORD,
    STATE_WORD,
    TONE,
    UNDECIDED,
    Interest,
    Kind,
    MotionState,
    Reply,
)
from .words import MeetingState as S

_tag = marks(_)["tag"]
OVER = N_("没有开成")


def meeting_tag(state: str, ends_at: datetime, now: datetime) -> Markup:
    """The state as a tag; one whose hour has passed without being opened was not held."""
    known = S(state)
    if known in AHEAD and ends_at <= now:
        over: Markup = _tag(_(OVER), "neutral", "hourglass")
        return over
    mark: Markup = _tag(_(STATE_WORD[known]), *TONE[known])
    return mark


def reply_tag(reply: str) -> Markup:
    known = Reply(reply)
    mark: Markup = _tag(_(REPLY_WORD[known]), *REPLY_TONE[known])
    return mark


def motion_tag(state: str) -> Markup:
    known = MotionState(state)
    mark: Markup = _tag(_(MOTION_WORD[known]), *MOTION_TONE[known])
    return mark


def stance_word(stance: str) -> str:
    return _(STANCE_WORD[Stance(stance)])


def choice_word(choice: str) -> str:
    return _(CHOICE_WORD[Choice(choice)])


def shortages(meeting: Any) -> list[str]:
    """What is missing at the door, a sentence each."""
    return presence.shortages(meeting.attendance)


def heads_now(meeting: Any) -> str:
    """What the motion that hands are shown for takes, and what is missing so far."""
    attendance = meeting.attendance
    return why(
        Rule(meeting.rule),
        Presence(meeting.quorum),
        meeting.tally,
        members=attendance.total.members,
        present=len(meeting.voters),
        aside=meeting.aside,
        lacking=attendance.short,
    )


def heads_of(meeting: Any, motion: Any) -> str:
    """Why a motion carried or not."""
    return why_decided(Rule(meeting.rule), Presence(meeting.quorum), motion)


def aside_words(meeting: Any, n: int) -> str:
    """How those are counted who stand aside: of a share of those present they are no part, of all members they are."""
    if Rule(meeting.rule) is Rule.HALF_MEMBERS:
        return _("%(n)d 人回避，不参加表态：开会人数、全体成员里都算。", n=n)
    return _("%(n)d 人回避，不参加表态：开会人数里算，表态的人数里不算。", n=n)


def why_not_put(meeting: Any, motion: Any) -> str:
    """Why hands cannot be asked for a motion yet; "" where they can."""
    if any(m.amends_id == motion.id and m.state in UNDECIDED for m in meeting.motions):
        return _("先定修改的提法，再请大家表态。")
    if meeting.put:
        return _("正在表态的先点清结果，再轮到这一个。")
    if meeting.item is None or meeting.item.id != motion.item_id:
        return _("谈到它那一项时再请大家表态。")
    return "".join(shortages(meeting))


def kind_word(kind: str) -> str:
    return _(KIND_WORD[Kind(kind)])


def side_word(side: str) -> str:
    return _(SIDE_WORD[Side(side)])


def standing_tag(stands: str) -> Markup:
    """Why a meeting has nothing to decide about a topic, as a tag."""
    tone = ("ok", "circle-check") if stands == SETTLED else ("warn", "hourglass")
    mark: Markup = _tag(standing_words(stands), *tone)
    return mark


def interest_word(interest: str) -> str:
    return _(INTEREST_WORD[Interest(interest)])


def presence_word(presence: str) -> str:
    return _(PRESENCE_WORD[Presence(presence)])


def rule_word(rule: str) -> str:
    return _(RULE_WORD[Rule(rule)])


def series_words(series: Any) -> str:
    """每月5日、25日 19:00，逢节假日顺延到下一个工作日."""
    return _(
        "%(days)s %(hour)s，%(shift)s",
        days=schedule.said(series.pattern),
        hour=series.hour,
        shift=_(SHIFT_WORD[series.moved]),
    )


def put_off(meeting: Any) -> str:
    """原定%(day)s，顺延: of a meeting of a series that could not be held on its fixed day; "" of others."""
    day, planned = clock.local(meeting.starts_at).date(), meeting.planned_on
    if planned is None or day == planned or meeting.state == S.POSTPONED:
        return ""
    return _("原定%(day)s，顺延") if day > planned else _("原定%(day)s，提前")


def hours_of(meeting: Any) -> list[str]:
    """When each point of the agenda begins, on the wall clock."""
    items = [agenda.Item(i.title, i.minutes, i.core) for i in meeting.items]
    begins = agenda.timetable(meeting.starts_at, items)
    return [f"{clock.local(at).hour}:{clock.local(at).minute:02d}" for at in begins]


def planned_minutes(items: list[Any]) -> int:
    return agenda.planned(agenda.Item(i.title, i.minutes, i.core) for i in items)


def till(ends_at: datetime, starts_at: datetime | None = None) -> str:
    """The hour of the end on the wall clock: 20:30; of a meeting that passes midnight 次日 0:30."""
    local = clock.local(ends_at)
    hour = f"{local.hour}:{local.minute:02d}"
    same_day = starts_at is None or local.date() == clock.local(starts_at).date()
    return hour if same_day else _("次日 %(hour)s", hour=hour)


def sides_counted(invitations: list[Any]) -> list[tuple[str, int, int]]:
    """(side, members, of them coming) of those who are to be there, in the order of the sides."""
    members = [i for i in invitations if i.member]
    return [
        (side.value, len(of), sum(i.reply in ("yes", "substitute") for i in of))
        for side in Side
        if (of := [i for i in members if i.side == side])
    ]


def missing_words(one: Missing) -> list[str]:
    """What the map of stakeholders says about one kind of matter, sentence by sentence."""
    matter = _(CATEGORY_WORD[one.category])
    nobody = [_(SIDE_WORD[s]) for s in one.unasked_sides] + [_(INTEREST_WORD[i]) for i in one.unasked]
    unsure = [_(SIDE_WORD[s]) for s in one.uncertain_sides] + [_(INTEREST_WORD[i]) for i in one.uncertain]
    said = []
    if nobody:
        said.append(_("%(matter)s：还没请%(who)s。", matter=matter, who=_("、").join(nobody)))
    if unsure:
        said.append(_("%(matter)s：%(who)s还没有人答应来。", matter=matter, who=_("、").join(unsure)))
    return said


FILTERS = {
    f.__name__: f
    for f in (
        meeting_tag,
        reply_tag,
        motion_tag,
        stance_word,
        choice_word,
        shortages,
        heads_now,
        heads_of,
        aside_words,
        why_not_put,
        kind_word,
        side_word,
        interest_word,
        standing_tag,
        standing_words,
        presence_word,
        rule_word,
        series_words,
        put_off,
        hours_of,
        planned_minutes,
        till,
        sides_counted,
        missing_words,
    )
}
