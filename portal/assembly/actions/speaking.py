"""Who speaks for a voter: which co-owner for all of them, a guardian, whom an organisation sends."""

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from ...core import access
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotAllowed, NotVisible
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.text import N_, _
from ...places.models import Owner, OwnerKind
from .. import accounts_of
from ..models.rolls import ORGANISATIONS, STANDS, Speaker, Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..situation import within
from ..speaker_events import (
    DesignationProposed,
    DesignationRefused,
    SpeakerConfirmed,
    SpeakerDecided,
    SpeakerDesignated,
    SpeakerNamed,
    SpeakerObjected,
)
from ..stages import ROLL_STANDS
from ..words import Capacity, Standing, VoterKind, VoteState

PAPERS = {
    Capacity.REPRESENTATIVE: N_("委派书：%(name)s"),
    Capacity.GUARDIAN: N_("监护证明：%(name)s"),
    Capacity.HEIR: N_("继承证明：%(name)s"),
}


@action(Can.DESIGNATE)
def designate_speaker(
    actor: Actor, voter: Voter, *, speaker_id: int | None, agreement: Sequence[Kept] = ()
) -> None:
    """One co-owner speaks for all of them; None: nobody any more, which only staff enter.

    A co-owner of two may himself leave it to the other. What staff enter, upon a paper that the co-owners signed
    together and with a picture of it, stands once a second person has looked at it (`review_designation`).

    Raises NotAllowed, Invalid without that picture, NotVisible for a speaker of another voter, Conflict after the
    close.
    """
    while_open(voter.vote_id)
    here = sa.select(Speaker).where(Speaker.voter_id == voter.id, STANDS)
    speakers = list(db.session.scalars(here))
    chosen = next((s for s in speakers if s.id == speaker_id), None)
    if speaker_id is not None and chosen is None:
        raise NotVisible()
    if chosen is not None:
        _of_co_owners(actor, voter, chosen)
    desk = bool(access.may(actor, Can.ENTER_DESIGNATION, voter))
    if not desk:
        _leaves_it(speakers, chosen)
    if not desk and actor.entered_by is None:
        assert chosen is not None
        _designate(actor, voter, chosen)
        return
    turned = chosen or next((s for s in speakers if s.designated), None)
    if turned is None or turned.proposed or (chosen is not None and chosen.designated):
        return
    if not agreement:
        raise Invalid(_("请拍一张共有人都签了字的推选书。"), "agreement")
    _keep_letter(
        actor, voter, agreement, _("推选书：%(name)s", name=chosen.name if chosen else _("谁也不推选"))
    )
    for speaker in _all(voter.id):
        speaker.proposed, speaker.proposed_by_id = False, None
    turned.proposed, turned.proposed_by_id = True, actor.entered_by or actor.id
    record(actor, voter, DesignationProposed(voter.id))


@action(Can.REVIEW_DESIGNATION)
def review_designation(actor: Actor, speaker: Speaker, *, accepted: bool) -> None:
    """A second person compared what was entered with the paper that the co-owners signed; only then one of them speaks
    for all, or no longer. The other one of two co-owners may say so himself, and any of them that it is wrong: then
    whatever is entered anew waits for himself. Raises NotAllowed, Conflict after the close."""
    while_open(speaker.vote_id)
    voter = db.session.get_one(Voter, speaker.voter_id)
    if not accepted:
        speaker.proposed, speaker.proposed_by_id = False, None
        if actor.id in [s.user_id for s in _all(voter.id) if s.owner_id]:
            speaker.denied_by_id = actor.id
        record(actor, voter, DesignationRefused(voter.id))
        return
    access.require(actor, Can.ACCEPT_DESIGNATION, speaker)
    speaker.denied_by_id = None
    _designate(actor, voter, None if speaker.designated else speaker)


def _designate(actor: Actor, voter: Voter, chosen: Speaker | None) -> None:
    for speaker in _all(voter.id):
        speaker.designated = speaker is chosen
        speaker.proposed = False
    record(actor, voter, SpeakerDesignated(voter.id))


def _all(voter_id: int) -> list[Speaker]:
    return list(db.session.scalars(sa.select(Speaker).where(Speaker.voter_id == voter_id)))


def _of_co_owners(actor: Actor, voter: Voter, chosen: Speaker) -> None:
    if voter.kind is not VoterKind.CO_OWNERS:
        raise Invalid(_("几个人共有的房屋才推选代表。"), "speaker")
    if chosen.user_id is not None and chosen.user_id in (actor.id, actor.entered_by):
        raise NotAllowed(_("推选自己要另一位共有人同意：请他在这里把票交给您，或者一起到社区登记。"))


def _leaves_it(speakers: list[Speaker], chosen: Speaker | None) -> None:
    if len(speakers) != 2:
        raise NotAllowed(_("共有人超过两位，请大家签一张推选书，交社区登记。"))
    if chosen is None:
        raise NotAllowed(_("推选自己要另一位共有人同意：请他在这里把票交给您，或者一起到社区登记。"))


@action(Can.NAME_SPEAKER)
def name_speaker(
    actor: Actor,
    vote: OwnersVote,
    *,
    voter_id: int,
    name: str,
    capacity: Capacity,
    phone: str = "",
    for_owner: int | None = None,
    letter: Sequence[Kept] = (),
) -> Speaker:
    """Enter a guardian or the person an organisation sends, upon papers shown at the desk. He speaks for one owner:
    of several co-owners `for_owner` says for which. `letter`: pictures of those papers (the sealed letter of an
    organisation, proof of guardianship). With the phone number of his account he votes on the screen too.

    He votes when a second person has compared him with the letter (`review_speaker`). Nobody names himself.

    Raises Invalid with its field, NotVisible, Conflict after the close.
    """
    while_open(vote.id)
    voter = db.session.get(Voter, voter_id)
    if voter is None or voter.vote_id != vote.id:
        raise NotVisible()
    if not name:
        raise Invalid(_("请写姓名。"), "name")
    user_id = accounts_of.account(vote.place_path, phone)
    if phone and user_id is None:
        raise Invalid(_("本社区没有用这个手机号的账号。没有账号的请留空，他可以投纸质票。"), "phone")
    if user_id is not None and user_id in (actor.id, actor.entered_by):
        raise Invalid(_("不能登记自己，请另一位工作人员来登记。"), "phone")
    there = sa.select(Speaker.id).where(Speaker.voter_id == voter.id, Speaker.user_id == user_id)
    if user_id is not None and db.session.scalar(there):
        raise Invalid(
            _("他已经在这套房屋的名单上了。自己也是共有人的监护人，请登记推选他，这一票就由他投。"), "phone"
        )
    if not letter:
        raise Invalid(_("请拍一张证明：单位盖章的委派书，或者监护证明。"), "letter")
    owner = _for_owner(voter, for_owner)
    _fits(voter, owner, capacity)
    speaker = Speaker(
        vote_id=vote.id,
        voter_id=voter.id,
        place_path=voter.place_path,
        owner_id=None,
        for_owner_id=owner,
        user_id=user_id,
        name=name,
        capacity=capacity,
        designated=False,
        standing=Standing.ENTERED,
        entered_by_id=actor.entered_by or actor.id,
    )
    store(speaker)
    what = PAPERS[capacity]
    _keep_letter(actor, voter, letter, _(what, name=name))
    record(actor, voter, SpeakerNamed(voter.id))
    return speaker


@action(Can.REVIEW_SPEAKER)
def review_speaker(actor: Actor, speaker: Speaker, *, accepted: bool, reason: str = "") -> None:
    """A second person compared who was named with the letter that was pictured; only then he votes. Raises Invalid
    without the reason why not, Conflict after the close."""
    while_open(speaker.vote_id)
    if not accepted and not reason:
        raise Invalid(_("请写明哪里不对。"), "reason")
    speaker.confirmed_by_id = actor.id
    _settle(actor, speaker, stands=accepted, reason=reason)


@action(Can.OBJECT_SPEAKER)
def object_to_speaker(actor: Actor, speaker: Speaker, *, reason: str) -> None:
    """An owner of the head says that nobody sent this person: he votes no more, and what he gave does not count, until
    a convener has decided. Raises Invalid without the reason, Conflict after the close or a decision."""
    while_open(speaker.vote_id)
    if not reason:
        raise Invalid(_("请写明哪里不对。"), "reason")
    speaker.standing, speaker.objected_by_id, speaker.objection = Standing.SUSPENDED, actor.id, reason
    record(actor, db.session.get_one(Voter, speaker.voter_id), SpeakerObjected(speaker.voter_id))


@action(Can.DECIDE_SPEAKER)
def decide_speaker(actor: Actor, speaker: Speaker, *, stands: bool, reason: str) -> None:
    """A convener who has no part in it decides between an owner and who was named, until the count begins. Where no
    second person has looked at the letter yet, it still waits for one. Raises Invalid without the reason."""
    vote = lock(db.session.get_one(OwnersVote, speaker.vote_id), share=True)
    if vote.state not in (*ROLL_STANDS, VoteState.CLOSED):
        raise Conflict(_("已经开始计票，不能再改。"))
    if not reason:
        raise Invalid(_("请写明理由，业主看得到。"), "reason")
    speaker.decided_by_id = actor.id
    _settle(actor, speaker, stands=stands, reason=reason)


def _settle(actor: Actor, speaker: Speaker, *, stands: bool, reason: str) -> None:
    """Who was refused keeps his name on the list and loses the account, so that a better letter can be brought."""
    if not stands:
        speaker.standing, speaker.user_id = Standing.REFUSED, None
        speaker.designated = speaker.proposed = False
    else:
        looked_at = speaker.confirmed_by_id is not None
        speaker.standing = Standing.STANDS if looked_at else Standing.ENTERED
    speaker.decision = reason
    decided = speaker.decided_by_id is not None
    event = (
        SpeakerDecided(speaker.voter_id, stands) if decided else SpeakerConfirmed(speaker.voter_id, stands)
    )
    record(actor, db.session.get_one(Voter, speaker.voter_id), event)


def _fits(voter: Voter, owner_id: int | None, capacity: Capacity) -> None:
    """An organisation sends somebody; a person has a guardian or heirs. Where nobody knows the owner both may be."""
    if voter.kind is VoterKind.UNKNOWN:
        return
    organisation = voter.kind in ORGANISATIONS
    if voter.kind is VoterKind.CO_OWNERS:
        organisation = db.session.get_one(Owner, owner_id).kind is not OwnerKind.PERSON
    if organisation is not (capacity is Capacity.REPRESENTATIVE):
        raise Invalid(
            _("单位的房屋登记单位委派的人；个人的房屋登记监护人、继承人，或者交委托书。"), "capacity"
        )


def _for_owner(voter: Voter, asked: int | None) -> int | None:
    """The owner somebody else speaks for; none where the register knows no owner, or the developer's several."""
    found = sa.select(Speaker.owner_id).where(Speaker.voter_id == voter.id, Speaker.owner_id.is_not(None))
    owners = set(db.session.scalars(found))
    if voter.kind is VoterKind.CO_OWNERS and asked not in owners:
        raise Invalid(
            _("请选他替哪一位共有人投。监护人、单位委派的人只替一位业主，不替全体共有人。"), "for_owner"
        )
    return (
        asked if voter.kind is VoterKind.CO_OWNERS else next(iter(owners), None) if len(owners) == 1 else None
    )


def _keep_letter(actor: Actor, voter: Voter, letter: Sequence[Kept], what: str) -> None:
    """With the voter, who stays when those who speak for him change; `what` says which paper it is and whose."""
    attach(actor, voter, [replace(kept, alt=what) for kept in letter], "letter")


def while_open(vote_id: int) -> OwnersVote:
    """The vote, shared with others: it has a roll and has not been closed. Raises Conflict."""
    vote = lock(db.session.get_one(OwnersVote, vote_id), share=True)
    if not within(vote, ROLL_STANDS):
        raise Conflict(_("名册公示以后、投票截止以前才能登记。"))
    return vote
