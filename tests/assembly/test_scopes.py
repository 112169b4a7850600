"""A vote of those whose maintenance fund is spent: some buildings and entrances of an estate, with the proof."""

import io

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.assembly import scopes
from portal.assembly.actions.drafting import amend_vote
from portal.assembly.actions.rolls import post_roll
from portal.assembly.models.rolls import RollUnit, Voter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.roll import file
from portal.assembly.words import Scope, VoteState
from portal.core.db import db, transaction
from portal.core.digests import digest
from portal.core.errors import Conflict, Invalid
from portal.places.models import Delivery, Owner, OwnerKind, OwnerSet, Place, PlaceKind, Unit, Use
from tests.assembly.convening import WALLS, drafted, terms
from tests.assembly.letters import kept
from tests.conftest import Client
from tests.world import World

MORE = {"3号楼": ("1单元", "2单元"), "10号楼": ("1单元",)}


@pytest.fixture
def estate(world: World) -> World:
    """The world's estate with two more buildings, a home at every entrance."""
    with transaction():
        for building, entrances in MORE.items():
            house = _place(world.ids["estate"], PlaceKind.BUILDING, building, building)
            for entrance in entrances:
                door = _place(house.id, PlaceKind.ENTRANCE, entrance, building + entrance)
                _home(world, door, f"{building}{entrance}101室")
    return world


def _place(parent: int, kind: PlaceKind, name: str, label: str) -> Place:
    above = db.session.get_one(Place, parent)
    row = Place(parent_id=parent, kind=kind, name=name, label=label, sort_key=label, place_path=label)
    db.session.add(row)
    db.session.flush()
    row.place_path = f"{above.place_path}{row.id}/"
    return row


def _home(world: World, door: Place, label: str) -> None:
    place = _place(door.id, PlaceKind.UNIT, "101", label)
    owners = OwnerSet(place_path=world.paths["estate"], key=label, developer=False)
    db.session.add(owners)
    db.session.flush()
    person = {"kind": OwnerKind.PERSON, "name": f"{label}业主", "phone": ""}
    db.session.add(Owner(owner_set_id=owners.id, place_path=world.paths["estate"], **person))
    db.session.add(
        Unit(
            id=place.id,
            place_path=place.place_path,
            estate_id=world.ids["estate"],
            use=Use.HOME,
            floor="1",
            exclusive_area=9000,
            area_source="产权证",
            delivery=Delivery.DELIVERED,
            owner_set_id=owners.id,
            note="",
        )
    )


def labels(vote: OwnersVote) -> list[str]:
    found = sa.select(RollUnit.label).join(Voter, Voter.id == RollUnit.voter_id)
    return list(db.session.scalars(found.where(RollUnit.vote_id == vote.id).order_by(Voter.number)))


def test_the_roll_is_drawn_from_the_parts_alone(estate: World) -> None:
    vote = drafted(estate, parts="10号楼\n3号楼2单元", proof=[kept()])
    assert (vote.scope, vote.scope_label) == (Scope.FUND, "宝枫新城 3号楼2单元、10号楼")
    assert vote.place_path == estate.paths["estate"]
    post_roll(estate.chair, vote, where=WALLS)
    assert labels(vote) == ["10号楼1单元101室", "3号楼2单元101室"]
    assert (vote.heads, vote.area) == (2, 18000)
    text = file.text(vote, file.kept_lines(vote.id))
    assert digest(text) == vote.roll_hash
    assert all(path in text for path in scopes.paths_of(vote))


def test_entrances_of_one_building_stay_with_it(estate: World) -> None:
    vote = drafted(estate, parts="3号楼2单元、3号楼1单元", proof=[kept()])
    building = db.session.scalars(sa.select(Place).where(Place.label == "3号楼")).one()
    assert vote.place_path == building.place_path
    assert vote.scope_label == "宝枫新城 3号楼1单元、3号楼2单元"


def test_a_part_inside_another_is_no_part_and_one_alone_is_a_place(estate: World) -> None:
    vote = drafted(estate, parts="3号楼1单元 3号楼 3号楼")
    assert (vote.scope, vote.parts, vote.scope_label) == (Scope.BUILDING, [], "宝枫新城 3号楼")
    assert drafted(estate, once="b", parts="3 10").scope is Scope.FUND, "bare numbers are buildings"


@pytest.mark.parametrize("typed", ["5号楼", "3号楼 4号楼", "龙山苑"])
def test_a_part_that_the_register_does_not_have(estate: World, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        drafted(estate, parts=typed)
    assert refused.value.field == "named_parts"


def test_no_roll_without_a_proof(estate: World) -> None:
    vote = drafted(estate, parts="3号楼 10号楼")
    with pytest.raises(Conflict) as refused:
        post_roll(estate.chair, vote, where=WALLS)
    assert [u.cure for u in refused.value.unmet] == [f"/owners-votes/{vote.id}/edit"]
    place = estate.get(Place, "estate")
    amend_vote(estate.chair, vote, terms=terms(), place=place, parts=scopes.typed(vote.parts), proof=[kept()])
    post_roll(estate.chair, vote, where=WALLS)
    assert vote.state is VoteState.ROLL_POSTED
    with pytest.raises(Invalid, match="范围不能再改"):
        amend_vote(estate.chair, vote, terms=terms(), place=place, parts="3号楼")


def test_a_draft_may_be_widened_again(estate: World) -> None:
    vote = drafted(estate, parts="3号楼 10号楼")
    amend_vote(estate.chair, vote, terms=terms(), place=estate.get(Place, "estate"))
    assert (vote.scope, vote.parts) == (Scope.ESTATE, [])


def test_the_form_takes_parts_and_proof_and_shows_them_again(estate: World, client: Client) -> None:
    vote = drafted(estate)
    client.sign_in("chair")
    page = BeautifulSoup(client.get(f"/owners-votes/{vote.id}/edit").text, "html.parser")
    sent = {
        str(field["name"]): str(field.get("value", ""))
        for field in page.select("#vote_form input:not([type=checkbox]):not([type=radio]):not([type=file])")
    }
    sent |= {str(f["name"]): f.text.strip() for f in page.select("#vote_form textarea")}
    sent |= {"place": str(estate.ids["estate"]), "convener": "committee", "jurisdiction": "national"}
    sent |= {"silence": "not_participating", "named_parts": "3号楼\n10号楼"}
    proof = (io.BytesIO(b"%PDF-1.4 account"), "分户账.pdf")
    done = client.submit(
        f"/owners-votes/{vote.id}/edit", {**sent, "proof": proof}, content_type="multipart/form-data"
    )
    assert done.status_code == 303
    again = BeautifulSoup(client.get(f"/owners-votes/{vote.id}/edit").text, "html.parser")
    assert again.select_one("#named_parts").text.strip() == "3号楼\n10号楼"  # type: ignore[union-attr]
    assert "分户账.pdf" in again.text
    assert "分户账.pdf" in client.get(f"/owners-votes/{vote.id}").text
