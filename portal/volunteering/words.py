"""The fixed words of volunteering: what kind of service, and how far a thing has come."""

from enum import StrEnum

from ..core.text import N_


class Kind(StrEnum):
    """What is done."""

    ELDERS = "elders"
    CHILDREN = "children"
    CLEANING = "cleaning"
    SNOW = "snow"
    PATROL = "patrol"
    REPAIR = "repair"
    TEACHING = "teaching"
    TRAINING = "training"
    CULTURE = "culture"
    EVENT = "event"
    OTHER = "other"


KIND_WORD: dict[Kind, str] = {
    Kind.ELDERS: N_("为老助残"),
    Kind.CHILDREN: N_("儿童托管"),
    Kind.CLEANING: N_("环境清洁"),
    Kind.SNOW: N_("清雪"),
    Kind.PATROL: N_("巡查巡跑"),
    Kind.REPAIR: N_("便民维修"),
    Kind.TEACHING: N_("宣讲教学"),
    Kind.TRAINING: N_("志愿者培训"),
    Kind.CULTURE: N_("文体"),
    Kind.EVENT: N_("活动帮忙"),
    Kind.OTHER: N_("其他服务"),
}


class TeamState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


class MemberState(StrEnum):
    APPLIED = "applied"
    INVITED = "invited"
    MEMBER = "member"
    DECLINED = "declined"
    LEFT = "left"


MEMBER_WORD: dict[MemberState, str] = {
    MemberState.APPLIED: N_("申请加入"),
    MemberState.INVITED: N_("等他答应"),
    MemberState.MEMBER: N_("队员"),
    MemberState.DECLINED: N_("没有加入"),
    MemberState.LEFT: N_("退队了"),
}
STANDING_MEMBER = (MemberState.APPLIED, MemberState.INVITED, MemberState.MEMBER)
"""One such row a person and team; whoever declined or left may come again."""


class StandingState(StrEnum):
    STANDING = "standing"
    ENDED = "ended"


class ServiceState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


SERVICE_WORD: dict[ServiceState, str] = {
    ServiceState.PLANNED: N_("正在准备"),
    ServiceState.OPEN: N_("可以报名"),
    ServiceState.CLOSED: N_("已结束"),
    ServiceState.CANCELLED: N_("取消了"),
}
SERVICE_TONE: dict[ServiceState, tuple[str, str]] = {
    ServiceState.PLANNED: ("neutral", "pencil"),
    ServiceState.OPEN: ("accent", "circle-dot"),
    ServiceState.CLOSED: ("ok", "circle-check"),
    ServiceState.CANCELLED: ("neutral", "ban"),
}


class SignUpState(StrEnum):
    WAITING = "waiting"
    COMING = "coming"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"
    CONFIRMED = "confirmed"


SIGN_UP_WORD: dict[SignUpState, str] = {
    SignUpState.WAITING: N_("候补"),
    SignUpState.COMING: N_("报上名了"),
    SignUpState.WITHDRAWN: N_("退了"),
    SignUpState.ABSENT: N_("没有来"),
    SignUpState.CONFIRMED: N_("时长已确认"),
}
SIGN_UP_TONE: dict[SignUpState, tuple[str, str]] = {
    SignUpState.WAITING: ("neutral", "hourglass"),
    SignUpState.COMING: ("accent", "circle-check"),
    SignUpState.WITHDRAWN: ("neutral", "undo-2"),
    SignUpState.ABSENT: ("neutral", "circle-x"),
    SignUpState.CONFIRMED: ("ok", "badge-check"),
}
HOLDING = (SignUpState.WAITING, SignUpState.COMING, SignUpState.ABSENT, SignUpState.CONFIRMED)
"""One such row a person and shift; whoever withdrew may sign up again."""
AHEAD = (SignUpState.WAITING, SignUpState.COMING)


class Way(StrEnum):
    """How somebody was checked in or out."""

    CODE = "code"
    NAME = "name"
    PAPER = "paper"


class EntryKind(StrEnum):
    """What a line of the hours book is."""

    SHIFT = "shift"
    CORRECTION = "correction"


class ObjectionState(StrEnum):
    RAISED = "raised"
    ANSWERED = "answered"


class CertificateState(StrEnum):
    ASKED = "asked"
    POSTED = "posted"
    ISSUED = "issued"
    DECLINED = "declined"
    REVOKED = "revoked"


CERTIFICATE_WORD: dict[CertificateState, str] = {
    CertificateState.ASKED: N_("等社区核对"),
    CertificateState.POSTED: N_("公示中"),
    CertificateState.ISSUED: N_("已开出"),
    CertificateState.DECLINED: N_("没有开"),
    CertificateState.REVOKED: N_("作废"),
}
CERTIFICATE_TONE: dict[CertificateState, tuple[str, str]] = {
    CertificateState.ASKED: ("neutral", "hourglass"),
    CertificateState.POSTED: ("accent", "megaphone"),
    CertificateState.ISSUED: ("ok", "badge-check"),
    CertificateState.DECLINED: ("neutral", "circle-x"),
    CertificateState.REVOKED: ("danger", "ban"),
}
