"""The two awards: the good neighbours of a year, voted, posted and certified; and one that takes nominations."""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from secrets import token_hex
from typing import NamedTuple

import sqlalchemy as sa

from ..accounts import identity
from ..accounts.models import User
from ..awards.actions.announcing import Announcement, Kind, announce_award, close_nominations
from ..awards.actions.certifying import finish_award
from ..awards.actions.nominating import Put, consent, nominate, nominate_for, record_consent
from ..awards.actions.posting import answer_name_objection, object_to_name, post_names
from ..awards.actions.reviewing import admit_nominee, refuse_nominee
from ..awards.actions.voting import open_vote
from ..awards.models import Award, AwardCategory, AwardObjection, Nominee
from ..awards.words import AwardState, Days, NomineeState, Verdict, Whom
from ..core.db import db
from ..voting.actions.casting import cast_ballot
from ..voting.actions.closing import certify_poll, close_poll
from ..voting.box import titles
from ..voting.models import Poll, PollVoter
from ..voting.words import Outcome, PollState
from .plan import AT_TABLE, Deed, Person
from .sources import moment
from .told import Told

SECRETARY, CLERK = "feng-xiaoxia", "ma-hui"
NEIGHBOURS, LANDINGS = "东兴社区年度好邻居", "最美楼道"
PAPERS = 90
"""People who vote on the good neighbours."""


class Entry(NamedTuple):
    """Somebody who is put forward: the account that answers for it, who nominates, and why."""

    name: str
    where: str
    who: Person
    by: Person
    why: str


PERSONS = (
    Entry("孔建军", "一化小区", "kong-jianjun", "dong-haixia", "坐着轮椅给邻居修表修锁，三年没收过一分钱。"),
    Entry(
        "马立新",
        "东府嘉和",
        "ma-lixin",
        "li-min",
        "每天早晚沿河走，看见栏杆松了就拍照报修，一年报了六十多件。",
    ),
    Entry("姚艳", "一化小区", "yao-yan", "jiang-yulan", "带着孩子们把楼前的空地种成花坛，还教大家扦插。"),
    Entry("吴斌", "一化小区", "wu-bin", "wu-fushou", "谁家老人要去医院，他的面包车随叫随到。"),
    Entry("康德明", "一化小区", "kang-deming", "jin-yuanchao", "退了休还给老邻居通管道，工具自己买。"),
)
GROUPS = (
    Entry(
        "银铃合唱队", "社区活动室", "han-xiulan", "gao-yuxin", "每周两次教老人唱歌，节日到独居老人家里唱。"
    ),
    Entry(
        "三号楼楼道小组",
        "一化小区3号楼",
        "tian-siyuan",
        "bai-guodong",
        "商量出楼道不堆杂物的约定，两年没有反弹。",
    ),
)

LIKED = ("马立新", "孔建军", "赵师傅", "姚艳", "银铃合唱队", "三号楼楼道小组")
"""Who is voted for, the most liked first."""


def honours(day_zero: date) -> Iterator[Deed]:
    """Everything that happened, each at its hour."""
    for at, do in STEPS:
        yield Deed(moment(at, day_zero), AT_TABLE, fields={"do": do})


def _announce_first(told: Told) -> None:
    _announced(
        told,
        Announcement(
            title=NEIGHBOURS,
            criteria="住在或者工作在东兴社区，一年里为邻居办了看得见的实事。社区工作人员不参评。",
            categories=(Kind("好邻居", Whom.PERSON, 3), Kind("好集体", Whom.GROUP, 1)),
            nominate_until=told.moment("-40 20:00"),
            order_source="提名截止后第一期福彩双色球的开奖号（先红球从小到大，后蓝球），看福彩官网",
            posting_days=7,
            posting_kind=Days.CALENDAR,
        ),
    )


def _nominate_first(told: Told) -> None:
    award = _award(NEIGHBOURS)
    people, groups = _categories(award)
    for category, entries in ((people, PERSONS), (groups, GROUPS)):
        for n, entry in enumerate(entries):
            nominee = nominate(
                told.actor(entry.by), award, put=_put(told, category, entry), once=token_hex(8)
            )
            consent(told.actor(entry.who), nominee, named=n != 3)
    again = _put(told, people, PERSONS[0])
    nominate(
        told.actor("qin-jinlian"),
        award,
        put=again._replace(reason="我家老座钟是他修好的。"),
        once=token_hex(8),
    )
    cook = Put(people, "赵师傅", "社区食堂", "食堂关门以后，还给腿脚不便的老人留一份热饭。")
    nominee = nominate_for(told.actor(CLERK), award, put=cook, spoken_for="刘奶奶", once=token_hex(8))
    record_consent(told.actor(CLERK), nominee, how="在食堂当面问的，他说愿意", agreed=True, named=True)


def _review_first(told: Told) -> None:
    award = _award(NEIGHBOURS)
    if award.state is AwardState.NOMINATING:
        close_nominations(told.actor(SECRETARY), award)
    for nominee in _nominees(award, NomineeState.PROPOSED):
        admit_nominee(told.actor(CLERK), nominee, about=nominee.about)


def _open_first(told: Told) -> None:
    open_vote(told.actor(SECRETARY), _award(NEIGHBOURS), seed="04 09 12 20 27 33 06")


def _vote_first(told: Told) -> None:
    for poll in _polls(_award(NEIGHBOURS)):
        chance = Random(f"{poll.question}")
        roll = sa.select(PollVoter.user_id).where(PollVoter.poll_id == poll.id).order_by(PollVoter.user_id)
        voters = list(db.session.scalars(roll))
        voters = chance.sample(voters, min(PAPERS, len(voters)))
        known = identity.load(voters)
        liked = [titles(poll.id).index(name) for name in LIKED if name in titles(poll.id)]
        shares = (0, 0, 0, 0, 1, 1, 1, 2, 2, 3)  # nobody is level with anybody, whoever votes
        for n, voter in enumerate(voters):
            choice = liked[min(shares[n % 10], len(liked) - 1)]
            actor = identity.actor_of(known[voter])
            cast_ballot(actor, poll, choices=(choice,), once=token_hex(16))


def _certify_first(told: Told) -> None:
    secretary = told.actor(SECRETARY)
    for poll in _polls(_award(NEIGHBOURS)):
        if poll.state is PollState.OPEN:
            close_poll(secretary, poll)
        certify_poll(secretary, poll, outcome=Outcome.SETTLED)


def _post_first(told: Told) -> None:
    post_names(told.actor(CLERK), _award(NEIGHBOURS))


def _object_first(told: Told) -> None:
    award = _award(NEIGHBOURS)
    first = next(n for n in _nominees(award, NomineeState.ADMITTED) if n.honoured)
    object_to_name(
        told.actor("ye-jing"),
        award,
        nominee_id=first.id,
        reason="他办的事是不是今年的？请核实一下。",
        once=token_hex(8),
    )


def _answer_first(told: Told) -> None:
    objection = db.session.scalars(sa.select(AwardObjection)).one()
    answer = "问了三户邻居，又看了报修记录，都是今年三月以后的事，符合条件。"
    answer_name_objection(told.actor(CLERK), objection, verdict=Verdict.REJECTED, answer=answer)


def _finish_first(told: Told) -> None:
    finish_award(told.actor(CLERK), _award(NEIGHBOURS))


def _announce_second(told: Told) -> None:
    _announced(
        told,
        Announcement(
            title=LANDINGS,
            criteria="楼道干净、不堆杂物，邻居遇事能商量。可以提一层楼，也可以提带头的人。",
            categories=(Kind("带头的人", Whom.PERSON, 2), Kind("楼道", Whom.GROUP, 3)),
            nominate_until=told.moment("9 20:00"),
            order_source="提名截止后第一期福彩双色球的开奖号，看福彩官网",
        ),
    )


def _nominate_second(told: Told) -> None:
    award = _award(LANDINGS)
    people, groups = _categories(award)
    clerk = told.actor(CLERK)
    owner = told.actor("tian-siyuan")
    own = Put(people, "田思远", "一化小区3号楼", "牵头写了楼道约定，每月查一次。", himself=True)
    admit_nominee(clerk, nominate(owner, award, put=own, once=token_hex(8)), about=own.reason)
    asked = Put(
        people, "王秀兰", "一化小区", "每天扫门口，还给楼上送报纸。", phone=_phone(told, "wang-xiulan")
    )
    nominate(told.actor("li-min"), award, put=asked, once=token_hex(8))
    nominate(told.actor("zhao-qiang"), award, put=asked, once=token_hex(8))
    landing = Put(groups, "7号楼2单元", "一化小区7号楼", "自行车都停进了车棚，消防通道一直空着。")
    nominate_for(clerk, award, put=landing, spoken_for="老厂的张师傅", once=token_hex(8))
    floor = Put(groups, "11号楼五层", "一化小区11号楼", "五户人家轮流打扫，墙上挂孩子的画。")
    nominee = nominate(told.actor("lei-yaqin"), award, put=floor, once=token_hex(8))
    record_consent(clerk, nominee, how="五户都在群里说了同意", agreed=True, named=True)
    shop = Put(people, "孙朝辉", "27号楼", "面馆门前扫得干净。", phone=_phone(told, "sun-chaohui"))
    nominee = nominate(told.actor("cui-xiangzhu"), award, put=shop, once=token_hex(8))
    refuse_nominee(clerk, nominee, reason="这次评的是住宅的楼道，商铺门前下次另评。")


def _put(told: Told, category: int, entry: Entry) -> Put:
    return Put(category, entry.name, entry.where, entry.why, _phone(told, entry.who))


def _phone(told: Told, who: Person) -> str:
    return db.session.get_one(User, told.people[who]).phone or ""


def _announced(told: Told, said: Announcement) -> None:
    announce_award(told.actor(CLERK), told.places["", ""], said=said, once=token_hex(8))


def _award(title: str) -> Award:
    return db.session.scalars(sa.select(Award).where(Award.title == title)).one()


def _categories(award: Award) -> list[int]:
    found = sa.select(AwardCategory.id).where(AwardCategory.award_id == award.id)
    return list(db.session.scalars(found.order_by(AwardCategory.position)))


def _nominees(award: Award, state: NomineeState) -> list[Nominee]:
    found = sa.select(Nominee).where(Nominee.award_id == award.id, Nominee.state == state)
    return list(db.session.scalars(found.order_by(Nominee.id)))


def _polls(award: Award) -> list[Poll]:
    found = sa.select(Poll).join(AwardCategory, AwardCategory.poll_id == Poll.id)
    return list(db.session.scalars(found.where(AwardCategory.award_id == award.id).order_by(Poll.id)))


STEPS: tuple[tuple[str, Callable[[Told], None]], ...] = (
    ("-52 09:30", _announce_first),
    ("-49 10:10", _nominate_first),
    ("-39 09:20", _review_first),
    ("-38 10:00", _open_first),
    ("-36 19:30", _vote_first),
    ("-30 09:10", _certify_first),
    ("-30 10:00", _post_first),
    ("-28 18:40", _object_first),
    ("-26 11:20", _answer_first),
    ("-21 09:30", _finish_first),
    ("-5 10:00", _announce_second),
    ("-2 17:30", _nominate_second),
)
