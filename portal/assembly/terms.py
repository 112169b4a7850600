"""What the convener settles about a vote before it is announced, and what is wrong with it. Pure."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from ..core import clock
from ..core.errors import Invalid
from ..core.text import _
from .jurisdictions import pack
from .words import Convener, Silence

LONGEST_DAYS = 90
LONGEST_AHEAD = timedelta(days=366)


class Terms(NamedTuple):
    """Columns of the vote of the same names."""

    title: str
    scope_reason: str
    convener: Convener
    convener_name: str
    jurisdiction: str
    opens_at: datetime
    closes_at: datetime
    official_evote: bool = False
    official_where: str = ""
    invalid_participates: bool = False
    conflict_invalid: bool = False
    last_counts: bool = False
    count_parking: bool = False
    silence: Silence = Silence.NOT_PARTICIPATING
    proxy_cap: int | None = None
    max_extensions: int | None = None
    extraordinary: bool = False
    roll_days: int = 15
    notice_days: int = 15
    objection_days: int = 7
    rules_clause: str = ""


class Dated(Protocol):
    """A vote with its hours."""

    jurisdiction: Any
    opens_at: Any
    closes_at: Any


class Dates(NamedTuple):
    """The earliest days of a vote whose roll is posted today."""

    roll_until: datetime
    opens_at: datetime
    closes_at: datetime


def earliest(now: datetime, roll_days: int, notice_days: int, open_days: int = 15) -> Dates:
    """The roll hangs out, the notice follows on the day it may be frozen, the voting after that. Days are full days."""
    today = clock.local(now).date()
    frozen = today + timedelta(days=roll_days + 1)
    opens = frozen + timedelta(days=notice_days + 1)
    return Dates(
        clock.at(frozen), clock.at(opens, 9), clock.at(opens + timedelta(days=max(open_days, 1)), 20)
    )


def hung_out_until(now: datetime, days: int) -> datetime:
    """The end of the last of so many full days, the day of hanging out not counted (Civil Code art. 201)."""
    return clock.at(clock.local(now).date() + timedelta(days=days + 1))


def full_days(now: datetime, until: datetime) -> int:
    """How many whole days lie between the day of `now`, which is not counted, and `until`. Never less than none."""
    return max((clock.local(until).date() - clock.local(now).date()).days - 1, 0)


def check(terms: Terms, now: datetime) -> None:
    """Raises Invalid with the field: hours that do not follow each other, fewer days than the rules of the place."""
    if not terms.title.strip():
        raise Invalid(_("请写一句话，让人一看就知道要表决什么。"), "title")
    if not terms.scope_reason.strip():
        raise Invalid(_("请写清楚为什么由这些业主来定，大家都看得到。"), "scope_reason")
    if not terms.convener_name.strip():
        raise Invalid(_("请写公告上怎么署名。"), "convener_name")
    _check_days(terms)
    check_hours(terms.jurisdiction, terms.opens_at, terms.closes_at, now)
    _check_rules(terms)


def check_hours(jurisdiction: str, opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    """Raises Invalid for hours in the past, in the wrong order, or a voting shorter or longer than the place allows."""
    if closes_at <= now:
        raise Invalid(_("请给一个还没到的时间。"), "closes_at")
    if closes_at <= opens_at:
        raise Invalid(_("截止要在开始以后。"), "closes_at")
    if opens_at - now > LONGEST_AHEAD:
        raise Invalid(_("开始的时间太远了，请检查年份。"), "opens_at")
    rules = pack(jurisdiction)
    if closes_at - opens_at < timedelta(days=rules.least_open_days):
        raise Invalid(_("当地规定投票至少 %(days)d 天。", days=rules.least_open_days), "closes_at")
    if closes_at - opens_at > timedelta(days=rules.most_open_days):
        raise Invalid(_("投票最多 %(days)d 天，延期也算在内。", days=rules.most_open_days), "closes_at")


def check_postponed(vote: Dated, opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    """Raises Invalid unless a vote that was announced begins later, ends later and is open no shorter than the notice
    said: who reckoned with the old hours loses nothing. Its notice has then hung out no shorter either."""
    if opens_at <= now:
        raise Invalid(_("请给一个还没到的时间。"), "opens_at")
    if opens_at <= vote.opens_at:
        raise Invalid(_("改期只能往后，不能提前。"), "opens_at")
    if closes_at - opens_at < vote.closes_at - vote.opens_at:
        raise Invalid(_("投票的时间不能比公告的短，请把截止也往后改。"), "closes_at")
    check_hours(vote.jurisdiction, opens_at, closes_at, now)


def may_extend(extensions: int, most: int | None) -> bool:
    """Whether the assembly's rules leave another extension; `most`: none is no limit."""
    return most is None or extensions < most


def _check_rules(terms: Terms) -> None:
    place = pack(terms.jurisdiction)
    if terms.proxy_cap is not None and terms.proxy_cap < 1:
        raise Invalid(_("一个人最多替几位业主投，请写 1 以上；不限就空着。"), "proxy_cap")
    if place.parking_never and terms.count_parking:
        raise Invalid(_("当地规定车位、车库不算面积，这一项不能勾。"), "count_parking")
    if terms.max_extensions is not None and terms.max_extensions < 0:
        raise Invalid(_("最多延期几次，请写 0 以上；议事规则没有限制就空着。"), "max_extensions")
    most = place.proxy_cap
    if most is not None and (terms.proxy_cap is None or terms.proxy_cap > most):
        raise Invalid(_("当地规定一个人最多替 %(most)d 位业主投。", most=most), "proxy_cap")
    if place.official_evote and not terms.official_evote:
        raise Invalid(_("当地要求网上投票用主管部门的系统，这一项要勾上。"), "official_evote")


def _check_days(terms: Terms) -> None:
    rules = pack(terms.jurisdiction)
    for field, least in (
        ("roll_days", rules.roll_days),
        ("notice_days", rules.least_notice(terms.extraordinary)),
        ("objection_days", rules.objection_days),
    ):
        days = getattr(terms, field)
        if days < least:
            raise Invalid(
                _("按规定至少 %(least)d 天。真来不及，以后在步骤清单里写明理由。", least=least), field
            )
        if days > LONGEST_DAYS:
            raise Invalid(_("最多 %(most)d 天，请检查。", most=LONGEST_DAYS), field)
