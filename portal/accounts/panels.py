"""What accounts add to pages of places: who holds a post there."""

from typing import Any

from ..core import panels
from ..core.actor import Actor
from ..core.text import _
from .queries.posts import holders_at
from .words import ROLES


def _posts(actor: Actor, place: Any) -> dict[str, Any] | None:
    """Posts are public: who speaks for whom is known by name and post."""
    held = holders_at(place.place_path)
    return {"posts": held, "roles": {k: _(w) for k, w in ROLES.items()}} if held else None


panels.add(panels.Panel("posts", "place", "aside", "accounts/posts/panel.html", _posts))
