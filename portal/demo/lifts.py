"""What came before the owners' vote about lifts (电梯议事三部曲): an engineer explained, the three parties talked about
brands and shares, and the homes of the first building were asked at the door. All three stand on the topic's way."""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

import sqlalchemy as sa

from ..accounts.models import Relation
from ..core.access import under
from ..core.db import db
from ..councils.words import TopicState
from ..meetings.actions.agendas import add_topic
from ..meetings.actions.arriving import admit, check_in
from ..meetings.actions.bodies import Rules, found_body
from ..meetings.actions.calling import call_meeting
from ..meetings.actions.planning import amend_meeting, plan_meeting
from ..meetings.actions.running import close_meeting, open_meeting, take_up
from ..meetings.models import Body, Meeting
from ..meetings.sides import Side
from ..meetings.words import USUAL, Kind
from ..minutes.actions.confirming import send_minutes
from ..minutes.models import Minutes
from ..minutes.words import Heading, Outcome
from ..places.models import Unit, Use
from ..places.queries.figures import COUNTED
from ..surveys.actions.closing import close_questionnaire
from ..surveys.actions.drafting import Wording, draft_questionnaire, open_questionnaire
from ..surveys.actions.publishing import publish_questionnaire
from ..surveys.actions.visiting import enter_sheet
from ..surveys.models import Questionnaire
from ..surveys.rules import Asked
from ..surveys.words import Channel, Per
from ..surveys.words import Kind as Answers
from .held import asked, heard_only, items, outcome, write
from .plan import AT_TABLE, Deed
from .sitting import phone
from .sources import moment
from .tables import RECORDER, SECRETARY, table
from .told import Told

TOPIC, ESTATE, BUILDING = "lift", "城馨丽锦", "8"
EXPLAINS, TALKS = "电梯安全讲解会", "电梯品牌和分摊怎么定"
OPENED = {
    EXPLAINS: "请来的两位都到了，先讲一刻钟，再一个一个问。",
    TALKS: "够开会人数。讲解会上的问题，物业和业委会逐条答复过了，答复贴在各单元。",
}
HOMES = "8号楼换电梯，先问问各家"
GUESTS = ("特检院周工", "区司法所何律师")
DOORS = 52
"""Of sixty-six homes."""


def before_the_vote(day_zero: date) -> Iterator[Deed]:
    """Everything that happened, each at its hour."""
    for at, do in STEPS:
        yield Deed(moment(at, day_zero), AT_TABLE, fields={"do": do})


def _when_told(do: Callable[[Told], None]) -> Callable[[Told], None]:
    """Only where the story of the lifts is told."""

    def told_of(told: Told) -> None:
        known = told.topics.get(TOPIC)
        if known and known.topic.state is TopicState.DELIBERATING:
            do(told)

    return told_of


def _call_explaining(told: Told) -> None:
    usual = USUAL[Kind.INFORMATION]
    body = found_body(
        told.actor(SECRETARY),
        told.council,
        place=told.places[ESTATE, ""],
        kind=Kind.INFORMATION,
        rules=Rules("城馨丽锦科普会", usual.quorum, usual.sides, usual.rule, 2, 90, "社区活动室"),
        from_seats=True,
        once="demo-explains",
    )
    _call(
        told,
        body,
        EXPLAINS,
        "-89 15:00",
        "请特检院的工程师和律师讲：这批电梯怎么了，有哪几种办法，补贴怎么申报。",
    )


def _call_talk(told: Told) -> None:
    _call(told, table(), TALKS, "-27 19:00", "科普会上记下的问题逐条过一遍，再商量品牌和每一层出多少。")


def _call(told: Told, body: Body, title: str, at: str, intro: str) -> None:
    secretary, starts_at = told.actor(SECRETARY), told.moment(at)
    meeting = plan_meeting(
        secretary, body, title=title, starts_at=starts_at, minutes=90, once=title, venue=body.venue
    )
    amend_meeting(
        secretary,
        meeting,
        title=title,
        intro=intro,
        starts_at=starts_at,
        minutes=90,
        venue=body.venue,
        chair=phone(told, SECRETARY),
        recorder=phone(told, RECORDER),
    )
    add_topic(secretary, meeting, topic=told.topics[TOPIC].topic)
    call_meeting(secretary, meeting)


def _hold_explaining(told: Told) -> None:
    meeting = _held(told, EXPLAINS)
    for guest in GUESTS:
        admit(told.actor(SECRETARY), meeting, who=guest, side=Side.OTHER)


def _hold_talk(told: Told) -> None:
    _held(told, TALKS)


def _held(told: Told, title: str) -> Meeting:
    meeting, secretary = _meeting(title), told.actor(SECRETARY)
    for who in asked(meeting)[:-1]:
        check_in(secretary, meeting, invitation_id=who.id)
    open_meeting(secretary, meeting)
    for item in items(meeting):
        take_up(secretary, meeting, item_id=item.id)
    return meeting


def _close(title: str) -> Callable[[Told], None]:
    return lambda told: close_meeting(told.actor(SECRETARY), _meeting(title))


def _write_explaining(told: Told) -> None:
    said = (
        "特检院：二十七部里十九部建议尽快更换，控制柜是同一批，困人多半由它引起。\n"
        "律师：用维修资金换电梯，由用这部电梯的业主表决，三分之二参加、过半数同意。\n"
        "居民：质保期里换件谁出钱？停梯怎么下楼？以后维保费涨不涨？"
    )
    _minuted(
        told,
        EXPLAINS,
        said,
        Outcome.AGAIN,
        "会议未形成一致意见，拟在三方联席会上再议品牌和分摊；问题记进清单，由物业和业委会逐条答复。",
        "-87 18:00",
    )


def _write_talk(told: Told) -> None:
    said = "物业：停梯期间安排爬楼机接送，写进合同附件。\n居民：二层三层少出，系数不要太陡。"
    sentence = (
        "会议议定：品牌用甲方案，一层不出、二层一半、三层一份、往上每层多一成；用钱的事由业主大会表决。"
    )
    _minuted(told, TALKS, said, Outcome.STATUTORY, sentence, "-24 18:00")


def _minuted(told: Told, title: str, said: str, kind: Outcome, sentence: str, until: str) -> None:
    clerk, minutes = told.actor(RECORDER), _minutes(title)
    for item in items(_meeting(title)):
        if item.topic_id:
            write(clerk, minutes, item, Heading.SAID, said)
            outcome(clerk, minutes, item, kind, sentence)
        else:
            heard_only(clerk, minutes, item, OPENED[title])
    send_minutes(clerk, minutes, until=told.moment(until))


def _ask(told: Told) -> None:
    clerk = told.actor(RECORDER)
    wording = Wording(
        title=HOMES,
        why="三方会上商量了品牌和系数。8号楼停梯最多，想先换。表决以前，先听听每一家怎么想。",
        used_for="写进方案，再由业主大会表决；这份问卷不是投票。",
        per=Per.HOUSEHOLD,
        closes_at=told.moment("-16 20:00"),
        questions=(
            Asked(Answers.ONE, "8号楼三部电梯先换，您怎么看", True, ("愿意", "再等等", "不愿意", "说不好")),
            Asked(Answers.ONE, "费用按楼层系数分，您看合适吗", True, ("合适", "太陡了", "太平了")),
            Asked(
                Answers.SEVERAL,
                "停梯的时候，您家最需要什么",
                False,
                ("爬楼机接送", "代买菜", "送药", "不需要"),
                2,
            ),
        ),
    )
    place = told.places[ESTATE, BUILDING]
    survey = draft_questionnaire(
        clerk, place, wording=wording, once="demo-lift", topic=told.topics[TOPIC].topic
    )
    open_questionnaire(clerk, survey)


def _ask_doors(told: Told) -> None:
    survey, chance = _survey(), Random(HOMES)
    found = sa.select(Unit.id).where(under(Unit.place_path, survey.place_path), COUNTED, Unit.use == Use.HOME)
    homes = list(db.session.scalars(found.order_by(Unit.place_path)))
    for unit_id in chance.sample(homes, min(DOORS, len(homes))):
        enter_sheet(
            told.actor(RECORDER),
            survey,
            unit_id=unit_id,
            marked={
                0: chance.choices("0123", (68, 18, 6, 8)),
                1: chance.choices("012", (70, 18, 12)),
                2: [chance.choice("0123")],
            },
            relation=chance.choices((Relation.OWNER, Relation.FAMILY, Relation.TENANT), (60, 28, 12))[0],
            channel=Channel.PAPER if chance.random() < 0.25 else Channel.DOOR,
            once=f"demo-lift-{unit_id}",
        )


def _publish(told: Told) -> None:
    survey = _survey()
    if survey.closed_at is None:
        close_questionnaire(told.actor(RECORDER), survey)
    publish_questionnaire(told.actor(RECORDER), survey)


def _survey() -> Questionnaire:
    return db.session.scalars(sa.select(Questionnaire).where(Questionnaire.title == HOMES)).one()


def _meeting(title: str) -> Meeting:
    return db.session.scalars(sa.select(Meeting).where(Meeting.title == title)).one()


def _minutes(title: str) -> Minutes:
    found = sa.select(Minutes).join(Meeting, Meeting.id == Minutes.meeting_id)
    return db.session.scalars(found.where(Meeting.title == title)).one()


STEPS: tuple[tuple[str, Callable[[Told], None]], ...] = tuple(
    (at, _when_told(do))
    for at, do in (
        ("-92 11:00", _call_explaining),
        ("-89 15:00", _hold_explaining),
        ("-89 16:40", _close(EXPLAINS)),
        ("-88 10:30", _write_explaining),
        ("-31 09:00", _call_talk),
        ("-27 19:00", _hold_talk),
        ("-27 20:30", _close(TALKS)),
        ("-26 10:00", _write_talk),
        ("-23 09:00", _ask),
        ("-20 10:00", _ask_doors),
        ("-15 09:00", _publish),
    )
)
"""When what happened, as in the stories: days from day zero and the hour."""
