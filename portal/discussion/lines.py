"""One comment as a page shows it to one reader: what is masked, what is hidden, what he may do."""

from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from ..accounts.models import Role
from ..accounts.naming import shown_name
from ..accounts.words import ROLES
from ..core.actor import Actor
from ..core.text import _
from . import rules
from .forums import Forum
from .paragraphs import paragraphs
from .words import OFFICIAL, REASON_WORD, CommentState, Reason


class Line(NamedTuple):
    """A comment, ready to be drawn. `gap` is the sentence that stands where a hidden text stood."""

    id: int
    party: str
    name: str
    where: str
    """The author's post, or the building he lives in."""
    at: datetime
    text: Markup
    gap: str
    note: str
    """A sentence beside a text that is still shown."""
    agreements: int
    mine: bool
    """Whether the reader agrees with it."""
    own: bool
    """Whether the reader wrote it."""
    hidden: bool
    edited: bool
    editable: bool
    entered: bool
    replies: "list[Line]"
    unseen: int
    """Replies that are not among `replies`."""
    uptake: str | None
    """What became of the opinion, and in which draft; with a reason unless it was adopted as it is."""
    draft: int | None
    uptake_reason: str | None
    asks: bool
    """It is a question to the parties."""
    version: int
    """Of its text, so that an answer says which one it answers."""


def line(actor: Actor, forum: Forum, row: Any) -> Line:
    """A row of `queries` for this reader."""
    own = actor.id is not None and row.author_id == actor.id
    text, gap, note = _shown(row, forum, own)
    answers = [line(actor, forum, reply) for reply in row.answers]
    return Line(
        row.id,
        row.party,
        _name(actor, row),
        _where(actor, row),
        row.created_at,
        text,
        gap,
        note,
        row.agreements,
        row.agreed,
        own,
        row.state == CommentState.HIDDEN,
        row.version > 1,
        own and _editable(actor, row),
        row.entered,
        answers,
        row.replies - len(answers),
        row.uptake,
        row.draft,
        row.uptake_reason,
        bool(row.asks),
        row.version,
    )


def _editable(actor: Actor, row: Any) -> bool:
    return (
        row.state == CommentState.SHOWN
        and actor.now < row.editable_until
        and not rules.taken_up(row.replies, row.agreements, row.uptake)
    )


def _name(actor: Actor, row: Any) -> str:
    """People in a post speak by real name; everybody else as `shown_name` says."""
    if row.party in OFFICIAL:
        return str(row.name)
    return shown_name(actor, row.name, row.nickname)


def _where(actor: Actor, row: Any) -> str:
    if row.post:
        return _(ROLES[Role(row.post)]) if row.post in ROLES else str(row.post)
    return row.home if actor.id is not None else ""


def _shown(row: Any, forum: Forum, own: bool) -> tuple[Markup, str, str]:
    """(text, sentence in its place, sentence beside it)."""
    if row.state == CommentState.HIDDEN:
        why = _(REASON_WORD[Reason(row.reason)]) if row.reason else ""
        gap = _("这条发言已被社区隐藏：%(why)s", why=why)
        return (paragraphs(row.body) if own else Markup("")), gap, ""
    if row.state == CommentState.REPORTED:
        if forum.hold and not own:
            return Markup(""), _("有邻居举报了这条发言，社区看过以后再决定显示不显示。"), ""
        return paragraphs(row.body), "", _("有邻居举报，社区正在看。")
    return paragraphs(row.body), "", ""
