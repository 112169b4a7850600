"""One row of the log as a line people read: the sentence, who entered it, and the address of its subject."""

from functools import cache
from typing import Any

from flask import current_app, g
from markupsafe import Markup

from ..core.eventlog import EVENTS
from ..core.pages import filters
from ..core.sentences import sentence
from ..core.text import _, words


def told(row: Any) -> Markup:
    """What happened, with the real name of who did it: those who read the log may know."""
    lang = g.actor.lang
    return sentence(row.name, row.payload, who(row), lang, filters(lang))


def who(row: Any) -> str:
    """The person who did it; nobody signed in: the portal's clock, a visitor or the command line."""
    if row.actor_id is None:
        return _("系统")
    return row.person or _("账号 %(id)d", id=row.actor_id)


def entered_by(row: Any) -> str:
    """The member of staff who did it for him, or ""."""
    if row.entered_by_id is None:
        return ""
    return row.enterer or _("账号 %(id)d", id=row.entered_by_id)


def kind_word(name: str, lang: str) -> str:
    """An event's sentence without its details, to choose it by: 提出议题."""
    kind = EVENTS.get(name)
    if kind is None:
        return name
    text = words(lang).gettext(kind.sentence)
    return "".join(piece.partition("}")[2] if "}" in piece else piece for piece in text.split("{")).strip()


def subject_address(reference: str) -> str:
    """The page of `topic:12`, or "" where such a thing has none of its own."""
    table, _sep, number = reference.partition(":")
    rule = _pages(current_app._get_current_object()).get(table, "")  # type: ignore[attr-defined]
    return rule.replace("<>", number) if number.isdigit() else ""


@cache
def _pages(app: Any) -> dict[str, str]:
    """Table → address of the page of one row: the GET whose only argument is `<int:table_id>`, the shortest."""
    found: dict[str, str] = {}
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: len(rule.rule))
    for rule in rules:
        names = tuple(rule.arguments)
        if len(names) != 1 or not names[0].endswith("_id") or "GET" not in (rule.methods or ()):
            continue
        if rule.rule.endswith(">") and ".back" not in rule.endpoint:
            shape = rule.rule.replace(f"<int:{names[0]}>", "<>")
            found.setdefault(names[0].removesuffix("_id"), shape)
    return found
