"""Counting in public: who stands by, the count, and the names under it."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from ...accounts.models import User
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotAllowed, NotVisible
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.finding import At, visible
from ...core.text import _
from .. import elections, tally, vacancies
from ..election_events import SeatLotVoided
from ..events import (
    CountBegun,
    CountSigned,
    CountSignedOnPaper,
    ScrutineerDropped,
    ScrutineerNamed,
    VoteRecounted,
)
from ..lifecycle import OWNERS_VOTE
from ..models.counts import Scrutineer, TallySheet
from ..models.votes import OwnersVote
from ..policy import Can
from ..seen import require_seen
from ..stages import SIGNING
from ..words import Counter


class AtScrutineer(At[Scrutineer]):
    """Somebody who stands by, by the number in an address. The vote is held before him, as everybody holds it who
    writes to both: two who begin at different ends would wait for each other."""

    def hold(self, actor: Actor, *, share: bool) -> Scrutineer | None:
        found: Scrutineer | None = visible(actor, Scrutineer, self.id)
        if found is None:
            return None
        lock(db.session.get_one(OwnersVote, found.vote_id))
        return lock(found)


@action(Can.NAME_SCRUTINEER)
def name_scrutineer(
    actor: Actor, vote: OwnersVote, *, role: Counter, name: str, phone: str = ""
) -> Scrutineer:
    """Enter who counts or watches. With the phone number of his account he signs himself; else on paper.

    Raises Invalid for a name or an account that is there already, for a candidate, or a number that nobody in the
    community has.
    """
    _not_signed_yet(vote)
    there = db.session.scalars(sa.select(Scrutineer).where(Scrutineer.vote_id == vote.id)).all()
    if any(s.name == name for s in there):
        raise Invalid(_("这个人已经登记过了，一个人只担一样。"), "name")
    account = _account(vote, phone) if phone else None
    if account is not None and any(s.user_id == account for s in there):
        raise Invalid(_("这个人已经登记过了，一个人只担一样。"), "phone")
    _no_candidate(vote, name, account)
    scrutineer = Scrutineer(
        vote_id=vote.id, place_path=vote.place_path, role=role, name=name, user_id=account
    )
    store(scrutineer)
    record(actor, vote, ScrutineerNamed(vote.id))
    return scrutineer


@action(Can.NAME_SCRUTINEER)
def drop_scrutineer(actor: Actor, vote: OwnersVote, *, scrutineer_id: int) -> None:
    """Take somebody off the list, as long as nobody has signed. One who is off already stays off."""
    _not_signed_yet(vote)
    found = db.session.get(Scrutineer, scrutineer_id)
    if found is None or found.vote_id != vote.id:
        return
    db.session.delete(found)
    db.session.flush()
    record(actor, vote, ScrutineerDropped(vote.id))


@action(Can.COUNT)
def begin_count(actor: Actor, vote: OwnersVote) -> None:
    """Open the box and count every matter. Raises Conflict while papers are not entered or nobody watches."""
    OWNERS_VOTE.move(actor, vote, CountBegun(vote.id))
    keep_count(actor, vote)


@action(Can.POST_PRELIMINARY)
def count_again(actor: Actor, vote: OwnersVote) -> None:
    """Count afresh before the result is posted; who has signed looks at it again and signs again."""
    keep_count(actor, vote)
    clear_signatures(vote)
    vote.moved_at = actor.now
    record(actor, vote, VoteRecounted(vote.id))


@action(Can.SIGN)
def sign_count(actor: Actor, scrutineer: Scrutineer, *, seen: str = "") -> None:
    """Put one's own name under the count, or under the one corrected after an objection. `seen`: the stamp of the
    page with the count on it.

    Raises Conflict outside of the count and for a count made anew since. Signing twice is signing once.
    """
    vote = db.session.get_one(OwnersVote, scrutineer.vote_id)
    if vote.state not in SIGNING:
        raise Conflict(_("唱票计票的时候才签字。"))
    require_seen(vote, seen)
    if scrutineer.signed_at is None:
        scrutineer.signed_at = actor.now
        record(actor, vote, CountSigned(vote.id))


@action(Can.SIGN_ON_PAPER)
def sign_on_paper(
    actor: Actor, vote: OwnersVote, *, signers: Collection[int], sheet: Sequence[Kept], seen: str = ""
) -> TallySheet | None:
    """Keep the printed record with the signatures of those who have no account. Whoever has signed stays signed; None
    where all of them had. `seen`: the stamp of the page with the count on it.

    Raises Invalid without signers or without the photograph, NotAllowed for a person with an account, NotVisible for
    one of another vote, Conflict for a count made anew since.
    """
    require_seen(vote, seen)
    people = _on_paper(vote, signers)
    if not (new := [person for person in people if person.signed_at is None]):
        return None
    if not sheet:
        raise Invalid(_("请拍一张签好字的唱票计票记录，要看得清数字和签名。"), "sheet")
    assert actor.id is not None
    kept = TallySheet(
        vote_id=vote.id,
        place_path=vote.place_path,
        names="、".join(person.name for person in new),
        by_id=actor.id,
        at=actor.now,
    )
    store(kept)
    attach(actor, kept, sheet, "sheet")
    for person in new:
        person.signed_at, person.sheet_id = actor.now, kept.id
    record(actor, vote, CountSignedOnPaper(vote.id, len(new)))
    return kept


def _on_paper(vote: OwnersVote, signers: Collection[int]) -> list[Scrutineer]:
    if not signers:
        raise Invalid(_("请勾选在纸上签了字的人。"), "signers")
    there = sa.select(Scrutineer).where(Scrutineer.vote_id == vote.id, Scrutineer.id.in_(signers))
    people = list(db.session.scalars(there.order_by(Scrutineer.id)))
    if len(people) != len(set(signers)):
        raise NotVisible()
    if any(person.user_id is not None for person in people):
        raise NotAllowed(_("这位监票人有账号，请本人登录后签字。"))
    return people


def clear_signatures(vote: OwnersVote) -> None:
    """Nobody's name stands under a count that he has not seen."""
    clear = sa.update(Scrutineer).where(Scrutineer.vote_id == vote.id).values(signed_at=None, sheet_id=None)
    db.session.execute(clear)


def keep_count(actor: Actor, vote: OwnersVote) -> None:
    """Count every matter and keep what came out. A lot among candidates who are not level any more, or for other seats,
    is out of force, and kept."""
    for matter, result in tally.tallied(vote):
        lot = vacancies.lot_of(matter.id) if matter.seats else None
        if lot is not None and vacancies.level(matter.result) != vacancies.level(result):
            lot.voided_at = actor.now
            record(actor, vote, SeatLotVoided(vote.id, matter.position))
        matter.result = result


def require_same_count(vote: OwnersVote) -> None:
    """Raises Conflict if counting afresh gives anything else than what is kept."""
    if not tally.same(tally.tallied(vote)):
        raise Conflict(_("重新数一遍，和先前的结果对不上。请先重新计票，请监票人重新核对、签字。"))


def _not_signed_yet(vote: OwnersVote) -> None:
    signed = sa.select(Scrutineer.id).where(Scrutineer.vote_id == vote.id, Scrutineer.signed_at.is_not(None))
    if db.session.scalar(signed.limit(1)) is not None:
        raise Conflict(_("已经有人在唱票记录上签字，名单不能再改。需要换人，请先重新计票。"))


def _no_candidate(vote: OwnersVote, name: str, account: int | None) -> None:
    """Nobody counts the votes he is elected with. Raises Invalid."""
    for candidate in elections.candidates_of(vote.id):
        if candidate.name == name or (account is not None and candidate.user_id == account):
            raise Invalid(_("他是候选人，不能计票、监票，请换一位。"), "name")


def _account(vote: OwnersVote, phone: str) -> int:
    community = "/" + vote.place_path.strip("/").split("/")[0] + "/"
    found = sa.select(User.id).where(
        User.phone == phone, User.place_path == community, User.closed_at.is_(None)
    )
    account = db.session.scalar(found)
    if account is None:
        raise Invalid(_("本社区没有用这个手机号的账号。没有账号的，手机号请留空，到时在纸上签字。"), "phone")
    return account
