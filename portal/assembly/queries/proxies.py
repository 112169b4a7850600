"""A letter of authority with all that its page shows, and the list of letters of a vote."""

from types import SimpleNamespace

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access
from ...core.access import Condition
from ...core.actor import Actor
from ...core.columns import LARGEST_ID
from ...core.db import read
from ...core.files import FileLine, files_column
from ...core.listing import Column, Listing, Sort, by_word
from ...core.nested import nested, unpack
from ...core.prepared import prepared
from ...core.text import N_, _
from ..marks import positions
from ..models.box import OwnerBallot
from ..models.papers import Proxy
from ..models.rolls import STANDS, Speaker, Voter
from ..words import PROXY_WORD, Medium
from .papers import shares_column, shares_of, vote_page
from .voters import BallotLine

_asker, _second = (sa.orm.aliased(User) for _n in range(2))
_OWN = (
    sa.select(
        OwnerBallot.speaker_id,
        OwnerBallot.medium,
        OwnerBallot.choices,
        OwnerBallot.channel,
        OwnerBallot.at,
        OwnerBallot.receipt,
        OwnerBallot.changes,
    )
    .where(
        OwnerBallot.vote_id == Proxy.vote_id,
        OwnerBallot.voter_id == Proxy.voter_id,
        OwnerBallot.speaker_id == 0,
        OwnerBallot.medium == Medium.ONLINE,
        OwnerBallot.proxy_id == Proxy.id,
    )
    .limit(1)
)
_PAGE = sa.select(
    *(getattr(Proxy, c.key) for c in sa.inspect(Proxy).column_attrs if c.key != "once"),
    Voter.label,
    Voter.area,
    Voter.name.label("voter_name"),
    nested(_OWN, of=Proxy).label("own"),
    files_column(Proxy).label("files"),
    shares_column(),
    sa.exists()
    .where(Speaker.voter_id == Proxy.voter_id, Speaker.user_id == sa.bindparam("me", type_=sa.Integer))
    .label("gives"),
    sa.exists()
    .where(
        Speaker.voter_id == Proxy.voter_id,
        Speaker.user_id == sa.bindparam("me", type_=sa.Integer),
        Speaker.owner_id.is_not(None),
    )
    .label("beside"),
    sa.exists()
    .where(
        Speaker.voter_id == Proxy.voter_id,
        Speaker.user_id == sa.bindparam("me", type_=sa.Integer),
        STANDS,
    )
    .label("gave"),
    shown(_asker).label("stop_asked_by"),
    shown(_second).label("stopped_by"),
)
_PAGE = (
    _PAGE.join(Voter, Voter.id == Proxy.voter_id)
    .outerjoin(_asker, _asker.id == Proxy.stop_asked_by_id)
    .outerjoin(_second, _second.id == Proxy.stopped_by_id)
)


def proxy_page(actor: Actor, proxy_id: int) -> SimpleNamespace | None:
    """A letter for its page, with `vote` as `vote_page`; None if the reader may not see it. What the agent chose is
    left out for everybody but himself. Two queries."""
    if proxy_id > LARGEST_ID:
        return None
    found = _PAGE.where(Proxy.id == proxy_id, access.rows(actor, Proxy))
    rows = read(found, {"me": actor.id})
    vote = vote_page(actor, rows[0].vote_id) if rows else None
    if vote is None:
        return None
    page = SimpleNamespace(**rows[0]._mapping)
    page.vote, page.files, page.asked = vote, unpack(FileLine, page.files), positions(page.matters)
    page.shares, page.gives = shares_of(page.shares), bool(page.gives)
    page.beside, page.gave = bool(page.beside), bool(page.gave)
    page.stands_for = vote.stands_for
    own = unpack(BallotLine, page.own)
    mine = page.agent_id == actor.id and actor.entered_by is None
    page.own = (own[0] if mine else own[0]._replace(choices="")) if own else None
    return page


def of_vote(vote_id: int) -> Condition:
    """Letters of one vote."""
    return _of_vote(vote_id)


@prepared
def _of_vote(vote_id: int) -> Condition:
    return Proxy.vote_id == vote_id


_LETTERS = sa.select(
    Proxy.id,
    Proxy.state,
    Proxy.agent_name,
    Proxy.agent_id,
    Proxy.matters,
    Proxy.at,
    Proxy.moved_at,
    Voter.label,
    Voter.number,
).join(Voter, Voter.id == Proxy.voter_id)


def letters(vote_id: int) -> Listing:
    """The letters of a vote, those that wait first."""
    return Listing(
        model=Proxy,
        select=_LETTERS,
        within=lambda _actor: of_vote(vote_id),
        search=(Proxy.agent_name, Voter.label),
        sorts=(Sort("new", N_("最近有变化"), Proxy.moved_at),),
        filters=(by_word("state", N_("状态"), Proxy.state, PROXY_WORD),),
        columns=(
            Column(N_("票号"), lambda p: p.number),
            Column(N_("房屋"), lambda p: p.label),
            Column(N_("代理人"), lambda p: p.agent_name),
            Column(N_("事项"), lambda p: "、".join(str(n + 1) for n in positions(p.matters))),
            Column(N_("状态"), lambda p: _(PROXY_WORD[p.state])),
            Column(N_("交来时间"), lambda p: p.at),
        ),
    )
