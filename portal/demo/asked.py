"""The two questionnaires: what parents of an estate want of a summer day care, asked at two hundred doors, published,
and acted on; and one that is open, on a topic that waits to be screened."""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

import sqlalchemy as sa

from ..accounts.models import Relation
from ..core import clock
from ..core.access import under
from ..core.db import db
from ..places.models import Place, Unit, Use
from ..places.queries.figures import COUNTED
from ..surveys.actions.closing import close_questionnaire
from ..surveys.actions.drafting import Wording, draft_questionnaire, open_questionnaire
from ..surveys.actions.publishing import act_on, choose_remark, publish_questionnaire
from ..surveys.actions.visiting import enter_sheet, knock
from ..surveys.models import Questionnaire
from ..surveys.rules import Asked
from ..surveys.words import Channel, Kind, Knock, Per
from .plan import AT_TABLE, Deed
from .sources import moment
from .told import Told

ASKS, ESTATE = "ma-hui", "一化小区"
DOORS, A_DAY = 200, 25
"""Households that answered, and how many were asked on a day."""
TOPIC = "kids-corner"
DAY_CARE = "暑假托管班，您想要什么样的"
CORNER = "儿童角怎么修，先问问大家"
TEXTS = (
    "早上能不能八点前开门，我们上早班。",
    "中午管一顿饭就放心了。",
    "别收太贵，两个孩子吃不消。",
    "老师要固定，别三天两头换人。",
    "接孩子一定要签字，谁接的写清楚。",
)


def asked_around(day_zero: date) -> Iterator[Deed]:
    """Everything that happened, each at its hour."""
    for at, do in STEPS:
        yield Deed(moment(at, day_zero), AT_TABLE, fields={"do": do})


def _open_first(told: Told) -> None:
    questions = (
        Asked(
            Kind.ONE,
            "暑假白天，孩子谁带",
            True,
            ("老人带", "父母轮流请假", "孩子自己在家", "家里没有上学的孩子"),
        ),
        Asked(
            Kind.ONE, "托管班最好做什么", True, ("写完作业，再学点兴趣", "有人看着就行", "只写作业", "不需要")
        ),
        Asked(Kind.SEVERAL, "兴趣课想学什么", False, ("书法", "篮球", "手工", "科学小实验", "诵读"), 2),
        Asked(Kind.SCALE, "现在社区给孩子办的活动，您满意吗", False, ("不满意", "满意")),
        Asked(Kind.NUMBER, "家里有几个上小学的孩子"),
        Asked(Kind.TEXT, "还有什么要托管班注意的"),
    )
    _opened(
        told,
        Wording(
            title=DAY_CARE,
            why="一放暑假，双职工家庭的孩子白天没有人带。社区想办托管班，先挨家问一问：光有人看着够不够，还是要看得好。",
            used_for="定开几个班、什么时间、教什么。",
            per=Per.HOUSEHOLD,
            closes_at=told.moment("-14 20:00"),
            questions=questions,
            quota=10,
        ),
    )


def _ask_doors(told: Told) -> None:
    """The next doors of the list, which is drawn once and for all."""
    survey = _survey(DAY_CARE)
    start = A_DAY * (clock.now() - told.moment("-22 00:00")).days
    for unit_id in _doors()[start : start + A_DAY]:
        chance = Random(f"{ESTATE}/{unit_id}")
        _enter(told, survey, unit_id, _answers(chance), chance)


def _answers(chance: Random) -> dict[int, list[str]]:
    """Four of five families want both, as those of the story did."""
    if chance.random() < 0.08:
        return {0: ["3"], 1: ["3"], 3: [str(chance.choice((3, 4)))], 4: ["0"]}
    said = {
        0: chance.choices("012", (52, 27, 21)),
        1: chance.choices("012", (88, 8, 4)),
        2: chance.sample("01234", 2),
        3: chance.choices("12345", (4, 12, 38, 33, 13)),
        4: chance.choices("123", (66, 31, 3)),
    }
    return {**said, 5: [chance.choice(TEXTS)]} if chance.random() < 0.12 else said


def _close_first(told: Told) -> None:
    survey = _survey(DAY_CARE)
    if survey.closed_at is None:
        close_questionnaire(told.actor(ASKS), survey)


def _publish_first(told: Told) -> None:
    clerk, survey = told.actor(ASKS), _survey(DAY_CARE)
    for n, text in enumerate(TEXTS[:3]):
        choose_remark(clerk, survey, position=5, text=text, once=f"demo-remark-{n}")
    publish_questionnaire(clerk, survey)


def _act_on_first(told: Told) -> None:
    act_on(
        told.actor(ASKS),
        _survey(DAY_CARE),
        text="据此开两个托管班：上午写作业，下午学书法和手工，中午管饭；早上七点半开门，接孩子要签字。",
        address="",
        once="demo-acted",
    )


def _open_second(told: Told) -> None:
    questions = (
        Asked(
            Kind.ONE,
            "那块空地，您赞成收拾成儿童角吗",
            True,
            ("赞成", "停车的地方有了再说", "不赞成", "说不好"),
        ),
        Asked(Kind.SEVERAL, "最想有什么", False, ("沙坑", "矮秋千", "长椅", "遮阳棚"), 2),
        Asked(Kind.TEXT, "有什么要提醒的"),
    )
    _opened(
        told,
        Wording(
            title=CORNER,
            why="九号楼东侧的空地想改成儿童角，有人赞成，有人担心停车。筛选以前先听听各家怎么想。",
            used_for="写进筛选会的材料；定不定、怎么修，还要大家协商。",
            per=Per.HOUSEHOLD,
            closes_at=told.moment("6 20:00"),
            questions=questions,
            quota=5,
        ),
    )


def _ask_second(told: Told) -> None:
    survey = _survey(CORNER)
    for n, unit_id in enumerate(_doors()[40:78]):
        chance = Random(f"{CORNER}/{unit_id}")
        if n % 7 == 3:
            came = Knock.NOT_HOME if n % 2 else Knock.REFUSED
            knock(told.actor(ASKS), survey, unit_id=unit_id, came=came)
            continue
        _enter(
            told,
            survey,
            unit_id,
            {0: chance.choices("0123", (60, 25, 5, 10)), 1: chance.sample("0123", 2)},
            chance,
        )


def _opened(told: Told, wording: Wording) -> None:
    """Drafted and opened for the estate; of a story's topic if it is the second and the story is told."""
    clerk, place = told.actor(ASKS), told.places[ESTATE, ""]
    of = told.topics.get(TOPIC) if wording.title == CORNER else None
    topic = of.topic if of else None
    survey = draft_questionnaire(clerk, place, wording=wording, once=f"demo-{wording.quota}", topic=topic)
    open_questionnaire(clerk, survey)


def _enter(
    told: Told, survey: Questionnaire, unit_id: int, marked: dict[int, list[str]], chance: Random
) -> None:
    relations = (Relation.OWNER, Relation.FAMILY, Relation.TENANT)
    enter_sheet(
        told.actor(ASKS),
        survey,
        unit_id=unit_id,
        marked=marked,
        relation=chance.choices(relations, (55, 30, 15))[0],
        channel=Channel.PAPER if chance.random() < 0.2 else Channel.DOOR,
        once=f"demo-{survey.id}-{unit_id}",
    )


def _survey(title: str) -> Questionnaire:
    return db.session.scalars(sa.select(Questionnaire).where(Questionnaire.title == title)).one()


def _doors() -> list[int]:
    """Homes of the estate in an order of chance that is the same whenever the demo is built."""
    estate = db.session.scalars(sa.select(Place).where(Place.name == ESTATE)).one()
    homes = sa.select(Unit.id).where(under(Unit.place_path, estate.place_path), COUNTED, Unit.use == Use.HOME)
    found = list(db.session.scalars(homes.order_by(Unit.place_path)))
    return Random(DAY_CARE).sample(found, DOORS)


STEPS: tuple[tuple[str, Callable[[Told], None]], ...] = (
    ("-22 09:10", _open_first),
    *((f"{day} 18:40", _ask_doors) for day in range(-22, -14)),
    ("-14 20:00", _close_first),
    ("-13 10:20", _publish_first),
    ("-11 16:05", _act_on_first),
    ("-3 09:35", _open_second),
    ("-1 18:20", _ask_second),
)
