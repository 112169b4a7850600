"""Preparing an owners' vote: whose it is, by which rules, when; and its matters, each under an item of the law."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from secrets import token_hex
from types import MappingProxyType
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotVisible
from ...core.eventlog import record
from ...core.files import Kept
from ...core.text import _
from ...councils.models import Topic
from ...councils.rules import draft_number
from ...places.models import Place
from .. import costs, enclosures, scopes, seats, shares
from ..enclosures import NOTHING, Enclosed
from ..events import VoteAmended, VoteDrafted
from ..models.elections import Candidate
from ..models.votes import Matter, OwnersVote
from ..policy import Can
from ..terms import Terms, check
from ..wishes import COMMITTEE, UNANIMITY, WISHES
from ..words import Scope, Sharing, VoteState

MOST_FEE = 1000_00
MOST_MATTERS = 12
"""Choices of a paper fit their column, and nobody reads more on one sheet."""


class Question(NamedTuple):
    """A matter as the convener wrote it; `cost` in 分 for all, none where it costs nothing, and what of it others pay.
    `fee_now`, `fee_then`: 分 a square metre and month, today and if it passes, of what is paid by area.
    `coefficients`: thousandths by floor, where floors matter; `seats` of an election, and places of `alternates`."""

    question: str
    wish: str
    item: int
    item_reason: str
    explanation: str
    for_words: str = ""
    against_words: str = ""
    cost: int | None = None
    seats: int | None = None
    alternates: int = 0
    subsidy: int = 0
    other_funds: int = 0
    fee_now: int | None = None
    fee_then: int | None = None
    sharing: Sharing = Sharing.AREA
    coefficients: Mapping[int, int] = MappingProxyType({})

    @property
    def columns(self) -> dict[str, Any]:
        """As a matter keeps it."""
        table = sorted(self.coefficients.items()) if self.sharing in shares.BY_FLOOR else []
        return {**self._asdict(), "coefficients": [list(line) for line in table]}


@action(Can.DRAFT)
def draft_vote(
    actor: Actor,
    place: Place,
    *,
    terms: Terms,
    once: str,
    topic_id: int | None = None,
    parts: str = "",
    proof: Sequence[Kept] = (),
) -> OwnersVote:
    """Prepare a vote of the owners of a place, or of some `parts` of it as one names them. Nobody but conveners sees it
    before its roll is posted.

    The same `once` again returns the vote it made before. Raises Invalid with the field.
    """
    if known := made(OwnersVote, once, drafted_by_id=actor.id):
        return known
    check(terms, actor.now)
    estate = lock(scopes.estate_of(place))
    scopes.check_signed(estate, terms.convener_name)
    assert actor.id is not None
    vote = OwnersVote(
        **scopes.columns(place, scopes.named(place, parts)),
        **terms._asdict(),
        topic_id=_topic(place, topic_id),
        number=draft_number(token_hex(4)),
        drafted_by_id=actor.id,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(vote)
    vote.number = draft_number(vote.id)
    enclosures.prove(actor, vote, proof)
    record(actor, vote, VoteDrafted(vote.id))
    return vote


@action(Can.AMEND)
def amend_vote(
    actor: Actor,
    vote: OwnersVote,
    *,
    terms: Terms,
    place: Place | None = None,
    parts: str = "",
    proof: Sequence[Kept] = (),
    taken_out: Collection[int] = (),
) -> None:
    """Change a vote that is not announced yet. Whose vote it is and what is on its roll stands once a roll was posted.
    `taken_out`: of the proofs of its scope.

    Raises Invalid with the field.
    """
    check(terms, actor.now)
    _keeps_its_roll(vote, terms)
    scopes.check_signed(db.session.get_one(Place, vote.estate_id), terms.convener_name)
    if place is not None:
        _rescope(vote, place, parts)
    enclosures.take_out_proofs(vote, taken_out)
    enclosures.prove(actor, vote, proof)
    for column, value in terms._asdict().items():
        setattr(vote, column, value)
    record(actor, vote, VoteAmended(vote.id))


def _keeps_its_roll(vote: OwnersVote, terms: Terms) -> None:
    """Raises Invalid for a rule that the posted roll was made by."""
    if vote.state is VoteState.DRAFT:
        return
    if terms.count_parking != vote.count_parking:
        raise Invalid(_("名册已经公示，车位算不算不能再改。"), "count_parking")
    if terms.roll_days != vote.roll_days:
        raise Invalid(_("名册已经公示，公示天数不能再改。"), "roll_days")


def _rescope(vote: OwnersVote, place: Place, parts: str) -> None:
    wanted = scopes.columns(place, scopes.named(place, parts))
    if all(getattr(vote, name) == wanted[name] for name in ("place_path", "parts")):
        return
    if vote.state is not VoteState.DRAFT:
        raise Invalid(_("名册已经公示，表决的范围不能再改。"), "place")
    for column, value in wanted.items():
        setattr(vote, column, value)
    items = db.session.scalars(sa.select(Matter.item).where(Matter.vote_id == vote.id))
    _everybody_elects(vote, items.all(), "place")


@action(Can.AMEND)
def add_matter(actor: Actor, vote: OwnersVote, *, asked: Question, enclosed: Enclosed = NOTHING) -> Matter:
    """Put a matter at the end of the paper, with its pictures and plans. Raises Invalid with the field."""
    _check(asked)
    _everybody_elects(vote, (asked.item,), "item")
    there = db.session.scalars(sa.select(Matter).where(Matter.vote_id == vote.id)).all()
    if len(there) >= MOST_MATTERS:
        raise Conflict(_("一张票上最多 %(most)d 件事。", most=MOST_MATTERS))
    matter = Matter(vote_id=vote.id, position=len(there), result=None, **asked.columns)
    store(matter)
    enclosures.enclose(actor, vote, matter.id, enclosed)
    costs.allot(vote)
    record(actor, vote, VoteAmended(vote.id))
    return matter


@action(Can.AMEND)
def amend_matter(
    actor: Actor,
    vote: OwnersVote,
    *,
    matter_id: int,
    asked: Question,
    enclosed: Enclosed = NOTHING,
    taken_out: Collection[int] = (),
) -> None:
    """Change a matter. `taken_out`: of its files.

    Raises Invalid with the field, NotVisible if it is not on this paper.
    """
    _check(asked)
    _everybody_elects(vote, (asked.item,), "item")
    matter = _matter(vote, matter_id)
    if matter.seats is not None and asked.seats is None:
        _nobody_stands(matter)
    for column, value in asked.columns.items():
        setattr(matter, column, value)
    enclosures.take_out(vote, matter.id, taken_out)
    enclosures.enclose(actor, vote, matter.id, enclosed)
    costs.allot(vote)
    record(actor, vote, VoteAmended(vote.id))


@action(Can.AMEND)
def drop_matter(actor: Actor, vote: OwnersVote, *, matter_id: int) -> None:
    """Take a matter off the paper; those after it move up. The last one of a posted paper stays."""
    gone = _matter(vote, matter_id)
    _nobody_stands(gone)
    rest = sa.select(Matter).where(Matter.vote_id == vote.id, Matter.position > gone.position)
    later = db.session.scalars(rest.order_by(Matter.position)).all()
    if vote.state is not VoteState.DRAFT and not later and gone.position == 0:
        raise Conflict(_("票上要留一件事。不表决了，请终止这次表决。"))
    costs.forget(vote.id)
    enclosures.take_out(vote, gone.id)
    db.session.delete(gone)
    db.session.flush()
    for matter in later:
        matter.position -= 1
        db.session.flush()
    costs.allot(vote)
    record(actor, vote, VoteAmended(vote.id))


def _matter(vote: OwnersVote, matter_id: int) -> Matter:
    found = db.session.scalar(sa.select(Matter).where(Matter.id == matter_id, Matter.vote_id == vote.id))
    if found is None:
        raise NotVisible()
    return found


def _everybody_elects(vote: OwnersVote, items: Iterable[int], field: str) -> None:
    """A committee is elected and its members are replaced by all owners of the estate (Civil Code art. 278 (3)).
    Raises Invalid with the field."""
    if COMMITTEE in items and vote.scope is not Scope.ESTATE:
        raise Invalid(_("选举业委会、更换委员要由整个小区的业主来定，请把范围改成整个小区。"), field)


def _nobody_stands(matter: Matter) -> None:
    """What people were nominated for stays on the paper. Raises Conflict."""
    if db.session.scalar(sa.select(Candidate.id).where(Candidate.matter_id == matter.id).limit(1)):
        raise Conflict(_("已经有人被提名，这一项不能去掉、也不能改成别的事。不选了，请终止这次表决。"))


def _check(asked: Question) -> None:
    wish = WISHES.get(asked.wish)
    if wish is None:
        raise Invalid(_("请先选一件要办的事。"), "wish")
    if wish.item == UNANIMITY:
        raise Invalid(_("这件事要有利害关系的业主一致同意，不能用多数票来定。"), "wish")
    if not 1 <= asked.item <= 9:
        raise Invalid(_("请选它属于法律上的哪一项。"), "item")
    if not asked.question.strip():
        raise Invalid(_("请写清楚要大家定什么。"), "question")
    if not asked.item_reason.strip():
        raise Invalid(_("请写为什么属于这一项，大家都看得到。"), "item_reason")
    if asked.item != wish.item and any(why in asked.item_reason for why in (wish.why, _(wish.why))):
        raise Invalid(
            _(
                "选的是第 %(n)s 项，理由却还是平台替第 %(m)s 项写的。请改成为什么属于第 %(n)s 项。",
                n=asked.item,
                m=wish.item,
            ),
            "item_reason",
        )
    if bool(asked.for_words.strip()) != bool(asked.against_words.strip()):
        lacks = "against_words" if asked.for_words.strip() else "for_words"
        raise Invalid(_("一边怎么说写了，另一边怎么说也要写，没有人反对就写明没有收到。"), lacks)
    seats.check_seats(asked.wish, asked.item, asked.seats, asked.alternates)
    _check_cost(asked)


def _check_cost(asked: Question) -> None:
    paid_by_others = asked.subsidy + asked.other_funds
    if paid_by_others and asked.cost is None:
        raise Invalid(_("写了补贴，也请写一共要花多少钱。"), "cost")
    if paid_by_others > (asked.cost or 0):
        raise Invalid(_("补贴和别处来的钱加起来，比一共要花的还多，请检查。"), "subsidy")
    if (asked.fee_now is None) != (asked.fee_then is None):
        lacks = "fee_now" if asked.fee_now is None else "fee_then"
        raise Invalid(_("每月按面积收的，现在多少和通过以后多少都要写；现在不收就写 0。"), lacks)
    if max(asked.fee_now or 0, asked.fee_then or 0) > MOST_FEE:
        raise Invalid(_("每平方米每月最多写到 %(n)d 元，请检查。", n=MOST_FEE // 100), "fee_then")
    if asked.cost is not None and asked.sharing in shares.BY_FLOOR and not any(asked.coefficients.values()):
        raise Invalid(_("按楼层分摊，请写每一层的系数，至少一层大于 0。"), "coefficients")


def _topic(place: Place, topic_id: int | None) -> int | None:
    """The topic it grew out of, of the same community. Raises NotVisible for any other."""
    if topic_id is None:
        return None
    community = "/" + place.place_path.strip("/").split("/")[0] + "/"
    topic = db.session.get(Topic, topic_id)
    if topic is None or not topic.place_path.startswith(community):
        raise NotVisible()
    return topic.id
