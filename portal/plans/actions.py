"""Publishing a draft, and saying what became of opinions."""

from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa

from ..core.actions import action, made, store
from ..core.actor import Actor
from ..core.db import db, lock
from ..core.errors import Conflict, Invalid, Unmet
from ..core.eventlog import record
from ..core.text import _
from ..councils.models import Topic
from ..councils.words import Party
from ..discussion.actions.answering import answer_opinion, latest_answer
from ..discussion.models import Comment
from ..discussion.words import Uptake
from . import rules
from .events import DraftPublished, OpinionsAnswered
from .models import Draft
from .policy import Can


class Answer(NamedTuple):
    """What became of one opinion."""

    uptake: Uptake
    reason: str = ""


@action(Can.WRITE)
def publish_draft(
    actor: Actor,
    topic: Topic,
    *,
    body: str,
    changes: str = "",
    cost: int | None = None,
    after: int,
    once: str,
) -> Draft:
    """Publish the next wording of the plan; `after` is the number of the draft that its writer had before him.

    The same `once` again gives the first one. Raises Conflict if somebody else published in between, Invalid for an
    empty or unchanged text and for a later draft that does not say what is different.
    """
    assert actor.id is not None
    if published := made(Draft, once, by_id=actor.id):
        return published
    latest = _latest(topic)
    if (latest.number if latest else 0) != after:
        raise Conflict(
            Unmet(_("别人刚出了新的一稿，请看过再写。您写的字还在。"), f"/topics/{topic.id}/drafts")
        )
    _check(body, changes, latest)
    draft = Draft(
        topic_id=topic.id,
        place_path=topic.place_path,
        number=after + 1,
        body=body,
        changes=changes if latest else "",
        cost=cost,
        by_id=actor.id,
        party=Party(actor.party),
        once=once,
        at=actor.now,
    )
    store(draft)
    record(actor, topic, DraftPublished(draft.id, draft.number, draft.party))
    return draft


@action(Can.WRITE)
def answer_opinions(actor: Actor, topic: Topic, *, answers: Mapping[int, Answer], after: int) -> int:
    """Say of opinions (by the number of their comments) what the newest draft made of them; returns how many changed.
    `after` is the number of the draft that the writer had before him.

    An answer that stands already is passed over. Raises Conflict without a draft or for a hidden opinion, Invalid for
    one on another subject and for a missing reason; then none is written.
    """
    draft = _latest(topic)
    if draft is None:
        raise Conflict(Unmet(_("还没有方案稿，先写第一稿再答复意见。"), f"/topics/{topic.id}/drafts/new"))
    lock(draft)
    if draft.number != after:
        raise Conflict(
            Unmet(_("别人刚出了新的一稿，请看过再答复。您写的字还在。"), f"/topics/{topic.id}/drafts")
        )
    given = []
    for id, answer in sorted(answers.items()):
        comment = db.session.get(Comment, id, with_for_update=True, populate_existing=True)
        if comment is None or comment.subject != f"topic:{topic.id}":
            raise Invalid(_("没有找到这条意见，请刷新页面看看。"))
        if latest_answer(comment) == (draft.number, answer.uptake, answer.reason):
            continue
        _uncount(draft, comment)
        answer_opinion(actor, comment, draft=draft.number, uptake=answer.uptake, reason=answer.reason)
        _count(draft, answer.uptake, 1)
        given.append(answer.uptake)
    if given:
        taken = sum(uptake is not Uptake.DECLINED for uptake in given)
        record(actor, topic, OpinionsAnswered(draft.number, len(given), taken))
    return len(given)


def _latest(topic: Topic) -> Draft | None:
    found = sa.select(Draft).where(Draft.topic_id == topic.id).order_by(Draft.number.desc()).limit(1)
    return db.session.scalar(found)


def _check(body: str, changes: str, latest: Draft | None) -> None:
    if not body.strip():
        raise Invalid(_("请写方案。"), "body")
    if len(body) > rules.MOST:
        raise Invalid(
            _("多了 %(over)d 个字，最多 %(most)d 个。", over=len(body) - rules.MOST, most=rules.MOST), "body"
        )
    if latest is None:
        return
    if rules.same_wording(latest.body, body):
        raise Invalid(_("和上一稿一字不差，没有要公布的。"), "body")
    if not changes.strip():
        raise Invalid(_("请写一句这一稿改了什么。"), "changes")


def _count(draft: Draft, uptake: Uptake, by: int) -> None:
    setattr(draft, uptake.value, getattr(draft, uptake.value) + by)


def _uncount(draft: Draft, comment: Comment) -> None:
    """A second answer in the same draft takes the place of the first."""
    if comment.uptake is not None and comment.draft == draft.number:
        _count(draft, comment.uptake, -1)
