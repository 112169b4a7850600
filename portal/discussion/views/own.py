"""The addresses of this feature's own: the public log of what moderators did, and the way to a comment by its number.
What every subject gets under its own address is in `under_subject` and `under_comment`."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.exports import listed
from ...core.routing import PUBLIC, Routes
from ..forums import forum_of, subject_of
from ..listings import LOG, outcome
from ..models import Comment, Hiding
from ..policy import Can
from ..words import REASON_WORD, rule_texts

routes = Routes("discussion")


@routes.get("/moderation", may=PUBLIC)
def moderation(actor: Actor) -> ResponseReturnValue:
    """Which rule was used when and by whom; never the words that were hidden."""
    return listed(
        LOG,
        actor,
        request.args,
        "discussion/moderation.html",
        reasons=REASON_WORD,
        rules=rule_texts(),
        outcome=outcome,
    )


@routes.get("/moderation/comments/<int:comment_id>", may=Can.MODERATE, of=Comment)
def moderate(_actor: Actor, comment: Comment) -> ResponseReturnValue:
    """From the list of what waits to the page where it is decided."""
    return redirect(_decision(comment))


@routes.get("/moderation/appeals/<int:comment_hiding_id>", may=Can.RULE, of=Hiding)
def appeal_waiting(_actor: Actor, hiding: Hiding) -> ResponseReturnValue:
    return redirect(f"{_comments(hiding)}/{hiding.comment_id}/hiding")


@routes.get("/comments/<int:comment_id>", may=Can.SEE, of=Comment)
def comment(_actor: Actor, comment: Comment) -> ResponseReturnValue:
    """The lasting address of a comment, for notices: its thread."""
    return redirect(f"{_comments(comment)}/{comment.reply_to_id or comment.id}/replies#comment-{comment.id}")


def _decision(comment: Comment) -> str:
    return f"{_comments(comment)}/{comment.id}/hiding"


def _comments(thing: Comment | Hiding) -> str:
    return forum_of(thing).comments(subject_of(thing).id)
