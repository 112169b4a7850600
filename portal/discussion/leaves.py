"""Small pieces of a discussion, as filters."""

from markupsafe import Markup

from ..core.leaves_marks import marks
from ..core.text import _
from .words import UPTAKE_TONE, UPTAKE_WORD, Uptake

_tag = marks(_)["tag"]


def uptake_tag(uptake: str) -> Markup:
    """What became of an opinion, as a tag."""
    known = Uptake(uptake)
    mark: Markup = _tag(_(UPTAKE_WORD[known]), *UPTAKE_TONE[known])
    return mark


FILTERS = {"uptake_tag": uptake_tag}
