"""What waits for owners: a vote in which they have not yet given a ballot, and what family or staff gave in their
name."""

import sqlalchemy as sa

from ...core import waiting
from ...core.access import Condition
from ...core.columns import Rows
from ...core.prepared import prepared
from ...core.text import N_
from ...core.waiting import ME, NOW, Kind, lines, one_of, those
from ..models.box import TOGETHER, OwnerBallot
from ..models.rolls import STANDS, Speaker, Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..struck import struck
from ..words import Channel, Standing, VoterKind, VoteState

SHOWING = (VoteState.OPEN, VoteState.CLOSED, VoteState.COUNTING)
"""While the receipt of a ballot has its page."""


@prepared
def _to_vote(seen: Condition) -> Rows:
    """Open votes in which the reader speaks for a voter from whom there is no ballot yet."""
    given = sa.select(OwnerBallot.voter_id).where(
        OwnerBallot.voter_id == Speaker.voter_id, ~struck(OwnerBallot)
    )
    silent = sa.select(Speaker.vote_id).where(Speaker.user_id == ME, STANDS, ~given.exists())
    return lines(
        "owners_vote",
        OwnersVote,
        title=OwnersVote.title,
        since=sa.func.coalesce(OwnersVote.opened_at, OwnersVote.opens_at),
        party="resident",
        due=OwnersVote.closes_at,
    ).where(
        seen,
        OwnersVote.state == VoteState.OPEN,
        OwnersVote.closes_at > NOW,
        OwnersVote.id.in_(silent),
    )


@prepared
def _given_by_family() -> Rows:
    """Ballots that family gave in the reader's name and that he has not looked at."""
    return (
        lines("given_by_family", Voter, title=OwnersVote.title, since=OwnerBallot.at, party="resident")
        .join(Speaker, Speaker.voter_id == Voter.id)
        .join(OwnersVote, OwnersVote.id == Voter.vote_id)
        .join(
            OwnerBallot,
            sa.and_(
                OwnerBallot.vote_id == Voter.vote_id,
                OwnerBallot.voter_id == Voter.id,
                OwnerBallot.speaker_id == Speaker.id,
            ),
        )
        .where(Speaker.user_id == ME, OwnerBallot.kin != "", OwnerBallot.seen_at.is_(None))
        .where(one_of(OwnersVote.state, SHOWING))
    )


@prepared
def _entered_by_staff() -> Rows:
    """Voters of the reader for whom staff put something into the box, at the counter or a paper, that he has not
    looked at."""
    entered = (
        OwnerBallot.vote_id == Voter.vote_id,
        OwnerBallot.voter_id == Voter.id,
        sa.or_(OwnerBallot.speaker_id == Speaker.id, OwnerBallot.speaker_id == TOGETHER),
        OwnerBallot.entered_by_id.is_not(None),
        OwnerBallot.entered_by_id != ME,
        OwnerBallot.kin == "",
        one_of(OwnerBallot.channel, (Channel.DESK, Channel.PAPER)),
        OwnerBallot.seen_at.is_(None),
    )
    when = sa.select(sa.func.max(OwnerBallot.at)).where(*entered).correlate(Voter, Speaker).scalar_subquery()
    return (
        lines("given_at_desk", Voter, title=OwnersVote.title, since=when, party="resident")
        .join(Speaker, Speaker.voter_id == Voter.id)
        .join(OwnersVote, OwnersVote.id == Voter.vote_id)
        .where(Speaker.user_id == ME, STANDS, one_of(OwnersVote.state, SHOWING), when.is_not(None))
    )


@prepared
def _at_odds() -> Rows:
    """Voters of the reader whose co-owners said different things on the screen, so that none of it counts: until
    they say the same, settle on one of them or sign one paper together."""
    one, other = sa.orm.aliased(OwnerBallot), sa.orm.aliased(OwnerBallot)
    differ = sa.select(one.voter_id).where(
        one.vote_id == Voter.vote_id,
        one.voter_id == Voter.id,
        other.vote_id == one.vote_id,
        other.voter_id == one.voter_id,
        one.speaker_id != TOGETHER,
        one.speaker_id < other.speaker_id,
        one.choices != other.choices,
        ~struck(one),
        ~struck(other),
    )
    together = sa.select(OwnerBallot.voter_id).where(
        OwnerBallot.vote_id == Voter.vote_id,
        OwnerBallot.voter_id == Voter.id,
        OwnerBallot.speaker_id == TOGETHER,
        ~struck(OwnerBallot),
    )
    settled = sa.orm.aliased(Speaker)
    chosen = sa.select(settled.id).where(
        settled.voter_id == Voter.id, settled.designated, settled.standing == Standing.STANDS
    )
    return (
        lines(
            "co_owners_differ",
            Voter,
            title=OwnersVote.title,
            since=OwnersVote.opened_at,
            party="resident",
            due=OwnersVote.closes_at,
        )
        .join(Speaker, Speaker.voter_id == Voter.id)
        .join(OwnersVote, OwnersVote.id == Voter.vote_id)
        .where(
            Speaker.user_id == ME,
            STANDS,
            Voter.kind == VoterKind.CO_OWNERS,
            OwnersVote.state == VoteState.OPEN,
            OwnersVote.closes_at > NOW,
            differ.exists(),
            ~together.exists(),
            ~chosen.exists(),
        )
    )


waiting.add(
    "co_owners_differ",
    Kind(
        N_("共有人投得不一样，您家的票现在不计入"),
        N_("去看看"),
        "circle-alert",
        "papers.show",
        "voter_id",
        True,
    ),
    lambda actor: None if actor.kin else _at_odds(),
)
waiting.add(
    "given_at_desk",
    Kind(N_("工作人员代录了您的票"), N_("看一看"), "info", "papers.show", "voter_id", True),
    lambda actor: None if actor.kin else _entered_by_staff(),
)
waiting.add(
    "given_by_family",
    Kind(N_("家人替您投了票"), N_("看一看"), "hand-heart", "papers.receipt", "voter_id", True),
    lambda actor: None if actor.kin else _given_by_family(),
)
waiting.add(
    "owners_vote",
    Kind(N_("请您投票"), N_("去投票"), "vote", "owners_votes.show", "owners_vote_id", True),
    those(OwnersVote, Can.SEE, _to_vote),
)
