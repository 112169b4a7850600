"""What one comment gets under its address, for its readers and its author."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.limits import limit
from ...core.pages import page, wants_fragment
from ...core.text import _
from .. import moderation, queries, rules
from ..actions.reporting import appeal, report_comment
from ..actions.speaking import agree, edit_comment, withdraw_agreement
from ..forms import AppealForm, EditForm, ReportForm
from ..forums import Forum, subject_of
from ..lines import line
from ..models import Comment
from ..paragraphs import paragraphs
from ..talk import Talk
from ..words import REASON_WORD, Reason, rule_texts


def _talk(forum: Forum, actor: Actor, comment: Comment) -> Talk:
    return Talk(actor, forum, subject_of(comment))


def _back(forum: Forum, comment: Comment) -> ResponseReturnValue:
    """To the comment: on the subject's page, or in its thread if it answers another."""
    subject = subject_of(comment)
    if comment.reply_to_id:
        thread = f"{forum.comments(subject.id)}/{comment.reply_to_id}/replies"
        return redirect(f"{thread}#comment-{comment.id}", 303)
    return redirect(f"{forum.page(subject)}#comment-{comment.id}", 303)


def replies(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    """The thread: a comment, its replies a page at a time, and the form to answer."""
    talk = _talk(forum, actor, comment)
    after = request.args.get("after", "")
    rows = queries.replies(actor, comment.id, int(after) if after.isdecimal() and len(after) < 10 else 0)
    shown = [line(actor, forum, row) for row in rows[: rules.PAGE]]
    top = line(actor, forum, queries.one(actor, comment.id))._replace(replies=shown, unseen=0)
    rest = f"?after={shown[-1].id}" if len(rows) > rules.PAGE else ""
    return page("discussion/thread.html", talk=talk, top=top, rest=rest)


def agreement(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    """The comment as it stands now: alone for a fragment, else in its place."""
    if not wants_fragment():
        return _back(forum, comment)
    row = line(actor, forum, queries.one(actor, comment.id))
    return page("discussion/comments.html", talk=_talk(forum, actor, comment), row=row)


def change_agreement(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    """Agree, or with `agree=no` take it back; the form says which, so that a double post changes nothing."""
    verb = withdraw_agreement if request.form.get("agree") == "no" else agree
    verb(actor, comment)
    return redirect(f"{forum.comments(subject_of(comment).id)}/{comment.id}/agreement", 303)


def edit(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    form = EditForm(body=comment.body, version=comment.version)
    return page("discussion/edit.html", talk=_talk(forum, actor, comment), comment=comment, form=form)


def change(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    form = EditForm()
    if form.validate_on_submit():
        edit_comment(actor, comment, body=form.body.data, version=form.version.data or 0)
        flash(_("改好了。"))
        return _back(forum, comment)
    talk = _talk(forum, actor, comment)
    return page("discussion/edit.html", 422, block="edit_form", talk=talk, comment=comment, form=form)


def report(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    return _report(forum, actor, comment, ReportForm())


def file_report(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    form = ReportForm()
    if form.validate_on_submit():
        limit("report", str(actor.id), *rules.PACE)
        report_comment(actor, comment, reason=Reason(form.reason.data), note=form.note.data)
        flash(_("收到了。社区会按规则来看，谢谢您。"))
        return _back(forum, comment)
    return _report(forum, actor, comment, form, 422, "report_form")


def _report(
    forum: Forum,
    actor: Actor,
    comment: Comment,
    form: ReportForm,
    status: int = 200,
    block: str | None = None,
) -> ResponseReturnValue:
    row = line(actor, forum, queries.one(actor, comment.id))
    values = {"talk": _talk(forum, actor, comment), "line": row, "form": form, "rules": rule_texts()}
    return page("discussion/report.html", status, block, **values)


def appeal_page(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    """What the author of a hidden comment reads: the rule, the note, and where to object."""
    return _appeal(forum, actor, comment, AppealForm(), 200)


def file_appeal(forum: Forum, actor: Actor, comment: Comment) -> ResponseReturnValue:
    form = AppealForm()
    if form.validate_on_submit():
        with form.catching():
            appeal(actor, comment, note=form.note.data)
            flash(_("申诉已送到。会由另一位工作人员答复您。"))
            return redirect(f"{forum.comments(subject_of(comment).id)}/{comment.id}/appeal", 303)
    return _appeal(forum, actor, comment, form, 422)


def _appeal(
    forum: Forum, actor: Actor, comment: Comment, form: AppealForm, status: int
) -> ResponseReturnValue:
    values = {
        "talk": _talk(forum, actor, comment),
        "comment": comment,
        "hiding": moderation.hidings(comment.id)[0],
        "text": paragraphs(comment.body),
        "reasons": REASON_WORD,
        "rules": rule_texts(),
        "form": form,
    }
    return page("discussion/appeal.html", status, "appeal_form" if status == 422 else None, **values)
