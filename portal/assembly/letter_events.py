"""What happens to letters of authority. Never a name, a reason or a phone number."""

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_


@event("proxy.submitted", N_("{who}交来委托书"), icon="file-text", visibility=Visibility.STAFF)
class ProxySubmitted(Event):
    proxy_id: int


@event("proxy.accepted", N_("{who}核对了委托书，接受了"), icon="check", visibility=Visibility.STAFF)
class ProxyAccepted(Event):
    proxy_id: int


@event("proxy.refused", N_("{who}核对了委托书，没有接受"), icon="x", visibility=Visibility.STAFF)
class ProxyRefused(Event):
    proxy_id: int


@event("proxy.revoked", N_("{who}收回委托"), icon="ban", visibility=Visibility.STAFF)
class ProxyRevoked(Event):
    proxy_id: int


@event(
    "proxy.stop_asked",
    N_("{who}写明理由，提出替委托人收回委托，等另一位召集人核对"),
    icon="circle-alert",
    visibility=Visibility.STAFF,
)
class ProxyStopAsked(Event):
    proxy_id: int


@event("proxy.stopped", N_("{who}核对以后替委托人收回了委托"), icon="ban", visibility=Visibility.STAFF)
class ProxyStopped(Event):
    proxy_id: int


@event("proxy.stop_refused", N_("{who}看过以后没有收回委托"), icon="x", visibility=Visibility.STAFF)
class ProxyStopRefused(Event):
    proxy_id: int


@event("proxy.kept", N_("{who}说委托照旧有效"), icon="check", visibility=Visibility.STAFF)
class ProxyKept(Event):
    proxy_id: int
