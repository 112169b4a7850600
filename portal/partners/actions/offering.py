"""What a merchant gives for points. A change is for those who come later: what was redeemed keeps what it was."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.text import _
from .. import stock
from ..events import OfferAmended, OfferMade, OfferPaused, OfferResumed
from ..lifecycle import OFFER
from ..models import Offer, PartnerMerchant
from ..policy import Can
from ..words import Every, Gift

MOST_POINTS, MOST_PIECES = 1000, 100_000


@dataclass(frozen=True)
class Terms:
    """What an offer is: `left` pieces altogether, `per_span` of them a `span`, `each` a person and `each_span`; None is
    no such limit. It can be had from `starts` until before `ends`."""

    kind: Gift
    title: str
    cost: int
    starts: date
    about: str = ""
    left: int | None = None
    per_span: int | None = None
    span: Every = Every.DAY
    each: int | None = None
    each_span: Every = Every.EVER
    ends: date | None = None


@action(Can.MAKE_OFFER, share=True)
def make_offer(
    actor: Actor, merchant: PartnerMerchant, *, terms: Terms, once: str, photos: Iterable[Kept] = ()
) -> Offer:
    """The same `once` again returns the first. Raises Invalid for terms that will not do."""
    assert actor.id is not None
    if known := made(Offer, once, made_by_id=actor.id):
        return known
    _check(terms)
    offer = Offer(
        merchant_id=merchant.id,
        keeper_id=merchant.keeper_id,
        place_path=merchant.place_path,
        made_by_id=actor.id,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
        stocked=terms.left,
        **asdict(terms),
    )
    store(offer)
    attach(actor, offer, photos, "photo")
    record(actor, offer, OfferMade(offer.id, offer.cost))
    return offer


@action(Can.AMEND_OFFER)
def amend_offer(
    actor: Actor,
    offer: Offer,
    *,
    terms: Terms,
    version: int,
    left_seen: int | None,
    photos: Iterable[Kept] = (),
) -> None:
    """Change it for those who come later; `version` and `left_seen` are what the writer had before him. What was taken
    from the stock while he wrote stays taken. Raises Invalid, Conflict if somebody changed it meanwhile."""
    if offer.version != version:
        raise Conflict(_("您写的时候，别人改过这一样。请刷新页面再改。"))
    _check(terms)
    taken, there = _taken_since(left_seen, offer.left), offer.left
    for name, value in asdict(terms).items():
        setattr(offer, name, value)
    if terms.left is not None:
        offer.left = min(max(0, terms.left - taken), MOST_PIECES)
    offer.stocked = stock.stocked(offer, there)
    offer.version += 1
    attach(actor, offer, photos, "photo")
    record(actor, offer, OfferAmended(offer.id, offer.cost))


@action(Can.PAUSE_OFFER)
def pause_offer(actor: Actor, offer: Offer) -> None:
    """Nobody gets a new code; codes that are out stay good."""
    OFFER.move(actor, offer, OfferPaused(offer.id))


@action(Can.RESUME_OFFER)
def resume_offer(actor: Actor, offer: Offer) -> None:
    OFFER.move(actor, offer, OfferResumed(offer.id))


def _taken_since(seen: int | None, left: int | None) -> int:
    """Pieces that went while somebody wrote; none if he saw no number, or one that no page shows."""
    if seen is None or left is None or not 0 <= seen <= MOST_PIECES:
        return 0
    return seen - left


def _check(terms: Terms) -> None:
    if not terms.title.strip():
        raise Invalid(_("请写是什么。"), "title")
    if not 1 <= terms.cost <= MOST_POINTS:
        raise Invalid(_("请写 1 到 %(most)d 分的整数。", most=MOST_POINTS), "cost")
    if terms.ends is not None and terms.ends <= terms.starts:
        raise Invalid(_("结束的日子要在开始以后。"), "ends")
    if terms.span is Every.EVER and terms.per_span is not None:
        raise Invalid(_("请选每天、每周还是每月。"), "span")
    for name, least in (("left", 0), ("per_span", 1), ("each", 1)):
        number = getattr(terms, name)
        if number is not None and not least <= number <= MOST_PIECES:
            raise Invalid(
                _("请写 %(least)d 到 %(most)d 的整数，或者不填。", least=least, most=MOST_PIECES), name
            )
