"""Saying something, mending it, agreeing with it."""

from typing import Any

import sqlalchemy as sa

from ...core.access import containing
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record, reference
from ...core.text import _
from ...places.models import Place, PlaceKind
from .. import rules
from ..events import AgreementWithdrawn, CommentAgreed, CommentEdited, CommentMade
from ..models import Agreement, Comment, PartyCount, Revision
from ..policy import Can
from ..words import CommentState


@action(Can.SPEAK)
def speak(
    actor: Actor,
    subject: Any,
    *,
    body: str,
    once: str,
    reply_to_id: int | None = None,
    seen: int | None = None,
    asks: bool = False,
) -> Comment:
    """Say something on a subject, or answer a comment on it; `asks`: it is a question to the parties. The same `once`
    again gives the first comment. `seen`: the version of the comment that the answer was written to.

    The subject is held alone, not shared: its counter is changed, and two holders in common would wait for
    each other. Raises Invalid for an empty or too long text, and for an answer to something else or to words
    that were changed meanwhile.
    """
    assert actor.id is not None
    if said := made(Comment, once, author_id=actor.id):
        return said
    parent = _answered(subject, reply_to_id, seen) if reply_to_id else None
    comment = Comment(
        subject=reference(subject),
        place_path=subject.place_path,
        author_id=actor.id,
        entered_by_id=actor.entered_by,
        party=actor.party,
        home=_building(actor),
        body=_checked(body),
        reply_to_id=parent.id if parent else None,
        asks=asks and parent is None,
        once=once,
        created_at=actor.now,
        editable_until=actor.now + rules.EDITABLE,
        moved_at=actor.now,
    )
    store(comment)
    _count(subject, comment, parent)
    record(actor, comment, CommentMade(comment.reply_to_id))
    return comment


@action(Can.EDIT)
def edit_comment(actor: Actor, comment: Comment, *, body: str, version: int) -> None:
    """Mend one's own words; what stood there is kept. Raises Conflict if `version` is no longer the newest, or if
    somebody has answered or agreed: what others said, they said to the old words."""
    if version != comment.version:
        raise Conflict(_("您在别的窗口已经改过了，请刷新看看。"))
    if rules.taken_up(comment.replies, comment.agreements, comment.uptake):
        raise Conflict(_("已经有人回复或者同意了，文字不能再改，可以再写一条补充。"))
    new = _checked(body)
    if new == comment.body:
        return
    store(Revision(comment_id=comment.id, version=version, body=comment.body, replaced_at=actor.now))
    comment.body, comment.version, comment.edited_at = new, version + 1, actor.now
    record(actor, comment, CommentEdited(comment.version))


@action(Can.AGREE)
def agree(actor: Actor, comment: Comment) -> None:
    """Agree with a comment; a second time changes nothing."""
    assert actor.id is not None
    if db.session.get(Agreement, (comment.id, actor.id)):
        return
    store(Agreement(comment_id=comment.id, user_id=actor.id, at=actor.now))
    comment.agreements += 1
    record(actor, comment, CommentAgreed(comment.agreements))


@action(Can.AGREE)
def withdraw_agreement(actor: Actor, comment: Comment) -> None:
    """Take one's agreement back; without one nothing happens."""
    mine = db.session.get(Agreement, (comment.id, actor.id))
    if mine is None:
        return
    db.session.delete(mine)
    comment.agreements -= 1
    record(actor, comment, AgreementWithdrawn(comment.agreements))


def _checked(body: str) -> str:
    text = body.replace("\0", "").strip()
    if not text:
        raise Invalid(_("还没有写内容。"), "body")
    if len(text) > rules.MOST:
        over = len(text) - rules.MOST
        raise Invalid(_("多了 %(over)d 个字，最多 %(most)d 个。", over=over, most=rules.MOST), "body")
    return text


def _answered(subject: Any, id: int, seen: int | None) -> Comment:
    """The comment that an answer belongs under: an answer to an answer stands beside it. It is held, so that nobody
    changes what is being answered."""
    found = db.session.get(Comment, id)
    if found is None or found.subject != reference(subject):
        raise Invalid(_("没有找到您要回复的发言，请刷新页面看看。"))
    if found.state is CommentState.HIDDEN:
        raise Conflict(_("您要回复的发言已经隐藏。"))
    lock(found)
    if seen is not None and found.version != seen:
        raise Invalid(_("您要回复的话刚刚改过。请看看现在怎么写的，再发表。"), "body")
    return db.session.get_one(Comment, found.reply_to_id) if found.reply_to_id else found


def _building(actor: Actor) -> str:
    """The name of the building of the author's first home."""
    if not actor.homes:
        return ""
    above = Place.place_path.in_(containing(actor.homes[0]))
    name = db.session.scalar(sa.select(Place.name).where(above, Place.kind == PlaceKind.BUILDING))
    return name or ""


def _count(subject: Any, comment: Comment, parent: Comment | None) -> None:
    """Counters on the subject, the party and the comment answered; by SQL, since others may have read them."""
    model = type(subject)
    if hasattr(model, "comments_count"):
        more = {"comments_count": model.comments_count + 1}
        db.session.execute(sa.update(model).where(model.id == subject.id).values(more))
    if parent is not None:
        answers = sa.update(Comment).where(Comment.id == parent.id).values(replies=Comment.replies + 1)
        db.session.execute(answers)
        return
    mine = sa.and_(PartyCount.subject == comment.subject, PartyCount.party == comment.party)
    more_of_party = sa.update(PartyCount).where(mine).values(comments=PartyCount.comments + 1)
    if not db.session.execute(more_of_party).rowcount:  # type: ignore[attr-defined]
        store(PartyCount(subject=comment.subject, party=comment.party, comments=1))
