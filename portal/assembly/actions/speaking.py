"""Who speaks for a voter: which co-owner for all of them, a guardian, whom an organisation sends."""

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotAllowed, NotVisible
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.text import _
from .. import accounts_of
from ..events import SpeakerDesignated, SpeakerNamed
from ..models.rolls import Speaker, Voter
from ..models.votes import OwnersVote
from ..policy import ROLL_STANDS, Can, staff
from ..standing import within
from ..words import Capacity, VoterKind


@action(Can.DESIGNATE)
def designate_speaker(
    actor: Actor, voter: Voter, *, speaker_id: int | None, agreement: Sequence[Kept] = ()
) -> None:
    """One co-owner speaks for all of them; None: nobody any more, which staff alone may enter.

    A co-owner of two may leave it to the other; otherwise staff enter what the co-owners signed together and keep a
    picture of it. Raises NotAllowed, Invalid without that picture, NotVisible for a speaker of another voter,
    Conflict after the close.
    """
    while_open(voter.vote_id)
    speakers = list(db.session.scalars(sa.select(Speaker).where(Speaker.voter_id == voter.id)))
    chosen = next((s for s in speakers if s.id == speaker_id), None)
    if speaker_id is not None and chosen is None:
        raise NotVisible()
    if not staff.check(actor, voter):
        _leaves_it(actor, speakers, chosen)
    elif chosen is not None and not chosen.designated and not agreement:
        raise Invalid(_("请拍一张共有人都签了字的推选书。"), "agreement")
    _keep_letter(
        actor, voter, agreement, _("推选书：%(name)s", name=chosen.name if chosen else _("谁也不推选"))
    )
    for speaker in speakers:
        speaker.designated = speaker is chosen
    record(actor, voter, SpeakerDesignated(voter.id))


def _leaves_it(actor: Actor, speakers: list[Speaker], chosen: Speaker | None) -> None:
    if len(speakers) != 2:
        raise NotAllowed(_("共有人超过两位，请大家签一张推选书，交社区登记。"))
    if chosen is None or chosen.user_id == actor.id:
        raise NotAllowed(_("推选自己要另一位共有人同意：请他在这里把票交给您，或者一起到社区登记。"))


@action(Can.ORGANISE)
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
    there = sa.select(Speaker.id).where(Speaker.voter_id == voter.id, Speaker.user_id == user_id)
    if user_id is not None and db.session.scalar(there):
        raise Invalid(
            _("他已经在这套房屋的名单上了。自己也是共有人的监护人，请登记推选他，这一票就由他投。"), "phone"
        )
    if not letter:
        raise Invalid(_("请拍一张证明：单位盖章的委派书，或者监护证明。"), "letter")
    speaker = Speaker(
        vote_id=vote.id,
        voter_id=voter.id,
        place_path=voter.place_path,
        owner_id=None,
        for_owner_id=_for_owner(voter, for_owner),
        user_id=user_id,
        name=name,
        capacity=capacity,
        designated=False,
    )
    store(speaker)
    what = _("委派书：%(name)s") if capacity is Capacity.REPRESENTATIVE else _("监护证明：%(name)s")
    _keep_letter(actor, voter, letter, what % {"name": name})
    record(actor, voter, SpeakerNamed(voter.id))
    return speaker


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
