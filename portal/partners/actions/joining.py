"""Applying, and what a shop says about itself."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.names import identifier
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.text import _
from ...places.models import Place, PlaceKind
from ...points.queries import people
from ..events import MerchantAmended, MerchantApplied
from ..models import Offer, PartnerMerchant, Statement
from ..policy import Can
from ..words import MerchantState, Trade


@dataclass(frozen=True)
class Shop:
    """What a shop says about itself. `gives` and `needs`: a line each."""

    name: str
    trade: Trade
    address: str
    hours: str = ""
    about: str = ""
    gives: str = ""
    needs: str = ""


@action(Can.APPLY, share=True)
def apply_merchant(
    actor: Actor, community: Place, *, shop: Shop, once: str, photos: Iterable[Kept] = ()
) -> PartnerMerchant:
    """Somebody applies with his shop and will stand at its desk. The same `once` again returns the first. Raises
    Invalid for a place that is no community, without name and address, and for a shop that is there already."""
    return _applied(actor, community, shop, once, photos, keeper_id=actor.id)


@action(Can.ENTER, share=True)
def enter_merchant(
    actor: Actor, community: Place, *, shop: Shop, once: str, photos: Iterable[Kept] = ()
) -> PartnerMerchant:
    """Staff apply for a shop without a phone; what is redeemed there they enter. Raises as `apply_merchant`."""
    return _applied(actor, community, shop, once, photos, keeper_id=None)


@action(Can.AMEND_MERCHANT)
def amend_merchant(
    actor: Actor, merchant: PartnerMerchant, *, shop: Shop, photos: Iterable[Kept] = ()
) -> None:
    """Change what is told about a shop; new photos come in front of the old ones. Raises Invalid."""
    _check(merchant.place_path, shop, merchant.id)
    for name, value in asdict(shop).items():
        setattr(merchant, name, value)
    attach(actor, merchant, photos, "photo")
    record(actor, merchant, MerchantAmended(merchant.id))


@action(Can.NAME_KEEPER)
def name_keeper(actor: Actor, merchant: PartnerMerchant, *, phone: str) -> None:
    """Say whose account stands at a shop's desk; without a phone nobody's. Raises Invalid for a phone without an
    account in this community and for one's own or kin's."""
    number = None
    if phone.strip():
        wanted = sa.select(User.id).where(
            User.phone == identifier(phone), User.place_path == merchant.place_path, User.closed_at.is_(None)
        )
        number = db.session.scalar(wanted)
        if number is None:
            raise Invalid(_("本社区没有用这个手机号的账号。"), "phone")
        if number == actor.id or (actor.id and people.kin_of(actor.id, [number])):
            raise Invalid(_("不能把自己或家人写成店家，请另一位工作人员来写。"), "phone")
    merchant.keeper_id = number
    for offer in db.session.scalars(sa.select(Offer).where(Offer.merchant_id == merchant.id)):
        offer.keeper_id = number
    for statement in db.session.scalars(sa.select(Statement).where(Statement.merchant_id == merchant.id)):
        statement.keeper_id = number
    record(actor, merchant, MerchantAmended(merchant.id))


def _applied(
    actor: Actor, community: Place, shop: Shop, once: str, photos: Iterable[Kept], keeper_id: int | None
) -> PartnerMerchant:
    by = actor.entered_by or actor.id
    assert by is not None
    if known := made(PartnerMerchant, once, entered_by_id=by):
        return known
    if community.kind is not PlaceKind.COMMUNITY:
        raise Invalid(_("合伙商户以社区为单位。"))
    _check(community.place_path, shop)
    merchant = PartnerMerchant(
        place_path=community.place_path,
        keeper_id=keeper_id,
        entered_by_id=by,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
        **asdict(shop),
    )
    store(merchant)
    attach(actor, merchant, photos, "photo")
    record(actor, merchant, MerchantApplied(merchant.id))
    return merchant


def _check(place_path: str, shop: Shop, own_id: int = 0) -> None:
    if not shop.name.strip():
        raise Invalid(_("请写店名。"), "name")
    if not shop.address.strip():
        raise Invalid(_("请写地址，让人找得到。"), "address")
    same = sa.select(PartnerMerchant.id).where(
        PartnerMerchant.place_path == place_path,
        PartnerMerchant.name == shop.name,
        PartnerMerchant.state != MerchantState.DECLINED,
        PartnerMerchant.id != own_id,
    )
    if db.session.scalar(same.limit(1)):
        raise Invalid(_("已经有一家叫这个名字的店了。"), "name")
