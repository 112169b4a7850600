"""What the count, the result and the certificate of an owners' vote show; each page one query."""

from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...core import access
from ...core.actor import Actor
from ...core.columns import LARGEST_ID, Rows
from ...core.db import db
from ...core.files import StoredFile, named
from ...core.nested import nested, unpack
from ..afterwards import day_before_court
from ..models.box import OfficialImport, OwnerBallot
from ..models.counts import Certificate, Scrutineer, TallySheet
from ..models.elections import ElectionLot
from ..models.papers import UNREAD, Batch
from ..models.votes import Matter, Override, OwnersVote, Posting
from ..words import VoteState
from .elections import Listed, listed, standing_there, with_lists
from .handled import hands_columns, with_hands
from .objections import OBJECTED, ObjectionLine, as_objection, of_vote
from .sealing import seal_columns, with_seal

certifier, announcer = (sa.orm.aliased(User) for _ in range(2))
earlier, later = (sa.orm.aliased(OwnersVote) for _ in range(2))


class MatterResult(NamedTuple):
    """A matter with what the count made of it."""

    id: int
    position: int
    question: str
    explanation: str
    cost: int | None
    item: int
    seats: int | None
    alternates: int
    result: dict[str, Any] | None
    candidates: tuple[Listed, ...] = ()


class Hung(NamedTuple):
    """Something that was hung out."""

    kind: str
    where: str
    reason: str
    until: datetime | None
    at: datetime


class Stander(NamedTuple):
    """Who counts or watches. Shaped like the row that the rule of signing asks about."""

    id: int
    vote_id: int
    role: str
    name: str
    user_id: int | None
    signed_at: datetime | None
    place_path: str


class SheetFile(NamedTuple):
    """A photograph or PDF of a signed record of the count."""

    sheet_id: int
    names: str
    at: datetime
    id: int
    kind: str
    size: int


class Lot(NamedTuple):
    """How level candidates were told apart."""

    matter_id: int
    source: str
    digits: int
    draws_at: datetime
    first_witness: str
    second_witness: str
    announced_at: datetime
    announcer: str
    seed: str
    drawn: list[str] | None
    chosen: list[str] | None
    drawn_at: datetime | None


class Round(NamedTuple):
    """A by-election of seats that stayed vacant here."""

    id: int
    title: str
    state: str


class Imported(NamedTuple):
    """A result file of the authority's system that was taken."""

    digest: str
    stated: str
    at: datetime


class Overridden(NamedTuple):
    rule: str
    reason: str


_MATTERS = (
    sa.select(
        Matter.id,
        Matter.position,
        Matter.question,
        Matter.explanation,
        Matter.cost,
        Matter.item,
        Matter.seats,
        Matter.alternates,
        sa.type_coerce(Matter.result, sa.JSON).label("result"),
    )
    .where(Matter.vote_id == OwnersVote.id)
    .order_by(Matter.position)
)
_POSTINGS = (
    sa.select(Posting.kind, Posting.where, Posting.reason, Posting.until, Posting.at)
    .where(Posting.vote_id == OwnersVote.id)
    .order_by(Posting.id)
)
_TABLE = (
    sa.select(*(getattr(Scrutineer, name) for name in Stander._fields))
    .where(Scrutineer.vote_id == OwnersVote.id)
    .order_by(Scrutineer.role.desc(), Scrutineer.id)
)
_SHEETS = (
    sa.select(TallySheet.id, TallySheet.names, TallySheet.at, StoredFile.id, StoredFile.kind, StoredFile.size)
    .join(StoredFile, StoredFile.subject == named(TallySheet))
    .where(TallySheet.vote_id == OwnersVote.id)
    .order_by(StoredFile.id)
)
_LOTS = (
    sa.select(
        ElectionLot.matter_id,
        ElectionLot.source,
        ElectionLot.digits,
        ElectionLot.draws_at,
        ElectionLot.first_witness,
        ElectionLot.second_witness,
        ElectionLot.announced_at,
        announcer.name.label("announcer"),
        ElectionLot.seed,
        sa.type_coerce(ElectionLot.drawn, sa.JSON).label("drawn"),
        sa.type_coerce(ElectionLot.chosen, sa.JSON).label("chosen"),
        ElectionLot.drawn_at,
    )
    .join(announcer, announcer.id == ElectionLot.announced_by_id)
    .where(ElectionLot.vote_id == OwnersVote.id, ElectionLot.voided_at.is_(None))
)
_ROUNDS = (
    sa.select(later.id, later.title, later.state)
    .where(later.round_of_id == OwnersVote.id, later.state.not_in((VoteState.VOID, VoteState.PUT_AWAY)))
    .order_by(later.id)
)
_OVERRIDES = (
    sa.select(Override.rule, Override.reason).where(Override.vote_id == OwnersVote.id).order_by(Override.rule)
)


_IMPORTS = (
    sa.select(OfficialImport.digest, OfficialImport.stated, OfficialImport.at)
    .where(OfficialImport.vote_id == OwnersVote.id)
    .order_by(OfficialImport.id)
)
_BALLOTS = (
    sa.select(sa.func.count())
    .select_from(OwnerBallot)
    .where(OwnerBallot.vote_id == OwnersVote.id)
    .correlate(OwnersVote)
    .scalar_subquery()
)
_UNENTERED = (
    sa.select(sa.func.count())
    .select_from(Batch)
    .where(Batch.vote_id == OwnersVote.id, UNREAD)
    .correlate(OwnersVote)
    .scalar_subquery()
)


@cache
def _result_page() -> Rows:
    columns = [c for c in sa.inspect(OwnersVote).column_attrs if c.key != "once"]
    return (
        sa.select(
            *(getattr(OwnersVote, c.key) for c in columns),
            nested(_MATTERS, of=OwnersVote).label("matters"),
            nested(listed(), of=OwnersVote).label("candidates"),
            nested(_POSTINGS, of=OwnersVote).label("postings"),
            nested(_TABLE, of=OwnersVote).label("table"),
            nested(_SHEETS, of=OwnersVote).label("sheets"),
            nested(_OVERRIDES, of=OwnersVote).label("overrides"),
            nested(_LOTS, of=OwnersVote).label("lots"),
            nested(_ROUNDS, of=OwnersVote).label("rounds"),
            earlier.title.label("round_of_title"),
            nested(_IMPORTS, of=OwnersVote).label("imports"),
            nested(of_vote(), of=OwnersVote).label("objections"),
            nested(OBJECTED, of=OwnersVote).label("objected"),
            *seal_columns(),
            *hands_columns(),
            standing_there().label("stands_for"),
            _BALLOTS.label("ballots"),
            _UNENTERED.label("unentered"),
            Certificate.count_hash,
            Certificate.sums_hash,
            Certificate.roll_hash.label("certified_roll"),
            Certificate.ballots.label("certified_ballots"),
            Certificate.at.label("certified_at"),
            certifier.name.label("certifier"),
        )
        .outerjoin(Certificate, Certificate.vote_id == OwnersVote.id)
        .outerjoin(earlier, earlier.id == OwnersVote.round_of_id)
        .outerjoin(certifier, certifier.id == Certificate.certified_by_id)
    )


def result_page(actor: Actor, owners_vote_id: int) -> SimpleNamespace | None:
    """Everything that count, result and certificate show of a vote; one query. None if the actor may not see it."""
    if owners_vote_id > LARGEST_ID:
        return None
    found = _result_page().where(OwnersVote.id == owners_vote_id, access.rows(actor, OwnersVote))
    row = db.session.execute(found, {"me": actor.id}).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping)
    page.revocable_until = day_before_court(row.certified_at) if row.certified_at else None
    page.matters = with_lists(unpack(MatterResult, row.matters), unpack(Listed, row.candidates))
    page.postings = unpack(Hung, row.postings)
    page.table = unpack(Stander, row.table)
    page.stands_by = actor.id is not None and any(s.user_id == actor.id for s in page.table)
    page.stands_for = bool(row.stands_for)
    with_seal(page, actor.id)
    with_hands(page)
    page.sheets = unpack(SheetFile, row.sheets)
    page.overrides = unpack(Overridden, row.overrides)
    page.lots = {lot.matter_id: lot for lot in unpack(Lot, row.lots)}
    page.rounds = unpack(Round, row.rounds)
    page.imports = unpack(Imported, row.imports)
    page.objected = dict(row.objected or ())
    lines = unpack(ObjectionLine, row.objections)
    page.objections = [as_objection(line, page, stands_for=page.stands_for) for line in lines]
    return page
