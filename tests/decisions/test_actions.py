"""The verbs of decisions, and all that can be wrong when they are called."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import ticks
from portal.core.actor import system
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.councils.actions.line import put_to_vote, settle
from portal.councils.models import Council, Topic
from portal.councils.words import TopicState
from portal.decisions.actions.objecting import answer_objection, object_to
from portal.decisions.actions.posting import post_decision, revoke_decision, take_due_effect, take_effect
from portal.decisions.actions.recording import amend_decision
from portal.decisions.models import Decision, Objection
from portal.decisions.words import Basis, DecisionState
from portal.voting.actions.casting import cast_ballot
from portal.voting.actions.closing import certify_poll, close_poll
from portal.voting.actions.opening import draft_poll, open_poll
from portal.voting.words import Outcome
from tests.decisions.conftest import UNTIL, Record, at
from tests.world import NOW, World

S = DecisionState
AFTER = NOW + timedelta(days=7, hours=1)


def names(story: str) -> list[str]:
    return list(db.session.scalars(sa.select(Entry.name).where(Entry.story == story).order_by(Entry.id)))


def test_a_consensus_settles_the_topic(record: Record, deliberating: Topic) -> None:
    decision = record()
    assert (decision.state, deliberating.state) == (S.DRAFT, TopicState.DECIDED)
    assert (decision.number, decision.place_label) == ("决〔2026〕001号", deliberating.place_label)
    assert names(f"topic:{deliberating.id}")[-2:] == ["topic.decided", "decision.recorded"]


def test_a_topic_settled_by_its_poll_is_not_moved_again(
    world: World, record: Record, deliberating: Topic
) -> None:
    settle(world.secretary, deliberating)
    record()
    assert deliberating.state is TopicState.DECIDED


def test_a_topic_in_the_middle_of_its_vote_has_no_decision(
    world: World, record: Record, deliberating: Topic
) -> None:
    put_to_vote(world.secretary, deliberating, closes_at=UNTIL)
    with pytest.raises(Conflict, match="核定"):
        record()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Decision)) == 0


def test_a_certified_poll_is_a_basis(world: World, record: Record, deliberating: Topic) -> None:
    poll = draft_poll(
        world.secretary, deliberating, question="修不修？", options=["修", "不修"], closes_at=UNTIL, once="p"
    )
    open_poll(world.secretary, poll)
    cast_ballot(world.owner, poll, choices=(0,), once="b")
    with at(UNTIL):
        close_poll(world.secretary, poll)
        with pytest.raises(Invalid):
            record(basis=Basis.POLL)
        certify_poll(world.secretary, poll, outcome=Outcome.SETTLED)
        decision = record(basis=Basis.POLL, basis_note="")
    assert (decision.poll_id, deliberating.state) == (poll.id, TopicState.DECIDED)


def test_a_topic_not_yet_at_the_table_has_no_decision(record: Record, raised: Callable[..., Topic]) -> None:
    with pytest.raises(Conflict):
        record(about=raised("tenant"), once="early")


def test_the_same_key_gives_the_same_decision(record: Record) -> None:
    assert record().id == record().id
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Decision)) == 1


def test_a_topic_has_one_standing_decision(record: Record, world: World) -> None:
    first = record()
    with pytest.raises(Conflict) as refused:
        record(once="again")
    assert refused.value.unmet[0].cure == f"/decisions/{first.id}"
    revoke_decision(world.secretary, first, reason="漏写了工期。")
    assert record(once="again").number == "决〔2026〕002号"


def test_numbers_run_through_the_community_and_begin_anew_each_year(
    world: World, record: Record, council: Council
) -> None:
    assert [record().serial, record(about=council, once="b", basis=Basis.COMMITTEE).serial] == [1, 2]
    with at(NOW + timedelta(days=365)):
        later = record(about=council, once="c", effect_from=NOW + timedelta(days=400))
    assert later.number == "决〔2027〕001号"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"basis": Basis.POLL}, "basis"),
        ({"basis": Basis.STATUTORY, "basis_note": ""}, "basis_note"),
        ({"effect_from": NOW}, "effect_from"),
        ({"effect_from": NOW + timedelta(days=365 * 60)}, "effect_from"),
    ],
)
def test_what_cannot_be_recorded(record: Record, given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        record(**given)
    assert refused.value.field == field


@pytest.mark.parametrize("name", ["owner", "manager", "merchant", "auditor"])
def test_who_may_not_record(record: Record, name: str) -> None:
    with pytest.raises(NotAllowed):
        record(name)


def test_another_community_sees_nothing(world: World, record: Record, posted: Decision) -> None:
    with pytest.raises(NotVisible):
        record("other_secretary", once="other")
    with pytest.raises(NotVisible):
        object_to(world.neighbour, posted, reason="不同意", once="n")
    with pytest.raises(NotVisible):
        revoke_decision(world.other_secretary, posted, reason="不同意")


def test_a_draft_is_not_there_for_residents(world: World, draft: Decision) -> None:
    with pytest.raises(NotVisible):
        object_to(world.owner, draft, reason="不同意", once="o")


def test_words_change_until_it_is_posted(world: World, draft: Decision) -> None:
    given = {"body": "改过的内容", "basis_note": "同上", "effect_from": NOW + timedelta(days=8)}
    amend_decision(world.chair, draft, title="改过的题目", **given)  # type: ignore[arg-type]
    assert draft.title == "改过的题目"
    post_decision(world.secretary, draft, until=UNTIL)
    with pytest.raises(NotAllowed, match="贴出来"):
        amend_decision(world.chair, draft, title="再改", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "until", [NOW + timedelta(days=4, hours=23), NOW - timedelta(days=1), NOW + timedelta(days=91)]
)
def test_an_end_too_early_or_absurd_is_refused(world: World, draft: Decision, until: object) -> None:
    with pytest.raises(Invalid) as refused:
        post_decision(world.secretary, draft, until=until)  # type: ignore[arg-type]
    assert refused.value.field == "until"
    assert draft.state is S.DRAFT


def test_posting_moves_the_topic_and_cannot_be_done_twice(
    world: World, posted: Decision, deliberating: Topic
) -> None:
    assert (deliberating.state, deliberating.due_at) == (TopicState.POSTED, UNTIL)
    with pytest.raises(NotAllowed):
        post_decision(world.secretary, posted, until=UNTIL)


def test_it_takes_effect_after_both_hours(world: World, posted: Decision, deliberating: Topic) -> None:
    with at(UNTIL - timedelta(minutes=1)), pytest.raises(Conflict) as early:
        take_effect(world.secretary, posted)
    assert len(early.value.reasons) == 2
    with at(UNTIL), pytest.raises(Conflict, match="生效时间"):
        take_effect(world.secretary, posted)
    with at(AFTER):
        take_effect(world.secretary, posted)
    assert (posted.state, posted.effective_at, deliberating.due_at) == (S.EFFECTIVE, AFTER, None)


def test_the_clock_lets_it_take_effect(posted: Decision) -> None:
    assert take_due_effect(system()) == 0
    with at(AFTER):
        assert ticks.JOBS["decisions_take_effect"](system()) == 1
        assert ticks.JOBS["decisions_take_effect"](system()) == 0
    assert posted.state is S.EFFECTIVE


def test_an_unanswered_objection_keeps_it_from_taking_effect(
    world: World, posted: Decision, objection: Objection
) -> None:
    with at(AFTER):
        assert take_due_effect(system()) == 0
        with pytest.raises(Conflict) as refused:
            take_effect(world.secretary, posted)
        assert refused.value.unmet[0].cure == f"/decisions/{posted.id}#objections"
        answer_objection(world.secretary, objection, answer="改在九月开工。")
        assert take_due_effect(system()) == 1
    late = db.session.scalars(sa.select(Entry.payload).where(Entry.name == "objection.answered")).one()
    assert late == {"objection_id": objection.id, "late": True}


def test_objecting_twice_with_one_key_is_one_objection(world: World, posted: Decision) -> None:
    first = object_to(world.owner, posted, reason="太贵", once="k")
    assert object_to(world.owner, posted, reason="太贵", once="k").id == first.id
    assert (posted.objections_count, posted.objections_open) == (1, 1)
    with pytest.raises(Conflict, match="上一条"):
        object_to(world.owner, posted, reason="还是太贵", once="k2")
    answer_objection(world.secretary, first, answer="账目附后。")
    object_to(world.owner, posted, reason="账目没附", once="k2")
    assert (posted.objections_count, posted.objections_open) == (2, 1)


def test_nobody_objects_after_the_hour(world: World, posted: Decision) -> None:
    with at(UNTIL - timedelta(seconds=1)):
        object_to(world.owner, posted, reason="还来得及", once="in time")
    with at(UNTIL), pytest.raises(NotAllowed, match="公示期"):
        object_to(world.tenant, posted, reason="晚了", once="late")


def test_who_answers(world: World, posted: Decision, objection: Objection) -> None:
    with pytest.raises(NotAllowed):
        answer_objection(world.manager, objection, answer="我来说")
    own = object_to(world.chair, posted, reason="主任自己的异议", once="c")
    with pytest.raises(NotAllowed, match="自己"):
        answer_objection(world.chair, own, answer="没事")
    answer_objection(world.chair, objection, answer="改期。")
    with pytest.raises(NotAllowed, match="已经有人答复"):
        answer_objection(world.secretary, objection, answer="再答一次")
    assert (objection.answered_party, objection.answer) == ("committee", "改期。")


def test_revoking_says_why_and_returns_the_topic(world: World, posted: Decision, deliberating: Topic) -> None:
    with pytest.raises(NotAllowed):
        revoke_decision(world.chair, posted, reason="改主意了")
    with pytest.raises(Invalid):
        revoke_decision(world.secretary, posted, reason="")
    revoke_decision(world.secretary, posted, reason="异议成立，重新商量。")
    assert (posted.state, deliberating.state) == (S.REVOKED, TopicState.DELIBERATING)
    with pytest.raises(NotAllowed):
        object_to(world.owner, posted, reason="晚了", once="r")


def test_events_carry_no_words(world: World, posted: Decision, objection: Objection) -> None:
    payloads = db.session.scalars(sa.select(Entry.payload).where(Entry.name.like("decision.%")))
    assert all("木栈道" not in str(p) and "雨季" not in str(p) for p in payloads)
