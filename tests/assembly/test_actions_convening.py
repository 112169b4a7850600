"""Drafting, the roll in its versions, announcing, opening, extending, ending."""

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.actions.belonging import belong
from portal.accounts.models import Relation, User
from portal.assembly.actions.drafting import (
    MOST_MATTERS,
    add_matter,
    amend_matter,
    amend_vote,
    draft_vote,
    drop_matter,
)
from portal.assembly.actions.opening import (
    announce,
    extend_vote,
    open_due_votes,
    open_vote,
    override_rule,
    void_vote,
)
from portal.assembly.actions.rolls import amend_roll, freeze_roll, post_roll, state_unknown
from portal.assembly.models.rolls import RollUnit, Speaker, Voter
from portal.assembly.models.votes import Matter, Override, OwnersVote, Posting
from portal.assembly.policy import Can
from portal.assembly.roll import file
from portal.assembly.roll.ownerless import Stated, stated
from portal.assembly.words import PostingKind, Scope, VoterKind, VoteState
from portal.core import access, clock
from portal.core.actor import system
from portal.core.amounts import plain
from portal.core.db import db, transaction
from portal.core.digests import digest
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.places.models import Delivery, Owner, OwnerKind, OwnerSet, Place, Unit, Use
from portal.voting.counting import recount
from tests.assembly.convening import (
    CLOSES,
    FROZEN,
    OPENS,
    WALLS,
    announced,
    drafted,
    frozen,
    opened,
    posted,
    question,
    terms,
    without_owners,
)
from tests.world import UNITS, World


def voters(vote: OwnersVote) -> list[Voter]:
    return list(db.session.scalars(sa.select(Voter).where(Voter.vote_id == vote.id).order_by(Voter.number)))


def said(vote: OwnersVote) -> list[str]:
    found = sa.select(Entry.name).where(Entry.subject == f"owners_vote:{vote.id}").order_by(Entry.id)
    return list(db.session.scalars(found))


def change(world: World, key: str, **values: Any) -> None:
    """Correct a unit of the register behind the back of any roll."""
    with transaction():
        db.session.execute(sa.update(Unit).where(Unit.id == world.ids[key]).values(**values))


def sell(
    world: World, key: str, *names: str, developer: bool = False, kind: OwnerKind = OwnerKind.PERSON
) -> int:
    """New owners on a title; the id of their set."""
    with transaction():
        owners = OwnerSet(place_path=world.paths["estate"], key=f"sold-{key}", developer=developer)
        db.session.add(owners)
        db.session.flush()
        for name in names:
            db.session.add(
                Owner(
                    owner_set_id=owners.id, place_path=world.paths["estate"], kind=kind, name=name, phone=""
                )
            )
        db.session.execute(sa.update(Unit).where(Unit.id == world.ids[key]).values(owner_set_id=owners.id))
        return owners.id


# Drafting


def test_a_draft_is_made_once_and_numbered_when_its_roll_is_posted(world: World) -> None:
    vote = drafted(world, once="once-a")
    again = draft_vote(world.chair, world.get(Place, "estate"), terms=terms(), once="once-a")
    other = drafted(world, once="once-b")
    assert again.id == vote.id
    assert (vote.number, other.number) == (f"D-{vote.id}", f"D-{other.id}")
    assert vote.state is VoteState.DRAFT
    assert said(vote) == ["owners_vote.drafted", "owners_vote.amended"]


@pytest.mark.parametrize(
    ("place", "scope", "label"),
    [
        ("estate", Scope.ESTATE, "宝枫新城"),
        ("building", Scope.BUILDING, "宝枫新城 12号楼"),
        ("entrance", Scope.ENTRANCE, "宝枫新城 12号楼1单元"),
    ],
)
def test_the_scope_is_a_place_whose_owners_vote(world: World, place: str, scope: Scope, label: str) -> None:
    vote = drafted(world, place=place)
    assert (vote.scope, vote.scope_label, vote.place_path) == (scope, label, world.paths[place])
    assert vote.estate_id == world.ids["estate"]


@pytest.mark.parametrize("place", ["community", "101"])
def test_a_community_or_a_flat_is_no_scope(world: World, place: str) -> None:
    with pytest.raises(Invalid) as refusal:
        draft_vote(world.secretary, world.get(Place, place), terms=terms(), once="x")
    assert refusal.value.field == "place"


@pytest.mark.parametrize("name", ["owner", "tenant", "manager", "neighbour", "visitor", "auditor"])
def test_only_conveners_call_owners_together(world: World, name: str) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        drafted(world, by=name)


def test_another_communitys_topic_is_not_taken(world: World) -> None:
    with pytest.raises(NotVisible):
        draft_vote(world.chair, world.get(Place, "estate"), terms=terms(), once="x", topic_id=999)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("wish", {"wish": "nothing"}),
        ("wish", {"wish": "dwelling_to_shop"}),
        ("item", {"item": 0}),
        ("item", {"item": 10}),
        ("question", {"question": " "}),
        ("item_reason", {"item_reason": ""}),
    ],
)
def test_matters_that_will_not_do(world: World, field: str, given: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        add_matter(world.chair, drafted(world), asked=question(**given))
    assert refusal.value.field == field


def test_matters_stand_in_order_and_close_up(world: World) -> None:
    vote = drafted(world)
    second = add_matter(world.chair, vote, asked=question(question="第二件"))
    add_matter(world.chair, vote, asked=question(question="第三件"))
    amend_matter(world.chair, vote, matter_id=second.id, asked=question(question="改过的第二件", item=6))
    first = db.session.scalar(sa.select(Matter.id).where(Matter.vote_id == vote.id, Matter.position == 0))
    assert first
    drop_matter(world.chair, vote, matter_id=first)
    left = sa.select(Matter.position, Matter.question, Matter.item).where(Matter.vote_id == vote.id)
    assert [tuple(row) for row in db.session.execute(left.order_by(Matter.position))] == [
        (0, "改过的第二件", 6),
        (1, "第三件", 5),
    ]


def test_a_paper_has_room_for_so_many_matters(world: World) -> None:
    vote = drafted(world)
    for n in range(1, MOST_MATTERS):
        add_matter(world.chair, vote, asked=question(question=f"第{n}件"))
    with pytest.raises(Conflict):
        add_matter(world.chair, vote, asked=question())


def test_a_matter_of_another_paper_is_not_there(world: World) -> None:
    mine, other = drafted(world, once="a"), drafted(world, once="b")
    matter = db.session.scalar(sa.select(Matter.id).where(Matter.vote_id == other.id))
    assert matter
    with pytest.raises(NotVisible):
        drop_matter(world.chair, mine, matter_id=matter)


def test_what_the_roll_rests_on_stands_once_it_is_posted(world: World) -> None:
    vote = posted(world)
    building = world.get(Place, "building")
    for field, given, place in (
        ("count_parking", {"count_parking": True}, None),
        ("roll_days", {"roll_days": 20}, None),
        ("place", {}, building),
    ):
        with pytest.raises(Invalid) as refusal:
            amend_vote(world.chair, vote, terms=terms(**given), place=place)
        assert refusal.value.field == field
    amend_vote(world.chair, vote, terms=terms(title="改个说法"))
    assert vote.title == "改个说法"
    only = db.session.scalar(sa.select(Matter.id).where(Matter.vote_id == vote.id))
    assert only
    with pytest.raises(Conflict):
        drop_matter(world.chair, vote, matter_id=only)


def test_an_announced_paper_stands(world: World) -> None:
    vote = announced(world)
    with pytest.raises(NotAllowed):
        amend_vote(world.chair, vote, terms=terms())
    with pytest.raises(NotAllowed):
        add_matter(world.chair, vote, asked=question())


# The roll


def test_the_roll_is_drawn_from_the_register(world: World) -> None:
    vote = posted(world)
    heads = voters(vote)
    assert [v.label for v in heads[:4]] == [f"12号楼1单元{k}室" for k in ("101", "102", "201", "202")]
    assert [v.kind for v in heads[:3]] == [VoterKind.CO_OWNERS, VoterKind.UNKNOWN, VoterKind.SINGLE]
    assert (vote.heads, vote.area, vote.units) == (5, sum(UNITS.values()), 5)
    assert heads[0].name == "王秀兰、王芳"
    assert (heads[0].building, heads[4].building) == ("12号楼", "东门底商")
    assert vote.roll_version == 1
    speakers = sa.select(Speaker.user_id, Speaker.place_path).where(Speaker.voter_id == heads[0].id)
    assert {tuple(row) for row in db.session.execute(speakers)} == {
        (world.ids["owner"], world.paths["101"]),
        (world.ids["co_owner"], world.paths["101"]),
    }


def test_the_roll_of_an_entrance_leaves_the_rest_out(world: World) -> None:
    vote = posted(world, place="entrance")
    assert vote.heads == 4
    assert "东门底商1号" not in {v.label for v in voters(vote)}


def test_parking_is_counted_only_where_the_rules_say_so(world: World) -> None:
    change(world, "shop", use=Use.PARKING)
    assert posted(world, once="a").heads == 4
    assert posted(world, once="b", count_parking=True).heads == 5


def test_of_a_garage_alone_it_is_said_that_its_spaces_do_not_count(world: World) -> None:
    for unit in UNITS:
        change(world, unit, use=Use.PARKING)
    vote = drafted(world)
    without_owners(vote, world.chair)
    with pytest.raises(Conflict, match="里只有车位"):
        post_roll(world.chair, vote, where=WALLS)


def test_one_set_of_owners_is_one_head_whatever_it_owns(world: World) -> None:
    change(world, "202", owner_set_id=world.ids["owners_201"])
    vote = posted(world)
    mine = next(v for v in voters(vote) if v.name == "顾建平")
    assert (mine.units, mine.area) == (2, UNITS["201"] + UNITS["202"])
    assert vote.heads == 4


def test_what_the_developer_has_not_handed_over_is_one_head(world: World) -> None:
    company = sell(world, "202", "宝枫置业有限公司", developer=True, kind=OwnerKind.ORGANISATION)
    change(world, "202", delivery=Delivery.UNSOLD)
    change(world, "102", delivery=Delivery.UNDELIVERED)
    vote = posted(world)
    developer = next(v for v in voters(vote) if v.kind is VoterKind.DEVELOPER)
    assert (developer.owner_set_id, developer.units) == (company, 2)
    assert developer.name == "宝枫置业有限公司"
    assert vote.heads == 4


def test_the_developer_is_known_from_outside_the_scope(world: World) -> None:
    company = sell(world, "shop", "宝枫置业有限公司", developer=True, kind=OwnerKind.ORGANISATION)
    change(world, "shop", delivery=Delivery.UNSOLD)
    change(world, "102", delivery=Delivery.UNDELIVERED)
    vote = posted(world, place="building")
    assert {v.owner_set_id for v in voters(vote) if v.kind is VoterKind.DEVELOPER} == {company}


def test_a_unit_without_area_blocks_the_roll(world: World) -> None:
    change(world, "202", exclusive_area=None)
    vote = drafted(world)
    with pytest.raises(Conflict) as refusal:
        post_roll(world.chair, vote, where=WALLS)
    assert refusal.value.unmet[0].cure == f"/owners-votes/{vote.id}/roll"
    assert "1" in refusal.value.reasons[0]
    assert not voters(vote)
    assert vote.state is VoteState.DRAFT


def test_a_unit_without_area_elsewhere_does_not(world: World) -> None:
    change(world, "shop", exclusive_area=None)
    assert posted(world, place="building").heads == 4


def test_a_unit_whose_owner_nobody_knows_is_entered_or_stated(world: World) -> None:
    """Three of the world's five units have none."""
    vote = drafted(world)
    with pytest.raises(Conflict) as refusal:
        post_roll(world.chair, vote, where=WALLS)
    assert refusal.value.unmet[0].cure == f"/owners-votes/{vote.id}/roll/unknown"
    assert "3" in refusal.value.reasons[0]
    some = [world.ids[key] for key in ("102", "202")]
    for field, wrong in (
        ("reason", {"unit_ids": some, "reason": " "}),
        ("units", {"unit_ids": [], "reason": "查不到"}),
        ("units", {"unit_ids": [world.ids["201"]], "reason": "查不到"}),
        ("units", {"unit_ids": [world.ids["other_unit"]], "reason": "查不到"}),
    ):
        with pytest.raises(Invalid) as refused:
            state_unknown(world.chair, vote, **wrong)
        assert refused.value.field == field
    with pytest.raises(NotVisible):
        state_unknown(world.manager, vote, unit_ids=some, reason="查不到")
    assert state_unknown(world.chair, vote, unit_ids=some, reason="登记簿和物业都查过。") == 2
    assert state_unknown(world.secretary, vote, unit_ids=some, reason="再写一遍。") == 0
    sell(world, "shop", "新店主")
    post_roll(world.chair, vote, where=WALLS)
    assert stated(vote) == [Stated("登记簿和物业都查过。", ["12号楼1单元102室", "12号楼1单元202室"])]
    assert (vote.heads, vote.area) == (5, sum(UNITS.values()))


def test_the_developers_units_need_no_other_owner(world: World) -> None:
    sell(world, "shop", "宝枫置业有限公司", developer=True, kind=OwnerKind.ORGANISATION)
    for key in ("shop", "102", "202"):
        change(world, key, delivery=Delivery.UNSOLD)
    vote = drafted(world)
    post_roll(world.chair, vote, where=WALLS)
    assert vote.heads == 3


def test_a_unit_that_lost_its_owner_holds_up_the_next_version(world: World) -> None:
    vote = posted(world)
    sell(world, "201")
    with pytest.raises(Conflict, match="没有业主"):
        amend_roll(world.chair, vote, reason="更正", where=WALLS)


def test_two_developers_and_nobody_knows_whose(world: World) -> None:
    for key, name in (("202", "甲置业"), ("shop", "乙置业")):
        sell(world, key, name, developer=True, kind=OwnerKind.ORGANISATION)
        change(world, key, delivery=Delivery.UNSOLD)
    change(world, "102", delivery=Delivery.UNDELIVERED)
    with pytest.raises(Conflict):
        posted(world)


def test_nothing_to_vote_on_no_roll(world: World) -> None:
    vote = draft_vote(world.chair, world.get(Place, "estate"), terms=terms(), once="x")
    with pytest.raises(Conflict) as refusal:
        post_roll(world.chair, vote, where=WALLS)
    assert refusal.value.unmet[0].cure == f"/owners-votes/{vote.id}/matters/new"


def test_a_roll_hangs_somewhere_until_a_day(world: World) -> None:
    with pytest.raises(Invalid):
        post_roll(world.chair, drafted(world, once="a"), where=" ")
    vote = posted(world, once="b")
    posting = db.session.scalars(sa.select(Posting).where(Posting.vote_id == vote.id)).one()
    assert (posting.kind, posting.until, posting.roll_version) == (PostingKind.ROLL, vote.roll_until, 1)
    assert vote.roll_until == clock.at(clock.local(FROZEN).date())


def test_the_digest_is_that_of_the_roll_file_and_names_nobody(world: World) -> None:
    vote = posted(world)
    text = file.text(vote, file.kept_lines(vote.id))
    assert digest(text) == vote.roll_hash
    assert "王" not in text
    assert "19900" not in text


def test_the_roll_file_counts_as_the_rows_do(world: World) -> None:
    """Fed to the count as it is, the file gives the same heads and the same area."""
    sell(world, "202", "宝枫置业有限公司", developer=True, kind=OwnerKind.ORGANISATION)
    change(world, "202", delivery=Delivery.UNSOLD)
    change(world, "102", delivery=Delivery.UNDELIVERED)
    vote = posted(world)
    electorate = json.loads(file.text(vote, file.kept_lines(vote.id)))["electorate"]
    case = {"method": "dual_majority", "params": {"item": 5}, "options": ["for", "against", "abstain"]}
    counted = recount({**case, "electorate": electorate, "ballots": []})
    assert counted["total"] == [plain(vote.area), vote.heads]


def test_a_new_version_keeps_what_hangs_on_a_head(world: World) -> None:
    vote = posted(world)
    before, old_hash = {v.owner_set_id: v.id for v in voters(vote)}, vote.roll_hash
    with transaction():
        shared = before[world.ids["owners_101"]]
        db.session.execute(
            sa.update(Speaker)
            .where(Speaker.voter_id == shared, Speaker.user_id == world.ids["co_owner"])
            .values(designated=True)
        )
    buyer = sell(world, "201", "新业主")
    amend_roll(world.chair, vote, reason="201室卖了", where=WALLS)
    after = {v.owner_set_id: v.id for v in voters(vote)}
    assert after[world.ids["owners_101"]] == shared
    assert buyer in after
    assert world.ids["owners_201"] not in after
    assert db.session.scalar(sa.select(Speaker.user_id).where(Speaker.designated)) == world.ids["co_owner"]
    assert vote.roll_version == 2
    assert vote.roll_hash != old_hash
    assert vote.heads == 5
    units = sa.select(sa.func.count()).select_from(RollUnit).where(RollUnit.vote_id == vote.id)
    assert db.session.scalar(units) == 5
    assert sorted(v.number for v in voters(vote)) == [1, 2, 3, 4, 5]


def test_a_new_version_hangs_out_anew(world: World) -> None:
    vote = posted(world)
    with clock.frozen(FROZEN):
        freeze_roll(world.secretary, vote)
        amend_roll(world.chair, vote, reason="一户面积更正", where=WALLS)
        assert vote.state is VoteState.ROLL_POSTED
        with pytest.raises(Conflict):
            freeze_roll(world.secretary, vote)
    with pytest.raises(Invalid):
        amend_roll(world.chair, vote, reason="", where=WALLS)


def test_a_roll_is_frozen_only_after_its_days(world: World) -> None:
    vote = posted(world)
    assert vote.roll_until
    with clock.frozen(vote.roll_until - timedelta(minutes=1)), pytest.raises(Conflict):
        freeze_roll(world.secretary, vote)
    with clock.frozen(vote.roll_until):
        freeze_roll(world.secretary, vote)
    assert vote.state is VoteState.FROZEN


def test_or_sooner_with_a_reason_that_stays(world: World) -> None:
    vote = posted(world)
    override_rule(world.secretary, vote, rule="roll_days", reason="楼里漏水，二十户业主都签了字。")
    freeze_roll(world.secretary, vote)
    assert vote.state is VoteState.FROZEN
    assert "owners_vote.overridden" in said(vote)
    kept = db.session.scalars(sa.select(Override)).one()
    assert kept.by_id == world.ids["secretary"]


@pytest.mark.parametrize(("rule", "reason"), [("areas", "不填了"), ("roll_days", " ")])
def test_other_rules_are_kept(world: World, rule: str, reason: str) -> None:
    with pytest.raises(Invalid):
        override_rule(world.secretary, posted(world), rule=rule, reason=reason)


def test_rows_that_were_touched_are_not_frozen(world: World) -> None:
    vote = posted(world)
    with transaction():
        db.session.execute(sa.update(RollUnit).where(RollUnit.vote_id == vote.id).values(area=1))
    with clock.frozen(FROZEN), pytest.raises(Conflict):
        freeze_roll(world.secretary, vote)


def test_an_account_recognised_later_finds_its_place(world: World) -> None:
    sell(world, "202", "赵强")
    vote = posted(world)
    with transaction():
        unit, user = db.session.get_one(Unit, world.ids["202"]), db.session.get_one(User, world.ids["tenant"])
        owner = db.session.scalars(sa.select(Owner).where(Owner.name == "赵强")).one()
        belong(world.tenant, user, unit, Relation.OWNER, owner, None)
    mine = sa.select(Speaker.name).where(Speaker.user_id == world.ids["tenant"], Speaker.vote_id == vote.id)
    assert db.session.scalars(mine).all() == ["赵强"]


# Announcing, opening, extending, ending


def test_a_notice_is_long_enough_or_answered_for(world: World) -> None:
    vote = frozen(world)
    late = OPENS - timedelta(days=14)
    with clock.frozen(late):
        with pytest.raises(Conflict):
            announce(world.secretary, vote, where=WALLS)
        override_rule(world.secretary, vote, rule="notice_days", reason="雨季前要修好，每户都电话通知到。")
        announce(world.secretary, vote, where=WALLS)
    assert vote.state is VoteState.NOTICE


def test_the_day_of_the_notice_is_not_one_of_its_days(world: World) -> None:
    """Posted in the last minute of a day, it has not hung one day when the next begins (Civil Code art. 201)."""
    vote = frozen(world)
    first = clock.at(clock.local(OPENS).date() - timedelta(days=vote.notice_days))
    with clock.frozen(first), pytest.raises(Conflict):
        announce(world.secretary, vote, where=WALLS)
    with clock.frozen(first - timedelta(minutes=1)):
        announce(world.secretary, vote, where=WALLS)
    assert vote.state is VoteState.NOTICE


def test_a_notice_after_the_close_is_none(world: World) -> None:
    vote = frozen(world)
    override_rule(world.secretary, vote, rule="notice_days", reason="来不及")
    with clock.frozen(CLOSES), pytest.raises(Invalid):
        announce(world.secretary, vote, where=WALLS)


def test_a_vote_opens_at_its_hour_by_itself(world: World) -> None:
    vote = announced(world)
    with clock.frozen(OPENS - timedelta(seconds=1)):
        assert open_due_votes(system()) == 0
        with pytest.raises(Conflict):
            open_vote(world.secretary, vote)
    with clock.frozen(OPENS):
        assert open_due_votes(system()) == 1
        assert open_due_votes(system()) == 0
    assert (vote.state, vote.opened_at) == (VoteState.OPEN, OPENS)


def test_more_time_is_given_before_the_close_with_a_reason(world: World) -> None:
    vote = opened(world)
    later = CLOSES + timedelta(days=7)
    with clock.frozen(CLOSES - timedelta(minutes=1)):
        for field, given in (
            ("reason", {"reason": " ", "closes_at": later}),
            ("closes_at", {"reason": "票少", "closes_at": CLOSES}),
            ("closes_at", {"reason": "票少", "closes_at": OPENS + timedelta(days=91)}),
            ("where", {"reason": "票少", "closes_at": later, "where": ""}),
        ):
            with pytest.raises(Invalid) as refusal:
                extend_vote(world.secretary, vote, **{"where": WALLS, **given})  # type: ignore[arg-type]
            assert refusal.value.field == field
        extend_vote(world.secretary, vote, closes_at=later, reason="票还不够三分之二", where=WALLS)
    assert (vote.closes_at, vote.extensions) == (later, 1)
    with clock.frozen(later), pytest.raises(NotAllowed):
        extend_vote(world.secretary, vote, closes_at=later + timedelta(days=1), reason="再延", where=WALLS)


@pytest.mark.parametrize(("most", "allowed"), [(0, 0), (2, 2), (None, 3)])
def test_no_more_time_than_the_rules_of_the_assembly_leave(
    world: World, most: int | None, allowed: int
) -> None:
    vote = opened(world, max_extensions=most)
    with clock.frozen(CLOSES - timedelta(minutes=1)):
        for days in range(1, allowed + 1):
            extend_vote(
                world.secretary, vote, closes_at=CLOSES + timedelta(days=days), reason="票少", where=WALLS
            )
        if most is not None:
            with pytest.raises(Conflict, match="延"):
                extend_vote(
                    world.secretary, vote, closes_at=CLOSES + timedelta(days=9), reason="票少", where=WALLS
                )
    assert vote.extensions == allowed


@pytest.mark.parametrize("stage", [posted, frozen, announced, opened])
def test_a_vote_is_ended_with_a_reason_in_public(world: World, stage: Any) -> None:
    vote = stage(world)
    with pytest.raises(Invalid):
        void_vote(world.secretary, vote, reason=" ", where=WALLS)
    with pytest.raises(Invalid):
        void_vote(world.secretary, vote, reason="方案变了", where="")
    void_vote(world.secretary, vote, reason="方案变了", where=WALLS)
    assert (vote.state, vote.void_because) == (VoteState.VOID, "方案变了")
    kinds = set(db.session.scalars(sa.select(Posting.kind).where(Posting.vote_id == vote.id)))
    assert PostingKind.VOID in kinds


def test_a_draft_is_put_away_without_a_wall(world: World) -> None:
    vote = drafted(world)
    void_vote(world.secretary, vote, reason="不办了")
    assert vote.state is VoteState.PUT_AWAY
    assert not db.session.scalar(sa.select(Posting.id))
    assert access.may(world.chair, Can.SEE, vote)
    assert not any(access.may(world.actor(name), Can.SEE, vote) for name in ("owner", "visitor"))
    assert posted(world, once="after").number == "2026-001"  # what came to nothing has used no number up
    assert posted(world, once="then").number == "2026-002"
