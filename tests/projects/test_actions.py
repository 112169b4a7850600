"""The verbs of projects, and all that can be wrong when they are called."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.core.files import Kept
from portal.councils.models import Topic
from portal.councils.words import Party, TopicState
from portal.decisions.actions.posting import post_decision, revoke_decision, take_effect
from portal.decisions.models import Decision
from portal.decisions.words import Basis
from portal.projects.actions.finishing import (
    accept_project,
    close_project,
    rate_project,
    refuse_project,
    report_completion,
    stop_project,
)
from portal.projects.actions.paying import raise_budget, spend
from portal.projects.actions.starting import Share, Step, Use, begin_work
from portal.projects.actions.telling import Photos, delay_milestone, finish_milestone, post_update
from portal.projects.models import (
    Acceptance,
    BudgetLine,
    Delay,
    FundingLine,
    Project,
    ProjectRating,
    Spending,
)
from portal.projects.words import ProjectState, Source
from tests.decisions.conftest import at
from tests.projects.conftest import FIRST, SECOND, Start, milestones
from tests.world import NOW, World

S = ProjectState
TODAY = date(2026, 6, 16)


def count(model: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def total(column: Any) -> int:
    return db.session.scalar(sa.select(sa.func.sum(column))) or 0


def test_starting_moves_the_topic_and_adds_up(project: Project, topic: Topic) -> None:
    assert (project.state, project.budget, project.weight_all) == (S.UNDERWAY, 1_864_001, 4)
    assert total(BudgetLine.amount) == total(FundingLine.amount) == project.budget
    assert (topic.state, topic.held_by) == (TopicState.CARRIED_OUT, Party.PROPERTY)
    assert project.ends_on == SECOND
    names = list(db.session.scalars(sa.select(Entry.name).where(Entry.story == f"topic:{topic.id}")))
    assert {"project.planned", "topic.started", "project.begun"} <= set(names)


def test_the_same_key_gives_the_same_project_and_a_decision_has_one(start: Start) -> None:
    first = start()
    assert start().id == first.id
    with pytest.raises(Conflict) as refused:
        start(once="again")
    assert refused.value.unmet[0].cure == f"/projects/{first.id}"
    assert count(Project) == 1


def test_a_project_of_a_later_day_is_planned_until_it_begins(world: World, start: Start) -> None:
    project = start(begins_on=date(2026, 6, 18))
    assert project.state is S.PLANNED
    with pytest.raises(NotAllowed):
        post_update(world.manager, project, body="抢跑", once="u")
    begin_work(world.manager, project)
    assert (project.state, project.begins_on) == (S.UNDERWAY, TODAY)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"budget": [Use("木料", 100)], "funding": [Share(Source.SUBSIDY, 99)]}, "funding"),
        ({"budget": [Use("木料", 0)], "funding": []}, "budget"),
        ({"budget": [Use("", 5)], "funding": [Share(Source.SUBSIDY, 5)]}, "budget"),
        ({"budget": [], "funding": [Share(Source.SUBSIDY, -5)]}, "funding"),
        ({"milestones": []}, "milestones"),
        ({"milestones": [Step("早", date(2026, 6, 15))]}, "milestones"),
        ({"milestones": [Step("多", FIRST)] * 21}, "milestones"),
        ({"milestones": [Step("重", FIRST, 0)]}, "milestones"),
        ({"supervisor_ids": []}, "supervisors"),
        ({"supervisor_ids": list(range(1, 20))}, "supervisors"),
        ({"supervisor_ids": [10**6]}, "supervisors"),
        ({"in_charge_id": 10**6}, "in_charge"),
    ],
)
def test_what_cannot_be_started(start: Start, given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        start(**given)
    assert refused.value.field == field
    assert count(Project) == 0


def test_nobody_watches_himself_and_no_stranger_watches(world: World, start: Start) -> None:
    with pytest.raises(Invalid, match="监督自己"):
        start(supervisor_ids=[world.ids["manager"]])
    with pytest.raises(Invalid, match="不在本社区"):
        start(supervisor_ids=[world.ids["owner"], world.ids["neighbour"]])
    with pytest.raises(Invalid) as refused:
        start(in_charge_id=world.ids["neighbour"])
    assert refused.value.field == "in_charge"


def test_who_may_start_and_from_what(
    world: World, start: Start, posted: Decision, record: Callable[..., Decision]
) -> None:
    for name in ("owner", "manager", "auditor"):
        with pytest.raises(NotAllowed):
            start(name)
    with pytest.raises(NotVisible):
        start("other_secretary")
    revoke_decision(world.secretary, posted, reason="重新商量")
    with pytest.raises(NotAllowed, match="公示中"):
        start()
    with pytest.raises(NotAllowed, match="公示中"):
        start(about=record(once="draft only"))


def test_an_effective_decision_is_carried_out_too(world: World, start: Start, posted: Decision) -> None:
    with at(NOW + timedelta(days=8)):
        take_effect(world.secretary, posted)
        later = [Step("拆旧板", date(2026, 7, 20))]
        assert start(milestones=later).state is S.UNDERWAY


def test_a_decision_under_work_is_not_revoked(world: World, project: Project, posted: Decision) -> None:
    with pytest.raises(Conflict, match="开工"):
        revoke_decision(world.secretary, posted, reason="反悔")


# Telling


def test_the_diary_keeps_the_latest_pair(world: World, project: Project, picture: Kept) -> None:
    first = post_update(world.owner, project, body="开工前", once="a", photos=Photos(before=[picture]))
    assert post_update(world.owner, project, body="开工前", once="a").id == first.id
    second = post_update(world.manager, project, body="", once="b", photos=Photos(after=[picture]))
    assert (project.before_update_id, project.after_update_id) == (first.id, second.id)
    assert project.updates_count == 2
    with pytest.raises(Invalid):
        post_update(world.manager, project, body="", once="c")
    with pytest.raises(NotAllowed):
        post_update(world.tenant, project, body="我也说", once="d")


def test_a_milestone_done_counts_by_weight(world: World, project: Project, topic: Topic) -> None:
    first, second = milestones(project)
    finish_milestone(world.manager, project, milestone_id=first.id, note="拆完", once="m")
    finish_milestone(world.manager, project, milestone_id=first.id, note="拆完", once="m")
    assert (project.weight_done, project.weight_all, first.done_on) == (1, 4, TODAY)
    assert project.next_due_at
    assert project.next_due_at.date() == SECOND
    with pytest.raises(Conflict):
        finish_milestone(world.manager, project, milestone_id=first.id, note="又拆完", once="m2")
    for day in (date(2026, 6, 17), date(2026, 6, 15)):
        with pytest.raises(Invalid) as refused:
            finish_milestone(
                world.manager, project, milestone_id=second.id, note="x", once=f"{day}", done_on=day
            )
        assert refused.value.field == "done_on"
    with pytest.raises(Invalid):
        finish_milestone(world.manager, project, milestone_id=10**6, note="x", once="no")


def test_another_projects_milestone_is_not_this_ones(
    world: World, project: Project, start: Start, record: Callable[..., Decision], council: Any
) -> None:
    other = record(about=council, once="other", basis=Basis.COMMITTEE)
    post_decision(world.secretary, other, until=NOW + timedelta(days=6))
    second = start(about=other, once="second")
    with pytest.raises(Invalid):
        finish_milestone(
            world.manager, project, milestone_id=milestones(second)[0].id, note="x", once="wrong"
        )


def test_a_delay_is_public_and_keeps_the_promise(world: World, project: Project, topic: Topic) -> None:
    _, second = milestones(project)
    for wrong in (SECOND, date(2026, 6, 1), date(2040, 1, 1)):
        with pytest.raises(Invalid) as refused:
            delay_milestone(world.manager, project, milestone_id=second.id, due_on=wrong, reason="下雨")
        assert refused.value.field == "due_on"
    with pytest.raises(Invalid):
        delay_milestone(world.manager, project, milestone_id=second.id, due_on=date(2026, 7, 9), reason="")
    with pytest.raises(NotAllowed):
        delay_milestone(world.owner, project, milestone_id=second.id, due_on=date(2026, 7, 9), reason="x")
    delay_milestone(world.manager, project, milestone_id=second.id, due_on=date(2026, 7, 9), reason="下雨")
    assert (second.planned_on, second.due_on, project.ends_on) == (SECOND, date(2026, 7, 9), date(2026, 7, 9))
    assert topic.due_at
    assert topic.due_at.date() == date(2026, 7, 9)
    assert db.session.scalars(sa.select(Delay.reason)).all() == ["下雨"]
    payload = db.session.scalars(sa.select(Entry.payload).where(Entry.name == "milestone.delayed")).one()
    assert payload == {"milestone_id": second.id, "days": 9, "due_on": "2026-07-09"}


# Money


def paid(world: World, project: Project, picture: Kept, amount: int, once: str, **given: Any) -> Spending:
    words = {"purpose": "木料款", "receipts": [picture], **given}
    return spend(world.manager, project, amount=amount, once=once, **words)


def test_money_is_spent_to_the_last_fen_and_no_further(world: World, project: Project, picture: Kept) -> None:
    paid(world, project, picture, 1_864_000, "a")
    with pytest.raises(Invalid, match=r"0\.01 元") as refused:
        paid(world, project, picture, 2, "b")
    assert refused.value.field == "amount"
    paid(world, project, picture, 1, "c")
    assert (project.spent, total(Spending.amount), project.spendings_count) == (1_864_001, 1_864_001, 2)


def test_a_payment_twice_with_one_key_is_one(world: World, project: Project, picture: Kept) -> None:
    assert paid(world, project, picture, 500, "a").id == paid(world, project, picture, 500, "a").id
    assert project.spent == 500


@pytest.mark.parametrize(
    ("amount", "given", "field"),
    [
        (0, {}, "amount"),
        (-5, {}, "amount"),
        (5, {"receipts": []}, "receipts"),
        (5, {"spent_on": date(2026, 6, 17)}, "spent_on"),
        (5, {"budget_line_id": 10**6}, "budget_line_id"),
    ],
)
def test_what_cannot_be_paid(
    world: World, project: Project, picture: Kept, amount: int, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        paid(world, project, picture, amount, "x", **given)
    assert refused.value.field == field
    assert project.spent == 0


def test_who_enters_payments(world: World, project: Project, picture: Kept) -> None:
    for name in ("owner", "tenant", "merchant"):
        with pytest.raises(NotAllowed):
            spend(world.actor(name), project, amount=5, purpose="x", receipts=[picture], once=name)
    with pytest.raises(NotVisible):
        spend(world.neighbour, project, amount=5, purpose="x", receipts=[picture], once="n")


def test_only_the_secretary_raises_the_budget_and_says_why(
    world: World, project: Project, picture: Kept
) -> None:
    given: dict[str, Any] = {"title": "防滑条", "amount": 100, "source": Source.PROPERTY, "once": "b"}
    with pytest.raises(NotAllowed):
        raise_budget(world.manager, project, reason="不够", **given)
    with pytest.raises(Invalid):
        raise_budget(world.secretary, project, reason="", **given)
    line = raise_budget(world.secretary, project, reason="老人怕滑", **given)
    assert raise_budget(world.secretary, project, reason="老人怕滑", **given).id == line.id
    assert project.budget == total(BudgetLine.amount) == total(FundingLine.amount) == 1_864_101
    paid(world, project, picture, 1_864_101, "all")


# Acceptance


def test_completion_needs_every_milestone_and_a_photo(world: World, project: Project, picture: Kept) -> None:
    with pytest.raises(Conflict) as refused:
        report_completion(world.manager, project, report="好了", once="r")
    assert [u.cure for u in refused.value.unmet] == [
        f"/projects/{project.id}#milestones",
        f"/projects/{project.id}/updates/new",
    ]
    assert (project.state, project.updates_count) == (S.UNDERWAY, 0)
    for step in milestones(project):
        finish_milestone(world.manager, project, milestone_id=step.id, note="好了", once=f"m{step.id}")
    round_ = report_completion(
        world.manager, project, report="好了", once="r", photos=Photos(after=[picture])
    )
    assert (project.state, round_.accepted) == (S.AWAITING_ACCEPTANCE, None)


def test_supervisors_accept_and_residents_rate(world: World, reported: Project, topic: Topic) -> None:
    for name in ("manager", "secretary", "tenant"):
        with pytest.raises(NotAllowed):
            accept_project(world.actor(name), reported, finding="我说好")
    with pytest.raises(NotAllowed):
        rate_project(world.tenant, reported, stars=5)
    accept_project(world.owner, reported, finding="走了三遍")
    assert (reported.state, topic.state, reported.next_due_at) == (S.ACCEPTED, TopicState.RATING, None)
    with pytest.raises(NotAllowed):
        accept_project(world.chair, reported, finding="再来")


def test_a_refusal_names_defects_and_a_day(world: World, reported: Project, topic: Topic) -> None:
    given: dict[str, Any] = {"finding": "有两处不平", "defects": [" 三号板松 ", "", "扶手晃"]}
    for wrong in (TODAY, date(2030, 1, 1)):
        with pytest.raises(Invalid) as refused:
            refuse_project(world.chair, reported, redo_by=wrong, **given)
        assert refused.value.field == "redo_by"
    with pytest.raises(Invalid):
        refuse_project(world.chair, reported, finding="不行", defects=["", " "], redo_by=FIRST)
    refuse_project(world.chair, reported, redo_by=FIRST, **given)
    assert (reported.state, reported.redo_by) == (S.UNDERWAY, FIRST)
    assert reported.next_due_at
    assert reported.next_due_at.date() == FIRST
    round_ = db.session.scalars(sa.select(Acceptance)).one()
    assert (round_.accepted, round_.defects) == (False, ["三号板松", "扶手晃"])
    assert topic.due_at
    assert topic.due_at.date() == SECOND
    report_completion(world.manager, reported, report="改好了", once="again")
    accept_project(world.chair, reported, finding="都好了")
    assert count(Acceptance) == 2
    assert reported.redo_by is None


def test_the_one_in_charge_does_not_accept_his_own(world: World, start: Start) -> None:
    with pytest.raises(Invalid):
        start(in_charge_id=world.ids["chair"])


# Rating, closing, stopping


def test_one_rating_a_person_changeable_until_closed(world: World, accepted: Project) -> None:
    rate_project(world.tenant, accepted, stars=2, body="晃")
    rate_project(world.tenant, accepted, stars=5, body="不晃了")
    rate_project(world.owner, accepted, stars=4)
    assert (accepted.ratings_count, accepted.stars_sum, count(ProjectRating)) == (2, 9, 2)
    for stars in (0, 6, -1):
        with pytest.raises(Invalid):
            rate_project(world.tenant, accepted, stars=stars)
    with pytest.raises(NotAllowed):
        rate_project(world.manager, accepted, stars=5)
    with pytest.raises(NotVisible):
        rate_project(world.neighbour, accepted, stars=1)
    close_project(world.worker, accepted)
    with pytest.raises(NotAllowed):
        rate_project(world.tenant, accepted, stars=1)


def test_the_party_that_did_it_does_not_rate_it(world: World, start: Start, picture: Kept) -> None:
    project = start(party=Party.COMMUNITY, in_charge_id=world.ids["worker"])
    for step in milestones(project):
        finish_milestone(world.worker, project, milestone_id=step.id, note="好", once=f"m{step.id}")
    report_completion(world.worker, project, report="好", once="r", photos=Photos(after=[picture]))
    accept_project(world.owner, project, finding="好")
    with pytest.raises(Conflict, match="自己一方"):
        rate_project(world.secretary, project, stars=5)


def test_closing_archives(world: World, accepted: Project, topic: Topic, picture: Kept) -> None:
    paid(world, accepted, picture, 100, "last")
    with pytest.raises(NotAllowed):
        close_project(world.manager, accepted)
    close_project(world.secretary, accepted)
    assert (accepted.state, topic.state) == (S.CLOSED, TopicState.CLOSED)
    with pytest.raises(NotAllowed):
        paid(world, accepted, picture, 100, "too late")


def test_stopping_says_why_and_frees_the_decision(
    world: World, project: Project, topic: Topic, start: Start
) -> None:
    with pytest.raises(NotAllowed):
        stop_project(world.manager, project, reason="没钱")
    with pytest.raises(Invalid):
        stop_project(world.secretary, project, reason="")
    stop_project(world.secretary, project, reason="挖到老管沟，重新设计。")
    assert (project.state, topic.state) == (S.STOPPED, TopicState.DELIBERATING)
    assert start(once="second").state is S.UNDERWAY


def test_events_carry_no_words(world: World, accepted: Project) -> None:
    rate_project(world.tenant, accepted, stars=2, body="晃得厉害")
    payloads = str(list(db.session.scalars(sa.select(Entry.payload))))
    assert not [w for w in ("晃得厉害", "走了三遍", "全部完工", "木栈道加固工程") if w in payloads]
