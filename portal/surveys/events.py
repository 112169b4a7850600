"""What happens to a questionnaire. No event carries an answer."""

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from .words import Knock


@event("questionnaire.drafted", N_("{who}写了一份问卷"), icon="pencil", visibility=Visibility.STAFF)
class QuestionnaireDrafted(Event):
    questionnaire_id: int


@event("questionnaire.amended", N_("{who}改了还没开始的问卷"), icon="pencil", visibility=Visibility.STAFF)
class QuestionnaireAmended(Event):
    questionnaire_id: int


@event("questionnaire.opened", N_("{who}开始征询意见，问 {asked:num} 份"), icon="clipboard-list")
class QuestionnaireOpened(Event):
    questionnaire_id: int
    asked: int


@event("questionnaire.answered", N_("收到一份答卷"), icon="check", visibility=Visibility.STAFF)
class QuestionnaireAnswered(Event):
    pass


@event(
    "questionnaire.displaced",
    N_("一户自己答了，别人替他们录的那一份不再计入"),
    icon="refresh-cw",
    visibility=Visibility.STAFF,
)
class SheetDisplaced(Event):
    pass


@event("questionnaire.closed", N_("问卷截止，收到 {sheets:num} 份"), icon="lock")
class QuestionnaireClosed(Event):
    questionnaire_id: int
    sheets: int


@event("questionnaire.cut_short", N_("{who}提前截止了问卷，收到 {sheets:num} 份"), icon="lock")
class QuestionnaireCutShort(Event):
    questionnaire_id: int
    sheets: int


@event("questionnaire.put_away", N_("{who}收起了没开始的问卷"), icon="ban", visibility=Visibility.STAFF)
class QuestionnairePutAway(Event):
    questionnaire_id: int


@event("questionnaire.withdrawn", N_("{who}撤回了问卷"), icon="ban")
class QuestionnaireWithdrawn(Event):
    questionnaire_id: int


@event("questionnaire.published", N_("{who}公布了问卷的结果，共 {sheets:num} 份"), icon="badge-check")
class QuestionnairePublished(Event):
    questionnaire_id: int
    sheets: int


@event(
    "questionnaire.remark_chosen",
    N_("{who}从答卷里选了一段话公布"),
    icon="message-square-text",
    visibility=Visibility.STAFF,
)
class RemarkChosen(Event):
    remark_id: int


@event(
    "questionnaire.remark_dropped",
    N_("{who}撤下了答卷里的一段话"),
    icon="trash-2",
    visibility=Visibility.STAFF,
)
class RemarkDropped(Event):
    remark_id: int


@event("questionnaire.acted_on", N_("{who}说明据问卷办了什么"), icon="arrow-right")
class ActedOn(Event):
    outcome_id: int


@event(
    "questionnaire.visitor_named",
    N_("{who}请一位志愿者上门问卷"),
    icon="user-round",
    visibility=Visibility.STAFF,
)
class VisitorNamed(Event):
    user_id: int


@event(
    "questionnaire.visitor_released",
    N_("{who}不再请一位志愿者上门问卷"),
    icon="user-round",
    visibility=Visibility.STAFF,
)
class VisitorReleased(Event):
    user_id: int


@event("questionnaire.knocked", N_("{who}上门问卷，没有收到"), icon="house", visibility=Visibility.STAFF)
class Knocked(Event):
    unit_id: int
    came: Knock
