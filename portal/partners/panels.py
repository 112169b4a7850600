"""What merchants add to other pages: to the wallet the way to what points can be given for, to the first page and to
我的 the way to the counter of the reader's own shop."""

from typing import Any

from ..accounts.models import Role
from ..core import access, panels
from ..core.actor import Actor
from ..core.db import read
from ..core.nested import nested, unpack
from ..core.panels import READER, Panel
from .policy import Can
from .queries.pages import Kept, kept_shops


def _always(_actor: Actor, _programme: Any) -> dict[str, Any]:
    """Whoever sees a balance may look at the shelf."""
    return {}


def _counters(actor: Actor, shops: list[Kept]) -> dict[str, Any] | None:
    """Those he may stand at; a customer's code lives a quarter of an hour, so they are one tap away."""
    open_to_him = [shop for shop in shops if access.may(actor, Can.DESK, shop)]
    return {"shops": open_to_him} if open_to_him else None


def _of_reader(place: Any) -> Any:
    return nested(kept_shops(READER), of=place)


def _on_front(actor: Actor, community: Any) -> dict[str, Any] | None:
    return _counters(actor, unpack(Kept, community.panel_kept))


def _own(actor: Actor, person: Any) -> dict[str, Any] | None:
    """On his own page only, not where staff look at him; looked for where he has a merchant's post."""
    if person.id != actor.id or all(role != Role.MERCHANT for role, _path in actor.grants):
        return None
    return _counters(actor, [Kept(*row) for row in read(kept_shops(actor.id))])


panels.add(Panel("shelf", "points_programme", "balance", "partners/shelf.html", _always))
panels.add(Panel("kept", "home", "counter", "partners/kept.html", _on_front, _of_reader))
panels.add(Panel("kept_own", "user", "main", "partners/kept.html", _own))
