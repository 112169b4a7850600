"""What merchants add to the wallet: the way to what points can be given for."""

from typing import Any

from ..core import panels
from ..core.actor import Actor
from ..core.panels import Panel


def _always(_actor: Actor, _programme: Any) -> dict[str, Any]:
    """Whoever sees a balance may look at the shelf."""
    return {}


panels.add(Panel("shelf", "points_programme", "balance", "partners/shelf.html", _always))
