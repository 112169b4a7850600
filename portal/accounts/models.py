"""Users, memberships, grants and the codes that lead to them."""

import secrets
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column

from ..core.columns import Id, PlacePath, word
from ..core.db import Model
from ..core.terms import in_term


class Relation(StrEnum):
    """How a person belongs to a unit. Only owners are on an owners' roll; all may speak."""

    OWNER = "owner"
    FAMILY = "family"
    TENANT = "tenant"
    WORKER = "worker"


class Role(StrEnum):
    """A post held at a place for a term."""

    ADMINISTRATOR = "administrator"
    SECRETARY = "secretary"
    SOCIAL_WORKER = "social_worker"
    GRID_WORKER = "grid_worker"
    PROPERTY_MANAGER = "property_manager"
    COMMITTEE_CHAIR = "committee_chair"
    COMMITTEE_MEMBER = "committee_member"
    MERCHANT = "merchant"
    RIDER = "rider"
    AUDITOR = "auditor"


STAFF = (Role.SECRETARY, Role.SOCIAL_WORKER, Role.GRID_WORKER, Role.ADMINISTRATOR)
DUTIES = (*STAFF, Role.AUDITOR, Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER, Role.PROPERTY_MANAGER)
"""Posts whose holder decides for others. Nobody stands in for him, and his account is opened by an administrator: who
could would hold the post himself."""
PARTY = {
    Role.SECRETARY: "community",
    Role.SOCIAL_WORKER: "community",
    Role.GRID_WORKER: "community",
    Role.ADMINISTRATOR: "community",
    Role.AUDITOR: "community",
    Role.PROPERTY_MANAGER: "property",
    Role.COMMITTEE_CHAIR: "committee",
    Role.COMMITTEE_MEMBER: "committee",
    Role.MERCHANT: "merchant",
}
"""The party a role speaks for; the first that a person holds, in this order. Everybody else is a resident."""


def new_stamp() -> str:
    return secrets.token_hex(16)


class User(Model):
    """A person with an account. The name is real (后台实名), the nickname is shown where one may choose."""

    __tablename__ = "user"

    id: Mapped[Id]
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    """Of the community that keeps the account."""
    name: Mapped[str] = mapped_column(sa.String(60))
    nickname: Mapped[str] = mapped_column(sa.String(30))
    phone: Mapped[str | None] = mapped_column(sa.String(20), unique=True)
    sign_in_name: Mapped[str | None] = mapped_column(sa.String(40), unique=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    lang: Mapped[str] = mapped_column(sa.String(8))
    large_text: Mapped[bool]
    stamp: Mapped[str] = mapped_column(sa.String(32))
    """Part of every session; changing it signs out everywhere."""
    failures: Mapped[int]
    """Wrong passwords since he last came in, from wherever."""
    locked_until: Mapped[datetime | None]
    """Until when the last place that tried too often is shut out; for staff to see."""
    signed_in_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @property
    def display_name(self) -> str:
        return self.nickname or self.name

    ordinary: ClassVar[Any]
    """Holds no staff post today, so that staff may act for him or renew his password (defined below Grant)."""


class Membership(Model):
    """A person belongs to a unit from a day on, until another day if one is set."""

    __tablename__ = "membership"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    """Of the unit."""
    relation: Mapped[Relation] = mapped_column(word(Relation))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("owner.id"), index=True)
    """The entry of the owners' register this person was recognised as."""
    doubted: Mapped[bool] = mapped_column(default=False)
    """Name or phone are not those of that entry: until a second member of staff looked at his papers he stands on no
    owners' roll. Everything else is his."""
    issued_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Who gave him the card or registered him, and so does not confirm him."""
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    starts: Mapped[date]
    ends: Mapped[date | None]

    __table_args__ = (sa.UniqueConstraint("user_id", "unit_id", "starts"),)

    @property
    def story(self) -> str:
        return f"user:{self.user_id}"


class Grant(Model):
    """A role held at a place: it holds there and everywhere below, from a day on, until another if set."""

    __tablename__ = "grant"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    role: Mapped[Role] = mapped_column(word(Role))
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(sa.String(40))
    """As on a name plate: 项目经理."""
    starts: Mapped[date]
    ends: Mapped[date | None]
    """The first day he no longer holds it."""
    granted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    granted_at: Mapped[datetime]

    @property
    def story(self) -> str:
        """What happens to a post is part of its holder's file."""
        return f"user:{self.user_id}"

    ordinary: Mapped[bool] = column_property(role != Role.ADMINISTRATOR)
    """Any post but the administrator's, which only an administrator gives and takes."""


_DUTY = (
    sa.select(Grant.id)
    .where(Grant.user_id == User.id, Grant.role.in_(DUTIES), in_term(Grant))
    .correlate(User)
)
User.ordinary = column_property(~_DUTY.exists())


class CodePurpose(StrEnum):
    CLAIM = "claim"
    PASSWORD = "password"


class Code(Model):
    """A one-time code, kept as a digest: printed on a contact card (claim a unit) or told at the counter
    (set a new password)."""

    __tablename__ = "code"

    id: Mapped[Id]
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    purpose: Mapped[CodePurpose] = mapped_column(word(CodePurpose))
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    relation: Mapped[Relation | None] = mapped_column(word(Relation))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("owner.id"))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    issued_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    """A newer code took its place."""

    def usable(self, now: datetime) -> bool:
        return self.used_at is None and self.voided_at is None and now < self.expires_at


class Way(StrEnum):
    """How a person asked somebody to act for him."""

    COUNTER = "counter"
    PHONE = "phone"
    VISIT = "visit"
    FAMILY = "family"


ASKED_STAFF = (Way.COUNTER, Way.PHONE, Way.VISIT)


class Acting(Model):
    """Staff or family acted for a person from then until then, because he asked in some way."""

    __tablename__ = "acting"

    id: Mapped[Id]
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    """Of the person's community."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    way: Mapped[Way] = mapped_column(word(Way))
    reason: Mapped[str] = mapped_column(sa.String(200))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @property
    def story(self) -> str:
        return f"user:{self.user_id}"


class Kinship(StrEnum):
    """What somebody is to the person for whom he acts as family."""

    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    OTHER = "other"


class Relative(Model):
    """A member of the family who may vote for a person from his own phone: named by the person himself or at the desk
    with his signature, and willing. No proxy in law: what he does is the person's own act, with both names."""

    __tablename__ = "relative"

    id: Mapped[Id]
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    """Of the person's community."""
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """For whom."""
    relative_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    kinship: Mapped[Kinship] = mapped_column(word(Kinship))
    named_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    """He himself, or the member of staff who saw him sign."""
    named_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    """None: the relative was not asked yet or has not said."""
    ends: Mapped[date]
    """The first day it no longer holds."""
    ended_at: Mapped[datetime | None]
    """Taken back, given up or declined."""
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    @property
    def waits(self) -> bool:
        """Whether it is the relative's turn to say whether he will."""
        return self.agreed_at is None and self.ended_at is None

    @property
    def story(self) -> str:
        return f"user:{self.user_id}"


class Stranger(Model):
    """Wrong passwords under a name, whoever has it or nobody, from one place or from everywhere: the door does not
    tell which names exist. The key is a digest of the name and one of the place."""

    __tablename__ = "stranger"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    seen_at: Mapped[datetime] = mapped_column(index=True)
