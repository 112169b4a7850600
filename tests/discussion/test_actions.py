"""What may be done with comments, by whom, and what is on record."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import access, waiting
from portal.core.actor import Actor
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.discussion.actions.moderating import (
    hide_comment,
    keep_comment,
    read_original,
    restore_comment,
    rule_on_appeal,
)
from portal.discussion.actions.reporting import appeal, hiding_of, report_comment
from portal.discussion.actions.speaking import agree, edit_comment, speak, withdraw_agreement
from portal.discussion.models import Appeal, Comment, Hiding, PartyCount, Revision
from portal.discussion.policy import Can
from portal.discussion.words import CommentState, Reason
from tests.discussion.subject import Poster, PosterState, put_up, set_state
from tests.world import World

S = CommentState


def say(actor: Actor, poster: Poster, body: str = "路灯又不亮了。", **more: Any) -> Comment:
    count = db.session.scalar(sa.select(sa.func.count()).select_from(Comment))
    return speak(actor, poster, body=body, once=f"key-{count}", **more)


def state(comment: Comment) -> CommentState:
    """As it is now; a call, so that the type checker does not remember what it was before."""
    return comment.state


def events() -> list[str]:
    return list(db.session.scalars(sa.select(Entry.name).order_by(Entry.id)))


def test_speaking_records_who_from_where_for_which_party_and_counts(world: World, poster: Poster) -> None:
    said = say(world.owner, poster)
    say(world.manager, poster, "明天修。")
    assert (said.subject, said.party, said.home, said.state) == (
        f"poster:{poster.id}",
        "resident",
        "12号楼",
        S.SHOWN,
    )
    db.session.refresh(poster)
    assert poster.comments_count == 2
    counts = db.session.execute(sa.select(PartyCount.party, PartyCount.comments).order_by(PartyCount.party))
    assert [tuple(c) for c in counts] == [("property", 1), ("resident", 1)]
    assert events() == ["comment.made", "comment.made"]


def test_a_double_post_is_one_comment(world: World, poster: Poster) -> None:
    first = speak(world.owner, poster, body="一遍", once="same")
    again = speak(world.owner, poster, body="一遍", once="same")
    other = speak(world.tenant, poster, body="别人", once="same")
    db.session.refresh(poster)
    assert first.id == again.id != other.id
    assert poster.comments_count == 2


@pytest.mark.parametrize("body", ["", "   \n ", "字" * 501])
def test_empty_and_too_long_are_refused(world: World, poster: Poster, body: str) -> None:
    with pytest.raises(Invalid) as refusal:
        say(world.owner, poster, body)
    assert refusal.value.field == "body"
    assert events() == []


def test_visitors_and_other_communities_do_not_speak(world: World, poster: Poster) -> None:
    with pytest.raises(NotAllowed):
        say(world.visitor, poster)
    with pytest.raises(NotVisible):
        say(world.neighbour, poster)


def test_after_the_end_nobody_speaks_or_agrees(world: World, poster: Poster) -> None:
    said = say(world.owner, poster)
    set_state(poster, PosterState.DOWN)
    with pytest.raises(NotAllowed, match="已经结束"):
        say(world.tenant, poster)
    with pytest.raises(NotAllowed, match="已经结束"):
        agree(world.tenant, said)


def test_an_answer_to_an_answer_stands_beside_it(world: World, poster: Poster) -> None:
    top = say(world.owner, poster)
    first = say(world.manager, poster, "明天修。", reply_to_id=top.id)
    second = say(world.owner, poster, "谢谢。", reply_to_id=first.id)
    db.session.refresh(top)
    assert second.reply_to_id == top.id
    assert top.replies == 2
    assert db.session.scalar(sa.select(PartyCount.comments)) == 1


def test_answers_stay_on_their_subject(world: World, poster: Poster) -> None:
    elsewhere = put_up(world.paths["building"])
    said = say(world.owner, elsewhere)
    with pytest.raises(Invalid):
        say(world.tenant, poster, reply_to_id=said.id)
    hide_comment(world.secretary, said, reason=Reason.ABUSE)
    with pytest.raises(Conflict):
        say(world.tenant, elsewhere, reply_to_id=said.id)


def test_agreeing_counts_once_and_not_for_oneself(world: World, poster: Poster) -> None:
    said = say(world.owner, poster)
    for actor in (world.tenant, world.tenant, world.chair):
        agree(actor, said)
    withdraw_agreement(world.tenant, said)
    withdraw_agreement(world.tenant, said)
    assert said.agreements == 1
    with pytest.raises(NotAllowed):
        agree(world.owner, said)
    assert events()[1:] == ["comment.agreed", "comment.agreed", "comment.agreement_withdrawn"]


def test_the_author_mends_his_words_for_15_minutes_and_the_old_ones_stay(
    world: World, poster: Poster
) -> None:
    said = say(world.owner, poster, "写借了")
    edit_comment(world.owner, said, body="写错了", version=1)
    assert (said.body, said.version, said.edited_at) == ("写错了", 2, said.created_at)
    assert db.session.get_one(Revision, (said.id, 1)).body == "写借了"
    with pytest.raises(Conflict):
        edit_comment(world.owner, said, body="又改", version=1)
    with pytest.raises(NotAllowed):
        edit_comment(world.tenant, said, body="改别人的", version=2)
    late = replace(world.owner, now=said.created_at + timedelta(minutes=15))
    with pytest.raises(NotAllowed, match="15 分钟"):
        edit_comment(late, said, body="晚了", version=2)


def test_nobody_answers_words_that_were_changed_meanwhile(world: World, poster: Poster) -> None:
    asked = say(world.owner, poster, "换板期间老人能从北门走吗？", asks=True)
    edit_comment(world.owner, asked, body="还免一年物业费，对吗？", version=1)
    with pytest.raises(Invalid, match="刚刚改过"):
        say(world.manager, poster, "能，我们保证。", reply_to_id=asked.id, seen=1)
    assert say(world.manager, poster, "不免。", reply_to_id=asked.id, seen=2).reply_to_id == asked.id


def test_what_others_answered_or_agreed_to_is_not_mended(world: World, poster: Poster) -> None:
    asked = say(world.owner, poster, "换板期间老人能从北门走吗？", asks=True)
    say(world.manager, poster, "能，我们保证。", reply_to_id=asked.id)
    with pytest.raises(Conflict, match="不能再改"):
        edit_comment(world.owner, asked, body="还免一年物业费，对吗？", version=1)
    liked = say(world.owner, poster, "请用国产木板。")
    agree(world.tenant, liked)
    with pytest.raises(Conflict, match="不能再改"):
        edit_comment(world.owner, liked, body="请免三年物业费。", version=1)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Revision)) == 0


def test_three_reports_of_different_people_bring_it_to_the_moderators(world: World, poster: Poster) -> None:
    said = say(world.owner, poster)
    for actor in (world.tenant, world.tenant, world.chair):
        report_comment(actor, said, reason=Reason.OFF_TOPIC)
    assert state(said) is S.SHOWN
    assert not waiting.waiting_for(world.secretary)
    report_comment(world.merchant, said, reason=Reason.ABUSE)
    assert state(said) is S.REPORTED
    waits = [w for w in waiting.waiting_for(world.secretary) if w.kind == "reported_comment"]
    assert [(w.subject_id, w.due) for w in waits] == [(said.id, said.created_at + timedelta(hours=24))]
    assert not [w for w in waiting.waiting_for(world.manager) if w.kind == "reported_comment"]
    assert not [w for w in waiting.waiting_for(world.other_secretary) if w.kind == "reported_comment"]


def test_somebody_elses_phone_number_needs_one_report(world: World, poster: Poster) -> None:
    said = say(world.owner, poster, "打他电话 19900001234")
    report_comment(world.tenant, said, reason=Reason.PERSONAL_DATA)
    assert state(said) is S.REPORTED


def test_nobody_reports_himself_and_visitors_do_not_report(world: World, poster: Poster) -> None:
    said = say(world.owner, poster)
    for actor in (world.owner, world.visitor):
        with pytest.raises(NotAllowed):
            report_comment(actor, said, reason=Reason.ABUSE)
    with pytest.raises(NotVisible):
        report_comment(world.neighbour, said, reason=Reason.ABUSE)


def test_kept_after_reports_it_needs_new_reports(world: World, poster: Poster) -> None:
    said = say(world.owner, poster)
    report_comment(world.tenant, said, reason=Reason.ILLEGAL)
    keep_comment(world.worker, said)
    assert state(said) is S.SHOWN
    assert said.look_by is None
    report_comment(world.tenant, said, reason=Reason.ILLEGAL)
    report_comment(world.chair, said, reason=Reason.ABUSE)
    assert state(said) is S.SHOWN
    with pytest.raises(NotAllowed):
        keep_comment(world.worker, said)


def test_hiding_keeps_the_original_and_restoring_shows_it(world: World, poster: Poster) -> None:
    said = say(world.owner, poster, "你这个笨蛋")
    hiding = hide_comment(world.worker, said, reason=Reason.ABUSE, note="请就事论事")
    assert (said.state, said.body) == (S.HIDDEN, "你这个笨蛋")
    assert (hiding.by_id, hiding.party, hiding.reason) == (world.ids["worker"], "community", Reason.ABUSE)
    with pytest.raises(NotAllowed):
        hide_comment(world.worker, said, reason=Reason.ABUSE)
    assert read_original(world.secretary, said) == "你这个笨蛋"
    restore_comment(world.secretary, said)
    assert state(said) is S.SHOWN
    assert hiding.lifted_by_id == world.ids["secretary"]
    assert hiding_of(said) is None
    assert events()[1:] == ["comment.hidden", "comment.original_read", "comment.restored"]
    written = db.session.scalars(sa.select(Entry)).all()
    assert all("笨蛋" not in str(e.payload) and e.visibility == "staff" for e in written)


@pytest.mark.parametrize("who", ["owner", "chair", "manager", "visitor"])
def test_who_does_not_moderate(world: World, poster: Poster, who: str) -> None:
    said = say(world.tenant, poster)
    with pytest.raises(NotAllowed):
        hide_comment(world.actor(who), said, reason=Reason.ABUSE)
    with pytest.raises(NotAllowed):
        read_original(world.actor(who), said)


def test_a_moderator_does_not_judge_his_own_words(world: World, poster: Poster) -> None:
    said = say(world.secretary, poster)
    report_comment(world.owner, said, reason=Reason.ILLEGAL)
    for verb in (
        lambda: hide_comment(world.secretary, said, reason=Reason.ABUSE),
        lambda: keep_comment(world.secretary, said),
    ):
        with pytest.raises(NotAllowed, match="另一位"):
            verb()
    assert not [w for w in waiting.waiting_for(world.secretary) if w.kind == "reported_comment"]
    assert [w for w in waiting.waiting_for(world.worker) if w.kind == "reported_comment"]


def test_an_appeal_is_answered_by_somebody_else_and_made_once(world: World, poster: Poster) -> None:
    said = say(world.owner, poster)
    hiding = hide_comment(world.worker, said, reason=Reason.RUMOUR)
    with pytest.raises(NotAllowed):
        appeal(world.tenant, said, note="替他说话")
    appeal(world.owner, said, note="有照片为证")
    with pytest.raises(Conflict):
        appeal(world.owner, said, note="再说一遍")
    with pytest.raises(NotAllowed, match="另一位"):
        rule_on_appeal(world.worker, hiding, upheld=True)
    assert not [w for w in waiting.waiting_for(world.worker) if w.kind == "comment_appeal"]
    assert [w.subject_id for w in waiting.waiting_for(world.secretary) if w.kind == "comment_appeal"] == [
        hiding.id
    ]
    rule_on_appeal(world.secretary, hiding, upheld=False, answer="确实有照片")
    assert state(said) is S.SHOWN
    with pytest.raises(Conflict):
        rule_on_appeal(world.secretary, hiding, upheld=True)
    assert events()[-3:] == ["comment.appealed", "comment.appeal_ruled", "comment.restored"]


def test_an_upheld_appeal_leaves_it_hidden(world: World, poster: Poster) -> None:
    said = say(world.owner, poster)
    hiding = hide_comment(world.worker, said, reason=Reason.RUMOUR)
    appeal(world.owner, said, note="不服")
    rule_on_appeal(world.secretary, hiding, upheld=True, answer="查过了")
    assert state(said) is S.HIDDEN
    restore_comment(world.worker, said)
    assert db.session.get_one(Appeal, hiding.id).upheld is True


def test_restoring_settles_an_appeal_that_waits(world: World, poster: Poster) -> None:
    said = say(world.owner, poster)
    hiding = hide_comment(world.worker, said, reason=Reason.RUMOUR)
    appeal(world.owner, said, note="不服")
    restore_comment(world.worker, said)
    assert db.session.get_one(Appeal, hiding.id).upheld is False
    assert not [w for w in waiting.waiting_for(world.secretary) if w.kind == "comment_appeal"]


PEOPLE = [
    "secretary",
    "worker",
    "manager",
    "chair",
    "owner",
    "tenant",
    "neighbour",
    "other_secretary",
    "visitor",
]


@pytest.mark.parametrize("who", PEOPLE)
def test_check_and_clause_agree(world: World, poster: Poster, who: str) -> None:
    """For every person, permission and state: the rows of the clause are those that the check allows."""
    shown = say(world.owner, poster)
    reported = say(world.tenant, poster)
    report_comment(world.owner, reported, reason=Reason.ILLEGAL)
    hidden = say(world.secretary, poster)
    hide_comment(world.worker, hidden, reason=Reason.ABUSE)
    actor = world.actor(who)
    for verb in Can:
        if verb in (Can.READ, Can.SPEAK, Can.SEE_LOG, Can.RULE):
            continue
        found = set(db.session.scalars(sa.select(Comment.id).where(access.rows(actor, Comment, verb))))
        things = [c for c in (shown, reported, hidden) if access.may(actor, Can.SEE, c)]
        assert found == {c.id for c in things if access.may(actor, verb, c)}, verb
    ruled = set(db.session.scalars(sa.select(Hiding.id).where(access.rows(actor, Hiding, Can.RULE))))
    assert ruled == {h.id for h in db.session.scalars(sa.select(Hiding)) if access.may(actor, Can.RULE, h)}
