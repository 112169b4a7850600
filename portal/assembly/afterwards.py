"""What the law counts in days once the owners have decided: posting, registration, the time to go to court. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from ..core import clock
from ..core.text import _
from .jurisdictions import pack
from .words import PostingKind


class Deadline(NamedTuple):
    """Something to be done within days. `until`: the end of its last day; None while what it is counted from has not
    come."""

    key: str
    title: str
    note: str
    until: datetime | None


def day_before_court(certified_at: datetime) -> date:
    """The last day of the year in which a decision may be brought before a court (民法典 arts. 280, 201-203; 最高法
    区分所有权解释 art. 12), for who knew of it on the day it was stated."""
    day = clock.local(certified_at).date()
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def deadlines(vote: Any) -> list[Deadline]:
    """Those of a vote (the row of `plan_page`), in the order in which they end."""
    return list(_deadlines(vote))


def _deadlines(vote: Any) -> Iterator[Deadline]:
    rules = pack(vote.jurisdiction)
    stated = next((p.at for p in vote.postings if p.kind == PostingKind.FINAL), None)
    if rules.post_within:
        yield Deadline(
            "post",
            _("公示决定"),
            _("当地规定决定作出之日起 %(days)d 天内公示，从截止那天算最稳妥。", days=rules.post_within),
            _last(vote.closed_at, rules.post_within),
        )
    if rules.register_within and any(m.seats for m in vote.matters):
        yield Deadline(
            "register",
            _("业主委员会备案"),
            _("选出委员之日起 %(days)d 天内，到区县房产部门和街道备案。", days=rules.register_within),
            _last(stated, rules.register_within),
        )
    yield Deadline(
        "court",
        _("申请撤销的时间到期"),
        _("从业主知道决定那天起一年。材料至少保管到那以后。"),
        clock.at(day_before_court(stated) + timedelta(days=1)) if stated else None,
    )


def _last(since: datetime | None, days: int) -> datetime | None:
    """The end of the last of so many days, the first not counted (民法典 art. 201)."""
    return clock.at(clock.local(since).date() + timedelta(days=days + 1)) if since else None
