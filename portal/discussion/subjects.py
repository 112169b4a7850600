"""Opening a discussion on a model: one call by the feature that owns it.

    subjects.open_on(Topic, routes=routes, speak=Can.COMMENT, moderate=Can.MODERATE, page=topic_url)

and on the topic's page, with `talk = subjects.talk(actor, Topic, topic)`:

    {% from "discussion/voices.html" import voices %}
    {% block discussion %}{{ voices(talk, now, csrf_token()) }}{% endblock %}
"""

from collections.abc import Callable
from typing import Any

from flask.typing import ResponseReturnValue

from ..core.access import Permission
from ..core.actor import Actor
from ..core.finding import visible
from ..core.routing import Finder, Routes, View
from .actions.reporting import hiding_of
from .forums import FORUMS, Forum
from .models import Comment, Hiding
from .policy import Can
from .talk import Talk
from .views import under_comment, under_moderation, under_subject

Handler = Callable[[Forum, Actor, Any], ResponseReturnValue]

SUBJECT_ROUTES: tuple[tuple[str, str, Permission, Handler], ...] = (
    ("get", "comments", Can.READ, under_subject.index),
    ("post", "comment_create", Can.SPEAK, under_subject.create),
)
"""Method, endpoint after the kind (`topic_comments`), permission on the subject, view."""

COMMENT_ROUTES: tuple[tuple[str, str, str, Permission, Handler], ...] = (
    ("get", "replies", "comment_replies", Can.SEE, under_comment.replies),
    ("get", "agreement", "comment_agreement", Can.SEE, under_comment.agreement),
    ("post", "agreement", "comment_agree", Can.AGREE, under_comment.change_agreement),
    ("get", "edit", "comment_edit", Can.EDIT, under_comment.edit),
    ("post", "edit", "comment_change", Can.EDIT, under_comment.change),
    ("get", "report", "comment_report", Can.REPORT, under_comment.report),
    ("post", "report", "comment_file_report", Can.REPORT, under_comment.file_report),
    ("get", "appeal", "comment_appeal", Can.APPEAL, under_comment.appeal_page),
    ("post", "appeal", "comment_file_appeal", Can.APPEAL, under_comment.file_appeal),
    ("get", "hiding", "comment_decision", Can.MODERATE, under_moderation.decision),
    ("post", "hiding", "comment_hide", Can.HIDE, under_moderation.hide),
    ("get", "keeping", "comment_kept", Can.MODERATE, under_moderation.decision),
    ("post", "keeping", "comment_keep", Can.KEEP, under_moderation.keep),
    ("get", "restoration", "comment_restored", Can.MODERATE, under_moderation.decision),
    ("post", "restoration", "comment_restore", Can.RESTORE, under_moderation.restore),
    ("get", "ruling", "comment_ruled", Can.MODERATE, under_moderation.decision),
    ("get", "original", "comment_original", Can.READ_ORIGINAL, under_moderation.original),
)
"""Method, last step of the address, endpoint after the kind, permission on the comment, view."""


def open_on(
    model: type[Any],
    *,
    routes: Routes,
    speak: Permission,
    moderate: Permission,
    page: Callable[[Any], str],
    review: Permission | None = None,
    path: str = "",
    anchor: str = "discussion",
    hold: bool = False,
) -> Forum:
    """Let people speak on the rows of `model`, at addresses below `path` (default: `/` + its table name + `s`).

    `model` needs `id` and `place_path`; a `comments_count` is kept. `review` (default: `moderate`) is who rules
    on appeals; `hold` keeps reported comments unseen until a moderator has looked.
    """
    kind = str(model.__tablename__)
    forum = Forum(
        model=model,
        speak=speak,
        moderate=moderate,
        review=review or moderate,
        path=path or f"/{kind}s",
        page=page,
        anchor=anchor,
        feature=routes.blueprint.name,
        hold=hold,
    )
    FORUMS[kind] = forum
    _add_routes(routes, forum)
    return forum


def talk(actor: Actor, model: type[Any], subject: Any) -> Talk:
    """The discussion on a row for the page that shows it; nothing is read before it is drawn."""
    return Talk(actor, FORUMS[model.__tablename__], subject)


def _add_routes(routes: Routes, forum: Forum) -> None:
    under = f"{forum.path}/<int:{forum.kind}_id>/comments"
    for method, name, may, handler in SUBJECT_ROUTES:
        add = routes.get if method == "get" else routes.post
        add(under, may=may, of=forum.model)(_view(forum, name, handler))
    for method, step, name, may, handler in COMMENT_ROUTES:
        add = routes.get if method == "get" else routes.post
        add(f"{under}/<int:comment_id>/{step}", may=may, of=_finder(forum))(_view(forum, name, handler))
    ruling = routes.post(f"{under}/<int:comment_id>/ruling", may=Can.RULE, of=_hiding_finder(forum))
    ruling(_view(forum, "comment_rule", under_moderation.rule))


def _view(forum: Forum, name: str, handler: Handler) -> View:
    def view(actor: Actor, thing: Any) -> ResponseReturnValue:
        return handler(forum, actor, thing)

    view.__name__ = f"{forum.kind}_{name}"
    view.__doc__ = handler.__doc__
    return view


def _finder(forum: Forum) -> Finder:
    """A comment by its number and that of its subject; another subject's comment is not found."""

    def find(actor: Actor, **address: int) -> Comment | None:
        subject = visible(actor, forum.model, address[f"{forum.kind}_id"])
        comment = visible(actor, Comment, address["comment_id"]) if subject else None
        here = comment is not None and comment.subject == forum.reference(subject.id)
        return comment if here else None

    return find


def _hiding_finder(forum: Forum) -> Finder:
    """The present hiding of a comment, for the one act that is about the decision and not about the words."""
    find = _finder(forum)

    def find_hiding(actor: Actor, **address: int) -> Hiding | None:
        comment = find(actor, **address)
        return hiding_of(comment) if comment is not None else None

    return find_hiding
