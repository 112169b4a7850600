"""A community of several estates: a new vote takes its rules and its signature from its own estate alone."""

from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.assembly.actions.drafting import draft_vote
from portal.assembly.models.votes import OwnersVote
from portal.assembly.words import VoteState
from portal.core import clock
from portal.core.db import db, transaction
from portal.places.models import Place, PlaceKind
from tests.assembly.convening import FROZEN, drafted, frozen, posted, terms
from tests.assembly.test_actions_pictures import in_state
from tests.assembly.test_pages_convening import sent, soup
from tests.conftest import Client
from tests.world import World


@pytest.fixture
def beside(world: World) -> Place:
    """A second estate of the community, without a vote so far."""
    with transaction():
        estate = Place(
            parent_id=world.ids["community"], kind=PlaceKind.ESTATE, name="龙山苑", label="龙山苑",
            sort_key="龙山苑", place_path="new",
        )  # fmt: skip
        db.session.add(estate)
        db.session.flush()
        estate.place_path = f"{world.paths['community']}{estate.id}/"
    return estate


CLAUSE = "第十九条　重复投票的，以最后一次为准。"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form#vote_form"}
SETTLED: dict[str, Any] = {
    "jurisdiction": "hangzhou",
    "proxy_cap": 3,
    "last_counts": True,
    "rules_clause": CLAUSE,
}


def test_a_vote_does_not_begin_with_the_rules_of_another_estate(
    world: World, client: Client, beside: Place
) -> None:
    drafted(world, **SETTLED)
    client.sign_in("secretary")
    for place, name, law, clause in (
        (beside.id, "", "national", ""),
        (world.ids["building"], "宝枫新城业主委员会", "hangzhou", CLAUSE),
    ):
        form = soup(client.get(f"/owners-votes/new?wish=gate&place={place}"))
        assert form.select_one("#place option[selected]")["value"] == str(place)  # type: ignore[index]
        assert form.select_one("#convener_name").get("value", "") == name  # type: ignore[union-attr]
        assert form.select_one("#convener_name").has_attr("required")  # type: ignore[union-attr]
        assert form.select_one("#jurisdiction option[selected]")["value"] == law  # type: ignore[index]
        assert form.select_one("#rules_clause").text.strip() == clause  # type: ignore[union-attr]
        assert form.select_one("#last_counts").has_attr("checked") is bool(clause)  # type: ignore[union-attr]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_another_estate_brings_its_own_rules_into_the_form(
    world: World, client: Client, beside: Place, headers: dict[str, str]
) -> None:
    drafted(world, **SETTLED)
    client.sign_in("secretary")
    typed = sent(world, place=beside.id, proxy_cap="x", last_counts="y", rules_clause=CLAUSE, once="once-b")
    back = client.submit("/owners-votes/new", typed, headers=headers)
    assert back.status_code == 422
    form = BeautifulSoup(back.data, "html.parser").select_one("#vote_form")
    assert form
    assert (form.parent.name == "[document]") is bool(headers)  # type: ignore[union-attr]
    assert "换了小区" in form.select_one("#place-error").text  # type: ignore[union-attr]
    assert form.select_one("#proxy_cap-error") is None
    assert form.select_one("#convener_name").get("value", "") == ""  # type: ignore[union-attr]
    assert form.select_one("#proxy_cap").get("value", "") == ""  # type: ignore[union-attr]
    assert form.select_one("#rules_clause").text.strip() == ""  # type: ignore[union-attr]
    assert not form.select_one("#last_counts").has_attr("checked")  # type: ignore[union-attr]
    assert form.select_one("#filled_for")["value"] == str(beside.id)  # type: ignore[index]
    assert form.select_one("#place option[selected]")["value"] == str(beside.id)  # type: ignore[index]
    for name in ("title", "opens_at", "closes_at"):
        assert form.select_one(f"#{name}")["value"] == typed[name]  # type: ignore[index]
    assert form.select_one("#scope_reason").text.strip() == typed["scope_reason"]  # type: ignore[union-attr]
    mended = sent(world, place=beside.id, convener_name="龙山苑业主委员会", once="once-b")
    mended["filled_for"] = beside.id
    assert client.submit("/owners-votes/new", mended).status_code == 303
    settled = sa.select(OwnersVote.convener_name).where(OwnersVote.estate_id == beside.id)
    assert db.session.scalars(settled).one() == "龙山苑业主委员会"
    home = client.submit("/owners-votes/new", mended | {"place": world.ids["building"], "once": "once-c"})
    again = BeautifulSoup(home.data, "html.parser")
    assert again.select_one("#convener_name")["value"] == "宝枫新城业主委员会"  # type: ignore[index]
    assert again.select_one("#proxy_cap")["value"] == "3"  # type: ignore[index]
    assert again.select_one("#rules_clause").text.strip() == CLAUSE  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "stands"),
    [
        ("龙山苑业主委员会", False),
        ("梧桐社区居民委员会", True),
        ("宝枫新城、龙山苑联合筹备组", True),
        ("业主委员会", True),
    ],
)
def test_nobody_signs_with_the_name_of_another_estate(
    world: World, client: Client, beside: Place, name: str, stands: bool
) -> None:
    client.sign_in("chair")
    begun = client.submit("/owners-votes/new", sent(world, convener_name=name))
    vote = drafted(world, once="mended")
    changed = client.submit(f"/owners-votes/{vote.id}/edit", sent(world, convener_name=name))
    for reply in (begun, changed):
        assert reply.status_code == (303 if stands else 422)
        error = BeautifulSoup(reply.data, "html.parser").select_one("#convener_name-error")
        assert (error is None) is stands
        assert stands or "龙山苑" in error.text  # type: ignore[union-attr]


def test_of_two_names_the_longer_one_is_read(world: World, client: Client, beside: Place) -> None:
    with transaction():
        beside.name = "宝枫新城二期"
    client.sign_in("chair")
    for name, status in (("宝枫新城二期业主委员会", 422), ("宝枫新城业主委员会", 303)):
        assert client.submit("/owners-votes/new", sent(world, convener_name=name)).status_code == status


def test_before_the_notice_it_is_said_who_calls_and_by_which_rules(world: World, client: Client) -> None:
    vote = frozen(world, place="building", last_counts=True, rules_clause=CLAUSE)
    client.sign_in("secretary")
    with clock.frozen(FROZEN):
        page = soup(client.get(f"/owners-votes/{vote.id}/announcement")).main
    assert page
    told = page.text.partition("张贴在哪里")[0]
    for words in ("业主委员会", "宝枫新城业主委员会", "宝枫新城 12号楼的业主", "算最后一次", CLAUSE):
        assert words in told


def test_the_list_says_whose_number_it_is(world: World, client: Client, beside: Place) -> None:
    """Every estate numbers its own votes, so two of them have the same."""
    first = posted(world)
    second = draft_vote(
        world.secretary,
        beside,
        terms=terms(convener_name="龙山苑业主委员会"),
        once="beside",
        parts="",
        proof=(),
    )
    assert "草稿，还没有编号" in client.sign_in("secretary").get("/owners-votes").text
    with transaction():
        second.number = first.number
    in_state(second, VoteState.ROLL_POSTED)
    shown = client.sign_in("secretary").get("/owners-votes").text
    for estate in ("宝枫新城", "龙山苑"):
        assert f"{estate}第 {first.number} 号" in shown
    rows = client.get("/owners-votes?format=csv").text
    assert f"龙山苑,{first.number}" in rows
