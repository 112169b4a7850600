"""Events as sentences, made when they are read: the same line in a timeline, in the audit and in a notice."""

from collections.abc import Callable, Mapping
from functools import cache
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from .eventlog import EVENTS
from .text import words


def sentence(
    name: str, payload: Mapping[str, Any], who: str, lang: str, leaves: Mapping[str, Callable[..., Any]]
) -> Markup:
    """What happened, in a language. An event that is no longer declared is shown by its name."""
    kind = EVENTS.get(name)
    if kind is None:
        return escape(name)
    values = {**payload, "who": who}
    return Markup("").join(
        text if field is None else text + escape(leaves[leaf](values[field]) if leaf else values[field])
        for text, field, leaf in _pieces(words(lang).gettext(kind.sentence))
    )


@cache
def _pieces(sentence: str) -> list[tuple[Markup, str | None, str]]:
    """`{who}花了{cost:money}` in pieces: text, field after it, leaf the field's value goes through."""
    return [(escape(text), field, leaf or "") for text, field, leaf, _ in Formatter().parse(sentence)]
