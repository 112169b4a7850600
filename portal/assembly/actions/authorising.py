"""Proxies: a written authority with a photograph of the letter, checked by staff."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.text import _
from .. import accounts_of, agents, marks
from ..family import voted_for
from ..letter_events import ProxyAccepted, ProxyRefused, ProxySubmitted
from ..lifecycle import PROXY
from ..models.papers import Proxy
from ..models.rolls import Speaker, Voter
from ..models.votes import Matter, OwnersVote
from ..policy import Can
from ..situation import within
from ..stages import VOTING
from ..words import ProxyState

VALID = (ProxyState.SUBMITTED, ProxyState.ACCEPTED)


@action(Can.GIVE_PROXY)
def submit_proxy(
    actor: Actor,
    voter: Voter,
    *,
    agent_name: str,
    matters: Collection[int],
    letter: Sequence[Kept],
    once: str,
    phone: str = "",
    declared: bool,
) -> Proxy:
    """Hand in a letter of authority for some matters of the paper. `phone`: of the agent; where no account has it he
    votes on paper. `declared`: the letter says that he does not work for the property company. The same `once` again
    returns the same proxy.

    Raises Invalid with its field, Conflict before the notice, after the close, or where another letter covers the
    same matter.
    """
    if known := made(Proxy, once, submitted_by_id=actor.id):
        return known
    vote = while_taken(voter.vote_id)
    number, agent = accounts_of.number_of(phone), accounts_of.account(voter.place_path, phone)
    _check_agent(voter, agent_name, agent)
    _refuse_property(voter.place_path, agent_name, number, agent)
    if not declared:
        raise Invalid(_("委托书上要写明代理人不是物业公司的人，写好再拍。"), "declared")
    named = _named(vote, voter, matters)
    if not letter:
        raise Invalid(_("请拍一张委托书的照片，要看得清签名。"), "letter")
    assert actor.id is not None
    proxy = Proxy(
        vote_id=vote.id,
        voter_id=voter.id,
        place_path=voter.place_path,
        state=ProxyState.SUBMITTED,
        agent_name=agent_name,
        agent_id=agent,
        agent_phone=number,
        declared=declared,
        matters=named,
        submitted_by_id=actor.id,
        entered_by_id=actor.entered_by,
        at=actor.now,
        moved_at=actor.now,
        once=once,
    )
    store(proxy)
    attach(actor, proxy, letter, "letter")
    record(actor, proxy, ProxySubmitted(proxy.id))
    return proxy


@action(Can.REVIEW_PROXY)
def review_proxy(actor: Actor, proxy: Proxy, *, accepted: bool, reason: str = "") -> None:
    """Accept a letter or refuse it with the reason. Raises Invalid without the reason, or where the agent acts for
    as many owners as the assembly's rules allow already; Conflict after the close."""
    vote = while_taken(proxy.vote_id, alone=True)
    if accepted:
        _refuse_property(proxy.place_path, proxy.agent_name, proxy.agent_phone, proxy.agent_id, "reason")
        _under_cap(vote, proxy)
    elif not reason:
        raise Invalid(_("请写明为什么不接受，委托人看得到。"), "reason")
    proxy.refused_because = "" if accepted else reason
    proxy.reviewed_by_id, proxy.reviewed_at = actor.id, actor.now
    PROXY.move(actor, proxy, ProxyAccepted(proxy.id) if accepted else ProxyRefused(proxy.id))


def while_taken(vote_id: int, *, alone: bool = False) -> OwnersVote:
    """The vote, shared with others or held alone. A letter names matters, and until the notice they can still change
    and move: it would come to speak on what nobody gave it for. Raises Conflict."""
    vote = lock(db.session.get_one(OwnersVote, vote_id), share=not alone)
    if not within(vote, VOTING):
        raise Conflict(_("表决公告以后、投票截止以前才收委托书、核对和收回。"))
    return vote


def _check_agent(voter: Voter, name: str, agent: int | None) -> None:
    if not name:
        raise Invalid(_("请写代理人的姓名，和委托书上一样。"), "agent_name")
    if agent is None:
        return
    own = sa.select(Speaker.id).where(Speaker.voter_id == voter.id, Speaker.user_id == agent)
    if db.session.scalar(own):
        raise Invalid(_("他自己就能替这套房屋投，不用委托。"), "phone")


def _refuse_property(place: str, name: str, phone: str, agent: int | None, field: str = "") -> None:
    """Staff of the property company are no agents: known by account, by phone, and by name where no phone tells a
    namesake apart."""
    people = accounts_of.property_people(place)
    if any(person.id == agent or (phone and person.phone == phone) for person in people):
        raise Invalid(_("物业公司的人不能当代理人。"), field or "phone")
    named = any(agents.same_name(person.name) == agents.same_name(name) for person in people)
    if named and not phone:
        sentence = _("物业公司有人叫这个名字。物业公司的人不能当代理人；只是同名的，请写代理人的手机号。")
        raise Invalid(sentence, field or "agent_name")


def _named(vote: OwnersVote, voter: Voter, matters: Collection[int]) -> str:
    """The matters of the letter as they are kept; each on the paper and under no other letter of this voter."""
    on_paper = set(db.session.scalars(sa.select(Matter.position).where(Matter.vote_id == vote.id)))
    if not matters:
        raise Invalid(_("请勾选委托书上写了哪几项。"), "matters")
    if not set(matters) <= on_paper:
        raise Invalid(_("请从票上的几项里选。"), "matters")
    others = sa.select(Proxy.matters).where(Proxy.voter_id == voter.id, Proxy.state.in_(VALID))
    taken = {n for text in db.session.scalars(others) for n in marks.positions(text)}
    if taken & set(matters):
        raise Conflict(_("这一项已经委托过别人了。要换人，请先把原来的委托收回。"))
    return ",".join(str(n) for n in sorted(set(matters)))


def _under_cap(vote: OwnersVote, proxy: Proxy) -> None:
    """One agent may act for so many owners. The vote is held alone, so that two letters accepted at the same moment
    cannot go over it together."""
    if vote.proxy_cap is None:
        return
    found = sa.select(Proxy.id, Proxy.voter_id, Proxy.agent_id, Proxy.agent_phone, Proxy.agent_name).where(
        Proxy.vote_id == vote.id, sa.or_(Proxy.state == ProxyState.ACCEPTED, Proxy.id == proxy.id)
    )
    rows = db.session.execute(found).all()
    same = agents.by_agent(agents.Letter(r.id, r.agent_id, r.agent_phone, r.agent_name) for r in rows)
    his = [r for r in rows if same[r.id] == same[proxy.id]]
    family = (voted_for(vote.id, account) for account in {r.agent_id for r in his} - {None})
    clients = {r.voter_id for r in his}.union(*family)
    if len(clients) > vote.proxy_cap:
        raise Invalid(
            _("一个代理人最多替 %(n)d 位业主投，他已经满了。请写明理由，不接受这一份。", n=vote.proxy_cap),
            "reason",
        )
