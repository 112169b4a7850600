"""Taking a letter of authority back: by whoever gave it at once; by staff in his stead with the reason, two of them."""

from ...core.actions import action
from ...core.actor import Actor
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ..letter_events import ProxyKept, ProxyRevoked, ProxyStopAsked, ProxyStopped, ProxyStopRefused
from ..lifecycle import PROXY
from ..models.papers import Proxy
from ..policy import Can
from .authorising import while_taken


@action(Can.REVOKE_PROXY)
def revoke_proxy(actor: Actor, proxy: Proxy) -> None:
    """Take a letter back: what the agent has given no longer counts. Raises Conflict after the close."""
    while_taken(proxy.vote_id)
    proxy.stopping = False
    PROXY.move(actor, proxy, ProxyRevoked(proxy.id))


@action(Can.ASK_STOP)
def ask_to_stop(actor: Actor, proxy: Proxy, *, reason: str) -> None:
    """A convener says why a letter has to be taken back for whoever gave it. It stands until another convener has
    looked at that (`review_stop`); owners of the head and the agent read the reason at once. Raises Invalid without
    it, Conflict after the close."""
    while_taken(proxy.vote_id)
    if not reason:
        raise Invalid(_("请写明为什么要收回，委托人和代理人看得到。"), "reason")
    proxy.stopping, proxy.stop_because, proxy.stop_asked_by_id = True, reason, actor.id
    proxy.moved_at = actor.now
    record(actor, proxy, ProxyStopAsked(proxy.id))


@action(Can.REVIEW_STOP)
def review_stop(actor: Actor, proxy: Proxy, *, accepted: bool) -> None:
    """The second convener: with his word the letter is taken back, and what the agent has given counts no longer.
    Raises Conflict after the close."""
    while_taken(proxy.vote_id)
    if accepted:
        proxy.stopped_by_id = actor.id
        PROXY.move(actor, proxy, ProxyStopped(proxy.id))
    else:
        record(actor, proxy, ProxyStopRefused(proxy.id))
    proxy.stopping = False
    proxy.moved_at = actor.now


@action(Can.KEEP_PROXY)
def keep_proxy(actor: Actor, proxy: Proxy) -> None:
    """Whoever gave the letter says that it stands: nobody else takes it back any more. Raises Conflict after the
    close."""
    while_taken(proxy.vote_id)
    proxy.stopping, proxy.kept_by_id = False, actor.id
    proxy.moved_at = actor.now
    record(actor, proxy, ProxyKept(proxy.id))
