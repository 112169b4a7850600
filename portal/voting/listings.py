"""Lists of voting: polls, and who is on a roll."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from ..accounts.models import User
from ..core.listing import Column, Filter, Listing, Sort, by_word
from ..core.text import N_, _
from ..councils.models import Topic
from .models import Participation, Poll, PollVoter, Turnout
from .words import COUNTED, METHOD_WORD, SECRECY_WORD, STATE_WORD


def _outcome(poll: Any) -> str:
    """Who or what has the most, or whether a motion is carried; nothing before the count. Names of neighbours stand
    where it is known who reads them."""
    tally = poll.tally
    if tally is None:
        return ""
    if poll.honours:
        return _("见评选")
    if "passed" in tally:
        return _("通过") if tally["passed"] else _("未通过")
    return "、".join(tally["winners"])


POLLS = Listing(
    model=Poll,
    select=sa.select(
        Poll.id,
        Poll.number,
        Poll.question,
        Poll.state,
        Poll.secrecy,
        Poll.method,
        Poll.roll_kind,
        Poll.opens_at,
        Poll.closes_at,
        Poll.opened_at,
        Poll.created_at,
        Poll.moved_at,
        Poll.voters,
        sa.case((Poll.state.in_(COUNTED), Poll.tally)).label("tally"),
        Poll.topic_id,
        Poll.occasion,
        Poll.honours,
        Poll.occasion_title,
        sa.func.coalesce(Topic.title, Poll.occasion_title).label("topic_title"),
        sa.func.coalesce(Turnout.cast, 0).label("cast"),
    )
    .outerjoin(Topic, Topic.id == Poll.topic_id)
    .outerjoin(Turnout, Turnout.poll_id == Poll.id),
    search=(Poll.question, Poll.number, sa.func.coalesce(Topic.title, Poll.occasion_title)),
    sorts=(
        Sort("closes", N_("最晚截止"), Poll.closes_at),
        Sort("moved", N_("最近有变化"), Poll.moved_at),
    ),
    filters=(
        by_word("state", N_("到哪一步"), Poll.state, STATE_WORD),
        by_word("secrecy", N_("是否记名"), Poll.secrecy, SECRECY_WORD),
    ),
    columns=(
        Column(N_("编号"), lambda p: p.number),
        Column(N_("问题"), lambda p: p.question),
        Column(N_("议题"), lambda p: p.topic_title),
        Column(N_("到哪一步"), lambda p: _(STATE_WORD[p.state])),
        Column(N_("是否记名"), lambda p: _(SECRECY_WORD[p.secrecy])),
        Column(N_("选法"), lambda p: _(METHOD_WORD[p.method])),
        Column(N_("开始时间"), lambda p: p.opened_at),
        Column(N_("截止时间"), lambda p: p.closes_at),
        Column(N_("名册人数"), lambda p: p.voters),
        Column(N_("投票人数"), lambda p: p.cast),
        Column(N_("结果"), lambda p: _outcome(p)),
    ),
)


def _voted(value: str) -> sa.ColumnElement[bool]:
    column = Participation.user_id
    return column.is_not(None) if value == "yes" else column.is_(None)


_ROLL = Listing(
    model=PollVoter,
    select=sa.select(
        PollVoter.id,
        PollVoter.unit_label,
        User.name,
        User.phone,
        Participation.user_id.is_not(None).label("voted"),
    )
    .join(User, User.id == PollVoter.user_id)
    .outerjoin(
        Participation,
        sa.and_(
            Participation.poll_id == PollVoter.poll_id,
            sa.or_(
                Participation.user_id == PollVoter.user_id,
                Participation.household_id == PollVoter.household_id,
            ),
        ),
    ),
    search=(PollVoter.unit_label, User.name),
    sorts=(Sort("place", N_("按房号"), PollVoter.unit_label, descending=False),),
    filters=(
        Filter("voted", N_("投了没有"), lambda _actor: [("no", _("还没投")), ("yes", _("投了"))], _voted),
    ),
    columns=(
        Column(N_("姓名"), lambda v: v.name),
        Column(N_("房屋"), lambda v: v.unit_label),
        Column(N_("投了没有"), lambda v: _("投了") if v.voted else _("还没投")),
    ),
    size=50,
)


def roll_of(poll: Any) -> Listing:
    """The roll of one poll with who has voted, never how."""
    return replace(_ROLL, select=_ROLL.select.where(PollVoter.poll_id == poll.id))
