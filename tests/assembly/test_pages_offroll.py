"""Who opens a vote and has no paper reads why, and what he can do."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import Membership, Relation
from portal.assembly.models.rolls import RollUnit, Speaker
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import Capacity, Scope, Standing, VoteState
from portal.core.db import db, transaction
from portal.places.models import Owner
from tests.assembly.conftest import MakeVote, speaker_of, voter_of
from tests.conftest import Client
from tests.world import SINCE, World

HEAD = "为什么没有您的票"


def read(client: Client, vote: OwnersVote, name: str | None) -> str:
    return client.sign_in(name).get(f"/owners-votes/{vote.id}").text


def moved_in(world: World, name: str, unit: str, **given: Any) -> None:
    """The person owns a home by his own account."""
    with transaction():
        db.session.add(
            Membership(
                user_id=world.ids[name],
                unit_id=world.ids[unit],
                place_path=world.paths[unit],
                starts=SINCE,
                **{"relation": Relation.OWNER, "owner_id": None, **given},
            )
        )


def on_title(world: World, unit: str, name: str) -> int:
    """Somebody whom the register names since, on the title of a home."""
    with transaction():
        owner = Owner(
            owner_set_id=world.ids[f"owners_{unit}"],
            place_path=world.paths[unit],
            kind="person",
            name=name,
            phone="",
        )
        db.session.add(owner)
        db.session.flush()
    return owner.id


def left(vote: OwnersVote, speaker: Speaker) -> None:
    """The roll does not name him: he came on the title later."""
    with transaction():
        db.session.execute(sa.delete(Speaker).where(Speaker.id == speaker.id))


def test_who_has_claimed_no_home_is_led_to_his_card(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    shown = read(client, make_vote(), "auditor")
    assert "还没有认领房屋" in shown
    assert 'href="/claim"' in shown


def test_who_bought_after_the_freeze(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    left(vote, speaker_of(world, vote, "chair"))
    shown = read(client, vote, "chair")
    assert "还在原来的业主名下" in shown
    assert "登记过户" in shown
    assert "提出异议" not in shown


def test_while_the_roll_hangs_out_he_objects(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(VoteState.ROLL_POSTED)
    left(vote, speaker_of(world, vote, "chair"))
    shown = read(client, vote, "chair")
    assert "名册还在公示，提出异议" in shown
    assert "登记过户" not in shown


def test_a_home_outside_the_scope(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote(
        scope=Scope.BUILDING, place_path=world.paths["building"], scope_label="12号楼", roll=False
    )
    moved_in(world, "auditor", "shop")
    assert "不在这次表决的范围里" in read(client, vote, "auditor")


def test_the_register_names_nobody(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    moved_in(world, "auditor", "202")
    assert "业主不明" in read(client, vote, "auditor")


def test_the_register_says_another_name_and_does_not_tell_which(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    moved_in(world, "auditor", "201")
    shown = read(client, vote, "auditor")
    assert "登记簿上这套房屋的业主不是您的名字" in shown
    assert "顾建平" not in shown.split(HEAD)[1].split("</section>")[0]


def test_who_is_doubted_waits_for_a_second_person(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    owner = on_title(world, "202", "何先生")
    moved_in(world, "auditor", "202", owner_id=owner, doubted=True)
    assert "另一位工作人员看过" in read(client, vote, "auditor")


def test_a_home_that_is_not_on_the_roll(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    moved_in(world, "auditor", "202")
    with transaction():
        db.session.execute(
            sa.delete(RollUnit).where(RollUnit.vote_id == vote.id, RollUnit.unit_id == world.ids["202"])
        )
    assert "名册上没有这套房屋" in read(client, vote, "auditor")


def test_a_guardian_who_is_halted(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    voter = voter_of(vote, "202")
    with transaction():
        db.session.add(
            Speaker(
                vote_id=vote.id,
                voter_id=voter.id,
                place_path=voter.place_path,
                user_id=world.ids["tenant"],
                name="赵强",
                capacity=Capacity.GUARDIAN,
                standing=Standing.SUSPENDED,
            )
        )
    shown = read(client, vote, "tenant")
    assert shown.index("业主说不对") < shown.index("您登记的是租户")


@pytest.mark.parametrize("name", ["owner", "chair", "secretary", None])
def test_whoever_has_a_paper_or_signs_in_first_or_works_here_reads_nothing_of_it(
    world: World, make_vote: MakeVote, client: Client, name: str | None
) -> None:
    assert HEAD not in read(client, make_vote(), name)


def test_another_community_learns_nothing(world: World, make_vote: MakeVote, client: Client) -> None:
    vote = make_vote()
    assert client.sign_in("neighbour").get(f"/owners-votes/{vote.id}").status_code == 404
