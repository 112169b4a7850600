"""Letters of authority: to be checked by staff; accepted, to be voted with by the agent."""

import sqlalchemy as sa

from ...core import waiting
from ...core.access import Condition
from ...core.columns import Rows
from ...core.prepared import prepared
from ...core.text import N_
from ...core.waiting import ME, NOW, Kind, lines, one_of, personal, those
from ..models.box import OwnerBallot
from ..models.papers import Proxy
from ..models.rolls import STANDS, Speaker, Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..stages import VOTING
from ..words import ProxyState, VoteState

_TAKEN = (one_of(OwnersVote.state, VOTING), OwnersVote.closes_at > NOW)
"""Letters are handed in, looked at and taken back: `within(vote, VOTING)` as rows."""


def _letters(kind: str, party: str) -> Rows:
    return (
        lines(kind, Proxy, title=Voter.label, since=Proxy.moved_at, party=party, due=OwnersVote.closes_at)
        .join(Voter, Voter.id == Proxy.voter_id)
        .join(OwnersVote, OwnersVote.id == Proxy.vote_id)
    )


@prepared
def _to_review(mine: Condition) -> Rows:
    return _letters("review_proxy", "community").where(mine, Proxy.state == ProxyState.SUBMITTED, *_TAKEN)


@prepared
def _to_vote() -> Rows:
    """Letters the reader is the agent of, in a vote that is open, with which nothing was given yet."""
    given = sa.select(OwnerBallot.voter_id).where(
        OwnerBallot.vote_id == Proxy.vote_id,
        OwnerBallot.voter_id == Proxy.voter_id,
        OwnerBallot.proxy_id == Proxy.id,
    )
    return _letters("vote_by_proxy", "resident").where(
        Proxy.agent_id == ME,
        Proxy.state == ProxyState.ACCEPTED,
        OwnersVote.state == VoteState.OPEN,
        OwnersVote.closes_at > NOW,
        OwnersVote.official_evote.is_(False),
        ~given.exists(),
    )


@prepared
def _told() -> Rows:
    """Letters that somebody else handed in for a head the reader is an owner of, as long as people vote. What is said
    of one that is about to be taken back says more."""
    own = sa.select(Speaker.voter_id).where(Speaker.user_id == ME, Speaker.owner_id.is_not(None))
    return _letters("proxy_given", "resident").where(
        Proxy.voter_id.in_(own),
        Proxy.submitted_by_id != ME,
        Proxy.stopping.is_(False),
        one_of(Proxy.state, (ProxyState.SUBMITTED, ProxyState.ACCEPTED)),
        *_TAKEN,
    )


@prepared
def _to_stop(mine: Condition) -> Rows:
    return _letters("review_stop", "community").where(mine, *_TAKEN)


@prepared
def _stopped() -> Rows:
    """Letters of the reader, as the agent or as one who gave them, that were taken back by somebody else or are about
    to be, as long as people vote."""
    gave = sa.select(Speaker.voter_id).where(Speaker.user_id == ME, STANDS)
    by_staff = sa.or_(Proxy.stopping, Proxy.stopped_by_id.is_not(None))
    gone = sa.or_(Proxy.stopping, Proxy.state == ProxyState.REVOKED)
    return _letters("proxy_stopped", "resident").where(
        sa.or_(sa.and_(Proxy.agent_id == ME, gone), sa.and_(Proxy.voter_id.in_(gave), by_staff)),
        *_TAKEN,
    )


waiting.add(
    "review_stop",
    Kind(N_("收回委托等第二个人核对"), N_("去核对"), "file-text", "proxies.show", "proxy_id", False),
    those(Proxy, Can.REVIEW_STOP, _to_stop),
)
waiting.add(
    "proxy_stopped",
    Kind(N_("委托要收回或者已经收回"), N_("看看为什么"), "ban", "proxies.show", "proxy_id", True),
    personal(_stopped),
)
waiting.add(
    "proxy_given",
    Kind(N_("有人替您交了委托书"), N_("去看看"), "file-text", "proxies.show", "proxy_id", True),
    personal(_told),
)
waiting.add(
    "review_proxy",
    Kind(N_("委托书等核对"), N_("去核对"), "file-text", "proxies.show", "proxy_id", False),
    those(Proxy, Can.REVIEW_PROXY, _to_review),
)
waiting.add(
    "vote_by_proxy",
    Kind(N_("请您代投"), N_("去代投"), "vote", "proxies.show", "proxy_id", True),
    personal(_to_vote),
)
