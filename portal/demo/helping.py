"""Volunteers: a patrol of retired neighbours and a team that mends things, with shifts that were served, hours that
were corrected, a certificate that hangs out, a shift ahead with a waiting list, and snow as the signal."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

import sqlalchemy as sa

from ..accounts.models import User
from ..core.actor import Actor
from ..core.db import db
from ..places.models import Place
from ..volunteering.actions import calling_out, certifying, teams
from ..volunteering.actions.arriving import add_helper, check_in, check_out, correct_times
from ..volunteering.actions.calling_out import StandingWords
from ..volunteering.actions.confirming import confirm, confirm_training, correct_hours
from ..volunteering.actions.planning import (
    ServiceWords,
    ShiftWords,
    add_shift,
    close_service,
    open_service,
    plan_service,
)
from ..volunteering.actions.registering import register
from ..volunteering.actions.signing_up import sign_up
from ..volunteering.actions.teams import TeamWords
from ..volunteering.models.book import HoursEntry
from ..volunteering.models.people import Team
from ..volunteering.models.shifts import Service, Shift, SignUp
from ..volunteering.people import volunteer_of
from ..volunteering.words import Kind, SignUpState
from .plan import AT_TABLE, Deed
from .sources import moment
from .told import Told

CLERK, LEADER, FIXER = "ma-hui", "jin-yuanchao", "wu-fushou"
PATROL, REPAIR = "夕阳红巡逻队", "便民维修队"
SNOW, CLEANING, MENDING, NEXT = "以雪为令", "清理七号楼北侧", "修鞋磨刀进小区", "清理中心绿地"
OPEN = "教老人用手机"
DRILL = "消防演练和灭火器使用培训"
PEOPLE: dict[str, tuple[date, str]] = {
    LEADER: (date(1952, 4, 3), "认得每一个井盖"),
    FIXER: (date(1957, 9, 18), "修鞋、磨刀、换锁芯"),
    "wang-xiulan": (date(1955, 3, 8), "剪纸、包饺子"),
    "jiang-yulan": (date(1949, 12, 1), ""),
    "zhao-qiang": (date(1994, 7, 22), "会骑电动车，跑腿快"),
    "li-min": (date(1988, 5, 14), "辅导小学作业"),
    "kong-jianjun": (date(1960, 10, 30), "木工"),
}


def lent_a_hand(day_zero: date) -> Iterator[Deed]:
    """Everything that happened, each at its hour."""
    for at, do in STEPS:
        yield Deed(moment(at, day_zero), AT_TABLE, fields={"do": do})


def _begin(told: Told) -> None:
    community = told.places["", ""]
    for key, (born, skills) in PEOPLE.items():
        register(told.actor(key), community, born=born, skills=skills, offers=bool(skills))
    patrol = TeamWords(PATROL, "早晚各走一圈，看见坏了的就报；下雪就出来扫。", "一化小区七号楼前")
    repair = TeamWords(REPAIR, "每月一次，修鞋、磨刀、换拉链、修小家电。", "社区一楼大厅")
    _founded(told, community, patrol, LEADER, ("wang-xiulan", "jiang-yulan", "zhao-qiang", "kong-jianjun"))
    _founded(told, community, repair, FIXER, ("kong-jianjun",))


def _founded(told: Told, place: Place, words: TeamWords, leader: str, members: tuple[str, ...]) -> None:
    clerk, name = told.actor(CLERK), _name(told, leader)
    team = teams.found_team(clerk, place, words=words, leader=name, once=f"demo-{leader}")
    for key in members:
        member = teams.apply(told.actor(key), team, words="算我一个。")
        teams.admit(told.actor(leader), member, yes=True)


def _snow(told: Told) -> None:
    words = StandingWords(
        name=SNOW,
        kind=Kind.SNOW,
        trigger="下雪，早上六点路面有积雪",
        venue="一化小区东门",
        minutes=90,
        risk="路滑，穿防滑的鞋；七十五岁以上的只扫自家门口。",
    )
    calling_out.set_up(told.actor(LEADER), _team(PATROL), words=words, once="demo-snow")


def _plan_cleaning(told: Told) -> None:
    words = ServiceWords(
        Kind.CLEANING, CLEANING, "捡垃圾、剪枯枝，工具社区出。", "小区居民", risk="用剪刀要戴手套。"
    )
    _opened(told, PATROL, LEADER, words, told.moment("-33 09:00"), 4, "七号楼北侧")
    for key in ("wang-xiulan", "zhao-qiang", "kong-jianjun"):
        _join(told, CLEANING, key)


def _arrive_cleaning(told: Told) -> None:
    _arrived(told, CLEANING, LEADER)
    add_helper(told.actor(LEADER), _shift(CLEANING), who=_name(told, "li-min"), because="路过，留下来一起干")


def _leave_cleaning(told: Told) -> None:
    """One of them forgets."""
    for one in _coming(CLEANING):
        if one.user_id != told.people["zhao-qiang"]:
            check_out(told.actor(LEADER), one)


def _settle_cleaning(told: Told) -> None:
    """Times that the host wrote are confirmed by somebody else."""
    shift, host = _shift(CLEANING), told.actor(LEADER)
    for one in _coming(CLEANING):
        if one.left_at is None:
            assert one.arrived_at
            end = shift.starts_at + timedelta(minutes=100)
            correct_times(
                host, one, arrived_at=one.arrived_at, left_at=end, because="忘了签退，大家都看见他走的"
            )
        confirm(host if one.timed_by_id is None else told.actor(CLERK), one, remark="干得仔细")
    close_service(host, db.session.get_one(Service, shift.service_id))


def _plan_mending(told: Told) -> None:
    words = ServiceWords(
        Kind.REPAIR, MENDING, "修鞋、磨刀、换拉链，东西自己带来。", "老人优先", skills="修鞋、磨刀"
    )
    _opened(told, REPAIR, FIXER, words, told.moment("-12 09:00"), 3, "社区一楼大厅")
    for key in (FIXER, "kong-jianjun"):
        _join(told, MENDING, key)


def _settle_mending(told: Told) -> None:
    """The host's own hours are confirmed by somebody else."""
    _finished(told, MENDING, CLERK, confirm)


def _plan_drill(told: Told) -> None:
    words = ServiceWords(
        Kind.TRAINING, DRILL, "消防站的老师来教，人人动手试一次灭火器。", "志愿者", risk="有烟，听老师指挥。"
    )
    _opened(told, PATROL, LEADER, words, told.moment("-6 15:00"), 10, "社区大院")
    for key in ("wang-xiulan", "li-min"):
        _join(told, DRILL, key)


def _settle_drill(told: Told) -> None:
    _finished(told, DRILL, LEADER, confirm_training)


def _correct(told: Told) -> None:
    found = sa.select(HoursEntry).where(HoursEntry.user_id == told.people["kong-jianjun"])
    entry = db.session.scalars(found.order_by(HoursEntry.id.desc())).first()
    assert entry
    correct_hours(told.actor(CLERK), entry, minutes=90, because="中间回家取了半小时工具，他自己来说的")


def _certificate(told: Told) -> None:
    key = "wang-xiulan"
    mine = volunteer_of(told.people[key])
    assert mine
    since, until = told.day(-60), told.day(-6)
    certificate = certifying.ask_certificate(
        told.actor(key), mine, since=since, until=until, agrees=True, once="demo-certificate"
    )
    certifying.post_certificate(told.actor(CLERK), certificate)


def _plan_next(told: Told) -> None:
    words = ServiceWords(
        Kind.CLEANING,
        NEXT,
        "拔草、捡烟头，中午前收工，管一瓶水。",
        "小区居民",
        risk="天热，戴帽子，带水；不舒服马上歇。",
    )
    _opened(told, PATROL, LEADER, words, told.moment("4 08:30"), 3, "一化小区中心绿地")
    for key in ("wang-xiulan", "zhao-qiang", "kong-jianjun", "li-min"):
        _join(told, NEXT, key)


def _plan_open(told: Told) -> None:
    """With places left, for whoever looks round."""
    words = ServiceWords(
        Kind.TEACHING,
        OPEN,
        "在社区一楼大厅坐一上午，教老人挂号、视频通话、认诈骗短信，一对一，不用备课。",
        "不会用智能手机的老人",
        skills="会用智能手机，有耐心",
    )
    _opened(told, REPAIR, FIXER, words, told.moment("6 09:00"), 6, "社区一楼大厅")
    for key in ("li-min", "kong-jianjun"):
        _join(told, OPEN, key)


def _opened(
    told: Told, team: str, host: str, words: ServiceWords, starts_at: datetime, needed: int, venue: str
) -> None:
    actor = told.actor(host)
    service = plan_service(actor, _team(team), words=words, host="", once=f"demo-{words.title}")
    hours = ShiftWords(starts_at, starts_at + timedelta(hours=2), venue, needed)
    add_shift(actor, service, words=hours)
    open_service(actor, service)


def _join(told: Told, title: str, key: str) -> None:
    sign_up(told.actor(key), _shift(title), risk_read=True)


def _team(name: str) -> Team:
    return db.session.scalars(sa.select(Team).where(Team.name == name)).one()


def _shift(title: str) -> Shift:
    found = sa.select(Shift).join(Service, Service.id == Shift.service_id).where(Service.title == title)
    return db.session.scalars(found).one()


def _arrived(told: Told, title: str, host: str) -> None:
    for one in _coming(title):
        check_in(told.actor(host), one)


def _finished(told: Told, title: str, host: str, confirming: Callable[[Actor, SignUp], object]) -> None:
    """Everybody leaves, what each did is confirmed, and it is over."""
    for one in _coming(title):
        check_out(told.actor(host), one)
        confirming(told.actor(host), one)
    close_service(told.actor(host), db.session.get_one(Service, _shift(title).service_id))


def _coming(title: str) -> list[SignUp]:
    found = sa.select(SignUp).where(SignUp.shift_id == _shift(title).id, SignUp.state == SignUpState.COMING)
    return list(db.session.scalars(found.order_by(SignUp.id)))


def _name(told: Told, key: str) -> str:
    return db.session.get_one(User, told.people[key]).name


STEPS: tuple[tuple[str, Callable[[Told], None]], ...] = (
    ("-58 09:30", _begin),
    ("-57 10:00", _snow),
    ("-40 15:00", _plan_cleaning),
    ("-33 08:50", _arrive_cleaning),
    ("-33 11:00", _leave_cleaning),
    ("-33 17:20", _settle_cleaning),
    ("-20 10:10", _plan_mending),
    ("-12 08:45", partial(_arrived, title=MENDING, host=CLERK)),
    ("-12 11:05", _settle_mending),
    ("-9 14:30", _correct),
    ("-11 10:00", _plan_drill),
    ("-6 14:50", partial(_arrived, title=DRILL, host=LEADER)),
    ("-6 17:00", _settle_drill),
    ("-5 09:15", _certificate),
    ("-4 16:40", _plan_next),
    ("-3 09:20", _plan_open),
)
