"""What happens in an owners' vote. Never a choice, a name or a phone number."""

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from .words import ObjectionKind


@event("owners_vote.drafted", N_("{who}起草业主大会表决"), icon="pencil", visibility=Visibility.STAFF)
class VoteDrafted(Event):
    vote_id: int


@event("owners_vote.amended", N_("{who}修改了还没公告的表决"), icon="pencil", visibility=Visibility.STAFF)
class VoteAmended(Event):
    vote_id: int


@event(
    "owners_vote.roll_posted", N_("{who}公示业主名册第 {version} 版，{heads:num} 位业主"), icon="users-round"
)
class RollPosted(Event):
    vote_id: int
    version: int
    heads: int


@event("owners_vote.roll_amended", N_("{who}更正名册，作为第 {version} 版重新公示"), icon="refresh-cw")
class RollAmended(Event):
    vote_id: int
    version: int


@event("owners_vote.owner_changed", N_("{who}登记投票期间过户，名册更新为第 {version} 版"), icon="refresh-cw")
class OwnerChanged(Event):
    vote_id: int
    version: int


@event("owners_vote.owner_change_noted", N_("{who}登记投票期间过户，原业主投过的票照算"), icon="file-text")
class OwnerChangeNoted(Event):
    vote_id: int


@event("owners_vote.owners_unknown", N_("{who}写明 {count:num} 套房屋业主不明的理由"), icon="circle-alert")
class OwnersUnknown(Event):
    vote_id: int
    count: int


@event("owners_vote.frozen", N_("{who}确定业主名册第 {version} 版"), icon="lock")
class RollFrozen(Event):
    vote_id: int
    version: int


@event("owners_vote.noticed", N_("{who}公告表决事项和投票时间"), icon="megaphone")
class NoticePosted(Event):
    vote_id: int


@event("owners_vote.postponed", N_("{who}把开始投票的时间往后改，理由已公告"), icon="hourglass")
class VotePostponed(Event):
    vote_id: int


@event("owners_vote.opened", N_("业主大会表决开始投票"), icon="vote")
class VoteOpened(Event):
    vote_id: int


@event("owners_vote.extended", N_("{who}把投票延期，理由已公告"), icon="hourglass")
class VoteExtended(Event):
    vote_id: int


@event("owners_vote.closed", N_("投票截止，{heads:num} 位业主投了票"), icon="lock")
class VoteClosed(Event):
    vote_id: int
    heads: int


@event("owners_vote.counting", N_("{who}开始公开唱票计票"), icon="scale")
class CountBegun(Event):
    vote_id: int


@event("owners_vote.scrutineer", N_("{who}登记计票监票人"), icon="user-round", visibility=Visibility.STAFF)
class ScrutineerNamed(Event):
    vote_id: int


@event(
    "owners_vote.scrutineer_dropped",
    N_("{who}换下一位计票监票人"),
    icon="user-round",
    visibility=Visibility.STAFF,
)
class ScrutineerDropped(Event):
    vote_id: int


@event("owners_vote.recounted", N_("{who}重新计票，先前的签字作废"), icon="refresh-cw")
class VoteRecounted(Event):
    vote_id: int


@event("owners_vote.signed", N_("{who}在唱票记录上签字"), icon="pencil")
class CountSigned(Event):
    vote_id: int


@event("owners_vote.signed_on_paper", N_("{who}存了签好字的唱票计票记录，{people:num} 人签字"), icon="pencil")
class CountSignedOnPaper(Event):
    vote_id: int
    people: int


@event("owners_vote.preliminary", N_("{who}公示初步结果"), icon="megaphone")
class PreliminaryPosted(Event):
    vote_id: int


@event("owners_vote.certified", N_("{who}公布表决结果"), icon="badge-check")
class ResultCertified(Event):
    vote_id: int
    passed: tuple[bool, ...]


@event("owners_vote.archived", N_("{who}把表决材料归档"), icon="lock")
class VoteArchived(Event):
    vote_id: int


@event("owners_vote.voided", N_("{who}终止这次表决，理由已公告"), icon="ban")
class VoteVoided(Event):
    vote_id: int


@event("owners_vote.put_away", N_("{who}收起了没公示的表决草稿"), icon="ban", visibility=Visibility.STAFF)
class VotePutAway(Event):
    vote_id: int


@event("owners_vote.overridden", N_("{who}写明理由，没有按一条规则办"), icon="circle-alert")
class RuleOverridden(Event):
    vote_id: int


@event(
    "owners_vote.photographed",
    N_("{who}存了 {count:num} 张张贴的照片"),
    icon="camera",
    visibility=Visibility.STAFF,
)
class PostingPhotographed(Event):
    posting_id: int
    count: int


@event("owners_vote.objected", N_("{who}提出异议"), icon="circle-alert")
class VoteObjected(Event):
    objection_id: int
    kind: ObjectionKind


@event("owners_vote.answered", N_("{who}答复了异议"), icon="check")
class VoteObjectionAnswered(Event):
    objection_id: int
    upheld: bool


@event("owners_vote.roll_unchanged", N_("{who}写明异议成立、名册不改的理由"), icon="file-text")
class RollLeftUnchanged(Event):
    objection_id: int


@event("owner_ballot.cast", N_("{who}投了票"), icon="check", visibility=Visibility.STAFF)
class BallotGiven(Event):
    voter_id: int


@event("owner_ballot.seen", N_("{who}看过了别人替他投的票"), icon="check", visibility=Visibility.STAFF)
class GivenSeen(Event):
    voter_id: int


@event("owner_ballot.changed", N_("{who}改了票"), icon="refresh-cw", visibility=Visibility.STAFF)
class BallotRegiven(Event):
    voter_id: int


@event("owner_ballot.entered", N_("{who}把一批纸质票录入票箱"), icon="check", visibility=Visibility.STAFF)
class BatchAgreed(Event):
    batch_id: int


@event(
    "paper_batch.scanned",
    N_("{who}存了一批纸质票的扫描件 {files:num} 份"),
    icon="image",
    visibility=Visibility.STAFF,
)
class BatchScanned(Event):
    batch_id: int
    files: int


@event("paper_batch.started", N_("{who}开始录一批纸质票"), icon="pencil", visibility=Visibility.STAFF)
class BatchStarted(Event):
    batch_id: int


@event(
    "paper_batch.taken_over", N_("{who}接手录一批纸质票，从头录"), icon="pencil", visibility=Visibility.STAFF
)
class BatchTakenOver(Event):
    batch_id: int


@event(
    "paper_batch.handed_over",
    N_("{who}录完一批纸质票，等另一个人录第二遍"),
    icon="pencil",
    visibility=Visibility.STAFF,
)
class BatchHandedOver(Event):
    batch_id: int


@event(
    "paper_batch.differed",
    N_("一批纸质票两遍录得不一样，等第三个人看"),
    icon="triangle-alert",
    visibility=Visibility.STAFF,
)
class BatchDiffered(Event):
    batch_id: int


@event(
    "paper_batch.missing",
    N_("{who}在一批纸质票里没有找到第一遍录过的一张"),
    icon="circle-alert",
    visibility=Visibility.STAFF,
)
class PaperMissing(Event):
    batch_id: int


@event("delivery.recorded", N_("{who}登记送达 {count:num} 份"), icon="send", visibility=Visibility.STAFF)
class DeliveryRecorded(Event):
    vote_id: int
    count: int


@event(
    "delivery.photographed",
    N_("{who}补了送达的照片 {files:num} 张"),
    icon="image",
    visibility=Visibility.STAFF,
)
class DeliveryPhotographed(Event):
    delivery_id: int
    files: int


@event("door_visit.assigned", N_("{who}安排上门"), icon="user-round", visibility=Visibility.STAFF)
class VisitAssigned(Event):
    vote_id: int


@event(
    "owners_vote.imported",
    N_("{who}导入主管部门系统的结果，{taken:num} 行收下，{refused:num} 行退回"),
    icon="upload",
)
class OfficialImported(Event):
    vote_id: int
    taken: int
    refused: int


@event("owners_vote.evidence", N_("{who}下载了表决的证据包"), icon="download", visibility=Visibility.STAFF)
class EvidenceTaken(Event):
    vote_id: int


@event("owners_vote.papers", N_("{who}打印有业主姓名的表决票"), icon="printer", visibility=Visibility.STAFF)
class PapersPrinted(Event):
    vote_id: int
