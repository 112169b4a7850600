"""What one comment gets under its address for moderators: reports, decisions, and the original on record."""

from typing import Any

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.db import db
from ...core.pages import page
from ...core.text import _
from .. import moderation, queries
from ..actions.moderating import hide_comment, keep_comment, read_original, restore_comment, rule_on_appeal
from ..forms import HidingForm, RulingForm
from ..forums import Forum, subject_of
from ..lines import line
from ..models import Comment, Hiding
from ..paragraphs import paragraphs
from ..policy import Can
from ..talk import Talk
from ..words import REASON_WORD, Reason, rule_texts


def decision(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    """The page where a comment is kept, hidden, restored or an appeal is answered."""
    return _page(forum, actor, comment)


def original(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    """The same page with the words of the hidden comment; reading them is on record."""
    return _page(forum, actor, comment, original=paragraphs(read_original(actor, comment)))


def hide(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    form = HidingForm()
    if form.validate_on_submit():
        hide_comment(actor, comment, reason=Reason(form.reason.data), note=form.note.data)
        flash(_("已隐藏，原文还在。写的人会看到理由，可以申诉。"))
        return _there(forum, comment)
    return _page(forum, actor, comment, 422, form=form)


def keep(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    keep_comment(actor, comment)
    flash(_("发言保留，举报已经看过。"))
    return _there(forum, comment)


def restore(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    restore_comment(actor, comment)
    flash(_("已恢复显示。"))
    return _there(forum, comment)


def rule(forum: Forum, actor: Actor, hiding: Hiding) -> ResponseReturnValue:
    """Answer the objection to the present hiding."""
    comment = db.session.get_one(Comment, hiding.comment_id)
    form = RulingForm()
    if form.validate_on_submit():
        rule_on_appeal(actor, hiding, upheld=form.ruling.data == "uphold", answer=form.answer.data)
        flash(_("申诉已答复。"))
        return _there(forum, comment)
    return _page(forum, actor, comment, 422, ruling=form)


def _there(forum: Forum, comment: Comment) -> ResponseReturnValue:
    return redirect(f"{forum.comments(subject_of(comment).id)}/{comment.id}/hiding", 303)


def _page(
    forum: Forum, actor: Actor, comment: Comment, status: int = 200, **more: Any
) -> ResponseReturnValue:
    case = moderation.case(comment.id)
    may = {verb: access.may(actor, verb, comment) for verb in (Can.KEEP, Can.HIDE, Can.RESTORE)}
    waiting = next((h for h in case.hidings if h.appealed_at and not h.ruled_at and not h.lifted_at), None)
    values: dict[str, Any] = {
        "talk": Talk(actor, forum, subject_of(comment)),
        "comment": comment,
        "line": line(actor, forum, queries.one(actor, comment.id)),
        "case": case,
        "original": None,
        "may": {verb.name.lower(): verdict for verb, verdict in may.items()},
        "reasons": REASON_WORD,
        "rules": rule_texts(),
        "waiting": waiting,
        "may_rule": _may_rule(actor, waiting),
        "form": HidingForm(),
        "ruling": RulingForm(),
    }
    return page("discussion/hiding.html", status, **(values | more))


def _may_rule(actor: Actor, waiting: Any) -> Any:
    return access.may(actor, Can.RULE, db.session.get_one(Hiding, waiting.id)) if waiting else None
