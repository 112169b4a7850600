"""Events as sentences, made when they are read: the same line in a timeline, in the audit and in a notice."""

from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from .eventlog import EVENTS
from .text import words


class _Words(Formatter):
    """`{cost:money}`: the value goes through the leaf of that name; everything is escaped."""

    def __init__(self, leaves: Mapping[str, Callable[..., Any]]) -> None:
        self.leaves = leaves

    def format_field(self, value: Any, leaf: str) -> str:
        return str(escape(self.leaves[leaf](value) if leaf else value))


def sentence(
    name: str, payload: Mapping[str, Any], who: str, lang: str, leaves: Mapping[str, Callable[..., Any]]
) -> Markup:
    """What happened, in a language. An event that is no longer declared is shown by its name."""
    kind = EVENTS.get(name)
    if kind is None:
        return escape(name)
    template = str(escape(words(lang).gettext(kind.sentence)))
    return Markup(_Words(leaves).vformat(template, (), {**payload, "who": who}))
