"""What happens to accounts. All of it is for staff and audit; a person reads his own on his page."""

from datetime import date
from enum import StrEnum

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from .models import Kinship, Relation, Role, Way

STAFF = Visibility.STAFF


class PasswordWay(StrEnum):
    """How a password came to be set."""

    OWN = "own"
    CODE = "code"
    START = "start"


@event("user.registered", N_("{who}有了账号"), icon="user-round-plus", visibility=STAFF)
class UserRegistered(Event):
    at_desk: bool


@event("user.corrected", N_("{who}改正了账号资料"), icon="pencil", visibility=STAFF)
class UserCorrected(Event):
    renamed: bool
    phone_changed: bool
    sign_in_name_changed: bool


@event("user.adjusted", N_("{who}改了自己的昵称或显示方式"), icon="pencil", visibility=STAFF)
class UserAdjusted(Event):
    nickname: bool
    lang: bool
    large_text: bool


@event("people.exported", N_("{who}下载了账号名单"), icon="download", visibility=STAFF)
class PeopleExported(Event):
    pass


@event("user.signed_in", N_("{who}登录"), icon="log-in", visibility=STAFF)
class UserSignedIn(Event):
    pass


@event("user.locked", N_("密码试错太多次，账号暂时锁住"), icon="lock", visibility=STAFF)
class UserLocked(Event):
    failures: int


@event("user.unlocked", N_("{who}解锁了账号"), icon="lock", visibility=STAFF)
class UserUnlocked(Event):
    pass


@event("user.signed_out_everywhere", N_("{who}在所有设备上退出登录"), icon="log-out", visibility=STAFF)
class SignedOutEverywhere(Event):
    pass


@event("user.password_set", N_("{who}设了新密码"), icon="key-round", visibility=STAFF)
class PasswordSet(Event):
    way: PasswordWay


@event("user.reset_code_issued", N_("{who}发了一次性重设码"), icon="key-round", visibility=STAFF)
class ResetCodeIssued(Event):
    expires_on: date


@event("codes.issued", N_("{who}印了 {count:num} 张联系卡"), icon="qr-code", visibility=STAFF)
class CodesIssued(Event):
    count: int
    voided: int
    relation: Relation
    expires_on: date


@event("unit.claimed", N_("{who}认领了房屋"), icon="house", visibility=STAFF)
class UnitClaimed(Event):
    user_id: int
    relation: Relation
    owner_id: int | None
    names_agree: bool
    """Whether name and phone are those the register has for that owner; if not, a second person looks again."""


@event("membership.confirmed", N_("{who}核对了业主身份"), icon="badge-check", visibility=STAFF)
class OwnerConfirmed(Event):
    user_id: int
    owner_id: int


@event("membership.ended", N_("{who}登记了搬离"), icon="house", visibility=STAFF)
class MembershipEnded(Event):
    unit_id: int
    on: date


@event(
    "membership.lapsed",
    N_("{who}变更了业主登记，原来的住户身份随之结束"),
    icon="house",
    visibility=STAFF,
)
class MembershipLapsed(Event):
    """Other owners stand on the title, so who belonged there by the old one does no more."""

    unit_id: int
    on: date


@event("grant.given", N_("{who}授予了一项职务"), icon="badge-check", visibility=STAFF)
class RoleGranted(Event):
    user_id: int
    role: Role
    starts: date
    ends: date | None


@event("grant.ended", N_("{who}结束了一项职务"), icon="badge-check", visibility=STAFF)
class GrantEnded(Event):
    user_id: int
    role: Role
    on: date


@event("acting.started", N_("{who}开始代人办理"), icon="hand-heart", visibility=STAFF)
class ActingStarted(Event):
    user_id: int
    way: Way


@event("acting.ended", N_("代{who}办理结束"), icon="hand-heart", visibility=STAFF)
class ActingEnded(Event):
    user_id: int


@event("relative.named", N_("{who}登记了一位可以代办的家人"), icon="hand-heart", visibility=STAFF)
class RelativeNamed(Event):
    user_id: int
    relative_id: int
    kinship: Kinship
    ends: date


@event("relative.agreed", N_("{who}答应替家人代办"), icon="hand-heart", visibility=STAFF)
class RelativeAgreed(Event):
    user_id: int


@event("relative.ended", N_("{who}取消了家人代办"), icon="hand-heart", visibility=STAFF)
class RelativeEnded(Event):
    user_id: int
    relative_id: int
