"""A card is no ballot: who takes an owner's entry under another name or phone stands on no roll until a second member
of staff, not the one who gave him the card, has seen his papers."""

import pytest
import sqlalchemy as sa

from portal.accounts.actions.cards import issue_cards
from portal.accounts.models import Membership, Relation, User
from portal.assembly.models.box import OwnerBallot
from portal.assembly.models.rolls import Speaker
from portal.assembly.models.votes import OwnersVote
from portal.core.db import db, transaction
from portal.core.waiting import waiting_for
from portal.places.models import Owner, OwnerKind, Place
from tests.assembly.conftest import MakeVote, voter_of
from tests.conftest import Client
from tests.world import World

PHONE = "19900001111"
PASSWORD = "a new sentence"


def entry(world: World, name: str = "周立新", phone: str = "", kind: OwnerKind = OwnerKind.PERSON) -> Owner:
    with transaction():
        owner = Owner(
            owner_set_id=world.ids["owners_202"],
            place_path=world.paths["202"],
            kind=kind,
            name=name,
            phone=phone,
        )
        db.session.add(owner)
    return owner


def cards(world: World, copies: int = 1) -> list[str]:
    """Codes of owners' cards that the worker printed."""
    home = db.session.get_one(Place, world.ids["202"])
    made = issue_cards(world.worker, home, relation=Relation.OWNER, secret="tests", copies=copies)
    return [card.code for card in made]


def joins(
    world: World, client: Client, owner: Owner, name: str, phone: str = PHONE, code: str = ""
) -> Membership:
    """A visitor with an owner's card, from the code to his account."""
    code, whom = code or cards(world)[0], str(owner.id)
    client.sign_in("visitor").submit("/claim", {"code": code})
    client.submit("/claim/join", {"name": name, "phone": phone, "password": PASSWORD, "owner": whom})
    user = db.session.scalars(sa.select(User).where(User.phone == phone)).one()
    return db.session.scalars(sa.select(Membership).where(Membership.user_id == user.id)).one()


def on_roll(vote: OwnersVote) -> int | None:
    return db.session.scalar(sa.select(Speaker.user_id).where(Speaker.voter_id == voter_of(vote, "202").id))


def test_another_name_gives_no_vote(world: World, make_vote: MakeVote, client: Client) -> None:
    owner = entry(world)
    vote = make_vote()
    member = joins(world, client, owner, "冒名者")
    assert "窗口" in client.get("/me").text
    assert "/me" in client.get("/").text
    sent = {"choice": ["for", "for"], "once": "a"}
    assert client.submit(f"/voters/{voter_of(vote, '202').id}/ballot", sent).status_code == 403
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OwnerBallot)) == 0
    assert on_roll(vote) is None
    assert member.owner_id == owner.id


@pytest.mark.parametrize("phone", ["", PHONE])
def test_name_and_phone_of_the_register_are_enough(
    world: World, make_vote: MakeVote, client: Client, phone: str
) -> None:
    owner = entry(world, phone=phone)
    vote = make_vote()
    member = joins(world, client, owner, "周立新")
    assert not member.doubted
    assert on_roll(vote) == member.user_id


@pytest.mark.parametrize(
    ("name", "phone", "kind"),
    [
        ("周立新", "19900002222", OwnerKind.PERSON),
        ("延吉宝枫商贸公司", "", OwnerKind.ORGANISATION),
    ],
)
def test_another_phone_and_an_organisation_are_looked_at(
    world: World, make_vote: MakeVote, client: Client, name: str, phone: str, kind: OwnerKind
) -> None:
    owner = entry(world, name, phone, kind)
    vote = make_vote()
    assert joins(world, client, owner, "周立新").doubted
    assert on_roll(vote) is None


def test_a_second_member_of_staff_confirms_him(world: World, make_vote: MakeVote, client: Client) -> None:
    owner = entry(world)
    vote = make_vote()
    member = joins(world, client, owner, "周立心")
    assert "confirm_owner" in {wait.kind for wait in waiting_for(world.secretary)}
    assert "confirm_owner" not in {wait.kind for wait in waiting_for(world.worker)}
    address = f"/memberships/{member.id}/confirmation"
    assert client.sign_in("worker").submit(address, {}).status_code == 403
    assert address not in client.sign_in("worker").get(f"/people/{member.user_id}").text
    page = client.sign_in("secretary").get(f"/people/{member.user_id}").text
    assert address in page
    assert "周立新" in page
    assert client.submit(address, {}).status_code == 303
    assert on_roll(vote) == member.user_id
    assert client.submit(address, {}).status_code == 403


def test_who_is_doubted_keeps_the_owner_himself_out_of_nothing(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    owner = entry(world)
    vote = make_vote()
    first, second = cards(world, copies=2)
    doubted = joins(world, client, owner, "冒名者", code=first).id
    real = joins(world, client, owner, "周立新", "19900003333", code=second)
    assert on_roll(vote) == real.user_id
    refused = client.sign_in("secretary").submit(f"/memberships/{doubted}/confirmation", {})
    assert refused.status_code == 409
