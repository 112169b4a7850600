"""Announcing an award, giving it longer, leaving a category out, and calling it off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ...core import access, clock, ticks
from ...core.actions import action, made, store
from ...core.actor import Actor, system
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotVisible, Unmet
from ...core.eventlog import record
from ...core.text import _
from ...councils.models import Council
from ...places.models import Place
from ...voting.models import Poll
from ...voting.words import PollState, RollKind, Secrecy
from .. import rules
from ..events import AwardAnnounced, AwardCancelled, CategoryDropped, NominationsClosed, NominationsExtended
from ..lifecycle import AWARD
from ..models import Award, AwardCategory, Nominee
from ..policy import Can
from ..words import AwardState, Days, NomineeState, Ties, Vacancy, Whom
from .voting import count_if_done

AT_ONCE = 100
MOST_CATEGORIES = 4
ROLLS = (RollKind.MEMBERS, RollKind.HOUSEHOLDS)
"""Who may vote on honours: those who are registered and verified, one paper each or one a household."""


@dataclass(frozen=True)
class Kind:
    """A category to be announced."""

    name: str
    whom: Whom
    places: int


@dataclass(frozen=True)
class Announcement:
    """What an award says of itself before anybody is nominated; all of it stands."""

    title: str
    criteria: str
    categories: Sequence[Kind]
    nominate_until: datetime
    order_source: str
    vote_days: int = 7
    posting_days: int = 5
    posting_kind: Days = Days.WORKING
    roll_kind: RollKind = RollKind.MEMBERS
    secrecy: Secrecy = Secrecy.SECRET
    ties: Ties = Ties.LOT
    vacancy: Vacancy = Vacancy.NEXT


@action(Can.ANNOUNCE)
def announce_award(actor: Actor, place: Place, *, said: Announcement, once: str) -> Award:
    """Announce an award for those of a place; nominations are open at once.

    The same `once` again returns the one it made before. Raises Invalid with the field for what will not do, Conflict
    where there is no council to hold the poll.
    """
    if known := made(Award, once, announced_by_id=actor.id):
        return known
    _check(actor, said)
    assert actor.id is not None
    award = Award(
        place_path=place.place_path,
        place_label=place.label,
        council_id=_council(place).id,
        title=said.title.strip(),
        criteria=said.criteria.strip(),
        nominate_until=said.nominate_until,
        vote_days=said.vote_days,
        posting_days=said.posting_days,
        posting_kind=said.posting_kind,
        roll_kind=said.roll_kind,
        secrecy=said.secrecy,
        ties=said.ties,
        vacancy=said.vacancy,
        order_source=said.order_source.strip(),
        announced_by_id=actor.id,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(award)
    store(
        *(
            AwardCategory(award_id=award.id, position=n, name=c.name.strip(), whom=c.whom, places=c.places)
            for n, c in enumerate(said.categories)
        )
    )
    record(actor, award, AwardAnnounced(award.id))
    return award


@action(Can.EXTEND)
def extend_nominations(actor: Actor, award: Award, *, until: datetime, reason: str) -> None:
    """Let nominations come in until a later hour. Raises Invalid without the reason or for an hour that will not do."""
    if not reason.strip():
        raise Invalid(_("请写明为什么，大家都看得到。"), "reason")
    _check_hour(actor, until, "until")
    if award.state is AwardState.NOMINATING and until <= award.nominate_until:
        raise Invalid(_("要比原来的截止时间晚。"), "until")
    award.nominate_until, award.because = until, reason.strip()
    AWARD.move(actor, award, NominationsExtended(award.id))


@action(Can.CLOSE_NOMINATIONS)
def close_nominations(actor: Actor, award: Award) -> None:
    """Take no more nominations, after their hour."""
    found = sa.select(sa.func.count()).where(
        Nominee.award_id == award.id, Nominee.state.in_((NomineeState.PROPOSED, NomineeState.ADMITTED))
    )
    AWARD.move(actor, award, NominationsClosed(award.id, db.session.scalar(found) or 0))


def close_due_nominations(actor: Actor) -> int:
    """Close the nominations of every award whose hour has come; of how many."""
    due = sa.select(Award).where(Award.state == AwardState.NOMINATING, Award.nominate_until <= clock.now())
    found = db.session.scalars(due.order_by(Award.nominate_until).limit(AT_ONCE)).all()
    return ticks.each(found, lambda award: close_nominations(actor, award))


@action(Can.DROP_CATEGORY)
def drop_category(actor: Actor, award: Award, *, category_id: int, reason: str) -> None:
    """Honour nobody in a category this time. Raises Conflict while its poll stands, Invalid without the reason."""
    category = category_of(award, category_id)
    if not reason.strip():
        raise Invalid(_("请写明为什么，大家都看得到。"), "reason")
    if category.dropped_because:
        raise Conflict(_("这个奖项已经取消了。"))
    poll = db.session.get(Poll, category.poll_id) if category.poll_id else None
    if poll is not None and poll.state is not PollState.ANNULLED:
        cure = f"/polls/{poll.id}"
        raise Conflict(Unmet(_("这个奖项正在投票，先把这次投票作废，说明原因。"), cure))
    category.dropped_because = reason.strip()
    record(actor, award, CategoryDropped(category.id))
    if award.state is AwardState.VOTING:
        db.session.flush()
        count_if_done(system(actor.now), award)


@action(Can.CANCEL)
def cancel_award(actor: Actor, award: Award, *, reason: str) -> None:
    """Call it off. Raises Invalid without the reason, Conflict while a poll of it stands."""
    if not reason.strip():
        raise Invalid(_("请写明为什么，大家都看得到。"), "reason")
    award.because = reason.strip()
    AWARD.move(actor, award, AwardCancelled(award.id))


def category_of(award: Award, category_id: int) -> AwardCategory:
    """Raises NotVisible for one that is not the award's."""
    category = db.session.get(AwardCategory, category_id)
    if category is None or category.award_id != award.id:
        raise NotVisible()
    return category


def _council(place: Place) -> Council:
    """The nearest council around the place."""
    around = sa.select(Council).where(Council.place_path.in_(access.containing(place.place_path)))
    council = db.session.scalar(around.order_by(sa.func.length(Council.place_path).desc()).limit(1))
    if council is None:
        raise Conflict(Unmet(_("评选的投票由议事会来办，这里还没有议事会，请先建一个。"), "/council"))
    return council


def _check(actor: Actor, said: Announcement) -> None:
    for name in ("title", "criteria", "order_source"):
        if not getattr(said, name).strip():
            raise Invalid(_("这一项要填。"), name)
    _check_hour(actor, said.nominate_until, "nominate_until")
    if not rules.LEAST_VOTE <= said.vote_days <= rules.MOST_VOTE:
        raise Invalid(
            _("投票开放几天，请写 %(few)d 到 %(many)d。", few=rules.LEAST_VOTE, many=rules.MOST_VOTE),
            "vote_days",
        )
    if rules.too_short(said.posting_days, said.posting_kind) or said.posting_days > rules.MOST_POSTING:
        raise Invalid(_("公示至少 5 个工作日或者 7 个自然日，最多 60 天。"), "posting_days")
    if said.roll_kind not in ROLLS:
        raise Invalid(_("请从给出的几项里选。"), "roll_kind")
    _check_categories(said.categories)


def _check_categories(categories: Sequence[Kind]) -> None:
    if not 1 <= len(categories) <= MOST_CATEGORIES:
        raise Invalid(_("请写 1 到 %(most)d 个奖项。", most=MOST_CATEGORIES), "categories")
    names = [c.name.strip() for c in categories]
    if not all(names) or len(set(names)) != len(names):
        raise Invalid(_("每个奖项都要有名字，而且不能重复。"), "categories")
    if not all(1 <= c.places <= rules.MOST_PLACES for c in categories):
        raise Invalid(_("每个奖项的名额，请写 1 到 %(most)d。", most=rules.MOST_PLACES), "categories")


def _check_hour(actor: Actor, hour: datetime, field: str) -> None:
    if hour <= actor.now:
        raise Invalid(_("请给一个还没到的时间。"), field)
    if hour - actor.now > rules.LONGEST_NOMINATION:
        raise Invalid(_("提名最多开放 %(days)d 天。", days=rules.LONGEST_NOMINATION.days), field)
