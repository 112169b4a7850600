"""The verbs of accounts on a real database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.accounts import identity
from portal.accounts.actions.acting import end_acting, start_acting
from portal.accounts.actions.belonging import move_out
from portal.accounts.actions.cards import MOST, issue_cards, issue_reset_code
from portal.accounts.actions.claims import claim_unit, join_by_card
from portal.accounts.actions.door import reset_password, sign_out_everywhere, unlock
from portal.accounts.actions.people import adjust, correct, register
from portal.accounts.actions.posts import end_role, give_role
from portal.accounts.codes import digest
from portal.accounts.door import enter
from portal.accounts.models import (
    Acting,
    Code,
    CodePurpose,
    Grant,
    Membership,
    Relation,
    Role,
    Stranger,
    User,
    Way,
)
from portal.accounts.passwords import agrees, hashed
from portal.accounts.queries.claims import by_digest, find_units, shown
from portal.core import clock
from portal.core.actor import Actor, system
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TooMany
from portal.places.models import Owner, Unit
from tests.accounts.conftest import SECRET, Print, account, code_of, place, stated
from tests.world import NOW, PASSWORD, World

TODAY = date(2026, 6, 16)


def owner_entry(key: str, name: str, world: World) -> Owner:
    """A new line of the register for a unit."""
    from portal.core.db import transaction

    with transaction():
        entry = Owner(
            owner_set_id=world.ids[f"owners_{key}"],
            place_path=world.paths[key],
            kind="person",
            name=name,
            phone="",
        )
        db.session.add(entry)
    return entry


@pytest.mark.parametrize("name", ["chair", "manager", "auditor", "secretary"])
def test_nobody_stands_in_for_a_duty_and_the_office_opens_no_account_of_one(world: World, name: str) -> None:
    """Who stood in for the chair, or chose his password, would read every ballot that the chair may read."""
    assert not account(world, name).ordinary
    with pytest.raises(NotAllowed):
        start_acting(world.worker, account(world, name), way=Way.PHONE, reason="本人来电")
    with pytest.raises(NotAllowed):
        issue_reset_code(world.worker, account(world, name), secret=SECRET)


# ---- the door ----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["19900000004", "199 0000 0004", "owner", " OWNER "])
def test_a_person_enters_by_phone_or_name(with_password: World, typed: str) -> None:
    user = enter(typed, PASSWORD, 1)
    assert user.id == with_password.ids["owner"]
    assert user.signed_in_at == NOW
    assert stated("user.signed_in")[-1].actor_id == user.id


def test_wrong_password_and_unknown_person_are_one_answer(with_password: World) -> None:
    with pytest.raises(Invalid) as wrong:
        enter("19900000004", "not this one", 1)
    with pytest.raises(Invalid) as unknown:
        enter("19900009999", "not this one", 1)
    with pytest.raises(Invalid) as no_password:
        enter("19900000006", "not this one", 1)
    assert str(wrong.value) == str(unknown.value) == str(no_password.value)


@pytest.mark.parametrize("name", ["19900000004", "19900009999", "19900000006"])
def test_after_ten_wrong_the_name_is_locked_whether_it_exists_or_not(with_password: World, name: str) -> None:
    for _try in range(10):
        with pytest.raises(Invalid):
            enter(name, "not this one", 1)
    with pytest.raises(TooMany, match="锁住 15 分钟"):
        enter(name, PASSWORD, 1)
    with clock.frozen(NOW + timedelta(minutes=15)), pytest.raises(Invalid):
        enter(name, "not this one", 1)


def test_the_lock_is_stated_lifted_by_staff_and_by_time(with_password: World) -> None:
    for _try in range(10):
        with pytest.raises(Invalid):
            enter("owner", "not this one", 1)
    assert [e.payload for e in stated("user.locked")] == [{"failures": 10}]
    with pytest.raises(NotVisible):
        unlock(with_password.tenant, account(with_password, "owner"))
    unlock(with_password.worker, account(with_password, "owner"))
    assert enter("owner", PASSWORD, 1).failures == 0


def test_success_forgets_the_wrong_tries(with_password: World) -> None:
    for _round in range(3):
        for _try in range(9):
            with pytest.raises(Invalid):
                enter("owner", "not this one", 1)
        enter("owner", PASSWORD, 1)


def test_names_nobody_has_are_forgotten_after_a_day(with_password: World) -> None:
    with pytest.raises(Invalid):
        enter("nobody-1", "x", 1)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Stranger)) == 2
    with clock.frozen(NOW + timedelta(days=2)):
        enter("owner", PASSWORD, 1)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Stranger)) == 0


def test_the_hash_is_renewed_at_a_new_cost(with_password: World) -> None:
    before = account(with_password, "owner").password_hash
    after = enter("owner", PASSWORD, 2).password_hash
    assert before != after
    assert agrees(PASSWORD, after, 2)


def test_a_closed_account_does_not_open(with_password: World) -> None:
    from portal.core.db import transaction

    with transaction():
        account(with_password, "owner").closed_at = NOW
    with pytest.raises(Invalid):
        enter("owner", PASSWORD, 1)


def test_signing_out_everywhere_changes_the_stamp(world: World) -> None:
    before = account(world, "owner").stamp
    sign_out_everywhere(world.owner, account(world, "owner"))
    assert account(world, "owner").stamp != before
    with pytest.raises((NotAllowed, NotVisible)):
        sign_out_everywhere(world.tenant, account(world, "owner"))
    with pytest.raises(NotAllowed):
        sign_out_everywhere(world.secretary, account(world, "owner"))


# ---- reset codes -------------------------------------------------------------------------------


def reset_code(world: World, name: str = "owner") -> Code:
    plain = issue_reset_code(world.secretary, account(world, name), secret=SECRET)
    found = by_digest(digest(plain, SECRET), CodePurpose.PASSWORD)
    assert found is not None
    return found


def test_a_reset_code_sets_a_password_once(world: World) -> None:
    code, stamp = reset_code(world), account(world, "owner").stamp
    user = reset_password(Actor(now=NOW), code, password_hash=hashed("a new sentence", 1))
    assert user.id == world.ids["owner"]
    assert user.stamp != stamp
    assert enter("owner", "a new sentence", 1)
    assert stated("user.password_set")[-1].actor_id == user.id
    with pytest.raises(Conflict):
        reset_password(Actor(now=NOW), code, password_hash=hashed("another one", 1))


def test_a_reset_code_ends_after_a_day_and_with_the_next(world: World) -> None:
    old = reset_code(world)
    new = reset_code(world)
    with pytest.raises(Conflict):
        reset_password(Actor(now=NOW), old, password_hash="x")
    with pytest.raises(Conflict):
        reset_password(Actor(now=NOW + timedelta(hours=24)), new, password_hash="x")


def test_a_card_is_no_reset_code_and_the_other_way_round(world: World, cards: Print) -> None:
    with pytest.raises(Conflict):
        reset_password(Actor(now=NOW), code_of(cards("101")[0]), password_hash="x")
    with pytest.raises(Conflict):
        claim_unit(world.tenant, reset_code(world))


@pytest.mark.parametrize("name", ["secretary", "worker", "administrator"])
def test_codes_for_staff_come_from_the_administrator_only(world: World, name: str) -> None:
    with pytest.raises(NotAllowed, match="系统管理员"):
        issue_reset_code(world.worker, account(world, name), secret=SECRET)
    with pytest.raises(NotAllowed):
        issue_reset_code(world.secretary, account(world, name), secret=SECRET)
    assert issue_reset_code(world.administrator, account(world, name), secret=SECRET)


# ---- cards and claims --------------------------------------------------------------------------


def test_cards_for_a_building_are_one_a_unit_in_order(world: World, cards: Print) -> None:
    printed = cards("building", copies=2)
    assert [c.label for c in printed][::2] == [f"12号楼1单元{n}室" for n in (101, 102, 201, 202)]
    assert len({c.code for c in printed}) == 8
    assert stated("codes.issued")[-1].payload["count"] == 8
    kept = db.session.scalars(sa.select(Code.digest)).all()
    assert not any(c.code in "".join(kept) for c in printed)


def test_printing_again_voids_what_was_not_used(world: World, cards: Print) -> None:
    used, unused = cards("building")[2:]
    claim_unit(world.tenant, code_of(used))
    cards("building")
    assert code_of(used).voided_at is None
    assert code_of(unused).voided_at == NOW
    with pytest.raises(Conflict, match="换成新卡"):
        claim_unit(world.merchant, code_of(unused))
    assert cards("building", Relation.TENANT)
    assert stated("codes.issued")[-1].payload["voided"] == 0


def test_a_community_is_too_many_cards_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.accounts.actions.cards.MOST", 4)
    with pytest.raises(Invalid, match="按楼栋"):
        issue_cards(world.secretary, place(world, "estate"), relation=Relation.OWNER, secret=SECRET)
    assert MOST >= 100


def test_only_staff_of_the_place_print(world: World) -> None:
    for name in ("owner", "chair", "manager", "auditor", "merchant"):
        with pytest.raises(NotAllowed):
            issue_cards(world.actor(name), place(world, "101"), relation=Relation.OWNER, secret=SECRET)
    with pytest.raises(NotVisible):
        issue_cards(world.other_secretary, place(world, "101"), relation=Relation.OWNER, secret=SECRET)


def test_a_family_member_claims(world: World, cards: Print) -> None:
    membership = claim_unit(world.tenant, code_of(cards("202")[0]))
    assert membership.relation is Relation.FAMILY
    assert membership.place_path == world.paths["202"]
    assert world.paths["202"] in world.tenant.homes
    event = stated("unit.claimed")[-1]
    assert (event.subject, event.actor_id) == (f"unit:{world.ids['202']}", world.ids["tenant"])


def test_a_card_is_used_once(world: World, cards: Print) -> None:
    code = code_of(cards("202")[0])
    claim_unit(world.tenant, code)
    with pytest.raises(Conflict, match="用过"):
        claim_unit(world.merchant, code)
    with pytest.raises(Conflict, match="用过"):
        join_by_card(Actor(now=NOW), code, name="周立新", phone="19900001111", password_hash="x")
    assert db.session.scalar(sa.select(User.id).where(User.phone == "19900001111")) is None


def test_a_late_card_says_so(world: World, cards: Print) -> None:
    code = code_of(cards("202", days=30)[0])
    late = replace(world.tenant, now=NOW + timedelta(days=30))
    with pytest.raises(Conflict, match="过期"):
        claim_unit(late, code)


def test_an_owner_says_which_owner_he_is(world: World, cards: Print) -> None:
    entry = owner_entry("202", "赵强", world)
    code = code_of(cards("202", Relation.OWNER)[0])
    for wrong in (None, 0, db.session.scalar(sa.select(Owner.id).where(Owner.name == "王秀兰"))):
        with pytest.raises(Invalid, match="哪一位业主"):
            claim_unit(world.tenant, code, owner_id=wrong)
    assert code.used_at is None
    assert claim_unit(world.tenant, code, owner_id=entry.id).owner_id == entry.id
    assert stated("unit.claimed")[-1].payload["names_agree"] is True


def test_another_name_than_the_registers_is_noted_for_staff(world: World, cards: Print) -> None:
    entry = owner_entry("202", "周立新", world)
    claim_unit(world.tenant, code_of(cards("202", Relation.OWNER)[0]), owner_id=entry.id)
    assert stated("unit.claimed")[-1].payload["names_agree"] is False


def test_an_owner_is_recognised_once(world: World, cards: Print) -> None:
    taken = db.session.scalars(sa.select(Owner.id).where(Owner.name == "王秀兰")).one()
    code = code_of(cards("101", Relation.OWNER)[0])
    with pytest.raises(Conflict, match="已经有人认领"):
        claim_unit(world.tenant, code, owner_id=taken)
    assert [(name, is_taken) for _id, name, is_taken in shown(code).owners] == [("王**", True), ("王*", True)]


def test_a_unit_without_register_takes_an_owner_unnamed(world: World, cards: Print) -> None:
    assert claim_unit(world.tenant, code_of(cards("202", Relation.OWNER)[0])).owner_id is None


def test_the_same_unit_twice_is_told_and_keeps_the_card(world: World, cards: Print) -> None:
    code = code_of(cards("102", Relation.TENANT)[0])
    with pytest.raises(Conflict, match="已经是这里的住户"):
        claim_unit(world.tenant, code)
    assert code.usable(NOW)


def test_a_tenant_who_becomes_family_has_one_membership_at_a_time(world: World, cards: Print) -> None:
    claim_unit(world.tenant, code_of(cards("102", Relation.FAMILY)[0]))
    claim_unit(world.tenant, code_of(cards("102", Relation.TENANT)[0]))
    held = db.session.scalars(sa.select(Membership).where(Membership.user_id == world.ids["tenant"])).all()
    assert [(m.relation, m.starts, m.ends) for m in sorted(held, key=lambda m: m.starts)] == [
        (Relation.TENANT, date(2024, 1, 1), TODAY),
        (Relation.TENANT, TODAY, None),
    ]
    assert world.tenant.homes == (world.paths["102"],)


def test_moving_out_and_back_on_one_day(world: World, cards: Print) -> None:
    first = claim_unit(world.tenant, code_of(cards("202")[0]))
    move_out(world.secretary, first, on=TODAY)
    assert world.paths["202"] not in world.tenant.homes
    again = claim_unit(world.tenant, code_of(cards("202")[0]))
    assert again.ends is None
    assert world.paths["202"] in world.tenant.homes


def test_moving_out_needs_staff_and_a_sensible_day(world: World) -> None:
    membership = db.session.scalars(
        sa.select(Membership).where(Membership.user_id == world.ids["tenant"])
    ).one()
    with pytest.raises(NotAllowed):
        move_out(world.tenant, membership, on=TODAY)
    for day in (date(2023, 12, 31), TODAY + timedelta(days=1)):
        with pytest.raises(Invalid):
            move_out(world.worker, membership, on=day)
    move_out(world.worker, membership, on=TODAY)
    with pytest.raises(Conflict):
        move_out(world.worker, membership, on=TODAY)
    assert not world.tenant.homes


def test_a_card_of_another_community_is_none(world: World, cards: Print) -> None:
    with pytest.raises((NotVisible, NotAllowed)):
        claim_unit(world.tenant, code_of(cards("other_unit")[0]))


def test_a_bearer_without_account_joins(world: World, cards: Print) -> None:
    card = cards("202")[0]
    user = join_by_card(
        Actor(now=NOW), code_of(card), name="周立新", phone="19900001111", password_hash=hashed(PASSWORD, 1)
    )
    assert user.place_path == world.paths["community"]
    assert identity.himself(user).homes == (world.paths["202"],)
    assert enter("19900001111", PASSWORD, 1).id == user.id
    assert stated("user.registered")[-1].actor_id == user.id


def test_a_phone_with_an_account_is_told_and_keeps_the_card(world: World, cards: Print) -> None:
    code = code_of(cards("202")[0])
    with pytest.raises(Invalid, match="已经有账号"):
        join_by_card(Actor(now=NOW), code, name="周立新", phone="19900000004", password_hash="x")
    assert code.usable(NOW)


def test_nothing_is_left_of_a_claim_that_fails_late(world: World, cards: Print) -> None:
    owner_entry("202", "周立新", world)
    code = code_of(cards("202", Relation.OWNER)[0])
    with pytest.raises(Invalid):
        join_by_card(Actor(now=NOW), code, name="周立新", phone="19900001111", password_hash="x", owner_id=0)
    assert db.session.scalar(sa.select(User.id).where(User.phone == "19900001111")) is None
    assert not stated("user.registered")


# ---- at the desk -------------------------------------------------------------------------------


def test_a_person_without_phone_is_registered_and_can_be_acted_for(world: World) -> None:
    unit = db.session.get_one(Unit, world.ids["202"])
    user = register(
        world.worker, place(world, "community"), name="周桂英", unit=unit, relation=Relation.FAMILY
    )
    assert user.password_hash is None
    acting = start_acting(world.worker, user, way=Way.COUNTER, reason="联署修木栈道")
    assert acting.by_id == world.ids["worker"]
    for name in ("owner", "chair", "manager"):
        with pytest.raises(NotAllowed):
            register(world.actor(name), place(world, "community"), name="某人")


def test_a_unit_of_another_community_is_refused_at_the_desk(world: World) -> None:
    foreign = db.session.get_one(Unit, world.ids["other_unit"])
    with pytest.raises(NotVisible):
        register(
            world.worker, place(world, "community"), name="周桂英", unit=foreign, relation=Relation.FAMILY
        )


def test_correcting_keeps_phones_unique(world: World) -> None:
    tenant = account(world, "tenant")
    with pytest.raises(Invalid) as taken:
        correct(world.worker, tenant, name="赵强", phone="19900000004", sign_in_name=None)
    assert taken.value.field == "phone"
    correct(world.worker, tenant, name="赵小强", phone=None, sign_in_name="xiaoqiang")
    assert stated("user.corrected")[-1].payload["phone_changed"] is True
    with pytest.raises(NotAllowed):
        correct(world.worker, account(world, "secretary"), name="冯小霞", phone=None, sign_in_name=None)


def test_adjusting_is_ones_own(world: World) -> None:
    adjust(world.owner, account(world, "owner"), nickname="木栈道老王", lang="xx", large_text=True)
    assert (world.owner.name, world.owner.lang, world.owner.large_text) == ("木栈道老王", "zh", True)
    assert len(stated("user.adjusted")) == 1
    adjust(world.owner, account(world, "owner"), nickname="木栈道老王")
    assert len(stated("user.adjusted")) == 1
    with pytest.raises(NotVisible):
        adjust(world.tenant, account(world, "owner"), nickname="x")
    with pytest.raises(NotAllowed):
        adjust(world.secretary, account(world, "owner"), nickname="x")


def test_units_are_found_as_people_write_them(world: World) -> None:
    here = world.paths["community"]
    for typed in ("12-1-101", "12号楼101", "宝枫 101", "12号楼1单元101室"):
        assert [u.label for u in find_units(here, typed)] == ["12号楼1单元101室"], typed
    assert find_units(here, "") == find_units(here, "  %_ ") == find_units(here, "99-9-999") == []
    assert [u.id for u in find_units(here, "龙山")] == []


# ---- posts -------------------------------------------------------------------------------------


def test_a_post_for_a_term(world: World) -> None:
    grant = give_role(
        world.secretary,
        place(world, "estate"),
        user=account(world, "owner"),
        role=Role.COMMITTEE_MEMBER,
        starts=TODAY + timedelta(days=1),
        ends=TODAY + timedelta(days=3),
    )
    assert not world.owner.grants
    with clock.frozen(NOW + timedelta(days=1)):
        assert world.owner.holds("committee_member", world.paths["101"])
        assert world.owner.party == "committee"
    with clock.frozen(NOW + timedelta(days=3)):
        assert not world.owner.grants
    assert stated("grant.given")[-1].story == f"user:{grant.user_id}"


def test_ending_takes_effect_at_once(world: World) -> None:
    grant = db.session.scalars(sa.select(Grant).where(Grant.user_id == world.ids["chair"])).one()
    end_role(world.secretary, grant)
    assert world.chair.party == "resident"
    with pytest.raises(Conflict):
        end_role(world.secretary, grant)
    assert stated("grant.ended")[-1].payload["role"] == "committee_chair"


def test_terms_do_not_overlap_and_are_not_empty(world: World) -> None:
    def give(starts: date, ends: date | None) -> Grant:
        return give_role(
            world.secretary,
            place(world, "estate"),
            user=account(world, "owner"),
            role=Role.MERCHANT,
            starts=starts,
            ends=ends,
        )

    with pytest.raises(Invalid):
        give(TODAY, TODAY)
    give(TODAY, TODAY + timedelta(days=10))
    with pytest.raises(Conflict):
        give(TODAY + timedelta(days=9), None)
    give(TODAY + timedelta(days=10), None)
    with pytest.raises(Conflict):
        give(TODAY - timedelta(days=1), None)


def test_nobody_gives_above_himself(world: World) -> None:
    give_role(world.secretary, place(world, "estate"), user=account(world, "tenant"), role=Role.SECRETARY)
    estate_secretary = world.tenant
    with pytest.raises(NotAllowed):
        give_role(
            estate_secretary, place(world, "community"), user=account(world, "owner"), role=Role.SECRETARY
        )
    with pytest.raises(NotAllowed):
        give_role(
            estate_secretary, place(world, "estate"), user=account(world, "tenant"), role=Role.ADMINISTRATOR
        )
    assert give_role(
        estate_secretary, place(world, "building"), user=account(world, "owner"), role=Role.GRID_WORKER
    )


@pytest.mark.parametrize("name", ["owner", "chair", "manager", "worker", "auditor", "merchant"])
def test_others_give_nothing(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        give_role(
            world.actor(name), place(world, "community"), user=account(world, name), role=Role.SECRETARY
        )


def test_a_secretary_makes_no_administrator_and_removes_none(world: World) -> None:
    for target in ("owner", "secretary"):
        with pytest.raises(NotAllowed):
            give_role(
                world.secretary,
                place(world, "community"),
                user=account(world, target),
                role=Role.ADMINISTRATOR,
            )
    grant = db.session.scalars(sa.select(Grant).where(Grant.user_id == world.ids["administrator"])).one()
    with pytest.raises(NotAllowed, match="管理员"):
        end_role(world.secretary, grant)
    with pytest.raises(NotAllowed, match="自己的职务"):
        end_role(world.administrator, grant)
    assert give_role(
        world.administrator, place(world, "community"), user=account(world, "owner"), role=Role.ADMINISTRATOR
    )


def test_a_person_of_another_community_gets_no_post_here(world: World) -> None:
    with pytest.raises(NotVisible):
        give_role(
            world.secretary,
            place(world, "estate"),
            user=account(world, "neighbour"),
            role=Role.COMMITTEE_CHAIR,
        )
    with pytest.raises(NotVisible):
        give_role(
            world.secretary,
            place(world, "other_estate"),
            user=account(world, "owner"),
            role=Role.COMMITTEE_CHAIR,
        )


# ---- acting ------------------------------------------------------------------------------------


def test_what_is_done_while_acting_carries_both_names(world: World, cards: Print) -> None:
    start_acting(world.worker, account(world, "tenant"), way=Way.PHONE, reason="认领房屋")
    people = identity.load([world.ids["tenant"], world.ids["worker"]])
    acting = identity.actor_of(people[world.ids["tenant"]], entered_by=people[world.ids["worker"]])
    claim_unit(acting, code_of(cards("202")[0]))
    event = stated("unit.claimed")[-1]
    assert (event.actor_id, event.entered_by_id) == (world.ids["tenant"], world.ids["worker"])


@pytest.mark.parametrize("name", ["secretary", "administrator", "worker"])
def test_nobody_acts_for_staff_or_himself(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        start_acting(world.worker, account(world, name), way=Way.PHONE, reason="x")


@pytest.mark.parametrize("name", ["owner", "chair", "manager", "auditor", "administrator"])
def test_only_community_staff_act(world: World, name: str) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        start_acting(world.actor(name), account(world, "tenant"), way=Way.PHONE, reason="x")


def test_a_person_of_another_community_is_not_there(world: World) -> None:
    with pytest.raises(NotVisible):
        start_acting(world.worker, account(world, "neighbour"), way=Way.PHONE, reason="x")


def test_acting_ends_once_and_when_the_next_begins(world: World) -> None:
    first = start_acting(world.worker, account(world, "tenant"), way=Way.PHONE, reason="x")
    second = start_acting(world.worker, account(world, "owner"), way=Way.VISIT, reason="y")
    assert first.ended_at == NOW
    end_acting(world.owner, second)
    end_acting(world.owner, second)
    assert len(stated("acting.ended")) == 2
    assert db.session.scalars(sa.select(Acting).where(Acting.ended_at.is_(None))).all() == []


def test_acting_ceases_with_the_post(world: World) -> None:
    worker, tenant = identity.load([world.ids["worker"], world.ids["tenant"]]).values()
    assert identity.may_act(worker, tenant)
    grant = db.session.scalars(sa.select(Grant).where(Grant.user_id == world.ids["worker"])).one()
    end_role(world.secretary, grant)
    again = identity.load([world.ids["worker"]])[world.ids["worker"]]
    assert not identity.may_act(again, tenant)


def test_the_portal_makes_the_first_administrator(world: World) -> None:
    user = register(
        system(), place(world, "community"), name="周立新", phone="19900001111", password_hash="x"
    )
    give_role(system(), place(world, "community"), user=user, role=Role.ADMINISTRATOR)
    assert identity.himself(user).holds("administrator", world.paths["estate"])
