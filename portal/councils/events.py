"""What happens in a council."""

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from .words import Party


@event("council.founded", N_("{who}设立了议事会"), icon="landmark")
class CouncilFounded(Event):
    pass


@event("council.changed", N_("{who}改了议事会的名称或者规矩"), icon="landmark")
class CouncilChanged(Event):
    pass


@event("seat.taken", N_("{party:party_name}新增一席"), icon="users-round", visibility=Visibility.MEMBERS)
class SeatTaken(Event):
    user_id: int
    party: Party


@event(
    "seat.ended", N_("{party:party_name}的一席任期结束"), icon="users-round", visibility=Visibility.MEMBERS
)
class SeatEnded(Event):
    user_id: int
    party: Party


@event("topic.raised", N_("{who}提出议题"), icon="pencil")
class TopicRaised(Event):
    council_id: int


@event("topic.amended", N_("{who}修改了议题的文字"), icon="pencil")
class TopicAmended(Event):
    pass


@event("topic.voice_written", N_("{who}写了语音的文字稿"), icon="mic")
class VoiceWritten(Event):
    pass


@event("topic.endorsed", N_("{who}联署"), icon="user-round-check", visibility=Visibility.STAFF)
class TopicEndorsed(Event):
    households: int


@event("topic.endorsement_withdrawn", N_("{who}撤回联署"), icon="undo-2", visibility=Visibility.STAFF)
class EndorsementWithdrawn(Event):
    households: int


@event("topic.qualified", N_("联署满 {households:num} 户，自动进入筛选"), icon="users-round")
class TopicQualified(Event):
    households: int


@event("topic.taken_up", N_("{who}提前把议题列入筛选"), icon="list-filter")
class TopicTakenUp(Event):
    pass


@event("council.courses_set", N_("{who}定了各类事表决前先走哪几步"), icon="list-checks")
class CouncilCoursesSet(Event):
    pass


@event("topic.course_set", N_("{who}定了表决前先走哪几步"), icon="list-checks")
class CourseSet(Event):
    pass


@event(
    "topic.course_cut",
    N_("{who}定了表决前先走哪几步，少走 {left_out:num} 步，写明了理由"),
    icon="list-checks",
)
class CourseCut(Event):
    left_out: int


@event("topic.option_added", N_("{who}加了一个方案"), icon="plus")
class OptionAdded(Event):
    position: int


@event("topic.option_mended", N_("{who}补充了一个方案的说明"), icon="pencil")
class OptionMended(Event):
    position: int


@event("topic.accepted", N_("社区筛选通过，转入协商"), icon="check")
class TopicAccepted(Event):
    screening_id: int


@event("topic.merged", N_("社区把它并入另一个议题，联署一起带过去"), icon="layers")
class TopicMerged(Event):
    screening_id: int
    into_id: int


@event("topic.absorbed", N_("另一个议题并了进来，现在共 {households:num} 户联署"), icon="layers")
class TopicAbsorbed(Event):
    from_id: int
    households: int


@event("topic.referred", N_("社区转给该管的单位"), icon="arrow-right")
class TopicReferred(Event):
    screening_id: int


@event("topic.passed_on", N_("会上议定转给该管的单位"), icon="arrow-right")
class TopicPassedOn(Event):
    screening_id: int


@event("topic.declined", N_("社区答复：这次不采纳"), icon="circle-x")
class TopicDeclined(Event):
    screening_id: int


@event("topic.withdrawn", N_("{who}撤回了议题"), icon="undo-2")
class TopicWithdrawn(Event):
    pass


@event("topic.reopened", N_("{who}请社区再筛选一次"), icon="refresh-cw")
class TopicReopened(Event):
    pass


@event("topic.leaned", N_("{who}选了倾向的方案"), icon="check", visibility=Visibility.STAFF)
class TopicLeaned(Event):
    pass


@event("response.asked", N_("请{party:party_name}正式回应"), icon="hourglass")
class ResponseAsked(Event):
    response_id: int
    party: Party


@event("response.given", N_("{party:party_name}正式回应"), icon="badge-check")
class ResponseGiven(Event):
    response_id: int
    party: Party
    late: bool


@event("response.rated", N_("{who}评价了正式回应"), icon="star", visibility=Visibility.STAFF)
class ResponseRated(Event):
    response_id: int


@event("topic.put_to_vote", N_("进入表决"), icon="vote")
class TopicPutToVote(Event):
    pass


@event("topic.back_to_table", N_("回到协商"), icon="undo-2")
class TopicBackToTable(Event):
    pass


@event("topic.decided", N_("有了决定"), icon="scale")
class TopicDecided(Event):
    pass


@event("topic.posted", N_("开始公示"), icon="megaphone")
class TopicPosted(Event):
    pass


@event("topic.started", N_("开始实施"), icon="hammer")
class TopicStarted(Event):
    pass


@event("topic.delivered", N_("办好了，请大家评价"), icon="star")
class TopicDelivered(Event):
    pass


@event("topic.closed", N_("议题办结归档"), icon="circle-check")
class TopicClosed(Event):
    pass
