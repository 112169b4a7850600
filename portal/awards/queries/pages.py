"""What the pages of an award and of a nominee show; a statement a part."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access
from ...core.actor import Actor
from ...core.columns import LARGEST_ID
from ...core.db import db, read
from ...voting.models import Poll, Turnout
from ..models import Award, AwardCategory, AwardCertificate, AwardObjection, Nomination, Nominee
from ..policy import Can
from ..words import STANDING, NomineeState

_award = sa.bindparam("award", type_=sa.Integer)
_me = sa.bindparam("me", type_=sa.Integer)
N = NomineeState
_OF_NOMINEE = (
    Nominee.id, Nominee.award_id, Nominee.category_id, Nominee.place_path, Nominee.state, Nominee.name, Nominee.where,
    Nominee.about, Nominee.nominators, Nominee.title, Nominee.votes, Nominee.rank, Nominee.honoured,
    Nominee.removed_because, Nominee.refused_because, Nominee.consent_at, Nominee.user_id, Nominee.named,
    Nominee.renounced_at,
)  # fmt: skip
_CATEGORIES = (
    sa.select(
        AwardCategory.id, AwardCategory.name, AwardCategory.whom, AwardCategory.places, AwardCategory.poll_id,
        AwardCategory.counted_at, AwardCategory.dropped_because,
        Poll.state.label("poll_state"), Poll.closes_at, Poll.voters, Turnout.cast,
    )
    .outerjoin(Poll, Poll.id == AwardCategory.poll_id)
    .outerjoin(Turnout, Turnout.poll_id == Poll.id)
    .where(AwardCategory.award_id == _award)
    .order_by(AwardCategory.position)
)  # fmt: skip
_rival = aliased(Nominee)


def _stands(award_id: Any, *, still: bool = True) -> sa.Label[bool]:
    """The reader himself stands in the award; not `still`: or was put forward for it once."""
    there = [_rival.award_id == award_id, _rival.user_id == _me]
    if still:
        there.append(_rival.state.in_(STANDING))
    return sa.exists().where(*there).correlate_except(_rival).label("stands" if still else "put_forward")


_mine = sa.exists().where(Nomination.nominee_id == Nominee.id, Nomination.by_id == _me)
_NOMINEES = (
    sa.select(
        *_OF_NOMINEE,
        _mine.label("nominated"),
        _stands(Nominee.award_id),
        AwardCertificate.id.label("certificate_id"),
        AwardCertificate.number,
        AwardCertificate.code,
        AwardCertificate.revoked_at,
    )
    .outerjoin(AwardCertificate, AwardCertificate.nominee_id == Nominee.id)
    .where(
        Nominee.award_id == _award,
        Nominee.state != N.MERGED,
        sa.or_(Nominee.state == N.ADMITTED, Nominee.user_id == _me, _mine),
    )
    .order_by(
        sa.func.coalesce(Nominee.rank, 999),
        Nominee.honoured.desc(),
        sa.func.coalesce(Nominee.position, 999),
        sa.func.lower(Nominee.name),
        Nominee.id,
    )
)
_objector, _answerer = aliased(User), aliased(User)
_OBJECTIONS = (
    sa.select(
        AwardObjection.id, AwardObjection.place_path, AwardObjection.reason, AwardObjection.raised_at,
        AwardObjection.verdict, AwardObjection.answer, AwardObjection.answered_at, AwardObjection.author_id,
        AwardObjection.nominee_id, Nominee.name, Nominee.user_id, shown(_answerer).label("answerer"),
    )
    .join(Nominee, Nominee.id == AwardObjection.nominee_id)
    .outerjoin(_answerer, _answerer.id == AwardObjection.answered_by_id)
    .where(AwardObjection.award_id == _award)
    .order_by(AwardObjection.id.desc())
)  # fmt: skip


def award_page(actor: Actor, award_id: int) -> SimpleNamespace | None:
    """The award with its categories and nominees. None if the actor may not see it."""
    if award_id > LARGEST_ID:
        return None
    columns = [getattr(Award, c.key) for c in sa.inspect(Award).column_attrs if c.key != "once"]
    put = sa.select(sa.func.count()).where(Nomination.award_id == Award.id, Nomination.by_id == _me)
    own = put.correlate(Award).scalar_subquery().label("own_nominations")
    himself = (_stands(Award.id), _stands(Award.id, still=False), own)
    found = sa.select(*columns, *himself).where(Award.id == award_id, access.rows(actor, Award))
    row = db.session.execute(found, {"me": actor.id}).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping, __tablename__="award")
    page.categories = categories_of(award_id)
    return page


def categories_of(award_id: int) -> Sequence[Any]:
    return read(_CATEGORIES, {"award": award_id})


def nominees_of(actor: Actor, award_id: int) -> Sequence[Any]:
    """Those on the paper, and those who are the reader's own or whom he put forward."""
    return read(_NOMINEES, {"award": award_id, "me": actor.id})


def objections_of(actor: Actor, award_id: int) -> list[Any]:
    """Those the reader may see, the latest first."""
    seen = _OBJECTIONS.where(access.rows(actor, AwardObjection))
    return list(db.session.execute(seen, {"award": award_id}))


def nominee_page(actor: Actor, nominee_id: int) -> SimpleNamespace | None:
    """A nominee with the award around it. None if the actor may not see it."""
    if nominee_id > LARGEST_ID:
        return None
    found = (
        sa.select(
            *_OF_NOMINEE,
            Nominee.contact,
            Nominee.consent_how,
            Nominee.reviewed_at,
            Nominee.merged_into_id,
            Award.title.label("award_title"),
            Award.state.label("award_state"),
            Award.criteria,
            Award.vacancy,
            Award.nominate_until,
            AwardCategory.name.label("category"),
            AwardCategory.whom,
            _mine.label("nominated"),
            _stands(Nominee.award_id),
            shown(User).label("reviewer"),
        )
        .join(Award, Award.id == Nominee.award_id)
        .join(AwardCategory, AwardCategory.id == Nominee.category_id)
        .outerjoin(User, User.id == Nominee.reviewed_by_id)
        .where(Nominee.id == nominee_id, access.rows(actor, Nominee))
    )
    row = db.session.execute(found, {"me": actor.id}).first()
    return SimpleNamespace(**row._mapping, __tablename__="nominee") if row else None


def nominations_of(actor: Actor, nominee: Any) -> list[Any]:
    """Who put somebody forward and why; the names are for staff alone. Others read what lay before the reviewer: a
    reason that came later is for staff, the nominee and whoever wrote it."""
    inside = nominee.user_id == actor.id or access.may(actor, Can.MANAGE, nominee)
    found = (
        sa.select(Nomination.reason, Nomination.at, Nomination.spoken_for, Nomination.by_id, User.name)
        .outerjoin(User, User.id == Nomination.by_id)
        .where(Nomination.nominee_id == nominee.id)
        .order_by(Nomination.id)
    )
    if not inside:
        found = found.where(sa.or_(Nomination.by_id == actor.id, Nomination.shown))
    return list(db.session.execute(found))


def others(nominee: Any) -> list[tuple[int, str]]:
    """Whom a nominee may be put together with."""
    found = sa.select(Nominee.id, Nominee.name, Nominee.where).where(
        Nominee.category_id == nominee.category_id,
        Nominee.id != nominee.id,
        Nominee.state.in_((N.PROPOSED, N.ADMITTED)),
    )
    return [(r.id, f"{r.name} {r.where}") for r in db.session.execute(found.order_by(Nominee.id).limit(100))]


def open_to_objection(actor: Actor, award_id: int) -> list[tuple[int, str]]:
    """Whose names hang out, without those that an objection of his still waits about."""
    waiting = sa.exists().where(
        AwardObjection.nominee_id == Nominee.id,
        AwardObjection.author_id == actor.id,
        AwardObjection.answered_at.is_(None),
    )
    found = sa.select(Nominee.id, Nominee.title).where(
        Nominee.award_id == award_id, Nominee.honoured, ~waiting
    )
    return [(r.id, r.title) for r in db.session.execute(found.order_by(Nominee.category_id, Nominee.rank))]
