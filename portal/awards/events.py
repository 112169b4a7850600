"""What happens around an award. No event says who nominated whom or what somebody chose on the paper."""

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from .words import Verdict

STAFF = Visibility.STAFF


@event("award.announced", N_("{who}发起评选，开始提名"), icon="megaphone")
class AwardAnnounced(Event):
    award_id: int


@event("award.nominations_extended", N_("{who}把提名的时间延长了"), icon="hourglass")
class NominationsExtended(Event):
    award_id: int


@event("award.nominations_closed", N_("提名截止，共 {nominees:num} 个候选"), icon="lock")
class NominationsClosed(Event):
    award_id: int
    nominees: int


@event("nominee.nominated", N_("{who}提了一个候选"), icon="user-round", visibility=STAFF)
class NomineeNominated(Event):
    nominee_id: int


@event("nominee.consented", N_("{who}同意参加评选"), icon="check", visibility=STAFF)
class NomineeConsented(Event):
    nominee_id: int


@event("nominee.consent_recorded", N_("{who}记下候选本人同意参加"), icon="check", visibility=STAFF)
class ConsentRecorded(Event):
    nominee_id: int


@event("nominee.naming_said", N_("{who}说定证书网页上名字怎么写"), icon="eye", visibility=STAFF)
class NamingSaid(Event):
    nominee_id: int
    named: bool


@event("nominee.declined", N_("一个候选不参加评选"), icon="ban", visibility=STAFF)
class NomineeDeclined(Event):
    nominee_id: int


@event("nominee.merged", N_("{who}把同一个候选的提名合在一起"), icon="layers", visibility=STAFF)
class NomineeMerged(Event):
    nominee_id: int
    into_id: int


@event("nominee.admitted", N_("{who}审核通过一个候选，入围"), icon="circle-check")
class NomineeAdmitted(Event):
    nominee_id: int


@event("nominee.refused", N_("{who}审核没有通过一个候选"), icon="circle-x", visibility=STAFF)
class NomineeRefused(Event):
    nominee_id: int


@event("award.category_dropped", N_("{who}决定这次不评其中一个奖项"), icon="ban")
class CategoryDropped(Event):
    category_id: int


@event("award.put_to_vote", N_("{who}开始投票，{nominees:num} 个候选按公开的号码排先后"), icon="vote")
class AwardPutToVote(Event):
    award_id: int
    nominees: int


@event("award.voted_again", N_("{who}请大家对一个奖项重新投票"), icon="refresh-cw")
class AwardVotedAgain(Event):
    category_id: int


@event("award.counted", N_("评选的票数出来了"), icon="badge-check")
class AwardCounted(Event):
    award_id: int


@event("award.posted", N_("{who}公示获奖名单"), icon="megaphone")
class AwardPosted(Event):
    award_id: int
    honoured: int


@event("award_objection.raised", N_("{who}对公示的名单提了异议"), icon="message-square", visibility=STAFF)
class AwardObjectionRaised(Event):
    objection_id: int


@event("award_objection.answered", N_("{who}答复了一条异议"), icon="reply")
class AwardObjectionAnswered(Event):
    objection_id: int
    verdict: Verdict


@event("award.posted_anew", N_("名单有变，重新公示"), icon="megaphone")
class AwardPostedAnew(Event):
    award_id: int


@event("nominee.renounced", N_("一位获奖的放弃了这次荣誉"), icon="ban")
class HonourRenounced(Event):
    nominee_id: int


@event("award.finished", N_("{who}确认评选结果，发 {certificates:num} 张证书"), icon="badge-check")
class AwardFinished(Event):
    award_id: int
    certificates: int


@event("award_certificate.revoked", N_("{who}撤销了一张证书"), icon="ban")
class CertificateRevoked(Event):
    certificate_id: int


@event("award.cancelled", N_("{who}取消了这次评选"), icon="ban")
class AwardCancelled(Event):
    award_id: int
