"""The phases of a matter that goes to the owners (电梯议事三部曲), and which of them it usually asks for."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from ..core.text import N_, _
from .words import Category


class Phase(StrEnum):
    """In order. What is told and asked first, then the owners' vote, then the contract, then the works."""

    EXPLAINED = "explained"
    TABLED = "tabled"
    ASKED = "asked"
    PLANNED = "planned"
    ROLL = "roll"
    VOTE = "vote"
    CONTRACT = "contract"
    WORKS = "works"


PHASE_WORD: dict[Phase, str] = {
    Phase.EXPLAINED: N_("科普会"),
    Phase.TABLED: N_("三方协同议事会"),
    Phase.ASKED: N_("意见征询"),
    Phase.PLANNED: N_("写出方案，答复意见"),
    Phase.ROLL: N_("公示业主名册"),
    Phase.VOTE: N_("业主大会表决"),
    Phase.CONTRACT: N_("签合同"),
    Phase.WORKS: N_("施工、验收"),
}
PHASE_NOTE: dict[Phase, str] = {
    Phase.EXPLAINED: N_("请懂行的人讲清楚：为什么要办、有哪几种办法、各要多少钱，大家当面问。"),
    Phase.TABLED: N_("业委会、物业、社区和居民坐下来，商量品牌、费用怎么分摊。"),
    Phase.ASKED: N_("网上和上门一起问每一户，看看大家怎么想。不是投票。"),
    Phase.PLANNED: N_("写清楚办什么、谁出钱，每条意见都答复采纳了没有。"),
    Phase.ROLL: N_("业主看看自己家的面积和姓名对不对。"),
    Phase.VOTE: N_("法定表决，只有业主投，按面积和人数算。"),
    Phase.CONTRACT: N_("决定生效以后，和谁签、多少钱、哪天签的，大家都看得到。"),
    Phase.WORKS: N_("签了合同才开工。办到哪一步，带照片写在项目里。"),
}
GATES = (Phase.EXPLAINED, Phase.TABLED, Phase.ASKED, Phase.PLANNED)
"""What can be asked for before a roll is posted."""
CHOSEN = (Phase.EXPLAINED, Phase.TABLED, Phase.ASKED)
"""What a matter may do without; a plan it always needs."""


class Course(StrEnum):
    """Templates: what people usually do first with a kind of matter."""

    LIFT = "lift"
    FUND = "fund"
    WORKS = "works"
    MANAGER = "manager"
    OTHER = "other"


COURSE_WORD: dict[Course, str] = {
    Course.LIFT: N_("换电梯、加装电梯"),
    Course.FUND: N_("动用或者筹集维修资金"),
    Course.WORKS: N_("改造公共部位、改变用途"),
    Course.MANAGER: N_("换物业、续聘物业"),
    Course.OTHER: N_("别的事"),
}
USUAL: dict[Course, tuple[Phase, ...]] = {
    Course.LIFT: CHOSEN,
    Course.FUND: (Phase.TABLED, Phase.ASKED),
    Course.WORKS: (Phase.TABLED, Phase.ASKED),
    Course.MANAGER: (Phase.TABLED,),
    Course.OTHER: (),
}
OF_CATEGORY = {Category.LIFT: Course.LIFT}
"""Topics that go to the owners by their nature. Of any other somebody says so, or a vote that grows out of it."""


Own = Mapping[str, Sequence[str]]
"""What a council settled for its own topics, by course; of those it says nothing of, the portal's templates hold."""
NONE: Own = MappingProxyType({})


def of_course(course: Course, own: Own = NONE) -> tuple[Phase, ...]:
    """What people of a council usually do first with such a matter."""
    return tuple(Phase(word) for word in own[course]) if course in own else USUAL[course]


def in_words(own: Own = NONE) -> dict[Course, str]:
    """Of every kind of matter the phases before its vote, to be read; the plan is always one."""
    return {
        course: _("、").join(_(PHASE_WORD[phase]) for phase in (*of_course(course, own), Phase.PLANNED))
        for course in Course
    }


def usual(category: Category | str, own: Own = NONE) -> tuple[Phase, ...]:
    """What a topic of a category goes through unless somebody settled it."""
    course = OF_CATEGORY.get(Category(category))
    return of_course(course, own) if course else ()


def left_out(
    category: Category, course: Course, phases: Collection[Phase], own: Own = NONE
) -> tuple[Phase, ...]:
    """Usual phases that a topic is to do without."""
    expected = {*usual(category, own), *of_course(course, own)}
    return tuple(phase for phase in CHOSEN if phase in expected and phase not in phases)
