"""What a subject gets under its address: the list of its comments and the way to add one."""

from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.limits import limit
from ...core.pages import page, wants_fragment
from ...core.text import _
from .. import queries
from ..actions.speaking import speak
from ..forms import CommentForm
from ..forums import Forum
from ..lines import line
from ..rules import PACE
from ..talk import Talk


def index(forum: Forum, actor: Actor, subject: Any) -> ResponseReturnValue:
    """The list seen by party, in another order, or from further on; without such a wish, the subject's page.

    After a comment was made, `fresh` is its number.
    """
    talk = Talk(actor, forum, subject, request.args)
    asked = any(key in request.args for key in ("party", "order", "after"))
    if not asked and not wants_fragment():
        fresh = request.args.get("fresh", "")
        place = f"comment-{fresh}" if fresh.isdigit() else forum.anchor
        return redirect(f"{forum.page(subject)}#{place}", 303)
    return page("discussion/comments.html", talk=talk, row=talk.voices[0] if talk.after else None)


def create(forum: Forum, actor: Actor, subject: Any) -> ResponseReturnValue:
    """Say something; an answer leads to its thread, anything else to the discussion."""
    form = CommentForm()
    parent = form.answered
    if form.validate_on_submit():
        limit("comment", str(actor.id), *PACE)
        with form.catching():
            said = speak(
                actor,
                subject,
                body=form.body.data,
                once=form.once.data,
                reply_to_id=parent,
                seen=form.seen.data,
                asks=form.asks.data,
            )
            flash(_("已经发表，邻居都看得到了。"))
            base = forum.comments(subject.id)
            if said.reply_to_id:
                return redirect(f"{base}/{said.reply_to_id}/replies#comment-{said.id}", 303)
            return redirect(f"{base}?fresh={said.id}", 303)
    return refused(forum, actor, subject, form, parent)


def refused(
    forum: Forum, actor: Actor, subject: Any, form: CommentForm, parent: int | None
) -> ResponseReturnValue:
    """The form with what is wrong, on the page of the thread or of the list."""
    talk = Talk(actor, forum, subject)
    values: dict[str, Any] = {"talk": talk, "form": form}
    row = queries.maybe(actor, talk.key, parent) if parent else None
    if row is None:
        return page("discussion/comments.html", 422, block="comment_form", **values)
    values |= {"top": line(actor, forum, row), "rest": ""}
    return page("discussion/thread.html", 422, block="comment_form", **values)
