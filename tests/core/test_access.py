"""One rule, three readings that agree; reasons; tenancy; ranges of paths."""

import random
from datetime import timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from portal.accounts.models import Grant, Membership, Role, User
from portal.core import access
from portal.core.access import Permission, Policy, Rule, containing, under
from portal.core.actor import SYSTEM, Actor
from portal.core.atoms import (
    anyone,
    during,
    flag,
    having,
    in_person,
    member,
    mine,
    not_mine,
    role,
    same,
    signed_in,
    the_portal,
)
from portal.core.db import db, transaction
from portal.core.errors import NotAllowed, NotVisible
from portal.core.hours import before, since
from tests.core.conftest import Make
from tests.core.things import LATE, NOT_OPEN, NOT_STAFF, NOT_YOURS, Can, State, Thing
from tests.world import NOW, PEOPLE, World

secretary = role("secretary", reason="r1")
manager = role("property_manager", "committee_chair", reason="r2")
author = mine("author_id", reason="r3")
stranger = not_mine("author_id", reason="r4")
is_open = during(State.OPEN, State.DRAFT, reason="r5")
in_time = before("closes_at", reason="r6")
has_come = since("closes_at", reason="r9")
flagged = flag("flagged", reason="r7")

RULES: dict[str, Rule] = {
    "anyone": anyone,
    "signed_in": signed_in,
    "member": member,
    "in_person": signed_in & in_person,
    "the_portal": the_portal,
    "secretary": secretary,
    "manager": manager,
    "author": author,
    "stranger": signed_in & stranger,
    "open": signed_in & is_open,
    "having": member & having("state", State.CLOSED, reason="r8"),
    "in_time": member & in_time,
    "has_come": member & has_come,
    "flagged": member & flagged,
    "same": same(Can.CHANGE),
    "or": secretary | author,
    "or_or": secretary | manager | author,
    "and_or": (secretary | author) & is_open & in_time,
    "or_and": (manager & stranger) | (author & flagged) | (secretary & is_open & in_time),
    "and_same": same(Can.CHANGE) & (flagged | secretary),
    "all": member & stranger & is_open & in_time & flagged,
}
TIMES = (None, NOW, NOW - timedelta(seconds=1), NOW + timedelta(seconds=1))


@pytest.fixture
def grid(make: Make, world: World) -> list[Thing]:
    """Forty things of every kind, the same ones every time."""
    every = list(
        product(
            ("community", "estate", "101", "other_community", "other_unit"),
            (None, "owner", "neighbour", "chair"),
            State,
            TIMES,
            (None, True, False),
        )
    )
    chosen = random.Random(7).sample(every, 40)
    return [
        make(place, author=who, state=state, closes_at=closes, flagged=marked)
        for place, who, state, closes, marked in chosen
    ]


def actors(world: World) -> list[Actor]:
    known = [world.actor(name) for name in (*PEOPLE, "visitor")]
    return [*known, Actor(now=NOW), SYSTEM]


@pytest.mark.parametrize("name", RULES)
def test_check_clause_and_holders_agree(
    name: str, grid: list[Thing], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    permission = f"test:{name}"
    monkeypatch.setitem(access.RULES, permission, RULES[name])
    checked = {(a.id, t.id) for a in actors(world) for t in grid if access.may(a, permission, t)}
    for actor in actors(world):
        wanted = sa.select(Thing.id).where(access.rows(actor, Thing, permission))
        listed = {(actor.id, i) for i in db.session.scalars(wanted)}
        by_check = {(actor.id, t.id) for t in grid if access.may(actor, permission, t)}
        assert listed == by_check, actor.name
        assert access.reaches(actor, Thing, permission) or not listed, actor.name
    if not RULES[name].names_people:
        return
    for thing in grid:
        people = set(db.session.scalars(sa.select(User.id).where(access.holders(permission, thing))))
        assert people == {who for who, what in checked if what == thing.id and who is not None}


@pytest.mark.parametrize("name", RULES)
def test_a_clause_is_true_or_false_and_never_null(name: str, grid: list[Thing], world: World) -> None:
    for actor in actors(world):
        clause = RULES[name].clause(actor, Thing)
        allowed = db.session.scalar(sa.select(sa.func.count()).select_from(Thing).where(clause))
        refused = db.session.scalar(sa.select(sa.func.count()).select_from(Thing).where(sa.not_(clause)))
        assert (allowed or 0) + (refused or 0) == len(grid)


@pytest.mark.parametrize("name", RULES)
def test_readers_who_share_a_clause_would_get_the_same_one(name: str, make: Make, world: World) -> None:
    """`facts` names everything of the actor that the clause looks at."""
    shared: dict[object, set[str]] = {}
    for actor in actors(world):
        text = RULES[name].clause(actor, Thing).compile(db.engine, compile_kwargs={"literal_binds": True})
        shared.setdefault(RULES[name].facts(actor), set()).add(str(text))
    assert {len(texts) for texts in shared.values()} == {1}


def test_readers_who_are_alike_share_one_clause(
    make: Make, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(access.RULES, "test:role", secretary)
    assert access.rows(world.owner, Thing, "test:role") is access.rows(world.tenant, Thing, "test:role")
    assert access.rows(world.owner, Thing, "test:role") is not access.rows(
        world.secretary, Thing, "test:role"
    )
    assert access.rows(world.owner, Thing) is not access.rows(world.neighbour, Thing)


def test_the_grid_is_no_formality(grid: list[Thing], world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule allows something to somebody and refuses something."""
    for name, rule in RULES.items():
        monkeypatch.setitem(access.RULES, f"test:{name}", rule)
        verdicts = {bool(access.may(a, f"test:{name}", t)) for a in actors(world) for t in grid}
        assert verdicts == {True, False}, name


def test_a_term_ends_on_its_last_day_in_every_reading(make: Make, world: World) -> None:
    thing = make("community")
    with transaction():
        db.session.execute(sa.update(Grant).where(Grant.role == Role.SECRETARY).values(ends=NOW.date()))
    assert not access.may(world.secretary, Can.JUDGE, thing)
    named = sa.select(User.id).where(access.holders(Can.JUDGE, thing))
    assert world.ids["secretary"] not in set(db.session.scalars(named))


def test_a_closed_account_is_no_audience(make: Make, world: World) -> None:
    thing = make("community")
    with transaction():
        db.session.execute(sa.update(User).where(User.id == world.ids["secretary"]).values(closed_at=NOW))
    named = sa.select(User.id).where(access.holders(Can.JUDGE, thing))
    assert world.ids["secretary"] not in set(db.session.scalars(named))


def test_another_communitys_thing_is_refused_without_a_reason(make: Make, world: World) -> None:
    verdict = access.may(world.secretary, Can.JUDGE, make("other_community"))
    assert not verdict
    assert verdict.reason == ""


def test_what_one_may_not_see_is_not_there(make: Make, world: World) -> None:
    with pytest.raises(NotVisible):
        access.require(world.secretary, Can.JUDGE, make("other_unit"))


def test_what_one_sees_but_may_not_do_has_a_reason(make: Make, world: World) -> None:
    with pytest.raises(NotAllowed, match=NOT_STAFF):
        access.require(world.owner, Can.JUDGE, make("estate"))


def test_a_grant_in_another_community_does_not_reach_over(make: Make, world: World) -> None:
    """Somebody of this community who also holds a post next door acts here only."""
    here = world.secretary
    both = Actor(
        id=here.id,
        name=here.name,
        community=here.community,
        grants=here.grants | {("secretary", world.paths["other_community"])},
        now=NOW,
    )
    theirs = make("other_estate")
    assert not access.may(both, Can.JUDGE, theirs)
    assert theirs.id not in set(
        db.session.scalars(sa.select(Thing.id).where(access.rows(both, Thing, Can.JUDGE)))
    )


def test_a_visitor_is_asked_to_sign_in(make: Make, world: World) -> None:
    thing = make("estate", author="owner")
    for permission in (Can.CHANGE, Can.JUDGE, Can.SIGN):
        assert "登录" in access.may(world.visitor, permission, thing).reason


def test_reasons_come_in_the_order_of_the_rule(make: Make, world: World) -> None:
    draft = make("estate", author="owner", closes_at=NOW)
    assert access.may(world.chair, Can.CHANGE, draft).reason == NOT_YOURS
    assert access.may(world.owner, Can.SIGN, draft).reason == NOT_OPEN
    late = make("estate", author="owner", closes_at=NOW, state=State.OPEN)
    assert access.may(world.owner, Can.SIGN, late).reason == LATE


def test_the_first_alternatives_reason_stands_for_all(make: Make, world: World) -> None:
    assert access.may(world.chair, Can.OPEN, make("estate", author="owner")).reason == NOT_STAFF


def test_of_several_alternatives_the_nearest_says_why(make: Make, world: World) -> None:
    """Who speaks for a matter depends on the matter: the alternative that fits it gives the reason."""
    rule = (during(State.OPEN, reason="not open") & role("property_manager", reason="ask the manager")) | (
        during(State.DRAFT, reason="no draft") & role("committee_chair", reason="ask the chair")
    )
    assert rule.check(world.owner, make(state=State.DRAFT)).reason == "ask the chair"
    assert rule.check(world.owner, make(state=State.OPEN)).reason == "ask the manager"
    assert rule.check(world.owner, make(state=State.CLOSED)).reason == "not open"


def test_rows_one_may_do_something_to_are_fewer_than_those_one_sees(make: Make, world: World) -> None:
    own, other = make("101", author="owner"), make("101", author="chair")
    seen = set(db.session.scalars(sa.select(Thing.id).where(access.rows(world.owner, Thing))))
    mine_ = set(db.session.scalars(sa.select(Thing.id).where(access.rows(world.owner, Thing, Can.CHANGE))))
    assert seen == {own.id, other.id}
    assert mine_ == {own.id}


def test_a_rule_that_says_nothing_of_people_has_no_audience(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    thing = make()
    for rule in (anyone, is_open, anyone | secretary, is_open & in_time):
        monkeypatch.setitem(access.RULES, "test:nobody", rule)
        with pytest.raises(LookupError, match="no audience"):
            access.holders("test:nobody", thing)


def test_same_has_the_audience_of_its_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    class Named(Permission):
        STATE = "named:state"

    monkeypatch.setitem(access.RULES, Named.STATE.value, is_open)
    assert not same(Named.STATE).names_people


class Words(Permission):
    ONE = "words:one"
    TWO = "words:two"


@pytest.fixture
def registers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "RULES", {})
    monkeypatch.setattr(access, "SEES", {})


def test_every_word_needs_its_rule(registers: None) -> None:
    with pytest.raises(LookupError, match="words:two"):
        access.install(Policy({Words.ONE: anyone}, sees={}), Words)


def test_a_word_has_one_rule(registers: None) -> None:
    policy = Policy({Words.ONE: anyone, Words.TWO: anyone}, sees={})
    access.install(policy, Words)
    access.install(policy, Words)
    with pytest.raises(LookupError, match="two rules"):
        access.install(Policy({Words.ONE: anyone, Words.TWO: signed_in}, sees={}), Words)


def test_an_unknown_permission_is_an_error(make: Make, world: World) -> None:
    with pytest.raises(KeyError):
        access.may(world.owner, "thing:fly", make())


PATHS = ["/1/", "/1/2/", "/1/10/", "/1/2/3/", "/10/", "/10/1/", "/11/2/", "/2/", "/2/1/"]


@pytest.mark.parametrize("top", [*PATHS, "/"])
def test_a_range_of_paths_is_a_subtree(top: str, make: Make) -> None:
    made = [make() for _ in PATHS]
    with transaction():
        for thing, path in zip(made, PATHS, strict=True):
            db.session.execute(sa.update(Thing).where(Thing.id == thing.id).values(place_path=path))
    found = set(db.session.scalars(sa.select(Thing.place_path).where(under(Thing.place_path, top))))
    assert found == {p for p in PATHS if p.startswith(top)}


def test_containing_places_from_the_top() -> None:
    assert containing("/1/10/7/") == ("/1/", "/1/10/", "/1/10/7/")


@pytest.mark.parametrize(("held", "asked"), [(a, b) for a in PATHS for b in PATHS])
def test_holding_and_containing_are_the_same_tree(held: str, asked: str) -> None:
    actor = Actor(id=1, grants=frozenset({("secretary", held)}))
    assert actor.holds("secretary", asked) == (held in containing(asked))


def test_membership_is_by_community_not_by_its_first_digits() -> None:
    one = Actor(id=1, community="/1/", homes=("/1/2/3/",))
    assert not member.check(one, Thing(place_path="/10/2/"))
    assert member.check(one, Thing(place_path="/1/9/"))


def test_members_are_residents_and_post_holders(
    make: Make, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(access.RULES, "test:member", member)
    people = set(db.session.scalars(sa.select(User.id).where(access.holders("test:member", make("estate")))))
    lives = set(db.session.scalars(sa.select(Membership.user_id)))
    posted = set(db.session.scalars(sa.select(Grant.user_id)))
    assert people == (lives | posted) - {world.ids["neighbour"], world.ids["other_secretary"]}
