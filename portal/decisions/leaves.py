"""Small pieces of the pages of decisions, as filters."""

from markupsafe import Markup

from ..core.leaves_marks import marks
from ..core.text import _
from .words import BASIS_NOTE, BASIS_WORD, STATE_WORD, TONE, Basis, DecisionState

_tag = marks(_)["tag"]


def decision_tag(state: str) -> Markup:
    """The state as a tag."""
    known = DecisionState(state)
    mark: Markup = _tag(_(STATE_WORD[known]), *TONE[known])
    return mark


def basis_word(basis: str) -> str:
    return _(BASIS_WORD[Basis(basis)])


def basis_meaning(basis: str) -> str:
    """What the basis means, one line."""
    return _(BASIS_NOTE[Basis(basis)])


FILTERS = {f.__name__: f for f in (decision_tag, basis_word, basis_meaning)}
