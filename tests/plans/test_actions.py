"""Publishing drafts and answering opinions, and what is refused."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.councils.actions.line import put_to_vote
from portal.councils.models import Topic
from portal.discussion.actions.moderating import hide_comment
from portal.discussion.actions.speaking import speak
from portal.discussion.models import Comment, UptakeAnswer
from portal.discussion.words import Reason, Uptake
from portal.plans.actions import Answer, answer_opinions, publish_draft
from portal.plans.models import Draft
from tests.world import NOW, World


def events(topic: Topic) -> list[str]:
    found = sa.select(Entry.name).where(Entry.subject == f"topic:{topic.id}").order_by(Entry.id)
    return [name for name in db.session.scalars(found) if name.startswith("plan_draft.")]


def test_drafts_are_numbered(deliberating: Topic, first: Draft, second: Draft) -> None:
    assert [(d.number, d.party, d.changes) for d in (first, second)] == [
        (1, "community", ""),
        (2, "committee", "加了扶手。"),
    ]
    assert events(deliberating) == ["plan_draft.published"] * 2


def test_the_same_key_gives_the_same_draft(world: World, deliberating: Topic, first: Draft) -> None:
    again = publish_draft(world.secretary, deliberating, body="换三块木板。", after=0, once="d1")
    assert again.id == first.id
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 1


@pytest.mark.parametrize("after", [0, 5, -1])
def test_who_did_not_see_the_newest_draft_does_not_pass_over_it(
    world: World, deliberating: Topic, first: Draft, after: int
) -> None:
    with pytest.raises(Conflict):
        publish_draft(world.chair, deliberating, body="拆掉。", changes="拆", after=after, once="x")


@pytest.mark.parametrize(
    ("body", "changes", "field"),
    [
        ("", "改了", "body"),
        ("换 三块木板。", "改了", "body"),
        ("拆掉。", " ", "changes"),
        ("长" * 6001, "改了", "body"),
    ],
)
def test_a_later_draft_says_what_is_different(
    world: World, deliberating: Topic, first: Draft, body: str, changes: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        publish_draft(world.chair, deliberating, body=body, changes=changes, after=1, once="x")
    assert refused.value.field == field


@pytest.mark.parametrize("who", ["owner", "tenant", "manager", "merchant"])
def test_others_write_no_draft(world: World, deliberating: Topic, who: str) -> None:
    with pytest.raises(NotAllowed):
        publish_draft(world.actor(who), deliberating, body="我来写。", after=0, once="x")


def test_another_community_finds_nothing(world: World, deliberating: Topic) -> None:
    with pytest.raises((NotVisible, NotAllowed)):
        publish_draft(world.neighbour, deliberating, body="我来写。", after=0, once="x")


def test_no_draft_once_the_vote_has_begun(world: World, deliberating: Topic, first: Draft) -> None:
    put_to_vote(world.secretary, deliberating, closes_at=NOW + timedelta(days=3))
    with pytest.raises(NotAllowed):
        publish_draft(world.secretary, deliberating, body="拆掉。", changes="拆", after=1, once="x")


def test_opinions_carry_what_became_of_them(
    world: World, deliberating: Topic, opinions: list[Comment], second: Draft
) -> None:
    a, b, c = opinions
    given = {a.id: Answer(Uptake.ADOPTED), b.id: Answer(Uptake.DECLINED, "塑木更贵。")}
    assert answer_opinions(world.chair, deliberating, answers=given, after=2) == 2
    assert [(o.uptake, o.draft) for o in (a, b, c)] == [
        (Uptake.ADOPTED, 2),
        (Uptake.DECLINED, 2),
        (None, None),
    ]
    assert (second.adopted, second.partly, second.declined) == (1, 0, 1)
    entry = db.session.scalars(sa.select(Entry).where(Entry.name == "plan_draft.opinions_answered")).one()
    assert entry.payload == {"number": 2, "answered": 2, "adopted": 1}


def test_the_same_answer_again_changes_nothing(
    world: World, deliberating: Topic, opinions: list[Comment], first: Draft
) -> None:
    given = {opinions[0].id: Answer(Uptake.PARTLY, "只装一边。")}
    assert answer_opinions(world.chair, deliberating, answers=given, after=1) == 1
    assert answer_opinions(world.secretary, deliberating, answers=given, after=1) == 0
    assert first.partly == 1
    assert events(deliberating).count("plan_draft.opinions_answered") == 1


def test_a_later_answer_takes_the_place_and_the_earlier_is_kept(
    world: World, deliberating: Topic, opinions: list[Comment], first: Draft
) -> None:
    opinion = opinions[0]
    answer_opinions(
        world.chair, deliberating, answers={opinion.id: Answer(Uptake.DECLINED, "没有钱。")}, after=1
    )
    answer_opinions(
        world.chair, deliberating, answers={opinion.id: Answer(Uptake.PARTLY, "装一边。")}, after=1
    )
    assert (first.declined, first.partly) == (0, 1)
    kept = (
        sa.select(UptakeAnswer.reason).where(UptakeAnswer.comment_id == opinion.id).order_by(UptakeAnswer.id)
    )
    assert list(db.session.scalars(kept)) == ["没有钱。", "装一边。"]
    second = publish_draft(
        world.chair, deliberating, body="换木板，装扶手。", changes="扶手", after=1, once="d2"
    )
    answer_opinions(world.chair, deliberating, answers={opinion.id: Answer(Uptake.ADOPTED)}, after=2)
    assert (first.partly, second.adopted) == (1, 1)


def test_one_wrong_answer_and_none_is_written(
    world: World, deliberating: Topic, opinions: list[Comment], first: Draft
) -> None:
    a, b, _c = opinions
    with pytest.raises(Invalid):
        answer_opinions(
            world.chair,
            deliberating,
            answers={a.id: Answer(Uptake.ADOPTED), b.id: Answer(Uptake.DECLINED)},
            after=1,
        )
    db.session.refresh(a)
    assert a.uptake is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(UptakeAnswer)) == 0


def test_what_cannot_be_answered(
    world: World, deliberating: Topic, opinions: list[Comment], first: Draft, raised: object
) -> None:
    other = raised("tenant", title="另一件事")  # type: ignore[operator]
    elsewhere = speak(world.owner, other, body="那边的话。", once="e")
    with pytest.raises(Invalid):
        answer_opinions(world.chair, deliberating, answers={elsewhere.id: Answer(Uptake.ADOPTED)}, after=1)
    reply = speak(world.owner, deliberating, body="同意。", once="r", reply_to_id=opinions[0].id)
    with pytest.raises(Conflict):
        answer_opinions(world.chair, deliberating, answers={reply.id: Answer(Uptake.ADOPTED)}, after=1)
    hide_comment(world.secretary, opinions[1], reason=Reason.ABUSE, note="骂人")
    with pytest.raises(Conflict):
        answer_opinions(world.chair, deliberating, answers={opinions[1].id: Answer(Uptake.ADOPTED)}, after=1)
    with pytest.raises(Invalid):
        answer_opinions(world.chair, deliberating, answers={2_000_000_000: Answer(Uptake.ADOPTED)}, after=1)


def test_no_answer_without_a_draft(world: World, deliberating: Topic, opinions: list[Comment]) -> None:
    with pytest.raises(Conflict):
        answer_opinions(world.chair, deliberating, answers={opinions[0].id: Answer(Uptake.ADOPTED)}, after=0)


def test_who_did_not_see_the_newest_draft_answers_nothing_on_it(
    world: World, deliberating: Topic, opinions: list[Comment], second: Draft
) -> None:
    with pytest.raises(Conflict):
        answer_opinions(world.chair, deliberating, answers={opinions[0].id: Answer(Uptake.ADOPTED)}, after=1)
    assert opinions[0].uptake is None
